"""At which gate of the detector objects are lost, over all pictures, as `survey` counts them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.annotations.ground_truth import GroundTruth, TruthObject, match
from engine.detection.detections import ModelFacts, gather
from engine.detection.pipeline.selection import Thresholds, select, stock_thresholds
from engine.detection.pipeline.trace import StageTrace
from engine.detection.queries.object_outcomes import NO_CLASS, OUTCOMES, object_outcomes
from engine.training.evaluation.confusion import corners
from engine.training.evaluation.judged_detections import IOU


class LossesByGate:
    """Follows the objects of one picture after the other.

    Args:
        truth: a COCO JSON object of classes that the model knows.
        classes: the model's.
        score: what is shown scores above it; all else is the model's own.
    """

    def __init__(
        self, truth: dict[str, Any], classes: Sequence[str], *, score: float = Thresholds.score
    ) -> None:
        self._score, self._model = score, ModelFacts("", "", tuple(classes))
        self._names = {entry["id"]: entry["name"] for entry in truth["categories"]}
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in self._names.values()}
        self._objects: dict[int | str, list[dict[str, Any]]] = defaultdict(list)
        for item in truth["annotations"]:
            self._objects[item["image_id"]].append(item)

    def add(self, trace: StageTrace, picture: int | str) -> None:
        """Count what became of the objects of a picture, by its id."""
        items = self._objects[picture]
        objects = tuple(
            TruthObject(self._names[item["category_id"]], box, ignore=bool(item["iscrowd"]))
            for item, box in zip(items, corners(items), strict=True)
        )
        truth = GroundTruth("", trace.picture_size, objects, Path(), "coco")
        shown = select(trace, replace(stock_thresholds(trace), score=self._score))
        matched = match(gather(trace, shown, self._model), truth, IOU)
        for told in object_outcomes(trace, shown, truth, matched, self._model.classes):
            self._counts[objects[told.index].name][told.outcome] += 1

    def counts(self) -> dict[str, Any]:
        """How many objects each outcome has.

        Returns:
            "score" and "iou"; "all", outcome -> objects in the order of the detector's gates,
            "found" first; "classes", the same for each.
        """
        names = [name for name in OUTCOMES if name != NO_CLASS]
        total: Counter[str] = sum(self._counts.values(), Counter())
        return {
            "score": self._score,
            "iou": IOU,
            "all": {name: total[name] for name in names},
            "classes": {
                known: {name: counts[name] for name in names}
                for known, counts in self._counts.items()
            },
        }
