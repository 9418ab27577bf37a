"""The loss along a line, with the racers as balls on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.drawing import plate_font
from gui.plots.layer import PlotLayer
from gui.plots.number_axis import NumberAxis
from gui.plots.polylines import LinesLayer
from gui.racing.racer_style import curve_stroke, draw_head

Array = NDArray[np.float64]

ROOM = 0.1  # free space above and below the curve, as a part of its height
STEM_PX = 4.0  # a ball farther than this from the curve has a stem to it
CONTROLS_PX = 210

ALONG_X, ALONG_Y, FREE = "x", "y", "free"
START, RACER, CURSOR = "start", "racer", "cursor"
DIRECTIONS = {
    ALONG_X: QT_TRANSLATE_NOOP("descent", "along x"),
    ALONG_Y: QT_TRANSLATE_NOOP("descent", "along y"),
    FREE: QT_TRANSLATE_NOOP("descent", "from A to B"),
}
PLACES = {
    START: QT_TRANSLATE_NOOP("descent", "the start"),
    RACER: QT_TRANSLATE_NOOP("descent", "the chosen racer"),
    CURSOR: QT_TRANSLATE_NOOP("descent", "the cursor"),
}
GLOBAL = QT_TRANSLATE_NOOP("descent", "lowest here")
LOCAL = QT_TRANSLATE_NOOP("descent", "local minimum")


@dataclass(frozen=True)
class Profile:
    """What is drawn of a cut; heights as they are drawn, logarithms where the map is so.

    Attributes:
        place: (N,) along the axis.
        height: (N,) loss.
        minima, heights: (M,) places and losses of the minima.
        lowest: (M,) whether none of them lies lower.
        begin: the racers' losses at the start.
        logarithmic: heights are exponents of ten.
        title: of the axis.
    """

    place: Array
    height: Array
    minima: Array
    heights: Array
    lowest: NDArray[np.bool_]
    begin: tuple[float, ...]
    logarithmic: bool
    title: str

    def ends(self) -> tuple[float, float]:
        """The heights that are seen: hills between minima and where the racers begin, but not
        all of the walls around them, beside which a hill would look flat."""
        finite = self.height[np.isfinite(self.height)]
        if not finite.size:
            return 0.0, 1.0
        low, high = float(finite.min()), float(finite.max())
        if len(self.minima):
            first, last = self.minima[0], self.minima[-1]
            hills = self.height[(self.place >= first) & (self.place <= last)]
            must = [*hills, *self.begin, float(np.median(finite))]
            seen = max((value for value in must if np.isfinite(value)), default=high)
            high = min(high, seen + 0.15 * (seen - low))
        return (low, high) if high > low else (low - 0.5, high + 0.5)


@dataclass(frozen=True)
class Ball:
    """A racer where the cut sees it: its look, its place on the line and its own loss."""

    look: RacerStyle
    place: float
    height: float
    chosen: bool


class BallsLayer(PlotLayer):
    """Balls and the names of minima over a view box, in whose pixels it draws."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=30)
        self.profile: Profile | None = None
        self.balls: Sequence[Ball] = ()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.profile is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_minima(painter, self.profile)
        self._draw_balls(painter, self.profile)

    def _draw_minima(self, painter: QPainter, profile: Profile) -> None:
        colors, rect = theme.current(), self.boundingRect()
        places = np.column_stack([profile.minima, profile.heights])
        painter.setFont(plate_font(self.scale_factor))
        metrics = QFontMetricsF(painter.font())
        right = -np.inf  # texts stand beside one another, never over one another
        for (x, y), lowest in zip(self.pixels(places), profile.lowest, strict=True):
            painter.setPen(QPen(colors.color("muted"), 1.2))
            painter.drawLine(QPointF(x, y + 4), QPointF(x, y + 12))
            text = QCoreApplication.translate("descent", GLOBAL if lowest else LOCAL)
            width = metrics.horizontalAdvance(text)
            left = float(np.clip(x - width / 2, rect.left() + 2, rect.right() - width - 2))
            if left < right + 6:
                continue
            right = left + width
            painter.setPen(colors.color("text" if lowest else "muted"))
            painter.drawText(QPointF(left, min(y + 12 + metrics.ascent(), rect.bottom() - 3)), text)

    def _draw_balls(self, painter: QPainter, profile: Profile) -> None:
        rect = self.boundingRect()
        on_curve = np.interp([ball.place for ball in self.balls], profile.place, profile.height)
        for ball, ground in zip(self.balls, on_curve, strict=True):
            ends = np.array([[ball.place, ball.height], [ball.place, ground]])
            (x, y), (_, foot) = self.pixels(ends)
            if not np.isfinite(x + y) or not rect.left() - 9 <= x <= rect.right() + 9:
                continue
            style = theme.current().racer(ball.look)
            color = QColor(style.color)
            if np.isfinite(foot) and abs(foot - y) > STEM_PX:
                pen = QPen(color, 1.4)
                pen.setDashPattern([2, 2])
                painter.setPen(pen)
                painter.drawLine(QPointF(x, y), QPointF(x, foot))
            draw_head(
                painter,
                style,
                QPointF(x, float(np.clip(y, rect.top() - 20, rect.bottom() + 20))),
                size=(16.0 if ball.chosen else 13.0) * self.scale_factor,
                casing=theme.current().color("casing"),
                width=1.6,
            )


