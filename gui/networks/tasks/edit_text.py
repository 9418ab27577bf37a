"""What the Edit menu calls the changes of a race on a task."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.networks.tasks.setup import TaskSetup, settings_of
from gui.racing import schedule_changes
from gui.racing.entries import racer_title
from gui.racing.schedule_form import TITLES

TASK = QT_TRANSLATE_NOOP("tasks", "task {old} → {new}")
VALUE = QT_TRANSLATE_NOOP("tasks", "{name} {old} → {new}")
SETTING = QT_TRANSLATE_NOOP("tasks", "{key} of {name} {old} → {new}")
SWITCHED_ON = QT_TRANSLATE_NOOP("tasks", "{name} on")
SWITCHED_OFF = QT_TRANSLATE_NOOP("tasks", "{name} off")
ADDED = QT_TRANSLATE_NOOP("tasks", "add {name}")
REMOVED = QT_TRANSLATE_NOOP("tasks", "remove {name}")
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
SCHEDULE_WORDS = {
    "schedule": QT_TRANSLATE_NOOP("tasks", "schedule"),
    schedule_changes.RADIUS: QT_TRANSLATE_NOOP("tasks", "jog radius"),
    schedule_changes.PATIENCE: QT_TRANSLATE_NOOP("tasks", "patience"),
    schedule_changes.TOLERANCE: QT_TRANSLATE_NOOP("tasks", "tolerance"),
    schedule_changes.STARTS: QT_TRANSLATE_NOOP("tasks", "starts"),
}


def word(text: str) -> str:
    """A text of this table in the window's language."""
    return QCoreApplication.translate("tasks", text)


def say(template: str, **fields: object) -> str:
    """A translated text with its facts; numbers are written in the window's language."""
    return word(template).format(**{key: written(value) for key, value in fields.items()})


def written(value: object) -> str:
    """A value as the Edit menu writes it: a number, an activation, the sizes of layers."""
    if isinstance(value, float | int):
        return number_text.write(float(value), digits=4)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "–"
    return str(value)


def title_of(setup: TaskSetup, name: str) -> str:
    """A racer's title by its name."""
    entry = setup.entry(name)
    return racer_title(entry) if entry is not None else name


def task_text(before: TaskSetup, after: TaskSetup) -> str:
    """Another task."""
    old, new = (engine_text(setup.task().title) for setup in (before, after))
    return say(TASK, old=old, new=new)


def value_text(setup: TaskSetup, name: str, value: object) -> str:
    """Another number, net or seed."""
    old = getattr(setup.resolved(), name)
    return say(VALUE, name=word(VALUE_WORDS[name]), old=old, new=value)


def setting_text(setup: TaskSetup, name: str, key: str, value: float) -> str:
    """Another learning rate, momentum ... of one racer."""
    entry = setup.entry(name)
    old = value if entry is None else settings_of(entry, setup.task())[key]
    return say(SETTING, key=key, name=title_of(setup, name), old=old, new=value)


def schedule_text(setup: TaskSetup, name: str, schedule: str) -> str:
    """Another schedule of one racer's learning rate."""
    entry = setup.entry(name)
    old, new = TITLES[schedule if entry is None else entry.racer.schedule], TITLES[schedule]
    return say(
        SETTING,
        key=word(SCHEDULE_WORDS["schedule"]),
        name=title_of(setup, name),
        old=QCoreApplication.translate("racing", old),
        new=QCoreApplication.translate("racing", new),
    )


def schedule_value_text(setup: TaskSetup, name: str, key: str, value: float) -> str:
    """Another setting of a racer's schedule, its jog, or its number of starts."""
    entry = setup.entry(name)
    old = value if entry is None else schedule_changes.value_of(entry.racer, key)
    shown = word(SCHEDULE_WORDS[key]) if key in SCHEDULE_WORDS else key
    return say(SETTING, key=shown, name=title_of(setup, name), old=old, new=value)
