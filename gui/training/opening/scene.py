"""Opens a scene of the lecture: its run on the pages, its spec in the form, and what is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine import specs
from engine.errors import InputError
from engine.training.spec import TrainSpec
from gui.training.run_pages import RunPages
from gui.training.scenes import Scene
from gui.training.spec_form import Form
from gui.widgets.scene_caption import SceneCaption


def open_scene(
    scene: Scene,
    *,
    form: Form,
    pages: RunPages,
    caption: SceneCaption,
    show_folder: Callable[[Path], None],
    idle: bool,
) -> None:
    """Show a scene.

    Args:
        show_folder: draws the run of a folder.
        idle: whether nothing trains; else the form shows what does, and keeps it.

    Raises:
        InputError: the run's spec cannot be read.
    """
    path = scene.folder / "spec.json"
    try:
        spec = specs.from_json(path.read_text(encoding="utf-8"), TrainSpec)
    except OSError as error:
        raise InputError("file.unreadable", path=path) from error
    if idle:
        form.set_spec(spec)
    show_folder(scene.folder)
    pages.show_page(scene.page)
    caption.show_scene(scene)
