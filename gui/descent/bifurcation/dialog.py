"""The learning rate against where the iterates end: a point for each of the long run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import number_text, theme
from gui.descent.bifurcation.examples import (
    ALONG_X,
    ALONG_Y,
    CUT,
    EXAMPLES,
    LOSS,
    PLACE,
    PLANE,
    SHARPNESS,
)
from gui.descent.fair_race.dialog import StripBox
from gui.i18n import QT_TRANSLATE_NOOP
from gui.plots.number_axis import NumberAxis
from gui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from engine.descent.maps.bifurcation import Bifurcation

ALONG = {
    ALONG_X: QT_TRANSLATE_NOOP("descent", "along x through the start"),
    ALONG_Y: QT_TRANSLATE_NOOP("descent", "along y through the start"),
    CUT: QT_TRANSLATE_NOOP("descent", "along the cut's line"),
    PLANE: QT_TRANSLATE_NOOP("descent", "in the plane"),
}
SHOWS = {
    PLACE: QT_TRANSLATE_NOOP("descent", "place"),
    LOSS: QT_TRANSLATE_NOOP("descent", "loss"),
    SHARPNESS: QT_TRANSLATE_NOOP("descent", "curvature λ"),
}
ROOM = 0.04  # beside and above the points, as a part of their range
POINT_PX = 1.6  # height of a point
LEAST_INK = 0.45  # of a point that is met once


class BifurcationDialog(QDialog):
    """The diagram and its choices; a press sets that rate.

    Signals:
        wanted: what is along the line, or the rates, were changed by hand.
        rate_wanted: the learning rate that was pressed.
        example_wanted: the place of an example in `EXAMPLES`.
    """

    wanted = Signal()
    rate_wanted = Signal(float)
    example_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.bifurcation.dialog")
        self.resize(760, 540)
        self._found: Bifurcation | None = None
        self._name, self._rate, self._pointed, self._problem = "", math.nan, "", ""
        self.example = self._combo("example", [str(index) for index in range(-1, len(EXAMPLES))])
        self.along = self._combo("along", list(ALONG))
        self.shows = self._combo("shows", list(SHOWS))
        self._labels = {name: QLabel(self) for name in ("along", "shows", "from", "to")}
        self.low = NumberField(0.0, self, minimum=0.0, maximum=1e6, logarithmic=True, digits=3)
        self.low.setObjectName("descent.bifurcation.low.field")
        self.high = NumberField(1.0, self, minimum=1e-12, maximum=1e6, logarithmic=True, digits=3)
        self.high.setObjectName("descent.bifurcation.high.field")
        for field in (self.low, self.high):
            field.setMaximumWidth(96)
            field.value_changed.connect(self._on_wanted)
        self.example.activated.connect(self._on_example)
        self.along.activated.connect(self._on_wanted)
        self.shows.activated.connect(self._on_shows)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setObjectName("descent.bifurcation.canvas")
        self._view.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.box = StripBox()
        self.box.pressed.connect(self._on_pressed)
        self._plot = pg.PlotItem(
            viewBox=self.box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self._plot.hideButtons()
        self._view.addItem(self._plot, 0, 0)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._theory = pg.PlotCurveItem()
        self._limit = pg.InfiniteLine(angle=90, movable=False)
        self._own = pg.InfiniteLine(angle=90, movable=False)
        for item in (self._image, self._theory, self._limit, self._own):
            self._plot.addItem(item)
        self._view.scene().sigMouseMoved.connect(self._on_mouse)
        self.caption = QLabel(self)
        self.caption.setObjectName("descent.bifurcation.label")
        self.caption.setWordWrap(True)
        self.readout = QLabel(self)
        self.readout.setObjectName("descent.bifurcation.readout")
        self.readout.setFont(theme.tabular(self.readout.font()))
        self._lay_out()
        self.box.sigResized.connect(self._on_resized)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def found(self) -> Bifurcation | None:
        """What is drawn."""
        return self._found

    def _lay_out(self) -> None:
        choices, range_row = QHBoxLayout(), QHBoxLayout()
        upper: list[QWidget] = [self.example, self._labels["along"], self.along]
        lower: list[QWidget] = [
            *(self._labels["shows"], self.shows, self._labels["from"], self.low),
            *(self._labels["to"], self.high),
        ]
        for row, widgets in ((choices, upper), (range_row, lower)):
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.addWidget(self.caption)
        column.addLayout(choices)
        column.addLayout(range_row)
        column.addWidget(self._view, 1)
        column.addWidget(self.readout)

    def _combo(self, name: str, keys: list[str]) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName(f"descent.bifurcation.{name}.combo")
        for key in keys:
            made.addItem("", key)
        return made

    # -- what is shown ------------------------------------------------------------------------

    def show_choice(self, along: str, shows: str) -> None:
        """What is looked at; asks for nothing."""
        for combo, key in ((self.along, along), (self.shows, shows)):
            combo.setCurrentIndex(combo.findData(key))
        self._draw()

    def show_rates(self, low: float, high: float) -> None:
        """The ends of the axis; asks for nothing."""
        with QSignalBlocker(self.low), QSignalBlocker(self.high):
            self.low.set_value(low)
            self.high.set_value(high)

    def show_racer(self, name: str, rate: float) -> None:
        """Whose diagram it is, and at which rate it races."""
        self._name, self._rate = name, rate
        self._draw()

    def show_found(self, found: Bifurcation | None, problem: str = "") -> None:
        """The diagram as far as it is computed; None for none, and why."""
        self._found, self._problem = found, problem
        self._draw()

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = theme.current()
        self._view.setBackground(colors.color("panel"))
        for side in ("left", "bottom"):
            self._plot.getAxis(side).restyle()
        self._plot.getAxis("bottom").setHeight(40)
        self._plot.getAxis("left").setWidth(58)
        self._limit.setPen(pg.mkPen(colors.color("error"), width=1.5))
        self._theory.setPen(pg.mkPen(colors.color("error"), width=1.5, style=Qt.PenStyle.DashLine))
        self._own.setPen(pg.mkPen(colors.color("muted"), width=1, style=Qt.PenStyle.DashLine))
        self._draw()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Bifurcations"))
        self._view.setAccessibleName(self.tr("Where the iterates end, over the learning rate"))
        texts = {
            "along": self.tr("descent"),
            "shows": self.tr("shows"),
            "from": self.tr("lr from"),
            "to": self.tr("to"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        choices: tuple[tuple[QComboBox, Mapping[str, str]], ...] = (
            (self.along, ALONG),
            (self.shows, SHOWS),
        )
        for combo, titles in choices:
            for index, title in enumerate(titles.values()):
                combo.setItemText(index, QCoreApplication.translate("descent", title))
        self.example.setItemText(0, self.tr("Examples…"))
        for index, example in enumerate(EXAMPLES, start=1):
            self.example.setItemText(index, QCoreApplication.translate("descent", example.title))
        for widget, name in (
            (self.example, self.tr("Races whose diagrams are worth a look; Undo leads back")),
            (self.along, self.tr("Along which line the descent goes, or in the whole plane")),
            (self.shows, self.tr("What of each iterate is shown")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        self.low.setAccessibleName(self.tr("The smallest learning rate"))
        self.high.setAccessibleName(self.tr("The largest learning rate"))
        self._plot.getAxis("bottom").set_title(self.tr("learning rate lr"))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def inspect_state(self) -> dict[str, object]:
        """How far it is, and where a rate is on the screen, for programs that look from outside."""
        found = self._found
        scene = self.box.mapViewToScene(QPointF(self._rate, self.box.viewRange()[1][0]))
        place = self._view.mapToGlobal(self._view.mapFromScene(scene))
        return {"done": 0.0 if found is None else found.done, "rate": [place.x(), place.y()]}

    def _values(self, found: Bifurcation) -> np.ndarray:
        shown = self.shows.currentData()
        if shown == LOSS:
            return found.loss
        return found.sharpness if shown == SHARPNESS else found.along

    def _draw(self) -> None:
        found = self._found
        self._say()
        shows = SHOWS[self.shows.currentData() or PLACE]
        self._plot.getAxis("left").set_title(QCoreApplication.translate("descent", shows))
        self._own.setVisible(math.isfinite(self._rate))
        if math.isfinite(self._rate):
            self._own.setValue(self._rate)
        values = None if found is None else self._values(found)
        if found is None or values is None or not np.isfinite(values).any():
            self._image.clear()
            self._theory.setData([], [])
            self._limit.setVisible(False)
            return
        self._limit.setVisible(math.isfinite(found.limit))
        if math.isfinite(found.limit):
            self._limit.setValue(found.limit)
        # What diverges for every larger rate needs no room.
        alive = np.flatnonzero(np.isfinite(values).any(axis=1))
        last = min(len(found.lr) - 1, int(alive[-1] + ROOM * len(found.lr)) + 1)
        right = max(float(found.lr[last]), 1.05 * found.limit if found.limit > 0 else 0.0)
        right = min(right, float(found.lr[-1]))
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        room = ROOM * (high - low) or 0.5 * max(1.0, abs(high))
        low, high = low - room, high + room
        self._draw_points(found.lr, values, low, high)
        self._plot.setRange(xRange=(float(found.lr[0]), right), yRange=(low, high), padding=0)
        rates = found.lr[found.lr > 0]
        if self.shows.currentData() == SHARPNESS and math.isfinite(found.limit):
            self._theory.setData(rates, found.limit * found.curvature / rates)
        else:
            self._theory.setData([], [])

    def _draw_points(self, rates: np.ndarray, values: np.ndarray, low: float, high: float) -> None:
        """How many iterates of each rate are in each row, as ink."""
        columns = np.broadcast_to(np.arange(len(rates))[:, None], values.shape)
        good = np.isfinite(values)
        # Rows lower than a pixel would be left out where they are drawn.
        height = max(2, int(self.box.height() / POINT_PX))
        rows = ((values[good] - low) / (high - low) * (height - 1)).round().astype(np.intp)
        count = np.zeros((height, len(rates)))
        np.add.at(count, (rows, columns[good]), 1)
        share = np.where(count > 0, LEAST_INK + (1 - LEAST_INK) * (count / count.max()) ** 0.3, 0.0)
        color = theme.current().color("accent")
        picture = np.empty((height, len(rates), 4), dtype=np.uint8)
        picture[..., :3] = color.red(), color.green(), color.blue()
        picture[..., 3] = (255 * share).astype(np.uint8)
        self._image.setImage(picture, levels=(0, 255))
        half = (rates[-1] - rates[0]) / max(1, len(rates) - 1) / 2 or 0.5
        self._image.setRect(
            QRectF(rates[0] - half, low, rates[-1] - rates[0] + 2 * half, high - low)
        )

    def _say(self) -> None:
        found = self._found
        self.readout.setText(self._pointed or " ")
        if found is None:
            self.caption.setText(self._problem or self.tr("Every rate is being tried…"))
            return
        text = self.tr(
            "{name} at every rate: its iterates in the long run. One branch is rest, two a cycle "
            "of two, a band chaos, nothing divergence. Press to race with a rate."
        )
        sentences = [text.format(name=self._name)]
        if math.isfinite(found.limit):
            text = self.tr("Red: theory's limit {limit} at the minimum, where λ = {curvature}.")
            limit, curvature = (
                number_text.write(value, digits=4) for value in (found.limit, found.curvature)
            )
            sentences.append(text.format(limit=limit, curvature=curvature))
        else:
            sentences.append(self.tr("Theory knows no limit here."))
        if found.done < 1:
            sentences.append(self.tr("{percent} % done").format(percent=round(100 * found.done)))
        self.caption.setText(" ".join(sentences))

    # -- what is done -------------------------------------------------------------------------

    def _nearest(self, rate: float) -> int | None:
        if self._found is None:
            return None
        return int(np.abs(self._found.lr - rate).argmin())

    def _on_mouse(self, scene: QPointF) -> None:
        self._pointed = ""
        if self._found is not None and self.box.sceneBoundingRect().contains(scene):
            index = self._nearest(self.box.mapSceneToView(scene).x())
            if index is not None:
                self._pointed = self._told(self._found, index)
        self.readout.setText(self._pointed or " ")

    def _told(self, found: Bifurcation, index: int) -> str:
        """A rate, how its iterates end, and where."""
        period = int(found.period[index])
        if period < 0:
            said, seen = self.tr("diverges"), 0
        elif period == 0:
            said, seen = self.tr("no period found: chaos, or not at rest yet"), 0
        else:
            said = self.tr("at rest") if period == 1 else self.tr("a cycle of {period}")
            said, seen = said.format(period=period), min(period, 4)
        values = self._values(found)[index, :seen].tolist()
        places = ", ".join(number_text.write(value, digits=4) for value in values)
        more = ", …" if period > seen > 0 else ""
        rate = number_text.write(float(found.lr[index]), digits=4)
        return f"lr {rate}   {said}   {places}{more}"

    def _on_pressed(self, rate: float, height: float) -> None:
        index = self._nearest(rate)
        if index is not None and self._found is not None:
            self.rate_wanted.emit(float(f"{self._found.lr[index]:.4g}"))

    def _on_wanted(self, *_: object) -> None:
        self.wanted.emit()

    def _on_resized(self, *_: object) -> None:
        self._draw()

    def _on_shows(self, *_: object) -> None:
        self._draw()

    def _on_example(self, index: int) -> None:
        self.example.setCurrentIndex(0)
        if index > 0:
            self.example_wanted.emit(index - 1)
