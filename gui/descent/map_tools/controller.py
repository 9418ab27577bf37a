"""Which tool of the map is armed: its cursor, its hint, its keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from gui.actions import ActionSpec
from gui.descent.cross_section.controller import CrossSectionController
from gui.descent.map_tools.bar import ToolBar
from gui.descent.map_tools.magnifier import Magnifier
from gui.descent.map_tools.records import LENS, PAN, TOOLS, MapTool
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.landscape.surface_switch import SurfaceSwitch

AXIS_PX = 46  # below the map, where its numbers stand
MARGIN_PX = 10


class MapTools(QObject):
    """At most one tool is armed; it stays so until another is, or Esc.

    Signals:
        changed: the name of the tool that is armed now.
    """

    changed = Signal(str)

    def __init__(
        self,
        map_view: MapView,
        surface_switch: SurfaceSwitch,
        cross_section: CrossSectionController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._map = map_view
        self._surface_switch = surface_switch
        self._cross_section = cross_section
        self.armed = PAN
        self.bar = ToolBar()
        self.magnifier = Magnifier(map_view)
        self.hint = QLabel(map_view)
        self.hint.setObjectName("descent.tools.hint.label")
        self.hint.setProperty("role", "panel")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setContentsMargins(MARGIN_PX, 5, MARGIN_PX, 5)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.bar.chosen.connect(self.arm)
        surface_switch.changed.connect(self._on_three_d)
        map_view.view_box.line_drawn.connect(self._on_line)
        map_view.installEventFilter(self)

    def actions(self) -> list[ActionSpec]:
        """A line of the menu for each tool."""
        return [
            ActionSpec(
                f"descent.tool.{tool.name}",
                tool.title,
                "View",
                partial(self._toggle, tool.name),
                tool.key,
                checkable=True,
                canvas_only=True,
                checked=partial(self.is_armed, tool.name),
                enabled=partial(self.is_offered, tool),
                section=60,
                submenu=QT_TRANSLATE_NOOP("actions", "Tools of the &Map"),
            )
            for tool in TOOLS
        ]

    def is_armed(self, name: str) -> bool:
        return self.armed == name

    def is_offered(self, tool: MapTool) -> bool:
        """Whether it can be armed: not all can in three dimensions."""
        return not (tool.flat and self._surface_switch.shown)

    def can_leave(self) -> bool:
        return self.armed != PAN

    def leave(self) -> None:
        """Let the left button move the view again."""
        self.arm(PAN)

    def arm(self, name: str) -> None:
        """Let the left button do what a tool does."""
        tool = next(each for each in TOOLS if each.name == name)
        if not self.is_offered(tool):
            tool = TOOLS[0]
        self.armed = tool.name
        self._map.view_box.pointing = tool.pointing
        if tool.name == PAN:
            self._map.view_box.unsetCursor()
        else:
            self._map.view_box.setCursor(tool.cursor)
        self.magnifier.set_wanted(tool.name == LENS)
        self.bar.show_tool(tool.name)
        self._say(tool)
        self._map.setFocus(Qt.FocusReason.OtherFocusReason)  # so that Esc leaves it
        self.changed.emit(tool.name)

    def retranslate(self) -> None:
        self._say(next(each for each in TOOLS if each.name == self.armed))

    def _toggle(self, name: str, on: bool) -> None:
        self.arm(name if on else PAN)

    def _say(self, tool: MapTool) -> None:
        self.hint.setText(QCoreApplication.translate("descent", tool.hint) if tool.hint else "")
        self.hint.setVisible(bool(tool.hint))
        if tool.hint:
            self._place()
            self.hint.raise_()

    def _place(self) -> None:
        area = self._map.rect()
        most = max(80, area.width() - 220)  # neither over the axis nor over the colours
        width = min(self.hint.fontMetrics().horizontalAdvance(self.hint.text()) + 32, most)
        height = self.hint.heightForWidth(width)
        left = (area.width() - width) // 2
        self.hint.setGeometry(left, area.height() - height - AXIS_PX, width, height)

    def _on_three_d(self, shown: bool) -> None:
        self.bar.offer_flat(not shown)
        tool = next(each for each in TOOLS if each.name == self.armed)
        if not self.is_offered(tool):
            self.leave()
        elif self.hint.isVisible():
            self.hint.raise_()

    def _on_line(self, first: object, last: object, stage: int) -> None:
        self._cross_section.draw(first, last)  # type: ignore[arg-type]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.can_leave():
            # Before whatever else Esc is for: it is heard as a key, not as a shortcut.
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self.leave()
            return True
        if event.type() == QEvent.Type.Resize and not self.hint.isHidden():
            self._place()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return False
