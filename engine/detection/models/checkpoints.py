"""Weights files to torchvision modules: ours, torchvision's, and a user's own."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torchvision
from torch import nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.mask_rcnn import MaskRCNNPredictor
from torchvision.ops.misc import FrozenBatchNorm2d

from engine.detection.models import builders
from engine.detection.models.saved_weights import SavedWeights, open_weights, read
from engine.detection.models.state_dicts import CLASS_ROWS
from engine.detection.models.torchvision_models import COCO_CLASSES, PERSON_KEYPOINTS, PUBLISHED
from engine.detection.models.weight_files import Description
from engine.errors import ModelError

Shapes = Mapping[str, tuple[int, ...]]

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
MASK_ROWS = "roi_heads.mask_predictor.mask_fcn_logits.weight"
MOST_CLASSES, MOST_KEYPOINTS, MOST_CHANNELS = 20_000, 1000, 4096


def load(path: Path) -> tuple[GeneralizedRCNN, Description]:
    """The detector in a weights file, on the CPU in eval mode and float32.

    Memory is taken only once the file's names and shapes are those of a net.

    Args:
        path: safetensors of ours; or a state dict of one of torchvision's detectors, inside
            whatever a training script saved, as safetensors or as `torch.save` writes it.

    Raises:
        InputError: there is no such file.
        ModelError: broken, not to be trusted, or no detector that can be built.
    """
    check_digest(path)
    saved = open_weights(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of layers of size 0
        if saved.description is not None:
            model, described = _described(saved, saved.description), saved.description
        else:
            model, described = rebuild(saved)
    try:
        model.load_state_dict(read(saved, saved.shapes), assign=True)
    except (RuntimeError, TypeError) as error:
        raise ModelError("weights.broken", path=path) from error
    return model.float().eval(), described


def check_digest(path: Path) -> None:
    """Compare a file with the 8 digits of its SHA-256 that torchvision puts in its name.

    Raises:
        ModelError: they differ.
    """
    digits = re.search(r"-([0-9a-f]{8})\.pth$", path.name)
    if digits is None or path.name not in {entry.file for entry in PUBLISHED.values()}:
        return
    if not path.is_file():
        return
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    if not digest.hexdigest().startswith(digits[1]):
        raise ModelError("weights.digest", path=path)


def _described(saved: SavedWeights, description: Description) -> GeneralizedRCNN:
    """The net that a file of ours describes, on the meta device.

    Raises:
        ModelError: it cannot be built, or the file's tensors are not its own.
    """
    architecture = builders.from_json(description.architecture)
    if len(description.classes) != architecture.classes - 1:
        raise ModelError("weights.metadata", path=saved.path, field="classes")
    try:
        model = builders.sketch(partial(builders.build, architecture))
    except (RuntimeError, ValueError, TypeError) as error:
        told = description.architecture
        raise ModelError("weights.unknown_architecture", architecture=told) from error
    wrong = _differences(saved.shapes, _shapes(model))
    if wrong:
        raise ModelError("weights.not_as_described", path=saved.path, found=wrong[0])
    return model


def rebuild(saved: SavedWeights) -> tuple[GeneralizedRCNN, Description]:
    """The torchvision detector whose state dict this is, by its names and shapes.

    Its parameters are on the meta device until they are assigned. Where two nets have the same
    shapes, the file's name decides.

    Raises:
        ModelError: it is none of `PUBLISHED`; the sentence names what was found and the nearest.
    """
    shapes, path = saved.shapes, saved.path
    rows = shapes.get(CLASS_ROWS, ())
    if len(rows) != 2 or not 2 <= rows[0] <= MOST_CLASSES:
        found = next((n for mark, n in OTHER_NETS if any(mark in key for key in saved.found)), None)
        if found is not None:
            raise ModelError("weights.one_stage", path=path, found=found)
        raise ModelError("weights.no_net", path=path, found=saved.some())
    differences: dict[str, list[str]] = {}
    for name in sorted(PUBLISHED, key=lambda name: not path.name.startswith(name)):
        sketch = builders.sketch(partial(make, name, shapes))
        differences[name] = _differences(shapes, _shapes(sketch))
        if not differences[name]:
            points = shapes.get(POINT_ROWS, (0, 0))[1]
            return sketch, Description(name, _class_names(rows[0]), _point_names(points))
    nearest = min(differences, key=lambda name: len(differences[name]))
    wrong = differences[nearest]
    raise ModelError(
        "weights.nearest", path=path, nearest=nearest, count=len(wrong), found="; ".join(wrong[:2])
    )


def make(name: str, shapes: Shapes) -> GeneralizedRCNN:
    """A torchvision detector with random weights, its norms and heads as the state dict has them.

    Args:
        name: of `PUBLISHED`.
        shapes: by parameter name; `CLASS_ROWS` is (classes with the background, features),
            `POINT_ROWS` (features, keypoints, 4, 4), `MASK_ROWS` (classes, channels, 1, 1).
    """
    settings: dict[str, Any] = {"num_classes": shapes[CLASS_ROWS][0]}
    points = shapes.get(POINT_ROWS, ())
    if PUBLISHED[name].keypoints and len(points) == 4 and 1 <= points[1] <= MOST_KEYPOINTS:
        settings["num_keypoints"] = points[1]
    builder = getattr(torchvision.models.detection, name)
    model = builder(weights=None, weights_backbone=None, **settings)
    masks = shapes.get(MASK_ROWS, ())
    # Whoever trains a head anew chooses its channels; the masks may keep COCO's classes.
    if PUBLISHED[name].masks and len(masks) == 4:
        classes, channels = masks[:2]
        if settings["num_classes"] <= classes <= MOST_CLASSES and 1 <= channels <= MOST_CHANNELS:
            model.roi_heads.mask_predictor = MaskRCNNPredictor(
                model.roi_heads.mask_predictor.conv5_mask.in_channels, channels, classes
            )
    if not any(key.endswith("num_batches_tracked") for key in shapes):
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


def _shapes(model: nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}


def _differences(found: Shapes, wanted: Shapes) -> list[str]:
    """In which tensors a file is not a net, as words of a sentence; the wrong shapes first."""
    both = sorted(found.keys() & wanted.keys())
    wrong = [f"{n} {_size(found[n])} ≠ {_size(wanted[n])}" for n in both if found[n] != wanted[n]]
    return (
        wrong
        + [f"+ {name}" for name in sorted(found.keys() - wanted.keys())]
        + [f"- {name}" for name in sorted(wanted.keys() - found.keys())]
    )


def _size(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape)) or "1"


def _class_names(count: int) -> tuple[str, ...]:
    """Names for a state dict that has none."""
    if count == len(COCO_CLASSES) + 1:
        return COCO_CLASSES
    if count == 2:
        return ("object",)
    return tuple(f"class {label}" for label in range(1, count))


def _point_names(count: int) -> tuple[str, ...]:
    """Names for keypoints that have none."""
    if count in (0, len(PERSON_KEYPOINTS)):
        return PERSON_KEYPOINTS[:count]
    return tuple(f"point {number}" for number in range(1, count + 1))
