"""The command `models`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from engine.commands.common import common_options, print_json
from engine.detection.models import downloads, zoo


@click.command()
@click.option("--download", metavar="NAME", help="Fetch the weights of one of torchvision's.")
@common_options
def models(download: str | None, seed: int, device: str, as_json: bool) -> None:
    """List the detectors: bundled, torchvision's and your runs; or download one."""
    if download is not None:
        _download(download, as_json)
        return
    known = zoo.models()
    if as_json:
        print_json([_record(info) for info in known])
        return
    width = max(len(info.name) for info in known)
    for info in known:
        click.echo(f"{info.name:{width}}  {_line(info)}")


def _download(name: str, as_json: bool) -> None:
    """Fetch a model, its size first; a download that was stopped goes on."""
    size = downloads.download_size(name)
    if not as_json:
        click.echo(f"{name}: {size / 1e6:.0f} MB from {downloads.source()}")
    steps = list(_with_bar(downloads.download(name), size))
    last = steps[-1]
    if as_json:
        print_json({"name": name, "size_bytes": last.done, "path": str(last.path)})
    else:
        click.echo(f"written to {last.path}")


def _with_bar(
    steps: Iterator[downloads.DownloadProgress], size: int
) -> Iterator[downloads.DownloadProgress]:
    """Pass steps through; with a bar of their bytes on stderr when that is a terminal."""
    if not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(length=size, label="downloading", file=sys.stderr) as bar:
        for step in steps:
            bar.update(max(step.done - bar.pos, 0))
            yield step


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
