"""The command `models`."""

from __future__ import annotations

from typing import Any

import click

from engine.commands.common import common_options, print_json
from engine.detection import zoo


@click.command()
@common_options
def models(seed: int, device: str, as_json: bool) -> None:
    """List the detectors: bundled, torchvision's and your runs."""
    known = zoo.models()
    if as_json:
        print_json([_record(info) for info in known])
        return
    width = max(len(info.name) for info in known)
    for info in known:
        click.echo(f"{info.name:{width}}  {_line(info)}")


def _record(info: zoo.ModelInfo) -> dict[str, Any]:
    return {
        "name": info.name,
        "title": info.title,
        "source": info.source,
        "classes": list(info.classes),
        "masks": info.has_masks,
        "keypoints": list(info.keypoint_names),
        "size_bytes": info.size_bytes,
        "metrics": info.metrics,
        "ready": info.ready,
        "path": None if info.path is None else str(info.path),
    }


def _line(info: zoo.ModelInfo) -> str:
    """One model in words."""
    parts = [info.title, info.source if info.ready else f"{info.source}, not on this machine"]
    if info.size_bytes:
        parts.append(f"{info.size_bytes / 1e6:.0f} MB")
    count = len(info.classes)
    parts.append(", ".join(info.classes) if 0 < count <= 5 else f"{count} classes")
    for kind, word in (("bbox", "boxes"), ("segm", "masks"), ("keypoints", "keypoints")):
        numbers = (info.metrics or {}).get(kind)
        if numbers:
            shown = [f"{key} {numbers[key]:.3f}" for key in ("AP", "AP50") if key in numbers]
            parts.append(f"{word} {' '.join(shown)}")
    return "; ".join(parts)
