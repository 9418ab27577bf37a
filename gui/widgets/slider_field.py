"""A threshold with a slider and a number: each follows the other."""

from __future__ import annotations

from math import exp, log

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from gui import theme
from gui.widgets.number_field import NumberField
from gui.widgets.wheel_guard import DoubleClickReset

STEPS = 100  # slider positions of a fraction between 0 and 1, or of all counts


class Threshold(QWidget):
    """One value between two bounds; counts are whole and their slider is logarithmic.

    A double click on the slider brings the first value back.

    Signals:
        changed: the value, on every move of the slider or a new number.
    """

    changed = Signal(float)

    def __init__(
        self,
        name: str,
        value: float,
        parent: QWidget | None = None,
        *,
        minimum: float,
        maximum: float = 1.0,
        counts: bool = False,
    ) -> None:
        super().__init__(parent)
        self._value = self._default = value
        self._minimum, self._maximum = minimum, maximum
        self._counts = counts
        self.label = QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName(f"{name}.slider")
        self.slider.setRange(self._position(minimum), self._position(maximum))
        self.slider.setPageStep(5)
        step = 1 if counts else 0.01
        self.field = NumberField(value, self, minimum=minimum, maximum=maximum, step=step)
        self.field.setObjectName(f"{name}.field")
        self.field.setFixedWidth(64)
        self.label.setBuddy(self.field)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.label, 0, 0)
        layout.addWidget(self.slider, 0, 1)
        layout.addWidget(self.field, 0, 2)
        layout.setColumnStretch(1, 1)
        self.slider.setValue(self._position(value))
        self.slider.valueChanged.connect(self._slid)
        self._reset = DoubleClickReset(self)
        self._reset.watch(self.slider)
        self._reset.asked.connect(self._on_reset)
        self.field.value_changed.connect(self.set_value)

    def value(self) -> float:
        return self._value

    def set_maximum(self, maximum: float) -> None:
        """Another upper bound; the value stays inside."""
        self._maximum = maximum
        with QSignalBlocker(self.slider):
            self.slider.setRange(self._position(self._minimum), self._position(maximum))
        self.field.set_range(self._minimum, maximum)

    def set_value(self, value: float) -> None:
        """Take a value and say so if it is another one."""
        value = min(max(value, self._minimum), self._maximum)
        value = float(round(value)) if self._counts else value
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._position(value))
        self.field.set_value(value)
        self.field.home(False)  # of a long number the first figures are seen
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def set_texts(self, label: str, hint: str) -> None:
        """The visible name, and what it means."""
        self.label.setText(label)
        self.slider.setAccessibleName(label)
        self.field.setAccessibleName(label)
        for widget in (self.label, self.slider):
            widget.setToolTip(hint)
        self.field.set_hint(hint)

    def _position(self, value: float) -> int:
        if not self._counts:
            return round(value * STEPS)
        low, high = log(self._minimum), log(max(self._maximum, self._minimum + 1))
        return round(STEPS * (log(max(value, self._minimum)) - low) / (high - low))

    def _on_reset(self, slider: object) -> None:
        self.set_value(self._default)

    def _slid(self, position: int) -> None:
        if not self._counts:
            self.set_value(position / STEPS)
            return
        low, high = log(self._minimum), log(max(self._maximum, self._minimum + 1))
        self.set_value(exp(low + (high - low) * position / STEPS))
