"""Weights files to torchvision modules: ours, torchvision's, and a user's own.

Nothing is ever unpickled beyond plain tensors.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import Tensor, nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.ops.misc import FrozenBatchNorm2d

from engine.detection.models import builders, weight_files
from engine.detection.models.torchvision_models import COCO_CLASSES, PERSON_KEYPOINTS, PUBLISHED
from engine.detection.models.weight_files import Description
from engine.errors import InputError, ModelError

CLASS_ROWS = "roi_heads.box_predictor.cls_score.weight"
OTHER_NETS = (
    # A part of a parameter's name, and whose it is; the first that is there counts.
    ("head.classification_head.module_list", "SSD"),
    ("head.classification_head.bbox_ctrness", "FCOS"),
    ("head.regression_head.bbox_ctrness", "FCOS"),
    ("head.classification_head", "RetinaNet"),
    ("transformer.decoder", "DETR"),
    ("model.22.dfl", "YOLO"),
    ("anchor_grid", "YOLO"),
    ("classifier.4.weight", "FCN or DeepLab"),
    ("image_encoder.", "Segment Anything"),
    ("layer4.0.conv1.weight", "ResNet"),
    ("encoder_layer_0.", "ViT"),
    ("classifier.", "VGG, MobileNet or EfficientNet"),
)
POINT_ROWS = "roi_heads.keypoint_predictor.kps_score_lowres.weight"


def load(path: Path) -> tuple[GeneralizedRCNN, Description]:
    """The detector in a weights file, on the CPU in eval mode and float32.

    Args:
        path: safetensors of ours; or a state dict of one of torchvision's detectors, as
            safetensors or as `torch.save` writes it.

    Raises:
        InputError: there is no such file.
        ModelError: broken, not to be trusted, or no detector that can be built.
    """
    if not path.is_file():
        raise InputError("file.missing", path=path)
    described = None
    if is_safetensors(path):
        if "architecture" in (weight_files.read_header(path).get("__metadata__") or {}):
            described = weight_files.describe(path)
        tensors = weight_files.read_tensors(path)
    else:
        check_digest(path)
        tensors = read_pickle(path)
    if described is not None:
        model = builders.build(builders.from_json(described.architecture))
    else:
        model, described = rebuild(tensors, path)
    try:
        model.load_state_dict(tensors, assign=True)
    except (RuntimeError, TypeError) as error:
        raise ModelError("weights.broken", path=path) from error
    return model.float().eval(), described


def is_safetensors(path: Path) -> bool:
    """Whether a file is safetensors by its content.

    Raises:
        ModelError: it is named so and is none.
    """
    with open(path, "rb") as file:
        start = file.read(9)
    looks = len(start) == 9 and start[8:] == b"{"
    if path.suffix == ".safetensors" and not looks:
        raise ModelError("weights.not_safetensors", path=path)
    return looks


def check_digest(path: Path) -> None:
    """Compare a file with the 8 digits of its SHA-256 that torchvision puts in its name.

    Raises:
        ModelError: they differ.
    """
    digits = re.search(r"-([0-9a-f]{8})\.pth$", path.name)
    if digits is None or path.name not in {entry.file for entry in PUBLISHED.values()}:
        return
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    if not digest.hexdigest().startswith(digits[1]):
        raise ModelError("weights.digest", path=path)


def read_pickle(path: Path) -> dict[str, Tensor]:
    """The state dict that `torch.save` wrote; any other content is refused, not run.

    Returns:
        tensors of any shape and dtype on the CPU, by parameter name.

    Raises:
        ModelError: the file is broken, or holds more than tensors.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelError("weights.not_trusted", path=path) from error
    except Exception as error:  # torch raises many kinds for a damaged file
        raise ModelError("weights.broken", path=path) from error
    for key in ("model", "state_dict"):  # training scripts wrap it
        if isinstance(content, Mapping) and isinstance(content.get(key), Mapping):
            content = content[key]
    if not isinstance(content, Mapping) or not content:
        raise ModelError("weights.undescribed", path=path)
    if not all(isinstance(n, str) and isinstance(t, Tensor) for n, t in content.items()):
        raise ModelError("weights.undescribed", path=path)
    return dict(content)


def rebuild(tensors: Mapping[str, Tensor], path: Path) -> tuple[GeneralizedRCNN, Description]:
    """The torchvision detector whose state dict this is, by its names and shapes.

    Its parameters are on the meta device until they are assigned.

    Args:
        tensors: by parameter name; that of `CLASS_ROWS` is (classes + 1, features).
        path: the file's, whose name decides between nets of the same shapes.

    Raises:
        ModelError: it is none of `PUBLISHED`.
    """
    if CLASS_ROWS not in tensors or tensors[CLASS_ROWS].ndim != 2:
        found = next((net for mark, net in OTHER_NETS if any(mark in key for key in tensors)), None)
        if found is not None:
            raise ModelError("weights.one_stage", path=path, found=found)
        raise ModelError("weights.undescribed", path=path)
    count = len(tensors[CLASS_ROWS])
    shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    for name in sorted(PUBLISHED, key=lambda name: not path.name.startswith(name)):
        with torch.device("meta"):
            sketch = make(name, count, tensors)
        if {n: tuple(t.shape) for n, t in sketch.state_dict().items()} != shapes:
            continue
        # Random first weights of a ResNet cost seconds, so only the anchors are made real.
        anchors = sketch.rpn.anchor_generator
        anchors.cell_anchors = [
            anchors.generate_anchors(sizes, ratios)
            for sizes, ratios in zip(anchors.sizes, anchors.aspect_ratios, strict=True)
        ]
        points = PERSON_KEYPOINTS if POINT_ROWS in tensors else ()
        return sketch, Description(name, _class_names(count), points)
    raise ModelError("weights.undescribed", path=path)


def make(name: str, classes: int, tensors: Mapping[str, Tensor]) -> GeneralizedRCNN:
    """A torchvision detector with random weights, its norms as the state dict has them.

    Args:
        name: of `PUBLISHED`.
        classes: with the background.
        tensors: by parameter name; that of `POINT_ROWS` is (features, keypoints, 4, 4).
    """
    settings: dict[str, Any] = {"num_classes": classes}
    if POINT_ROWS in tensors and PUBLISHED[name].keypoints:
        settings["num_keypoints"] = tensors[POINT_ROWS].shape[1]
    builder = getattr(torchvision.models.detection, name)
    model = builder(weights=None, weights_backbone=None, **settings)
    if not any(key.endswith("num_batches_tracked") for key in tensors):
        # As torchvision builds it for weights that were trained with fixed norms; it sets
        # epsilon to 0 for the ResNets of its first version.
        freeze_norms(model.backbone, epsilon=0.0 if "resnet50" in name else 1e-5)
    return model


def freeze_norms(module: nn.Module, *, epsilon: float) -> None:
    """Put fixed batch norms in the place of live ones."""
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, FrozenBatchNorm2d(child.num_features, eps=epsilon))
        else:
            freeze_norms(child, epsilon=epsilon)


def _class_names(count: int) -> tuple[str, ...]:
    """Names for a state dict that has none."""
    if count == len(COCO_CLASSES) + 1:
        return COCO_CLASSES
    if count == 2:
        return ("object",)
    return tuple(f"class {label}" for label in range(1, count))
