"""Cells of a table that are known to be there."""

from __future__ import annotations

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem


def cell(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    """The item of a cell that has been filled.

    Raises:
        KeyError: it has not.
    """
    item = table.item(row, column)
    if item is None:
        raise KeyError((row, column))
    return item
