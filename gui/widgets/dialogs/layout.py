"""How dialogs are laid out: parts one below the other, and buttons under them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme


def quiet_button(name: str, parent: QWidget) -> QPushButton:
    """A button that Return does not press; its objectName is `name`.button."""
    made = QPushButton(parent)
    made.setObjectName(f"{name}.button")
    made.setAutoDefault(False)
    return made


def lay_out(
    dialog: QDialog,
    parts: Sequence[QWidget | QLayout],
    buttons: Sequence[QPushButton],
    close: QPushButton,
    *,
    spacing: int = theme.MARGIN,
) -> None:
    """The last of the parts takes the height; the button that closes stands apart on the right."""
    foot = QHBoxLayout()
    for button in buttons:
        foot.addWidget(button)
    foot.addStretch(1)
    foot.addWidget(close)
    column = QVBoxLayout(dialog)
    margin = 2 * theme.GAP
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(spacing)
    for part in parts:
        stretch = 1 if part is parts[-1] else 0
        if isinstance(part, QLayout):
            column.addLayout(part, stretch)
        else:
            column.addWidget(part, stretch)
    column.addLayout(foot)
