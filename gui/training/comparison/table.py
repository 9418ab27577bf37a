"""What the compared runs came to: a row a run, those of one group folded under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from engine.training.comparison.comparison import Comparison
from engine.training.comparison.metrics import is_loss
from engine.training.comparison.settings import SEED
from engine.training.comparison.spread import Sample
from engine.training.comparison.summary import Measured
from gui import number_text, theme
from gui.training.comparison import words
from gui.training.loss_legend import SWATCH, swatch
from gui.widgets.user_text import tip

NOTHING = "–"
NAME_PX = 150
DIGITS = 4


@dataclass(frozen=True)
class Row:
    """A row: its cells, and the rows that are folded under it."""

    cells: tuple[str, ...]
    runs: tuple[Row, ...] = ()


class ComparisonTable(QTreeWidget):
    """Name, best and last value, the settings that differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.comparison.table")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setUniformRowHeights(True)
        self.setIconSize(SWATCH)
        self.setIndentation(16)
        self.setFont(theme.tabular(self.font()))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setMinimumHeight(90)
        self._shown: Comparison | None = None
        self._rows: tuple[Row, ...] = ()
        theme.notifier().changed.connect(self.restyle)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show this; what is unfolded and where it is scrolled to stays."""
        self._shown = comparison
        rows = self.rows()
        if _shape(rows) != _shape(self._rows) or self.topLevelItemCount() != len(rows):
            opened = {row.cells[0] for row in self._opened()}
            self.clear()
            for row in rows:
                made = QTreeWidgetItem(self)
                for _ in row.runs:
                    QTreeWidgetItem(made)
                made.setExpanded(row.cells[0] in opened)
            self.restyle()
        self._rows = rows
        self.retranslate()
        for place, row in enumerate(rows):
            item = self.topLevelItem(place)
            self._fill(item, row)
            for child, inner in enumerate(row.runs):
                self._fill(item and item.child(child), inner)

    def rows(self) -> tuple[Row, ...]:
        """The rows as they are shown."""
        shown = self._shown
        if shown is None:
            return ()
        result = []
        for group, sample in zip(shown.groups, shown.samples, strict=True):
            runs = tuple(Row(self._run_cells(shown, place)) for place in group.runs)
            if len(runs) == 1:
                result.append(runs[0])
                continue
            settings = [self._joined(shown, name, group.runs) for name in shown.differing]
            last = f"{_mean(sample['last'])} ({sample['last'].step})"
            values = (_mean(sample["best"]), last if sample["last"].values else NOTHING)
            result.append(Row((f"{group.title} × {len(runs)}", *values, *settings), runs))
        return tuple(result)

    def restyle(self) -> None:
        for place in range(self.topLevelItemCount()):
            item = self.topLevelItem(place)
            if item is not None:
                look = theme.current().series_style(place)
                item.setIcon(0, QIcon(swatch(look, self.devicePixelRatioF())))

    def retranslate(self) -> None:
        shown = self._shown
        if shown is None:
            self.setHeaderLabels([])
            return
        self.setAccessibleName(self.tr("Comparison of the runs"))
        best, last = self.tr("Best"), self.tr("Last")
        hint = self.tr("As measured on the held-out pictures")
        smoothing = shown.choice.smoothing
        if is_loss(shown.choice.metric):
            hint = self.tr("Of the batches as they came")
            if smoothing:
                strength = number_text.write(smoothing, digits=3)
                best = self.tr("Best, smoothed")
                last = self.tr("Last, smoothed")
                hint = self.tr(
                    "Of the losses' moving average with strength {strength}, debiased"
                ).format(strength=strength)
        form = self.tr("A run: the value and its step, the best one of the newest phase.")
        mean = self.tr("A group: mean and sample standard deviation of its seeds.")
        hint = "\n".join([f"{hint}.", form, mean])
        titles = [words.setting_title(name) for name in shown.differing]
        self.setHeaderLabels([self.tr("Run"), best, last, *titles])
        hints = ["", hint, hint, *shown.differing]
        for column, text in enumerate(hints):
            self.headerItem().setToolTip(column, text)
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            self.headerItem().setTextAlignment(column, side | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._shown is not None:
            self.show_comparison(self._shown)
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(400, 150)

    def _opened(self) -> list[Row]:
        items = [self.topLevelItem(place) for place in range(self.topLevelItemCount())]
        pairs = zip(items, self._rows, strict=False)
        return [row for item, row in pairs if item is not None and item.isExpanded()]

    def _run_cells(self, shown: Comparison, place: int) -> tuple[str, ...]:
        run, summary = shown.runs[place], shown.summaries[place]
        settings = [
            words.setting_value(name, run.settings.get(name, "")) for name in shown.differing
        ]
        return (run.name, _value(summary.best), _value(summary.last), *settings)

    def _joined(self, shown: Comparison, name: str, places: Sequence[int]) -> str:
        """A setting of a group: what all of it have, or its seeds."""
        texts = dict.fromkeys(shown.runs[place].settings.get(name, "") for place in places)
        if name == SEED:
            texts = dict.fromkeys(sorted(texts, key=int))
        return ", ".join(words.setting_value(name, text) for text in texts)

    def _fill(self, item: QTreeWidgetItem | None, row: Row) -> None:
        if item is None:
            return
        for column, text in enumerate(row.cells):
            if item.text(column) != text:
                item.setText(column, text)
                item.setToolTip(column, tip(text))
            if column:
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(column, side)


def _shape(rows: Sequence[Row]) -> list[tuple[int, str, int]]:
    return [(len(row.cells), row.cells[0], len(row.runs)) for row in rows]


def _value(measured: Measured | None) -> str:
    if measured is None:
        return NOTHING
    return f"{number_text.write(measured.value, digits=DIGITS)} ({measured.step})"


def _mean(sample: Sample) -> str:
    """Mean ± sample standard deviation."""
    if not sample.values:
        return NOTHING
    mean = number_text.write(sample.mean, digits=DIGITS)
    if len(sample.values) < 2:
        return mean
    return f"{mean} ± {number_text.write(sample.deviation, digits=2)}"
