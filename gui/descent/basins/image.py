"""Basins of attraction as a picture: every start coloured by the minimum it ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.checks import Domain
from engine.descent.race.spec import RaceSpec
from engine.export.scene.basin_colors import BASIN_COLORS, LATEST
from engine.optimizers.racer import Racer
from gui import theme

if TYPE_CHECKING:
    from engine.descent.maps.basin_difference import DifferenceMap
    from engine.descent.maps.basins import BasinMap

SIZE = 256  # starts along each side
MOST_STEPS = 500
# Of `engine.descent.maps.basin_difference`: the same minimum, two others, the first alone, the
# second alone; where neither arrives is grey.
OUTCOME_COLORS = ("#4c6a8c", "#e0559b", "#a58be0", "#4fb9a8")


def map_basins(
    spec: RaceSpec,
    racer: Racer,
    domain: Domain,
    other: Racer | None,
    is_waiting: Callable[[], bool],
) -> Iterator[BasinMap | DifferenceMap]:
    """A map of one racer's basins, or of where two racers end, on the worker.

    Args:
        is_waiting: whether a newer map is asked for: then this one ends with the first that
            can be shown.
    """
    from engine.descent.maps.basin_difference import differences
    from engine.descent.maps.basins import BasinSpec, basins

    of_one = BasinSpec(
        surface=spec.surface,
        formula=spec.formula,
        parameters=spec.parameters,
        domain=domain,
        racer=racer,
        size=SIZE,
        steps=min(spec.steps, MOST_STEPS),
        data=spec.data,
    )
    maps = basins(of_one) if other is None else differences(of_one, replace(of_one, racer=other))
    for snapshot in maps:
        yield snapshot
        if snapshot.x.size and is_waiting():
            return


@dataclass(frozen=True)
class BasinColoring:
    """Colours the map by basins, or by where two optimizers end."""

    basins: BasinMap | DifferenceMap

    @property
    def x(self) -> NDArray[np.float64]:
        """(N,) float64, the columns of starts."""
        return self.basins.x

    @property
    def y(self) -> NDArray[np.float64]:
        """(N,) float64, the rows of starts."""
        return self.basins.y

    @property
    def final(self) -> bool:
        """No finer map follows."""
        return self.basins.final

    def picture(self) -> NDArray[np.uint32]:
        """(N, N) 0xffRRGGBB, first row on top."""
        return picture_of(self.basins)


def picture_of(shown: BasinMap | DifferenceMap) -> NDArray[np.uint32]:
    """The picture, first row on top: (N, N) 0xffRRGGBB."""
    if hasattr(shown, "outcome"):
        return difference_picture(shown)  # type: ignore[arg-type]
    return basin_picture(shown)


def difference_picture(shown: DifferenceMap) -> NDArray[np.uint32]:
    """(H, W) 0xffRRGGBB, first row on top: one colour for each way to agree or differ."""
    inks = [QColor(color).rgb() for color in OUTCOME_COLORS]
    inks.append(theme.current().color("raised").rgb())
    return np.ascontiguousarray(np.array(inks, dtype=np.uint32)[shown.outcome[::-1]])


def basin_picture(basins: BasinMap) -> NDArray[np.uint32]:
    """The picture, first row on top: (N, N) 0xffRRGGBB; grey is no minimum, dark is late."""
    inks = [QColor(color) for color in BASIN_COLORS]
    rgb = np.array([(ink.red(), ink.green(), ink.blue()) for ink in inks], dtype=np.float64)
    share = np.arange(basins.steps + 1) / max(1, basins.steps)
    bright = 1 - (1 - LATEST) * np.sqrt(share)
    red, green, blue = (rgb[:, None] * bright[:, None]).astype(np.uint32).transpose(2, 0, 1)
    # A row a minimum and a column a step; the last row, which -1 is too, is of no minimum.
    table = np.uint32(0xFF000000) | red << 16 | green << 8 | blue
    table = np.vstack([table, np.full_like(table[:1], theme.current().color("raised").rgb())])
    label = np.where(basins.label < 0, -1, basins.label % len(BASIN_COLORS))
    picture: NDArray[np.uint32] = table[label, basins.arrival][::-1]
    return np.ascontiguousarray(picture)
