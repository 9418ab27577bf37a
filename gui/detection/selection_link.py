"""Picture and table as one: what is under the cursor here is raised there, and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication

from gui.actions import ActionSpec
from gui.detection.cursor_readout import readout
from gui.detection.instances import Instance, Pair, hit
from gui.detection.layers.controller import LayersController
from gui.detection.results.detections_table import DetectionsTable
from gui.detection.session import Session
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.canvas import PictureCanvas

CTRL = Qt.KeyboardModifier.ControlModifier  # with a click: choose one more


class SelectionLink(QObject):
    """Listens to the canvas and the table.

    Signals:
        readout: the figures under the cursor.
        clicked: a detection was clicked, here or there.
        status: a sentence.

    Attributes:
        pickers: each may take a click on the picture, and says whether it did; a
            detection gets what none of them took.
    """

    readout = Signal(str)
    clicked = Signal()
    status = Signal(str)

    def __init__(
        self,
        canvas: PictureCanvas,
        table: DetectionsTable,
        layers: LayersController,
        session: Session,
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._table = canvas, table
        self._layers, self._session = layers, session
        self._cursor: QPointF | None = None
        self.pickers: list[Callable[[QPointF], bool]] = []
        canvas.hovered.connect(self._hover)
        canvas.clicked.connect(self._click)
        canvas.view_changed.connect(self.tell)
        session.shown_changed.connect(self._show)
        table.row_hovered.connect(self.raise_pair)
        table.row_chosen.connect(layers.select_pair)
        table.row_activated.connect(self._zoom_to)
        table.chosen_changed.connect(self._show_chosen)

    def actions(self) -> list[ActionSpec]:
        """Copy picture and table, zoom and fit."""
        canvas = self._canvas
        zooms = [
            (
                "actual_size",
                QT_TRANSLATE_NOOP("actions", "Actual Size (100 %)"),
                canvas.actual_size,
                "Ctrl+0",
                False,
            ),
            (
                "zoom_in",
                QT_TRANSLATE_NOOP("actions", "Zoom &In"),
                canvas.zoom_in,
                "Ctrl+= Ctrl++",
                False,
            ),
            (
                "zoom_out",
                QT_TRANSLATE_NOOP("actions", "Zoom &Out"),
                canvas.zoom_out,
                "Ctrl+-",
                False,
            ),
            ("fit", QT_TRANSLATE_NOOP("actions", "&Fit to Window"), canvas.fit, "F Home", True),
            (
                "fit_selection",
                QT_TRANSLATE_NOOP("actions", "Fit &Selection"),
                self.fit_selection,
                "Shift+F",
                True,
            ),
        ]
        return [
            ActionSpec(
                "detection.copy",
                QT_TRANSLATE_NOOP("actions", "&Copy Picture"),
                "Edit",
                self.copy_view,
                "Ctrl+C",
                icon="copy",
            ),
            ActionSpec(
                "detection.copy_table",
                QT_TRANSLATE_NOOP("actions", "Copy &Table"),
                "Edit",
                self.copy_table,
                "Ctrl+Shift+C",
            ),
            *(
                ActionSpec(
                    f"detection.view.{name}", text, "View", callback, keys, canvas_only=plain
                )
                for name, text, callback, keys, plain in zooms
            ),
        ]

    def copy_view(self) -> None:
        """The canvas as it is seen, to the clipboard."""
        QGuiApplication.clipboard().setImage(self._canvas.render_view())
        self.status.emit(self.tr("The view was copied as a picture."))

    def copy_table(self) -> None:
        """The table as tab-separated values, to the clipboard."""
        QGuiApplication.clipboard().setText(self._table.rows.as_text())
        self.status.emit(self.tr("The table was copied as text."))

    def _show(self) -> None:
        """The detections on both sides; what is gone is no longer raised or chosen."""
        instances = self._session.shown
        known = {instance.pair for instance in instances}
        if self._layers.selected not in known:
            self._layers.select_pair(None)
        if self._layers.raised not in known:
            self.raise_pair(None)
        self._layers.set_instances(instances)
        self._canvas.repaint()  # the picture answers a slider first, the table after it
        self._table.set_instances(instances, self._layers.selected)

    def fit_selection(self) -> None:
        """Zoom to the chosen detection, or fit the picture."""
        for instance in self._session.shown:
            if instance.pair == self._layers.selected:
                x0, y0, x1, y1 = instance.box
                self._canvas.show_rect(QRectF(x0, y0, x1 - x0, y1 - y0))
                return
        self._canvas.fit()

    def raise_pair(self, pair: Pair | None) -> None:
        """Draw a detection on top, and light up its row."""
        self._layers.raise_pair(pair)
        self._table.set_raised(pair)

    def tell(self) -> None:
        """Say what is under the cursor."""
        at = self._cursor
        rgb = self._canvas.pixel(at) if at is not None else None
        figures = readout(
            at, rgb, self._under(), pyramid=self._canvas.pyramid, zoom=self._canvas.zoom
        )
        self.readout.emit(figures)

    def _under(self) -> Instance | None:
        at = self._cursor
        return None if at is None else hit(self._session.shown, at.x(), at.y())

    def _hover(self, at: QPointF | None) -> None:
        self._cursor = at
        self._layers.point_at(at)
        if at is not None:
            self._session.filler.near = (at.x(), at.y())
        under = self._under()
        self.raise_pair(under.pair if under else None)
        self.tell()

    def _click(self, at: QPointF) -> None:
        if any(pick(at) for pick in self.pickers):
            return
        found = hit(self._session.shown, at.x(), at.y())
        if found is not None and QGuiApplication.keyboardModifiers() & CTRL:
            self._table.toggle(found.pair)
            return
        self.choose(found.pair if found else None)

    def choose(self, pair: Pair | None) -> None:
        """Make a detection the chosen one on both sides, as a click on it does."""
        self._layers.select_pair(pair)
        self._table.set_selected(pair)
        if pair is not None:
            self.clicked.emit()

    def _show_chosen(self) -> None:
        self._layers.choose_pairs(frozenset(self._table.chosen()))

    def _zoom_to(self, pair: Pair | None) -> None:
        self._layers.select_pair(pair)
        self.fit_selection()
        if pair is not None:
            self.clicked.emit()
