"""The preview of an export is the annotated picture itself, made smaller."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from engine.detection.detections import Detections, ModelFacts
from engine.export.item import ExportItem
from engine.export.picture.draw import draw_item
from engine.export.single_picture import draw_preview


def test_what_is_seen_is_what_is_written() -> None:
    boxes = np.array([[40, 30, 300, 200], [100, 90, 500, 390]], np.float32)
    detections = Detections(
        model=ModelFacts("m", "M", ("person",)),
        picture_size=(400, 600),
        boxes=boxes,
        labels=np.array([1, 1]),
        scores=np.array([0.9, 0.8], np.float32),
        pairs=((0, 1), (1, 1)),
        ready=np.ones(2, bool),
    )
    pixels = np.full((400, 600, 3), 90, np.uint8)
    item = ExportItem("a.png", pixels, detections)
    written = draw_item(item)
    assert (written != pixels).any()
    assert (draw_preview(item, 600) == written).all()
    smaller = cv2.resize(written, (300, 200), interpolation=cv2.INTER_AREA)
    assert (draw_preview(item, 300) == smaller).all()
    one = replace(item, detections=detections.only([1]))
    assert one.detections.pairs == ((1, 1),) and (draw_item(one) != written).any()
