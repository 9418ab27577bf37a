"""The layers of an annotated picture: `--layers` and the export dialog read this one table.

`draw` and `svg` draw them, the first lowest.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureLayer:
    """One layer.

    Attributes:
        usual: whether it is drawn where nothing else is asked for.
        opacity: how strongly it is drawn where nothing else is asked for, 0 to 1; None
            for a layer whose strength is its message.
        follows: the layer with which it is drawn; it cannot be asked for by itself.
    """

    usual: bool = False
    opacity: float | None = 1.0
    follows: str = ""


PICTURE_LAYERS = {
    "anchors": PictureLayer(),
    "objectness": PictureLayer(opacity=None),
    "proposals": PictureLayer(),
    "boxes": PictureLayer(usual=True),
    "masks": PictureLayer(usual=True, opacity=0.45),  # of the filling
    "keypoints": PictureLayer(usual=True),
    "labels": PictureLayer(follows="boxes"),
}
LAYERS = tuple(name for name, layer in PICTURE_LAYERS.items() if not layer.follows)
DEFAULT_LAYERS = tuple(name for name, layer in PICTURE_LAYERS.items() if layer.usual)
OPACITY = {
    name: layer.opacity for name, layer in PICTURE_LAYERS.items() if layer.opacity is not None
}
