"""Compile the translations: a step of every build, and `python -m resources.build` by hand.

The `.ts` files are the source and are kept in git; the `.qm` files that Qt
loads are made from them for a wheel, for an editable install and by make.
"""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

from setuptools.command.build_py import build_py

TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def lrelease() -> Path:
    """Qt's translation compiler, which lies inside PySide6-Essentials.

    Raises:
        FileNotFoundError: PySide6-Essentials is not installed.
    """
    spec = find_spec("PySide6")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        program = Path(place) / ("lrelease.exe" if os.name == "nt" else "lrelease")
        if program.is_file():
            return program
    raise FileNotFoundError("lrelease: install PySide6-Essentials to compile the translations")


def compile_translations() -> list[Path]:
    """Compile every `.ts` that is newer than its `.qm`; gives the `.qm` files written."""
    written = []
    for source in sorted(TRANSLATIONS.glob("*.ts")):
        target = source.with_suffix(".qm")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target.with_suffix(f".{os.getpid()}.qm")
        subprocess.run([lrelease(), "-silent", source, "-qm", fresh], check=True)
        fresh.replace(target)  # a program that runs has the old one mapped into its memory
        written.append(target)
    return written


class BuildPy(build_py):
    """setuptools' `build_py` with the translations compiled first."""

    def run(self) -> None:
        compile_translations()
        super().run()


if __name__ == "__main__":
    for path in compile_translations():
        print(path)
