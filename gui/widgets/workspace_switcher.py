"""The switch between workspaces at the left edge of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from gui import icons, theme

WIDTH = 88


class WorkspaceSwitcher(QWidget):
    """A column of buttons, one of them down.

    Signals:
        chosen: the name of the workspace whose button was pressed.
    """

    chosen = Signal(str)

    def __init__(self, titles: dict[str, str], parent: QWidget | None = None) -> None:
        """Make the switcher.

        Args:
            titles: English titles by workspace name, marked with context "window".
        """
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._titles = titles
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP, 0, theme.GAP)
        column.setSpacing(4)
        for name in titles:
            button = QToolButton(self)
            button.setObjectName(f"workspace.{name}.button")
            button.setProperty("role", "rail")
            button.setProperty("workspace", name)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(24, 24))
            button.setFixedSize(WIDTH - 1, 64)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            icons.set_icon(button, name)
            self._group.addButton(button)
            self._buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        self.retranslate()

    def select(self, name: str) -> None:
        """Show which workspace is in front."""
        self._buttons[name].setChecked(True)

    def retranslate(self) -> None:
        for index, (name, button) in enumerate(self._buttons.items(), start=1):
            title = QCoreApplication.translate("window", self._titles[name])
            button.setText(title)
            button.setAccessibleName(title)
            button.setToolTip(f"{title} (Ctrl+{index})")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _clicked(self, button: QToolButton) -> None:
        self.chosen.emit(button.property("workspace"))
