"""Opens a scene of the lecture: its runs on the pages, its spec in the form, and what is seen."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QObject
from PySide6.QtWidgets import QWidget

from engine import specs
from engine.errors import InputError
from engine.training.spec import TrainSpec
from gui.training.choices import COMPARISON
from gui.training.comparison.controller import ComparisonController
from gui.training.live_run import LiveRun
from gui.training.run_pages import RunPages
from gui.training.runs.panel import RunsPanel
from gui.training.scenes import Scene
from gui.training.shown_run import ShownRun
from gui.training.spec_form import Form
from gui.widgets.scene_caption import SceneCaption


class SceneOpener(QObject):
    """Shows a scene until something else is looked at.

    Its runs are only looked at: none of the list is selected meanwhile, so that nothing is
    offered to be done with a run that is not the one in sight.

    Attributes:
        caption: says what is to be seen.
    """

    def __init__(
        self,
        form: Form,
        pages: RunPages,
        runs: RunsPanel,
        live: LiveRun,
        shown: ShownRun,
        comparison: ComparisonController,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._form, self._pages, self._runs = form, pages, runs
        self._live, self._shown, self._comparison = live, shown, comparison
        self.caption = SceneCaption("training", QMargins(16, 8, 16, 8), parent)
        self._scene: Scene | None = None

    def open(self, scene: Scene) -> None:
        """Show a scene; where something trains, the form shows that, and keeps it.

        Raises:
            InputError: the run's spec cannot be read.
        """
        path = scene.folder / "spec.json"
        try:
            spec = specs.from_json(path.read_text(encoding="utf-8"), TrainSpec)
        except OSError as error:
            raise InputError("file.unreadable", path=path) from error
        self.leave()
        self._runs.select_none()
        if self._live.is_idle():
            self._form.set_spec(spec)
        self._shown.show(scene.folder)
        if scene.page == COMPARISON:
            self._pages.bring(COMPARISON)
            self._comparison.compare(scene.folders, scene.metric)
        else:
            self._pages.show_page(scene.page)
        if scene.view:
            self._pages.evaluation.show_view(scene.view)
        self._scene = scene
        self.caption.show_scene(scene)

    def leave(self) -> None:
        """Something else is looked at: neither its caption nor its comparison belongs there."""
        scene, self._scene = self._scene, None
        if scene is None:
            return
        self.caption.show_scene(None)
        if scene.page == COMPARISON:
            self._pages.bring_back(COMPARISON)
            self._comparison.compare(())
