"""The check of a training's data: what is wrong, and what the labels are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.training.data_check.findings import KINDS
from gui import theme
from gui.messages import engine_text
from gui.training.data_check.findings_table import FindingsModel, FindingsTable
from gui.training.data_check.statistics_page import StatisticsPage
from gui.widgets.dialogs.job_dialog import JobDialog
from gui.widgets.dialogs.layout import lay_out, quiet_button

if TYPE_CHECKING:
    from engine.training.data_check.check import DataReport

FIRST_SIZE = QSize(1080, 660)


class CheckDialog(JobDialog):
    """A page of findings and one of statistics.

    Signals:
        left_out: leave out the pictures that cannot be used.
        csv_wanted: a file name.
    """

    left_out = Signal()
    csv_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("training.check", parent)
        self._report: DataReport | None = None
        self.heading.setFont(theme.tabular(self.heading.font()))
        self.kinds = QComboBox(self)
        self.kinds.setObjectName("training.check.kind.combo")
        self.model = FindingsModel(self)
        self.table = FindingsTable(self.model, self)
        self.statistics = StatisticsPage(self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("training.check.tabs")
        self.tabs.setDocumentMode(True)
        self.leave_out = quiet_button("training.check.leaveout", self)
        self.export = quiet_button("training.check.csv", self)
        self._lay_out()
        self.resize(FIRST_SIZE)
        self.kinds.currentIndexChanged.connect(self._filter)
        self.leave_out.clicked.connect(self.left_out)
        self.export.clicked.connect(self.ask_file)
        self.retranslate()

    def _lay_out(self) -> None:
        findings = QWidget(self)
        column = QVBoxLayout(findings)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.kinds)
        column.addWidget(self.table, 1)
        self.tabs.addTab(findings, "")
        self.tabs.addTab(self.statistics, "")
        parts = (self.heading, self.strip, self.tabs)
        lay_out(self, parts, [self.leave_out, self.export], self.close_button)

    def set_report(self, report: DataReport | None) -> None:
        """Show what a check found; None while it runs."""
        self._report = report
        self.model.set_findings(report.findings if report is not None else ())
        self.statistics.set_report(report)
        self._write()

    def _write(self) -> None:
        report, number = self._report, QLocale()
        chosen = self.kinds.currentData() or ""
        self.kinds.blockSignals(True)
        self.kinds.clear()
        counts = report.counts() if report is not None else {}
        everything = self.tr("All findings ({count})")
        self.kinds.addItem(everything.format(count=number.toString(sum(counts.values()))), "")
        for kind, count in counts.items():
            self.kinds.addItem(f"{engine_text(KINDS[kind].title)} ({number.toString(count)})", kind)
        self.kinds.setCurrentIndex(max(self.kinds.findData(chosen), 0))
        self.kinds.blockSignals(False)
        self.leave_out.setEnabled(report is not None and report.bad_pictures > 0)
        self.export.setEnabled(report is not None)
        if report is None:
            self.heading.setText("")
            return
        self.heading.setText(
            self.tr(
                "Pictures: {pictures}, of which {bad} cannot be used; objects to learn: {objects};"
                " findings: {findings}."
            ).format(
                pictures=number.toString(report.pictures),
                bad=number.toString(report.bad_pictures),
                objects=number.toString(report.objects),
                findings=number.toString(len(report.findings)),
            )
        )

    def _filter(self) -> None:
        self.model.set_kind(self.kinds.currentData() or "")

    def ask_file(self) -> None:
        """Ask for the name of a CSV file without blocking."""
        dialog = QFileDialog(self, self.tr("Export the findings"))
        dialog.setObjectName("dialog.training.check.csv")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilter(self.tr("CSV table (*.csv)"))
        dialog.fileSelected.connect(self.csv_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Check of the Data"))
        self.tabs.setTabText(0, self.tr("Findings"))
        self.tabs.setTabText(1, self.tr("Labels"))
        self.tabs.setTabToolTip(0, self.tr("What is wrong, picture by picture"))
        self.tabs.setTabToolTip(1, self.tr("Classes, sizes and positions of the objects"))
        self.kinds.setAccessibleName(self.tr("Kind of finding"))
        self.table.setAccessibleName(self.tr("Findings"))
        self.leave_out.setText(self.tr("Leave Out the Bad Pictures"))
        self.leave_out.setToolTip(
            self.tr("Train without pictures that are missing, damaged or of another size")
        )
        self.export.setText(self.tr("Export as CSV…"))
        self.export.setToolTip(self.tr("Write all findings as a table"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close, and stop a check that runs"))
        self.model.retranslate()
        self._write()
