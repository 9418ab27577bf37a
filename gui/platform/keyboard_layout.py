"""Shortcuts on a keyboard that has a Russian layout and no other.

With a Latin layout beside it Qt finds the Latin letter of a key by itself. With
the Russian one alone it does not, so the window asks here.
"""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# The same places of the two layouts.
RUSSIAN = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
LATIN = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`"
LATIN_OF = dict(zip(map(ord, RUSSIAN), map(ord, LATIN), strict=True))
KEPT = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.MetaModifier
)


def latin_sequence(event: QKeyEvent) -> QKeySequence | None:
    """What the pressed keys are on a Latin layout; None when they are no Russian letter."""
    key = LATIN_OF.get(event.key())
    if key is None:
        return None
    return QKeySequence(QKeyCombination(event.modifiers() & KEPT, Qt.Key(key)))
