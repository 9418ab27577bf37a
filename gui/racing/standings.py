"""Standings of the race: the leader, what has converged and what has diverged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.optimizers.looks import RacerStyle
from gui import number_text, theme
from gui.racing.history import CONVERGED, DIVERGED, FLAT, NEVER, STOPPED, History
from gui.racing.racer_style import SWATCH, swatch
from gui.widgets.fact_table import cell

ROW_PX, HEADER_PX = 26, 34
HEADER_PADDING_PX, CELL_PADDING_PX = 18, 18
SWATCH_GAP_PX = 4
LEAST_STATE_PX = 48  # what is longer has its words in a tool tip
LEAST_ROWS, MOST_ROWS = 3, 8  # that are seen at once
SIGNS = {CONVERGED: "✓", DIVERGED: "✗", STOPPED: "■"}  # in place of words, where there is no room
DIGITS, FEW_DIGITS = 3, 2  # of the numbers, where there is room and where there is little
NAME, LOSS = range(2)  # columns; the last one is the state

SomeHistory = TypeVar("SomeHistory", bound=History[Any])


class Standings(QWidget, Generic[SomeHistory]):
    """One line a racer, the leader first; a workspace may say more of its races.

    Names have the room that they need. Where there is little, numbers have a digit less, then the
    state is a sign and its step, and then it is cut.

    Signals:
        why_asked: why a racer, by its place in the race, diverged; a press on what is said of it.
    """

    why_asked = Signal(int)

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        """
        Args:
            workspace: its name, with which the object names begin.
        """
        super().__init__(parent)
        self._racers: Sequence[tuple[str, RacerStyle]] = ()
        self._keeps: list[bool] = []
        self._order: list[int] = []
        self._shown: tuple[SomeHistory, int] | None = None
        self._digits, self._brief = DIGITS, False
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
        self._needs = [0] * self._columns
        self.table.viewport().installEventFilter(self)
        if self.explains():
            self.table.cellClicked.connect(self._on_pressed)
            self.table.setMouseTracking(True)
        self.top = QHBoxLayout()
        self.top.addWidget(self._heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.top)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(HEADER_PX + LEAST_ROWS * ROW_PX)
        theme.notifier().changed.connect(self._restyle)
        self.retranslate()

    def set_racers(
        self, racers: Sequence[tuple[str, RacerStyle]], keeps: Sequence[bool] | None = None
    ) -> None:
        """Names and looks in the order of the race, and whose best point is told."""
        self._racers = racers
        self._keeps = list(keeps or [False] * len(racers))
        self._order = []
        self._shown = None
        self._begin_widths()
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

    def forget(self) -> None:
        """Say nothing of the racers but their names, until there is another race."""
        self.set_racers(self._racers, self._keeps)

    # -- what a workspace may say otherwise ---------------------------------------------------

    def hint(self) -> str:
        """What the columns mean."""
        return ""

    def explains(self) -> bool:
        """Whether it can be told why a racer diverged."""
        return False

    def further_titles(self) -> tuple[str, ...]:
        """Of numbers beside the loss."""
        return ()

    def further(self, history: SomeHistory, racer: int, step: int, digits: int) -> tuple[str, ...]:
        """The numbers beside the loss, written with so many digits."""
        return ()

    def remark(self, history: SomeHistory, racer: int, step: int) -> tuple[str, str] | None:
        """What went wrong with a racer up to a step, in few words and in a sentence."""
        return None

    def widest_number(self, column: int) -> str:
        """What a column of numbers is wide enough for from the beginning, where there is room."""
        return "−0,00e-12"

    def longest_words(self) -> tuple[str, ...]:
        """What the last column is wide enough for from the beginning, where there is room."""
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
        self._shown = history, step
        self._write(history, step)
        lacks = self._fit()
        if lacks and self._digits > FEW_DIGITS:
            self._digits = FEW_DIGITS
            lacks = self._fit_again(history, step)
        if lacks and not self._brief:
            self._brief = True
            self._fit_again(history, step)

    def _fit_again(self, history: SomeHistory, step: int) -> bool:
        """Write it shorter; says whether that does not do either."""
        self._needs = [0] * self._columns
        self._write(history, step)
        return self._fit()

    def _write(self, history: SomeHistory, step: int) -> None:
        order = history.standing(step)
        if order != self._order:
            self._order = order
            for row, racer in enumerate(order):
                name, look = self._racers[racer]
                cell(self.table, row, NAME).setText(name)
                cell(self.table, row, NAME).setIcon(swatch(look))
        leader = self._leader(history, order, step)
        for row, racer in enumerate(order):
            self._set(row, LOSS, short_number(float(history.loss(racer)[step]), self._digits))
            further = self.further(history, racer, step, self._digits)
            for column, said in enumerate(further, start=LOSS + 1):
                self._set(row, column, said)
            best = history.frames[step].best_loss
            least = float(best[racer]) if len(best) else np.inf
            remark = self.remark(history, racer, step)
            if remark is None:
                text, token = self._status(history, racer, step, racer == leader, least)
            else:
                text, token = remark[0], "error"
            told = "" if remark is None else remark[1]
            reached = int(history.state(step)[racer])
            if self._brief and not told and token != "accent" and reached in SIGNS:
                at = max(0, int(history.reached_at[reached][racer]))
                text, told = f"{SIGNS[reached]} {at}", text
            self._set(row, self._state, text)
            state = cell(self.table, row, self._state)
            state.setToolTip(told)
            state.setForeground(theme.current().color(token))
            self._offer_reason(state, token == "error")

    def _offer_reason(self, state: QTableWidgetItem, offered: bool) -> None:
        """Let what is said of who went astray look as what can be pressed, or not."""
        if not self.explains():
            return
        font = state.font()
        if font.underline() != offered:
            font.setUnderline(offered)
            state.setFont(font)
        if offered and not state.toolTip():
            state.setToolTip(self.tr("{state}: press to see why").format(state=state.text()))

    def _on_pressed(self, row: int, column: int) -> None:
        if column == self._state and cell(self.table, row, column).font().underline():
            self.why_asked.emit(self._order[row])

    def retranslate(self) -> None:
        self._heading.setText(self.tr("STANDING"))
        self.table.setAccessibleName(self.tr("Standing"))
        # Over the table itself it would cover what it explains.
        self._heading.setToolTip(self.hint())
        self.table.setAccessibleDescription(self.hint())
        titles = (self.tr("racer"), self.tr("loss"), *self.further_titles(), self.tr("state"))
        self.table.setHorizontalHeaderLabels(titles)
        self._begin_widths()
        self._show_again()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table has another width: all is laid out anew."""
        if (
            watched is self.table.viewport()
            and isinstance(event, QResizeEvent)
            and event.size().width() != event.oldSize().width()
        ):
            self._begin_widths()
            self._show_again()
        if watched is self.table.viewport() and event.type() == QEvent.Type.MouseMove:
            item = self.table.itemAt(event.position().toPoint())  # type: ignore[attr-defined]
            pressable = item is not None and item.font().underline()
            shape = Qt.CursorShape.PointingHandCursor if pressable else Qt.CursorShape.ArrowCursor
            self.table.viewport().setCursor(shape)
        return super().eventFilter(watched, event)

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
            loss = short_number(best, self._digits)
            return self.tr("best {loss}").format(loss=loss), "accent"
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
        if state == FLAT:
            return self.tr("flat here"), "warning"
        if leads:
            return self.tr("leads"), "accent"
        return self.tr("runs"), "muted"

    def _set(self, row: int, column: int, text: str) -> None:
        item = cell(self.table, row, column)
        if item.text() != text:
            item.setText(text)

    # -- widths -------------------------------------------------------------------------------

    def _begin_widths(self) -> None:
        """Of another race, language or room: nothing is known of what is to be written."""
        self._digits, self._brief = DIGITS, False
        self._needs = [0] * self._columns

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_step(*self._shown)

    def _fit(self) -> bool:
        """Share the width among the columns; says whether it does not do for what is written.

        A column never becomes narrower while a race is played.
        """
        metrics = self.table.fontMetrics()
        heads = self.table.horizontalHeader().fontMetrics()
        for column in range(self._columns):
            written = (cell(self.table, row, column).text() for row in range(len(self._racers)))
            widest = max(map(metrics.horizontalAdvance, written), default=0) + CELL_PADDING_PX
            if column == NAME:
                widest += SWATCH.width() + SWATCH_GAP_PX
            title = self.table.horizontalHeaderItem(column)
            head = heads.horizontalAdvance(title.text()) if title is not None else 0
            self._needs[column] = max(self._needs[column], widest, head + HEADER_PADDING_PX)
        room = self.table.viewport().width()
        spare = room - sum(self._needs)
        widths = list(self._needs)
        for column in (self._state, *range(LOSS, self._state)):
            hopes = self.longest_words() if column == self._state else (self.widest_number(column),)
            hoped = max(map(metrics.horizontalAdvance, hopes)) + CELL_PADDING_PX
            more = max(0, min(spare, hoped - widths[column]))
            widths[column] += more
            spare -= more
        if spare < 0:
            widths[self._state] = max(LEAST_STATE_PX, widths[self._state] + spare)
        for column in range(LOSS, self._columns):
            self.table.setColumnWidth(column, widths[column])
        self._tell_what_is_cut(widths, room)
        return spare < 0

    def _tell_what_is_cut(self, widths: list[int], room: int) -> None:
        """In tool tips."""
        names_are_cut = room - sum(widths[LOSS:]) < widths[NAME]
        advance = self.table.fontMetrics().horizontalAdvance
        for row in range(len(self._racers)):
            name, state = cell(self.table, row, NAME), cell(self.table, row, self._state)
            name.setToolTip(name.text() if names_are_cut else "")
            cut = advance(state.text()) + CELL_PADDING_PX > widths[self._state]
            if cut and not state.toolTip():
                state.setToolTip(state.text())

    def _restyle(self) -> None:
        self._order = []


def short_number(value: float, digits: int) -> str:
    """With `DIGITS` digits, or with fewer where that is shorter and no power of ten for a number.

    So 0.00734 is 0.0073, but 99.6 is not 1e2.
    """
    whole = number_text.write(value, digits=DIGITS)
    short = number_text.write(value, digits=digits)
    fits = len(short) < len(whole) and ("e" in whole or "e" not in short)
    return short if fits else whole
