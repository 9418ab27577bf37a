"""What to train: the panel of fields from which a TrainSpec is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.training.spec import TrainSpec
from gui.training.augmentation_form import AugmentationForm
from gui.training.balance.form import LossWeightsForm
from gui.training.fields.data_fields import DataFields
from gui.training.fields.disclosure import Disclosure
from gui.training.fields.group import HEADING_PX, ROW_PX, align
from gui.training.fields.net_fields import NetFields
from gui.training.fields.optimizer_fields import OptimizerFields
from gui.training.fields.precision_fields import PrecisionFields
from gui.training.fields.schedule_fields import ScheduleFields
from gui.training.keeping_form import KeepingForm
from gui.training.live_buttons import LiveButtons

if TYPE_CHECKING:
    from engine.detection.models.zoo import ModelInfo


class Form(QWidget):
    """The left panel: data, model, and the numbers of a training.

    Signals:
        started: the primary button was pressed.
        stopped: the stop button was pressed.
        check_wanted: look at the data before they are trained on.
        preview_wanted: show what the net will get.
    """

    started = Signal()
    stopped = Signal()
    check_wanted = Signal()
    preview_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainSpec(data="shapes")  # what the fields do not show
        self._shown: TrainSpec | None = None  # what they said of it when it was set
        self._heading = QLabel(self)
        self._heading.setFixedHeight(HEADING_PX)
        self._heading.setProperty("role", "section")
        self.data = DataFields(self)
        self.net = NetFields(self)
        self.schedule = ScheduleFields(self)
        self.optimizer = OptimizerFields(self.schedule.step_count, self)
        self.precision = PrecisionFields(self)
        self.details = Disclosure("training.details.button", self.precision, self)
        self._first = (self.data, self.net, self.schedule, self.optimizer)
        self.check_button = QPushButton(self)
        self.check_button.setObjectName("training.check.button")
        self.check_button.clicked.connect(self.check_wanted)
        self.loss_weights = LossWeightsForm(self)
        self.keeping = KeepingForm(self)
        self._groups = (*self._first, self.precision, self.keeping)
        self.augmentation = AugmentationForm(self)
        self.preview_button = QPushButton(self)
        self.preview_button.setObjectName("training.preview.button")
        self.preview_button.clicked.connect(self.preview_wanted)
        self.start_button = QPushButton(self)
        self.start_button.setObjectName("training.start.button")
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.started)
        self.stop_button = QPushButton(self)
        self.stop_button.setObjectName("training.stop.button")
        self.stop_button.clicked.connect(self.stopped)
        self.live = LiveButtons(self)
        self._lay_out()
        self.retranslate()
        self.set_running(False)

    def _lay_out(self) -> None:
        first = QVBoxLayout()
        first.setSpacing(ROW_PX)
        for group in self._first:
            first.addWidget(group)
        first.addWidget(self.details)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.stop_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(first)
        column.addWidget(self.check_button)
        column.addLayout(buttons)
        column.addWidget(self.live)
        column.addWidget(self.keeping)
        column.addWidget(self.loss_weights)
        column.addWidget(self.augmentation)
        column.addWidget(self.preview_button)
        column.addStretch(1)

    # -- contents ---------------------------------------------------------------------------

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        """Offer these models; before they are known, the bundled ones by name."""
        self.net.set_models(models)

    def spec(self) -> TrainSpec:
        """The training that the fields describe; its own checks are the engine's."""
        said = self._said()
        if self._shown is None:
            return said
        # What was not touched is the spec's own to the last letter, also where fields have no
        # room for it: a seed of 19 digits, an optimizer's text.
        changes = {
            field.name: getattr(said, field.name)
            for field in fields(TrainSpec)
            if getattr(said, field.name) != getattr(self._shown, field.name)
        }
        return replace(self._base, **changes)

    def _said(self) -> TrainSpec:
        """What the fields say, as it stands in them."""
        spec = self._base
        for group in self._groups:
            spec = group.into(spec)
        return replace(
            spec,
            loss_weights=self.loss_weights.values(),
            augmentation={**self._base.augmentation, **self.augmentation.values()},
        )

    def set_spec(self, spec: TrainSpec) -> None:
        """Show a spec; what has no field of its own is kept for `spec()`."""
        self._base = spec
        for group in self._groups:
            group.set_spec(spec)
        self.loss_weights.set_values(spec.loss_weights)
        self.augmentation.set_values(dict(spec.augmentation))
        self._shown = self._said()

    def choose_file(self, name: str) -> None:
        """Train on this file or folder."""
        self.data.choose_file(name)

    def leave_out_bad(self) -> None:
        """Train without the pictures that cannot be used."""
        self.data.leave_out.setChecked(True)

    def set_anchor_sizes(self, sizes: tuple[int, ...]) -> None:
        """Train with anchors of these sizes, one a level; empty for the model's own."""
        self.data.set_anchor_sizes(sizes)

    def set_running(self, running: bool, *, stopping: bool = False) -> None:
        """While a training runs its fields are shown but cannot be changed."""
        had_focus = self.start_button.hasFocus() or self.stop_button.hasFocus()
        self.start_button.setEnabled(not running)
        self.stop_button.setEnabled(running and not stopping)
        if had_focus:  # a disabled button would hand it to whatever comes next
            (self.start_button if not running else self.stop_button).setFocus()
        for group in self._groups:
            group.set_editable(not running)
        for part in (self.loss_weights, self.augmentation, self.check_button, self.preview_button):
            part.setEnabled(not running)

    # -- texts ------------------------------------------------------------------------------

    def retranslate(self) -> None:
        for group in self._groups:
            group.retranslate()
        align(self._first)
        self.details.set_title(
            self.tr("Net and precision"),
            self.tr("Frozen stages, clipping, crops, mixed precision"),
        )
        self._heading.setText(self.tr("NEW TRAINING"))
        self.check_button.setText(self.tr("Check Data…"))
        self.check_button.setToolTip(self.tr("Look at every picture and annotation before step 1"))
        self.preview_button.setText(self.tr("Preview…"))
        self.preview_button.setToolTip(self.tr("Show pictures as the net will get them"))
        self.start_button.setText(self.tr("Start"))
        self.start_button.setToolTip(self.tr("Train with these settings"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop and keep what has been learnt"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
