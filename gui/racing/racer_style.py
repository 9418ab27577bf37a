"""How racers and arrows look on the map, in the curves and in the tables."""

from __future__ import annotations

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPen, QPixmap, QTransform

from gui import theme
from gui.plots.polylines import Stroke

SWATCH = QSize(28, 16)
CASING_ALPHA = 0.72
FAINT_ALPHA = 0.8
FAINT_DASH = (3.0, 3.0)


def casing_color() -> QColor:
    """What surrounds everything that is drawn over the map: the opposite lightness."""
    return theme.current().color("casing", CASING_ALPHA)


def map_stroke(look: int, *, scale: float = 1.0) -> Stroke:
    """A trail on the map; `scale` thickens it for the lecture hall."""
    style = theme.current().series_style(look)
    return Stroke(
        QColor(style.color),
        width=2.2 * scale,
        dash=style.dash,
        casing=casing_color(),
        casing_width=4.6 * scale,
        dots=True,
    )


def curve_stroke(look: int, *, scale: float = 1.0) -> Stroke:
    """A curve on the window's own ground."""
    style = theme.current().series_style(look)
    return Stroke(QColor(style.color), width=1.8 * scale, dash=style.dash)


def faint_stroke(look: int, *, scale: float = 1.0) -> Stroke:
    """A second curve of a racer, thin and always dashed."""
    style = theme.current().series_style(look)
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
    """A racer's symbol at a place in the painter's pixels."""
    path = QTransform.fromScale(size, size).map(Symbols[marker])
    painter.save()
    painter.translate(place)
    painter.setPen(QPen(line, width))
    painter.setBrush(QBrush(fill))
    painter.drawPath(path)
    painter.restore()


def swatch(look: int, *, ratio: float = 2.0) -> QIcon:
    """A short piece of the racer's line with its marker, for tables."""
    colors = theme.current()
    style = colors.series_style(look)
    pixmap = QPixmap(SWATCH * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_swatch(
        painter,
        QRectF(0, 0, SWATCH.width(), SWATCH.height()),
        color=QColor(style.color),
        marker=style.marker,
        dash=style.dash,
        casing=colors.color("panel"),
    )
    painter.end()
    return QIcon(pixmap)


def draw_swatch(
    painter: QPainter,
    rect: QRectF,
    *,
    color: QColor,
    marker: str,
    dash: tuple[float, ...],
    casing: QColor,
) -> None:
    """A line across a rectangle with the marker in its middle."""
    pen = QPen(color, 2.2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern(list(dash))
    painter.setPen(pen)
    middle = rect.center()
    painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()))
    draw_marker(painter, marker, middle, size=11, fill=color, line=casing)


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
