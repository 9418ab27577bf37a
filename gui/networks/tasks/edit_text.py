"""What the Edit menu calls the changes of a race on a task."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.networks.tasks.setup import TaskSetup

TASK = QT_TRANSLATE_NOOP("tasks", "task {old} → {new}")
VALUE = QT_TRANSLATE_NOOP("tasks", "{name} {old} → {new}")
PAINTED = QT_TRANSLATE_NOOP("tasks", "paint examples")
NOT_PAINTED = QT_TRANSLATE_NOOP("tasks", "the task's own examples")
START = QT_TRANSLATE_NOOP("tasks", "start ({u}; {v})")
OPENED = QT_TRANSLATE_NOOP("tasks", "open a race")
PASTED = QT_TRANSLATE_NOOP("tasks", "paste a race")
LECTURE = QT_TRANSLATE_NOOP("tasks", "a race of the lecture")

VALUE_WORDS = {
    "seed": QT_TRANSLATE_NOOP("tasks", "seed"),
    "hidden": QT_TRANSLATE_NOOP("tasks", "hidden layers"),
    "activation": QT_TRANSLATE_NOOP("tasks", "activation"),
    "scale": QT_TRANSLATE_NOOP("tasks", "scale of the weights"),
    "train_count": QT_TRANSLATE_NOOP("tasks", "examples"),
    "test_count": QT_TRANSLATE_NOOP("tasks", "test examples"),
    "noise": QT_TRANSLATE_NOOP("tasks", "noise"),
    "data_seed": QT_TRANSLATE_NOOP("tasks", "seed of the data"),
    "degree": QT_TRANSLATE_NOOP("tasks", "degree"),
    "batch": QT_TRANSLATE_NOOP("tasks", "batch"),
    "decay": QT_TRANSLATE_NOOP("tasks", "weight decay"),
    "patience": QT_TRANSLATE_NOOP("tasks", "early stopping"),
    "steps": QT_TRANSLATE_NOOP("tasks", "steps"),
}


def word(text: str) -> str:
    """A text of this table in the window's language."""
    return QCoreApplication.translate("tasks", text)


def say(template: str, **fields: object) -> str:
    """A translated text with its facts; numbers are written in the window's language."""
    return word(template).format(**{key: written(value) for key, value in fields.items()})


def written(value: object) -> str:
    """A value as the Edit menu writes it: a number, an activation, the sizes of layers."""
    if isinstance(value, float):
        return number_text.write(value, digits=4)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "–"
    return str(value)


def task_text(before: TaskSetup, after: TaskSetup) -> str:
    """Another task."""
    old, new = (engine_text(setup.task().title) for setup in (before, after))
    return say(TASK, old=old, new=new)


def value_text(setup: TaskSetup, name: str, value: object) -> str:
    """Another number, net or seed."""
    old = getattr(setup.resolved(), name)
    return say(VALUE, name=word(VALUE_WORDS[name]), old=old, new=value)
