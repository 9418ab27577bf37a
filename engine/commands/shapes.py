"""The command `shapes`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from engine.commands.common import common_options, counted, print_json, progress
from engine.errors import ExportError


@click.command()
@click.option("--count", type=click.IntRange(1, 10**6), default=100, show_default=True)
@click.option("--classes", metavar="NAME,...", help="What is drawn.  [default: all]")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder.")
@common_options
def shapes(
    count: int, classes: str | None, out: Path, seed: int, device: str, as_json: bool
) -> None:
    """Draw scenes of shapes and stick figures, with annotations.json: a COCO data set.

    Masks are exact, figures have COCO's 17 keypoints. The same seed draws the same scenes.
    """
    from engine.annotations import coco
    from engine.detection.detections import ModelFacts
    from engine.training.synthetic_shapes import ShapesPictures

    names = tuple(name.strip() for name in (classes or "").split(",") if name.strip())
    pictures = ShapesPictures(seed, count, names)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError("export.failed", path=out, reason=error.strerror or error) from error
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for content in progress(_scenes(pictures, out), count, "drawing"):
        images += content["images"]
        for item in content["annotations"]:
            annotations.append({**item, "id": len(annotations) + 1})
    facts = ModelFacts(
        name="shapes",
        title="Shapes",
        classes=pictures.classes,
        keypoint_names=pictures.keypoint_names,
        keypoint_classes=pictures.keypoint_classes,
        has_keypoints=bool(pictures.keypoint_names),
    )
    about = f"Scenes of seed {seed}, drawn by Thalweg"
    file = out / "annotations.json"
    coco.write_file(file, about, images=images, annotations=annotations, model=facts)
    if as_json:
        print_json({"out": str(out), "pictures": count, "objects": len(annotations)})
    else:
        drawn = f"{counted(count, 'picture')} with {counted(len(annotations), 'object')}"
        click.echo(f"{drawn}; {out / 'annotations.json'}")


def _scenes(pictures: Any, out: Path) -> Iterator[dict[str, Any]]:
    """Write each picture; its part of the annotations."""
    from engine.export.picture.draw import write

    digits = max(len(str(len(pictures))), 4)
    for index in range(len(pictures)):
        name = f"scene-{index + 1:0{digits}}.png"
        write(out / name, pictures.pixels(index))
        content = pictures.truth([index])
        for image in content["images"]:
            image["file_name"] = name
        for item in content["annotations"]:
            outline = item["segmentation"]
            item["segmentation"] = {**outline, "counts": outline["counts"].decode()}
        yield content
