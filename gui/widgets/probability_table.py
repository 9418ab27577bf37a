"""Names with probabilities and bars, the most likely first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from gui.widgets.bar_delegate import BAR_ROLE, BarDelegate
from gui.widgets.fact_table import FactTable, figure


class ProbabilityTable(FactTable):
    """A row a name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 2, parent)
        self.setItemDelegateForColumn(1, BarDelegate(self))
        self.stretch(1)

    def fill_bars(self, names: Sequence[str], values: NDArray[Any] | Sequence[float]) -> None:
        """Show values (n,) of 0 to 1 beside their names."""
        order = numpy.argsort(-numpy.asarray(values, float), kind="stable").tolist()
        self.fill([(names[k], figure(values[k], 4)) for k in order])
        for row, k in enumerate(order):
            item = self.item(row, 1)
            if item is not None:
                item.setData(BAR_ROLE, float(values[k]))
