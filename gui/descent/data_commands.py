"""What can be done with the data of a fit, as records for menus and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.descent.workspace import DescentWorkspace


class DataCommands(QObject):
    """The actions of the data bench; each is a bound method."""

    def __init__(self, workspace: DescentWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._bench = workspace.data

    def actions(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                "descent.view.pulls",
                QT_TRANSLATE_NOOP("actions", "&Gradients of the Examples"),
                "View",
                self._bench.set_pulls,
                "G",
                checkable=True,
                canvas_only=True,
                checked=self.pulls_shown,
                enabled=self.has_data,
                section=30,
            ),
            ActionSpec(
                "descent.view.next_example",
                QT_TRANSLATE_NOOP("actions", "Landscape of the Next E&xample"),
                "View",
                self.next_example,
                "E",
                canvas_only=True,
                enabled=self.may_choose,
                section=30,
            ),
            ActionSpec(
                "descent.view.previous_example",
                QT_TRANSLATE_NOOP("actions", "Landscape of the Example Be&fore"),
                "View",
                self.previous_example,
                "Shift+E",
                canvas_only=True,
                enabled=self.may_choose,
                section=30,
            ),
            ActionSpec(
                "descent.view.all_examples",
                QT_TRANSLATE_NOOP("actions", "Landscape of &All Examples"),
                "View",
                self._bench.leave_example,
                "A",
                canvas_only=True,
                enabled=self.example_shown,
                section=30,
            ),
            ActionSpec(
                "descent.outlier",
                QT_TRANSLATE_NOOP("actions", "Drop In an &Outlier"),
                "Run",
                self.set_outlier,
                "O",
                checkable=True,
                canvas_only=True,
                checked=self.has_outlier,
                enabled=self.has_data,
                section=30,
            ),
        ]

    def pulls_shown(self) -> bool:
        return self._bench.has_data and self._bench.pulls_shown

    def has_data(self) -> bool:
        return self._bench.has_data

    def may_choose(self) -> bool:
        return self._bench.has_data and not self._workspace.player.playing

    def example_shown(self) -> bool:
        return self._bench.example is not None

    def next_example(self) -> None:
        self._bench.move_example(1)

    def previous_example(self) -> None:
        self._bench.move_example(-1)

    def has_outlier(self) -> bool:
        data = self._workspace.setup.race.data
        return data is not None and data.outlier is not None

    def set_outlier(self, there: bool) -> None:
        self._bench.set_value("outlier", there)
