"""Which keys the pass hears, on a Latin and on a Russian layout."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.detection.annotation.keys import ACCEPT, NEW, REJECT, REST, TOOL_KEYS, Order, order_of

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def pressed(key: int, modifier: Qt.KeyboardModifier = PLAIN, text: str = "") -> Order | None:
    return order_of(QKeyEvent(QEvent.Type.KeyPress, key, modifier, text))


def test_every_key_of_the_list_is_heard() -> None:
    told = [keys for _, row in TOOL_KEYS.rows for keys in row.split()]
    assert len(told) == len(set(told))
    for keys in told:
        first = QKeySequence(keys)[0]
        heard = pressed(first.key(), first.keyboardModifiers())
        # Esc is the tool's own: whatever is armed is left by it.
        assert (heard is None) == (keys == "Esc"), keys


@pytest.mark.parametrize(
    ("letter", "modifier", "name"),
    [("Ф", PLAIN, ACCEPT), ("В", PLAIN, REJECT), ("Т", PLAIN, NEW), ("Ф", SHIFT, REST)],
)
def test_letters_are_places_on_the_keyboard(
    letter: str, modifier: Qt.KeyboardModifier, name: str
) -> None:
    heard = pressed(ord(letter), modifier, letter)
    assert heard is not None
    assert heard.name == name


def test_keys_of_a_number_pad_are_digits_too_and_others_are_left_alone() -> None:
    pad = Qt.KeyboardModifier.KeypadModifier
    assert pressed(Qt.Key.Key_7, pad) == pressed(Qt.Key.Key_7)
    assert pressed(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier) is None
    assert pressed(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier) is None
    assert pressed(Qt.Key.Key_H) is None
