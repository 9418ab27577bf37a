"""The command `explain`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from engine.commands.common import common_options, number, numbers, print_json
from engine.commands.precision import precision_option, settled
from engine.errors import InputError

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.queries.provenance import Ancestry
    from engine.detection.queries.recovery import Explanation
    from engine.detection.queries.routes import Proof, Route


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--box", required=True, metavar="X0,Y0,X1,Y1", help="The object, in picture px.")
@click.option("--class", "class_name", metavar="NAME", help="What it is.  [default: anything]")
@click.option("--model", default="people", show_default=True, help="`models` lists them.")
@click.option("--weights", metavar="FILE", type=click.Path(path_type=Path), help="Used instead.")
@click.option("--score", default="0.5", show_default=True, help="What is shown scores above it.")
@click.option("--nms", help="The IoU above which the better box wins.  [default: the model's]")
@precision_option
@common_options
def explain(
    path: Path,
    box: str,
    class_name: str | None,
    model: str,
    weights: Path | None,
    score: str,
    nms: str | None,
    precision: str,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Say where a box comes from, or at which gate the object in it was lost (JSON)."""
    from engine.detection.pipeline.inference import InspectSpec, Workbench
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.queries.recovery import explain as run
    from engine.device import memory_guard, seed_everything
    from engine.pictures.reader import read_picture

    corners = numbers(box, "box", 4)
    if not (corners[0] < corners[2] and corners[1] < corners[3]):
        raise InputError("value.not_a_box", name="box", value=box)
    wanted = number(score, "score")
    overlap = None if nms is None else number(nms, "nms")
    Thresholds(wanted, 0.5 if overlap is None else overlap)
    picture = read_picture(path)
    seed_everything(seed)
    precision = settled(precision, model=model, weights=weights, device=device)
    spec = InspectSpec(
        model=model,
        weights=None if weights is None else str(weights),
        device=device,
        precision=precision,
    )
    module, facts, place = Workbench().model(spec)
    label = None if class_name is None else _label(facts, class_name)
    heads = module.roi_heads
    thresholds = Thresholds(
        wanted, heads.nms_thresh if overlap is None else overlap, heads.detections_per_img
    )
    with memory_guard(place):
        found = run(
            module, picture.pixels, thresholds, corners, label, precision=precision,  # type: ignore[arg-type]
        )  # fmt: skip
    told = _told(found, facts, path=path, box=corners, class_name=class_name)
    print_json({**told, "precision": precision})


def _label(facts: ModelFacts, name: str) -> int:
    if name not in facts.classes:
        known = ", ".join(facts.classes)
        raise InputError("value.unknown_name", kind="Class", value=name, known=known)
    return facts.classes.index(name) + 1


def _told(
    found: Explanation,
    facts: ModelFacts,
    *,
    path: Path,
    box: tuple[float, ...],
    class_name: str | None,
) -> dict[str, Any]:
    from engine.detection.queries.provenance import ancestry

    result, routes = found.verdict.result, found.verdict.routes
    failed = next((gate for gate in result.gates if gate.passed is False), None)
    lineage = None
    if result.detection is not None:
        origin = ancestry(found.trace, found.selection, result.detection)
        lineage = _origin(origin, facts, found)
    return {
        "picture": str(path),
        "model": facts.name,
        "box": list(box),
        "class": class_name,
        "found": lineage is not None,
        "lineage": lineage,
        "gates": [asdict(gate) for gate in result.gates],
        "failed": result.failed,
        "number": None if failed is None else failed.number,
        "threshold": None if failed is None else failed.threshold,
        "rival": _named(result.rival, facts),
        "facts": _named(result.facts, facts),
        "routes": [_route(route, facts) for route in routes],
        "change": dict(routes[0].change) if routes else None,
        "returns": bool(routes),
        "proof": _proof(found.verdict.proof, facts),
    }


def _route(route: Route, facts: ModelFacts) -> dict[str, Any]:
    told = {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in vars(route).items()
    }
    names = [facts.class_name(label) for label in told["added_labels"]]
    return {
        **told,
        "change": dict(route.change),
        "class": facts.class_name(route.label),
        "added": route.added,
        "added_classes": names,
    }


def _proof(proof: Proof | None, facts: ModelFacts) -> dict[str, Any] | None:
    return None if proof is None else {"reason": proof.reason, **(_named(proof.facts, facts) or {})}


def _origin(origin: Ancestry, facts: ModelFacts, found: Explanation) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in vars(origin).items()
    }
    told["class"] = facts.class_name(origin.label)
    told["level"] = found.trace.feature_names[origin.level]
    told["roi_level"] = found.trace.feature_names[origin.roi_level]
    told["covered_pairs"] = [list(pair) for pair in origin.covered_pairs]
    return told


def _named(told: Any, facts: ModelFacts) -> dict[str, Any] | None:
    """Labels with their names beside them."""
    if not told:
        return None
    names = {
        f"{key}_class": facts.class_name(told[key])
        for key in ("label", "winner")
        if told.get(key) is not None
    }
    return {**told, **names}
