"""The splits that a YOLO data file names: what is learnt, what is held out, what is neither."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from engine.annotations import yolo, yolo_data_file
from engine.annotations.reading import DATA_FILES
from engine.errors import InputError

TRAIN, VAL, TEST = yolo_data_file.SPLITS


class NamedSplits:
    """Which split a label file belongs to, by its folder.

    Only a `val` that names other folders than `train` makes a split: many data files, ours
    among them, name one folder for both, and then pictures are held out by lot.

    Args:
        path: a data file, or the folder of a data set that has one.
    """

    def __init__(self, path: Path) -> None:
        self._file = _data_file(path)
        self._of_folder: dict[Path, str] = {}
        self._names: dict[str, dict[int, str]] = defaultdict(dict)
        self._missing = ""
        self._last = Path(), ""
        if self._file is None:
            return
        told = yolo_data_file.split_folders(self._file)
        train, val = ({each.resolve() for each in told.get(name, ())} for name in (TRAIN, VAL))
        if val and train and not val & train:
            for split in reversed(
                yolo_data_file.SPLITS
            ):  # a folder of two splits: what is learnt counts
                for folder in told.get(split, ()):
                    self._of_folder[folder.resolve()] = split
        elif not val:
            self._missing = ", ".join(yolo_data_file.read_yaml_lists(self._file).get(VAL, ()))

    def of(self, file: Path) -> str:
        """The split of a label file, "" where none is named for it."""
        if not self._of_folder:
            return ""
        if file.parent != self._last[0]:  # a folder's files come one after the other
            self._last = file.parent, self._of_folder.get(file.parent.resolve(), "")
        return self._last[1]

    def take_names(self, split: str, names: Mapping[int, str]) -> None:
        """The classes' names by number that hold for a label file of a split."""
        self._names[split].update(names)

    def check_names(self) -> None:
        """Refuse classes that are called otherwise in what is learnt and what is held out.

        Raises:
            InputError: they are.
        """
        train, val = self._names[TRAIN], self._names[VAL]
        if train and val and train != val:
            numbers = sorted(train.keys() | val.keys())
            number = next(each for each in numbers if train.get(each) != val.get(each))
            raise InputError(
                "data.split_classes", path=self._file, number=number,
                train=train.get(number, "–"), val=val.get(number, "–"),
            )  # fmt: skip

    def notes(self, splits: Mapping[int | str, str]) -> tuple[str, ...]:
        """What there is to say of the splits of pictures, a sentence each."""
        if self._file is None:
            return ()
        name = self._file.name
        if self._missing:
            return (
                f"{name}: its val ({self._missing}) has no labels: pictures are held out by lot.",
            )
        if not splits:
            return ()
        counts = Counter(splits.values())
        unused = f"; {counts[TEST]} of its test are not used" if counts[TEST] else ""
        return (f"{name}: the {counts[VAL]} pictures of its val are held out{unused}.",)


def _data_file(path: Path) -> Path | None:
    """The YOLO data file that a path means, if it means one."""
    if path.is_dir():
        named = (path / name for name in yolo.NAME_FILES if name.endswith(DATA_FILES))
        return next((file for file in named if file.is_file()), None)
    return path if path.suffix.lower() in DATA_FILES else None
