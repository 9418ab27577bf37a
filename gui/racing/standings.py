"""Standings of the race: the leader, what has converged and what has diverged."""

from __future__ import annotations

from collections.abc import Sequence

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

from engine.descent.race.spec import RaceFrame
from engine.descent.race.undefined import NO_LOSS, tell_undefined
from gui import number_text, theme
from gui.messages import note_text
from gui.racing.history import CONVERGED, DIVERGED, NEVER, History
from gui.racing.racer_style import SWATCH, swatch
from gui.widgets.fact_table import cell

ROW_PX, HEADER_PX = 26, 34
LEAST_ROWS, MOST_ROWS = 3, 6  # that are seen at once
COLUMNS = 3


class Standings(QWidget):
    """One line a racer, the leader first."""

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
        """
        super().__init__(parent)
        self._racers: Sequence[tuple[str, int]] = ()
        self._keeps: list[bool] = []
        self._order: list[int] = []
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.table = QTableWidget(0, COLUMNS, self)
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
        self.table.setRowCount(len(racers))
        # A scroll bar of its own would take the width that names need.
        rows = min(max(LEAST_ROWS, len(racers)), MOST_ROWS)
        self.table.setMinimumHeight(HEADER_PX + rows * ROW_PX)
        for row in range(len(racers)):
            for column in range(COLUMNS):
                item = QTableWidgetItem()
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                if column == 1:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(row, column, item)

    def show_step(self, history: History, step: int) -> None:
        """The standing at a step."""
        if step >= history.count or history.racers != len(self._racers):
            return
        order = history.standing(step)
        if order != self._order:
            self._order = order
            for row, racer in enumerate(order):
                name, look = self._racers[racer]
                cell(self.table, row, 0).setText(name)
                cell(self.table, row, 0).setIcon(swatch(look))
        leader = self._leader(history, order, step)
        for row, racer in enumerate(order):
            self._set(row, 1, number_text.write(float(history.loss(racer)[step]), digits=3))
            best = history.frames[step].best_loss
            least = float(best[racer]) if len(best) else np.inf
            text, token = self._status(history, racer, step, racer == leader, least)
            self._set(row, 2, text)
            frame = history.undefined(racer, step)
            tip = "" if frame is None else undefined_text(self._racers[racer][0], frame, racer)
            cell(self.table, row, 2).setToolTip(tip)
            cell(self.table, row, 2).setForeground(theme.current().color(token))

    def retranslate(self) -> None:
        self._heading.setText(self.tr("STANDING"))
        self.table.setAccessibleName(self.tr("Standing"))
        self.table.setToolTip(
            self.tr(
                "The lowest loss leads. Converged: gradient and step below 1e-4.\n"
                "Diverged: no finite loss, or a hundred views away.\n"
                "Best: with a jog or further starts, the lowest loss met so far."
            )
        )
        self.table.setHorizontalHeaderLabels([self.tr("racer"), self.tr("loss"), self.tr("state")])
        self._set_widths()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @staticmethod
    def _leader(history: History, order: list[int], step: int) -> int:
        """The racer ahead of all others; -1 when none is, as at the start."""
        losses = [float(history.loss(racer)[step]) for racer in order]
        return order[0] if len(order) > 1 and losses[0] < losses[1] else -1

    def _status(
        self, history: History, racer: int, step: int, leads: bool, best: float
    ) -> tuple[str, str]:
        """What is said of a racer, and in which of the theme's colours."""
        if (frame := history.undefined(racer, step)) is not None:
            no_loss = int(frame.undefined[racer]) == NO_LOSS
            text = self.tr("no loss at {step}") if no_loss else self.tr("no gradient at {step}")
            return text.format(step=frame.step), "error"
        if self._keeps[racer] and best < np.inf:
            return self.tr("best {loss}").format(loss=number_text.write(best, digits=3)), "accent"
        state = int(history.state(step)[racer])
        if state == DIVERGED:
            at = int(history.diverged_at[racer])
            return self.tr("diverged at {step}").format(step=at), "error"
        if state == CONVERGED:
            at = int(history.converged_at[racer])
            return self.tr("converged at {step}").format(step=at if at != NEVER else 0), "good"
        if leads:
            return self.tr("leads"), "accent"
        return self.tr("runs"), "muted"

    def _set(self, row: int, column: int, text: str) -> None:
        item = cell(self.table, row, column)
        if item.text() != text:
            item.setText(text)

    def _set_widths(self) -> None:
        metrics = self.table.fontMetrics()
        self.table.setColumnWidth(1, metrics.horizontalAdvance("−0,00e-12") + 14)
        words = (
            self.tr("converged at {step}").format(step=999),
            self.tr("diverged at {step}").format(step=999),
            self.tr("no gradient at {step}").format(step=999),
        )
        widest = max(metrics.horizontalAdvance(word) for word in words)
        self.table.setColumnWidth(2, widest + 14)

    def _restyle(self) -> None:
        self._order = []


def undefined_text(name: str, frame: RaceFrame, racer: int) -> str:
    """Where loss or gradient of a racer is not defined, in one sentence."""
    return note_text(tell_undefined(name, frame, racer))
