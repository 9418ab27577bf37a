"""Mathematics in boxes: fractions, roots, columns and indices, laid out for a painter.

As in TeX a box has a width, and a height above and below its baseline; bigger
boxes are made of smaller ones. A box is drawn in a painter's pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

SMALLER = 0.72  # of an index or exponent
LEAST_PX = 9.0
AIR = 0.16  # of the type's size, between the parts of a sum


@dataclass(frozen=True)
class Letters:
    """A piece of text at a place."""

    text: str
    font: QFont
    color: QColor
    x: float
    y: float  # of the baseline


@dataclass(frozen=True)
class Stroke:
    """A line of a fraction, root, bracket or accent, at a place."""

    path: QPainterPath
    color: QColor
    width: float
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """Marks with their extent about the origin: to the right, up and down from the baseline."""

    width: float
    ascent: float
    descent: float
    marks: tuple[Letters | Stroke, ...] = ()

    @property
    def height(self) -> float:
        return self.ascent + self.descent

    def moved(self, x: float, y: float) -> tuple[Letters | Stroke, ...]:
        return tuple(replace(mark, x=mark.x + x, y=mark.y + y) for mark in self.marks)

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with the baseline's left end at (x, y)."""
        for mark in self.marks:
            if isinstance(mark, Letters):
                painter.setFont(mark.font)
                painter.setPen(mark.color)
                painter.drawText(QPointF(x + mark.x, y + mark.y), mark.text)
            else:
                pen = QPen(mark.color, mark.width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(mark.path.translated(x + mark.x, y + mark.y))


@dataclass(frozen=True)
class Type:
    """Size in pixels and colour of what is set."""

    size: float
    color: QColor

    def smaller(self) -> Type:
        return replace(self, size=max(LEAST_PX, SMALLER * self.size))

    def font(self, *, italic: bool = False) -> QFont:
        font = QFont()
        font.setPixelSize(round(self.size))
        font.setItalic(italic)
        return font

    @property
    def line(self) -> float:
        return max(1.0, self.size / 13)

    @property
    def axis(self) -> float:
        """How high over the baseline fractions have their line."""
        return 0.30 * self.size


def letters(text: str, style: Type, *, italic: bool = False) -> Box:
    font = style.font(italic=italic)
    metrics = QFontMetricsF(font)
    slant = 0.06 * style.size if italic else 0.0
    width = metrics.horizontalAdvance(text) + slant
    ascent, descent = 0.78 * style.size, 0.24 * style.size
    return Box(width, ascent, descent, (Letters(text, font, style.color, 0.0, 0.0),))


def row(parts: Sequence[Box], *, gap: float = 0.0) -> Box:
    """Side by side on one baseline."""
    x = 0.0
    marks: list[Letters | Stroke] = []
    for part in parts:
        marks += part.moved(x, 0.0)
        x += part.width + gap
    ascent = max((part.ascent for part in parts), default=0.0)
    descent = max((part.descent for part in parts), default=0.0)
    return Box(max(0.0, x - gap), ascent, descent, tuple(marks))


def fraction(above: Box, below: Box, style: Type) -> Box:
    room = 0.22 * style.size
    width = max(above.width, below.width) + 2 * room
    axis, gap = -style.axis, 0.14 * style.size
    up = axis - gap - above.descent
    down = axis + gap + below.ascent
    bar = _line(style, [(0.06 * style.size, axis), (width - 0.06 * style.size, axis)])
    marks = (
        *above.moved((width - above.width) / 2, up),
        *below.moved((width - below.width) / 2, down),
        bar,
    )
    return Box(width, above.ascent - up, down + below.descent, marks)


def raised(base: Box, exponent: Box, style: Type) -> Box:
    lift = max(0.38 * style.size, base.ascent - 0.55 * exponent.ascent)
    marks = (*base.marks, *exponent.moved(base.width + 0.04 * style.size, -lift))
    width = base.width + 0.04 * style.size + exponent.width
    return Box(width, max(base.ascent, lift + exponent.ascent), base.descent, marks)


def lowered(base: Box, index: Box, style: Type) -> Box:
    drop = 0.22 * style.size
    marks = (*base.marks, *index.moved(base.width, drop))
    return Box(
        base.width + index.width, base.ascent, max(base.descent, drop + index.descent), marks
    )


def root(inner: Box, style: Type) -> Box:
    left, over = 0.62 * style.size, 0.16 * style.size
    top, bottom = -inner.ascent - over, inner.descent
    width = left + inner.width + 0.1 * style.size
    hook = _line(
        style,
        [
            (0.08 * style.size, -0.32 * style.size + bottom * 0.5),
            (0.2 * style.size, -0.4 * style.size + bottom * 0.5),
            (0.36 * style.size, bottom),
            (left - 0.06 * style.size, top),
            (width, top),
        ],
    )
    return Box(
        width,
        inner.ascent + over + style.line,
        inner.descent + style.line,
        (*inner.moved(left, 0.0), hook),
    )


def accented(base: Box, accent: str, style: Type) -> Box:
    """A hat or a bar over a letter."""
    middle, high = base.width / 2, -0.72 * style.size
    reach = 0.2 * style.size
    points = [(middle - reach, high), (middle + reach, high)]
    if accent == "hat":
        points.insert(1, (middle, high - 0.14 * style.size))
    return replace(
        base, ascent=max(base.ascent, 0.95 * style.size), marks=(*base.marks, _line(style, points))
    )


def enclosed(inner: Box, style: Type, *, kind: str = "()") -> Box:
    """In brackets as high as what they hold: `()`, `[]`, `||` or `{` alone."""
    reach, room = 0.26 * style.size, 0.1 * style.size
    top, bottom = -inner.ascent, inner.descent
    marks = list(inner.moved(reach + room, 0.0))
    marks.append(_bracket(kind[0], style, top, bottom, reach))
    width = reach + room + inner.width
    if len(kind) > 1:
        closing = _bracket(kind[1], style, top, bottom, reach)
        marks.append(replace(closing, x=width + room))
        width += room + reach
    return Box(width, inner.ascent, inner.descent, tuple(marks))


def table(rows: Sequence[Sequence[Box]], style: Type, *, left: bool = False) -> Box:
    """Rows and columns centred on the axis, numbers to the right (or texts to the left)."""
    columns = len(rows[0])
    widths = [max(cells[column].width for cells in rows) for column in range(columns)]
    gap, space = 0.14 * style.size, 0.7 * style.size
    height = sum(max(cell.height for cell in cells) for cells in rows) + gap * (len(rows) - 1)
    y = -style.axis - height / 2
    marks: list[Letters | Stroke] = []
    for cells in rows:
        ascent = max(cell.ascent for cell in cells)
        x = 0.0
        for cell, width in zip(cells, widths, strict=True):
            marks += cell.moved(x + (0.0 if left else width - cell.width), y + ascent)
            x += width + space
        y += max(cell.height for cell in cells) + gap
    width = sum(widths) + space * (columns - 1)
    return Box(width, style.axis + height / 2, height / 2 - style.axis, tuple(marks))


def scaled_to(box: Box, width: float) -> float:
    """The factor at most 1 by which a box fits a width."""
    return 1.0 if box.width <= width or box.width <= 0 else width / box.width


def _line(style: Type, points: Sequence[tuple[float, float]]) -> Stroke:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return Stroke(path, style.color, style.line, 0.0, 0.0)


def _bracket(kind: str, style: Type, top: float, bottom: float, reach: float) -> Stroke:
    """One bracket between x = 0 and `reach`."""
    path = QPainterPath()
    middle, inside, outside = (top + bottom) / 2, reach * 0.9, reach * 0.25
    if kind in "()":
        near, far = (inside, outside) if kind == "(" else (reach - inside, reach - outside)
        path.moveTo(near, top)
        bend = 0.3 * (bottom - top)
        path.cubicTo(far, top + bend, far, bottom - bend, near, bottom)
    elif kind in "[]":
        near, far = (inside, outside) if kind == "[" else (reach - inside, reach - outside)
        path.moveTo(near, top)
        path.lineTo(far, top)
        path.lineTo(far, bottom)
        path.lineTo(near, bottom)
    elif kind == "{":
        bend = reach * 0.55
        path.moveTo(inside, top)
        path.quadTo(bend, top, bend, top + 0.2 * (bottom - top))
        path.quadTo(bend, middle, 0, middle)
        path.quadTo(bend, middle, bend, bottom - 0.2 * (bottom - top))
        path.quadTo(bend, bottom, inside, bottom)
    else:
        path.moveTo(reach / 2, top)
        path.lineTo(reach / 2, bottom)
    return Stroke(path, style.color, style.line, 0.0, 0.0)


def bounds(box: Box, x: float, y: float) -> QRectF:
    """What a box covers when it is painted there."""
    return QRectF(x, y - box.ascent, box.width, box.height)
