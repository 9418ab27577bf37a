"""Every object of a survey with its thumbnail; a click opens the picture at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.survey.object_model import OBJECT, OTHER, OUTCOME, PICTURE, SCORE, ObjectModel
from gui.detector.gate_names import outcome_text
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.survey.comparison import Pair
    from engine.detection.survey.records import Loss, Survey

ROW_PX, SIDE_PX = 76, 72
LOST = "lost"  # in place of an outcome: every one but found
# By `engine.detection.survey.comparison.FINDERS`.
FINDER_TEXTS = {
    "both": QT_TRANSLATE_NOOP("detection", "found by both"),
    "first": QT_TRANSLATE_NOOP("detection", "only by this survey"),
    "second": QT_TRANSLATE_NOOP("detection", "only by the other"),
    "neither": QT_TRANSLATE_NOOP("detection", "by neither"),
}


class ObjectView(QWidget):
    """Filters above, the table below.

    Signals:
        object_wanted: a `Loss` to open.
    """

    object_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._survey: Survey | None = None
        self._pairs: tuple[Pair, ...] = ()
        self.model = ObjectModel(self)
        self.outcome = self._combo("outcome")
        self.class_name = self._combo("object_class")
        self.finder = self._combo("finder")
        self.count = QLabel(self)
        self.count.setObjectName("detection.survey.objects.label")
        self.count.setProperty("role", "muted")
        self.table = QTableView(self)
        self.table.setObjectName("detection.survey.objects.table")
        self.table.setModel(self.model)
        self.table.setIconSize(QSize(SIDE_PX, SIDE_PX))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.table.setTabKeyNavigation(False)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((OBJECT, SIDE_PX + 12), (PICTURE, 130), (SCORE, 70), (OTHER, 180)):
            head.resizeSection(column, width)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for widget in (self.outcome, self.class_name, self.finder):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        for combo in (self.outcome, self.class_name, self.finder):
            combo.activated.connect(self.refresh)
        self.table.clicked.connect(self._open)
        self.table.activated.connect(self._open)
        self.retranslate()

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(f"detection.survey.{name}.combo")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def set_survey(self, survey: Survey, pairs: Sequence[Pair] = ()) -> None:
        """Show another survey's objects.

        Args:
            pairs: the same objects in the survey that it is compared with.
        """
        self._survey, self._pairs = survey, tuple(pairs)
        self._fill_combos()
        self.model.set_objects(survey.losses, self._pairs)
        self.table.setColumnHidden(OTHER, not self._pairs)
        self.finder.setVisible(bool(self._pairs))
        self.refresh()

    def refresh(self) -> None:
        """Show what the filters let through."""
        self.model.set_filter(self._passes)
        number = QLocale()
        self.count.setText(
            self.tr("{shown} of {count}").format(
                shown=number.toString(len(self.model.rows)),
                count=number.toString(len(self._survey.losses) if self._survey else 0),
            )
        )

    def choose_outcome(self, outcome: str | None) -> None:
        """Show the objects of one outcome; None shows all."""
        self.outcome.setCurrentIndex(max(self.outcome.findData(outcome), 0))
        self.refresh()

    def _passes(self, loss: Loss) -> bool:
        outcome, name = self.outcome.currentData(), self.class_name.currentData()
        finder, pair = self.finder.currentData(), self.model.pair(loss)
        return (
            (outcome in (None, loss.outcome) or (outcome == LOST and loss.outcome != "found"))
            and name in (None, loss.class_name)
            and (not self._pairs or finder is None or (pair and pair.found_by) == finder)
        )

    def _fill_combos(self) -> None:
        survey = self._survey
        losses = survey.losses if survey is not None else ()
        outcomes = survey.funnel() if survey is not None else {}
        lists: tuple[tuple[QComboBox, list[tuple[str, str | None]]], ...] = (
            (
                self.outcome,
                [
                    (self.tr("all outcomes"), None),
                    (self.tr("all lost"), LOST),
                    *((outcome_text(name), name) for name, count in outcomes.items() if count),
                ],
            ),
            (
                self.class_name,
                [
                    (self.tr("all classes"), None),
                    *((name, name) for name in sorted({loss.class_name for loss in losses})),
                ],
            ),
            (
                self.finder,
                [
                    (self.tr("found or not"), None),
                    *(
                        (self._counted(name, QCoreApplication.translate("detection", text)), name)
                        for name, text in FINDER_TEXTS.items()
                    ),
                ],
            ),
        )
        for combo, items in lists:
            wanted = combo.currentData()
            combo.clear()
            for text, data in items:
                combo.addItem(text, data)
            combo.setCurrentIndex(max(combo.findData(wanted), 0))

    def _counted(self, finder: str, text: str) -> str:
        count = sum(pair.found_by == finder for pair in self._pairs)
        return f"{text}: {QLocale().toString(count)}"

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.rows):
            self.object_wanted.emit(self.model.rows[index.row()])

    def retranslate(self) -> None:
        self.outcome.setAccessibleName(self.tr("Outcome"))
        self.outcome.setToolTip(self.tr("Only the objects of this outcome"))
        self.class_name.setAccessibleName(self.tr("Class"))
        self.class_name.setToolTip(self.tr("Only the objects of this class"))
        self.finder.setAccessibleName(self.tr("Found by"))
        self.finder.setToolTip(self.tr("Only what these surveys found"))
        self.table.setAccessibleName(self.tr("Objects"))
        self.table.setToolTip(self.tr("Click an object to open its picture there"))
        self.model.retranslate()
        self._fill_combos()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
