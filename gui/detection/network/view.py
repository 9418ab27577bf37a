"""The network as a drawing over the workspace: each block is a way into its stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from gui import icons, theme
from gui.detection.network.blocks import ARROWS, FRAMES, HEIGHT, WIDTH, Block, Point
from gui.detection.stages.registry import NAMES, PARTS, STAGES

TITLE_PX, TEXT_PX, FRAME_PX = 17, 15, 13  # in units of the drawing
MAP = 62.0  # side of a map in a block
MARGIN, TOP = 16, 44  # px around the drawing, and above it for the button


@dataclass(frozen=True, eq=False)
class Seen:
    """What a block shows of this picture.

    Attributes:
        lines: its shape and how many, each a line.
        maps: pictures with a line each; a block that is not tall shows the first alone.
        lit: which of the maps goes on, or -1.
    """

    lines: tuple[str, ...] = ()
    maps: tuple[tuple[QImage, str], ...] = ()
    lit: int = -1


class NetworkView(QWidget):
    """Lies over another widget while it is shown.

    Signals:
        stage_wanted: the stage of a block that was clicked.
        left: back to the picture.
    """

    stage_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("detection.network")
        self.setMouseTracking(True)
        self._blocks: tuple[Block, ...] = ()
        self._seen: Mapping[str, Seen] = {}
        self._hovered: Block | None = None
        self.back = QToolButton(self)
        self.back.setObjectName("detection.network.back.button")
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setIconSize(QSize(14, 14))
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture below keeps its keys
        icons.set_icon(self.back, "step-back")
        self.back.clicked.connect(self.left)
        theme.notifier().changed.connect(self.update)
        self.retranslate()
        self.hide()

    def show_blocks(self, blocks: Sequence[Block], seen: Mapping[str, Seen]) -> None:
        """A model's blocks, and what they show of this picture."""
        self._blocks, self._seen = tuple(blocks), seen
        self.update()

    def inspect_state(self) -> dict[str, object]:
        """For tests that look from outside: the blocks, where they are and what they say."""
        place = self._place()
        return {
            block.name: {
                "at": place.map(_rect(block).center()).toTuple(),
                "lines": list(self._seen.get(block.name, Seen()).lines),
                "maps": [text for _, text in self._seen.get(block.name, Seen()).maps],
            }
            for block in self._blocks
        }

    def _place(self) -> QTransform:
        """From the drawing's units to the widget."""
        wide, high = self.width() - 2 * MARGIN, self.height() - TOP - MARGIN
        scale = max(min(wide / WIDTH, high / HEIGHT), 0.01)
        moved = QTransform.fromTranslate(
            MARGIN + (wide - scale * WIDTH) / 2, TOP + (high - scale * HEIGHT) / 2
        )
        return moved.scale(scale, scale)

    def block_at(self, at: QPointF) -> Block | None:
        """The block under a point of the widget."""
        inside = self._place().inverted()[0].map(at)
        return next((block for block in self._blocks if _rect(block).contains(inside)), None)

    # The hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self.block_at(event.position())
        if hovered is not self._hovered:
            self._hovered = hovered
            shape = Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing below it is pressed."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        block = self.block_at(event.position())
        if block is not None and event.button() == Qt.MouseButton.LeftButton:
            self.stage_wanted.emit(block.stage)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self.block_at(QPointF(event.pos()))
            stage = STAGES[NAMES.index(block.stage)] if block is not None else None
            text = QCoreApplication.translate("stages", stage.note) if stage else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # What is seen

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), colors.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._place())
        for part, (x, y, wide, high) in FRAMES:
            painter.setPen(QPen(colors.color("border"), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x, y, wide, high), 10, 10)
            painter.setFont(_font(self.font(), FRAME_PX, bold=True))
            painter.setPen(colors.color("muted"))
            painter.drawText(QPointF(x + 12, y + 22), _translate("stages", PARTS[part]))
        names = {block.name for block in self._blocks}
        for name, corners in ARROWS:
            if name in names:
                _draw_arrow(painter, corners, colors.color("muted"))
        for block in self._blocks:
            self._draw_block(painter, block)
        painter.end()

    def _draw_block(self, painter: QPainter, block: Block) -> None:
        colors, rect = theme.current(), _rect(block)
        seen = self._seen.get(block.name, Seen())
        hovered = block is self._hovered
        painter.setPen(QPen(colors.color("accent" if hovered else "border"), 3 if hovered else 1.5))
        painter.setBrush(colors.color("raised"))
        painter.drawRoundedRect(rect, 8, 8)
        body = rect.adjusted(10, 7, -8, -7)
        if block.tall:
            self._draw_text(painter, body, block, seen.lines)
            self._draw_tower(painter, body, seen, 24 + 20 * len(seen.lines))
            return
        if seen.maps:
            side = min(MAP, body.height())
            _draw_map(painter, QRectF(body.x(), body.y(), side, side), seen.maps[0][0])
            body.setLeft(body.left() + side + 10)
        self._draw_text(painter, body, block, seen.lines)

    def _draw_text(
        self, painter: QPainter, body: QRectF, block: Block, lines: tuple[str, ...]
    ) -> None:
        colors = theme.current()
        painter.setPen(colors.color("text"))
        painter.setFont(_font(self.font(), TITLE_PX, bold=True))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        title = _translate("network", block.title)
        painter.setFont(_fitting(painter.font(), title, body.width()))
        painter.drawText(body, flags, title)
        font = theme.tabular(_font(self.font(), TEXT_PX))
        for index, line in enumerate(lines):
            painter.setFont(_fitting(font, line, body.width()))
            painter.drawText(body.adjusted(0, 22 + 20 * index, 8, 0), flags, line)

    def _draw_tower(self, painter: QPainter, body: QRectF, seen: Seen, below: float) -> None:
        """Maps one below the other, each with its text under it."""
        if not seen.maps:
            return
        step = (body.height() - below) / len(seen.maps)
        font = theme.tabular(_font(self.font(), TEXT_PX))
        for index, (image, text) in enumerate(seen.maps):
            top = body.y() + below + index * step
            side = min(step - 26, body.width())
            area = _draw_map(painter, QRectF(body.x(), top, side, side), image)
            if index == seen.lit:
                painter.setPen(QPen(theme.current().color("accent"), 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
            painter.setPen(theme.current().color("text"))
            painter.setFont(_fitting(font, text, body.width()))
            painter.drawText(QPointF(body.x(), area.bottom() + 17), text)

    def retranslate(self) -> None:
        self.back.setText(self.tr("Back to the picture"))
        self.back.setToolTip(self.tr("Back to the picture (Esc or 0)"))
        self.back.adjustSize()
        self.back.move(MARGIN, 10)
        self.setAccessibleName(self.tr("The network drawn"))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _rect(block: Block) -> QRectF:
    return QRectF(*block.rect)


def _font(base: QFont, px: int, *, bold: bool = False) -> QFont:
    font = QFont(base)
    font.setPixelSize(px)
    font.setBold(bold)
    return font


def _fitting(font: QFont, text: str, room: float) -> QFont:
    """The font, or a smaller one in which a text has room."""
    needed = QFontMetricsF(font).horizontalAdvance(text)
    if needed <= room:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(int(font.pixelSize() * room / needed), 8))
    return smaller


def _translate(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text)


def _draw_map(painter: QPainter, area: QRectF, image: QImage) -> QRectF:
    """A map in a square, its own sides kept, each cell a square; where it lies."""
    part = min(area.width() / image.width(), area.height() / image.height())
    target = QRectF(area.x(), area.y(), image.width() * part, image.height() * part)
    smooth = QPainter.RenderHint.SmoothPixmapTransform
    painter.setRenderHint(smooth, image.width() > area.width())
    painter.drawImage(target, image, QRectF(image.rect()))
    return target


def _draw_arrow(painter: QPainter, corners: Sequence[Point], color: QColor) -> None:
    points = [QPointF(*corner) for corner in corners]
    painter.setPen(QPen(color, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    end, before = points[-1], points[-2]
    along = end - before
    length = max((along.x() ** 2 + along.y() ** 2) ** 0.5, 1e-6)
    unit = along / length
    side = QPointF(-unit.y(), unit.x()) * 5
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([end, end - unit * 10 + side, end - unit * 10 - side]))
