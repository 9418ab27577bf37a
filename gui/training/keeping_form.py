"""How often a training is saved and measured, and what of it stays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from engine.training.spec import TrainSpec
from gui.training.fields.group import FieldGroup, ranged, with_heading

# What suits a training that somebody watches.
EVALUATE_EVERY, CHECKPOINT_EVERY, KEEP_LAST = 100, 100, 3


class KeepingForm(FieldGroup):
    """Fields for evaluations, checkpoints and early stopping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        with_heading(self, self._heading)
        spec = TrainSpec()
        self._evaluate = ranged(
            "evaluate", self, EVALUATE_EVERY, field="evaluate_every", whole=True, step=50
        )
        self._validation = ranged("validation", self, spec.validation, step=0.05)
        self._patience = ranged("patience", self, spec.patience, whole=True)
        self._best = QCheckBox(self)
        self._best.setObjectName("training.keepbest.check")
        self._best.setChecked(spec.keep_best)
        self._checkpoint = ranged(
            "checkpoint", self, CHECKPOINT_EVERY, field="checkpoint_every", whole=True, step=50
        )
        self._last = ranged("keeplast", self, KEEP_LAST, field="keep_last", whole=True)
        self._save = ranged("save", self, spec.save_every_s, field="save_every_s", step=10)
        for name, row in (
            ("evaluate", self._evaluate),
            ("validation", self._validation),
            ("patience", self._patience),
            ("best", self._best),
            ("checkpoint", self._checkpoint),
            ("keeplast", self._last),
            ("save", self._save),
        ):
            self.add_row(name, row)
        self.retranslate()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        return replace(
            spec,
            evaluate_every=int(self._evaluate.value()),
            validation=self._validation.value(),
            patience=int(self._patience.value()),
            keep_best=self._best.isChecked(),
            checkpoint_every=int(self._checkpoint.value()),
            keep_last=int(self._last.value()),
            save_every_s=self._save.value(),
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        self._evaluate.set_value(spec.evaluate_every)
        self._validation.set_value(spec.validation)
        self._patience.set_value(spec.patience)
        self._best.setChecked(spec.keep_best)
        self._checkpoint.set_value(spec.checkpoint_every)
        self._last.set_value(spec.keep_last)
        self._save.set_value(spec.save_every_s)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("EVALUATION AND CHECKPOINTS"))
        self.name_rows(
            {
                "evaluate": self.tr("Evaluate every"),
                "validation": self.tr("Held out"),
                "patience": self.tr("Patience"),
                "best": self.tr("Best one"),
                "checkpoint": self.tr("Checkpoint every"),
                "keeplast": self.tr("Checkpoints kept"),
                "save": self.tr("Save every (s)"),
            },
            {
                "evaluate": self.tr("Steps between measurements on held-out pictures; 0 for none"),
                "validation": self.tr(
                    "Share of the annotated pictures that are measured on and not learnt from"
                ),
                "patience": self.tr(
                    "End after so many evaluations no better than the best; 0 for never"
                ),
                "best": self.tr("Write the checkpoint with the best evaluation, and keep it"),
                "checkpoint": self.tr(
                    "Steps between checkpoints, from which a run can be forked; 0 for none"
                ),
                "keeplast": self.tr("How many of the newest stay beside the best; 0 keeps all"),
                "save": self.tr(
                    "Seconds of work that a crash may cost at most; 0 saves at checkpoints"
                ),
            },
        )
        self._best.setText(self.tr("Keep"))
        self._best.setAccessibleName(self.tr("Keep the best checkpoint"))
