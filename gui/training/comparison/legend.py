"""The legend of several runs: a swatch, a name, and the value under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gui import number_text, theme
from gui.plots.plot_widget import small_font
from gui.training.loss_legend import swatch
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.user_text import tip

COLUMNS, WIDTH = 2, 4  # entries side by side; places of each in the grid
GAP_PX = 16
NOTHING = "–"


class ComparisonLegend(QWidget):
    """One entry a group, in the plot's order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.comparison.legend")
        self._names: tuple[str, ...] = ()
        self._entries: list[tuple[QLabel, QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 0, 0, 4)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(WIDTH * column + 1, 1)
            self._grid.setColumnMinimumWidth(WIDTH * column + 3, GAP_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)

    def show_names(self, names: Sequence[str]) -> None:
        """Show an entry a name."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        while len(self._entries) < len(names):
            self._add_entry()
        for place, entry in enumerate(self._entries):
            for label in entry:
                label.setVisible(place < len(names))
        for (_, name, _), text in zip(self._entries, names, strict=False):
            name.setText(text)
            name.setToolTip(tip(text))
        self.restyle()

    def show_values(self, values: Sequence[float | None]) -> None:
        """Show a value an entry."""
        for (_, _, label), value in zip(self._entries, values, strict=False):
            label.setText(NOTHING if value is None else number_text.write(value, digits=4))

    def texts(self) -> list[tuple[str, str]]:
        """Name and value of each entry."""
        shown = self._entries[: len(self._names)]
        return [(name.text(), value.text()) for _, name, value in shown]

    def restyle(self) -> None:
        for look, (label, _, _) in enumerate(self._entries[: len(self._names)]):
            label.setPixmap(swatch(theme.current().series_style(look), self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.restyle()
        super().changeEvent(event)

    def _add_entry(self) -> None:
        row, column = divmod(len(self._entries), COLUMNS)
        picture, name, value = QLabel(self), ElidedLabel(self), QLabel(self)
        name.setFont(small_font())
        value.setFont(theme.tabular(small_font()))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Live figures must not move what is beside them.
        value.setProperty("role", "figure")
        value.setFixedWidth(value.fontMetrics().horizontalAdvance("−0.000e−00"))
        for place, label in enumerate((picture, name, value)):
            self._grid.addWidget(label, row, WIDTH * column + place)
        self._entries.append((picture, name, value))
