"""The parts of a step's picture as the records that exports draw, on the map and in its lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from engine.export.scene import records
from engine.export.scene.records import Label, Line, Marks
from gui import theme
from gui.descent.step.arrow_drawing import (
    CASING_PX,
    NAME_PX,
    POINT_PX,
    WIDTHS_PX,
    letter_places,
    thickness,
    written,
)
from gui.landscape.drawing import ARROW_HEAD_PX
from gui.racing.racer_style import arrow_color, casing_color

if TYPE_CHECKING:
    from engine.descent.step.vectors import Arrow
    from gui.descent.step.arrow_drawing import Drawn

Array = NDArray[np.float64]

REGION_PX, REGION_CASING_PX = 1.8, 4.0
REGION_DASH = (3.0, 2.4)


def describe_arrows(drawn: list[Drawn], scale: float) -> list[records.Arrow]:
    """The arrows that are drawn, the thickest first, as they lie."""
    return [_arrow(arrow, scale) for *_, arrow in sorted(drawn, key=thickness, reverse=True)]


def _arrow(arrow: Arrow, scale: float) -> records.Arrow:
    width = WIDTHS_PX.get(arrow.role, 3.0) * scale
    return records.Arrow(
        arrow.role,
        arrow.tail,
        arrow.head,
        theme.written(arrow_color(arrow.role)),
        width,
        (ARROW_HEAD_PX + width) * scale,
        arrow.dashed,
        theme.written(casing_color()),
        CASING_PX,
    )


def describe_letters(drawn: list[Drawn], scale: float) -> list[Label]:
    """The letters of the arrows, beside their middles."""
    labels = []
    for (tail, head, arrow), place in letter_places(drawn, scale):
        away: QPointF = place - (tail + head) / 2
        ink = theme.written(arrow_color(arrow.role))
        middle = (arrow.tail + arrow.head) / 2
        labels.append(Label(written(arrow.letter), middle, (away.x(), away.y()), ink))
    return labels


def describe_point(
    point: Array, name: str, scale: float, away: tuple[float, float] = NAME_PX
) -> list[Marks | Label]:
    """A point that the step is about, with its name."""
    text = theme.written(theme.current().color("text"))
    return [
        Marks("base", point[None], "dot", 2 * POINT_PX * scale, "#ffffff", "#000000dc", 1.5),
        Label(name, point, (away[0] * scale, away[1] * scale), text),
    ]


def describe_region(outline: Array, scale: float) -> Line:
    """The dashed shape (N, 2) of the scales of the coordinates."""
    return Line(
        *("region", outline, theme.written(theme.current().color("text"))),
        *(REGION_PX * scale, REGION_DASH),
        *(theme.written(casing_color()), REGION_CASING_PX * scale),
        closed=True,
    )
