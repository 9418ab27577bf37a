"""The net's settings: layers, activation, rate, optimizer, batches."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from engine.networks.backprop.activations import ACTIVATIONS
from engine.networks.backprop.spec import (
    MOST_LAYERS,
    BackpropSpec,
    hyper,
)
from engine.optimizers.registry import OPTIMIZERS
from gui import theme
from gui.messages import engine_text
from gui.networks.backprop import edits
from gui.networks.backprop.drawing import SHOWN
from gui.racing.entries import Entry
from gui.racing.schedule_form import ScheduleForm
from gui.racing.settings_form import SettingsForm
from gui.widgets.number_field import NumberField

ONE, SOME, ALL = "one", "some", "all"
MOST_UPDATES = 200
MOST_EXAMPLES = 12
LAYERS_TEXT = re.compile(r"\s*\d+(\s*[-–x×, ]\s*\d+)+\s*")


class NetForm(QWidget):
    """Shows a spec and asks for another.

    Signals:
        asked: the spec wanted, and what changed in words.
        wrong: why what was typed is not taken.
    """

    asked = Signal(object, str)
    wrong = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: BackpropSpec | None = None
        self.layers = QLineEdit(self)
        self.activation = QComboBox(self)
        self.slope = NumberField(0.5, self, minimum=1e-3, maximum=100, step=0.1)
        self.optimizer = QComboBox(self)
        self.eta = NumberField(0.5, self, minimum=0, maximum=1e6, logarithmic=True)
        self.momentum = NumberField(0.0, self, minimum=0, maximum=1, step=0.05)
        self.settings = SettingsForm("networks.backprop", self)
        self.schedule = ScheduleForm("networks.backprop", self)
        self.schedule.show_schedule_alone()
        self.batches = QComboBox(self)
        self.batch = NumberField(2, self, minimum=1, maximum=MOST_EXAMPLES, integer=True)
        self.examples = NumberField(1, self, minimum=1, maximum=MOST_EXAMPLES, integer=True)
        self.updates = NumberField(20, self, minimum=1, maximum=MOST_UPDATES, integer=True)
        self.biases = QCheckBox(self)
        self.seed = NumberField(0, self, minimum=0, maximum=1_000_000, integer=True)
        self.random = QPushButton(self)
        for name in ACTIVATIONS:
            self.activation.addItem("", name)
        for name in OPTIMIZERS:
            self.optimizer.addItem("", name)
        for name in (ONE, SOME, ALL):
            self.batches.addItem("", name)
        for combo in (self.activation, self.optimizer, self.batches):
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            combo.setSizeAdjustPolicy(policy)
            combo.setMinimumContentsLength(10)
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout(self)
        form.setContentsMargins(theme.GAP, 8, theme.GAP, 8)
        form.setVerticalSpacing(4)
        for name in (
            "layers", "activation", "slope", "optimizer", "eta", "momentum", "batches", "batch",
            "examples", "updates", "seed",
        ):  # fmt: skip
            control: QWidget = getattr(self, name)
            kind = "combo" if isinstance(control, QComboBox) else "field"
            control.setObjectName(f"networks.backprop.{name}.{kind}")
            label = QLabel(self)
            label.setBuddy(control)
            self._labels[name] = label
            form.addRow(label, control)
            if name == "momentum":
                form.addRow(self.settings)
                form.addRow(self.schedule)
        self.biases.setObjectName("networks.backprop.biases.check")
        self.random.setObjectName("networks.backprop.random.button")
        form.addRow(self.random)
        form.addRow(self.biases)
        self._form = form
        self.layers.editingFinished.connect(self._on_layers)
        self.activation.activated.connect(self._on_activation)
        self.optimizer.activated.connect(self._on_optimizer)
        self.batches.activated.connect(self._on_batches)
        self.slope.value_changed.connect(self._on_slope)
        self.eta.value_changed.connect(self._on_eta)
        self.momentum.value_changed.connect(self._on_momentum)
        self.settings.setting_changed.connect(self._on_setting)
        self.schedule.schedule_chosen.connect(self._on_schedule)
        self.schedule.value_changed.connect(self._on_schedule_setting)
        self.batch.value_changed.connect(self._on_batch)
        self.examples.value_changed.connect(self._on_examples)
        self.updates.value_changed.connect(self._on_updates)
        self.seed.value_changed.connect(self._on_seed)
        self.random.clicked.connect(self._on_random)
        self.biases.toggled.connect(self._on_biases)
        self.retranslate()

    def show_spec(self, spec: BackpropSpec) -> None:
        """Show what is set; asks for nothing."""
        self._spec = spec
        self.layers.setText("-".join(map(str, spec.layers)))
        self._mark_layers(wrong=False)
        self.activation.setCurrentIndex(self.activation.findData(spec.activation))
        self.optimizer.setCurrentIndex(self.optimizer.findData(spec.racer.optimizer))
        self.slope.set_value(spec.slope)
        settings = hyper(spec)
        self.eta.set_value(settings["lr"])
        momentum = any(s.name == "momentum" for s in OPTIMIZERS[spec.racer.optimizer].settings)
        if momentum:
            self.momentum.set_value(settings["momentum"])
        self._form.setRowVisible(self.momentum, momentum)
        self._form.setRowVisible(self.slope, ACTIVATIONS[spec.activation].sloped)
        entry = Entry(replace(spec.racer, name=spec.racer.optimizer))
        self.settings.show_entry(entry, settings)
        self.schedule.show_entry(entry)
        count = len(spec.examples)
        mode = ALL if spec.batch in (0, count) and count > 1 else ONE if spec.batch == 1 else SOME
        self.batches.setCurrentIndex(self.batches.findData(ONE if count == 1 else mode))
        self._form.setRowVisible(self.batch, mode == SOME)
        self._form.setRowVisible(self.batches, count > 1)
        self.batch.set_value(spec.batch or count)
        self.examples.set_value(count)
        self.updates.set_value(spec.steps)
        self.seed.set_value(spec.seed)
        with QSignalBlocker(self.biases):
            self.biases.setChecked(spec.biases is not None)

    def show_rate(self, rate: float) -> None:
        """The learning rate of the update that is shown."""
        self.schedule.show_rate(rate)

    def _ask(self, spec: BackpropSpec, text: str) -> None:
        if spec != self._spec:
            self.asked.emit(spec, text)

    @Slot()
    def _on_layers(self) -> None:
        if self._spec is None:
            return
        text = self.layers.text()
        sizes = tuple(int(each) for each in re.findall(r"\d{1,4}", text))
        fits = 2 <= len(sizes) <= MOST_LAYERS + 1 and all(1 <= size <= SHOWN for size in sizes)
        # A net from a file may be larger than what is typed.
        kept = sizes == self._spec.layers
        wrong = not (LAYERS_TEXT.fullmatch(text) and (fits or kept))
        self._mark_layers(wrong=wrong)
        if wrong:
            self.wrong.emit(self._layers_hint())
        elif sizes != self._spec.layers:
            self._ask(edits.with_layers(self._spec, sizes), self.tr("layers"))

    def _mark_layers(self, *, wrong: bool) -> None:
        if bool(self.layers.property("wrong")) != wrong:
            self.layers.setProperty("wrong", wrong)
            self.layers.style().unpolish(self.layers)
            self.layers.style().polish(self.layers)

    def _layers_hint(self) -> str:
        return self.tr(
            "Nodes of each column, inputs first, such as 2-3-1: two to {columns} columns of at"
            " most {most} nodes"
        ).format(columns=MOST_LAYERS + 1, most=SHOWN)

    @Slot(int)
    def _on_activation(self, index: int) -> None:
        if self._spec is not None:
            name = self.activation.itemData(index)
            self._ask(replace(self._spec, activation=name), self.tr("activation"))

    @Slot(int)
    def _on_optimizer(self, index: int) -> None:
        if self._spec is not None and self.optimizer.itemData(index) != self._spec.racer.optimizer:
            spec = edits.with_optimizer(self._spec, self.optimizer.itemData(index))
            self._ask(spec, self.tr("optimizer"))

    @Slot(int)
    def _on_batches(self, index: int) -> None:
        if self._spec is not None:
            size = {ONE: 1, SOME: 2, ALL: 0}[self.batches.itemData(index)]
            self._ask(replace(self._spec, batch=size), self.tr("batches"))

    @Slot(float)
    def _on_slope(self, value: float) -> None:
        if self._spec is not None:
            self._ask(replace(self._spec, slope=value), self.tr("slope"))

    @Slot(float)
    def _on_eta(self, value: float) -> None:
        if self._spec is not None:
            rest = {k: v for k, v in self._spec.racer.settings.items() if k != "lr"}
            racer = replace(self._spec.racer, settings=rest)
            self._ask(replace(self._spec, eta=value, racer=racer), self.tr("learning rate"))

    @Slot(float)
    def _on_momentum(self, value: float) -> None:
        if self._spec is not None:
            self._ask(edits.with_setting(self._spec, "momentum", value), self.tr("momentum"))

    @Slot(str, str, float)
    def _on_setting(self, _racer: str, key: str, value: float) -> None:
        if self._spec is not None:
            self._ask(edits.with_setting(self._spec, key, value), key)

    @Slot(str, str)
    def _on_schedule(self, _racer: str, schedule: str) -> None:
        if self._spec is not None:
            self._ask(edits.with_schedule(self._spec, schedule), self.tr("schedule"))

    @Slot(str, str, float)
    def _on_schedule_setting(self, _racer: str, key: str, value: float) -> None:
        if self._spec is not None:
            self._ask(edits.with_schedule_setting(self._spec, key, value), key)

    @Slot(float)
    def _on_batch(self, value: float) -> None:
        if self._spec is not None:
            size = min(int(value), len(self._spec.examples))
            self._ask(replace(self._spec, batch=size), self.tr("batches"))

    @Slot(float)
    def _on_examples(self, value: float) -> None:
        if self._spec is not None:
            self._ask(edits.with_examples(self._spec, int(value)), self.tr("examples"))

    @Slot(float)
    def _on_updates(self, value: float) -> None:
        if self._spec is not None:
            self._ask(replace(self._spec, steps=int(value)), self.tr("number of updates"))

    @Slot(float)
    def _on_seed(self, value: float) -> None:
        if self._spec is not None:
            self._ask(edits.with_random_weights(self._spec, int(value)), self.tr("random start"))

    @Slot()
    def _on_random(self) -> None:
        if self._spec is not None:
            spec = edits.with_random_weights(self._spec, self._spec.seed + 1)
            self._ask(spec, self.tr("random start"))

    @Slot(bool)
    def _on_biases(self, checked: bool) -> None:
        if self._spec is not None:
            self._ask(edits.with_biases(self._spec, checked), self.tr("biases"))

    def retranslate(self) -> None:
        names = {
            "layers": self.tr("Layers"),
            "activation": self.tr("Activation"),
            "slope": self.tr("Slope a (α)"),
            "optimizer": self.tr("Optimizer"),
            "eta": self.tr("Rate η"),
            "momentum": self.tr("Momentum"),
            "batches": self.tr("Update after"),
            "batch": self.tr("Batch size"),
            "examples": self.tr("Examples"),
            "updates": self.tr("Updates"),
            "seed": self.tr("Seed"),
        }
        for name, text in names.items():
            self._labels[name].setText(text)
            getattr(self, name).setAccessibleName(text)
        self.layers.setToolTip(self._layers_hint())
        self.activation.setToolTip(self.tr("What makes o of S in every node"))
        self.optimizer.setToolTip(
            self.tr("What makes new weights of the gradient; plain SGD is Δw = −η·δ·o")
        )
        self.batches.setToolTip(self.tr("How many examples are seen before the weights change"))
        self.slope.set_hint(self.tr("The sigmoid is 1/(1 + exp(−2aS)); a = 0.5 is the plain one"))
        self.random.setText(self.tr("Random Weights"))
        self.random.setToolTip(self.tr("Another random start, by the next seed"))
        self.biases.setText(self.tr("With biases"))
        self.biases.setToolTip(self.tr("Every node adds a number of its own to its sum"))
        for index, activation in enumerate(ACTIVATIONS.values()):
            self.activation.setItemText(index, engine_text(activation.title))
        for index, optimizer in enumerate(OPTIMIZERS.values()):
            self.optimizer.setItemText(index, engine_text(optimizer.title))
        for index, text in enumerate(
            (self.tr("one example"), self.tr("a batch"), self.tr("an epoch"))
        ):
            self.batches.setItemText(index, text)
        if self._spec is not None:
            self.show_spec(self._spec)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
