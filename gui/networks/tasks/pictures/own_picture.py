"""What stands in place of a picture where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.networks.tasks.pictures.picture import TaskPicture


class OwnPicture(TaskPicture):
    """A sentence."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.label = QLabel(self)
        self.label.setObjectName(f"{name}.label")
        self.label.setProperty("role", "muted")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.addWidget(self.label)
        self.retranslate()

    def set_scale(self, factor: float) -> None:
        self.label.setStyleSheet(f"font-size: {round(13 * factor)}px;" if factor > 1 else "")

    def retranslate(self) -> None:
        self.label.setText(
            self.tr(
                "A task from your own file: its inputs have no picture that this program knows. "
                "Its losses are in the curves, its layers in a tab above."
            )
        )
