"""Gather every text of the window into the .ts files: `make translations`.

lupdate reads the window's own sources. The sentences, titles and class names that
the engine keeps in English are no literals of the window, so they are written into
one Python file of marks for the time of the run.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ru",)


def engine_texts() -> Iterator[tuple[str, str]]:
    """(context, text) of everything that the window translates for the engine."""
    from engine.annotations import remarks
    from engine.descent.surfaces.registry import SURFACES
    from engine.detection.models.zoo import models
    from engine.errors import MESSAGES
    from engine.export.formats import FORMATS
    from engine.networks.backprop import sheets
    from engine.networks.backprop.activations import ACTIVATIONS
    from engine.networks.tasks.registry import TASKS
    from engine.optimizers.registry import OPTIMIZERS
    from engine.specs import WORDS
    from engine.training.augmentation import settings
    from engine.training.data_check import findings

    for sentence in MESSAGES.values():
        yield "errors", sentence
    for text in (*remarks.texts(), *findings.texts()):
        yield "engine", text
    for surface in SURFACES.values():
        yield "engine", surface.title
        if remark := surface.formula.partition(", ")[2]:
            yield "engine", remark
        for name in surface.parameters:
            yield "engine", name
    for optimizer in OPTIMIZERS.values():
        yield "engine", optimizer.title
        if optimizer.note:
            yield "engine", optimizer.note
    for activation in ACTIVATIONS.values():
        yield "engine", activation.title
    for task in TASKS.values():
        yield "engine", task.title
        yield "engine", task.summary
    for text in (*sheets.TEXTS, *WORDS):
        yield "engine", text
    for model in models():
        if model.source != "run":
            yield "engine", model.title
    for form in FORMATS.values():
        yield "engine", form.title
    for setting in settings().values():
        yield "engine", setting.title
        yield "engine", setting.hint
    yield from (("engine", kind) for kind in kinds())


def kinds() -> list[str]:
    """Words that errors put into their sentences, by reading the engine's sources."""
    found: set[str] = set()
    for path in (ROOT / "engine").rglob("*.py"):
        found.update(re.findall(r'\bkind="([A-Z][^"]*)"', path.read_text(encoding="utf-8")))
    return sorted(found)


def gather(targets: Sequence[Path], *, quiet: bool = False) -> int:
    """Update .ts files; translations that are there stay.

    Returns:
        lupdate's exit code.
    """
    with tempfile.TemporaryDirectory() as folder:
        marks = Path(folder) / "engine_texts.py"
        lines = {
            f"QT_TRANSLATE_NOOP({context!r}, {text!r})\n": None for context, text in engine_texts()
        }
        marks.write_text("".join(lines), encoding="utf-8")
        sources = [str(path) for path in sorted((ROOT / "gui").rglob("*.py"))]
        tool = Path(sys.executable).with_name("pyside6-lupdate")
        command = [str(tool), "-locations", "none", "-no-obsolete", *sources, str(marks)]
        done = subprocess.run(
            [*command, "-ts", *(str(path) for path in targets)],
            check=False,
            stdout=subprocess.DEVNULL if quiet else None,
        )
        return done.returncode


def main() -> int:
    """Update the .ts of every language."""
    sys.path.insert(0, str(ROOT))
    folder = ROOT / "resources" / "translations"
    return gather([folder / f"thalweg_{code}.ts" for code in LANGUAGES])


if __name__ == "__main__":
    sys.exit(main())
