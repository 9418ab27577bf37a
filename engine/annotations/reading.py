"""Ground truth of a file, of a folder, or of what lies beside a picture; none of it needs torch.

Which formats there are, how each is recognised and read: `engine.export.formats.FORMATS`.
Where files lie: `engine.annotations.layouts`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from engine.annotations import layouts, yolo_data_file
from engine.annotations.files import picture_head
from engine.annotations.ground_truth import AnnotationFile, Entry, GroundTruth
from engine.annotations.json_stream import Steps, finish
from engine.annotations.remarks import Reason
from engine.errors import InputError
from engine.export.formats import FORMATS, Reader

MOST_FILES = 20  # files of a folder that are looked into for one that holds all pictures
MOST_KEPT = 8  # files for many pictures whose content is remembered
_KEPT: dict[tuple[str, Path, int], Truth | None] = {}  # the oldest first
DATA_FILES = (".yaml", ".yml")  # of YOLO: they name folders


def readers() -> tuple[Reader, ...]:
    """How the formats are read that ground truth may have."""
    return tuple(form.reader for form in FORMATS.values() if form.reader is not None)


def titles() -> list[str]:
    """What the formats of ground truth are called."""
    return [reader.title for reader in readers()]


def suffixes() -> list[str]:
    """What files of ground truth end in."""
    return sorted({reader.suffix for reader in readers()})


class Truth:
    """The ground truth of one file or of several, asked for by picture.

    A picture is known by its path: where its annotation file says that it lies. Only where
    no such file is there is it known by the end of its path, and by its name alone where no
    other picture of the files, and none of `pictures`, has that name.

    Args:
        files: what they hold.
        pictures: all that will be asked for.
        images: a folder in which pictures lie.
        errors: files that could not be read.

    Attributes:
        left_out: what belongs to no picture and could not be used, by reason.
    """

    def __init__(
        self,
        files: Iterable[AnnotationFile],
        *,
        pictures: Sequence[Path] = (),
        images: Path | None = None,
        errors: Mapping[Path, InputError] | None = None,
    ) -> None:
        self._named: dict[str, list[_Place]] = defaultdict(list)
        self._of_stem: dict[str, list[_Place]] = defaultdict(list)
        self._pictures: tuple[Path, ...] = ()
        self._asked: Counter[str] = Counter()
        self.expect(pictures)
        self._errors = {file.stem: error for file, error in (errors or {}).items()}
        self.left_out: Counter[Reason] = Counter()
        for file in files:
            folders = layouts.picture_folders(file.source, images)
            self.left_out.update(file.left_out)
            for entry in file.entries:
                place = _Place(file.source, folders, entry)
                if parts := layouts.parts(entry.name):
                    self._named[parts[-1]].append(place)
                if not file.shared:
                    self._of_stem[file.source.stem].append(place)

    def expect(self, pictures: Sequence[Path]) -> None:
        """Name all pictures that will be asked for from now on."""
        pictures = tuple(pictures)
        if pictures != self._pictures:
            self._pictures = pictures
            self._asked = Counter({path.absolute(): path.name for path in pictures}.values())

    def namesake(self, picture: Path) -> Path | None:
        """Another picture of the same name that is told of, where this one may be its copy."""
        for place in self._named.get(picture.name, []):
            found = layouts.find_picture(place.folders, place.entry.name, shorten=True)
            if found is not None and not layouts.same_file(found, picture):
                return found
        return None

    def of(self, picture: Path) -> GroundTruth | None:
        """What is marked in a picture, in its own size; None for nothing.

        Raises:
            InputError: it is not plain which entry means this picture, the entry's size is
                not the picture's, or one of the two files cannot be read.
        """
        place = self._place(picture)
        if place is None:
            if picture.stem in self._errors:
                raise self._errors[picture.stem]
            return None
        head = picture_head(picture)
        return place.entry.read(head).fitted(picture, head)

    def _place(self, picture: Path) -> _Place | None:
        named = self._named.get(picture.name, [])
        alone = len(named) == 1
        elsewhere: list[_Place] = []
        here: list[_Place] = []
        for place in named:
            found = layouts.find_picture(place.folders, place.entry.name, shorten=alone)
            if found is None:
                elsewhere.append(place)
            elif layouts.same_file(found, picture):
                here.append(place)
        if len(here) > 1:
            raise self._ambiguous(picture, here)
        if here:
            return here[0]
        return self._by_end(picture, elsewhere) or self._by_stem(picture)

    def _by_end(self, picture: Path, places: Sequence[_Place]) -> _Place | None:
        """The entry whose path ends most as the picture's does, none of whose pictures is there."""
        path = picture.absolute().parts
        ends = {
            place: layouts.shared_end(path, layouts.parts(place.entry.name)) for place in places
        }
        longest = max(ends.values(), default=0)
        best = [place for place, length in ends.items() if length == longest]
        if not best:
            return None
        only_name = longest == 1
        if len(best) > 1 or (only_name and self._asked[picture.name] > 1):
            raise self._ambiguous(picture, best)
        return best[0]

    def _by_stem(self, picture: Path) -> _Place | None:
        """The file that is called as the picture, unless it means another that is there."""
        for place in self._of_stem.get(picture.stem, ()):
            beside = place.source.parent in layouts.label_folders(picture)
            if beside or self._asked[picture.name] <= 1:
                other = layouts.picture_named(place.source) if not beside else None
                if other is None or layouts.same_file(other, picture):
                    return place
        return None

    def _ambiguous(self, picture: Path, places: Sequence[_Place]) -> InputError:
        count = max(len(places), self._asked[picture.name])
        return InputError(
            "truth.ambiguous", path=picture, name=picture.name, count=count, file=places[0].source
        )


