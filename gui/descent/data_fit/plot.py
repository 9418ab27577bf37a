"""The data set of a fit: its examples, the batch, and the curve of every racer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene import records
from engine.export.scene.records import Layer, Line, Marks
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.plots.drag_handle import DragHandle
from gui.plots.layer import PlotLayer
from gui.plots.number_axis import NumberAxis
from gui.racing.racer_style import arrow_color, casing_color

Array = NDArray[np.float64]

NEAR_PX = 14.0  # a click so near to an example means it
MOST_DRAWN = 600  # of a huge data set
CURVE_POINTS = 121
GRIP_PX = 13.0  # from the outlier: so near the mouse takes it


@dataclass(frozen=True)
class DataView:
    """What is drawn of the data at one step.

    Attributes:
        inputs, targets: (D,) float64.
        chosen: (D,) bool, in the batch; none where the batch is all of them.
        fresh: (D,) float64, how solid each is drawn, from 0 to 1.
        outlier: the place of the outlier among them, -1 for none.
        racers: look, slope and intercept of each; the chosen one first.
        predict: slope, intercept, inputs -> what the model says.
        selected: the example whose own landscape is shown, -1 for none.
        labels: whether targets are classes.
    """

    inputs: Array
    targets: Array
    chosen: NDArray[np.bool_]
    fresh: Array
    outlier: int
    racers: tuple[tuple[RacerStyle, float, float], ...]
    predict: Callable[..., Array]
    selected: int
    labels: bool

    def places(self) -> Array:
        """(D, 2)."""
        return np.column_stack((self.inputs, self.targets))


class DataLayer(PlotLayer):
    """Examples and curves over a view box, in whose pixels it draws."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=10)
        self._data: DataView | None = None

    @property
    def data(self) -> DataView | None:
        return self._data

    def show_data(self, data: DataView | None) -> None:
        self._data = data
        self.update()

    def nearest(self, pixel: QPointF) -> int:
        """The example under a pixel, -1 for none."""
        if self._data is None or not len(self._data.inputs):
            return -1
        places = self.pixels(self._data.places())
        away = np.hypot(places[:, 0] - pixel.x(), places[:, 1] - pixel.y())
        away = np.where(self._data.fresh > 0, away, np.inf)
        best = int(away.argmin())
        return best if away[best] <= NEAR_PX * self.scale_factor else -1

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        data = self._data
        if data is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.boundingRect())
        self._draw_errors(painter, data)
        for racer in reversed(data.racers):
            self._draw_curve(painter, data, *racer)
        self._draw_examples(painter, data)

    def _draw_curve(
        self, painter: QPainter, data: DataView, look: RacerStyle, slope: float, intercept: float
    ) -> None:
        if not (np.isfinite(slope) and np.isfinite(intercept)):
            return
        pixels = self.pixels(self._curve(data, slope, intercept)).clip(-1e5, 1e5)
        style = theme.current().racer(look)
        pen = QPen(QColor(style.color), 2.0 * self.scale_factor)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if style.dash:
            pen.setDashPattern(list(style.dash))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in pixels]))

    def _curve(self, data: DataView, slope: float, intercept: float) -> Array:
        """What a model says, (N, 2)."""
        (u0, u1), _ = self._view.viewRange()
        inputs = np.linspace(u0, u1, CURVE_POINTS if data.labels else 2)
        return np.column_stack((inputs, data.predict(slope, intercept, inputs)))

    @staticmethod
    def _errors(data: DataView) -> Array:
        """(M, 2, 2) from each example of the batch to what the chosen racer says."""
        if not data.racers:
            return np.empty((0, 2, 2))
        _, slope, intercept = data.racers[0]
        rows = np.flatnonzero(data.chosen if data.chosen.any() else data.fresh >= 1)[:MOST_DRAWN]
        said = data.predict(slope, intercept, data.inputs[rows])
        ends = np.column_stack((data.inputs[rows], said))
        return np.stack([data.places()[rows], ends], axis=1)

    def _draw_errors(self, painter: QPainter, data: DataView) -> None:
        errors = self._errors(data)
        tails = self.pixels(errors[:, 0]).clip(-1e5, 1e5)
        heads = self.pixels(errors[:, 1])
        pen = QPen(arrow_color("gradient"), 1.4 * self.scale_factor)
        painter.setPen(pen)
        for (x0, y0), (x1, y1) in zip(tails, heads, strict=True):
            if np.isfinite(y1):
                painter.drawLine(QPointF(x0, y0), QPointF(x1, min(max(y1, -1e5), 1e5)))

    @staticmethod
    def _order(data: DataView) -> NDArray[np.intp]:
        """The examples that are drawn as dots, the lowest first."""
        order = np.lexsort((data.chosen, data.fresh))
        if len(order) > MOST_DRAWN:
            order = np.concatenate([order[~data.chosen[order]][:MOST_DRAWN],
                                    order[data.chosen[order]][:MOST_DRAWN]])  # fmt: skip
        seen: NDArray[np.intp] = order[(data.fresh[order] > 0) & (order != data.outlier)]
        return seen

    def _radius(self, data: DataView) -> float:
        few = min(len(data.inputs), 2 * MOST_DRAWN) < 100
        return (4.2 if few else 2.2) * self.scale_factor

    @staticmethod
    def _example_color(fresh: float, *, chosen: bool) -> QColor:
        color = arrow_color("gradient") if chosen else theme.current().color("text")
        color.setAlphaF(fresh * (1.0 if chosen else 0.62))
        return color

    def _draw_examples(self, painter: QPainter, data: DataView) -> None:
        pixels, radius = self.pixels(data.places()), self._radius(data)
        for row in self._order(data):
            place, chosen = QPointF(*pixels[row]), bool(data.chosen[row])
            painter.setPen(QPen(casing_color(), 1.0))
            painter.setBrush(self._example_color(float(data.fresh[row]), chosen=chosen))
            size = radius * (1.3 if chosen else 1.0)
            painter.drawEllipse(place, size, size)
        if data.selected >= 0:
            painter.setPen(QPen(theme.current().color("accent"), 2.4 * self.scale_factor))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*pixels[data.selected]), 2.4 * radius, 2.4 * radius)

    # -- as records -----------------------------------------------------------------------------

    def describe(self) -> list[Layer]:
        """What is drawn, for exports."""
        data, scale = self._data, self.scale_factor
        if data is None:
            return []
        layers: list[Layer] = []
        hot = arrow_color("gradient")
        for ends in self._errors(data):
            layers.append(Line("error", ends, theme.written(hot), 1.4 * scale))
        for look, slope, intercept in reversed(data.racers):
            if np.isfinite(slope) and np.isfinite(intercept):
                style = theme.current().racer(look)
                curve = self._curve(data, slope, intercept)
                layers.append(Line("model", curve, style.color, 2.0 * scale, style.dash))
        order, radius = self._order(data), self._radius(data)
        places, casing = data.places(), theme.written(casing_color())
        for fresh, chosen in sorted({(float(data.fresh[i]), bool(data.chosen[i])) for i in order}):
            rows = [i for i in order if (data.fresh[i], data.chosen[i]) == (fresh, chosen)]
            size = 2 * radius * (1.3 if chosen else 1.0)
            ink = theme.written(self._example_color(fresh, chosen=chosen))
            name = "batch" if chosen else ""
            layers.append(Marks("example", places[rows], "dot", size, ink, casing, 1.0, name=name))
        if data.selected >= 0:
            accent = theme.written(theme.current().color("accent"))
            place = places[[data.selected]]
            layers.append(Marks("selected", place, "circle", 4.8 * radius, "", accent, 2.4 * scale))
        return layers


