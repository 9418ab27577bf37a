"""Where data sets lay pictures and their annotations: each from the other.

COCO          annotations/instances_train2017.json     train2017/a.jpg
CVAT          annotations/instances_default.json       images/a.jpg, images/default/a.jpg
Roboflow      train/_annotations.coco.json             train/a.jpg
Ultralytics   labels/train/a.txt, data.yaml            images/train/a.jpg
Pascal VOC    Annotations/a.xml                        JPEGImages/a.jpg
LabelMe       a.json                                   a.jpg
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from engine.errors import InputError
from engine.pictures.dataset_folders import PICTURES
from engine.pictures.reader import SUFFIXES

LABELS = ("labels", "annotations", "Annotations")  # and those of label files
NAMED = ("annotations.json", "_annotations.coco.json")  # taken where others lie beside them
SPLITS = ("train", "valid", "val", "test")


def parts(name: str) -> tuple[str, ...]:
    """The parts of a path as an annotation file gives it, without a drive or a root."""
    kept = PurePosixPath(name.replace("\\", "/")).parts
    return tuple(part for part in kept if part not in ("/", ".", "..") and not part.endswith(":"))


def picture_folders(file: Path, images: Path | None = None) -> list[Path]:
    """The folders in which the pictures of an annotation file may lie, the likeliest first.

    Args:
        images: a folder that was named for them.
    """
    folder, above = file.parent, file.parent.parent
    split = file.stem.rpartition("_")[2]
    found = [] if images is None else [images, *(images / name for name in PICTURES)]
    found.append(folder)
    found += [folder / name for name in PICTURES]
    if folder.name in LABELS or folder.name in PICTURES:
        for name in (split, folder.name):
            found += [above / each / name for each in PICTURES]
        found += [above / split, above]
    elif above.name in LABELS:  # labels/train/a.txt
        found += [above.parent / name / folder.name for name in PICTURES]
    found += [above / name for name in PICTURES]
    return list(dict.fromkeys(found))


def find_picture(folders: Sequence[Path], name: str, *, shorten: bool) -> Path | None:
    """The picture that an annotation file calls by a path; None where it is nowhere.

    Args:
        folders: of `picture_folders`.
        shorten: whether the folders at the path's beginning may be left out, one by one,
            where it is not there as it stands.
    """
    if os.path.isabs(name) and _is_file(Path(name)):
        return Path(name)
    for folder in folders:
        if _is_file(folder / name.lstrip("/")):
            return folder / name.lstrip("/")
    kept = parts(name)
    for first in range(len(kept) if shorten else 0):
        for folder in folders:
            path = folder.joinpath(*kept[first:])
            if _is_file(path):
                return path
    return None


def said(folders: Sequence[Path], file: Path) -> str:
    """The folders that were looked into, for a sentence, as seen from an annotation file."""
    names = []
    for folder in folders:
        try:
            names.append(os.path.relpath(folder, file.parent) + "/")
        except ValueError:  # another drive
            names.append(str(folder))
    return ", ".join(names)


def picture_named(file: Path, images: Path | None = None) -> Path | None:
    """The picture that is called as its annotation file, but for the suffix."""
    for folder in picture_folders(file, images):
        for suffix in SUFFIXES:
            for each in (suffix, suffix.upper()):
                if _is_file(folder / (file.stem + each)):
                    return folder / (file.stem + each)
    return None


def label_folders(picture: Path) -> list[Path]:
    """The folders in which a label file of a picture may lie, the likeliest first."""
    folder, above = picture.parent, picture.parent.parent
    found = [folder, *(folder / name for name in LABELS), *(above / name for name in LABELS)]
    for number, part in reversed(list(enumerate(folder.parts))):
        if part in PICTURES:  # images/train/a.jpg: labels/train/a.txt
            root, rest = Path(*folder.parts[:number]), folder.parts[number + 1 :]
            found += [root.joinpath(name, *rest) for name in LABELS]
            found += [root / name for name in LABELS]
            break
    return list(dict.fromkeys(found))


def shared_folders(picture: Path) -> list[Path]:
    """The folders in which one file for many pictures may lie, the likeliest first."""
    above = picture.parent.parent
    found = [*label_folders(picture), above, *(above.parent / name for name in LABELS)]
    return list(dict.fromkeys(found))


def inner_folders(folder: Path) -> Iterator[Path]:
    """The folders of label files in the folder of a data set."""
    for root in (folder, *(folder / name for name in SPLITS)):
        if root != folder and root.is_dir():
            yield root
        for name in LABELS:
            if (root / name).is_dir():
                yield root / name
                yield from sorted(each for each in (root / name).iterdir() if each.is_dir())


def labels_of_images(folder: Path) -> Path:
    """Where the labels of a folder of pictures lie: images/train -> labels/train."""
    kept = list(folder.parts)
    for number in reversed(range(len(kept))):
        if kept[number] in PICTURES:
            kept[number] = LABELS[0]
            return Path(*kept)
    return folder


def names_files(file: Path, names: Sequence[str]) -> Iterator[Path]:
    """The files of the given names that belong to a label file: beside it or above, up to its
    data set's folder."""
    for folder in (file.parent, *list(file.parents)[1:4]):
        for name in names:
            if _is_file(folder / name):
                yield folder / name


def find_json(path: Path) -> Path:
    """The COCO JSON that a path means: the file itself, or the one in the folder.

    Raises:
        InputError: there is none, or a folder holds several.
    """
    if not path.is_dir():
        if not path.is_file():
            raise InputError("file.missing", path=path)
        return path
    looked = [path, *(path / name for name in LABELS), *(path / name for name in SPLITS)]
    found: list[Path] = []
    for folder in looked:
        there = sorted(folder.glob("*.json"))
        found += [file for file in there if file.name in NAMED] or there
        if found and folder == path:
            break
    if len(found) == 1:
        return found[0]
    if not found:
        names = ", ".join(f"{name}/" for name in (*LABELS, *SPLITS))
        raise InputError("data.no_json", path=path, looked=names)
    told = ", ".join(str(each.relative_to(path)) for each in found[:8])
    raise InputError("data.several_json", path=path, count=len(found), found=told)


def same_file(first: Path, second: Path) -> bool:
    """Whether two paths lead to one file."""
    if os.path.abspath(first) == os.path.abspath(second):
        return True
    try:
        return os.path.samefile(first, second)
    except (OSError, ValueError):
        return False


def shared_end(first: Sequence[str], second: Sequence[str]) -> int:
    """How many parts at the ends of two paths are the same."""
    count = 0
    for one, other in zip(reversed(first), reversed(second), strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no system has
        return False
