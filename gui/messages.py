"""Errors as one sentence in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from engine.errors import MESSAGES, Note, ThalwegError
from engine.file_text import printable
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.annotations.remarks import Tally

FILE_ERROR = QT_TRANSLATE_NOOP("messages", "{path}: {reason}.")
OUT_OF_MEMORY = QT_TRANSLATE_NOOP(
    "messages", "There is not enough memory for this; try something smaller."
)
UNEXPECTED = QT_TRANSLATE_NOOP(
    "messages", "Something went wrong inside Thalweg ({kind}: {text}). Your work is still here."
)


def sentence(error: BaseException) -> str:
    """One translated sentence that says what happened, where, and what to do."""
    return printable(_sentence(error))


def _sentence(error: BaseException) -> str:
    if isinstance(error, ThalwegError):
        return thalweg_sentence(error)
    if isinstance(error, OSError) and error.strerror:
        template = QCoreApplication.translate("messages", FILE_ERROR)
        return template.format(path=error.filename or "?", reason=error.strerror)
    if isinstance(error, MemoryError):
        return QCoreApplication.translate("messages", OUT_OF_MEMORY)
    template = QCoreApplication.translate("messages", UNEXPECTED)
    text = " ".join(str(error).split())[:200]
    return template.format(kind=type(error).__name__, text=text)


def thalweg_sentence(error: ThalwegError) -> str:
    """The sentence of the error's code, with the words among its fields translated too."""
    template = QCoreApplication.translate("errors", MESSAGES[error.code])
    fields = {
        name: QCoreApplication.translate("engine", value)
        if name in ("kind", "reason", "expected") and isinstance(value, str)
        else value
        for name, value in error.fields.items()
    }
    return template.format(**fields)


def note_text(note: Note) -> str:
    """One translated line of something that a person should know."""
    return QCoreApplication.translate("errors", MESSAGES[note.code]).format(**dict(note.facts))


def engine_text(text: str) -> str:
    """A title or name that the engine keeps in English, in the window's language."""
    return QCoreApplication.translate("engine", text)


def tally_sentences(tally: Tally) -> list[str]:
    """What of a ground truth was left out or changed, in the window's language."""
    return tally.sentences(engine_text, QLocale().toString)
