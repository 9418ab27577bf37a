"""What a cell of a feature map sees of the picture: its effective receptive field.

torchvision centres a cell's anchors at index * stride, which is right for objectness. What
the cell's features depend on lies elsewhere: half a cell on where every convolution is
padded on both sides, further where the padding is one-sided, back where a coarser map was
added from above. The gradient of the cell's features by the input's pixels says where.

Source: W. Luo, Y. Li, R. Urtasun, R. Zemel, Understanding the Effective Receptive Field in
Deep Convolutional Neural Networks, 2016.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.pipeline.inference import Inspection, Workbench, shrunk

if TYPE_CHECKING:
    import torch

PROJECTIONS = 4  # random directions of the feature vector, each a pass back
PARTS = 4  # squares a stride, in which the weights are told


@dataclass(frozen=True, eq=False)
class ReceptiveField:
    """What a cell sees, weighted by the gradient.

    Attributes:
        level, row, column: which cell.
        weight: (h, w) float32, sum 1; squares from the picture's upper left on.
        square: height and width of one of them, picture px.
        centre: x, y of the centre of mass, picture px.
        anchor_centre: x, y of the cell's anchors, picture px.
        offset: x, y from the anchors' centre to that of mass, in cells.
        radius: of the circle around the centre with half of the mass, picture px.
        passes, of: how many directions are in it, and will be.
    """

    level: int
    row: int
    column: int
    weight: NDArray[np.float32]
    square: tuple[float, float]
    centre: tuple[float, float]
    anchor_centre: tuple[float, float]
    offset: tuple[float, float]
    radius: float
    passes: int
    of: int


def ask_receptive_field(
    workbench: Workbench, inspection: Inspection, level: int, row: int, column: int
) -> Iterator[ReceptiveField]:
    """The receptive field of a cell; each snapshot has one direction more in it.

    Raises:
        DeviceError: the device has no memory for the way back through the backbone.
    """
    from engine.detection.pipeline.stages import transformed
    from engine.detection.queries.anchors import strides

    trace = inspection.trace
    model = workbench.features(inspection).model
    device = next(model.parameters()).device
    with shrunk(model, inspection.shrink):
        pixels = transformed(model, inspection.picture.pixels)
    down, across = strides(trace, level)
    steps = gradients(
        model.backbone, pixels, level=level, row=row, column=column, precision=inspection.precision
    )
    height, width = trace.input_size
    ratio_y, ratio_x = trace.picture_size[0] / height, trace.picture_size[1] / width
    part = max(min(down, across) // PARTS, 1)
    for passes in range(1, PROJECTIONS + 1):
        with devices.memory_guard(device):
            mass = next(steps)[:height, :width]  # padding is no part of the picture
        x, y, radius = centre_of(mass)
        yield ReceptiveField(
            level=level,
            row=row,
            column=column,
            weight=in_squares(mass, part),
            square=(part * ratio_y, part * ratio_x),
            centre=(x * ratio_x, y * ratio_y),
            anchor_centre=(column * across * ratio_x, row * down * ratio_y),
            offset=(x / across - column, y / down - row),
            radius=radius * (ratio_x + ratio_y) / 2,
            passes=passes,
            of=PROJECTIONS,
        )


def gradients(
    backbone: Callable[[torch.Tensor], Any],
    pixels: torch.Tensor,
    *,
    level: int,
    row: int,
    column: int,
    passes: int = PROJECTIONS,
    precision: str = "float32",
) -> Iterator[NDArray[np.float64]]:
    """How strongly a cell's features depend on each pixel, the mean over more and more passes.

    Each pass takes the features in a random direction of signs: the square of its gradient
    is, in the mean, that of all channels together, and no channel cancels another.

    Args:
        backbone: from (1, 3, H, W) to one map or a mapping of maps (1, C, h, w).
        pixels: (3, H, W), as the backbone gets them.
        level: index of the map.

    Yields:
        (H, W): the gradients' absolute values, summed over the three colours.
    """
    import torch

    entered = pixels.detach().clone()[None].requires_grad_(True)
    with torch.enable_grad(), devices.computing(pixels.device, precision):
        maps = backbone(entered)
        seen = maps if isinstance(maps, torch.Tensor) else list(maps.values())[level]
        features = seen[0, :, row, column].float()
    signs = torch.Generator().manual_seed(0)
    total = np.zeros(tuple(pixels.shape[1:]), np.float64)
    for done in range(1, passes + 1):
        direction = torch.randint(0, 2, (len(features),), generator=signs) * 2.0 - 1
        (gradient,) = torch.autograd.grad(
            features @ direction.to(features), entered, retain_graph=done < passes
        )
        total += gradient[0].abs().sum(0).double().cpu().numpy()
        yield total / done


def centre_of(mass: NDArray[np.float64]) -> tuple[float, float, float]:
    """x, y of the centre of a mass (H, W), and the radius with half of it, px.

    A pixel's own middle lies half a pixel from its corner. Where there is no mass at all the
    centre is that of the picture.
    """
    height, width = mass.shape
    ys, xs = np.arange(height) + 0.5, np.arange(width) + 0.5
    whole = float(mass.sum())
    if whole <= 0:
        return width / 2, height / 2, 0.0
    x, y = float(mass.sum(0) @ xs) / whole, float(mass.sum(1) @ ys) / whole
    far = np.hypot(ys[:, None] - y, xs[None] - x).ravel()
    order = np.argsort(far, kind="stable")
    half = int(np.searchsorted(np.cumsum(mass.ravel()[order]), whole / 2))
    return x, y, float(far[order[min(half, len(order) - 1)]])


def in_squares(mass: NDArray[np.float64], side: int) -> NDArray[np.float32]:
    """(h, w) float32, sum 1: a mass (H, W) summed in squares, the last ones cut at the edge."""
    rows, columns = (np.arange(0, length, side) for length in mass.shape)
    summed = np.add.reduceat(np.add.reduceat(mass, rows, axis=0), columns, axis=1)
    whole = float(summed.sum())
    return (summed / whole if whole > 0 else summed).astype(np.float32)
