"""The row of tools beside the map."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui import icons
from gui.descent.map_tools.records import PAN, TOOLS

SIDE_PX, ICON_PX = 32, 20
MARGIN_PX = 4


class ToolBar(QWidget):
    """One button a tool, of which one is down.

    Signals:
        chosen: the name of a tool.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.tools")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 2 * MARGIN_PX, 0, MARGIN_PX)
        column.setSpacing(MARGIN_PX)
        for tool in TOOLS:
            button = QToolButton(self)
            button.setObjectName(f"descent.tools.{tool.name}.button")
            button.setCheckable(True)
            button.setChecked(tool.name == PAN)
            button.setFixedSize(SIDE_PX, SIDE_PX)
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the map
            icons.set_icon(button, tool.icon)
            self._group.addButton(button)
            self.buttons[tool.name] = button
            column.addWidget(button)
        column.addStretch(1)
        self._group.buttonClicked.connect(self._on_clicked)
        self.retranslate()

    def show_tool(self, name: str) -> None:
        """Which one is armed; asks for nothing."""
        with QSignalBlocker(self._group):
            self.buttons[name].setChecked(True)

    def offer_flat(self, offered: bool) -> None:
        """Whether the tools that need the map can be chosen."""
        for tool in TOOLS:
            self.buttons[tool.name].setEnabled(offered or not tool.flat)

    def set_scale(self, factor: float) -> None:
        """In the lecture hall the picture stands alone: the tools are put away."""
        self.setVisible(factor == 1.0)

    def retranslate(self) -> None:
        say = QCoreApplication.translate
        for tool in TOOLS:
            title = say("actions", tool.title).replace("&", "")
            keys = f" ({tool.key})" if tool.key else ""
            hint = say("descent", tool.hint) if tool.hint else self.tr("Drag moves the view.")
            self.buttons[tool.name].setAccessibleName(title)
            self.buttons[tool.name].setToolTip(f"{title}{keys}\n{hint}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(next(name for name, each in self.buttons.items() if each is button))


class Beside(QWidget):
    """The row of tools at the left of the map."""

    def __init__(self, tools: ToolBar, map_view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(tools)
        row.addWidget(map_view, 1)
