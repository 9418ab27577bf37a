"""Every change of the thresholds, so that it can be undone; moves of one slider are one change."""

from __future__ import annotations

import time
from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from gui.detection.thresholds.names import NAMES, name_of

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Thresholds
    from gui.detection.session import Session

GESTURE_S = 1.0  # moves of one threshold that follow sooner belong together


class ChangeThresholds(QUndoCommand):
    """From some thresholds to others."""

    def __init__(self, session: Session, before: Thresholds, after: Thresholds) -> None:
        super().__init__()
        self._session, self._before, self._after = session, before, after
        self._changed = changed(before, after)
        self._at, self._gesture = time.monotonic(), session.gesture
        self.setText(", ".join(name_of(name) for name in self._changed if name in NAMES))

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangeThresholds) or other._changed != self._changed:
            return False
        if len(self._changed) != 1 or other._at - self._at > GESTURE_S:
            return False
        if other._gesture != self._gesture:
            return False
        self._after, self._at = other._after, other._at
        return True

    def undo(self) -> None:
        self._session.set_limits(self._before)

    def redo(self) -> None:
        self._session.set_limits(self._after)


class ThresholdHistory(QObject):
    """Listens to the session and remembers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._known = session.limits
        self._replaying = False
        self.stack = QUndoStack(self)
        session.limits_changed.connect(self._remember)

    def undo(self) -> None:
        """Set back the newest change."""
        self._replay(self.stack.undo)

    def redo(self) -> None:
        """Make it again."""
        self._replay(self.stack.redo)

    def _replay(self, move: object) -> None:
        self._replaying = True
        try:
            assert callable(move)
            move()
        finally:
            self._replaying = False
            self._known = self._session.limits

    def _remember(self) -> None:
        before, self._known = self._known, self._session.limits
        if not self._replaying and self._known != before:
            # Pushing calls redo, which sets what is set already.
            self.stack.push(ChangeThresholds(self._session, before, self._known))

    def undo_text(self) -> str:
        what = self.stack.undoText()
        return self.tr("&Undo: {what}").format(what=what) if what else self.tr("&Undo")

    def redo_text(self) -> str:
        what = self.stack.redoText()
        return self.tr("&Redo: {what}").format(what=what) if what else self.tr("&Redo")


def changed(before: Thresholds, after: Thresholds) -> tuple[str, ...]:
    """The names of the thresholds that differ."""
    names = (field.name for field in fields(before))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
