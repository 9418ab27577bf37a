"""A group of labelled fields, one a row, as the form's panel stacks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.number_field import NumberField

ROW_PX = 8  # between two rows
TITLE_ROLE = 0x0101  # the role after Qt.UserRole: an entry's title in English


class FieldGroup(QWidget):
    """Rows of a label and a field. Subclasses say what the labels read in `retranslate`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: dict[str, QLabel] = {}
        self._rows: dict[str, QWidget | QLayout] = {}
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(ROW_PX)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(ROW_PX)
        self.column.addLayout(self.form)

    def add_row(self, name: str, row: QWidget | QLayout) -> None:
        """Put a field below the others; its label reads what `name_rows` gives that name."""
        label = QLabel(self)
        self.labels[name], self._rows[name] = label, row
        if isinstance(row, QWidget):
            self.form.addRow(label, row)
            label.setBuddy(row)
        else:
            self.form.addRow(label, row)

    def show_row(self, name: str, on: bool) -> None:
        """Show or hide a row with its label."""
        row = self._rows[name]
        if isinstance(row, QWidget):
            self.form.setRowVisible(row, on)
        else:
            self.form.setRowVisible(row, on)

    def name_rows(self, texts: Mapping[str, str], hints: Mapping[str, str] | None = None) -> None:
        """Give labels their texts, and fields these as names and the hints as tool tips."""
        for name, text in texts.items():
            self.labels[name].setText(text)
            row = self._rows[name]
            if isinstance(row, QComboBox | NumberField):
                row.setAccessibleName(text)
        for name, hint in (hints or {}).items():
            row = self._rows[name]
            self.labels[name].setToolTip(hint)
            if isinstance(row, NumberField):
                row.set_hint(hint)
            elif isinstance(row, QComboBox | QCheckBox):
                row.setToolTip(hint)

    def retranslate(self) -> None:
        """Say everything in the window's language."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def align(groups: Iterable[FieldGroup]) -> None:
    """Let the fields of groups below each other begin at one line."""
    labels = [label for group in groups for label in group.labels.values()]
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)


def make_combo(name: str, parent: QWidget) -> QComboBox:
    """A choice that a long title does not push wider than its place."""
    combo = QComboBox(parent)
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def select(combo: QComboBox, name: str) -> None:
    """Choose an entry, and add it when a spec brings one that is not offered."""
    index = combo.findData(name)
    if index < 0:
        combo.addItem(name, name)
        combo.setItemData(combo.count() - 1, name, TITLE_ROLE)
        index = combo.count() - 1
    combo.setCurrentIndex(index)
