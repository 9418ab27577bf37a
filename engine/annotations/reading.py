"""Ground truth of a file, of a folder, or of what lies beside a picture; none of it needs torch.

Which formats there are, how each is recognised and read: `engine.export.formats.FORMATS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from engine.annotations.ground_truth import GroundTruth
from engine.errors import InputError
from engine.export.formats import FORMATS, Reader

BESIDE = ("", "labels", "annotations", "Annotations")  # folders of label files
MOST_FILES = 20  # files of a folder that are looked into for one that holds all pictures


def readers() -> tuple[Reader, ...]:
    """How the formats are read that ground truth may have."""
    return tuple(form.reader for form in FORMATS.values() if form.reader is not None)


def titles() -> list[str]:
    """What the formats of ground truth are called."""
    return [reader.title for reader in readers()]


def suffixes() -> list[str]:
    """What files of ground truth end in."""
    return sorted({reader.suffix for reader in readers()})


def read_truth(path: Path) -> dict[str, GroundTruth]:
    """The ground truth of a file, or of all files in a folder, by the pictures' base names.

    YOLO files need their pictures beside them: their numbers are parts of the sides.

    Raises:
        InputError: there is none, a file is not what it looks like, or of no known format.
    """
    path = Path(path)
    if path.is_dir():
        found: dict[str, GroundTruth] = {}
        for file in sorted(path.iterdir()):
            try:
                found.update(_read(file))
            except InputError:
                continue  # another file's neighbour; a file named outright is told
        if not found:
            raise InputError("truth.none", path=path)
        return found
    if not path.is_file():
        raise InputError("file.missing", path=path)
    return dict(_read(path))


def _read(file: Path) -> Mapping[str, GroundTruth]:
    """What a file holds, by the first format that knows it, or by what its name ends in."""
    fitting = [each for each in readers() if each.suffix == file.suffix.lower()]
    if not fitting:
        raise InputError("export.unknown_format", path=file, known=", ".join(suffixes()))
    reader = next((each for each in fitting if each.looks_like(file)), fitting[0])
    return reader.read(file)


def find_truth(picture: Path, size: tuple[int, int] | None = None) -> GroundTruth | None:
    """What is marked in a picture, by a file beside it or in the folders that data sets use.

    Args:
        size: (height, width) of the picture, where it is known.

    Raises:
        InputError: there is a file and it is damaged.
    """
    folders = [picture.parent / name for name in BESIDE]
    folders += [picture.parent.parent / name for name in BESIDE[1:]]
    own = [each for each in readers() if not each.shared]
    own.sort(key=_says_nothing)
    for folder in folders:
        for reader in own:
            file = folder / (picture.stem + reader.suffix)
            if file.is_file() and reader.looks_like(file):
                return _of_picture(reader, file, picture, size)
    for folder in (*folders, picture.parent.parent):
        for reader in readers():
            if not reader.shared or not folder.is_dir():
                continue
            files = list(islice(folder.glob(f"*{reader.suffix}"), MOST_FILES + 1))
            if len(files) > MOST_FILES:
                continue  # a file a picture: this picture's is not among them
            for file in sorted(files):
                if not reader.looks_like(file):
                    continue
                found = _of_picture(reader, file, picture, size)
                if found is not None:
                    return found
    return None


def _says_nothing(reader: Reader) -> bool:
    """Plain text may be anything: what has a structure of its own is looked at first."""
    return reader.suffix == ".txt"


def _of_picture(
    reader: Reader, file: Path, picture: Path, size: tuple[int, int] | None
) -> GroundTruth | None:
    """What a file says of a picture, whatever the file calls it if it is the picture's own."""
    if reader.read_for is not None:
        return reader.read_for(file, picture, size)
    found = reader.read(file)
    if reader.shared:
        return found.get(picture.name)
    (truth,) = found.values()
    return replace(truth, file_name=picture.name)
