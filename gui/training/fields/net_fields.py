"""Which net learns, and where its weights come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QWidget

from engine.training.spec import TrainSpec
from gui.training.choices import FALLBACK_MODELS, STARTS
from gui.training.fields.group import TITLE_ROLE, FieldGroup, make_combo, name_choices, select

if TYPE_CHECKING:
    from engine.detection.models.zoo import ModelInfo


class NetFields(FieldGroup):
    """A choice of models, and one of first weights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = make_combo("training.model.combo", self)
        self.start = make_combo("training.weights.combo", self, STARTS)
        self.add_row("model", self.model)
        self.add_row("weights", self.start)
        self.set_models([])
        self.retranslate()

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        """Offer these models; before they are known, the bundled ones by name."""
        chosen = self.model.currentData()
        known = [(info.name, info.title) for info in models] or list(FALLBACK_MODELS)
        with QSignalBlocker(self.model):
            self.model.clear()
            self.model.addItem("", "")
            for name, title in known:
                self.model.addItem(title, name)
                self.model.setItemData(self.model.count() - 1, title, TITLE_ROLE)
            self.model.setCurrentIndex(max(0, self.model.findData(chosen)))
        self._name_models()

    def into(self, spec: TrainSpec) -> TrainSpec:
        """A spec with what the fields say."""
        return replace(spec, model=self.model.currentData() or "", start=self.start.currentData())

    def set_spec(self, spec: TrainSpec) -> None:
        """Show what a spec says."""
        select(self.model, spec.model)
        select(self.start, spec.start)

    def retranslate(self) -> None:
        self.name_rows({"model": self.tr("Model"), "weights": self.tr("Start from")})
        name_choices(self.start, STARTS)
        self._name_models()

    def _name_models(self) -> None:
        self.model.setItemText(0, self.tr("Fitting the data"))
        for index in range(1, self.model.count()):
            title = self.model.itemData(index, TITLE_ROLE)
            self.model.setItemText(index, QCoreApplication.translate("engine", title))
