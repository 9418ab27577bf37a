"""Where objects were lost: a bar a gate, for a class and a size or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.detector.gate_names import outcome_text
from gui.detector.outcome_bars import fill_outcomes, new_outcome_table, title_outcomes
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.survey.records import Survey

SIZE_TEXTS = {
    "small": QT_TRANSLATE_NOOP("detection", "small, below 32 x 32 px"),
    "medium": QT_TRANSLATE_NOOP("detection", "medium"),
    "large": QT_TRANSLATE_NOOP("detection", "large, from 96 x 96 px"),
}


class MissedByGateView(QWidget):
    """The funnel of losses.

    Signals:
        chosen: what the number counts, and a path for each of it.
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._survey: Survey | None = None
        self._outcomes: list[str] = []
        self._labels = [QLabel(self), QLabel(self)]
        self.class_name = QComboBox(self)
        self.class_name.setObjectName("detection.survey.class.combo")
        self.size_name = QComboBox(self)
        self.size_name.setObjectName("detection.survey.size.combo")
        self.table = new_outcome_table("detection.survey.losses.table")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for label, combo in zip(self._labels, (self.class_name, self.size_name), strict=True):
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        self.class_name.activated.connect(self.refresh)
        self.size_name.activated.connect(self.refresh)
        self.table.row_chosen.connect(self._choose)
        self.retranslate()

    def set_survey(self, survey: Survey) -> None:
        """Show another survey."""
        self._survey = survey
        self._fill_combos()
        self.refresh()

    def _fill_combos(self) -> None:
        survey = self._survey
        names = sorted({loss.class_name for loss in survey.losses}) if survey else []
        wanted = self.class_name.currentData(), self.size_name.currentData()
        for combo in (self.class_name, self.size_name):
            combo.clear()
        self.class_name.addItem(self.tr("all classes"), None)
        for name in names:
            self.class_name.addItem(name, name)
        self.size_name.addItem(self.tr("all sizes"), None)
        for name, text in SIZE_TEXTS.items():
            self.size_name.addItem(QCoreApplication.translate("detection", text), name)
        for combo, data in zip((self.class_name, self.size_name), wanted, strict=True):
            combo.setCurrentIndex(max(combo.findData(data), 0))

    def refresh(self) -> None:
        """Count anew."""
        if self._survey is None:
            return
        counts = self._survey.funnel(self.class_name.currentData(), self.size_name.currentData())
        self._outcomes = list(counts)
        fill_outcomes(self.table, counts)

    def _choose(self, row: int) -> None:
        if self._survey is None or not 0 <= row < len(self._outcomes):
            return
        outcome = self._outcomes[row]
        losses = self._survey.lost(
            outcome, self.class_name.currentData(), self.size_name.currentData()
        )
        self.chosen.emit(outcome_text(outcome), [loss.path for loss in losses])

    def retranslate(self) -> None:
        self._labels[0].setText(self.tr("Class"))
        self._labels[1].setText(self.tr("Size"))
        self.class_name.setAccessibleName(self.tr("Class"))
        self.class_name.setToolTip(self.tr("Only the objects of this class"))
        self.size_name.setAccessibleName(self.tr("Size"))
        self.size_name.setToolTip(self.tr("Only the objects of this size"))
        title_outcomes(self.table)
        self.table.setAccessibleName(self.tr("Losses"))
        self.table.setToolTip(self.tr("Click a row to see its pictures"))
        self._fill_combos()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
