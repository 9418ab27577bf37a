"""A group of labelled fields, one a row, as the form's panel stacks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from engine.training.spec import RANGES
from gui.training.fields.elided_combo import ElidedCombo
from gui.widgets.number_field import NumberField

MOST_EXACT = 2**53  # the largest whole number that a field holds exactly
HEADING_PX = 28  # as high as a tool button, for one base line over all panels
ROW_PX = 8  # between two rows
TITLE_ROLE = 0x0101  # the role after Qt.UserRole: an entry's title in English


class FieldGroup(QWidget):
    """Rows of a label and a field. Subclasses say what the labels read in `retranslate`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: dict[str, QLabel] = {}
        self.leads: list[QWidget] = []  # what stands before a field in place of a label
        self._rows: dict[str, QWidget | QLayout] = {}
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(8)
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

    def set_editable(self, on: bool) -> None:
        """Whether the fields can be changed, or are only shown."""
        self.setEnabled(on)

    def retranslate(self) -> None:
        """Say everything in the window's language."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def with_heading(group: FieldGroup, heading: QLabel) -> None:
    """Put a section's title above a group."""
    heading.setFixedHeight(HEADING_PX)
    heading.setProperty("role", "section")
    group.column.insertWidget(0, heading)
    group.column.setSpacing(12)


def align(groups: Iterable[FieldGroup]) -> None:
    """Let the fields of groups below each other begin at one line."""
    groups = tuple(groups)
    labels = [label for group in groups for label in group.labels.values()]
    leads = [lead for group in groups for lead in group.leads]
    for label in labels:
        label.setMinimumWidth(0)  # a label's hint is never below what it was aligned to before
    widest = max(
        *(label.sizeHint().width() for label in labels),
        *(lead.minimumSizeHint().width() for lead in leads),
    )
    for label in labels:
        label.setMinimumWidth(widest)
    for lead in leads:
        lead.setFixedWidth(widest)


def make_combo(name: str, parent: QWidget, titles: Mapping[str, str] | None = None) -> QComboBox:
    """A choice that a long title does not push wider than its place.

    Args:
        titles: what is offered; the texts come with `name_choices`.
    """
    combo = ElidedCombo(parent)
    combo.setObjectName(name)
    for choice in titles or ():
        combo.addItem("", choice)
    return combo


def name_choices(combo: QComboBox, titles: Mapping[str, str], context: str = "training") -> None:
    """Give choices their titles in the window's language; one without keeps its own name.

    Args:
        titles: by name, marked for `context`.
    """
    for index in range(combo.count()):
        name = combo.itemData(index)
        combo.setItemText(index, QCoreApplication.translate(context, titles.get(name, name)))


def ranged(
    name: str,
    parent: QWidget,
    value: float,
    *,
    field: str = "",
    low: float | None = None,
    whole: bool = False,
    logarithmic: bool = False,
    step: float = 1.0,
) -> NumberField:
    """A field for a number of the spec, in the range that the spec checks.

    Args:
        name: of the widget.
        value: at first.
        field: of the spec, where it is called otherwise.
        low: where less than this makes no sense in the window.
    """
    least, most = RANGES[field or name]
    most = min(most, MOST_EXACT)
    found = NumberField(
        value,
        parent,
        minimum=least if low is None else low,
        maximum=most,
        integer=whole,
        logarithmic=logarithmic,
        step=step,
    )
    found.setObjectName(f"training.{name}.field")
    return found


def select(combo: QComboBox, name: str) -> None:
    """Choose an entry, and add it when a spec brings one that is not offered."""
    index = combo.findData(name)
    if index < 0:
        combo.addItem(name, name)
        combo.setItemData(combo.count() - 1, name, TITLE_ROLE)
        index = combo.count() - 1
    combo.setCurrentIndex(index)
