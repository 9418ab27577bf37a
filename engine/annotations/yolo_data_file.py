"""A YOLO data file (data.yaml): its entries as text, and the folders that it names.

No YAML library is needed for these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.annotations.files import read_text
from engine.annotations.layouts import labels_of_images
from engine.errors import InputError
from engine.file_text import printable

SPLITS = ("train", "val", "test")  # as data files call them
_ENTRY = re.compile(r"""\s*((?:\d+\s*:\s*)?(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^,]*))\s*(?:,|$)""")

# A line of YAML before its comment; a # in a quoted text, or within a word, begins none.
_UNCOMMENTED = re.compile(
    r"""(?:(?<![^\s,\[{])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<=\S)#|[^#])*"""
)


def read_yaml_lists(file: Path) -> dict[str, list[str]]:
    """The entries of every key at the beginning of a line of a YAML file, as text.

    A value alone, `[a, b]`, `{0: a, 1: b}`, or a line each that begins with `-` or `0:`.

    Raises:
        InputError: it cannot be opened.
    """
    found: dict[str, list[str]] = {}
    key = ""
    for line in printable(read_text(file)).split("\n"):
        kept = _UNCOMMENTED.match(line)
        line = kept[0].rstrip() if kept else ""
        top = re.match(r"""["']?([A-Za-z_]\w*)["']?[ \t]*:(?:\s+|$)(.*)""", line)
        if top is not None:
            key = top[1]
            found[key] = [top[2]]
        elif key:
            found[key].append(line)
    return {key: list(_entries(lines)) for key, lines in found.items()}


def label_folders(file: Path) -> list[Path]:
    """The folders of label files of the data set that a YOLO data file describes.

    Raises:
        InputError: it cannot be opened, or none of them is there.
    """
    there = list(dict.fromkeys(each for some in split_folders(file).values() for each in some))
    if not there:
        raise InputError("truth.none", path=file)
    return there


def split_folders(file: Path) -> dict[str, list[Path]]:
    """The folders of label files of each of `SPLITS` that a YOLO data file names, those there.

    Raises:
        InputError: it cannot be opened.
    """
    found = read_yaml_lists(file)
    root = file.parent.joinpath(*found.get("path", [])[:1])
    roots = [root if root.is_dir() else file.parent, file.parent]
    return {
        split: [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
        for split in SPLITS
        if (
            folders := [
                labels_of_images(each / unquoted(name).replace("\\", "/").removeprefix("../"))
                for each in roots
                for name in found.get(split, ())
            ]
        )
    }


def _entries(lines: Sequence[str]) -> Iterator[str]:
    first = lines[0].strip()
    if first[:1] in ("[", "{") and first:
        inside = " ".join(lines).strip()[1:].rpartition("]" if first[0] == "[" else "}")[0]
        yield from (each for found in _ENTRY.finditer(inside) if (each := found[1].strip()))
    elif first:
        yield unquoted(first)
    else:
        for line in lines[1:]:
            if (item := re.match(r"\s*(?:-\s+)?(\S.*)$", line)) is not None:
                yield item[1]


def unquoted(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) >= 2 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:  # an escape that only YAML has
            return text[1:-1]
    return text
