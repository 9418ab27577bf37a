"""The detectors that are there: bundled, torchvision's, and the user's own runs.

Listing needs no torch; loading does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.detection.models import weight_files
from engine.detection.models.torchvision_models import PERSON_KEYPOINTS, PUBLISHED, cached_path
from engine.detection.models.weight_files import Description
from engine.errors import InputError, ModelError, ThalwegError

if TYPE_CHECKING:
    from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

BUNDLED: dict[str, str] = {
    # name: title
    "people": "People",
    "nuclei": "Cell nuclei",
    "shapes": "Shapes and stick figures",
}


@dataclass(frozen=True)
class ModelInfo:
    """One detector as a list shows it.

    Attributes:
        name: what `--model` takes.
        title: plain words, English.
        source: "bundled", "torchvision" or "run".
        classes: class names without the background; the first is label 1.
        keypoint_names: named points; empty for none.
        keypoint_classes: classes whose points mean something.
        has_masks: whether it draws masks.
        size_bytes: of its weights file.
        metrics: what `evaluate` wrote beside the weights, or what torchvision publishes.
        ready: whether it can run now, without a download.
        path: its weights file, where it is or would be.
    """

    name: str
    title: str
    source: str
    classes: tuple[str, ...]
    keypoint_names: tuple[str, ...]
    keypoint_classes: tuple[str, ...]
    has_masks: bool
    size_bytes: int
    metrics: Mapping[str, Any] | None
    ready: bool
    path: Path | None


def runs_folder() -> Path:
    """Where trainings are kept: `THALWEG_RUNS`, or Thalweg/runs in the home folder."""
    return Path(os.environ.get("THALWEG_RUNS") or Path.home() / "Thalweg" / "runs")


def bundled_path(name: str) -> Path:
    """The weights file of a bundled model."""
    return Path(str(files("resources"))) / "weights" / f"{name}.safetensors"


def weights_path(name: str) -> Path | None:
    """Where the weights of a model are or would be, by its name alone; None for no such name."""
    if name in BUNDLED:
        return bundled_path(name)
    if name in PUBLISHED:
        return cached_path(name)
    if name.startswith("run:"):
        return runs_folder() / name.removeprefix("run:") / "last" / "weights.safetensors"
    return None


def models(run_folders: Sequence[Path] = ()) -> list[ModelInfo]:
    """Every detector: bundled, torchvision's, then runs.

    Args:
        run_folders: folders that hold runs; none for `runs_folder()`.
    """
    found = [_bundled(name) for name in BUNDLED]
    found += [_published(name) for name in PUBLISHED]
    for folder in run_folders or (runs_folder(),):
        if not folder.is_dir():
            continue
        for run in sorted(folder.iterdir()):
            path = run / "last" / "weights.safetensors"
            if path.is_file():
                try:
                    found.append(
                        _described(f"run:{run.name}", run.name, "run", path, _metrics_of_run(run))
                    )
                except ThalwegError:
                    continue  # a broken run is no model
    return found


def find(name: str) -> ModelInfo:
    """The detector of a name.

    Raises:
        InputError: there is none of that name.
    """
    known = models()
    for info in known:
        if info.name == name:
            return info
    raise InputError(
        "value.unknown_name",
        kind="Model",
        value=name,
        known=", ".join(info.name for info in known),
    )


def load_detector(name: str, device: str = "cpu") -> GeneralizedRCNN:
    """The detector of a name as torchvision's module: eval mode, float32.

    Raises:
        InputError: there is none of that name.
        ModelError: its weights are not there or broken.
    """
    return load_info(find(name), device)[0]


def load_info(info: ModelInfo, device: str = "cpu") -> tuple[GeneralizedRCNN, Description]:
    """A listed detector with what is known of its classes and keypoints.

    Raises:
        ModelError: its weights are not there or broken.
    """
    if not info.ready or info.path is None:
        raise ModelError("weights.not_here", model=info.name)
    return load_described(info.path, device)


def load_weights(path: str | os.PathLike[str], device: str = "cpu") -> GeneralizedRCNN:
    """The detector that a weights file holds: eval mode, float32.

    Args:
        path: safetensors of ours, or a state dict of one of torchvision's detectors.

    Raises:
        InputError: there is no such file.
        ModelError: the file is broken, not to be trusted, or holds no such detector.
    """
    return load_described(path, device)[0]


def load_described(
    path: str | os.PathLike[str], device: str = "cpu"
) -> tuple[GeneralizedRCNN, Description]:
    """As `load_weights`, with what is known of the classes and keypoints."""
    from engine.allocator import keep_memory
    from engine.detection.models import checkpoints
    from engine.device import resolve

    keep_memory()
    target = resolve(device)
    model, description = checkpoints.load(Path(path))
    return model.to(target), description


def _published(name: str) -> ModelInfo:
    entry, path = PUBLISHED[name], cached_path(name)
    return ModelInfo(
        name=name,
        title=entry.title,
        source="torchvision",
        classes=entry.classes,
        keypoint_names=PERSON_KEYPOINTS if entry.keypoints else (),
        keypoint_classes=("person",) if entry.keypoints else (),
        has_masks=entry.masks,
        size_bytes=round(entry.megabytes * 2**20),
        metrics=entry.metrics,
        ready=path.is_file(),
        path=path,
    )


def _bundled(name: str) -> ModelInfo:
    path = bundled_path(name)
    metrics = _read_json(path.with_name(f"{name}.metrics.json"))
    try:
        return _described(name, BUNDLED[name], "bundled", path, metrics)
    except ThalwegError:
        return ModelInfo(name, BUNDLED[name], "bundled", (), (), (), False, 0, metrics, False, path)


def _described(
    name: str, title: str, source: str, path: Path, metrics: Mapping[str, Any] | None
) -> ModelInfo:
    """A model as its weights file describes it."""
    description = weight_files.describe(path)
    return ModelInfo(
        name=name,
        title=title,
        source=source,
        classes=description.classes,
        keypoint_names=description.keypoint_names,
        keypoint_classes=description.keypoint_classes,
        has_masks="roi_heads.mask_predictor.mask_fcn_logits.weight"
        in weight_files.read_header(path),
        size_bytes=path.stat().st_size,
        metrics=metrics,
        ready=True,
        path=path,
    )


def _metrics_of_run(run: Path) -> Mapping[str, Any] | None:
    """The newest evaluation of a run."""
    try:
        lines = (run / "evaluations.jsonl").read_text(encoding="utf-8").splitlines()
        return json.loads(lines[-1]) if lines else None
    except (OSError, ValueError):
        return None


def _read_json(path: Path) -> Mapping[str, Any] | None:
    try:
        result: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return result
    except (OSError, ValueError):
        return None
