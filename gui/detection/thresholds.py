"""A threshold with a slider and a number: each follows the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from gui import theme
from gui.widgets.number_field import NumberField

STEPS = 100  # slider positions between 0 and 1


class Threshold(QWidget):
    """One value between two bounds.

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
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._minimum, self._maximum = minimum, maximum
        self.label = QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName(f"{name}.slider")
        self.slider.setRange(round(minimum * STEPS), round(maximum * STEPS))
        self.slider.setPageStep(5)
        self.field = NumberField(value, self, minimum=minimum, maximum=maximum, step=0.01)
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
        self.slider.setValue(round(value * STEPS))
        self.slider.valueChanged.connect(self._slid)
        self.field.value_changed.connect(self.set_value)

    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Take a value and say so if it is another one."""
        value = min(max(value, self._minimum), self._maximum)
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * STEPS))
        self.slider.blockSignals(False)
        self.field.set_value(value)
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

    def _slid(self, position: int) -> None:
        self.set_value(position / STEPS)
