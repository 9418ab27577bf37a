"""Every tool of the map, one record each, in the order of the row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_mouse import Pointing


@dataclass(frozen=True)
class MapTool:
    """What the left button does while this is armed.

    Attributes:
        name: of the tool, in the names of button and action.
        icon: of resources/icons.
        title: in the menu and in the button's tip.
        key: arms it while the map has the focus.
        hint: said over the map while it is armed; empty for none.
        pointing: what presses and drags do.
        cursor: over the map.
        flat: it needs the map and is not offered in three dimensions.
    """

    name: str
    icon: str
    title: str
    key: str
    hint: str
    pointing: Pointing
    cursor: Qt.CursorShape
    flat: bool = False


PAN = "pan"
LENS = "lens"

TOOLS = (
    MapTool(
        PAN,
        "pan",
        QT_TRANSLATE_NOOP("actions", "&Move the View"),
        "",
        "",
        Pointing.PAN,
        Qt.CursorShape.ArrowCursor,
    ),
    MapTool(
        "start",
        "target",
        QT_TRANSLATE_NOOP("actions", "Place the &Start"),
        "S",
        QT_TRANSLATE_NOOP("descent", "Click or drag: the race starts there. Esc leaves."),
        Pointing.START,
        Qt.CursorShape.CrossCursor,
    ),
    MapTool(
        "copies",
        "starts",
        QT_TRANSLATE_NOOP("actions", "Place &Many Starts"),
        "M",
        QT_TRANSLATE_NOOP(
            "descent", "Each click: one more of the chosen optimizer starts there. Esc leaves."
        ),
        Pointing.COPY,
        Qt.CursorShape.PointingHandCursor,
    ),
    MapTool(
        "cut",
        "cut",
        QT_TRANSLATE_NOOP("actions", "&Draw a Cut"),
        "D",
        QT_TRANSLATE_NOOP("descent", "Drag a line: the loss along it is shown below. Esc leaves."),
        Pointing.LINE,
        Qt.CursorShape.CrossCursor,
        flat=True,
    ),
    MapTool(
        LENS,
        "lens",
        QT_TRANSLATE_NOOP("actions", "&Lens"),
        "L",
        QT_TRANSLATE_NOOP("descent", "The lens shows what is under the cursor. Esc leaves."),
        Pointing.PAN,
        Qt.CursorShape.BlankCursor,
        flat=True,
    ),
)
