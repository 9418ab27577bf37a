"""A sampled landscape, its contour levels and lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LINEAR_LEVELS = 20
CENTERED = 1 / 50  # of the range, in which a plane lies
DECADES, MOST_DECADES = 16, 64  # to each side of a center
SEEN = 0.01  # of the map that is to differ from its plane, as far as those decades show it
NUMBERS = 4  # at the colour bar to each side


@dataclass(frozen=True)
class Viewpoint:
    """From where a landscape is seen in three dimensions: angles in degrees, lengths of its box."""

    azimuth: float
    elevation: float
    distance: float
    center: tuple[float, float, float]


@dataclass(frozen=True)
class Landscape:
    """Losses on a grid and what is drawn over them.

    Attributes:
        x: (W,) float64, the columns, ends of the domain included.
        y: (H,) float64, the rows.
        loss: (H, W) float64; NaN and inf are kept.
        logarithmic: levels (and `scaled`) are logarithmic.
        floor: the value that `scaled` counts from.
        offset: added before the logarithm so that the floor itself has one.
        levels: (L,) float64 losses of the contour lines.
        contours: for each level its polylines, (K, 2) each.
        minima: (M, 2) float64 known minima inside the view.
        nan_share, inf_share: fractions of the grid that are not numbers.
        final: False for the quick coarse map that comes first.
        center: where nearly all losses lie, if they do: colours are then logarithmic to both
            sides of it, so that a well in a plane is seen; None for any other landscape.
    """

    x: np.ndarray
    y: np.ndarray
    loss: np.ndarray
    logarithmic: bool
    floor: float
    offset: float
    levels: np.ndarray
    contours: tuple[tuple[np.ndarray, ...], ...]
    minima: np.ndarray
    nan_share: float
    inf_share: float
    final: bool = True
    center: float | None = None

    @property
    def lifted(self) -> bool:
        """The logarithm counts from a lowest loss that is not zero: 10**scaled is no loss."""
        return self.logarithmic and abs(self.floor) > self.offset

    def scaled(self, loss: np.ndarray | float) -> np.ndarray:
        """Losses of any shape as they are coloured: log10(loss - floor + offset), or unchanged;
        about a center sign(d) log10(1 + |d| / offset) of the distance d from it."""
        values = np.asarray(loss, dtype=np.float64)
        if self.center is not None:
            away = values - self.center
            return np.sign(away) * np.log10(1 + np.abs(away) / self.offset)
        if not self.logarithmic:
            return values
        with np.errstate(all="ignore"):
            return np.log10(np.maximum(values - self.floor, 0.0) + self.offset)

    def unscaled(self, scaled: np.ndarray | float) -> np.ndarray:
        """The inverse of `scaled`, float64 of any shape, for the ticks of a colour bar."""
        values = np.asarray(scaled, dtype=np.float64)
        if self.center is not None:
            return self.center + np.sign(values) * self.offset * (10.0 ** np.abs(values) - 1)
        if not self.logarithmic:
            return values
        return 10.0**values - self.offset + self.floor

    def ticks(self) -> tuple[tuple[float, float], ...]:
        """Of colours about a center: the `scaled` place and the loss of some decades."""
        if self.center is None:
            return ()
        finite = self.loss[np.isfinite(self.loss)]
        low, high = min(float(finite.min()), self.floor), float(finite.max())
        losses = [self.center]
        for way in (-1.0, 1.0):
            most = (self.center - low) if way < 0 else (high - self.center)
            if most <= self.offset:
                continue
            first = int(np.floor(np.log10(most) + 1e-9))
            last = round(float(np.log10(self.offset))) + 1
            every = -(-(first - last) // NUMBERS)
            losses += [self.center + way * 10.0**power for power in range(first, last, -every)]
        return tuple((float(self.scaled(loss)), loss) for loss in sorted(losses))


def wants_center(finite: np.ndarray, floor: float) -> bool:
    """Whether eight of ten finite losses (n,) lie within a fiftieth of their range: a plane.

    Args:
        floor: the lowest loss known, which the grid may have missed.
    """
    if not finite.size:
        return False
    low, high = np.quantile(finite, (0.1, 0.9))
    return bool(high - low < CENTERED * (finite.max() - floor))


def offset_about(finite: np.ndarray, floor: float, center: float) -> float:
    """From which distance of a center on losses (n,) have a colour of their own."""
    spread = float(finite.max() - floor)
    seen = float(np.quantile(np.abs(finite - center), 1 - SEEN))
    return min(max(seen, spread * 10.0**-MOST_DECADES), spread * 10.0**-DECADES)


def wants_logarithm(finite: np.ndarray) -> bool:
    """Whether a third of finite losses (n,) would drown in the lowest eighth of a linear scale."""
    if not finite.size:
        return False
    low, high = finite.min(), finite.max()
    return bool(high > low and np.quantile(finite, 1 / 3) - low < (high - low) / 8)


def choose_levels(
    finite: np.ndarray, floor: float, *, logarithmic: bool, center: float | None = None
) -> np.ndarray:
    """Losses (L,) of the contour lines: 1, 2, 5 of each decade, or evenly between the ends.

    Args:
        finite: (n,) float64, the losses of the map that are finite.
        floor: the lowest loss known, from which a logarithm counts.
        center: from which decades count to both sides, if there is one.
    """
    if not finite.size or finite.min() == finite.max():
        return np.empty(0)
    if center is not None:
        away = (finite.max() - floor) * 10.0 ** -np.arange(1, DECADES, 2)
        every = np.concatenate([center - away, center + away[::-1]])
        return np.sort(every[(every > finite.min()) & (every < finite.max())])
    if not logarithmic:
        return np.linspace(finite.min(), finite.max(), LINEAR_LEVELS + 2)[1:-1]
    high = float(finite.max() - floor)
    low = max(float(np.quantile(finite - floor, 0.002)), high * 1e-7)
    decades = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    steps = (10.0 ** decades[:, None] * np.array([1.0, 2.0, 5.0])).ravel()
    result: np.ndarray = floor + steps[(steps >= low) & (steps <= high)]
    return result


def trace_contours(
    x: np.ndarray, y: np.ndarray, loss: np.ndarray, levels: np.ndarray
) -> tuple[tuple[np.ndarray, ...], ...]:
    """For each level its polylines (K, 2) in the plane; areas that are not finite are left out.

    Args:
        x, y: (W,) and (H,) float64 of columns and rows.
        loss: (H, W) float64.
        levels: (L,) float64.
    """
    if not len(levels):
        return ()
    import contourpy

    generator = contourpy.contour_generator(
        x, y, np.ma.masked_invalid(loss), line_type=contourpy.LineType.Separate
    )
    return tuple(tuple(map(np.asarray, generator.lines(level))) for level in levels)
