"""How many objects had each outcome, a bar an outcome: a folder's or a training's."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from gui import theme
from gui.detector.gate_names import outcome_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.bar_delegate import BAR_ROLE, WideBarDelegate
from gui.widgets.fact_table import FactTable

BAR = 3  # the column
TITLES = (
    QT_TRANSLATE_NOOP("detector", "Lost at"),
    QT_TRANSLATE_NOOP("detector", "Objects"),
    QT_TRANSLATE_NOOP("detector", "Share"),
)
PERCENT = QT_TRANSLATE_NOOP("detector", "{percent} %")


def new_outcome_table(name: str) -> FactTable:
    """An empty table: outcome, count, share, bar."""
    table = FactTable(name, BAR + 1, titled=True)
    table.stretch(BAR)
    table.setItemDelegateForColumn(BAR, WideBarDelegate(table))
    return table


def title_outcomes(table: FactTable) -> None:
    """Put the columns' titles in the window's language."""
    table.title([*map(_tr, TITLES), ""])


def fill_outcomes(table: FactTable, counts: Mapping[str, int]) -> None:
    """Show counts by outcome, as `OUTCOMES` names them, in their order."""
    whole, most = max(sum(counts.values()), 1), max(*counts.values(), 1)
    number = QLocale()
    table.fill(
        [
            (
                outcome_text(outcome),
                number.toString(count),
                _tr(PERCENT).format(percent=number.toString(100 * count / whole, "f", 1)),
                "",
            )
            for outcome, count in counts.items()
        ]
    )
    for row, (outcome, count) in enumerate(counts.items()):
        token = "good" if outcome == "found" else "warning"
        table.paint_cell(row, BAR, theme.current().color(token))
        bar = table.item(row, BAR)
        if bar is not None:
            bar.setData(BAR_ROLE, count / most)


def _tr(text: str) -> str:
    return QCoreApplication.translate("detector", text)
