"""Torchvision's detectors trained on COCO, as its documentation publishes them. No torch here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

PERSON_KEYPOINTS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip

# Labels 1 to 90; COCO gave ten of them up.
_COCO = (
    "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,"
    "N/A,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,"
    "giraffe,N/A,backpack,umbrella,N/A,N/A,handbag,tie,suitcase,frisbee,skis,snowboard,"
    "sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,"
    "N/A,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,"
    "hot dog,pizza,donut,cake,chair,couch,potted plant,bed,N/A,dining table,N/A,N/A,toilet,"
    "N/A,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,"
    "N/A,book,clock,vase,scissors,teddy bear,hair drier,toothbrush"
)
COCO_CLASSES: tuple[str, ...] = tuple(_COCO.split(","))


@dataclass(frozen=True)
class Published:
    """One of torchvision's detectors.

    Attributes:
        title: plain words.
        file: the name of its weights file, which ends in 8 digits of its SHA-256.
        megabytes: size of that file (MiB).
        metrics: AP on COCO val2017.
        masks, keypoints: which branches it has.
    """

    title: str
    file: str
    megabytes: float
    metrics: Mapping[str, Mapping[str, float]]
    masks: bool = False
    keypoints: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        return ("person",) if self.keypoints else COCO_CLASSES


def _ap(**kinds: float) -> Mapping[str, Mapping[str, float]]:
    return MappingProxyType({kind: {"AP": value} for kind, value in kinds.items()})


PUBLISHED: dict[str, Published] = {
    "fasterrcnn_mobilenet_v3_large_320_fpn": Published(
        "Faster R-CNN, MobileNetV3, 320 px",
        "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
        74.239,
        _ap(bbox=0.228),
    ),
    "fasterrcnn_mobilenet_v3_large_fpn": Published(
        "Faster R-CNN, MobileNetV3",
        "fasterrcnn_mobilenet_v3_large_fpn-fb6a3cc7.pth",
        74.239,
        _ap(bbox=0.328),
    ),
    "fasterrcnn_resnet50_fpn": Published(
        "Faster R-CNN, ResNet-50",
        "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
        159.743,
        _ap(bbox=0.370),
    ),
    "fasterrcnn_resnet50_fpn_v2": Published(
        "Faster R-CNN v2, ResNet-50",
        "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth",
        167.104,
        _ap(bbox=0.467),
    ),
    "maskrcnn_resnet50_fpn": Published(
        "Mask R-CNN, ResNet-50",
        "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
        169.84,
        _ap(bbox=0.379, segm=0.346),
        masks=True,
    ),
    "maskrcnn_resnet50_fpn_v2": Published(
        "Mask R-CNN v2, ResNet-50",
        "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
        177.219,
        _ap(bbox=0.474, segm=0.418),
        masks=True,
    ),
    "keypointrcnn_resnet50_fpn": Published(
        "Keypoint R-CNN, ResNet-50",
        "keypointrcnn_resnet50_fpn_coco-fc266e95.pth",
        226.054,
        _ap(bbox=0.546, keypoints=0.650),
        keypoints=True,
    ),
}


def cached_path(name: str) -> Path:
    """Where torchvision keeps the weights of a detector, downloaded or not."""
    home = os.environ.get("TORCH_HOME")
    if not home:
        home = os.path.join(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "torch")
    return Path(home).expanduser() / "hub" / "checkpoints" / PUBLISHED[name].file
