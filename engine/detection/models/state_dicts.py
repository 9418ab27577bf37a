"""The detector's parameters inside whatever a training script saved, by the names of torchvision.

Scripts wrap a state dict in others ({'model': ..}, {'state_dict': ..}, {'ema': {'module': ..}}),
and wrappers of a net lengthen its names (`module.`, `model.`, `_orig_mod.`), in any order. All of
it is one long dotted name, whose end is torchvision's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from torch import Tensor

CLASS_ROWS = "roi_heads.box_predictor.cls_score.weight"
ROOTS = ("backbone", "rpn", "roi_heads")  # every detector's parameters begin with one of these

MOST_NESTED = 6  # dictionaries within dictionaries
MOST_TENSORS = 100_000

# Parts that a wrapper puts into a name, also in its middle where only a part of a net is wrapped.
_WRAPPERS = {"module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"}
# An averaged copy is taken where there is no other.
_AVERAGE = re.compile(r"(^|[._])(ema|swa|avg|averaged|shadow)([._]|$)")
# Names that torchvision used up to 0.12, and today's.
_OLD_NAMES = (
    (re.compile(r"(\.fpn\.(?:inner|layer)_blocks\.\d+)\.(weight|bias)$"), r"\1.0.\2"),
    (re.compile(r"^rpn\.head\.conv\.(weight|bias)$"), r"rpn.head.conv.0.0.\1"),
)
_OLD_MASKS = re.compile(r"^roi_heads\.mask_head\.mask_fcn(\d+)\.(weight|bias)$")

T = TypeVar("T")


def find_tensors(content: object) -> dict[str, Tensor]:
    """Every tensor inside nested dictionaries and lists, by its keys joined with dots.

    Args:
        content: what `torch.load` gave.

    Returns:
        tensors as they are, of any shape, dtype and device; other values are left out.
    """
    found: dict[str, Tensor] = {}
    seen: set[int] = set()  # one dictionary in many places must not be walked through for each
    waiting: list[tuple[str, object, int]] = [("", content, 0)]
    while waiting and len(found) < MOST_TENSORS:
        prefix, value, depth = waiting.pop(0)
        if isinstance(value, Tensor):
            found[prefix] = value
            continue
        if depth > MOST_NESTED or id(value) in seen:
            continue
        for key, item in _items(value):
            if isinstance(item, Tensor | Mapping | Sequence):
                waiting.append((f"{prefix}.{key}" if prefix else str(key), item, depth + 1))
        seen.add(id(value))
    return found


def _items(value: object) -> Iterable[tuple[object, object]]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, list | tuple):
        return enumerate(value)
    return ()


def strip_prefixes(tensors: Mapping[str, T]) -> dict[str, tuple[str, T]]:
    """A detector's parameters by torchvision's names; empty where there is no detector.

    Where several nets were saved together, the one that is no average is taken.

    Args:
        tensors: anything by its name as it was saved.

    Returns:
        name as it was saved and value, by today's name in torchvision.
    """
    plain: dict[str, str] = {}
    for saved in tensors:
        plain.setdefault(".".join(p for p in saved.split(".") if p not in _WRAPPERS), saved)
    prefix = _prefix(plain)
    if prefix is None:
        return {}
    names = {
        _todays(name.removeprefix(prefix)): saved
        for name, saved in plain.items()
        if name.startswith(prefix) and name.removeprefix(prefix).split(".")[0] in ROOTS
    }
    return {name: (saved, tensors[saved]) for name, saved in names.items()}


def _prefix(names: Iterable[str]) -> str | None:
    """What stands before the names of the net that is meant."""
    with_classes, others = [], []
    for name in names:
        if name == CLASS_ROWS or name.endswith("." + CLASS_ROWS):
            with_classes.append(name.removesuffix(CLASS_ROWS))
        else:
            parts = name.split(".")
            root = next((index for index, part in enumerate(parts) if part in ROOTS), None)
            if root is not None:
                others.append("".join(part + "." for part in parts[:root]))
    candidates = with_classes or others
    order = {prefix: (bool(_AVERAGE.search(prefix)), len(prefix)) for prefix in candidates}
    return min(order, key=order.__getitem__, default=None)


def _todays(name: str) -> str:
    for pattern, new in _OLD_NAMES:
        name = pattern.sub(new, name)
    mask = _OLD_MASKS.match(name)
    return f"roi_heads.mask_head.{int(mask[1]) - 1}.0.{mask[2]}" if mask else name
