"""A landscape from above, with the paths that lead over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine.checks import Domain
from engine.optimizers.looks import RacerStyle
from gui import number_text, theme
from gui.landscape.head_markers import Head, MarksLayer, StartHandle
from gui.landscape.landscape_image import Coloring, LandscapeLayer
from gui.landscape.layer import MapLayer, Places, Weight, sampled
from gui.landscape.legend_placement import place_legends
from gui.landscape.map_legend import Corner, Legend, Plated
from gui.landscape.map_mouse import MapViewBox
from gui.landscape.map_progress import MapProgress
from gui.plots.color_bar import ColorBar
from gui.plots.number_axis import NumberAxis
from gui.plots.polylines import LinesLayer
from gui.plots.zoom_view_box import NOTCH
from gui.racing.racer_style import map_stroke

if TYPE_CHECKING:
    from engine.landscape import Landscape

BAR_PX = 84
PATIENCE_MS = 250  # a map that comes sooner needs no words before it
TYPE_PX = 12.0
SETTLE_MS = 120  # the view must rest so long before a finer map is asked for
LARGEST_ZOOM_OUT = 20.0
LARGEST_ZOOM_IN = 1e6


class MapView(pg.GraphicsLayoutWidget):
    """Heat map, contours, colour bar, trails, heads and the start; what else there is to be
    seen on it lies in layers that are added.

    Args:
        name: of the workspace, with which the names of its widgets begin.

    Signals:
        start_dragged: x, y and the stage of the drag (1 first, 0 further, 2 last).
        start_wanted: x, y that were clicked with Shift.
        copy_wanted: x, y that were clicked with Ctrl.
        pressed: x, y that were clicked.
        view_settled: the visible part of the plane changed and now rests.
        hovered: x, y under the cursor.
        left: the cursor is no longer over the map.
        changed: something else is shown than before.
    """

    start_dragged = Signal(float, float, int)
    start_wanted = Signal(float, float)
    copy_wanted = Signal(float, float)
    pressed = Signal(float, float)
    view_settled = Signal()
    hovered = Signal(float, float)
    left = Signal()
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(f"{name}.canvas")
        # The view itself has the focus; in this order, as the viewport sets its proxy's policy too.
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setMinimumSize(240, 180)
        self.scale_factor = 1.0
        self.axis_names = ("x", "y")
        self.start = (0.0, 0.0)  # of the race
        self.paths: Sequence[NDArray[np.float64]] = ()  # (N, 2) each
        self.count = 0  # points of each path that are shown
        self.racers: tuple[tuple[str, RacerStyle], ...] = ()  # names and looks
        self._home: Domain = (-1.0, 1.0, -1.0, 1.0)
        self._fitted: Domain | None = None  # the view that `fit` has made
        self.view_box = MapViewBox()
        self.plot = pg.PlotItem(
            viewBox=self.view_box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self.plot.hideButtons()
        self.color_bar = ColorBar()
        self.ci.layout.setContentsMargins(4, 8, 4, 0)
        self.addItem(self.plot, 0, 0)
        # Inside the plot's own grid it is exactly as high as the map.
        self.plot.layout.addItem(self.color_bar, 2, 3)
        self.plot.layout.setColumnFixedWidth(3, BAR_PX)
        self.layers: list[MapLayer] = []
        self.layer = LandscapeLayer(self.view_box)
        self.trails = LinesLayer(self.view_box)
        self.marks = MarksLayer(self.view_box)
        self.handle = StartHandle(self.view_box)
        self.racer_legend = Legend(self.view_box, corner=Corner.TOP_LEFT)
        self.landscape_legend = Legend(self.view_box, corner=Corner.BOTTOM_LEFT)
        self.hatch_legend = Legend(self.view_box, corner=Corner.BOTTOM_RIGHT)
        self.add_layer(self.layer)
        self.add_layer(self.marks)
        self.note = QLabel(self)
        self.note.setObjectName(f"{name}.canvas.note")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setWordWrap(True)
        self.note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.progress = MapProgress(f"{name}.canvas.progress", self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say_computing)
        # pyqtgraph's `close` deletes the plot at once, this view only later.
        self.view_box.destroyed.connect(self._settle.stop)
        self.handle.dragged.connect(self.start_dragged)
        self.view_box.start_wanted.connect(self.start_wanted)
        self.view_box.start_led.connect(self.start_dragged)
        self.view_box.copy_wanted.connect(self.copy_wanted)
        self.view_box.pressed.connect(self.pressed)
        self.view_box.fit_wanted.connect(self.fit)
        self.view_box.sigRangeChanged.connect(self._on_range)
        self.scene().sigMouseMoved.connect(self._on_mouse)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def add_layer(self, layer: MapLayer) -> None:
        """Have a layer of this view box follow theme and scale, be kept clear of legends, take
        part in the 3-D view and in `inspect_state`; its own legend finds a corner, too."""
        self.layers.append(layer)
        layer.changed.connect(self.changed)
        layer.set_scale(self.scale_factor)

    # -- the view -----------------------------------------------------------------------------

    def set_home(self, domain: Domain) -> None:
        """The part of the plane that `fit` shows; also shows it."""
        self._home = domain
        x0, x1, y0, y1 = domain
        size = max(x1 - x0, y1 - y0)
        self.view_box.setLimits(
            minXRange=size / LARGEST_ZOOM_IN,
            maxXRange=size * LARGEST_ZOOM_OUT,
            minYRange=size / LARGEST_ZOOM_IN,
            maxYRange=size * LARGEST_ZOOM_OUT,
        )
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Show all of the surface's own part of the plane."""
        x0, x1, y0, y1 = self._home
        self.view_box.setRange(QRectF(x0, y0, x1 - x0, y1 - y0), padding=0.02)
        self._fitted = self._wanted()

    def part(self) -> Domain | None:
        """The part of the plane that was asked for last; None while all of it is shown.

        Where the map has another shape, more than that is seen.
        """
        wanted = self._wanted()
        return None if wanted == self._fitted else wanted

    def show_part(self, domain: Domain | None) -> None:
        """Show a part of the plane, or all of it."""
        if domain is None:
            self.fit()
            return
        x0, x1, y0, y1 = domain
        self.view_box.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)

    def _wanted(self) -> Domain:
        (x0, x1), (y0, y1) = self.view_box.state["targetRange"]
        return float(x0), float(x1), float(y0), float(y1)

    def look_at(self, x: float, y: float) -> None:
        """Bring a point into the middle of the view."""
        middle = self.view_box.viewRect().center()
        self.view_box.translateBy(x=x - middle.x(), y=y - middle.y())

    @Slot()
    def zoom_in(self) -> None:
        self.view_box.zoom(NOTCH)

    @Slot()
    def zoom_out(self) -> None:
        self.view_box.zoom(1 / NOTCH)

    def visible_domain(self) -> Domain:
        """x0, x1, y0, y1 of what can be seen."""
        (x0, x1), (y0, y1) = self.view_box.viewRange()
        return float(x0), float(x1), float(y0), float(y1)

    def pixel_size(self) -> tuple[int, int]:
        """Width and height of the map in pixels."""
        rect = self.view_box.rect()
        return max(2, int(rect.width())), max(2, int(rect.height()))

    # -- what is shown ------------------------------------------------------------------------

    def show_landscape(self, landscape: Landscape) -> None:
        """Draw another one; where it lies in the plane it says itself."""
        if landscape is self.layer.landscape:
            return  # told again, while something is still looked for in it
        self._patience.stop()
        self.layer.show_landscape(landscape)
        self.marks.set_minima(landscape.minima)
        low, high = self.layer.color_range
        self.color_bar.show_range(
            low, high, logarithmic=landscape.logarithmic, ticks=landscape.ticks()
        )
        self.color_bar.setVisible(self.layer.coloring is None)
        self._name_colors()
        share = landscape.nan_share + landscape.inf_share
        self.show_note(
            self.tr("This formula has no finite value anywhere in view.") if share >= 1 else ""
        )
        self._say_hatched()
        self.changed.emit()

    def forget_landscape(self) -> None:
        """Take the landscape away at once: what is named now is another, still to be computed."""
        self.layer.forget()
        self.color_bar.setVisible(False)
        self.marks.set_minima(np.empty((0, 2)))
        self.show_note("")
        self._say_hatched()
        self._patience.start()
        self.changed.emit()

    def color_by(
        self, coloring: Coloring | None, title: str = "", notes: Sequence[str] = ()
    ) -> None:
        """Colour the map by something else, with its legend; None: by the loss again."""
        self.layer.color_by(coloring)
        self.color_bar.setVisible(coloring is None)
        self.landscape_legend.show_text(title, notes)
        self.changed.emit()

    def name_axes(self, x: str, y: str) -> None:
        """What the two parameters are called."""
        self.axis_names = (x, y)
        self.restyle()
        self._name_colors()

    def name_landscape(self, title: str, notes: Sequence[str]) -> None:
        """Say what landscape this is, where it is not that of the race; nothing when empty."""
        self.landscape_legend.show_text(title, notes)
        self.arrange()

    def _say_hatched(self) -> None:
        """What the hatching means, and how much of the view has it."""
        landscape = self.layer.landscape
        notes: list[str] = []
        if landscape is not None and 0 < landscape.nan_share + landscape.inf_share < 1:
            for share, text in (
                (landscape.nan_share, self.tr("not a number (NaN): {share} % of the view")),
                (landscape.inf_share, self.tr("infinite: {share} % of the view")),
            ):
                if share:
                    shown = max(0.1, round(100 * share, 1 if share < 0.1 else 0))
                    notes.append(text.format(share=number_text.write(shown, digits=3)))
        self.hatch_legend.show_text(self.tr("Hatched") if notes else "", notes)
        if notes:
            self.arrange()

    def show_note(self, text: str) -> None:
        """A sentence over the middle of the map; none when empty."""
        self.note.setText(text)
        self._place_note()

    def set_racers(self, racers: Sequence[tuple[str, RacerStyle]]) -> None:
        """Name and look of each racer, in the order of `show_race`."""
        self.racers = tuple(racers)
        self.racer_legend.show_racers(racers)
        self._restroke()
        self.changed.emit()

    def show_race(
        self, paths: Sequence[NDArray[np.float64]], count: int, heads: Sequence[Head]
    ) -> None:
        """Where the race is.

        Args:
            paths: (N, 2) float64 of the plane each, N >= count; they may grow, but what has
                been shown of them stays.
            count: so many points of each are drawn.
            heads: each racer where it is now.
        """
        self.paths, self.count = paths, count
        self.trails.show_lines(paths, count)
        self.marks.set_heads(heads)
        self.changed.emit()

    def show_start(self, x: float, y: float) -> None:
        self.handle.set_place((x, y))
        self.start = (x, y)
        self.changed.emit()

    def arrange(self) -> None:
        """Put the legends where they cover nothing, or as little as can be."""
        of_layers = [layer.legend for layer in self.layers if layer.legend is not None]
        legends: list[Plated] = [
            self.racer_legend,
            *(layer.inset for layer in self.layers if layer.inset is not None),
            *of_layers,
            self.landscape_legend,
            self.hatch_legend,
        ]
        places = [
            Places(self.trails.pixels(sampled(self.paths)), Weight.TRAIL),
            Places(self.trails.pixels(np.array([self.start])), Weight.FOCUS),
        ]
        places += [each for layer in self.layers for each in layer.places()]
        place_legends(legends, places)

    def inspect_state(self) -> dict[str, object]:
        """What can be seen, for programs that look at the window from outside."""
        landscape, coloring = self.layer.landscape, self.layer.coloring
        place = self.mapFromScene(self.view_box.sceneBoundingRect()).boundingRect()
        corner = self.viewport().mapToGlobal(place.topLeft())
        lines = landscape.contours if landscape is not None else ()
        state: dict[str, object] = {
            "domain": list(self.visible_domain()),
            "map": [corner.x(), corner.y(), place.width(), place.height()],
            "start": list(self.start),
            "ground": self.landscape_legend.title,
            "racers": [name for name, _ in self.racers],
            "heads": [[head.x, head.y] for head in self.marks.heads],
            "note": self.note.text(),
            "basins": coloring is not None and coloring.final,
            "finite": bool(np.isfinite(self.layer.color_range).all()),
            "contours": sum(len(level) for level in lines),
        }
        for layer in self.layers:
            state |= layer.inspect_state()
        return state

    # -- looks and events ---------------------------------------------------------------------

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self.scale_factor = factor
        for layer in (*self.layers, self.racer_legend, self.landscape_legend, self.hatch_legend):
            layer.set_scale(factor)
        self.handle.set_scale(factor)
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        colors = theme.current()
        self.setBackground(colors.color("panel"))
        size = round(TYPE_PX * self.scale_factor)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.restyle(size_px=size)
            axis.set_title(self.axis_names[side == "left"], size_px=size + 1)
        self.plot.getAxis("bottom").setHeight(round(38 * self.scale_factor))
        self.plot.getAxis("left").setWidth(round(58 * self.scale_factor))
        self.color_bar.restyle(size_px=size)
        for layer in self.layers:
            layer.restyle()
        self._restroke()

    def _restroke(self) -> None:
        looks = [look for _, look in self.racers]
        self.trails.set_strokes([map_stroke(look, scale=self.scale_factor) for look in looks])

    def _name_colors(self) -> None:
        landscape = self.layer.landscape
        lifted = landscape is not None and landscape.lifted
        x, y = self.axis_names
        loss = self.tr("loss f({x}, {y})").format(x=x, y=y)
        if landscape is not None and landscape.center is not None:
            loss = self.tr("{loss}, sign-log").format(loss=loss)
        self.color_bar.set_title(self.tr("loss above the lowest") if lifted else loss)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Landscape"))
        self._name_colors()
        self._say_hatched()
        if self.layer.landscape is None and not self._patience.isActive():
            self._say_computing()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "note"):  # the base class resizes before we are made
            self._place_note()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def _place_note(self) -> None:
        self.note.setGeometry(self.rect().adjusted(80, 40, -100, -40))
        self.note.setVisible(bool(self.note.text()))

    @Slot()
    def _say_computing(self) -> None:
        self.show_note(self.tr("The landscape is being computed…"))

    @Slot()
    def _on_settled(self) -> None:
        self.view_settled.emit()
        self.arrange()

    def _on_range(self, *_: object) -> None:
        self._settle.start()

    def _on_mouse(self, place: object) -> None:
        if not self.view_box.sceneBoundingRect().contains(place):
            self.left.emit()
            return
        point = self.view_box.mapSceneToView(place)
        self.hovered.emit(point.x(), point.y())
