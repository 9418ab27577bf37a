"""The tabs under the thresholds: the table of detections, and the funnel."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from gui.detection.layers.controller import LayersController
from gui.detection.results.detections_table import DetectionsTable
from gui.detection.results.funnel_table import FunnelTable
from gui.detection.session import Session


class ResultTabs(QTabWidget):
    """Detections first; the funnel counts only while it is looked at."""

    def __init__(
        self, session: Session, layers: LayersController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detection.results.tabs")
        self.setDocumentMode(True)
        self.tabBar().setObjectName("detection.results.bar")
        self.tabBar().setDrawBase(False)
        self._session, self._layers = session, layers
        self._gate = -1
        self.table = DetectionsTable(self)
        self.funnel = FunnelTable(self)
        self.addTab(self.table, "")
        self.addTab(self.funnel, "")
        session.shown_changed.connect(self.refresh)
        self.currentChanged.connect(self._turned)
        self.funnel.gate_chosen.connect(self._choose)
        self.retranslate()

    def refresh(self) -> None:
        """Count anew, and draw anew what ended at the chosen gate."""
        if self.currentWidget() is not self.funnel:
            return
        inspection = self._session.inspection
        trace = inspection.trace if inspection else None
        self.funnel.show_fates(trace, self._session.selection)
        self._draw()

    def _turned(self) -> None:
        if self.currentWidget() is self.funnel:
            self.refresh()
        else:
            self.funnel.forget_choice()

    def _choose(self, gate: int) -> None:
        self._gate = gate
        self._draw()

    def _draw(self) -> None:
        from engine.detection.pipeline.selection import anchor_fates

        inspection, selection = self._session.inspection, self._session.selection
        if inspection is None or selection is None or self._gate < 0:
            self._layers.set_dropped(None, None)
        else:
            ended = anchor_fates(inspection.trace, selection) == self._gate
            self._layers.set_dropped(inspection.trace, ended)

    def retranslate(self) -> None:
        self.setTabText(0, self.tr("Detections"))
        self.setTabText(1, self.tr("Funnel"))
        self.setTabToolTip(0, self.tr("What is found at the present thresholds"))
        self.setTabToolTip(1, self.tr("How many anchors passed each gate"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