class OutlierHandle(DragHandle):
    """A diamond, coloured when the outlier is in the batch."""

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=40, grip_px=GRIP_PX)
        self._chosen = False

    def show_place(self, place: tuple[float, float] | None, *, chosen: bool) -> None:
        """Stand there, or nowhere; `chosen`: it is in the batch."""
        self._chosen = chosen
        self.set_place(place)

    def _ink(self) -> QColor:
        return arrow_color("gradient") if self._chosen else theme.current().color("warning")

    def describe(self, place: Array) -> Marks:
        """The diamond at a place (1, 2), as the record that exports draw."""
        scale, text = self.scale_factor, theme.written(theme.current().color("text"))
        ink = theme.written(self._ink())
        return Marks("outlier", place, "diamond", 16 * scale, ink, text, 1.6 * scale)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = (9.5 if self.hovered else 8.0) * self.scale_factor
        painter.setPen(QPen(theme.current().color("text"), 1.6 * self.scale_factor))
        painter.setBrush(self._ink())
        corners = [QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)]
        painter.drawPolygon(QPolygonF(corners))


class DataViewBox(pg.ViewBox):
    """A still picture; a click on an example asks for its own landscape.

    Signals:
        clicked: a place in the view's own pixels.
    """

    clicked = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseClickEvent(self, ev: object) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            ev.accept()  # type: ignore[attr-defined]
            self.clicked.emit(self.mapFromScene(ev.scenePos()))  # type: ignore[attr-defined]

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        ev.ignore()  # type: ignore[attr-defined]

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        ev.ignore()  # type: ignore[attr-defined]


