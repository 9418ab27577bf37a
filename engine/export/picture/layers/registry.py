"""The layers of an annotated picture, one record each.

`detect --layers`, the export dialog and the PNG, JPEG and SVG writers read this one table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.detection.detections import Detections
from engine.detection.pipeline.trace import StageTrace
from engine.export.picture.layers.anchors import draw_anchors, write_anchors
from engine.export.picture.layers.base import LayerContext, PictureLayer
from engine.export.picture.layers.boxes import draw_boxes, write_boxes
from engine.export.picture.layers.keypoints import draw_keypoints, write_keypoints
from engine.export.picture.layers.labels import draw_labels, write_labels
from engine.export.picture.layers.masks import draw_masks, write_masks
from engine.export.picture.layers.objectness import draw_objectness
from engine.export.picture.layers.proposals import draw_proposals, write_proposals
from engine.export.picture.style import Style

# In the order in which the detector makes them.
PICTURE_LAYERS = {
    "anchors": PictureLayer(draw_anchors, 20, write_anchors),
    "objectness": PictureLayer(draw_objectness, 10, opacity=None),
    "proposals": PictureLayer(draw_proposals, 30, write_proposals),
    "boxes": PictureLayer(draw_boxes, 50, write_boxes, usual=True),
    "masks": PictureLayer(
        draw_masks,
        40,
        write_masks,
        usual=True,
        opacity=0.45,  # of the filling
    ),
    "keypoints": PictureLayer(draw_keypoints, 60, write_keypoints, usual=True),
    "labels": PictureLayer(draw_labels, 70, write_labels, follows="boxes"),
}
DEFAULT_LAYERS = tuple(name for name, layer in PICTURE_LAYERS.items() if layer.usual)


def layer_names() -> tuple[str, ...]:
    """The layers that can be asked for, in the order of the table."""
    return tuple(name for name, layer in PICTURE_LAYERS.items() if not layer.follows)


def with_opacity() -> dict[str, float]:
    """How strongly each layer is drawn where nothing else is asked for, 0 to 1.

    A layer whose strength is its message is not among them.
    """
    return {
        name: layer.opacity for name, layer in PICTURE_LAYERS.items() if layer.opacity is not None
    }


def opacity_of(name: str, style: Style) -> float:
    """How strongly a layer is drawn in a style, 0 to 1."""
    return dict(style.opacities).get(name, with_opacity().get(name, 1.0))


def planned(
    names: Collection[str],
    detections: Detections,
    style: Style,
    trace: StageTrace | None,
) -> Iterator[tuple[PictureLayer, LayerContext]]:
    """The layers asked for and those that follow them, the lowest first.

    Args:
        names: of `layer_names()`.
        detections, style, trace: what they are drawn from.
    """
    asked = [
        (name, layer) for name, layer in PICTURE_LAYERS.items() if (layer.follows or name) in names
    ]
    for name, layer in sorted(asked, key=lambda pair: pair[1].depth):
        yield layer, LayerContext(detections, style, opacity_of(name, style), trace)
