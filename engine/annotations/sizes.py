"""Annotations made on another size of a picture: turned or scaled where it is plain how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.annotations.files import SIDEWAYS, PictureHead
from engine.errors import InputError


@dataclass(frozen=True)
class Fit:
    """How coordinates of the annotations become coordinates of the picture.

    Attributes:
        told: (height, width) that the annotations have.
        size: (height, width) of the picture, upright.
        orientation: the EXIF turn from the one to the other; 1 for none.
    """

    told: tuple[int, int]
    size: tuple[int, int]
    orientation: int = 1

    @property
    def change(self) -> str:
        """What is done: "turned", "scaled" or, where the sizes agree, ""."""
        if self.orientation != 1:
            return "turned"
        return "scaled" if self.told != self.size else ""

    @property
    def area(self) -> float:
        """What an area is multiplied by."""
        (told_height, told_width), (height, width) = self.told, self.size
        return height * width / (told_height * told_width)

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) x, y in px of the annotations -> (N, 2) x, y in picture px."""
        x, y = points[:, 0], points[:, 1]
        height, width = self.told
        if self.orientation != 1:
            turned = {5: (y, x), 6: (height - y, x), 7: (height - y, width - x), 8: (y, width - x)}
            return np.stack(turned[self.orientation], -1)
        scaled: NDArray[np.float64] = points * (self.size[1] / width, self.size[0] / height)
        return scaled

    def box(self, box: NDArray[np.float64]) -> NDArray[np.float64]:
        """(4,) xyxy in px of the annotations -> (4,) xyxy in picture px."""
        corners = self.points(box.reshape(2, 2))
        return np.concatenate([corners.min(0), corners.max(0)])

    def mask(self, mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """(h, w) of the annotations' size -> (H, W) of the picture's, the nearest pixels."""
        if self.orientation != 1:
            turned = mask.T
            turned = turned[::-1] if self.orientation in (7, 8) else turned
            return turned[:, ::-1] if self.orientation in (6, 7) else turned
        rows, columns = (
            np.minimum(((np.arange(new) + 0.5) * old / new).astype(int), old - 1)
            for old, new in zip(self.told, self.size, strict=True)
        )
        scaled: NDArray[np.uint8] = mask[rows[:, None], columns]
        return scaled


def fit(told: tuple[int, int], head: PictureHead, picture: Path, source: Path) -> Fit:
    """How annotations of a picture of one size fit the picture that is there.

    Equal sizes fit as they are. Sides that are exactly exchanged, in a picture whose EXIF
    turns it by a quarter, are those of the picture as it lies in its file: turned. One
    factor on both sides, within a pixel's rounding: scaled.

    Args:
        told: (height, width) in the annotations.
        picture: its file; source: the annotations', for the sentence.

    Raises:
        InputError: the sizes disagree otherwise.
    """
    height, width = head.size
    if told == head.size:
        return Fit(told, head.size)
    if told == (width, height) and head.orientation in SIDEWAYS:
        return Fit(told, head.size, head.orientation)
    # The factors by which each side may have been multiplied and then rounded.
    low = max((side - 1) / old for side, old in zip(head.size, told, strict=True))
    high = min((side + 1) / old for side, old in zip(head.size, told, strict=True))
    if low < high:
        return Fit(told, head.size)
    raise InputError(
        "data.picture_size", picture=picture, width=width, height=height, path=source.name,
        told_width=told[1], told_height=told[0],
    )  # fmt: skip
