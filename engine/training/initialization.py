"""What a training starts from: the data, the net and its first weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.annotations.json_stream import Steps, finish
from engine.detection.models import backbones, builders, saved_weights, weight_files, zoo
from engine.detection.models.builders import Architecture
from engine.detection.models.saved_weights import SavedWeights
from engine.detection.models.weight_files import Description
from engine.errors import InputError, ModelError, SpecError
from engine.training import movenet
from engine.training.datasets import CocoPictures, Pictures
from engine.training.imagenet_weights import load_lite0
from engine.training.joined import JoinedPictures
from engine.training.spec import TrainSpec
from engine.training.synthetic_shapes import ShapesPictures

SHAPES = "shapes"
PICTURES = ("people", "nuclei")  # bundled models whose features know real pictures
# The nets of the bundled models; classes and keypoints come from the data.
ARCHITECTURES: dict[str, Architecture] = {
    "people": Architecture(
        "movenet",
        classes=2,
        width=96,
        first_stride=8,
        anchor_sizes=(18, 44, 104, 232),
        anchor_ratios=(0.75, 1.5, 3.0),
        keypoint_convolutions=3,
        head_width=96,
        min_size=416,
        max_size=640,
        proposals=(600, 150),
        rois=150,
    ),
    "nuclei": Architecture(
        "efficientnet-lite0",
        classes=2,
        anchor_sizes=(12, 22, 42, 80, 160),
        anchor_ratios=(0.6, 1.0, 1.67),
        min_size=640,
        max_size=1100,
        proposals=(1000, 1000),
        detections=300,
        rois=96,
    ),
    "shapes": Architecture(
        "small",
        classes=5,
        width=64,
        anchor_sizes=(20, 36, 56, 88, 136),
        anchor_ratios=(0.67, 1.0, 1.5),
        box_width=192,
        head_width=64,
        min_size=224,
        max_size=336,
        proposals=(500, 150),
        detections=50,
    ),
}
FROZEN_STAGES = {"efficientnet-lite0": 2, "movenet": 2, "small": 0}  # up to stride 8
# What the names of each part's parameters begin with.
PART_PREFIXES: dict[str, tuple[str, ...]] = {
    "body": ("backbone.body.",),
    "pyramid": ("backbone.fpn.",),
    "rpn": ("rpn.",),
    "boxes": ("roi_heads.box_head.", "roi_heads.box_predictor."),
    "masks": ("roi_heads.mask_head.", "roi_heads.mask_predictor."),
    "keypoints": ("roi_heads.keypoint_head.", "roi_heads.keypoint_predictor."),
}


def open_data(spec: TrainSpec, *, seed: int | None = None) -> Pictures:
    """The pictures that a spec names; for scenes, `seed` replaces the spec's.

    Raises:
        InputError: the data cannot be read.
    """
    return finish(open_data_steps(spec, seed=seed))


def open_data_steps(spec: TrainSpec, *, seed: int | None = None) -> Steps[Pictures]:
    """`open_data` as a job that tells how much of large files is read."""
    if spec.files == (SHAPES,):
        return ShapesPictures(spec.seed if seed is None else seed, spec.pictures, spec.classes)
    paths = [Path(file) for file in spec.files]
    images = Path(spec.images) if spec.images else None
    if len(paths) == 1:
        return (yield from CocoPictures.steps(paths[0], spec.classes, images=images))
    return (yield from JoinedPictures.steps(paths, spec.classes, images))


def model_name(spec: TrainSpec) -> str:
    """The net that a spec means."""
    return spec.model or ("shapes" if spec.files == (SHAPES,) else "people")


def base_architecture(spec: TrainSpec) -> Architecture:
    """The net that a spec means, with its anchors, before it is made for classes and keypoints.

    Raises:
        InputError: there is no such net.
        SpecError: it has another number of pyramid levels than the spec has anchor sizes.
    """
    name = model_name(spec)
    if name in ARCHITECTURES:
        architecture = ARCHITECTURES[name]
    else:
        info = zoo.find(name)
        if info.path is None or not info.ready or info.source == "torchvision":
            raise InputError("train.not_trainable", model=name, known=", ".join(ARCHITECTURES))
        architecture = builders.from_json(weight_files.describe(info.path).architecture)
    if not spec.anchor_sizes:
        return architecture
    count = len(architecture.anchor_sizes)
    if len(spec.anchor_sizes) != count:
        told = ", ".join(f"{size:g}" for size in spec.anchor_sizes)
        raise SpecError("value.not_a_list", name="anchor_sizes", value=told, count=count)
    return replace(architecture, anchor_sizes=spec.anchor_sizes)


def describe(spec: TrainSpec, pictures: Pictures) -> Description:
    """The net to train, made for the data's classes and keypoints.

    Raises:
        InputError: there is no such net.
    """
    architecture = replace(
        base_architecture(spec),
        classes=len(pictures.classes) + 1,
        keypoints=len(pictures.keypoint_names),
    )
    return Description(
        architecture.to_json(),
        pictures.classes,
        pictures.keypoint_names,
        pictures.keypoint_classes,
    )


def first_model(spec: TrainSpec, description: Description) -> GeneralizedRCNN:
    """The net with its first weights, in training mode, with its early stages frozen.

    Raises:
        ModelError: the weights to start from are not there or do not fit.
    """
    architecture = builders.from_json(description.architecture)
    model = builders.build(architecture)
    start = resolved_start(spec, architecture)
    if movenet.is_features(start):
        if architecture.body != "movenet":
            raise ModelError(
                "weights.do_not_fit", path=start, model=model_name(spec), found="MoveNet"
            )
        movenet.load(model.backbone.body, Path(start))
    elif start == "imagenet":
        if architecture.body != "efficientnet-lite0":
            raise ModelError("weights.no_imagenet_body", body=architecture.body)
        load_lite0(model.backbone.body)
    elif start != "nothing":
        path = zoo.bundled_path(start) if start in zoo.BUNDLED else Path(start)
        saved = saved_weights.open_weights(path)
        if not fit(model, saved, target=description):
            raise ModelError(
                "weights.do_not_fit", path=path, model=model_name(spec), found=saved.some()
            )
    model.train()
    freeze(model, architecture.body, spec.frozen)
    freeze_parts(model, spec.parts)
    return model


def resolved_start(spec: TrainSpec, architecture: Architecture) -> str:
    """Where the weights come from: "imagenet", "nothing", a bundled model's name, or a file."""
    if spec.start != "model":
        return spec.start
    name = model_name(spec)
    if name not in ARCHITECTURES:
        return str(zoo.find(name).path)  # go on from a run of the user's
    # Features of photographs where they fit; the small backbone learns from nothing.
    return next((n for n in PICTURES if _bundled_body(n) == architecture.body), "nothing")


