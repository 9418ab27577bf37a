"""The tools that draw on the picture: which is armed, and what it drew."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QRectF, Qt, Signal

from gui.actions import ActionSpec
from gui.detection.session import Session
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.box_tool import BoxTool
from gui.pictures.canvas import PictureCanvas

LOST, HEAD = "lost", "head"  # where was my object lost? what does the head say of this box?
ANNOTATE = "annotate"  # the annotator's pass, whose tool tells it itself what it did


class WayBack(Protocol):
    """Where Esc leads when no tool is armed and nothing is running."""

    def can_go_back(self) -> bool: ...

    def go_back(self) -> None: ...


class CanvasTools(QObject):
    """At most one tool is armed; it stays so until it is left.

    Signals:
        changed: another purpose, or none.
        drawn: the purpose, and the rectangle in picture px.
        status: what to do with the armed tool.
    """

    changed = Signal()
    drawn = Signal(str, QRectF)
    status = Signal(str)

    def __init__(self, canvas: PictureCanvas, session: Session) -> None:
        super().__init__(canvas)
        self._canvas, self._session = canvas, session
        self.purpose = ""
        self.way_back: WayBack | None = None
        canvas.drawn.connect(self._take)

    def actions(self) -> list[ActionSpec]:
        """Leave the tool, or cancel."""
        return [
            ActionSpec(
                "detection.cancel",
                QT_TRANSLATE_NOOP("actions", "&Cancel"),
                "Run",
                self.escape,
                "Esc",
                canvas_only=True,
                icon="stop",
                enabled=self.can_escape,
            )
        ]

    def toggle(self, purpose: str) -> None:
        """Arm a tool, or leave it when it is armed."""
        if purpose == self.purpose:
            self.leave()
            return
        self.arm(purpose, BoxTool())

    def arm(self, purpose: str, tool: BoxTool) -> None:
        """Arm a tool in place of whatever is armed."""
        self.purpose = purpose
        self._canvas.arm(tool)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # so that Esc leaves it
        self._tell()

    def leave(self) -> None:
        """Let the left button pan and click again."""
        if self.purpose:
            self.purpose = ""
            self._canvas.arm(None)
            self._tell()

    def escape(self) -> None:
        """Leave the tool, or stop what is running, or go one step back to the picture."""
        if self.purpose:
            self.leave()
        elif self._session.running or self.way_back is None:
            self._session.cancel()
        else:
            self.way_back.go_back()

    def can_escape(self) -> bool:
        back = self.way_back is not None and self.way_back.can_go_back()
        return bool(self.purpose) or self._session.running or back

    def _tell(self) -> None:
        texts = {
            LOST: self.tr("Drag a box around what was not found. Esc leaves."),
            ANNOTATE: self.tr(
                "A accepts, D rejects, Enter goes on to the next picture. Esc leaves."
            ),
            HEAD: self.tr("Drag a box: the head takes it for a proposal. Esc leaves."),
        }
        self.changed.emit()
        self.status.emit(texts.get(self.purpose, ""))

    def _take(self, rect: QRectF) -> None:
        self.drawn.emit(self.purpose, rect)