class DataPlot(pg.GraphicsLayoutWidget):
    """Examples, curves and the outlier.

    Signals:
        example_clicked: its place in the data, -1 beside all.
        outlier_dragged: as `OutlierHandle.dragged`.
    """

    example_clicked = Signal(int)
    outlier_dragged = Signal(float, float, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.data.plot")
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setMinimumSize(200, 130)
        self.scale_factor = 1.0
        self.view_box = DataViewBox()
        self.plot = pg.PlotItem(
            viewBox=self.view_box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self.plot.hideButtons()
        self.ci.layout.setContentsMargins(0, 4, 8, 0)
        self.addItem(self.plot, 0, 0)
        self.layer = DataLayer(self.view_box)
        self.handle = OutlierHandle(self.view_box)
        self.handle.dragged.connect(self.outlier_dragged)
        self.view_box.clicked.connect(self._on_clicked)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def set_view(self, view: tuple[float, float, float, float]) -> None:
        """Show u0, u1, v0, v1."""
        u0, u1, v0, v1 = view
        self.view_box.setRange(QRectF(u0, v0, u1 - u0, v1 - v0), padding=0)

    def show_data(self, data: DataView | None) -> None:
        self.layer.show_data(data)
        place = None
        if data is not None and data.outlier >= 0:
            place = (float(data.inputs[data.outlier]), float(data.targets[data.outlier]))
        chosen = data is not None and data.outlier >= 0 and bool(data.chosen[data.outlier])
        self.handle.show_place(place, chosen=chosen)

    def describe(self) -> records.Plot:
        """What is seen, as the record that exports draw."""
        (u0, u1), (v0, v1) = self.view_box.viewRange()
        rect, layers, data = self.view_box.rect(), self.layer.describe(), self.layer.data
        if data is not None and data.outlier >= 0:
            layers.append(self.handle.describe(data.places()[[data.outlier]]))
        return records.Plot(
            *("data", "u", "v", (u0, u1, v0, v1), rect.width(), rect.height(), tuple(layers)),
            type_px=11 * self.scale_factor,
        )

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.scale_factor = factor
        self.layer.set_scale(factor)
        self.handle.set_scale(factor)
        self.restyle()

    def restyle(self) -> None:
        self.setBackground(theme.current().color("panel"))
        size = round(11 * self.scale_factor)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.restyle(size_px=size)
            axis.set_title("v" if side == "left" else "u", size_px=size + 1)
        self.plot.getAxis("bottom").setHeight(round(34 * self.scale_factor))
        self.plot.getAxis("left").setWidth(round(44 * self.scale_factor))
        self.layer.refresh()
        self.handle.refresh()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Data"))
        self.setToolTip(
            self.tr(
                "The examples; red ones are in the batch of the next step.\n"
                "Click one to see its own landscape; drag the diamond, the outlier."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def inspect_state(self) -> dict[str, object]:
        """What can be seen, for programs that look at the window from outside."""
        data = self.layer.data
        place = self.mapFromScene(self.view_box.sceneBoundingRect()).boundingRect()
        corner = self.viewport().mapToGlobal(place.topLeft())
        (u0, u1), (v0, v1) = self.view_box.viewRange()
        return {
            "view": [u0, u1, v0, v1],
            "plot": [corner.x(), corner.y(), place.width(), place.height()],
            "examples": [] if data is None else data.places().tolist()[:MOST_DRAWN],
            "batch": [] if data is None else np.flatnonzero(data.chosen).tolist()[:MOST_DRAWN],
            "outlier": -1 if data is None else data.outlier,
            "selected": -1 if data is None else data.selected,
            "curves": 0 if data is None else len(data.racers),
        }

    def _on_clicked(self, pixel: QPointF) -> None:
        self.example_clicked.emit(self.layer.nearest(pixel))