class CutPanel(QWidget):
    """Which line is cut, and the plot.

    Signals:
        chosen: a direction and a place to go through.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.cut")
        self.direction = self._combo("descent.cut.direction.combo", DIRECTIONS)
        self.through = self._combo("descent.cut.through.combo", PLACES)
        self._labels = (QLabel(self), QLabel(self))
        self._labels[0].setBuddy(self.direction)
        self._labels[1].setBuddy(self.through)
        self.hint = QLabel(self)
        self.hint.setObjectName("descent.cut.label")
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.view = pg.GraphicsLayoutWidget()
        self.view.setObjectName("descent.cut.canvas")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self.box.setMouseEnabled(False, False)
        self.plot = pg.PlotItem(
            viewBox=self.box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self.plot.hideButtons()
        self.view.addItem(self.plot, 0, 0)
        self.view.ci.layout.setContentsMargins(4, 4, 12, 0)
        self.curve = pg.PlotCurveItem(connect="finite")
        self.plot.addItem(self.curve)
        self.trails = LinesLayer(self.box)
        self.balls = BallsLayer(self.box)
        self.scale_factor = 1.0
        self.looks: tuple[RacerStyle, ...] = ()
        self.shown_trails: Sequence[Array] = ()
        controls = QGridLayout()
        controls.setContentsMargins(theme.MARGIN, theme.GAP, 0, theme.GAP)
        controls.setVerticalSpacing(theme.GAP)
        for row, (label, field) in enumerate(
            zip(self._labels, (self.direction, self.through), strict=True)
        ):
            controls.addWidget(label, row, 0)
            controls.addWidget(field, row, 1)
        controls.addWidget(self.hint, 2, 0, 1, 2)
        controls.setRowStretch(3, 1)
        controls.setColumnStretch(1, 1)
        self._side = QWidget(self)
        self._side.setLayout(controls)
        self._side.setMinimumWidth(CONTROLS_PX)
        row_ = QHBoxLayout(self)
        row_.setContentsMargins(0, 0, 0, 0)
        row_.addWidget(self._side)
        row_.addWidget(self.view, 1)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def _combo(self, name: str, entries: dict[str, str]) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        for key in entries:
            combo.addItem("", key)
        combo.currentIndexChanged.connect(self._on_chosen)
        return combo

    def show_choice(self, direction: str, through: str) -> None:
        """Show which line is cut; asks for nothing."""
        for combo, key in ((self.direction, direction), (self.through, through)):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(key))
        self.through.setEnabled(direction != FREE)
        self._labels[1].setEnabled(direction != FREE)

    def show_profile(self, profile: Profile) -> None:
        """Draw another cut."""
        self.balls.profile = profile
        self.curve.setData(profile.place, profile.height)
        self.plot.getAxis("left").setLogMode(x=False, y=profile.logarithmic)
        low, high = profile.ends()
        room = ROOM * (high - low)
        self.plot.setRange(
            xRange=(profile.place[0], profile.place[-1]),
            # Below it stand the minima's names.
            yRange=(low - 2.5 * room, high + room),
            padding=0,
        )
        self.trails.restart()
        self.balls.refresh()
        self._name_axes()

    def show_racers(
        self, looks: tuple[RacerStyle, ...], trails: Sequence[Array], balls: Sequence[Ball]
    ) -> None:
        """Where all are: what is drawn of the race so far, (N, 2) each, and the balls."""
        if looks != self.looks:
            self.looks = looks
            self._restroke()
        self.shown_trails = trails
        self.trails.show_lines(trails, max((len(trail) for trail in trails), default=0))
        self.balls.balls = balls
        self.balls.update()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.scale_factor = factor
        self.balls.set_scale(factor)
        self._side.setVisible(factor <= 1)
        self.restyle()

    def inspect_state(self) -> dict[str, object]:
        """What can be seen, for programs that look at the window from outside."""
        profile = self.balls.profile
        return {
            "minima": profile.minima.tolist() if profile is not None else [],
            "lowest": profile.lowest.tolist() if profile is not None else [],
            "balls": [[ball.place, ball.height] for ball in self.balls.balls],
        }

    @Slot()
    def restyle(self) -> None:
        colors = theme.current()
        self.view.setBackground(colors.color("panel"))
        size = round(11 * self.scale_factor)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).restyle(size_px=size)
        self.plot.getAxis("bottom").setHeight(round(3.2 * size))
        self.plot.getAxis("left").setWidth(round(5.2 * size))
        self.curve.setPen(colors.color("text", 0.8), width=1.8 * self.scale_factor)
        self._restroke()
        self._name_axes()

    def _restroke(self) -> None:
        self.trails.set_strokes(
            [curve_stroke(look, scale=0.7 * self.scale_factor, signs=False) for look in self.looks]
        )

    def _name_axes(self) -> None:
        size = round(12 * self.scale_factor)
        self.plot.getAxis("left").set_title(self.loss_title(), size_px=size)
        self.plot.getAxis("bottom").set_title(self.axis_title(), size_px=size)

    def loss_title(self) -> str:
        """What the upward axis is called."""
        profile = self.balls.profile
        logarithmic = profile is not None and profile.logarithmic
        return self.tr("loss, log") if logarithmic else self.tr("loss")

    def axis_title(self) -> str:
        """What the axis along the line is called."""
        profile = self.balls.profile
        return (profile.title if profile is not None else "x") or self.tr("way from A to B")

    def retranslate(self) -> None:
        say = QCoreApplication.translate
        for combo, names in ((self.direction, DIRECTIONS), (self.through, PLACES)):
            for index in range(combo.count()):
                combo.setItemText(index, say("descent", names[combo.itemData(index)]))
        self._labels[0].setText(self.tr("Cut"))
        self._labels[1].setText(self.tr("through"))
        self.direction.setAccessibleName(self.tr("Direction of the cut"))
        self.direction.setToolTip(self.tr("Along an axis, or along the line from A to B"))
        self.through.setAccessibleName(self.tr("What the cut goes through"))
        self.through.setToolTip(self.tr("The point of the map that the line goes through"))
        self.hint.setText(self.tr("Drag A and B on the map for any other line."))
        self.view.setAccessibleName(self.tr("Loss along the cut"))
        self.view.setToolTip(
            self.tr("A racer beside the line stands at its own loss, with a stem to the cut")
        )
        self._name_axes()
        self.balls.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_chosen(self, _: int) -> None:
        direction, through = self.direction.currentData(), self.through.currentData()
        self.show_choice(direction, through)
        self.chosen.emit(direction, through)
