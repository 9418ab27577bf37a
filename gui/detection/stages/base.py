"""What every stage's view is: a column of controls, marks and a layer of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.layers.callouts import Arrow, Mark
from gui.detection.picture_context import PictureContext
from gui.pictures.view_transform import View

LIST_PX = 112  # the least height of a list: a stage's tab scrolls before it is less


class StageView(QWidget):
    """A stage's controls; while it is in front it draws over the picture.

    What a stage does with it: `refresh` when the trace, the thresholds or the
    chosen detection are others, `pick` when the picture is clicked (true when
    the click was its own), `paint` below the marks, `write` its texts. What the user
    chose in it is its item: named in the way back, and forgotten on it.

    Signals:
        item_changed: something else is chosen in it, or nothing.
    """

    item_changed = Signal()

    def __init__(
        self, context: PictureContext, tools: CanvasTools, name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"detection.stage.{name}.panel")
        self.context, self.tools, self.name = context, tools, name
        self.front = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.GAP, 0, 0)
        self.column.setSpacing(theme.GAP)

    def note(self, name: str = "text") -> QLabel:
        """A label of wrapped sentences."""
        label = QLabel(self)
        label.setObjectName(f"detection.stage.{self.name}.{name}")
        label.setWordWrap(True)
        return label

    def enter(self) -> None:
        """It came to the front."""
        self.front = True
        self.refresh()

    def leave(self) -> None:
        """Something else is in front."""
        self.front = False
        self.context.drop(self.name)

    def refresh(self) -> None:
        """Show what there is now."""

    def show_gate(self, gate: int) -> None:
        """A gate of the funnel that belongs to this stage was chosen, by its index."""

    def pick(self, at: QPointF) -> bool:
        """A click at a picture point."""
        return False

    def item(self) -> str:
        """What the user chose in it, in few words; empty for nothing."""
        return ""

    def forget_item(self) -> None:
        """Let go what was chosen."""

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw over the picture, below the marks."""

    def write(self) -> None:
        """Every text in the current language."""

    def mark(self, marks: Sequence[Mark] = (), arrows: Sequence[Arrow] = ()) -> None:
        """Mark boxes, while in front."""
        if self.front:
            self.context.mark(marks, arrows)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.write()
            if self.front:
                self.refresh()
        super().changeEvent(event)
