"""The standings of a race on a task: training loss, and what the test examples say."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QWidget

from gui.networks.tasks.history import PATH, TEST_ACCURACY, TEST_LOSS, FitHistory
from gui.racing.standings import DIGITS, Standings, short_number


class FitStandings(Standings[FitHistory]):
    """One line a racer, the lowest training loss first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("networks.tasks", parent)

    def hint(self) -> str:
        return self.tr(
            "The lowest training loss leads. Test: accuracy on examples that were not learned,\n"
            "of numbers their loss. Converged: no gradient left. Stopped: early, at the weights\n"
            "of the least test loss. Best: with a jog or further starts, the lowest loss so far."
        )

    def further_titles(self) -> tuple[str, ...]:
        return (self.tr("test"),)

    def further(self, history: FitHistory, racer: int, step: int, digits: int) -> tuple[str, ...]:
        accuracy = float(history.series(TEST_ACCURACY, racer)[step])
        if math.isfinite(accuracy):
            return (percent(accuracy, digits),)
        if len(history.series(PATH, racer)):  # two parameters are the whole truth
            return ("–",)
        loss = float(history.series(TEST_LOSS, racer)[step])
        return ("–" if math.isnan(loss) else short_number(loss, digits),)

    def widest_number(self, column: int) -> str:
        return "0,000"

    def longest_words(self) -> tuple[str, ...]:
        """Names need the room until somebody has converged."""
        return (f"{self.tr('leads')}  ", f"{self.tr('runs')}  ")


def percent(share: float, digits: int = DIGITS) -> str:
    """A share of 1 as `98 %`, with a decimal where that says more and `digits` allow it."""
    return f"{short_number(100 * share, digits)} %"