def starts_with_rpn(spec: TrainSpec, architecture: Architecture) -> bool:
    """Whether the first weights bring a trained RPN along, which knows the sizes of its anchors."""
    start = resolved_start(spec, architecture)
    return start not in ("imagenet", "nothing") and not movenet.is_features(start)


def _bundled_body(name: str) -> str:
    """The backbone of a bundled model."""
    description = weight_files.describe(zoo.bundled_path(name))
    return builders.from_json(description.architecture).body


def freeze(model: GeneralizedRCNN, backbone: str, stages: int | None) -> None:
    """Keep the backbone's first stages as they are; None for as many as suit it."""
    part = model.backbone.body
    if isinstance(part, backbones.Backbone):
        part.freeze(FROZEN_STAGES[backbone] if stages is None else stages)


def freeze_parts(model: GeneralizedRCNN, learn: Sequence[str]) -> None:
    """Keep every part but these as it is, the norms of a backbone included."""
    if "body" not in learn:
        model.backbone.body.eval()
    for part, prefixes in PART_PREFIXES.items():
        if part not in learn:
            for name, parameter in model.named_parameters():
                if name.startswith(prefixes):
                    parameter.requires_grad_(False)


@torch.no_grad()
def fit(model: GeneralizedRCNN, saved: SavedWeights, *, target: Description) -> int:
    """Copy every tensor that fits; the predictors only where the classes are the same.

    An RPN that learnt other anchors begins anew.

    Args:
        saved: weights of any net; one that is not the model's is not read.
        target: what the model is for.

    Returns:
        how many tensors were taken.
    """
    own = model.state_dict()
    fitting = []
    other_anchors = saved.description is not None and not _same_anchors(saved, target)
    for name, shape in saved.shapes.items():
        names = "keypoint_names" if "keypoint_predictor" in name else "classes"
        known = getattr(saved.description, names, None)  # weights of others do not say
        if "_predictor." in name and known != getattr(target, names):
            continue
        if other_anchors and name.startswith(PART_PREFIXES["rpn"]):
            continue  # its offsets are from anchors of other sizes
        if name in own and own[name].shape == shape:
            fitting.append(name)
    for name, tensor in saved_weights.read(saved, fitting).items():
        own[name].copy_(tensor)
    return len(fitting)


def _same_anchors(saved: SavedWeights, target: Description) -> bool:
    """Whether weights, which say what they are for, were learnt with the target's anchors."""
    assert saved.description is not None
    theirs, ours = (builders.from_json(each.architecture) for each in (saved.description, target))
    return (theirs.anchor_sizes, theirs.anchor_ratios) == (ours.anchor_sizes, ours.anchor_ratios)
