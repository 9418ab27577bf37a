"""How racers and arrows look on the map, in the curves and in the tables."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPen, QPixmap, QTransform

from engine.export.scene.records import Line, Marks
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.plots.polylines import Stroke

SWATCH = QSize(28, 16)
CASING_ALPHA = 0.72
FAINT_ALPHA = 0.8
MARK_PX = 8.0  # of the marker upon a curve
FAINT_DASH = (3.0, 3.0)
LARGER = {"star": 1.35, "x": 1.15, "+": 1.15, "d": 1.2}  # markers with little of their square
RIM, DOT = 0.17, 0.34  # of an open marker's size: its outline, the dot within


def casing_color() -> QColor:
    """What surrounds everything that is drawn over the map: the opposite lightness."""
    return theme.current().color("casing", CASING_ALPHA)


def map_stroke(look: RacerStyle, *, scale: float = 1.0) -> Stroke:
    """A trail on the map; `scale` thickens it for the lecture hall."""
    style = theme.current().racer(look)
    return Stroke(
        QColor(style.color),
        width=2.2 * scale,
        dash=style.dash,
        casing=casing_color(),
        casing_width=4.6 * scale,
        dots=True,
    )


def curve_stroke(look: RacerStyle, *, scale: float = 1.0, signs: bool = True) -> Stroke:
    """A curve on the window's own ground, with the racer's marker now and then."""
    style = theme.current().racer(look)
    sign = partial(draw_sign, style, MARK_PX * scale) if signs else None
    return Stroke(QColor(style.color), width=1.8 * scale, dash=style.dash, mark=sign)


def faint_stroke(look: RacerStyle, *, scale: float = 1.0) -> Stroke:
    """A second curve of a racer, thin and always dashed."""
    style = theme.current().racer(look)
    color = QColor(style.color)
    color.setAlphaF(FAINT_ALPHA)
    return Stroke(color, width=1.2 * scale, dash=style.dash or FAINT_DASH)


def draw_marker(
    painter: QPainter,
    marker: str,
    place: QPointF,
    *,
    size: float,
    fill: QColor,
    line: QColor,
    width: float = 1.5,
) -> None:
    """A symbol at a place in the painter's pixels."""
    path = QTransform.fromScale(size, size).map(Symbols[marker])
    painter.save()
    painter.translate(place)
    painter.setPen(QPen(line, width))
    painter.setBrush(QBrush(fill))
    painter.drawPath(path)
    painter.restore()


def draw_head(
    painter: QPainter,
    style: theme.Series,
    place: QPointF,
    *,
    size: float,
    casing: QColor,
    width: float = 1.5,
) -> None:
    """A racer's marker: full, or only its outline, or that and a dot."""
    color = QColor(style.color)
    size *= LARGER.get(style.marker, 1.0)
    if style.fill == "full":
        draw_marker(painter, style.marker, place, size=size, fill=color, line=casing, width=width)
        return
    rim = size * RIM
    outer = rim + 2 * width
    draw_marker(painter, style.marker, place, size=size, fill=casing, line=casing, width=outer)
    draw_marker(painter, style.marker, place, size=size, fill=casing, line=color, width=rim)
    if style.fill == "dotted":
        draw_marker(painter, "o", place, size=size * DOT, fill=color, line=color, width=0.5)


def describe_marker(
    kind: str,
    points: NDArray[np.float64],
    style: theme.Series,
    size: float,
    casing: str,
    width: float,
    racer: int = -1,
) -> Marks:
    """A racer's marker at places (N, 2), as the record that exports draw."""
    return Marks(
        *(kind, points, style.marker, size * LARGER.get(style.marker, 1.0)),
        *(style.color, casing, width),
        racer=racer,
        filled=style.fill,
    )


def describe_curve(
    look: RacerStyle, points: NDArray[np.float64], *, scale: float, racer: int, **more: Any
) -> Line:
    """A curve with its racer's marker now and then, as the record that exports draw."""
    casing = theme.written(theme.current().color("panel"))
    style = theme.current().racer(look)
    sign = describe_marker("sign", points[:0], style, MARK_PX * scale, casing, 1.0)
    line = curve_stroke(look, scale=scale).line("curve", points, racer=racer, **more)
    return replace(line, sign=sign)


def draw_sign(style: theme.Series, size: float, painter: QPainter, place: QPointF) -> None:
    """A racer's marker upon its curve."""
    casing = theme.current().color("panel")
    draw_head(painter, style, place, size=size, casing=casing, width=1.0)


def swatch(look: RacerStyle, *, ratio: float = 2.0) -> QIcon:
    """A short piece of the racer's line with its marker, for tables."""
    colors = theme.current()
    style = colors.racer(look)
    pixmap = QPixmap(SWATCH * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_swatch(
        painter,
        QRectF(0, 0, SWATCH.width(), SWATCH.height()),
        style,
        casing=colors.color("panel"),
    )
    painter.end()
    return QIcon(pixmap)


def draw_swatch(
    painter: QPainter,
    rect: QRectF,
    style: theme.Series,
    *,
    casing: QColor,
) -> None:
    """A line across a rectangle with the marker in its middle."""
    pen = QPen(QColor(style.color), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style.dash:
        pen.setDashPattern(list(style.dash))
    painter.setPen(pen)
    middle = rect.center()
    painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()))
    draw_head(painter, style, middle, size=11, casing=casing)


# Roles of `engine.descent.step.vectors`: the theme's token for each.
ARROW_TOKENS = {
    "gradient": "arrow_gradient",
    "gradient_ahead": "arrow_gradient",
    "direction": "arrow_gradient",
    "momentum": "arrow_momentum",
    "average": "arrow_momentum",
    "classical": "arrow_classical",
    "nesterov": "arrow_nesterov",
    "batch": "arrow_gradient",
    "chosen": "arrow_gradient",
    "velocity": "arrow_momentum",
}


def arrow_color(role: str) -> QColor:
    """The lecture's colour of a vector; unknown ones are the theme's text."""
    return QColor(getattr(theme.current(), ARROW_TOKENS.get(role, "text")))
