"""Joins the panels in which the race is set with the editor that changes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.networks.tasks.editor import Editor
from gui.networks.tasks.pictures.panel import PicturesPanel
from gui.networks.tasks.setup import TaskSetup, TaskStore
from gui.networks.tasks.task_form import TaskForm
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.racers_editor import join


class SettingsController(QObject):
    """Passes on what is set in the panels and pictures, and shows in them what is set.

    Signals:
        failed: why something was refused.
    """

    failed = Signal(object)

    def __init__(
        self,
        store: TaskStore,
        editor: Editor,
        form: TaskForm,
        optimizers: OptimizerTable,
        pictures: PicturesPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._form = form
        self._optimizers = optimizers
        form.task_chosen.connect(editor.choose_task)
        form.changed.connect(editor.set_value)
        form.start_changed.connect(editor.set_start)
        join(optimizers, editor)
        pictures.painted.connect(editor.paint)
        pictures.start_moved.connect(editor.drag_start)
        editor.refused.connect(self._on_refused)
        store.changed.connect(self._on_changed)
        self._show(store.setup)

    def _on_changed(self, before: TaskSetup, after: TaskSetup) -> None:
        self._show(after)

    def _show(self, setup: TaskSetup) -> None:
        self._form.show_setup(setup)
        self._optimizers.show_entries(setup.entries, setup.settings())

    def _on_refused(self, error: Exception) -> None:
        """Say why, and show what is still set."""
        self.failed.emit(error)
        self._show(self._store.setup)
