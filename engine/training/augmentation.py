"""How training pictures may be varied: one record an augmentation.

The spec's check, the training's draws and the window's form read `AUGMENTATIONS`: a new
one is a function of an example, as those of `engine.training.transforms`, and its record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.training.transforms import mirror, paste, recolour, turn, zoom

if TYPE_CHECKING:
    from engine.training.datasets import Example

Value = float | tuple[float, float]


@dataclass(frozen=True)
class Setting:
    """A number of an augmentation, or the lowest and highest that are drawn.

    Attributes:
        name: its key in a spec.
        title, hint: what a person reads, to be translated.
        default: a pair for a lowest and highest number.
        low, high: the range allowed, ends included.
    """

    name: str
    title: str
    hint: str
    default: Value
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, eq=False)
class Draw:
    """What an augmentation may use for one picture.

    Attributes:
        values: every setting's value, by its name.
        rng: decides everything that is random.
        crop: side of the square result in pixels; 0 keeps the picture's own size.
        min_size: short side that the net aims at, so that zoom 1 is what it will see.
        swaps: (K,) index of each keypoint's mirror image.
        donor: gives another picture whose objects may be pasted here.
    """

    values: Mapping[str, Any]
    rng: np.random.Generator
    crop: int
    min_size: int
    swaps: NDArray[np.intp]
    donor: Callable[[], Example] | None = None

    def happens(self, name: str) -> bool:
        """Whether what has the probability of a setting happens; nothing is drawn at 0."""
        return bool(self.values[name]) and self.rng.random() < self.values[name]


@dataclass(frozen=True)
class Augmentation:
    """A way to vary pictures; its settings' neutral values (0, or 1 to 1) do nothing."""

    apply: Callable[[Example, Draw], Example]
    settings: tuple[Setting, ...]


def _paste(example: Example, draw: Draw) -> Example:
    # Drawn at 0 too: pictures of a seed stay what they were.
    if draw.donor is not None and draw.rng.random() < draw.values["paste"]:
        return paste(example, draw.donor(), rng=draw.rng)
    return example


def _zoom(example: Example, draw: Draw) -> Example:
    if not draw.crop:
        return example
    return zoom(
        example,
        scale=draw.values["scale"],
        focus=draw.values["focus"],
        rng=draw.rng,
        crop=draw.crop,
        min_size=draw.min_size,
    )


def _flip(example: Example, draw: Draw) -> Example:
    # Drawn at 0 too, as above.
    return mirror(example, draw.swaps) if draw.rng.random() < draw.values["flip"] else example


def _turn(example: Example, draw: Draw) -> Example:
    return turn(example, int(draw.rng.integers(1, 4))) if draw.happens("turn") else example


def _invert(example: Example, draw: Draw) -> Example:
    return replace(example, pixels=255 - example.pixels) if draw.happens("invert") else example


def _recolour(example: Example, draw: Draw) -> Example:
    amount = draw.values["colour"]
    if not amount:
        return example
    return replace(example, pixels=recolour(example.pixels, amount, draw.rng))


# In the order in which they are applied.
AUGMENTATIONS: dict[str, Augmentation] = {
    "paste": Augmentation(
        _paste,
        (
            Setting(
                "paste",
                "Copy-paste",
                "Probability that objects of another picture are copied into this one",
                0.0,
            ),
        ),
    ),
    "zoom": Augmentation(
        _zoom,
        (
            Setting(
                "scale",
                "Zoom",
                "Lowest and highest random zoom of a crop; whole pictures are not zoomed",
                (1.0, 1.0),
                0.05,
                20,
            ),
            Setting(
                "focus", "Near objects", "Probability that a crop is centred near an object", 0.0
            ),
        ),
    ),
    "flip": Augmentation(
        _flip,
        (Setting("flip", "Mirror", "Probability that left and right are exchanged", 0.5),),
    ),
    "turn": Augmentation(
        _turn,
        (
            Setting(
                "turn",
                "Quarter turns",
                "Probability of a turn by one to three quarters, for pictures without an up",
                0.0,
            ),
        ),
    ),
    "invert": Augmentation(
        _invert,
        (Setting("invert", "Invert", "Probability that dark and light are exchanged", 0.0),),
    ),
    "colour": Augmentation(
        _recolour,
        (
            Setting(
                "colour",
                "Colour",
                "Largest relative change of brightness, contrast and saturation",
                0.2,
            ),
        ),
    ),
}


def settings() -> dict[str, Setting]:
    """Every setting of every augmentation, by name."""
    return {each.name: each for record in AUGMENTATIONS.values() for each in record.settings}


def complete(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values with the defaults of those that are not given."""
    return {**{name: each.default for name, each in settings().items()}, **values}


def vary(
    example: Example,
    values: Mapping[str, Value],
    *,
    rng: np.random.Generator,
    crop: int,
    min_size: int,
    swaps: NDArray[np.intp],
    donor: Callable[[], Example] | None = None,
) -> Example:
    """A random variant of an example, by all of `AUGMENTATIONS`.

    Args:
        example: with pixels (H, W, 3), and objects in its pixels.
        values: of the settings, by name; the others have their defaults.
        rng, crop, min_size, swaps, donor: as in `Draw`.

    Returns:
        boxes, masks, keypoints and ignored regions in the pixels of the new picture.
    """
    draw = Draw(complete(values), rng, crop, min_size, swaps, donor)
    for each in AUGMENTATIONS.values():
        example = each.apply(example, draw)
    return example
