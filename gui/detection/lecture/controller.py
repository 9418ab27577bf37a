"""Lecture mode: large labels, thick lines, the chain of stages below, and one key to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.actions import ActionSpec
from gui.detection.layers.base import LINE_SCALE
from gui.detection.scene_opener import SceneOpener
from gui.detection.session import Session
from gui.detection.side_panel import SidePanel
from gui.detection.stages.controller import StagesController
from gui.detection.stages.registry import STAGES
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.canvas import PictureCanvas

SCALE = 1.5  # of lines and type
BESIDE = 1.3  # of the column beside the picture
PLAY_MS = 1400  # a stage, while the picture's way is played
LARGE = "QLabel, QTableView, QCheckBox, QComboBox { font-size: 16px; }"


class LectureController(QObject):
    """Steps through scenes and stages, plays the picture's way, and makes all of it large.

    Signals:
        scene_wanted: the lecture's next scene (1) or the one before (-1).
    """

    scene_wanted = Signal(int)

    def __init__(
        self,
        session: Session,
        stages: StagesController,
        scenes: SceneOpener,
        canvas: PictureCanvas,
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
        super().__init__(canvas)
        self._session, self._stages, self._scenes = session, stages, scenes
        self._canvas, self._font, self._size = canvas, font, font.pixelSize()
        self._column, self._put_away, self._beside = column, tuple(put_away), beside
        self._next_picture = next_picture
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MS)
        self._timer.timeout.connect(self._play_on)
        session.inspected.connect(self._stop)
        stages.panel.stage_changed.connect(self._show_beside)

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
        bar.set_scale(SCALE if shown else 1.0)
        self._font.setPixelSize(round(self._size * SCALE) if shown else self._size)
        LINE_SCALE.factor = SCALE if shown else 1.0
        self._beside.set_scale(BESIDE if shown else 1.0)
        self._stages.panel.setStyleSheet(LARGE if shown else "")
        self._scenes.caption.put_away(shown)
        self._show_beside()
        self._canvas.setFocus()
        self._canvas.fit()

    def _show_beside(self, *_: object) -> None:
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
        return self._timer.isActive()

    def play(self) -> None:
        """From the input to the result, a stage at a time; again stops where it is."""
        if self.playing:
            self._stop()
            return
        order = self.order()
        if self._stages.panel.stage in ("", order[-1]):
            self._stages.open(order[min(1, len(order) - 1)])
        else:
            self._step(1)
        self._timer.start()

    def _play_on(self) -> None:
        if self._stages.panel.stage in ("", self.order()[-1]):
            self._stop()
            self._stages.open("")  # where the picture's way ends: the result
        else:
            self._step(1)

    def _stop(self) -> None:
        self._timer.stop()
