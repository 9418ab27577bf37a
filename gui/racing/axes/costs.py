"""What the curves are drawn over: steps, or what the racers have spent at each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.history import Array, History


@dataclass(frozen=True)
class Cost:
    """One choice of the axis.

    Attributes:
        title: what the axis and the choice say, marked for "racing".
        tip: what counts, marked for "racing".
        compute: history, part of its steps -> what each racer had spent, (R, n) float64,
            never less than at the step before; None for the steps themselves.
    """

    name: str
    title: str
    tip: str
    compute: Callable[[Any, slice], Array] | None = None


STEPS = Cost(
    "steps",
    QT_TRANSLATE_NOOP("racing", "step"),
    QT_TRANSLATE_NOOP("racing", "Every step counts alike, whatever it costs"),
)


class CostButton(QToolButton):
    """The name of the axis; a press offers the others.

    Signals:
        chosen: the name of a cost.
    """

    chosen = Signal(str)

    def __init__(self, workspace: str, costs: Sequence[Cost], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{workspace}.cost.button")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._costs = costs
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        group = QActionGroup(self)
        for cost in costs:
            action = QAction(menu)
            action.setObjectName(f"{workspace}.cost.{cost.name}")
            action.setData(cost.name)
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self.show_cost(costs[0])

    def show_cost(self, cost: Cost) -> None:
        """Name the axis; asks for nothing."""
        self._cost = cost
        for action in self.menu().actions():
            action.setChecked(action.data() == cost.name)
        self.retranslate()

    def retranslate(self) -> None:
        for cost, action in zip(self._costs, self.menu().actions(), strict=True):
            action.setText(QCoreApplication.translate("racing", cost.title))
            action.setToolTip(QCoreApplication.translate("racing", cost.tip))
        title = QCoreApplication.translate("racing", self._cost.title)
        self.setText(f"{title} ▾")
        tip = self.tr("What the curves are drawn over: steps or what they cost (T)")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.adjustSize()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())


def step_at(history: History[Any], cost: Cost, place: float, last: int) -> int:
    """The step at which the one who has spent most comes to a place of the axis."""
    if cost.compute is None:
        return max(0, min(round(place), last))
    most = cost.compute(history, slice(0, last + 1)).max(axis=0)
    return int(np.clip(np.searchsorted(most, place), 0, last))


def place_of(history: History[Any], cost: Cost, step: int) -> float:
    """What the one who has spent most had spent at a step."""
    if cost.compute is None:
        return float(step)
    return float(cost.compute(history, slice(step, step + 1)).max(initial=0.0))
