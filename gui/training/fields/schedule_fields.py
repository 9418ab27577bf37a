"""In which order the parts learn, and how long."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from engine.training.alternating.phases import phases_of
from engine.training.spec import DEFAULT_STEPS, SCHEDULES, TrainSpec
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.choices import SCHEDULE_TITLES
from gui.training.fields.group import FieldGroup, make_combo, name_choices, ranged, select
from gui.widgets.elided_label import ElidedLabel

STEPS, EPOCHS = "steps", "epochs"
UNITS = {
    STEPS: QT_TRANSLATE_NOOP("training", "Steps"),
    EPOCHS: QT_TRANSLATE_NOOP("training", "Epochs"),
}
FIRST_STEPS, FIRST_BATCH = 200, 4  # what suits a training that somebody watches


class ScheduleFields(FieldGroup):
    """Joint or alternating, steps or epochs, pictures a step, and the seed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.schedule = make_combo("training.schedule.combo", self, dict.fromkeys(SCHEDULES, ""))
        self.rounds = ranged("rounds", self, 1, whole=True)
        self.steps = ranged("steps", self, FIRST_STEPS, low=1, whole=True, step=10)
        self.unit = make_combo("training.unit.combo", self, UNITS)
        self._whole = ElidedLabel(self)
        self._whole.setObjectName("training.whole.label")
        self._whole.setProperty("role", "muted")
        self.batch = ranged("batch", self, FIRST_BATCH, whole=True)
        self.seed = ranged("seed", self, 0, whole=True)
        self.add_row("schedule", self.schedule)
        self.add_row("rounds", self.rounds)
        self.form.addRow(self.unit, self.steps)
        self.leads.append(self.unit)
        for name, row in (("whole", self._whole), ("batch", self.batch), ("seed", self.seed)):
            self.add_row(name, row)
        self.schedule.currentIndexChanged.connect(self._on_schedule)
        self.unit.currentIndexChanged.connect(self._on_schedule)
        for field in (self.rounds, self.steps):
            field.value_changed.connect(self._on_schedule)
        self.retranslate()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        count, in_steps = int(self.steps.value()), self.unit.currentData() == STEPS
        return replace(
            spec,
            schedule=self.schedule.currentData(),
            rounds=int(self.rounds.value()),
            steps=count if in_steps else None,
            epochs=None if in_steps else count,
            batch=int(self.batch.value()),
            seed=int(self.seed.value()),
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        select(self.schedule, spec.schedule)
        self.rounds.set_value(spec.rounds)
        in_epochs = spec.steps is None and spec.epochs is not None
        select(self.unit, EPOCHS if in_epochs else STEPS)
        self.steps.set_value(
            spec.epochs or 1 if in_epochs else DEFAULT_STEPS if spec.steps is None else spec.steps
        )
        self.batch.set_value(spec.batch)
        self.seed.set_value(spec.seed)
        self._on_schedule()

    def step_count(self) -> int:
        """Steps of a phase, as far as they are known before the data is read."""
        return int(self.steps.value()) if self.unit.currentData() == STEPS else DEFAULT_STEPS

    def _on_schedule(self) -> None:
        alternating = self.schedule.currentData() == "alternating"
        self.steps.setAccessibleName(self.unit.currentText())
        self.show_row("rounds", alternating)
        self.show_row("whole", alternating)
        phases = len(phases_of(self.into(TrainSpec())))
        each = int(self.steps.value())
        self._whole.setText(f"{phases} × {each} = {phases * each}")
        self._whole.setToolTip(self._whole.text())

    def retranslate(self) -> None:
        self.name_rows(
            {
                "schedule": self.tr("Schedule"),
                "rounds": self.tr("Rounds"),
                "whole": self.tr("In all"),
                "batch": self.tr("Pictures a step"),
                "seed": self.tr("Seed"),
            },
            {
                "schedule": self.tr("All together, or RPN and detector in turn in four steps"),
                "rounds": self.tr("How often the four steps are gone through"),
                "batch": self.tr("Pictures in one batch; more need more memory"),
                "seed": self.tr("The same seed gives the same training"),
            },
        )
        name_choices(self.schedule, SCHEDULE_TITLES)
        name_choices(self.unit, UNITS)
        self.steps.set_hint(
            self.tr(
                "How many times the weights are changed, or how often every picture is seen;\n"
                "in the alternating schedule each of the four steps is so long"
            )
        )
        self.unit.setAccessibleName(self.tr("Unit of the length"))
        self.unit.setToolTip(self.tr("Steps, or passes over the training pictures"))
        self._on_schedule()
