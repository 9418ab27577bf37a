"""Every racer's values at the step under the cursor: one cursor for all plots, one plate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.landscape.drawing import PLATE_ALPHA, plate_font
from gui.racing.axes.plot import Curve
from gui.racing.racer_style import draw_swatch

PAD_PX, GAP_PX, KEY_PX, AWAY_PX = 8.0, 14.0, 36.0, 16


@dataclass(frozen=True)
class Values:
    """What is said of a step.

    Attributes:
        title: which step it is.
        columns: what the numbers of a row are.
        rows: name and look of each racer with its numbers, as written.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, RacerStyle, tuple[str, ...]], ...]


class ValuesPlate(QWidget):
    """A plate with a row for each racer; it lets the mouse through."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self.values: Values | None = None
        self._scale = 1.0
        self._widths: list[float] = []

    def show_values(self, values: Values, scale: float) -> None:
        """Take what is said, and the room for it."""
        self.values, self._scale = values, scale
        plain = QFontMetricsF(self._font())
        bold = QFontMetricsF(plate_font(scale, bold=True))
        names = max((plain.horizontalAdvance(name) for name, *_ in values.rows), default=0.0)
        first = max(KEY_PX * scale + PAD_PX + names, bold.horizontalAdvance(values.title))
        self._widths = [first]
        for column, title in enumerate(values.columns):
            texts = [title, *(numbers[column] for *_, numbers in values.rows)]
            self._widths.append(max(plain.horizontalAdvance(text) for text in texts))
        width = sum(self._widths) + GAP_PX * scale * len(values.columns) + 2 * PAD_PX
        height = self._row() * (1 + len(values.rows)) + PAD_PX
        self.resize(round(width + 1), round(height + 1))
        self.update()

    def _font(self) -> QFont:
        return theme.tabular(plate_font(self._scale))

    def _row(self) -> float:
        return QFontMetricsF(self._font()).height() + 3 * self._scale

    def paintEvent(self, event: QPaintEvent) -> None:
        values = self.values
        if values is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        painter.setPen(QPen(colors.color("border"), 1))
        painter.setBrush(colors.color("panel", PLATE_ALPHA))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        row, key = self._row(), KEY_PX * self._scale
        line = QRectF(PAD_PX, PAD_PX / 2, self._widths[0], row)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(plate_font(self._scale, bold=True))
        painter.setPen(colors.color("text"))
        painter.drawText(line, left, values.title)
        painter.setFont(self._font())
        painter.setPen(colors.color("muted"))
        self._write(painter, line, values.columns)
        for name, look, numbers in values.rows:
            line.translate(0, row)
            draw_swatch(
                painter,
                QRectF(line.left(), line.top(), key, row),
                colors.racer(look),
                casing=colors.color("panel"),
            )
            painter.setPen(colors.color("text"))
            painter.drawText(line.adjusted(key + PAD_PX, 0, 0, 0), left, name)
            self._write(painter, line, numbers)

    def _write(self, painter: QPainter, line: QRectF, texts: Sequence[str]) -> None:
        """The columns behind the first, to the right."""
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        begin = line.right() + GAP_PX * self._scale
        for width, text in zip(self._widths[1:], texts, strict=True):
            painter.drawText(QRectF(begin, line.top(), width, line.height()), right, text)
            begin += width + GAP_PX * self._scale


class CurveHover(QObject):
    """Follows the mouse over plots that share their steps.

    Signals:
        hovered: the step under the cursor, or -1 when it has left.
    """

    hovered = Signal(int)

    def __init__(
        self,
        view: pg.GraphicsLayoutWidget,
        plots: Sequence[Curve],
        *,
        step_at: Callable[[float], int],
        place_of: Callable[[int], float],
        values: Callable[[int], Values | None],
        scale: Callable[[], float],
    ) -> None:
        """
        Args:
            step_at: the step at a place of the axis.
            place_of: where on the axis a step is.
            values: what is said of a step; None where nothing is drawn of it.
            scale: how much larger than usual it is drawn.
        """
        super().__init__(view)
        self._view, self._plots = view, plots
        self._step_at, self._place_of = step_at, place_of
        self._values, self._scale = values, scale
        self.step = -1
        self.plate = ValuesPlate(f"{view.objectName()}.values", view)
        self.lines = []
        for plot in plots:
            line = pg.InfiniteLine(0, angle=90, movable=False)
            line.setZValue(19)
            line.hide()
            plot.addItem(line, ignoreBounds=True)
            self.lines.append(line)
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.scene().sigMouseMoved.connect(self._on_moved)

    def restyle(self) -> None:
        """Take the theme's colours."""
        pen = QPen(theme.current().color("accent"), 1)
        pen.setCosmetic(True)
        for line in self.lines:
            line.setPen(pen)

    def leave(self) -> None:
        """Say nothing."""
        if self.step < 0:
            return
        self.step = -1
        self.plate.hide()
        for line in self.lines:
            line.hide()
        self.hovered.emit(-1)

    def _on_moved(self, place: QPointF) -> None:
        plot = next(
            (each for each in self._plots if each.box.sceneBoundingRect().contains(place)), None
        )
        if plot is None:
            self.leave()
            return
        step = self._step_at(plot.box.mapSceneToView(place).x())
        values = self._values(step)
        if values is None:
            self.leave()
            return
        if step != self.step or values != self.plate.values:
            self.plate.show_values(values, self._scale())
            for line in self.lines:
                line.setValue(self._place_of(step))
                line.show()
        self._put_plate(plot, place)
        if step != self.step:
            self.step = step
            self.hovered.emit(step)

    def _put_plate(self, plot: Curve, place: QPointF) -> None:
        """Beside the cursor, over the window, as plots are too low for many racers."""
        window = self._view.window()
        if self.plate.parentWidget() is not window:
            self.plate.setParent(window)
        at = self._view.viewport().mapTo(window, self._view.mapFromScene(place))
        size, room = self.plate.size(), window.rect()
        left = at.x() + AWAY_PX
        if left + size.width() > room.right():
            left = at.x() - AWAY_PX - size.width()
        top = min(at.y() - size.height() // 2, room.bottom() - size.height() - 2)
        self.plate.move(QPoint(max(2, left), max(2, top)))
        self.plate.show()
        self.plate.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self.leave()
        return False
