"""What the files written for many inputs are called: flat, never twice, never an input."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from engine.export.formats import OneEach, writers


def output_stems(paths: Sequence[Path], *, folder: Path, formats: Sequence[str]) -> list[str]:
    """The stem of each input's output files.

    `a.jpg` gives `a`. Inputs with one stem keep their extensions (`a.jpg`,
    `a.png`), equal base names are counted (`a`, `a-2`), and a name that would
    replace an input keeps its extension too. Upper and lower case count as
    one, as they do on half the world's disks.

    Args:
        paths: the inputs.
        folder: where the outputs go.
        formats: which of `engine.export.formats.writers()` are written.
    """
    names = _distinct([path.name for path in paths])
    stems = Counter(Path(name).stem.casefold() for name in names)
    forms = writers()
    suffixes = [form.suffix for form in map(forms.get, formats) if isinstance(form, OneEach)]
    inputs = {_key(path) for path in paths}
    reserved = {form.file_name for form in forms.values() if not isinstance(form, OneEach)}
    reserved.update(
        name for form in forms.values() if isinstance(form, OneEach) for name in form.beside
    )
    taken: set[str] = set()

    def free(stem: str) -> bool:
        files = [stem + suffix for suffix in suffixes]
        return (
            stem.casefold() not in taken
            and not any(name.casefold() in reserved for name in files)
            and not any(_key(folder / name) in inputs for name in files)
        )

    out = []
    for name in names:
        stem = Path(name).stem
        wanted = stem if stems[stem.casefold()] == 1 else name
        options = [wanted, name]
        chosen = next((option for option in options if free(option)), None)
        if chosen is None:
            chosen = next(option for n in count(2) if free(option := f"{name}-{n}"))
        taken.add(chosen.casefold())
        out.append(chosen)
    return out


def batch_files(paths: Sequence[Path], *, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Every file that a batch over these inputs may write."""
    files = []
    stems = output_stems(paths, folder=folder, formats=formats)
    for form in map(writers().__getitem__, formats):
        if isinstance(form, OneEach):
            files += [folder / (stem + form.suffix) for stem in stems]
        else:
            files.append(folder / form.file_name)
    return files


def single_files(
    name: str, *, folder: Path, formats: Sequence[str], source: Path | None = None
) -> dict[str, Path]:
    """The files of one picture by format, its stem before each suffix.

    Args:
        name: the picture's file name, or what stands for it.
        source: the picture's own file, which is stepped aside for.
    """
    files = {}
    for each in formats:
        form = writers()[each]
        suffix = form.suffix if isinstance(form, OneEach) else form.alone
        file = folder / (Path(name).stem + suffix)
        if source is not None and _key(file) == _key(source):
            file = file.with_name(f"{file.stem}-annotated{file.suffix}")
        files[each] = file
    return files


def _distinct(names: Sequence[str]) -> list[str]:
    """Base names, the second `a.jpg` called `a-2.jpg`, stepping aside for a real `a-2.jpg`."""
    real = {name.casefold() for name in names}
    used: set[str] = set()
    out = []
    for name in names:
        if name.casefold() in used:
            stem, suffix = Path(name).stem, Path(name).suffix
            name = next(
                option
                for n in count(2)
                if (option := f"{stem}-{n}{suffix}").casefold() not in used | real
            )
        used.add(name.casefold())
        out.append(name)
    return out


def _key(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
