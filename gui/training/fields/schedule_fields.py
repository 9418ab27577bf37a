"""In which order the parts learn, and how long."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from engine.training.spec import SCHEDULES, TrainSpec
from gui.training.choices import SCHEDULE_TITLES
from gui.training.fields.group import FieldGroup, make_combo, select
from gui.widgets.number_field import NumberField


class ScheduleFields(FieldGroup):
    """Joint or alternating, steps, pictures a step, and the seed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.schedule = make_combo("training.schedule.combo", self)
        for name in SCHEDULES:
            self.schedule.addItem("", name)
        self.rounds = NumberField(1, self, minimum=1, maximum=100, integer=True)
        self.steps = NumberField(200, self, minimum=1, maximum=1e7, integer=True, step=10)
        self.batch = NumberField(4, self, minimum=1, maximum=256, integer=True)
        self.seed = NumberField(0, self, minimum=0, maximum=2**53, integer=True)
        self.add_row("schedule", self.schedule)
        for name, field in (
            ("rounds", self.rounds),
            ("steps", self.steps),
            ("batch", self.batch),
            ("seed", self.seed),
        ):
            field.setObjectName(f"training.{name}.field")
            self.add_row(name, field)
        self.schedule.currentIndexChanged.connect(self._on_schedule)
        self.retranslate()
        self._on_schedule()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        return replace(
            spec,
            schedule=self.schedule.currentData(),
            rounds=int(self.rounds.value()),
            steps=int(self.steps.value()),
            epochs=None,
            batch=int(self.batch.value()),
            seed=int(self.seed.value()),
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        select(self.schedule, spec.schedule)
        self.rounds.set_value(spec.rounds)
        if spec.steps is not None:
            self.steps.set_value(spec.steps)
        self.batch.set_value(spec.batch)
        self.seed.set_value(spec.seed)

    def _on_schedule(self) -> None:
        self.show_row("rounds", self.schedule.currentData() == "alternating")

    def retranslate(self) -> None:
        self.name_rows(
            {
                "schedule": self.tr("Schedule"),
                "rounds": self.tr("Rounds"),
                "steps": self.tr("Steps"),
                "batch": self.tr("Pictures a step"),
                "seed": self.tr("Seed"),
            },
            {
                "schedule": self.tr(
                    "All parts together, or RPN and detector in turn: the steps four times"
                ),
                "rounds": self.tr("How often the four steps are gone through"),
                "steps": self.tr("How many times the weights are changed"),
                "batch": self.tr("Pictures in one batch; more need more memory"),
                "seed": self.tr("The same seed gives the same training"),
            },
        )
        for index in range(self.schedule.count()):
            text = SCHEDULE_TITLES.get(self.schedule.itemData(index), "")
            self.schedule.setItemText(index, QCoreApplication.translate("training", text))
