"""A panel that is shown, with the examples of its task."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from engine.networks.tasks.spec import FitSpec, Task
from gui.networks.tasks.pictures.panel import PicturesPanel
from tests.gui.networks.tasks.pictures import records


def shown_panel(qtbot: QtBot, task: Task, racers: int) -> PicturesPanel:
    panel = PicturesPanel()
    qtbot.addWidget(panel)
    panel.resize(800, 420)
    panel.show()
    qtbot.waitExposed(panel)
    panel.set_task(task, FitSpec(task=task.name), records.racers(racers))
    if task is records.CLASSES:
        panel.show_examples(records.class_examples())
    elif task is records.NUMBERS:
        panel.show_examples(records.number_examples())
    elif task is records.DIGITS:
        panel.show_examples(records.digit_examples())
    return panel
