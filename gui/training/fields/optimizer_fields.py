"""How the weights are changed: the optimizer, its settings, and the learning rate's schedule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from engine.training.optimizer_text import (
    WrittenOptimizer,
    find_trainable,
    read_optimizer,
    trainable,
)
from engine.training.spec import TrainSpec
from engine.training.updates.lr_schedule import lr_schedule_text, parse_lr_schedule
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.racing.entries import Entry
from gui.racing.schedule_changes import with_schedule, with_value
from gui.racing.schedule_form import ScheduleForm
from gui.racing.settings_form import SettingsForm
from gui.training.fields.disclosure import Disclosure
from gui.training.fields.group import FieldGroup, make_combo, ranged, select
from gui.widgets.number_field import NumberField

OWN_SCHEDULE = QT_TRANSLATE_NOOP("racing", "Warm-up, cooldown")


class OptimizerFields(FieldGroup):
    """A choice of the optimizers that can train a net, a learning rate, and more below a line.

    What is set is kept as a racer's entry, which the forms of the races show and change.
    """

    def __init__(self, steps: Callable[[], int], parent: QWidget | None = None) -> None:
        """
        Args:
            steps: of a phase, for a schedule that is to end with it.
        """
        super().__init__(parent)
        self._steps = steps
        self._written = read_optimizer(TrainSpec().optimizer)
        self.optimizer = make_combo("training.optimizer.combo", self)
        for name in trainable():
            self.optimizer.addItem("", name)
        self.rate = NumberField(3e-4, self, minimum=0, maximum=1e6, logarithmic=True)
        self.rate.setObjectName("training.rate.field")
        self.add_row("optimizer", self.optimizer)
        self.add_row("rate", self.rate)
        content = QWidget(self)
        self.settings = SettingsForm("training", content, elsewhere=("lr",), columns=1)
        self.schedule = ScheduleForm("training.lr", content, own=OWN_SCHEDULE, pairs=1)
        self.schedule.show_schedule_alone()
        self.own = OwnSchedule(content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for form in (self.settings, self.schedule, self.own):
            column.addWidget(form)
        self._content = content
        self.more = Disclosure("training.more.button", content, self)
        self.column.addWidget(self.more)
        self._entry = Entry(Racer("", name="training", schedule=""))
        self._show(self._written)
        self.optimizer.currentIndexChanged.connect(self._on_optimizer)
        self.settings.setting_changed.connect(self._on_setting)
        self.schedule.schedule_chosen.connect(self._on_schedule)
        self.schedule.value_changed.connect(self._on_schedule_value)
        self.retranslate()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        racer = self._entry.racer
        record = find_trainable(racer.optimizer)
        others = self._written.others if record is self._written.record else {}
        settings = {**racer.settings, "lr": self.rate.value()}
        spec = self.own.into(spec)
        return replace(
            spec,
            optimizer=WrittenOptimizer(record, settings, others).text(),
            lr_schedule=lr_schedule_text(racer.schedule, racer.schedule_settings),
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        planned = parse_lr_schedule(spec.lr_schedule)
        name, settings = (planned[0].name, planned[1]) if planned is not None else ("", {})
        racer = replace(self._entry.racer, schedule=name, schedule_settings=settings)
        self._entry = replace(self._entry, racer=racer)
        self.own.set_spec(spec)
        self._written = read_optimizer(spec.optimizer)
        self._show(self._written)

    def set_editable(self, on: bool) -> None:
        for part in (self.optimizer, self.rate, self._content, *self.labels.values()):
            part.setEnabled(on)

    def _show(self, written: WrittenOptimizer) -> None:
        """Show this optimizer with its settings."""
        select(self.optimizer, written.record.name)
        self.rate.set_value(written.settings["lr"])
        self._change(
            replace(
                self._entry.racer, optimizer=written.record.name, settings=dict(written.settings)
            )
        )

    def _change(self, racer: Racer) -> None:
        self._entry = replace(self._entry, racer=racer)
        self.settings.show_entry(self._entry, racer.settings)
        self.schedule.show_entry(self._entry)
        self.own.setVisible(racer.schedule == "")

    def _on_optimizer(self) -> None:
        name = self.optimizer.currentData()
        if name == self._entry.racer.optimizer:
            return
        if name == self._written.record.name:
            self._show(self._written)
            return
        record = OPTIMIZERS[name]
        self._show(WrittenOptimizer(record, {**record.defaults, "lr": record.network_rate}))

    def _on_setting(self, _: str, key: str, value: float) -> None:
        racer = self._entry.racer
        self._change(replace(racer, settings={**racer.settings, key: value}))

    def _on_schedule(self, _: str, name: str) -> None:
        if name:
            self._change(with_schedule(self._entry.racer, name, self._steps()))
        else:
            self._change(replace(self._entry.racer, schedule="", schedule_settings={}))

    def _on_schedule_value(self, _: str, key: str, value: float) -> None:
        self._change(with_value(self._entry.racer, key, value))

    def retranslate(self) -> None:
        self.name_rows(
            {"optimizer": self.tr("Optimizer"), "rate": self.tr("Learning rate")},
            {"rate": self.tr("Size of a step; arrows go 1, 2, 5, 10")},
        )
        self.more.set_title(
            self.tr("Optimizer and rate in detail"),
            self.tr("The optimizer's own settings, and how the learning rate goes over the steps"),
        )
        for index in range(self.optimizer.count()):
            name = self.optimizer.itemData(index)
            self.optimizer.setItemText(index, engine_text(OPTIMIZERS[name].title))


class OwnSchedule(FieldGroup):
    """The schedule that needs no name: rising at first, falling as a cosine at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.warmup = ranged("warmup", self, TrainSpec().warmup, whole=True, step=10)
        self.cooldown = ranged("cooldown", self, TrainSpec().cooldown, step=0.05)
        self.add_row("warmup", self.warmup)
        self.add_row("cooldown", self.cooldown)
        self.retranslate()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        return replace(spec, warmup=int(self.warmup.value()), cooldown=self.cooldown.value())

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        self.warmup.set_value(spec.warmup)
        self.cooldown.set_value(spec.cooldown)

    def retranslate(self) -> None:
        self.name_rows(
            {"warmup": self.tr("Warm-up"), "cooldown": self.tr("Cooldown")},
            {
                "warmup": self.tr("Steps in which the learning rate rises to its full size"),
                "cooldown": self.tr(
                    "The last share of the steps, in which it falls to zero as a cosine"
                ),
            },
        )
