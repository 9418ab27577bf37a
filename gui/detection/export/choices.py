"""What a person chose to export, as it is remembered between two runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.export.picture.layers.registry import DEFAULT_LAYERS, layer_names, with_opacity
from engine.export.picture.style import DEFAULT_STYLE, LABEL_PARTS, MASKS, PALETTES, Style
from gui.i18n import QT_TRANSLATE_NOOP

PICTURE, CHOSEN, SELECTION, LIST = "picture", "chosen", "selection", "list"
SCOPES = (PICTURE, CHOSEN, SELECTION, LIST)
PALETTE_TEXTS = {
    "bright": QT_TRANSLATE_NOOP("detection", "Bright"),
    "okabe-ito": QT_TRANSLATE_NOOP("detection", "Okabe-Ito"),
    "viridis": QT_TRANSLATE_NOOP("detection", "Viridis"),
    "white": QT_TRANSLATE_NOOP("detection", "White"),
}
MASK_TEXTS = {
    "both": QT_TRANSLATE_NOOP("detection", "filled, with contour"),
    "fill": QT_TRANSLATE_NOOP("detection", "filled"),
    "contour": QT_TRANSLATE_NOOP("detection", "contour"),
}
PART_TEXTS = {
    "number": QT_TRANSLATE_NOOP("detection", "number"),
    "class": QT_TRANSLATE_NOOP("detection", "class"),
    "score": QT_TRANSLATE_NOOP("detection", "score"),
}
MAX_LINE = 40


@dataclass(frozen=True)
class Choices:
    """What to write, how it looks, and where to.

    Attributes:
        folder: where; made when it is missing.
        scope: of `SCOPES`: the open picture, its chosen detections alone, the pictures that
            are selected in the list, or the whole list.
        formats: of `engine.export.formats.writers()`.
        layers: what annotated pictures show, of the engine's `layer_names()`.
        style: how they show it.
        accepted: only what a person has accepted, of the pictures that were judged.
    """

    folder: str
    scope: str = "picture"
    formats: tuple[str, ...] = ("png", "coco")
    layers: tuple[str, ...] = DEFAULT_LAYERS
    style: Style = DEFAULT_STYLE
    accepted: bool = False

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder.strip()).expanduser()

    def state(self) -> dict[str, Any]:
        """For the settings file."""
        return asdict(self)


def restored(state: dict[str, Any], choices: Choices) -> Choices:
    """The choices with whatever of a remembered state can still be used."""
    from engine.export.formats import writers

    folder, scope = state.get("folder"), state.get("scope")
    return replace(
        choices,
        folder=folder if isinstance(folder, str) and folder else choices.folder,
        scope=scope if scope in SCOPES else choices.scope,
        formats=_among(state.get("formats"), tuple(writers())) or choices.formats,
        layers=_among(state.get("layers"), layer_names(), choices.layers),
        style=_style(state.get("style")),
        accepted=state.get("accepted") is True,
    )


def _style(state: Any) -> Style:
    state, usual = state if isinstance(state, dict) else {}, Style()
    palette, mask, line = (state.get(name) for name in ("palette", "mask", "line_width"))
    pairs = state.get("opacities")
    opacities = tuple(
        (pair[0], min(max(float(pair[1]), 0.0), 1.0))
        for pair in (pairs if isinstance(pairs, list) else [])
        if isinstance(pair, list)
        and len(pair) == 2
        and pair[0] in tuple(with_opacity())
        and type(pair[1]) in (int, float)
    )
    return Style(
        palette=palette if palette in tuple(PALETTES) else usual.palette,
        by_class=state.get("by_class") is True,
        line_width=line if type(line) is int and 1 <= line <= MAX_LINE else None,
        mask=mask if mask in MASKS else usual.mask,
        label=_among(state.get("label"), LABEL_PARTS, usual.label),
        skeleton=state.get("skeleton") is not False,
        opacities=opacities,
    )


def _among(value: Any, known: tuple[str, ...], otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
    if not isinstance(value, list):
        return otherwise
    return tuple(name for name in known if name in value)
