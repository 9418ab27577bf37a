"""What can be done to look at a race: the view and the time, as records for menus and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.actions import ActionSpec
from gui.descent.basins.controller import BASINS, DIFFERENCE, LOSS
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.descent.workspace import DescentWorkspace

LARGE_STEP = 10


class LookCommands(QObject):
    """The actions of the menus View and Run; each is a bound method."""

    def __init__(self, workspace: DescentWorkspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace

    def actions(self) -> list[ActionSpec]:
        return [
            *self._view(),
            *self._workspace.critical.actions(),
            *self._workspace.cut.actions(),
            *self._workspace.fairness.actions(),
            *self._run(),
        ]

    def _view(self) -> list[ActionSpec]:
        view = self._workspace.relief
        return [
            ActionSpec(
                "descent.view.fit",
                QT_TRANSLATE_NOOP("actions", "&Fit"),
                "View",
                view.fit,
                "F Home",
                canvas_only=True,
                icon="fit",
            ),
            ActionSpec(
                "descent.view.zoom_in",
                QT_TRANSLATE_NOOP("actions", "Zoom &In"),
                "View",
                view.zoom_in,
                "Ctrl++ Ctrl+=",
                icon="zoom-in",
            ),
            ActionSpec(
                "descent.view.zoom_out",
                QT_TRANSLATE_NOOP("actions", "Zoom &Out"),
                "View",
                view.zoom_out,
                "Ctrl+-",
                icon="zoom-out",
            ),
            ActionSpec(
                "descent.view.vectors",
                QT_TRANSLATE_NOOP("actions", "&Vectors of the Next Step"),
                "View",
                self._workspace.presenter.set_arrows,
                "V",
                checkable=True,
                canvas_only=True,
                checked=self.arrows_shown,
                icon="vectors",
                section=20,
            ),
            ActionSpec(
                "descent.view.workings",
                QT_TRANSLATE_NOOP("actions", "&Numbers of the Step"),
                "View",
                self._workspace.step_view.set_shown,
                "N",
                checkable=True,
                canvas_only=True,
                checked=self.workings_shown,
                section=20,
            ),
            ActionSpec(
                "descent.view.basins",
                QT_TRANSLATE_NOOP("actions", "&Basins of Attraction"),
                "View",
                self.show_basins,
                "B",
                checkable=True,
                canvas_only=True,
                checked=self.basins_shown,
                section=20,
            ),
            ActionSpec(
                "descent.view.relief",
                QT_TRANSLATE_NOOP("actions", "&Three Dimensions"),
                "View",
                view.set_shown,
                "3",
                checkable=True,
                canvas_only=True,
                checked=self.relief_shown,
                section=20,
            ),
            ActionSpec(
                "descent.view.difference",
                QT_TRANSLATE_NOOP("actions", "Where &Two Racers End"),
                "View",
                self.show_difference,
                "Shift+B",
                checkable=True,
                canvas_only=True,
                checked=self.difference_shown,
                section=20,
            ),
            ActionSpec(
                "descent.view.stability",
                QT_TRANSLATE_NOOP("actions", "Learning &Rate and Momentum…"),
                "View",
                self._workspace.tuning.open,
                "Ctrl+M",
                section=20,
            ),
            ActionSpec(
                "descent.view.lecture",
                QT_TRANSLATE_NOOP("actions", "&Lecture Mode"),
                "View",
                self._workspace.set_lecture,
                "F5",
                checkable=True,
                checked=self.in_lecture,
                section=85,
            ),
            ActionSpec(
                "descent.view.leave_lecture",
                QT_TRANSLATE_NOOP("actions", "Leave L&ecture Mode"),
                "View",
                self.leave,
                "Esc",
                canvas_only=True,
                enabled=self.may_leave,
                section=85,
            ),
        ]

    def _run(self) -> list[ActionSpec]:
        player = self._workspace.player
        return [
            ActionSpec(
                "descent.play",
                QT_TRANSLATE_NOOP("actions", "&Play or Pause"),
                "Run",
                player.toggle,
                "Space K",
                canvas_only=True,
                icon="play",
            ),
            ActionSpec(
                "descent.step",
                QT_TRANSLATE_NOOP("actions", "One &Step On"),
                "Run",
                self.step_on,
                "Right .",
                canvas_only=True,
                icon="step",
            ),
            ActionSpec(
                "descent.step_back",
                QT_TRANSLATE_NOOP("actions", "One Step &Back"),
                "Run",
                self.step_back,
                "Left ,",
                canvas_only=True,
                icon="step-back",
            ),
            ActionSpec(
                "descent.leap",
                QT_TRANSLATE_NOOP("actions", "&Ten Steps On"),
                "Run",
                self.leap,
                "Shift+Right",
                canvas_only=True,
            ),
            ActionSpec(
                "descent.leap_back",
                QT_TRANSLATE_NOOP("actions", "Te&n Steps Back"),
                "Run",
                self.leap_back,
                "Shift+Left",
                canvas_only=True,
            ),
            ActionSpec(
                "descent.reset",
                QT_TRANSLATE_NOOP("actions", "Back to the S&tart"),
                "Run",
                self._workspace.presenter.reset,
                "R",
                canvas_only=True,
                icon="to-start",
            ),
            ActionSpec(
                "descent.end",
                QT_TRANSLATE_NOOP("actions", "To the &End"),
                "Run",
                self.to_end,
                "End",
                canvas_only=True,
                icon="to-end",
            ),
            ActionSpec(
                "descent.faster",
                QT_TRANSLATE_NOOP("actions", "&Faster"),
                "Run",
                self.faster,
                "]",
                canvas_only=True,
                section=20,
            ),
            ActionSpec(
                "descent.slower",
                QT_TRANSLATE_NOOP("actions", "S&lower"),
                "Run",
                self.slower,
                "[",
                canvas_only=True,
                section=20,
            ),
        ]

    # -- what they do -------------------------------------------------------------------------

    def arrows_shown(self) -> bool:
        return self._workspace.presenter.arrows

    def workings_shown(self) -> bool:
        return self._workspace.step_view.shown

    def show_basins(self, shown: bool) -> None:
        self._workspace.ground.choose(BASINS if shown else LOSS)

    def show_difference(self, shown: bool) -> None:
        self._workspace.ground.choose(DIFFERENCE if shown else LOSS)

    def difference_shown(self) -> bool:
        return self._workspace.ground.kind == DIFFERENCE

    def basins_shown(self) -> bool:
        return self._workspace.ground.kind == BASINS

    def relief_shown(self) -> bool:
        return self._workspace.relief.shown

    def in_lecture(self) -> bool:
        return self._workspace.lecture

    def may_leave(self) -> bool:
        return self._workspace.lecture or self._workspace.data.example is not None

    def leave(self) -> None:
        """First from one example's own landscape, then from the lecture mode."""
        if self._workspace.data.example is not None:
            self._workspace.data.leave_example()
        else:
            self._workspace.set_lecture(False)

    def step_on(self) -> None:
        self._workspace.player.move(1)

    def step_back(self) -> None:
        self._workspace.player.move(-1)

    def leap(self) -> None:
        self._workspace.player.move(LARGE_STEP)

    def leap_back(self) -> None:
        self._workspace.player.move(-LARGE_STEP)

    def to_end(self) -> None:
        player = self._workspace.player
        player.pause()
        player.seek(player.total)

    def faster(self) -> None:
        self._workspace.player.change_speed(1)

    def slower(self) -> None:
        self._workspace.player.change_speed(-1)
