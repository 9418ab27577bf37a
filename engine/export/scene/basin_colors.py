"""The colours of basins of attraction, in the window and in files."""

from __future__ import annotations

# Quiet colours, as trails and arrows are drawn over them in the window.
BASIN_COLORS = (
    "#5f74c2",
    "#c2785f",
    "#5fae86",
    "#b9a555",
    "#9363bd",
    "#56a3b5",
    "#bd6292",
    "#7d8b55",
    "#8f8f9c",
)
LATEST = 0.4  # brightness of the starts that arrive last
