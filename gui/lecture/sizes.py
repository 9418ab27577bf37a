"""How large things are drawn in the lecture mode, by the width of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

USUAL_PX = 1280  # the width for which a workspace names its sizes
LEAST, MOST, STEP = 0.75, 1.6, 0.05


def of_hall(inside: QWidget) -> float:
    """How many times larger than in a window of `USUAL_PX`: a projector's is seen from afar."""
    scale = inside.window().width() / USUAL_PX
    return min(max(round(scale / STEP) * STEP, LEAST), MOST)
