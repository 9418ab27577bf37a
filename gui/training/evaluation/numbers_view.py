"""COCO's twelve numbers of each kind, and what is shown at the usual threshold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.number_text import write, write_metric
from gui.training.evaluation.kinds import KINDS, kind_title
from gui.widgets.fact_table import FactTable

# COCO's name -> what it is.
METRICS = {
    "AP": QT_TRANSLATE_NOOP("evaluation", "mean of IoU .50 to .95"),
    "AP50": QT_TRANSLATE_NOOP("evaluation", "at IoU .50"),
    "AP75": QT_TRANSLATE_NOOP("evaluation", "at IoU .75"),
    "APs": QT_TRANSLATE_NOOP("evaluation", "small, below 32 × 32 px"),
    "APm": QT_TRANSLATE_NOOP("evaluation", "medium"),
    "APl": QT_TRANSLATE_NOOP("evaluation", "large, from 96 × 96 px"),
    "AR1": QT_TRANSLATE_NOOP("evaluation", "recall, 1 detection a picture"),
    "AR10": QT_TRANSLATE_NOOP("evaluation", "recall, 10 detections a picture"),
    "AR100": QT_TRANSLATE_NOOP("evaluation", "recall, the model's most detections"),
    "ARs": QT_TRANSLATE_NOOP("evaluation", "recall, small"),
    "ARm": QT_TRANSLATE_NOOP("evaluation", "recall, medium"),
    "ARl": QT_TRANSLATE_NOOP("evaluation", "recall, large"),
}


class NumbersView(QWidget):
    """A table with a column a kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] = {}
        self.words = QLabel(self)
        self.words.setObjectName("training.evaluation.numbers.label")
        self.words.setFont(theme.tabular(self.words.font()))
        self.words.setWordWrap(True)
        self.table = FactTable("training.evaluation.numbers.table", 5, self, titled=True)
        self.table.stretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.retranslate()

    def set_report(self, report: Mapping[str, Any]) -> None:
        """Show another report."""
        self._report = report
        self.refresh()

    def refresh(self) -> None:
        """Write anew."""
        report = self._report
        if not report:
            return
        for column, kind in enumerate(KINDS, 2):
            self.table.setColumnHidden(column, kind not in report)
        self.table.fill(
            [
                (
                    name,
                    QCoreApplication.translate("evaluation", text),
                    *(write_metric(report.get(kind, {}).get(name, -1)) for kind in KINDS),
                )
                for name, text in METRICS.items()
            ],
            numbers_from=2,
        )
        self.words.setText(self._sentence(report))

    def _sentence(self, report: Mapping[str, Any]) -> str:
        number, shown = QLocale(), report["shown"]
        return self.tr(
            "Held-out pictures: {pictures}, objects: {objects}; {seconds} s a picture."
            " Of boxes above score {score}, at IoU .50: precision {precision}, recall {recall}"
            " (true: {true}, false: {false})."
        ).format(
            pictures=number.toString(report["pictures"]),
            objects=number.toString(report["objects"]),
            seconds=write(report["seconds_per_picture"], digits=2),
            score=write(shown["score"]),
            precision=write_metric(shown["precision"]),
            recall=write_metric(shown["recall"]),
            true=number.toString(shown["true"]),
            false=number.toString(shown["false"]),
        )

    def retranslate(self) -> None:
        self.table.title(
            [self.tr("Metric"), "", *(kind_title(kind) for kind in KINDS)], numbers_from=2
        )
        self.table.setAccessibleName(self.tr("COCO's numbers"))
        self.table.setToolTip(self.tr("A dash: there is no object of this kind"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
