"""The keys of the pass. While it is on they are the canvas's, before any shortcut is.

A letter is a place on the keyboard: it is found on a Russian layout too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from gui.actions import ToolKeys
from gui.i18n import QT_TRANSLATE_NOOP
from gui.platform.keyboard_layout import LATIN_OF

ACCEPT, REJECT, REST, REMOVE, LABEL = "accept", "reject", "rest", "remove", "label"
NEXT, PREVIOUS, ONWARD, BACK = "next", "previous", "onward", "back"
MOVE, STRETCH, NEW, ZOOM = "move", "stretch", "new", "zoom"
FAR_PX = 10.0  # of the picture, an arrow with Ctrl

_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_MODIFIERS = _SHIFT | _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True)
class Order:
    """What a key asks for.

    Attributes:
        name: of the constants above.
        number: the digit of `LABEL`, from 1.
        by: x and y of `MOVE` and `STRETCH`, picture px.
    """

    name: str
    number: int = 0
    by: tuple[float, float] = (0.0, 0.0)


ORDERS = {
    (_PLAIN, Qt.Key.Key_A): Order(ACCEPT),
    (_PLAIN, Qt.Key.Key_D): Order(REJECT),
    (_SHIFT, Qt.Key.Key_A): Order(REST),
    (_PLAIN, Qt.Key.Key_Delete): Order(REMOVE),
    (_PLAIN, Qt.Key.Key_Backspace): Order(REMOVE),
    (_PLAIN, Qt.Key.Key_Tab): Order(NEXT),
    (_SHIFT, Qt.Key.Key_Tab): Order(PREVIOUS),
    (_SHIFT, Qt.Key.Key_Backtab): Order(PREVIOUS),
    (_PLAIN, Qt.Key.Key_Return): Order(ONWARD),
    (_PLAIN, Qt.Key.Key_Enter): Order(ONWARD),
    (_PLAIN, Qt.Key.Key_PageDown): Order(ONWARD),
    (_PLAIN, Qt.Key.Key_PageUp): Order(BACK),
    (_PLAIN, Qt.Key.Key_N): Order(NEW),
    (_SHIFT, Qt.Key.Key_F): Order(ZOOM),
    **{(_PLAIN, Qt.Key(Qt.Key.Key_0 + digit)): Order(LABEL, digit) for digit in range(1, 10)},
}
for _key, _x, _y in (
    (Qt.Key.Key_Left, -1.0, 0.0),
    (Qt.Key.Key_Right, 1.0, 0.0),
    (Qt.Key.Key_Up, 0.0, -1.0),
    (Qt.Key.Key_Down, 0.0, 1.0),
):
    ORDERS[_PLAIN, _key] = Order(MOVE, by=(_x, _y))
    ORDERS[_CTRL, _key] = Order(MOVE, by=(FAR_PX * _x, FAR_PX * _y))
    ORDERS[_SHIFT, _key] = Order(STRETCH, by=(_x, _y))
    ORDERS[_SHIFT | _CTRL, _key] = Order(STRETCH, by=(FAR_PX * _x, FAR_PX * _y))
TOOL_KEYS = ToolKeys(
    QT_TRANSLATE_NOOP("actions", "&Annotate"),
    (
        (QT_TRANSLATE_NOOP("actions", "Accept, and on to the next"), "A"),
        (QT_TRANSLATE_NOOP("actions", "Reject, and on to the next"), "D"),
        (QT_TRANSLATE_NOOP("actions", "Accept all that is not judged"), "Shift+A"),
        (QT_TRANSLATE_NOOP("actions", "First to ninth class"), "1 2 3 4 5 6 7 8 9"),
        (QT_TRANSLATE_NOOP("actions", "Take back what was drawn, or reject"), "Del Backspace"),
        (QT_TRANSLATE_NOOP("actions", "Next and previous object"), "Tab Shift+Tab"),
        (QT_TRANSLATE_NOOP("actions", "Move the box"), "Left Right Up Down"),
        (QT_TRANSLATE_NOOP("actions", "Move it ten pixels"), "Ctrl+Left Ctrl+Right"),
        (QT_TRANSLATE_NOOP("actions", "Move its right and lower edge"), "Shift+Right Shift+Down"),
        (QT_TRANSLATE_NOOP("actions", "A box for what was missed"), "N"),
        (QT_TRANSLATE_NOOP("actions", "Zoom to the object"), "Shift+F"),
        (QT_TRANSLATE_NOOP("actions", "On to the next picture"), "Return PgDown"),
        (QT_TRANSLATE_NOOP("actions", "Previous picture"), "PgUp"),
        (QT_TRANSLATE_NOOP("actions", "Leave; what was judged is kept"), "Esc"),
    ),
)
REPEATED = (MOVE, STRETCH, NEXT, PREVIOUS)  # what a held key may do again and again


def order_of(event: QKeyEvent) -> Order | None:
    """What a key event asks for, or None."""
    key = LATIN_OF.get(event.key(), event.key())
    try:
        return ORDERS.get((event.modifiers() & _MODIFIERS, Qt.Key(key)))
    except ValueError:  # a key that Qt has no name for
        return None


class PassKeys(QObject):
    """Listens to the canvas while the pass is on."""

    def __init__(self, canvas: QObject, do: Callable[[Order], None]) -> None:
        super().__init__(canvas)
        self.on = False
        self._do = do
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the keys before the shortcuts of the same letters, and do what they ask."""
        if not self.on or not isinstance(event, QKeyEvent):
            return False
        order = order_of(event)
        if order is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if not event.isAutoRepeat() or order.name in REPEATED:
                self._do(order)
            return True
        return False
