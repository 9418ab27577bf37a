"""Picture and table as one: what is under the cursor here is raised there, and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from gui.detection.cursor_readout import readout
from gui.detection.instances import Instance, Pair, hit
from gui.detection.layers.stack import Overlays
from gui.detection.results.detections_table import DetectionsTable
from gui.detection.session import Session
from gui.pictures.canvas import PictureCanvas


class SelectionLink(QObject):
    """Listens to the canvas and the table.

    Signals:
        readout: the figures under the cursor.
        inspected: a detection was clicked, here or there.
    """

    readout = Signal(str)
    inspected = Signal()

    def __init__(
        self, canvas: PictureCanvas, table: DetectionsTable, overlays: Overlays, session: Session
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._table = canvas, table
        self._overlays, self._session = overlays, session
        self._cursor: QPointF | None = None
        self.pick: Callable[[QPointF], bool] | None = None  # takes a click first, and says so
        canvas.hovered.connect(self._hover)
        canvas.clicked.connect(self._click)
        canvas.view_changed.connect(self.tell)
        table.row_hovered.connect(self.raise_pair)
        table.row_chosen.connect(overlays.select_pair)
        table.row_activated.connect(self._zoom_to)

    def show(self, instances: tuple[Instance, ...]) -> None:
        """Show these detections on both sides; what is gone is no longer raised or chosen."""
        known = {instance.pair for instance in instances}
        if self._overlays.selected not in known:
            self._overlays.select_pair(None)
        if self._overlays.raised not in known:
            self.raise_pair(None)
        self._overlays.set_instances(instances)
        self._canvas.repaint()  # the picture answers a slider first, the table after it
        self._table.set_instances(instances, self._overlays.selected)

    def fit_selection(self) -> None:
        """Zoom to the chosen detection, or fit the picture."""
        for instance in self._session.shown:
            if instance.pair == self._overlays.selected:
                x0, y0, x1, y1 = instance.box
                self._canvas.show_rect(QRectF(x0, y0, x1 - x0, y1 - y0))
                return
        self._canvas.fit()

    def raise_pair(self, pair: Pair | None) -> None:
        """Draw a detection on top, and light up its row."""
        self._overlays.raise_pair(pair)
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
        self._overlays.point_at(at)
        if at is not None:
            self._session.near = (at.x(), at.y())
        under = self._under()
        self.raise_pair(under.pair if under else None)
        self.tell()

    def _click(self, at: QPointF) -> None:
        if self.pick is not None and self.pick(at):
            return
        found = hit(self._session.shown, at.x(), at.y())
        pair = found.pair if found else None
        self._overlays.select_pair(pair)
        self._table.set_selected(pair)
        if pair is not None:
            self.inspected.emit()

    def _zoom_to(self, pair: Pair | None) -> None:
        self._overlays.select_pair(pair)
        self.fit_selection()
        if pair is not None:
            self.inspected.emit()
