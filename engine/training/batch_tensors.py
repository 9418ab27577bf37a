"""A batch of examples as the net takes it."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.training.datasets import Example


def to_tensors(
    batch: list[Example], device: torch.device
) -> tuple[list[Tensor], list[dict[str, Tensor]]]:
    """Examples as torchvision's detectors take them.

    Returns:
        images (3, H, W) float32 in 0 to 1, and targets with `boxes` (N, 4) float32 xyxy,
        `labels` (N,) int64, `masks` (N, H, W) uint8, `ignored` (M, 4) and where there are
        any `keypoints` (N, K, 3), all in the example's pixels and on the device.
    """
    images, targets = [], []
    for example in batch:
        images.append(torch.from_numpy(example.pixels).to(device).permute(2, 0, 1).float() / 255)
        target = {
            "boxes": torch.from_numpy(example.boxes).to(device),
            "labels": torch.from_numpy(example.labels).to(device),
            "masks": torch.from_numpy(example.masks).to(device),
            "ignored": torch.from_numpy(example.ignored).to(device),
        }
        if example.keypoints.shape[1]:
            target["keypoints"] = torch.from_numpy(example.keypoints).to(device)
        targets.append(target)
    return images, targets
