"""How the weights are changed: the optimizer and its learning rate."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from engine.optimizers.registry import OPTIMIZERS
from engine.training.optimizer_text import lr_of, trainable
from engine.training.spec import TrainSpec
from gui.messages import engine_text
from gui.training.fields.group import FieldGroup, make_combo, select
from gui.widgets.number_field import NumberField


class OptimizerFields(FieldGroup):
    """A choice of the optimizers that can train a net, and a learning rate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainSpec().optimizer
        self.optimizer = make_combo("training.optimizer.combo", self)
        for name in trainable():
            self.optimizer.addItem("", name)
        select(self.optimizer, self._base.partition(":")[0])
        self.rate = NumberField(3e-4, self, minimum=1e-9, maximum=100, logarithmic=True)
        self.rate.setObjectName("training.rate.field")
        self.add_row("optimizer", self.optimizer)
        self.add_row("rate", self.rate)
        self.optimizer.currentIndexChanged.connect(self._on_optimizer)
        self.retranslate()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        return replace(spec, optimizer=self._text())

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        self._base = spec.optimizer
        select(self.optimizer, spec.optimizer.partition(":")[0].strip())
        self.rate.set_value(lr_of(spec.optimizer))

    def _text(self) -> str:
        """NAME:lr=...; what else a spec said of this optimizer stays."""
        name = self.optimizer.currentData()
        base, _, tail = self._base.partition(":")
        others = [part for part in tail.split(",") if part and not part.strip().startswith("lr=")]
        return ",".join([f"{name}:lr={self.rate.value():.12g}", *(others if base == name else [])])

    def _on_optimizer(self) -> None:
        optimizer = OPTIMIZERS.get(self.optimizer.currentData())
        if optimizer is not None:
            self.rate.set_value(optimizer.network_rate)

    def retranslate(self) -> None:
        self.name_rows(
            {"optimizer": self.tr("Optimizer"), "rate": self.tr("Learning rate")},
            {"rate": self.tr("Size of a step; arrows go 1, 2, 5, 10")},
        )
        for index in range(self.optimizer.count()):
            name = self.optimizer.itemData(index)
            if name in OPTIMIZERS:
                self.optimizer.setItemText(index, engine_text(OPTIMIZERS[name].title))
