"""Lecture mode: large labels, thick lines, the chain of stages below, and one key to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.actions import ActionSpec
from gui.detection.layers.base import LINE_SCALE
from gui.detection.layers.keypoints import KeypointLayer
from gui.detection.layers.score_scale import levels
from gui.detection.lecture.motions import MOTIONS, Moved
from gui.detection.lecture.player import MotionPlayer
from gui.detection.picture_context import PictureContext
from gui.detection.scene_opener import SceneOpener
from gui.detection.side_panel import SidePanel
from gui.detection.stages.controller import StagesController
from gui.detection.stages.registry import STAGES
from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture.sizes import of_hall

if TYPE_CHECKING:
    from engine.detection.queries.passage import Passage


SCALE = 1.5  # of lines and type
BESIDE = 1.3  # of the column beside the picture
KEY = "passage"
TYPE_PX = 16
LARGE = "QLabel, QTableView, QHeaderView, QCheckBox, QComboBox {{ font-size: {size}px; }}"


class LectureController(QObject):
    """Steps through scenes and stages, plays the picture's way, and makes all of it large.

    Signals:
        scene_wanted: the lecture's next scene (1) or the one before (-1).
    """

    scene_wanted = Signal(int)

    def __init__(
        self,
        context: PictureContext,
        stages: StagesController,
        scenes: SceneOpener,
        font: QFont,
        *,
        column: QBoxLayout,
        put_away: Sequence[QWidget],
        beside: SidePanel,
        next_picture: Callable[[int], object],
    ) -> None:
        """
        Args:
            font: what all layers write with, the very object.
            column: holds the chain of stages, first in it outside of the lecture.
            put_away: what nobody in the hall has to see.
            beside: what is seen beside a stage only.
            next_picture: what the keys do otherwise: by 1, or by -1.
        """
        super().__init__(context.canvas)
        self._context, self._stages, self._scenes = context, stages, scenes
        self._session, self._canvas = context.session, context.canvas
        self._font, self._size = font, font.pixelSize()
        self._column, self._put_away, self._beside = column, tuple(put_away), beside
        self._next_picture = next_picture
        self._shown = False
        self._hall = 0.0  # of_hall, while the mode is on
        self._canvas.installEventFilter(self)
        self._through = False  # whether stage after stage is played, or one
        self._stage = ""  # that plays
        self._way: Passage | None = None
        self._of: object = None  # the selection that it belongs to
        skeletons = context.layers.by_name["keypoints"]
        assert isinstance(skeletons, KeypointLayer)
        self._skeletons = skeletons
        self.player = MotionPlayer(self._canvas, context.layers, font)
        self.player.ended.connect(self._play_on)
        self._session.inspected.connect(self._stop)
        self._canvas.clicked.connect(self._stop)
        stages.panel.stage_changed.connect(self._on_stage)
        scenes.opened.connect(self._play_scene)

    def actions(self) -> list[ActionSpec]:
        """Lecture mode, on and back, and the picture's way as an animation."""
        return [
            ActionSpec(
                "detection.lecture.next",
                QT_TRANSLATE_NOOP("actions", "Next Scene, &Stage or Picture"),
                "View",
                self.go_on,
                "PgDown",
                canvas_only=True,
                section=85,
            ),
            ActionSpec(
                "detection.lecture.back",
                QT_TRANSLATE_NOOP("actions", "&Previous Scene, Stage or Picture"),
                "View",
                self.go_back,
                "PgUp",
                canvas_only=True,
                section=85,
            ),
            ActionSpec(
                "detection.lecture.play",
                QT_TRANSLATE_NOOP("actions", "Play the Picture's &Way through the Network"),
                "Run",
                self.play,
                icon="play",
                section=40,
                enabled=self._session.has_result,
            ),
        ]

    # Large

    def is_shown(self) -> bool:
        """Whether all but the picture and its stages is put away."""
        return self._shown

    def set_shown(self, shown: bool) -> None:
        """The picture in large type, its stages below it; or all as ever."""
        self._shown = shown
        if not shown:
            self._stop()
        for widget in self._put_away:
            widget.setVisible(not shown)
        bar = self._stages.bar
        self._column.removeWidget(bar)
        self._column.insertWidget(self._column.count() if shown else 0, bar)
        self._fit()
        self._scenes.caption.put_away(shown)
        self._show_beside()
        self._canvas.setFocus()
        self._canvas.fit()

    def _fit(self) -> None:
        """Sizes by the width of the window."""
        hall = of_hall(self._canvas) if self._shown else 0.0
        if hall == self._hall:
            return
        self._hall = hall
        scale = max(SCALE * hall, 1.0)
        self._stages.bar.set_scale(scale if hall else 0.0)
        self._font.setPixelSize(round(self._size * scale))
        LINE_SCALE.factor = scale
        self._beside.set_scale(BESIDE * hall)
        large = LARGE.format(size=round(TYPE_PX * hall))
        self._stages.panel.setStyleSheet(large if hall else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another width."""
        if event.type() == QEvent.Type.Resize and self._shown:
            self._fit()
        return super().eventFilter(watched, event)

    def _show_beside(self) -> None:
        self._beside.setVisible(not self._shown or bool(self._stages.panel.stage))

    # On and back

    def go_on(self) -> None:
        """The next scene where one is shown, else the next stage, else the next picture."""
        self._go(1)

    def go_back(self) -> None:
        """The scene, stage or picture before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        if not self.lead_on(by):
            self.scene_wanted.emit(by)

    def lead_on(self, by: int) -> bool:
        """The next stage in the lecture, the next picture else; False where a scene is shown."""
        self._stop()
        if self._scenes.scene is not None:
            return False
        if self._shown:
            self._step(by)
        else:
            self._next_picture(by)
        return True

    def order(self) -> tuple[str, ...]:
        """The result, then the stages that the model has."""
        inspection = self._session.inspection
        if inspection is None:
            return ("",)
        lacks = {"masks": inspection.model.has_masks, "keypoints": inspection.model.has_keypoints}
        return ("", *(stage.name for stage in STAGES if lacks.get(stage.name, True)))

    def _step(self, by: int) -> None:
        order, stage = self.order(), self._stages.panel.stage
        place = order.index(stage) if stage in order else 0
        self._stages.open(order[min(max(place + by, 0), len(order) - 1)])

    # Played

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self.player.running

    def play(self) -> None:
        """From the input to the result, a stage at a time; again pauses, or goes on."""
        if self.player.active:
            (self.player.pause if self.player.running else self.player.resume)()
            return
        order = self.order()
        self._through = self._scenes.scene is None or self._stages.panel.stage not in MOTIONS
        self._scenes.held = self._through
        if not self._through:
            self._start()
            return
        if self._stages.panel.stage in ("", order[-1]):
            self._open(order[min(1, len(order) - 1)])
        self._start()

    def _play_scene(self) -> None:
        """A scene's own stage plays itself once, in the lecture."""
        if self._shown and self._stages.panel.stage in MOTIONS:
            self._through = False
            self._start()

    def _start(self) -> None:
        """Play the stage that is open."""
        motion = MOTIONS.get(self._stages.panel.stage)
        self._stage = self._stages.panel.stage
        if motion is not None and motion.needs_way:
            self._ask()
        self.player.start(motion, self._moved)

    def _play_on(self) -> None:
        if not self._through:
            return  # a scene's own stage, which stays
        if self._stages.panel.stage in ("", self.order()[-1]):
            self._open("")  # where the picture's way ends: the result
            self._scenes.held = False
        else:
            order = self.order()
            self._open(order[order.index(self._stages.panel.stage) + 1])
            self._start()

    def _open(self, stage: str) -> None:
        """Another stage of the way that is played."""
        self._stage = stage
        self._stages.open(stage)

    def _stop(self, *_: object) -> None:
        self._scenes.held = False
        if self.player.active:
            self.player.stop()

    def _on_stage(self, stage: str) -> None:
        """Another stage is looked at than that which plays."""
        if stage != self._stage:
            self._stop()
        self._show_beside()

    # What moves

    def _ask(self) -> None:
        """Ask the engine for the picture's way at these thresholds."""
        from engine.detection.queries.passage import passage

        selection = self._session.selection
        if selection is not None and selection is not self._of:
            self._of, self._way = selection, None
            question = partial(passage, selection=selection)
            self._context.ask(KEY, question, self._take, depends_on=selection)

    def _take(self, way: Passage) -> None:
        self._way = way

    def _moved(self) -> Moved | None:
        """What the motion is drawn from; None while it is on its way."""
        motion, inspection = self.player.motion, self._context.inspection
        if motion is None or inspection is None or (motion.needs_way and self._way is None):
            return None
        names = tuple(level.name for level in levels(inspection.trace))
        return Moved(self._way, names, self._session.shown, self._skeletons)

    def describe(self) -> dict[str, Any]:
        """For tests that look from outside."""
        active = self.player.active
        return {"motion": self._stage if active else "", "said": self.player.said}
