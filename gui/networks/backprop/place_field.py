"""A number typed over where it stands on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.networks.backprop.edits import Place
from gui.widgets.number_field import NumberField

FARTHEST = 1e6


class PlaceField(NumberField):
    """Appears over a number; Enter takes what is typed, Escape and leaving put it away.

    Signals:
        entered: the place and its new number.
        wrong: why what was entered is none.
    """

    entered = Signal(object, float)
    wrong = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0.0, parent, minimum=-FARTHEST, maximum=FARTHEST, step=0.1)
        self.setObjectName("networks.backprop.place.field")
        self._place: Place | None = None
        self.value_changed.connect(self._on_value)
        self.returnPressed.connect(self._on_return)
        self.hide()
        self.retranslate()

    def ask(self, spot: QPoint, place: Place, value: float) -> None:
        """Ask for a number of a place at a spot of the canvas."""
        self._place = place
        self.set_value(value)
        size = self.sizeHint()
        self.resize(size)
        canvas = self.parentWidget()
        assert canvas is not None
        area = canvas.rect()
        x = min(max(spot.x() - size.width() // 2, 0), area.width() - size.width())
        y = min(max(spot.y() - size.height() // 2, 0), area.height() - size.height())
        self.move(x, y)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    @Slot(float)
    def _on_value(self, value: float) -> None:
        if self._place is not None:
            self.entered.emit(self._place, value)

    @Slot()
    def _on_return(self) -> None:
        if self.is_wrong():
            self.wrong.emit(self.toolTip())
        else:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._place = None
            self.hide()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("New number"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
