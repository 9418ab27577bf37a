"""What is known of a precision for one model on one machine, and where it is remembered.

A file a measurement: JSON in the user's cache folder, named by what it belongs to. Another
model, other weights, another processor or version has another file, so nothing goes stale.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine import specs
from engine.atomic_write import write_json
from engine.detection.precision.difference import VerdictChange
from engine.errors import ExportError, SpecError

HEAVY_BYTES = 50_000_000  # of a weights file; a ResNet-50's has 160 million
FASTER = 1.1  # times, from which giving up exact numbers is worth anything
PACKAGES = ("thalweg", "torch", "torchvision")


@dataclass(frozen=True)
class Subject:
    """What a measurement belongs to.

    Attributes:
        model: a name of the zoo, or of a weights file.
        weights: the file, its size and when it was written; empty where there is none.
        device: as `engine.device.identity` tells it.
        precision: of `engine.device.PRECISIONS`, but the first.
        version: of the program and of the packages that compute.
    """

    model: str
    weights: str
    device: str
    precision: str
    version: str


@dataclass(frozen=True)
class Measurement:
    """A precision beside float32, over some pictures.

    Attributes:
        subject: what it belongs to.
        shown: what scores above it counted as shown.
        pictures: how many.
        detections: that either showed.
        seconds_exact, seconds: of the stages of a picture in float32 and in the precision,
            the median of the pictures.
        score, box, mask_iou: as in `Difference`.
        changes: what is shown otherwise than in float32.
    """

    subject: Subject
    shown: float
    pictures: int
    detections: int
    seconds_exact: float
    seconds: float
    score: float
    box: float
    mask_iou: float | None = None
    changes: tuple[VerdictChange, ...] = ()

    @property
    def times_faster(self) -> float:
        """Than float32."""
        return self.seconds_exact / self.seconds if self.seconds > 0 else 0.0

    @property
    def is_faster(self) -> bool:
        """By more than a measurement is off."""
        return self.times_faster >= FASTER

    @property
    def recommended(self) -> bool:
        """It is faster, something was shown, and nothing that is shown changes."""
        return self.is_faster and self.detections > 0 and not self.changes


def subject_of(model: str, weights: str | None, device: str, precision: str) -> Subject:
    """What a measurement of a model on this machine belongs to.

    Args:
        model, weights, device: as in `InspectSpec`.

    Raises:
        DeviceError: the device is not there.
    """
    from engine.device import identity, resolve

    return Subject(
        model=model if weights is None else Path(weights).name,
        weights=_file(model, weights),
        device=identity(resolve(device)),
        precision=precision,
        version=_versions(),
    )


def remembered(subject: Subject) -> Measurement | None:
    """What was measured before; None where nothing was, or it cannot be read."""
    try:
        text = _path(subject).read_text(encoding="utf-8")
        found = specs.from_plain_json(text, Measurement)
    except (OSError, UnicodeDecodeError, SpecError):
        return None
    return found if found.subject == subject else None


def remember(measurement: Measurement) -> None:
    """Keep it for the next start; where the folder cannot be written it is forgotten."""
    path = _path(measurement.subject)
    with suppress(OSError, ExportError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, asdict(measurement), indent=1)


def automatic(model: str, weights: str | None, device: str) -> str:
    """The precision to use where nobody chose: the fastest that changes nothing shown.

    Args:
        model, weights, device: as in `InspectSpec`.

    Returns:
        float32 until another was measured on this machine (`measure`), and was faster
        without a change in what is shown.

    Raises:
        DeviceError: the device is not there.
    """
    from engine.device import precisions, resolve

    exact, *others = precisions(resolve(device))
    for precision in others:
        found = remembered(subject_of(model, weights, device, precision))
        if found is not None and found.recommended:
            return precision
    return exact


def is_heavy(model: str, weights: str | None) -> bool:
    """Whether a model is so large that another precision saves a person's time."""
    path = _weights(model, weights)
    try:
        return path is not None and path.stat().st_size >= HEAVY_BYTES
    except OSError:
        return False


def folder() -> Path:
    """Where measurements are kept: `THALWEG_CACHE`, or the user's cache folder."""
    if own := os.environ.get("THALWEG_CACHE"):
        return Path(own) / "precision"
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        home = "~/Library/Caches"
    else:
        home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "thalweg" / "precision"


def _path(subject: Subject) -> Path:
    told = json.dumps(asdict(subject), sort_keys=True)
    return folder() / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.json"


def _weights(model: str, weights: str | None) -> Path | None:
    from engine.detection.models import zoo

    return zoo.weights_path(model) if weights is None else Path(weights)


def _file(model: str, weights: str | None) -> str:
    path = _weights(model, weights)
    if path is None:
        return ""
    try:
        facts = path.stat()
    except OSError:
        return str(path)
    return f"{path.absolute()}, {facts.st_size}, {facts.st_mtime_ns}"


def _versions() -> str:
    told = []
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            told.append(f"{name} {version(name)}")
    return ", ".join(told)
