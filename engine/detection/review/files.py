"""Reviews on the disk: one small JSON file a picture, there whole or as it was before.

They lie in one folder of the user's, none beside the pictures. A file is called by the path
of its picture, which it also holds.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from engine.atomic_write import make_folder, replacing
from engine.detection.review.records import Review
from engine.errors import InputError, SpecError
from engine.specs import MAX_LENGTH, from_json, to_json


def path_of(picture: Path) -> str:
    """What a review calls its picture."""
    return os.path.abspath(picture)


def file_of(folder: Path, picture: Path) -> Path:
    """Where a picture's review lies, or would lie."""
    name = hashlib.sha256(os.fsencode(path_of(picture))).hexdigest()[:32]
    return folder / f"{name}.json"


def write_review(folder: Path, review: Review) -> Path:
    """Keep a picture's judgements; the folder is made when it is missing.

    Raises:
        ExportError: it could not be written; what was kept before is still there.
    """
    make_folder(folder)
    file = file_of(folder, Path(review.picture))
    with replacing(file) as temporary:
        temporary.write_bytes(to_json(review).encode("utf-8", "backslashreplace"))
    return file


def read_review(folder: Path, picture: Path) -> Review | None:
    """A picture's judgements; None where there are none.

    Raises:
        InputError: the file is damaged, of another version, or of another picture.
    """
    file = file_of(folder, picture)
    try:
        with file.open("rb") as stream:
            content = stream.read(4 * MAX_LENGTH + 1)
        review = from_json(content.decode("utf-8"), Review)
    except FileNotFoundError:
        return None
    except OSError:
        raise InputError("file.unreadable", path=str(file)) from None
    except UnicodeDecodeError as error:
        raise InputError("review.unreadable", path=str(file), place=error.start) from None
    except SpecError as error:
        raise InputError("review.unreadable", path=str(file), place=_place(error)) from None
    if review.picture != path_of(picture):
        raise InputError("review.other_picture", path=str(file), picture=review.picture)
    return review


def set_aside(folder: Path, picture: Path) -> None:
    """Keep a file that cannot be read under another name, so that nothing takes its place."""
    file = file_of(folder, picture)
    os.replace(file, file.with_suffix(".unreadable"))


def _place(error: SpecError) -> str:
    """The field or the line that cannot be used."""
    told = error.fields
    if "field" in told:
        return str(told["field"])
    return f"{told['line']}:{told['place']}" if "line" in told else "thalweg"
