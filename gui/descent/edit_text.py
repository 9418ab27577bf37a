"""What a change is called in the Edit menu."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from engine.descent.data_fit.dataset import DataSpec
from gui import number_text
from gui.descent.setup import Setup
from gui.descent.spec_limits import Clamp
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text

SURFACE = QT_TRANSLATE_NOOP("descent", "surface {old} → {new}")
FORMULA = QT_TRANSLATE_NOOP("descent", "formula {new}")
OWN_FORMULA = QT_TRANSLATE_NOOP("descent", "Your formula")
PARAMETER = QT_TRANSLATE_NOOP("descent", "{name} {old} → {new}")
START = QT_TRANSLATE_NOOP("descent", "start at ({x}; {y})")
OPENED = QT_TRANSLATE_NOOP("descent", "open a race")
LECTURE = QT_TRANSLATE_NOOP("descent", "a race of the lecture")
PASTED = QT_TRANSLATE_NOOP("descent", "paste a race")

RACE_WORDS = {
    "steps": QT_TRANSLATE_NOOP("descent", "steps"),
    "noise": QT_TRANSLATE_NOOP("descent", "noise"),
    "seed": QT_TRANSLATE_NOOP("descent", "seed"),
}
DATA_WORDS = {
    "batch": QT_TRANSLATE_NOOP("descent", "batch of {value}"),
    "count": QT_TRANSLATE_NOOP("descent", "{value} examples"),
    "seed": QT_TRANSLATE_NOOP("descent", "data seed {value}"),
}
FULL_BATCH = QT_TRANSLATE_NOOP("descent", "full batch")
# What a switch of the data is called when it is on, and when off.
DATA_SWITCHES = {
    "reshuffle": (
        QT_TRANSLATE_NOOP("descent", "reshuffle on"),
        QT_TRANSLATE_NOOP("descent", "reshuffle off"),
    ),
    "online": (
        QT_TRANSLATE_NOOP("descent", "online on"),
        QT_TRANSLATE_NOOP("descent", "online off"),
    ),
}
OUTLIER = QT_TRANSLATE_NOOP("descent", "outlier at ({u}; {v})")
NO_OUTLIER = QT_TRANSLATE_NOOP("descent", "no outlier")
CLAMPED = QT_TRANSLATE_NOOP(
    "descent", "{name}: {given} in the file is beyond what the window shows; {kept} is set."
)
LONGEST_FORMULA = 30


def say(template: str, **fields: object) -> str:
    """A translated text with its facts; numbers are written in the window's language."""
    shown = {
        key: number_text.write(value, digits=4) if isinstance(value, float) else value
        for key, value in fields.items()
    }
    return QCoreApplication.translate("descent", template).format(**shown)


def surface_name(setup: Setup) -> str:
    """The title of a setup's surface."""
    if setup.race.formula is not None:
        return QCoreApplication.translate("descent", OWN_FORMULA)
    return engine_text(setup.surface().title)


def short_formula(text: str) -> str:
    return text if len(text) <= LONGEST_FORMULA else f"{text[: LONGEST_FORMULA - 1]}…"


def clamped_text(changed: Iterable[Clamp]) -> str:
    """A sentence for each number of a race that was changed."""
    word = QCoreApplication.translate
    return " ".join(
        say(CLAMPED, name=word("descent", RACE_WORDS[name]), given=f"{given:d}", kept=f"{kept:d}")
        for name, given, kept in changed
    )


def parameter_text(setup: Setup, name: str, value: float) -> str:
    """Another condition number ... of the surface."""
    fact = setup.surface().parameters[name]
    old = float(setup.race.parameters.get(name, fact.default))
    word = name if fact.soft else engine_text(name)
    return say(PARAMETER, name=word, old=old, new=value)


def race_text(setup: Setup, name: str, value: float) -> str:
    """Another number of steps, noise or seed; whole numbers to their last digit."""
    word = QCoreApplication.translate("descent", RACE_WORDS[name])
    return say(PARAMETER, name=word, old=getattr(setup.race, name), new=value)


def data_text(data: DataSpec, name: str) -> str:
    """Another batch size, an outlier ... of the data."""
    if name == "outlier":
        if data.outlier is None:
            return say(NO_OUTLIER)
        return say(OUTLIER, u=float(data.outlier[0]), v=float(data.outlier[1]))
    if name in DATA_SWITCHES:
        on, off = DATA_SWITCHES[name]
        return say(on if getattr(data, name) else off)
    value = getattr(data, name)
    return say(FULL_BATCH) if name == "batch" and not value else say(DATA_WORDS[name], value=value)
