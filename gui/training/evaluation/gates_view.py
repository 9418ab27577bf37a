"""At which gate of the detector the run's objects are lost, a bar a gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.detector.outcome_bars import fill_outcomes, new_outcome_table, title_outcomes
from gui.number_text import write


class GatesView(QWidget):
    """Found, then every gate in the detector's order, of all classes or of one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] = {}
        self.class_name = QComboBox(self)
        self.class_name.setObjectName("training.evaluation.gates.class.combo")
        self.class_name.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.words = QLabel(self)
        self.words.setObjectName("training.evaluation.gates.label")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.table = new_outcome_table("training.evaluation.gates.table")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        row_layout = QHBoxLayout()
        row_layout.addWidget(self.class_name)
        row_layout.addStretch(1)
        layout.addLayout(row_layout)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.class_name.activated.connect(self.refresh)
        theme.notifier().changed.connect(self.refresh)
        self.retranslate()

    def set_report(self, report: Mapping[str, Any]) -> None:
        """Show another report."""
        self._report = report
        self._fill_classes()
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        told = self._report.get("gates")
        self.table.setVisible(told is not None)
        self.class_name.setVisible(told is not None)
        if told is None:
            text = self.tr("Proposals of this net come from another: nothing was followed.")
            self.words.setText(text if self._report else "")
            return
        name = self.class_name.currentData()
        counts = told["all"] if name is None else told["classes"][name]
        fill_outcomes(self.table, counts)
        self.words.setText(
            self.tr(
                "What became of the objects, above score {score} and from IoU {iou} on: found, or"
                " the first gate that let no box on them through."
            ).format(score=write(told["score"]), iou=write(told["iou"]))
        )

    def _fill_classes(self) -> None:
        kept = self.class_name.currentData()
        self.class_name.clear()
        self.class_name.addItem(self.tr("all classes"), None)
        for name in self._report.get("gates", {}).get("classes", ()):
            self.class_name.addItem(name, name)
        self.class_name.setCurrentIndex(max(self.class_name.findData(kept), 0))

    def retranslate(self) -> None:
        self.class_name.setAccessibleName(self.tr("Class"))
        self.class_name.setToolTip(self.tr("Only the objects of this class"))
        title_outcomes(self.table)
        self.table.setAccessibleName(self.tr("Losses by gate"))
        self._fill_classes()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
