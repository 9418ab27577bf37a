"""A field for one number that understands what people type and never changes it silently."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui import number_text, theme

STEPS_1_2_5 = (1.0, 2.0, 5.0, 10.0)


class NumberField(QLineEdit):
    """One number, typed, stepped with the arrow keys or the wheel.

    Nonsense keeps the old value: the border turns red and the tool tip says why.

    Signals:
        value_changed: the new value, after Enter, leaving the field, or a step.
    """

    value_changed = Signal(float)

    def __init__(
        self,
        value: float = 0.0,
        parent: QWidget | None = None,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        step: float = 1.0,
        logarithmic: bool = False,
        integer: bool = False,
        digits: int = 6,
    ) -> None:
        """Make a field.

        Args:
            value: the first value.
            minimum, maximum: the range, ends included; None for no limit.
            step: what an arrow key adds; Shift makes it ten times as much.
            logarithmic: arrows go 1, 2, 5, 10 instead; Shift goes ten times up or down.
            integer: whole numbers only.
            digits: figures shown; the value keeps all of its own.
        """
        super().__init__(parent)
        self._value = float(value)
        self._minimum, self._maximum = minimum, maximum
        self._step, self._logarithmic, self._integer = step, logarithmic, integer
        self._digits = digits
        self._hint = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(theme.tabular(self.font()))
        self._show()
        self.editingFinished.connect(self._commit)
        self.textEdited.connect(self._try)

    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Set the value from the program; no signal. Values out of range are clamped."""
        self._value = self._clamped(float(value))
        self._show()

    def set_range(self, minimum: float | None, maximum: float | None) -> None:
        self._minimum, self._maximum = minimum, maximum
        self.set_value(self._value)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Whether arrows go 1, 2, 5, 10."""
        self._logarithmic = logarithmic

    def is_wrong(self) -> bool:
        """Whether what stands in the field is no usable number."""
        return bool(self.property("wrong"))

    def set_hint(self, text: str) -> None:
        """The tool tip while the text is right."""
        self._hint = text
        if not self.is_wrong():
            self.setToolTip(text)

    def step_by(self, steps: int, *, large: bool = False) -> None:
        """Move the value up or down as the arrow keys do."""
        self._commit()
        if self._logarithmic and self._value > 0:
            value = log_step(self._value, steps, large=large)
        else:
            value = self._value + steps * self._step * (10 if large else 1)
            # 0.1 + 0.2 must show 0.3: round to the step's own decimals.
            value = float(f"{value:.12g}")
        self._accept(self._clamped(value))
        self.selectAll()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("−0.000012") + 28, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys without a letter are the same on every keyboard layout.
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Up:
            self.step_by(1, large=large)
        elif event.key() == Qt.Key.Key_Down:
            self.step_by(-1, large=large)
        elif event.key() == Qt.Key.Key_PageUp:
            self.step_by(1, large=True)
        elif event.key() == Qt.Key.Key_PageDown:
            self.step_by(-1, large=True)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show()
            self.selectAll()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Only with the focus: scrolling a panel must not change numbers on its way.
        if not self.hasFocus() or not event.angleDelta().y():
            event.ignore()
            return
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.step_by(1 if event.angleDelta().y() > 0 else -1, large=large)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_wrong() and event.reason() != Qt.FocusReason.PopupFocusReason:
            # The old value is back and shown; the mark and its reason stay until the next edit.
            self._write_value()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and not self.isModified():
            self._show()
        super().changeEvent(event)

    def _try(self, text: str) -> None:
        """While typing: say at once what is wrong, and what was understood."""
        try:
            value = self._parse(text)
        except number_text.NumberError as error:
            self._mark(str(error))
        else:
            self._mark("")
            self.setToolTip(f"= {number_text.write(value, digits=12)}")

    def _commit(self) -> None:
        """Take what was typed; an untouched text changes nothing, its hidden digits stay."""
        if not self.isModified():
            return
        try:
            value = self._parse(self.text())
        except number_text.NumberError as error:
            self._mark(str(error))
            return
        self._accept(value)

    def _accept(self, value: float) -> None:
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.value_changed.emit(value)

    def _parse(self, text: str) -> float:
        return number_text.parse(
            text, minimum=self._minimum, maximum=self._maximum, integer=self._integer
        )

    def _clamped(self, value: float) -> float:
        if self._integer and math.isfinite(value):
            value = float(round(value))
        if self._minimum is not None:
            value = max(value, self._minimum)
        if self._maximum is not None:
            value = min(value, self._maximum)
        return value

    def _show(self) -> None:
        self._write_value()
        self._mark("")

    def _write_value(self) -> None:
        digits = max(self._digits, 15 if self._integer else 0)
        self.setText(number_text.write(self._value, digits=digits))
        self.setModified(False)

    def _mark(self, reason: str) -> None:
        """Red border and the reason, or neither."""
        if bool(reason) != self.is_wrong():
            self.setProperty("wrong", bool(reason))
            self.style().unpolish(self)
            self.style().polish(self)
        self.setToolTip(reason or self._hint)
        self.setAccessibleDescription(reason)


def log_step(value: float, steps: int, *, large: bool = False) -> float:
    """The next of 1, 2, 5, 10, 20 ... above or below a positive value; `large`: times ten."""
    if large:
        return float(f"{value * 10.0**steps:.12g}")
    for _ in range(abs(steps)):
        decade = 10.0 ** math.floor(math.log10(value) + 1e-9)
        rungs = [decade * rung for rung in (0.5, *STEPS_1_2_5, 20.0)]
        if steps > 0:
            value = min(rung for rung in rungs if rung > value * (1 + 1e-9))
        else:
            value = max(rung for rung in (decade * 0.2, *rungs) if rung < value * (1 - 1e-9))
        value = float(f"{value:.12g}")
    return value
