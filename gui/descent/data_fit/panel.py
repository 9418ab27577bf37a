"""The data set beside the landscape: its picture, its batches, and what can be set."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from engine.descent.data_fit.dataset import LEAST_EXAMPLES
from engine.descent.data_fit.minibatches import Minibatch, MinibatchSampler
from gui import number_text, theme
from gui.descent.data_fit.plot import DataPlot
from gui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from engine.descent.step.example_gradients import ExampleGradients

NUMBERS = ("batch", "count", "seed")
SWITCHES = ("reshuffle", "online", "outlier")


class DataPanel(QWidget):
    """The picture of the data, the counters, and the controls.

    Signals:
        changed: a field of `DataSpec` and its value; "outlier" with whether there is one.
        outlier_placed: input and target of the outlier, typed.
    """

    changed = Signal(str, object)
    outlier_placed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.data.panel")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sampler: MinibatchSampler | None = None
        self._batch: Minibatch | None = None
        self._gradients: ExampleGradients | None = None
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.plot = DataPlot(self)
        self.epoch = self._words("descent.data.epoch.label")
        self.note = self._words("descent.data.note.label")
        self.note.setProperty("role", "muted")
        self._angle_names = {name: QLabel(self) for name in ("batch", "velocity")}
        self._angle_heads = {name: QLabel(self) for name in ("from", "now", "mean")}
        self.angles = {
            (row, column): QLabel(self)
            for row in ("batch", "velocity")
            for column in ("now", "mean")
        }
        for (row, column), label in self.angles.items():
            label.setObjectName(f"descent.data.angle.{row}.{column}.label")
            label.setFont(theme.tabular(label.font()))
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance("180.0°"))
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fields = {
            "batch": NumberField(0, self, minimum=0, maximum=1, integer=True),
            "count": NumberField(24, self, minimum=LEAST_EXAMPLES, maximum=200, integer=True),
            "seed": NumberField(0, self, minimum=0, maximum=2**31 - 1, integer=True),
            "u": NumberField(0, self, step=0.1),
            "v": NumberField(0, self, step=0.1),
        }
        self.labels = {name: QLabel(self) for name in self.fields}
        for name, field in self.fields.items():
            field.setObjectName(f"descent.data.{name}.field")
            field.setMinimumWidth(48)
            field.setMaximumWidth(110)
            self.labels[name].setBuddy(field)
            field.value_changed.connect(self._on_place if name in ("u", "v") else self._on_number)
        self.switches = {name: QCheckBox(self) for name in SWITCHES}
        for name, switch in self.switches.items():
            switch.setObjectName(f"descent.data.{name}.check")
            switch.toggled.connect(self._on_switch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP, 4, theme.GAP, 4)
        whole.setSpacing(4)
        whole.addWidget(self._heading)
        whole.addWidget(self.plot, 1)
        whole.addWidget(self._build_controls())
        self.retranslate()

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _build_controls(self) -> QWidget:
        inside = QWidget(self)
        inside.setObjectName("descent.data.controls")
        table = QGridLayout()
        table.setHorizontalSpacing(8)
        table.setVerticalSpacing(0)
        for place, head in enumerate(self._angle_heads.values()):
            head.setProperty("role", "muted")
            table.addWidget(head, 0, place)
            if place:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
        for row, name in enumerate(("batch", "velocity"), start=1):
            table.addWidget(self._angle_names[name], row, 0)
            table.addWidget(self.angles[name, "now"], row, 1)
            table.addWidget(self.angles[name, "mean"], row, 2)
        table.setColumnStretch(0, 1)
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for name in ("batch", "count"):
            first.addWidget(self.labels[name])
            first.addWidget(self.fields[name], 1)
        for name in ("reshuffle", "online"):
            second.addWidget(self.switches[name])
        second.addStretch(1)
        second.addWidget(self.labels["seed"])
        second.addWidget(self.fields["seed"])
        third.addWidget(self.switches["outlier"])
        for name in ("u", "v"):
            third.addWidget(self.labels[name])
            third.addWidget(self.fields[name], 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.epoch)
        column.addWidget(self.note)
        column.addLayout(table)
        for row_layout in (first, second, third):
            row_layout.setSpacing(6)
            column.addLayout(row_layout)
        return inside

    # -- showing --------------------------------------------------------------------------------

    def show_sampler(self, sampler: MinibatchSampler) -> None:
        """Show how the data is served; asks for nothing."""
        new = self._sampler is None or self._sampler.fit is not sampler.fit
        self._sampler = sampler
        with ExitStack() as blocked:
            for widget in (*self.fields.values(), *self.switches.values()):
                blocked.enter_context(QSignalBlocker(widget))
            self._fill(sampler)
        if new:
            self.plot.set_view(sampler.fit.view)
        self._say()

    def _fill(self, sampler: MinibatchSampler) -> None:
        data = sampler.data
        self.fields["count"].set_range(LEAST_EXAMPLES, sampler.fit.most)
        self.fields["batch"].set_range(0, sampler.fit.most)
        for name in NUMBERS:
            self.fields[name].set_value(getattr(data, name))
        self.switches["reshuffle"].setChecked(data.reshuffle)
        self.switches["reshuffle"].setEnabled(not data.online)
        self.switches["online"].setChecked(data.online)
        self.switches["outlier"].setChecked(data.outlier is not None)
        for name, value in zip("uv", data.outlier or sampler.fit.outlier, strict=True):
            self.fields[name].set_value(value)
            self.fields[name].setEnabled(data.outlier is not None)

    def show_batch(self, batch: Minibatch) -> None:
        """Say where in the epoch the next step is."""
        self._batch = batch
        self._say()

    def show_gradients(self, gradients: ExampleGradients | None) -> None:
        """Show the angles at a step, or none."""
        self._gradients = gradients
        self._say_angles()

    def set_scale(self, factor: float) -> None:
        """For the lecture hall: larger, and nothing to set."""
        self.plot.set_scale(factor)
        for name in (*NUMBERS, "u", "v"):
            self.fields[name].setVisible(factor == 1)
            self.labels[name].setVisible(factor == 1)
        for switch in self.switches.values():
            switch.setVisible(factor == 1)
        size = f"font-size: {round(13 * factor)}px;" if factor > 1 else ""
        for label in (self.epoch, *self.angles.values(), *self._angle_names.values()):
            label.setStyleSheet(size)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Data"))
        self._heading.setText(self.tr("DATA"))
        self._angle_heads["from"].setText(self.tr("angle to the full gradient"))
        self._angle_heads["now"].setText(self.tr("now"))
        self._angle_heads["mean"].setText(self.tr("mean"))
        self._angle_heads["mean"].setToolTip(self.tr("Over the last 50 steps"))
        self._angle_names["batch"].setText(self.tr("batch gradient"))
        self._angle_names["velocity"].setText(self.tr("velocity"))
        texts = {
            "batch": (self.tr("batch"), self.tr("Examples in a step; 0 is the full batch")),
            "count": (self.tr("examples"), self.tr("How many examples the data set has")),
            "seed": (self.tr("seed"), self.tr("Decides the data set")),
            "u": ("u", self.tr("The outlier's input; also drag the diamond")),
            "v": ("v", self.tr("The outlier's target; also drag the diamond")),
        }
        for name, (text, hint) in texts.items():
            self.labels[name].setText(text)
            self.fields[name].setAccessibleName(hint if name in ("u", "v") else text)
            self.fields[name].set_hint(hint)
        switches = {
            "reshuffle": (
                self.tr("reshuffle"),
                self.tr("Other batches in every epoch; without it the same ones come again"),
            ),
            "online": (
                self.tr("online"),
                self.tr("Examples stream by once: new ones in every step, none kept"),
            ),
            "outlier": (self.tr("outlier"), self.tr("One more example, far from the others")),
        }
        for name, (text, hint) in switches.items():
            self.switches[name].setText(text)
            self.switches[name].setAccessibleName(text)
            self.switches[name].setToolTip(hint)
        self._say()
        self._say_angles()

    def _say(self) -> None:
        sampler, batch = self._sampler, self._batch
        if sampler is None or batch is None:
            return
        count, size = number_text.write(sampler.count), number_text.write(sampler.size)
        seen = number_text.write(batch.seen)
        if sampler.data.online:
            first, last = int(batch.indices[0]) + 1, int(batch.indices[-1]) + 1
            text = self.tr("Stream: example {first} to {last}").format(
                first=number_text.write(first), last=number_text.write(last)
            )
            if first == last:
                text = self.tr("Stream: example {first}").format(first=number_text.write(first))
            self.epoch.setText(text)
            self.note.setText(self.tr("{seen} seen, none twice").format(seen=seen))
            return
        steps = sampler.steps_an_epoch
        self.epoch.setText(
            self.tr("Epoch {epoch}, step {step} of {steps}").format(
                epoch=number_text.write(batch.epoch + 1),
                step=number_text.write(batch.place + 1),
                steps=number_text.write(steps),
            )
        )
        if sampler.full:
            note = self.tr("full batch: all {count} in every step").format(count=count)
        elif sampler.last_size < sampler.size:
            note = self.tr("{count} / {size} ≈ {steps} steps, the last of {rest}; {seen} seen")
            note = note.format(
                count=count,
                size=size,
                steps=number_text.write(steps),
                rest=number_text.write(sampler.last_size),
                seen=seen,
            )
        else:
            note = self.tr("{count} / {size} = {steps} steps; {seen} seen").format(
                count=count, size=size, steps=number_text.write(steps), seen=seen
            )
        self.note.setText(note)

    def _say_angles(self) -> None:
        gradients = self._gradients
        values = {
            ("batch", "now"): gradients.batch_angle if gradients else float("nan"),
            ("batch", "mean"): gradients.batch_angle_mean if gradients else float("nan"),
            ("velocity", "now"): gradients.velocity_angle if gradients else float("nan"),
            ("velocity", "mean"): gradients.velocity_angle_mean if gradients else float("nan"),
        }
        for place, degrees in values.items():
            text = "–" if degrees != degrees else f"{number_text.write(round(degrees, 1))}°"
            self.angles[place].setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- what happens ---------------------------------------------------------------------------

    @Slot(float)
    def _on_number(self, value: float) -> None:
        for name in NUMBERS:
            if self.fields[name] is self.sender():
                self.changed.emit(name, int(value))

    @Slot(float)
    def _on_place(self, value: float) -> None:
        self.outlier_placed.emit(self.fields["u"].value(), self.fields["v"].value())

    @Slot(bool)
    def _on_switch(self, checked: bool) -> None:
        for name, switch in self.switches.items():
            if switch is self.sender():
                self.changed.emit(name, checked)
