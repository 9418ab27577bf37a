"""Which pictures make which step: a pure function of the seed and the step.

Pictures that cannot be used are told before the first step, all at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from engine.annotations.json_stream import Steps
from engine.errors import InputError
from engine.training.augmentation import vary
from engine.training.datasets import Example, PictureProblem, Pictures
from engine.training.spec import TrainSpec

# Ends of a name that change sides in a mirror.
_SIDES = (("left", "right"), ("Left", "Right"), ("_l", "_r"), ("_L", "_R"))
MOST_NAMES = 100  # of pictures in one sentence
_WORDS = {"data.no_picture": "missing", "data.picture_size": "of another size"}


class Sampler:
    """Draws the varied pictures of each step.

    No state is kept, so a resumed run sees what an uninterrupted one would: the epoch's
    order comes from (seed, epoch), a picture's variation from (seed, number of the draw).

    Args:
        pictures: the data set.
        indices: which of its pictures may be drawn.
        spec: seed, batch, shares and augmentation.
        min_size: short side that the net aims at.
    """

    def __init__(
        self, pictures: Pictures, indices: Sequence[int], *, spec: TrainSpec, min_size: int
    ) -> None:
        self.pictures, self.spec, self.min_size = pictures, spec, min_size
        self.damaged: dict[int, str] = {}  # pictures whose head was good, and what is wrong
        self.filled = [index for index in indices if pictures.has_objects(index)]
        self.empty = [index for index in indices if not pictures.has_objects(index)]
        self.swaps = mirror_names(pictures.keypoint_names)

    @property
    def epoch_steps(self) -> int:
        """Steps in which every picture with objects is drawn once."""
        return max(-(-len(self.filled) // self.spec.batch), 1)

    def batch(self, step: int) -> list[Example]:
        """The pictures of step `step`, from 0."""
        size = self.spec.batch
        return [self.draw(number) for number in range(step * size, (step + 1) * size)]

    def draw(self, number: int) -> Example:
        """The `number`-th picture drawn since the run began."""
        spec = self.spec
        rng = np.random.default_rng([spec.seed, 1, number])
        return vary(
            self._load(self._index(number, rng), rng),
            spec.augmentation,
            rng=rng,
            crop=spec.crop,
            min_size=self.min_size,
            swaps=self.swaps,
            donor=lambda: self._load(self.filled[rng.integers(len(self.filled))], rng),
        )

    def names(self, step: int) -> list[str]:
        """What the pictures of step `step`, from 0, are called; without those pasted in."""
        size, named = self.spec.batch, []
        for number in range(step * size, (step + 1) * size):
            index = self._index(number, np.random.default_rng([self.spec.seed, 1, number]))
            (image,) = self.pictures.truth([index])["images"]
            named.append(str(image.get("file_name") or image["id"]))
        return named

    def _index(self, number: int, rng: np.random.Generator) -> int:
        """Which picture is drawn as the `number`-th."""
        if self.empty and rng.random() < self.spec.backgrounds:
            return self.empty[rng.integers(len(self.empty))]
        epoch, place = divmod(number, len(self.filled))
        order = np.random.default_rng([self.spec.seed, 2, epoch]).permutation(len(self.filled))
        return self.filled[int(order[place])]

    def _load(self, index: int, rng: np.random.Generator) -> Example:
        """A picture, or another in place of one that is damaged and may be left out.

        Raises:
            InputError: it may not, or no picture can be read.
        """
        for _ in range(len(self.filled)):
            try:
                return self.pictures.load(index)
            except InputError as error:
                if not self.spec.leave_out_bad:
                    raise InputError("data.bad_picture", reason=str(error)) from error
                self.damaged[index] = str(error)
            index = self.filled[rng.integers(len(self.filled))]
        raise InputError("data.no_objects", path=", ".join(self.spec.files))


def mirror_names(names: Sequence[str]) -> np.ndarray:
    """(K,) intp: for each named point, the index of the point it becomes in a mirror."""
    swaps = []
    for index, name in enumerate(names):
        partner = index
        for one, other in _SIDES:
            for a, b in ((one, other), (other, one)):
                if a in name and name.replace(a, b) in names:
                    partner = list(names).index(name.replace(a, b))
        swaps.append(partner)
    return np.asarray(swaps, np.intp)


def unusable(pictures: Pictures, *, path: str, leave_out: bool) -> Steps[frozenset[int]]:
    """The numbers of the pictures that are missing, unreadable or of another size.

    How far each file is read: `CocoPictures.check_pictures`. A job that tells how many are.

    Args:
        path: what the data are called.
        leave_out: whether to go on without them.

    Raises:
        InputError: there are such, and they may not be left out; every one is named.
    """
    problems = yield from pictures.check_pictures()
    bad = [each for each in problems if each.error is not None]
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
