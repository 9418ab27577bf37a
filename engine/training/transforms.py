"""Training pictures changed with their objects: zoomed, mirrored, turned, coloured, pasted on."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.training.datasets import Example

MIN_VISIBLE = 0.4  # fragments learnt as objects become false boxes on large ones
MIN_SIDE = 3.0
FILL = 127


def zoom(
    example: Example,
    *,
    scale: tuple[float, float],
    focus: float,
    rng: np.random.Generator,
    crop: int,
    min_size: int,
) -> Example:
    """A square window of the picture at a random zoom, (crop, crop) pixels.

    What lies outside of the picture is grey. Objects of which too little is left become
    ignored regions.

    Args:
        scale: lowest and highest zoom; at 1 the picture's short side measures `min_size`.
        focus: probability that the window is centred near an object.
    """
    cv2 = opencv()
    height, width = example.pixels.shape[:2]
    low, high = np.log(scale[0]), np.log(scale[1])
    factor = min_size / min(height, width) * float(np.exp(rng.uniform(low, high)))
    side = crop / factor  # of the window, in picture pixels
    if len(example.boxes) and rng.random() < focus:
        box = example.boxes[rng.integers(len(example.boxes))]
        centre = (box[:2] + box[2:]) / 2 + rng.uniform(-0.35, 0.35, 2) * side
        corner = centre - side / 2
        corner = np.clip(corner, 0, np.maximum((width - side, height - side), 0))
        slack = np.minimum((width - side, height - side), 0)
        corner = np.where(slack < 0, slack * rng.random(2), corner)
    else:
        corner = np.asarray((width - side, height - side)) * rng.random(2)
    x0, y0 = float(corner[0]), float(corner[1])
    source: NDArray[Any] = example.pixels
    if factor < 0.7:  # sampling alone would alias
        source = cv2.resize(source, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    matrix = _window(x0, y0, factor, (width / source.shape[1], height / source.shape[0]))
    pixels = cv2.warpAffine(source, matrix, (crop, crop), borderValue=(FILL,) * 3)
    matrix = _window(x0, y0, factor, (1.0, 1.0))
    boxes, ignored = example.boxes.copy(), example.ignored.copy()
    for moved in (boxes, ignored):
        moved[:, 0::2] = (moved[:, 0::2] - x0) * factor
        moved[:, 1::2] = (moved[:, 1::2] - y0) * factor
    whole = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    boxes = boxes.clip(0, crop)
    sides = boxes[:, 2:] - boxes[:, :2]
    kept = (sides.prod(1) >= MIN_VISIBLE * whole) & (sides >= MIN_SIDE).all(1)
    rows = np.flatnonzero(kept)
    # A fragment is nothing to learn, and not background either.
    ignored = np.concatenate((ignored.clip(0, crop), boxes[~kept]))
    ignored = ignored[(ignored[:, 2:] > ignored[:, :2]).all(1)]
    masks = np.zeros((len(rows), crop, crop), np.uint8)
    for target, row in enumerate(rows):
        masks[target] = cv2.warpAffine(
            example.masks[row], matrix, (crop, crop), flags=cv2.INTER_NEAREST
        )
    points = example.keypoints[rows].copy()
    points[..., 0] = (points[..., 0] - x0) * factor
    points[..., 1] = (points[..., 1] - y0) * factor
    inside = ((points[..., :2] >= 0) & (points[..., :2] < crop)).all(-1)
    points[~inside] = 0
    return replace(
        example,
        pixels=pixels.astype(np.uint8, copy=False),
        boxes=boxes[rows],
        labels=example.labels[rows],
        masks=masks,
        keypoints=points,
        ignored=ignored,
    )


def _window(x0: float, y0: float, factor: float, pixel: tuple[float, float]) -> NDArray[np.float64]:
    """The affine matrix of a zoom at (x0, y0), for a source whose pixels measure `pixel`.

    OpenCV counts from pixel centres, boxes count from pixel edges: hence the halves.
    """
    fx, fy = factor * pixel[0], factor * pixel[1]
    return np.array([[fx, 0, (fx - 1) / 2 - x0 * factor], [0, fy, (fy - 1) / 2 - y0 * factor]])


def mirror(example: Example, swaps: NDArray[np.intp]) -> Example:
    """Left and right exchanged, named keypoints too.

    Args:
        swaps: (K,) index of each keypoint's mirror image.
    """
    width = example.pixels.shape[1]
    boxes, ignored = example.boxes.copy(), example.ignored.copy()
    for rows in (boxes, ignored):
        rows[:, [0, 2]] = width - rows[:, [2, 0]]
    points = example.keypoints
    if points.shape[1]:
        points = points[:, swaps].copy()
        seen = points[..., 2] > 0
        points[..., 0] = np.where(seen, width - points[..., 0], 0)
    return replace(
        example,
        pixels=np.ascontiguousarray(example.pixels[:, ::-1]),
        boxes=boxes,
        masks=np.ascontiguousarray(example.masks[:, :, ::-1]),
        keypoints=points,
        ignored=ignored,
    )


def turn(example: Example, quarters: int) -> Example:
    """The picture turned counter-clockwise by quarters of a circle."""
    pixels, masks = example.pixels, example.masks
    boxes, ignored, points = example.boxes, example.ignored, example.keypoints.copy()
    for _ in range(quarters):
        width = pixels.shape[1]
        pixels, masks = np.rot90(pixels), np.rot90(masks, axes=(1, 2))
        boxes, ignored = (
            np.stack((rows[:, 1], width - rows[:, 2], rows[:, 3], width - rows[:, 0]), axis=1)
            for rows in (boxes, ignored)
        )
        seen = points[..., 2] > 0
        x, y = points[..., 0].copy(), points[..., 1].copy()
        points[..., 0], points[..., 1] = np.where(seen, y, 0), np.where(seen, width - x, 0)
    return replace(
        example,
        pixels=np.ascontiguousarray(pixels),
        boxes=boxes,
        masks=np.ascontiguousarray(masks),
        keypoints=points,
        ignored=ignored,
    )


def recolour(
    pixels: NDArray[np.uint8], amount: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Brightness, contrast, saturation and warmth changed by up to `amount`.

    Args:
        pixels: (H, W, 3) uint8 RGB; the result is another such.
        amount: the largest relative change, 0 to 1.
    """
    brightness, contrast, saturation = 1 + rng.uniform(-amount, amount, 3)
    warmth = 1 + rng.uniform(-amount, amount, 3) / 3
    values = pixels.astype(np.float32)
    grey = values.mean(2, keepdims=True)
    values = grey + (values - grey) * saturation
    mean = grey.mean()
    values = ((values - mean) * contrast + mean) * brightness * warmth
    if rng.random() < 0.05:
        values = np.repeat(values.mean(2, keepdims=True), 3, axis=2)
    return values.clip(0, 255).astype(np.uint8)


