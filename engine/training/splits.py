"""Which pictures are learnt from, and which are held out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from engine.annotations.named_splits import TRAIN, VAL


def split_fraction(picture_id: int | str) -> float:
    """A number from 0 to 1 by a hash of a picture's id, the same on every machine."""
    digest = hashlib.sha256(str(picture_id).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def held_out(picture_id: int | str, fraction: float) -> bool:
    """Whether a picture belongs to the validation split."""
    return split_fraction(picture_id) < fraction


def named_split(splits: Sequence[str]) -> tuple[list[int], list[int]]:
    """Indices for training and for validation of pictures whose split is named.

    What is neither, as YOLO's `test`, is not used.
    """
    training = [index for index, name in enumerate(splits) if name == TRAIN]
    return training, [index for index, name in enumerate(splits) if name == VAL]


def split_ids(ids: Sequence[int | str], fraction: float) -> tuple[list[int], list[int]]:
    """Places of the ids for training and for validation, by `held_out`.

    Of two pictures or more at least one is held out when any are, and one is learnt from.
    """
    parts: tuple[list[int], list[int]] = ([], [])
    for index, each in enumerate(ids):
        parts[held_out(each, fraction)].append(index)
    training, validation = parts
    if fraction > 0 and len(ids) > 1 and not (training and validation):
        order = sorted(range(len(ids)), key=lambda index: split_fraction(ids[index]))
        validation = order[:1] if training else order[:-1]
        training = [index for index in range(len(ids)) if index not in validation]
    return training, validation
