"""Languages of the window, switched while it runs."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

# Each language by its own name, which is never translated.
LANGUAGES = {"en": "English", "ru": "Русский"}
LOCALES = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
    "ru": QLocale(QLocale.Language.Russian, QLocale.Country.Russia),
}


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # lupdate knows this name
    """Mark a text of a table for translation; Qt's own has no useful type."""
    return text


_installed: list[QTranslator] = []
_current: list[str] = ["en"]


def folder() -> Path:
    """Where the translations lie."""
    return Path(str(files("resources"))) / "translations"


def current() -> str:
    """The language shown now, a key of `LANGUAGES`."""
    return _current[0]


def preferred() -> str:
    """The desktop's language where we have it, else English."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


def apply(language: str) -> None:
    """Speak a language: numbers, our texts and Qt's own; every widget hears of it."""
    app = QCoreApplication.instance()
    if app is None or language not in LANGUAGES:
        return
    _current[0] = language
    # First the locale: widgets write their numbers anew when the translators change.
    locale = QLocale(LOCALES[language])
    # 1234.5 and not 1,234.5: a comma is the decimal sign of half our readers.
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(locale)
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in (("qtbase", qt_folder), ("thalweg", str(folder()))):
        translator = QTranslator(app)
        if translator.load(f"{name}_{language}", place):
            app.installTranslator(translator)
            _installed.append(translator)
    if not _installed:
        # Removing nothing and installing nothing tells nobody: an empty one does.
        translator = QTranslator(app)
        app.installTranslator(translator)
        _installed.append(translator)
