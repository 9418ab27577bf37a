"""How long each layer group's gradient is, and how far a step moves its weights.

Measured only in the steps where somebody asks: it costs one more copy of the weights that
learn and a pass over them, and the step itself stays the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.training.initialization import PART_PREFIXES
from engine.training.spec import GRAD_NORM, UPDATE_RATIO

STAGE = "backbone.body.stages."


def layer_groups(model: GeneralizedRCNN) -> dict[str, list[nn.Parameter]]:
    """The parameters that learn, by group.

    Returns:
        "backbone-1" for the highest resolution (the stem with it) to "backbone-4", then the
        other parts of `engine.training.spec.PARTS` by their names; only those that exist and
        learn.
    """
    groups: dict[str, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        group = _group_of(name)
        if group and parameter.requires_grad:
            groups.setdefault(group, []).append(parameter)
    return groups


def _group_of(name: str) -> str:
    if name.startswith(STAGE):
        return f"backbone-{int(name.removeprefix(STAGE).partition('.')[0]) + 1}"
    part = next((part for part, starts in PART_PREFIXES.items() if name.startswith(starts)), "")
    return "backbone-1" if part == "body" else part


class LayerNorms:
    """The numbers of one step: made after its way back, before anything is clipped.

    Args:
        groups: as `layer_groups` gives them.
    """

    @torch.no_grad()
    def __init__(self, groups: Mapping[str, list[nn.Parameter]]) -> None:
        self._groups = groups
        self._gradients = {
            name: norm(p.grad for p in group if p.grad is not None)
            for name, group in groups.items()
        }
        self._before = {
            name: [parameter.detach().clone() for parameter in group]
            for name, group in groups.items()
        }

    @torch.no_grad()
    def after_step(self) -> dict[str, float]:
        """What the step has come to.

        Returns:
            "grad_norm.GROUP", the L2 norm of the gradient, and "update_ratio.GROUP",
            |w_after - w_before| / |w_before|; a group whose weights are all 0 has no ratio.
        """
        found: dict[str, float] = {}
        for name, before in self._before.items():
            found[f"{GRAD_NORM}.{name}"] = float(self._gradients[name])
            weights = float(norm(before))
            if weights:
                moved = torch._foreach_sub([p.detach() for p in self._groups[name]], before)
                found[f"{UPDATE_RATIO}.{name}"] = float(norm(moved)) / weights
        return found


def norm(tensors: Iterable[Tensor]) -> Tensor:
    """The L2 norm of all numbers together, a scalar; 0 of none."""
    return torch.nn.utils.get_total_norm(list(tensors))
