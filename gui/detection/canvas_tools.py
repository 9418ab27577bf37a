"""The tools that draw on the picture: which is armed, and what it drew."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal

from gui.pictures.box_tool import BoxTool
from gui.pictures.canvas import PictureCanvas

LOST, HEAD = "lost", "head"  # where was my object lost? what does the head say of this box?


class Tools(QObject):
    """At most one tool is armed; it stays so until it is left.

    Signals:
        changed: another purpose, or none.
        drawn: the purpose, and the rectangle in picture px.
    """

    changed = Signal()
    drawn = Signal(str, QRectF)

    def __init__(self, canvas: PictureCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.purpose = ""
        canvas.drawn.connect(self._take)

    def toggle(self, purpose: str) -> None:
        """Arm a tool, or leave it when it is armed."""
        if purpose == self.purpose:
            self.leave()
            return
        self.purpose = purpose
        self._canvas.arm(BoxTool())
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # so that Esc leaves it
        self.changed.emit()

    def leave(self) -> None:
        """Let the left button pan and click again."""
        if self.purpose:
            self.purpose = ""
            self._canvas.arm(None)
            self.changed.emit()

    def _take(self, rect: QRectF) -> None:
        self.drawn.emit(self.purpose, rect)
