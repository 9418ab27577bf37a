"""Standings of the race: the leader, what has converged and what has diverged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import number_text, theme
from gui.racing.history import CONVERGED, DIVERGED, NEVER, STOPPED, History
from gui.racing.racer_style import SWATCH, swatch
from gui.widgets.fact_table import cell

ROW_PX, HEADER_PX = 26, 34
HEADER_PADDING_PX, CELL_PADDING_PX = 18, 17
LEAST_ROWS, MOST_ROWS = 3, 6  # that are seen at once
NAME, LOSS = range(2)  # columns; the last one is the state

SomeHistory = TypeVar("SomeHistory", bound=History[Any])


class Standings(QWidget, Generic[SomeHistory]):
    """One line a racer, the leader first; a workspace may say more of its races.

    Attributes:
        names_may_be_cut: the other columns take the room that they need; a tool tip has the
            whole name.
    """

    names_may_be_cut = False

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
        """
        super().__init__(parent)
        self._racers: Sequence[tuple[str, int]] = ()
        self._keeps: list[bool] = []
        self._order: list[int] = []
        self._columns = len(self.further_titles()) + 3
        self._state = self._columns - 1
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.table = QTableWidget(0, self._columns, self)
        self.table.setObjectName(f"{workspace}.standings.table")
        font = theme.tabular(self.table.font())
        font.setPixelSize(12)
        self.table.setFont(font)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setShowGrid(False)
        self.table.setIconSize(SWATCH)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        small = header.font()
        small.setPixelSize(11)
        header.setFont(small)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._set_widths()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(HEADER_PX + LEAST_ROWS * ROW_PX)
        theme.notifier().changed.connect(self._restyle)
        self.retranslate()

    def set_racers(
        self, racers: Sequence[tuple[str, int]], keeps: Sequence[bool] | None = None
    ) -> None:
        """Names and looks in the order of the race, and whose best point is told."""
        self._racers = racers
        self._keeps = list(keeps or [False] * len(racers))
        self._order = []
        self._set_widths()
        self.table.setRowCount(len(racers))
        # A scroll bar of its own would take the width that names need.
        rows = min(max(LEAST_ROWS, len(racers)), MOST_ROWS)
        self.table.setMinimumHeight(HEADER_PX + rows * ROW_PX)
        for row in range(len(racers)):
            for column in range(self._columns):
                item = QTableWidgetItem()
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                if LOSS <= column < self._state:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(row, column, item)

    # -- what a workspace may say otherwise ---------------------------------------------------

    def hint(self) -> str:
        """What the columns mean."""
        return ""

    def further_titles(self) -> tuple[str, ...]:
        """Of numbers beside the loss."""
        return ()

    def further(self, history: SomeHistory, racer: int, step: int) -> tuple[str, ...]:
        """The numbers beside the loss, written."""
        return ()

    def remark(self, history: SomeHistory, racer: int, step: int) -> tuple[str, str] | None:
        """What went wrong with a racer up to a step, in few words and in a sentence."""
        return None

    def widest_number(self, column: int) -> str:
        """What a column of numbers must be wide enough for."""
        return "−0,00e-12"

    def longest_words(self) -> tuple[str, ...]:
        """What the last column is wide enough for from the beginning."""
        return (
            self.tr("converged at {step}").format(step=999),
            self.tr("diverged at {step}").format(step=999),
        )

    # -- showing ------------------------------------------------------------------------------

    def name(self, racer: int) -> str:
        """What a racer of the race is called."""
        return self._racers[racer][0]

    def show_step(self, history: SomeHistory, step: int) -> None:
        """The standing at a step."""
        if step >= history.count or history.racers != len(self._racers):
            return
        order = history.standing(step)
        if order != self._order:
            self._order = order
            for row, racer in enumerate(order):
                name, look = self._racers[racer]
                cell(self.table, row, 0).setText(name)
                cell(self.table, row, 0).setToolTip(name if self.names_may_be_cut else "")
                cell(self.table, row, 0).setIcon(swatch(look))
        leader = self._leader(history, order, step)
        for row, racer in enumerate(order):
            self._set(row, LOSS, number_text.write(float(history.loss(racer)[step]), digits=3))
            for column, said in enumerate(self.further(history, racer, step), start=LOSS + 1):
                self._set(row, column, said)
            best = history.frames[step].best_loss
            least = float(best[racer]) if len(best) else np.inf
            remark = self.remark(history, racer, step)
            if remark is None:
                text, token = self._status(history, racer, step, racer == leader, least)
            else:
                text, token = remark[0], "error"
            self._set(row, self._state, text)
            state = cell(self.table, row, self._state)
            state.setToolTip("" if remark is None else remark[1])
            state.setForeground(theme.current().color(token))
        if self.names_may_be_cut:
            for column in range(LOSS, self._columns):
                self._widen(column)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("STANDING"))
        self.table.setAccessibleName(self.tr("Standing"))
        self.table.setToolTip(self.hint())
        titles = (self.tr("racer"), self.tr("loss"), *self.further_titles(), self.tr("state"))
        self.table.setHorizontalHeaderLabels(titles)
        self._set_widths()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @staticmethod
    def _leader(history: SomeHistory, order: list[int], step: int) -> int:
        """The racer ahead of all others; -1 when none is, as at the start."""
        losses = [float(history.loss(racer)[step]) for racer in order]
        return order[0] if len(order) > 1 and losses[0] < losses[1] else -1

    def _status(
        self, history: SomeHistory, racer: int, step: int, leads: bool, best: float
    ) -> tuple[str, str]:
        """What is said of a racer, and in which of the theme's colours."""
        if self._keeps[racer] and best < np.inf:
            return self.tr("best {loss}").format(loss=number_text.write(best, digits=3)), "accent"
        state = int(history.state(step)[racer])
        if state == DIVERGED:
            at = int(history.diverged_at[racer])
            return self.tr("diverged at {step}").format(step=at), "error"
        if state == CONVERGED:
            at = int(history.converged_at[racer])
            return self.tr("converged at {step}").format(step=at if at != NEVER else 0), "good"
        if state == STOPPED:
            at = int(history.reached_at[STOPPED][racer])
            return self.tr("stopped at {step}").format(step=at), "good"
        if leads:
            return self.tr("leads"), "accent"
        return self.tr("runs"), "muted"

    def _set(self, row: int, column: int, text: str) -> None:
        item = cell(self.table, row, column)
        if item.text() != text:
            item.setText(text)

    def _widen(self, column: int) -> None:
        """For what is longer than was expected: names have less room from now on."""
        for row in range(self.table.rowCount()):
            text = cell(self.table, row, column).text()
            width = self.table.fontMetrics().horizontalAdvance(text) + CELL_PADDING_PX
            if width > self.table.columnWidth(column):
                self.table.setColumnWidth(column, width)

    def _set_widths(self) -> None:
        metrics = self.table.fontMetrics()
        for column in range(LOSS, self._state):
            widest = self.widest_number(column)
            self.table.setColumnWidth(column, metrics.horizontalAdvance(widest) + 14)
        words = max(metrics.horizontalAdvance(word) for word in self.longest_words())
        header = self.table.horizontalHeader().fontMetrics()
        title = header.horizontalAdvance(self.tr("state")) + HEADER_PADDING_PX
        self.table.setColumnWidth(self._state, max(words + 14, title))

    def _restyle(self) -> None:
        self._order = []
