"""What a layer of an annotated picture is: its record, and what it is drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.detection.detections import Detections
from engine.detection.pipeline.trace import StageTrace
from engine.export.picture.style import Style


@dataclass(frozen=True, eq=False)
class LayerContext:
    """What a layer is drawn from.

    Attributes:
        detections: what was found in the picture.
        style: colours and measures.
        opacity: how strongly this layer is drawn, 0 to 1.
        trace: every stage; without one, the layers of the stages draw nothing.
    """

    detections: Detections
    style: Style
    opacity: float
    trace: StageTrace | None = None

    @property
    def line(self) -> int:
        """Line width, px."""
        return self.style.line(self.detections.picture_size)


@dataclass(frozen=True)
class PictureLayer:
    """One layer.

    Attributes:
        draw: draws it on the picture, (H, W, 3) uint8 RGB, in place.
        depth: the layer of the least depth is drawn first.
        write_svg: appends it to the root of an SVG in picture px; a layer without one has
            no vectors and is drawn into the picture that the file embeds, below all others.
        usual: whether it is drawn where nothing else is asked for.
        opacity: how strongly it is drawn where nothing else is asked for, 0 to 1; None
            for a layer whose strength is its message.
        follows: the layer with which it is drawn; it cannot be asked for by itself.
    """

    draw: Callable[[NDArray[np.uint8], LayerContext], None]
    depth: int
    write_svg: Callable[[ElementTree.Element, LayerContext], None] | None = None
    usual: bool = False
    opacity: float | None = 1.0
    follows: str = ""


def sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 / (1 + exp(-x)) of float32 of any shape."""
    with np.errstate(over="ignore"):  # exp(89) is infinite in float32, and 1 / inf is right
        return np.float32(1) / (np.float32(1) + np.exp(-logits))
