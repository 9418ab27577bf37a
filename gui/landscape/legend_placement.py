"""Where on the map the legends stand: on as little as can be of what is to be seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from gui.landscape.layer import Places, Weight
from gui.landscape.map_legend import Corner, Plated
from gui.plots.layer import inside

SPOT_PX = 6.0  # samples of trails in one spot count once
AWAY_PX = 8.0  # so close to a legend a place counts as covered


def place_legends(legends: Sequence[Plated], places: Sequence[Places]) -> None:
    """Give every legend the corner where it covers least, the present one if it is as good.

    Those that come first choose first; what finds no place beside the others is hidden, as
    two on one place would be no legend at all.
    """
    crowds = [Places(np.empty((0, 2)), Weight.TRAIL), *merge_trails(places)]
    # As one, for every corner of every legend is compared with all of them.
    pixels = np.concatenate([crowd.pixels for crowd in crowds])
    weights = np.concatenate([np.full(len(crowd.pixels), float(crowd.weight)) for crowd in crowds])
    taken: list[QRectF] = []
    for legend in legends:
        corners = [legend.corner, *(each for each in Corner if each is not legend.corner)]
        best, least = legend.corner, np.inf
        crowded = True
        for corner in corners:
            plate = legend.plate(corner)
            if any(plate.intersects(other) for other in taken):
                continue
            crowded = False
            near = plate.adjusted(-AWAY_PX, -AWAY_PX, AWAY_PX, AWAY_PX)
            covered = weights[inside(pixels, near)].sum()
            if covered < least:
                best, least = corner, covered
        legend.corner = best
        legend.setVisible(not crowded)
        legend.refresh()
        if not crowded:
            taken.append(legend.plate())


def merge_trails(places: Sequence[Places]) -> list[Places]:
    """All samples of trails as one, each spot once: where a racer has stood for long is no
    more to be seen than where it passed."""
    samples = [crowd.pixels for crowd in places if crowd.weight is Weight.TRAIL]
    others = [crowd for crowd in places if crowd.weight is not Weight.TRAIL]
    if not any(len(pixels) for pixels in samples):
        return others  # the first `unique` takes longer than all of a window's other legends
    cells = np.round(np.concatenate(samples) / SPOT_PX)
    return [Places(SPOT_PX * np.unique(cells, axis=0), Weight.TRAIL), *others]
