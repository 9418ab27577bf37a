"""What the Edit menu calls the changes of racers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from gui import number_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing import schedule_changes
from gui.racing.entries import racer_title
from gui.racing.race_setup import RaceSetup
from gui.racing.schedule_form import TITLES

SETTING = QT_TRANSLATE_NOOP("racing", "{key} of {name} {old} → {new}")
SETTINGS = QT_TRANSLATE_NOOP("racing", "{name} with {settings}")
SCHEDULE = QT_TRANSLATE_NOOP("racing", "schedule of {name} {old} → {new}")
SWITCHED_ON = QT_TRANSLATE_NOOP("racing", "{name} on")
SWITCHED_OFF = QT_TRANSLATE_NOOP("racing", "{name} off")
ADDED = QT_TRANSLATE_NOOP("racing", "add {name}")
REMOVED = QT_TRANSLATE_NOOP("racing", "remove {name}")
SCHEDULE_WORDS = {
    schedule_changes.RADIUS: QT_TRANSLATE_NOOP("racing", "jog radius"),
    schedule_changes.PATIENCE: QT_TRANSLATE_NOOP("racing", "patience"),
    schedule_changes.TOLERANCE: QT_TRANSLATE_NOOP("racing", "tolerance"),
    schedule_changes.STARTS: QT_TRANSLATE_NOOP("racing", "starts"),
}


def say(template: str, **fields: object) -> str:
    """A translated text with its facts; numbers are written in the window's language."""
    shown = {
        key: number_text.write(value, digits=4) if isinstance(value, float) else value
        for key, value in fields.items()
    }
    return _word(template).format(**shown)


def title_of(setup: RaceSetup, name: str) -> str:
    """A racer's title by its name."""
    entry = setup.entry(name)
    return racer_title(entry) if entry is not None else name


def enabled_text(setup: RaceSetup, name: str, enabled: bool) -> str:
    """A racer takes part, or rests."""
    return say(SWITCHED_ON if enabled else SWITCHED_OFF, name=title_of(setup, name))


def setting_text(setup: RaceSetup, name: str, key: str, value: float) -> str:
    """Another learning rate, momentum ... of one racer."""
    old = setup.settings()[name][key] if setup.entry(name) is not None else value
    return say(SETTING, key=key, name=title_of(setup, name), old=float(old), new=float(value))


def settings_text(setup: RaceSetup, name: str, settings: Mapping[str, float]) -> str:
    """Other settings of one racer at once: `SGD with lr 0.01, momentum 0.9`."""
    written = [f"{key} {number_text.write(value, digits=4)}" for key, value in settings.items()]
    return say(SETTINGS, name=title_of(setup, name), settings=", ".join(written))


def schedule_text(setup: RaceSetup, name: str, schedule: str) -> str:
    """Another schedule of one racer's learning rate."""
    entry = setup.entry(name)
    old = TITLES[entry.racer.schedule if entry is not None else schedule]
    new = TITLES[schedule]
    return say(SCHEDULE, name=title_of(setup, name), old=_word(old), new=_word(new))


def schedule_value_text(setup: RaceSetup, name: str, key: str, value: float) -> str:
    """Another setting of a racer's schedule, its jog, or its number of starts."""
    entry = setup.entry(name)
    old = schedule_changes.value_of(entry.racer, key) if entry is not None else value
    word = _word(SCHEDULE_WORDS[key]) if key in SCHEDULE_WORDS else key
    return say(SETTING, key=word, name=title_of(setup, name), old=float(old), new=float(value))


def added_text(setup: RaceSetup, name: str) -> str:
    """One more racer; it is in the setup already."""
    return say(ADDED, name=title_of(setup, name))


def removed_text(setup: RaceSetup, name: str) -> str:
    """A racer goes; it is in the setup still."""
    return say(REMOVED, name=title_of(setup, name))


def _word(text: str) -> str:
    return QCoreApplication.translate("racing", text)
