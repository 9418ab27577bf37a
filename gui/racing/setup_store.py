"""What is set in a workspace or a page of it, and how every change is undone."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP

Setup = TypeVar("Setup")


class ChangeSetup(QUndoCommand, Generic[Setup]):
    """One change; changes of one gesture (a drag) become one."""

    def __init__(self, store: SetupStore[Setup], after: Setup, text: str, gesture: int) -> None:
        super().__init__(text)
        self._store = store
        self._before = store.setup
        self._after = after
        self._gesture = gesture

    def id(self) -> int:
        return self._gesture if self._gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangeSetup):
            return False
        self._after = other._after
        self.setText(other.text())
        return True

    def redo(self) -> None:
        self._store.apply(self._after)

    def undo(self) -> None:
        self._store.apply(self._before)


class SetupStore(QObject, Generic[Setup]):
    """Holds the setup and its undo stack.

    Signals:
        changed: the setup before and the setup now.
    """

    changed = Signal(object, object)

    def __init__(self, setup: Setup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setup = setup
        self.stack = QUndoStack(self)
        self._gestures = 0

    def actions(self, workspace: str) -> list[ActionSpec]:
        """Undo and redo; their names begin with the workspace's."""
        return [
            ActionSpec(
                f"{workspace}.undo",
                QT_TRANSLATE_NOOP("actions", "&Undo"),
                "Edit",
                self.stack.undo,
                "Ctrl+Z",
                enabled=self.stack.canUndo,
                label=self.undo_text,
            ),
            ActionSpec(
                f"{workspace}.redo",
                QT_TRANSLATE_NOOP("actions", "&Redo"),
                "Edit",
                self.stack.redo,
                "Ctrl+Shift+Z Ctrl+Y",
                enabled=self.stack.canRedo,
                label=self.redo_text,
            ),
        ]

    def undo_text(self) -> str:
        what = self.stack.undoText()
        return self.tr("&Undo: {what}").format(what=what) if what else self.tr("&Undo")

    def redo_text(self) -> str:
        what = self.stack.redoText()
        return self.tr("&Redo: {what}").format(what=what) if what else self.tr("&Redo")

    def new_gesture(self) -> int:
        """A number under which several changes become one command."""
        self._gestures += 1
        return self._gestures

    def change(self, setup: Setup, text: str, *, gesture: int = 0) -> None:
        """Set to something else.

        Args:
            text: says what changed, for the Edit menu.
            gesture: changes with the same number are undone together.
        """
        if setup != self.setup:
            self.stack.push(ChangeSetup(self, setup, text, gesture))

    def apply(self, setup: Setup) -> None:
        """Show a setup; only commands call this."""
        before, self.setup = self.setup, setup
        self.changed.emit(before, setup)
