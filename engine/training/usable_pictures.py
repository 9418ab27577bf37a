"""Which pictures of a data set can be learnt from: told before the first step, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from engine.errors import InputError
from engine.training.datasets import PictureProblem, Pictures

MOST_NAMES = 100  # of pictures in one sentence
_WORDS = {"data.no_picture": "missing", "data.picture_size": "of another size"}


def unusable(pictures: Pictures, *, path: str, leave_out: bool) -> frozenset[int]:
    """The numbers of the pictures that are missing, unreadable or of another size.

    Only the head of each file is read.

    Args:
        path: what the data are called.
        leave_out: whether to go on without them.

    Raises:
        InputError: there are such, and they may not be left out; every one is named.
    """
    bad = [each for each in pictures.check_pictures() if each.error is not None]
    if bad and not leave_out:
        raise InputError(
            "data.bad_pictures", path=path, count=len(bad), total=len(pictures),
            pictures=_named(bad),
        )  # fmt: skip
    return frozenset(each.index for each in bad)


def _named(problems: Sequence[PictureProblem]) -> str:
    """Each picture's name, by what is wrong."""
    groups: dict[str, list[str]] = defaultdict(list)
    for each in problems[:MOST_NAMES]:
        code = each.error.code if each.error is not None else ""
        groups[_WORDS.get(code, "unreadable")].append(each.name)
    told = [f"{what}: {', '.join(names)}" for what, names in groups.items()]
    if len(problems) > MOST_NAMES:
        told.append(f"{len(problems) - MOST_NAMES} more")
    return "; ".join(told)
