"""The workspaces that there are, one record each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.workspace import Workspace


@dataclass(frozen=True)
class WorkspaceRecord:
    """A workspace, before it is built.

    Attributes:
        name: of its folder `gui/NAME`, its icon and its `--workspace` option.
        title: in the workspace switcher.
        menu_text: in the View menu, with its mnemonic.
        class_name: its class in `gui.NAME.workspace`.
    """

    name: str
    title: str
    menu_text: str
    class_name: str

    def load(self) -> type[Workspace]:
        """Import the workspace's class; its module is imported when it is first shown."""
        loaded: type[Workspace] = getattr(
            import_module(f"gui.{self.name}.workspace"), self.class_name
        )
        return loaded


WORKSPACES = {
    record.name: record
    for record in (
        WorkspaceRecord(
            "detection",
            QT_TRANSLATE_NOOP("window", "Detection"),
            QT_TRANSLATE_NOOP("actions", "&Detection"),
            "DetectionWorkspace",
        ),
        WorkspaceRecord(
            "descent",
            QT_TRANSLATE_NOOP("window", "Descent"),
            QT_TRANSLATE_NOOP("actions", "D&escent"),
            "DescentWorkspace",
        ),
        WorkspaceRecord(
            "networks",
            QT_TRANSLATE_NOOP("window", "Networks"),
            QT_TRANSLATE_NOOP("actions", "&Networks"),
            "NetworksWorkspace",
        ),
        WorkspaceRecord(
            "training",
            QT_TRANSLATE_NOOP("window", "Training"),
            QT_TRANSLATE_NOOP("actions", "&Training"),
            "TrainingWorkspace",
        ),
    )
}


@cache
def workspace_names() -> tuple[str, ...]:
    """The workspaces that are built, in the switcher's order."""
    return tuple(name for name in WORKSPACES if find_spec(f"gui.{name}.workspace") is not None)
