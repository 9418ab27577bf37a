"""The numbers in a scene's caption: measured from the race, once it is computed so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.bridge import Bridge, NewestJob
from gui.descent.header import Header
from gui.descent.race_jobs import RaceJobs
from gui.racing.jobs import LANE

if TYPE_CHECKING:
    from engine.descent.lecture_numbers import Numbers
    from engine.descent.race.spec import RaceFrame, RaceSpec

CAPTION = "descent.caption"


def measure(scene: str, spec: RaceSpec, frames: Sequence[RaceFrame]) -> Iterator[Numbers]:
    """The numbers of a scene's caption, on the worker."""
    from engine.descent.lecture_numbers import numbers

    yield numbers(scene, spec, frames)


class CaptionNumbers(QObject):
    """Measures them anew for each race while a caption is shown."""

    def __init__(self, bridge: Bridge, jobs: RaceJobs, header: Header, parent: QObject) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, CAPTION)
        self._jobs = jobs
        self._header = header
        self._asked: tuple[object, object] | None = None
        jobs.race_grew.connect(self.update)

    def update(self) -> None:
        """Ask for them, unless they are asked for or the race has not come so far."""
        scene, history, setup = self._header.scene, self._jobs.history, self._jobs.setup
        if scene is None or history is None or setup is None or history.count <= scene.step:
            return
        asked = (scene, history)
        if asked == self._asked:
            return
        self._asked = asked
        frames = history.frames[: scene.step + 1]
        self._job.request(
            partial(measure, scene.name, setup.spec(), frames),
            on_snapshot=partial(self._header.show_numbers, scene),
            # A race that was changed may have lost what the caption speaks of.
            on_error=partial(self._on_failed, scene),
        )

    def _on_failed(self, scene: object, error: Exception) -> None:
        self._header.show_numbers(scene, {})
