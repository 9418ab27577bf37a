"""The coefficients by which the losses are balanced: a field each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from engine.training.spec import LOSSES
from gui.training import loss_names
from gui.widgets.number_field import NumberField

HEADING_PX = 28  # as the heading of the form above
PAPERS = "loss_rpn_box_reg"  # whose coefficient the papers call lambda


class LossWeightsForm(QWidget):
    """The losses of `engine.training.spec.LOSSES`, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        self._heading.setFixedHeight(HEADING_PX)
        self._heading.setProperty("role", "section")
        self._labels: dict[str, QLabel] = {}
        self.fields: dict[str, NumberField] = {}
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in LOSSES:
            field = NumberField(1.0, self, minimum=0.0, maximum=1e6, logarithmic=True)
            field.setObjectName(f"training.weight.{name}.field")
            label = QLabel(self)
            label.setBuddy(field)
            form.addRow(label, field)
            self._labels[name], self.fields[name] = label, field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(form)
        self.retranslate()

    def values(self) -> dict[str, float]:
        """As a spec has them: those that are not 1."""
        found = {name: field.value() for name, field in self.fields.items()}
        return {name: value for name, value in found.items() if value != 1.0}

    def set_values(self, weights: Mapping[str, float]) -> None:
        """Show these, and 1 for the others."""
        for name, field in self.fields.items():
            field.set_value(weights.get(name, 1.0))

    def retranslate(self) -> None:
        self._heading.setText(self.tr("LOSS WEIGHTS"))
        for name, field in self.fields.items():
            title = loss_names.title(name)
            self._labels[name].setText(f"λ, {title}" if name == PAPERS else title)
            field.setAccessibleName(title)
            field.set_hint(
                self.tr("The λ of the papers: how much the RPN's boxes count beside its classes")
                if name == PAPERS
                else self.tr("How much this loss counts in the sum; 0 takes it out")
            )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
