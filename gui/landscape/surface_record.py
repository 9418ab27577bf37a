"""The view in three dimensions as the record that exports draw: a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.export.scene.records import Picture, Plot
from gui.pictures.clipboard import pixels_of

if TYPE_CHECKING:
    from gui.landscape.surface_view import SurfaceView


def describe_surface(view: SurfaceView) -> Plot:
    """What is seen of the body, in the colours of the present theme.

    It is drawn by OpenGL in the window's own pixels, and has no layers that a file could keep
    apart.
    """
    view.restyle()
    pixels = pixels_of(view.grabFramebuffer())
    height, width = pixels.shape[:2]
    picture = Picture(np.arange(width) + 0.5, np.arange(height) + 0.5, pixels)
    return Plot(
        *("map", "", "", (0.0, float(width), 0.0, float(height))),
        *(view.width(), view.height(), (picture,)),
        bare=True,
    )
