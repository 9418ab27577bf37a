"""How often a training is saved and measured, and what of it stays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from engine.training.spec import TrainSpec
from gui.widgets.number_field import NumberField

HEADING_PX = 28  # as the heading of the form above
# What suits a training that somebody watches.
EVALUATE_EVERY, CHECKPOINT_EVERY, KEEP_LAST = 100, 100, 3


class KeepingForm(QWidget):
    """Fields for evaluations, checkpoints and early stopping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        self._heading.setFixedHeight(HEADING_PX)
        self._heading.setProperty("role", "section")
        self._fields = {
            "evaluate": self._field(EVALUATE_EVERY, step=50),
            "checkpoint": self._field(CHECKPOINT_EVERY, step=50),
            "keeplast": self._field(KEEP_LAST),
            "save": NumberField(60, self, minimum=0, maximum=1e9, step=10),
            "patience": self._field(0),
        }
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in self._fields.items():
            field.setObjectName(f"training.{name}.field")
            self._labels[name] = QLabel(self)
            self._labels[name].setBuddy(field)
            form.addRow(self._labels[name], field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(form)
        self.retranslate()

    def _field(self, value: int, *, step: float = 1.0) -> NumberField:
        return NumberField(value, self, minimum=0, maximum=1e7, integer=True, step=step)

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        whole = {name: int(field.value()) for name, field in self._fields.items()}
        return replace(
            spec,
            evaluate_every=whole["evaluate"],
            checkpoint_every=whole["checkpoint"],
            keep_last=whole["keeplast"],
            save_every_s=self._fields["save"].value(),
            patience=whole["patience"],
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        self._fields["evaluate"].set_value(spec.evaluate_every)
        self._fields["checkpoint"].set_value(spec.checkpoint_every)
        self._fields["keeplast"].set_value(spec.keep_last)
        self._fields["save"].set_value(spec.save_every_s)
        self._fields["patience"].set_value(spec.patience)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("EVALUATION AND CHECKPOINTS"))
        texts = {
            "evaluate": (
                self.tr("Evaluate every"),
                self.tr("Steps between measurements on held-out pictures; 0 for none"),
            ),
            "checkpoint": (
                self.tr("Checkpoint every"),
                self.tr("Steps between checkpoints, from which a run can be forked; 0 for none"),
            ),
            "keeplast": (
                self.tr("Checkpoints kept"),
                self.tr("How many of the newest stay; the best always does; 0 keeps all"),
            ),
            "save": (
                self.tr("Save every (s)"),
                self.tr("Seconds of work that a crash may cost at most; 0 saves at checkpoints"),
            ),
            "patience": (
                self.tr("Patience"),
                self.tr("End after so many evaluations no better than the best; 0 for never"),
            ),
        }
        for name, (title, hint) in texts.items():
            self._labels[name].setText(title)
            self._fields[name].set_hint(hint)
            self._fields[name].setAccessibleName(title)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
