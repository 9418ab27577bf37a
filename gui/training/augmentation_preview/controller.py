"""The preview of the augmentation: draws the next pictures of the training in the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.errors import ThalwegError
from engine.training.spec import TrainSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, whole
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.augmentation_preview.dialog import COUNT, PreviewDialog
from gui.training.jobs import with_data

if TYPE_CHECKING:
    from engine.training.data_check.augmented_pictures import AugmentedPicture

PREVIEW = "training.preview"


class PreviewController(QObject):
    """Some draws at a time, in a dialog of their own.

    Signals:
        failed: why there are none.
    """

    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        spec: Callable[[], TrainSpec],
        idle: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        """Draw for what `spec` gives, while `idle` says that no training runs."""
        super().__init__(parent)
        self._bridge, self._spec, self._idle, self._parent = bridge, spec, idle, parent
        self._next = 0
        self._drawn: list[AugmentedPicture] = []
        self.dialog: PreviewDialog | None = None

    def actions(self) -> list[ActionSpec]:
        """Look at what the net will get."""
        return [
            ActionSpec(
                "training.preview",
                QT_TRANSLATE_NOOP("actions", "Pre&view the Augmentation"),
                "Run",
                self.start,
                section=15,
                icon="eye",
                enabled=self._idle,
            )
        ]

    def start(self) -> None:
        """Draw the first pictures of the training."""
        self._next = 0
        self._draw()

    def draw_again(self) -> None:
        """Draw the next pictures, with the settings of now."""
        self._draw()

    def cancel(self) -> None:
        """Stop drawing."""
        self._bridge.cancel(PREVIEW)
        if self.dialog is not None:
            self.dialog.strip.hide()

    def _draw(self) -> None:
        if not self._idle():
            return
        try:
            spec = with_data(self._spec())
        except ThalwegError as error:
            self.failed.emit(error)
            return
        if self.dialog is None:
            self.dialog = PreviewDialog(self._parent)
            self.dialog.again_wanted.connect(self.draw_again)
            self.dialog.cancelled.connect(self.cancel)
        self._drawn = []
        self.dialog.say("")
        self.dialog.strip.show_progress(self.tr("Drawing pictures…"), 0, 0)
        self.dialog.open_again()
        self._bridge.start(
            "training",
            PREVIEW,
            partial(run_preview, spec, self._next, COUNT),
            on_increments=self._take,
            on_done=self.dialog.strip.hide,
            on_error=self.dialog.fail,
            increment=whole,
        )
        self._next += COUNT

    def _take(self, steps: tuple[Any, ...]) -> None:
        from engine.annotations.json_stream import ReadProgress

        assert self.dialog is not None
        for step in steps:
            if isinstance(step, ReadProgress):
                self.dialog.strip.show_reading(step)
            else:
                self._drawn.append(step)
                self.dialog.strip.show_progress(
                    self.tr("Drawing pictures…"), len(self._drawn), COUNT
                )
        self.dialog.set_pictures(self._drawn)


def run_preview(spec: TrainSpec, first: int, count: int) -> Iterator[Any]:
    """The engine's draws, on the worker, where torch may be imported."""
    from engine.training.data_check.augmented_pictures import augmented_pictures

    yield from augmented_pictures(spec, first, count)
