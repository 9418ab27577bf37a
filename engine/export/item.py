"""What every export of detections is given: one picture and all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.detection.detections import Detections
from engine.detection.pipeline.trace import StageTrace
from engine.export.picture.layers.registry import DEFAULT_LAYERS
from engine.export.picture.style import DEFAULT_STYLE, Style


@dataclass(frozen=True, eq=False)
class ExportItem:
    """One picture's detections, ready to be written.

    Attributes:
        file_name: the picture's base name, as the files written name it.
        pixels: (H, W, 3) uint8 RGB.
        detections: what was found, nothing pending.
        source: the picture's own file, where it has one.
        trace: every stage, for the layers and formats that need it.
        layers: what an annotated picture shows, of the registry's `layer_names()`.
        style: how it shows it.
    """

    file_name: str
    pixels: NDArray[np.uint8]
    detections: Detections
    source: Path | None = None
    trace: StageTrace | None = None
    layers: tuple[str, ...] = DEFAULT_LAYERS
    style: Style = DEFAULT_STYLE
