"""The numbers of a surface or of the names in a formula: a slider and a field for each."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from engine.descent.surfaces.surface import Parameter
from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.widgets.number_field import NumberField
from gui.widgets.removal import remove_widgets
from gui.widgets.wheel_guard import CalmWheel, DoubleClickReset

TICKS = 400  # places of a slider
DIGITS = 3  # of a value from a slider
LONGEST = 18  # characters of a name that are shown
SLIDER_TIP = QT_TRANSLATE_NOOP(
    "ParameterForm",
    "Drag to change {name} from {low} to {high}; the map follows. A double click resets it.",
)


class ParameterForm(QWidget):
    """One row a parameter. Dragging a slider changes its number all the way.

    Signals:
        changed: name, value, and the stage of the drag (1 first, 0 further, 2 last); a
            number that was typed or stepped is first and last in one: 3.
    """

    changed = Signal(str, float, int)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        name: str = "descent.parameter",
        tip: str = SLIDER_TIP,
    ) -> None:
        """
        Args:
            name: begins the controls' object names.
            tip: of the sliders, marked for "ParameterForm", with {name}, {low} and {high}.
        """
        super().__init__(parent)
        self._name = name
        self._tip = tip
        self._facts: dict[str, Parameter] = {}
        self._sliders: dict[str, QSlider] = {}
        self._fields: dict[str, NumberField] = {}
        self._labels: dict[str, QLabel] = {}
        self._calm = CalmWheel(self)
        self._reset = DoubleClickReset(self)
        self._reset.asked.connect(self._on_reset)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    def show_parameters(
        self, facts: Mapping[str, Parameter], values: Mapping[str, float], *, anew: bool
    ) -> None:
        """Show what is set; asks for nothing.

        Args:
            facts: the parameters in the order of their rows.
            values: those that differ from the default.
            anew: another surface; otherwise a soft range that has grown stays wide.
        """
        if list(facts) != list(self._facts) or anew:
            self._facts = dict(facts)
            self._rebuild()
        for name, fact in facts.items():
            value = values.get(name, fact.default)
            kept = self._facts[name]
            if fact.high > kept.high or fact.low < kept.low:
                self._facts[name] = fact
                self._hint(name)
            self._fields[name].set_value(value)
            slider = self._sliders[name]
            if not slider.isSliderDown():
                with QSignalBlocker(slider):
                    slider.setValue(self._tick(name, value))
        self.setVisible(bool(self._facts))

    def retranslate(self) -> None:
        for name in self._facts:
            said = self._said(name)
            short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
            self._labels[name].setText(short)
            self._labels[name].setToolTip(said)
            self._fields[name].setAccessibleName(said)
            self._sliders[name].setAccessibleName(self.tr("{name}, slider").format(name=said))
            self._hint(name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _said(self, name: str) -> str:
        """A surface's word in the window's language; a name in a formula is the user's own."""
        fact = self._facts[name]
        return name if fact.soft else f"{engine_text(name)} {fact.symbol}".rstrip()

    def _hint(self, name: str) -> None:
        fact = self._facts[name]
        low, high = number_text.write(fact.low), number_text.write(fact.high)
        self._sliders[name].setToolTip(
            QCoreApplication.translate("ParameterForm", self._tip).format(
                name=self._said(name), low=low, high=high
            )
        )
        if fact.soft:
            text = self.tr("Any number; the slider goes from {low} to {high}")
        else:
            text = self.tr("From {low} to {high}")
        self._fields[name].set_hint(text.format(low=low, high=high))

    def _rebuild(self) -> None:
        remove_widgets(self._grid, (*self._labels.values(), *self._sliders.values()))
        remove_widgets(self._grid, self._fields.values())
        self._labels.clear()
        self._sliders.clear()
        self._fields.clear()
        for row, (name, fact) in enumerate(self._facts.items()):
            slider = QSlider(Qt.Orientation.Horizontal, self)
            slider.setObjectName(f"{self._name}.{name}.slider")
            slider.setRange(0, TICKS)
            slider.setPageStep(TICKS // 20)
            slider.setMinimumWidth(80)
            self._calm.watch(slider)
            self._reset.watch(slider)
            slider.sliderPressed.connect(self._on_pressed)
            slider.valueChanged.connect(self._on_slider)
            slider.sliderReleased.connect(self._on_released)
            field = NumberField(
                fact.default,
                self,
                minimum=None if fact.soft else fact.low,
                maximum=None if fact.soft else fact.high,
                step=(fact.high - fact.low) / 20 if not fact.soft else 0.1,
                logarithmic=fact.logarithmic,
            )
            field.setObjectName(f"{self._name}.{name}.field")
            field.setMaximumWidth(90)
            field.value_changed.connect(self._on_field)
            label = QLabel(self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(field)
            self._labels[name], self._sliders[name], self._fields[name] = label, slider, field
            for column, widget in enumerate((label, slider, field)):
                self._grid.addWidget(widget, row, column)
        self.retranslate()

    def _tick(self, name: str, value: float) -> int:
        fact = self._facts[name]
        if fact.logarithmic:
            share = math.log(max(value, fact.low) / fact.low) / math.log(fact.high / fact.low)
        else:
            share = (value - fact.low) / (fact.high - fact.low)
        return round(min(max(share, 0.0), 1.0) * TICKS)

    def _value(self, name: str, tick: int) -> float:
        """The number at a place of a slider, no finer than its places."""
        fact = self._facts[name]
        share = tick / TICKS
        if tick in (0, TICKS):
            return fact.high if tick else fact.low
        if fact.logarithmic:
            return float(f"{fact.low * (fact.high / fact.low) ** share:.{DIGITS}g}")
        decimals = DIGITS - math.ceil(math.log10(fact.high - fact.low))
        return round(fact.low + (fact.high - fact.low) * share, max(0, decimals + 1))

    def _name_of(self, widget: QObject) -> str:
        kept: Mapping[str, QWidget] = {**self._sliders}
        if isinstance(widget, NumberField):
            kept = {**self._fields}
        return next((name for name, each in kept.items() if each is widget), "")

    @Slot()
    def _on_pressed(self) -> None:
        name = self._name_of(self.sender())
        if name:
            self.changed.emit(name, self._fields[name].value(), 1)

    @Slot(int)
    def _on_slider(self, tick: int) -> None:
        slider = self.sender()
        name = self._name_of(slider)
        if name:
            down = self._sliders[name].isSliderDown()
            self.changed.emit(name, self._value(name, tick), 0 if down else 3)

    @Slot()
    def _on_released(self) -> None:
        name = self._name_of(self.sender())
        if name:
            self.changed.emit(name, self._fields[name].value(), 2)

    @Slot(object)
    def _on_reset(self, slider: QObject) -> None:
        name = self._name_of(slider)
        if name:
            self.changed.emit(name, self._facts[name].default, 3)

    @Slot(float)
    def _on_field(self, value: float) -> None:
        name = self._name_of(self.sender())
        if name:
            self.changed.emit(name, value, 3)