class _Place:
    """An entry, its file, and the folders where its picture may lie."""

    def __init__(self, source: Path, folders: Sequence[Path], entry: Entry) -> None:
        self.source, self.folders, self.entry = source, folders, entry


def read_truth(path: Path, pictures: Sequence[Path] = (), images: Path | None = None) -> Truth:
    """The ground truth of a file, of all files in a folder, or of a YOLO data file's folders.

    Args:
        pictures: what will be asked for.
        images: the folder of the pictures, where they lie neither beside nor where data sets
            have them.

    Raises:
        InputError: there is none, a file is not what it looks like, or of no known format.
    """
    return finish(read_truth_steps(path, pictures, images))


def read_truth_steps(
    path: Path, pictures: Sequence[Path] = (), images: Path | None = None
) -> Steps[Truth]:
    """`read_truth` as a job that tells how much of large files is read."""
    path = Path(path)
    stems = {each.stem for each in pictures}

    def read(reader: Reader, file: Path) -> Steps[AnnotationFile]:
        content = yield from reader.steps(file)
        known = content.shared or content.entries[0].name or file.stem in stems
        if not known and layouts.picture_named(file, images) is None:
            raise InputError("truth.no_picture", path=file)
        return content

    if path.is_file() and path.suffix.lower() not in DATA_FILES:
        content = yield from read(_reader(path), path)
        return Truth([content], pictures=pictures, images=images)
    if path.is_dir():
        files, errors = yield from _read_all([path], read)
        if not files:
            inner, more = yield from _read_all(layouts.inner_folders(path), read)
            files, errors = inner, errors | more
    elif path.is_file():
        files, errors = yield from _read_all(yolo_data_file.label_folders(path), read)
    else:
        raise InputError("file.missing", path=path)
    if not files:
        damaged = (error for file, error in errors.items() if file.suffix != ".txt")
        raise next(damaged, InputError("truth.none", path=path))
    return Truth(files, pictures=pictures, images=images, errors=errors)


def _read_all(
    folders: Iterable[Path], read: Callable[[Reader, Path], Steps[AnnotationFile]]
) -> Steps[tuple[list[AnnotationFile], dict[Path, InputError]]]:
    """What the files in folders hold, and those that look as if and cannot be read."""
    files: list[AnnotationFile] = []
    errors: dict[Path, InputError] = {}
    for folder in folders:
        for file in sorted(folder.iterdir()):
            reader = recognised(file)
            if reader is None:
                continue  # another file's neighbour; a file named outright is told
            try:
                files.append((yield from read(reader, file)))
            except InputError as error:
                errors[file] = error
    return files, errors


def recognised(file: Path) -> Reader | None:
    """The first format that knows a file."""
    fitting = (each for each in readers() if each.suffix == file.suffix.lower())
    return next((each for each in fitting if file.is_file() and each.looks_like(file)), None)


def _reader(file: Path) -> Reader:
    """The first format that knows a file, or the first that its name ends in."""
    fitting = [each for each in readers() if each.suffix == file.suffix.lower()]
    if not fitting:
        raise InputError("export.unknown_format", path=file, known=", ".join(suffixes()))
    return recognised(file) or fitting[0]


def find_truth(picture: Path) -> GroundTruth | None:
    """What is marked in a picture, by a file beside it or in the folders that data sets use.

    Raises:
        InputError: there is a file and it is damaged, or its picture is of another size.
    """
    return finish(find_truth_steps(picture))


def find_truth_steps(picture: Path) -> Steps[GroundTruth | None]:
    """`find_truth` as a job that tells how much of large files is read."""
    own = [each for each in readers() if not each.shared]
    own.sort(key=_says_nothing)
    for folder in layouts.label_folders(picture):
        for reader in own:
            file = folder / (picture.stem + reader.suffix)
            if file.is_file() and reader.looks_like(file):
                (entry,) = reader.read(file).entries  # whatever the file calls its picture
                head = picture_head(picture)
                return entry.read(head).fitted(picture, head)
    for folder in layouts.shared_folders(picture):
        for reader in readers():
            if not reader.shared or not folder.is_dir():
                continue
            files = list(islice(folder.glob(f"*{reader.suffix}"), MOST_FILES + 1))
            if len(files) > MOST_FILES:
                continue  # a file a picture: this picture's is not among them
            for file in sorted(files):
                if not reader.looks_like(file):
                    continue
                truth = yield from _kept(reader, file)
                found = None if truth is None else truth.of(picture)
                if found is not None:
                    return found
    return None


def _kept(reader: Reader, file: Path) -> Steps[Truth | None]:
    """What a file for many pictures holds; None when that is results or other JSON after all."""
    key = (reader.title, file, file.stat().st_mtime_ns)
    if key not in _KEPT:
        try:
            content = yield from reader.steps(file)
        except InputError:
            truth = None
        else:
            truth = None if content.scored else Truth([content])
        for old in list(_KEPT)[: 1 - MOST_KEPT]:
            _KEPT.pop(old, None)
        _KEPT[key] = truth
        return truth
    return _KEPT.get(key)


def _says_nothing(reader: Reader) -> bool:
    """Plain text may be anything: what has a structure of its own is looked at first."""
    return reader.suffix == ".txt"