def paste(example: Example, donor: Example, *, rng: np.random.Generator, most: int = 3) -> Example:
    """Some of the donor's objects copied into the picture, in front of what is there.

    Only objects with an outline are copied, at most `most`; what they hide leaves the
    masks, and objects of which too little is left become ignored regions.

    Source: Ghiasi et al. 2021, Simple Copy-Paste, arXiv 2012.07177.
    """
    cv2 = opencv()
    candidates = np.flatnonzero(donor.masks.sum((1, 2)) >= 300)
    if not len(candidates):
        return example
    rng.shuffle(candidates)
    pixels = example.pixels.copy()
    height, width = pixels.shape[:2]
    masks, boxes = list(example.masks), list(example.boxes)
    labels, points = list(example.labels), list(example.keypoints)
    # What of an object can be seen: its outline, or its box where it has none.
    seen = [
        mask if mask.any() else _filled(box, mask) for mask, box in zip(masks, boxes, strict=True)
    ]
    before = [int(area.sum()) for area in seen]
    for row in candidates[: rng.integers(1, most + 1)]:
        x0, y0 = np.floor(donor.boxes[row, :2]).astype(int)
        x1, y1 = np.ceil(donor.boxes[row, 2:]).astype(int)
        piece: NDArray[Any] = donor.pixels[y0:y1, x0:x1]
        cut: NDArray[Any] = donor.masks[row, y0:y1, x0:x1]
        factor = float(np.exp(rng.uniform(np.log(0.4), np.log(1.4))))
        w, h = (max(round(side * factor), 8) for side in (x1 - x0, y1 - y0))
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        piece = cv2.resize(piece, (w, h), interpolation=how)
        cut = cv2.resize(cut.astype(np.float32), (w, h), interpolation=how)
        left = int(rng.integers(-w // 4, max(width - 3 * w // 4, 1 - w // 4)))
        top = int(rng.integers(-h // 4, max(height - 3 * h // 4, 1 - h // 4)))
        x, y = max(left, 0), max(top, 0)
        right, bottom = min(left + w, width), min(top + h, height)
        if right - x < 8 or bottom - y < 8:
            continue
        window = (slice(y, bottom), slice(x, right))
        part = (slice(y - top, bottom - top), slice(x - left, right - left))
        soft = cv2.GaussianBlur(cut, (3, 3), 0)[part][..., None]
        pixels[window] = (piece[part] * soft + pixels[window] * (1 - soft)).astype(np.uint8)
        mask = np.zeros((height, width), np.uint8)
        mask[window] = cut[part] > 0.5
        if mask.sum() < 60:
            continue
        masks = [other & ~mask & 1 for other in masks]
        seen = [other & ~mask & 1 for other in seen]
        moved = donor.keypoints[row].copy()
        moved[:, 0] = (moved[:, 0] - x0) * factor + left
        moved[:, 1] = (moved[:, 1] - y0) * factor + top
        masks.append(mask)
        seen.append(mask)
        boxes.append(_bounds(mask))
        labels.append(donor.labels[row])
        points.append(moved)
        before.append(int(mask.sum()))
    rows = []
    ignored = list(example.ignored)
    for row, mask in enumerate(masks):
        left_over = int(seen[row].sum())
        if left_over < before[row]:  # something was pasted over it
            if left_over < max(MIN_VISIBLE * before[row], 16):
                ignored.append(boxes[row])
                continue
            if mask.any():
                boxes[row] = _bounds(mask)
        rows.append(row)
    return replace(
        example,
        pixels=pixels,
        boxes=np.asarray([boxes[row] for row in rows], np.float32).reshape(-1, 4),
        labels=np.asarray([labels[row] for row in rows], np.int64),
        masks=np.asarray([masks[row] for row in rows], np.uint8).reshape(-1, height, width),
        keypoints=np.asarray([points[row] for row in rows], np.float32).reshape(
            len(rows), *example.keypoints.shape[1:]
        ),
        ignored=np.asarray(ignored, np.float32).reshape(-1, 4),
    )


def _filled(box: NDArray[np.float32], like: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A mask of the size of `like` with ones in a box."""
    mask = np.zeros_like(like)
    x0, y0, x1, y1 = np.rint(box).astype(int)
    mask[y0:y1, x0:x1] = 1
    return mask


def _bounds(mask: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The box around a mask's ones, xyxy."""
    columns, rows = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
    return np.asarray((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1), np.float32)


def opencv() -> ModuleType:
    """OpenCV, imported when the first picture is varied."""
    from engine.pictures.reader import opencv as load

    return load()
