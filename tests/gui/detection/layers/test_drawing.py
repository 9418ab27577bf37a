"""Labels, masks and hits, without a detector."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.detection.pipeline.mask_pasting import paste
from engine.export.picture.label_placement import place_labels, place_plates
from gui.detection.ground_truth.layer import MISSED, GroundTruthLayer, MatchedBox
from gui.detection.instances import Instance, hit, paint_mask
from gui.detection.layers.boxes import BoxLayer
from gui.detection.layers.callouts import CalloutLayer, Mark
from gui.detection.layers.keypoints import KeypointLayer
from gui.detection.layers.labels import LabelLayer
from gui.detection.layers.masks import MaskLayer
from gui.detection.overlay_colors import INSTANCE_COLORS, instance_color, on_color, scalar_color
from gui.pictures.view_transform import View

BOUNDS = (0.0, 0.0, 300.0, 200.0)
corner = st.floats(-50, 320)
boxes = st.lists(
    st.tuples(corner, corner, st.floats(1, 150), st.floats(1, 150)).map(
        lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
    ),
    max_size=30,
)


@given(boxes)
@settings(max_examples=60, deadline=None)
def test_plates_lie_inside_and_not_over_one_another(
    placed: list[tuple[float, float, float, float]],
) -> None:
    sizes = [(60.0, 16.0)] * len(placed)
    corners = place_plates(placed, sizes, BOUNDS)
    rects = [(x, y, x + 60, y + 16) for x, y in (c for c in corners if c is not None)]
    for x0, y0, x1, y1 in rects:
        assert x0 >= 0 and y0 >= 0 and x1 <= 300 and y1 <= 200
    for i, a in enumerate(rects):
        for b in rects[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_plates_of_all_layers_lie_beside_one_another(qapp: QApplication) -> None:
    """A detection, the ground truth on it, and what is marked there, at one place."""
    box = (60.0, 60.0, 160.0, 140.0)
    labels, truth, marks = LabelLayer(QFont()), GroundTruthLayer(QFont()), CalloutLayer(QFont())
    labels.instances = (instance(1, box),)
    truth.items = [MatchedBox(MISSED, box, "missed: thing")]
    marks.marks = (Mark(box, "asked"),)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    whole = QRectF(*BOUNDS)
    view = View(1.0, 0, 0, whole, whole, 1.0)
    for layer in (truth, labels, marks):
        layer.paint(painter, view)
    painter.end()
    assert len(view.plates) == 3
    for a, b in combinations(view.plates, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_plate_larger_than_the_picture_is_left_out() -> None:
    assert place_plates([(0, 0, 5, 5)], [(60, 16)], (0, 0, 8, 8)) == [None]


def test_in_a_crowd_no_label_is_wider_than_its_box() -> None:
    small = [(x, y, x + 30.0, y + 30.0) for x in range(0, 270, 45) for y in range(40, 200, 40)]
    crowd: list[tuple[float, float, float, float]] = [(10, 10, 110, 190), *small]
    plates = place_labels(crowd, [[80.0, 35.0]] * len(crowd), 16.0, BOUNDS)
    assert plates[0] is not None and plates[0].form == 0, "the large one keeps its label"
    assert not any(plates[1:])
    middling = [(x, y, x + 40.0, y + 30.0) for x, y, *_ in small]
    shortened = [p for p in place_labels(middling, [[80.0, 35.0]] * len(small), 16.0, BOUNDS) if p]
    assert len(shortened) > 12 and {p.form for p in shortened} == {1}
    few = place_labels(small[:3], [[80.0, 35.0]] * 3, 16.0, BOUNDS)
    assert [p.form for p in few if p] == [0, 0, 0], "a few small boxes have room for their labels"


def test_mask_image_is_the_pasted_mask_above_one_half() -> None:
    rng = np.random.default_rng(3)
    prob = rng.random((28, 28), np.float32)
    box = np.array([-5.5, 10.2, 60.7, 90.1], np.float32)
    made = paint_mask(prob, box, picture_size=(80, 50), color=(255, 0, 128))
    x, y, crop = paste(prob, box, (80, 50))
    assert (made.x, made.y) == (x, y)
    assert np.array_equal(made.inside, crop >= 0.5) and made.area == (crop >= 0.5).sum()
    shown = np.frombuffer(made.image.constBits(), np.uint8).reshape(*crop.shape, 4)
    assert np.array_equal(shown[..., 3] > 0, crop >= 0.5)
    assert (shown[..., :3] <= shown[..., 3:]).all()  # premultiplied


def instance(
    number: int, box: tuple[float, float, float, float], *, filled: bool | None = None
) -> Instance:
    mask = None
    if filled is not None:
        prob = np.full((28, 28), 0.9 if filled else 0.1, np.float32)
        mask = paint_mask(
            prob,
            np.array(box, np.float32),
            picture_size=(100, 100),
            color=instance_color(number),
        )
    return Instance(
        pair=(number, 1),
        number=number,
        label=1,
        name="ant",
        score=0.9,
        box=box,
        color=instance_color(number),
        mask=mask,
        keypoints=None,
        pending=mask is None,
    )


def test_the_smallest_mask_under_the_cursor_is_hit() -> None:
    large = instance(1, (0, 0, 90, 90), filled=True)
    small = instance(2, (10, 10, 30, 30), filled=True)
    hollow = instance(3, (12, 12, 20, 20), filled=False)
    shown = (large, small, hollow)
    found = hit(shown, 15, 15)
    assert found is small
    assert hit(shown, 60, 60) is large
    assert hit(shown, 95, 95) is None
    assert hit((hollow,), 15, 15) is hollow


@pytest.mark.parametrize("scale", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_layers_draw_inside_the_boxes_only(qapp: QApplication, scale: float, ratio: float) -> None:
    shown = (instance(1, (10, 10, 40, 40), filled=True), instance(2, (50, 50, 90, 90)))
    side = round(100 * scale * ratio)
    for layer in (MaskLayer(QFont()), BoxLayer(QFont())):
        layer.instances = shown
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(0)
        painter = QPainter(image)
        whole = QRectF(0, 0, 100 * scale, 100 * scale)
        layer.paint(painter, View(scale, 0, 0, whole, whole, ratio))
        painter.end()
        alpha = np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4)[..., 3]
        rows, columns = np.nonzero(alpha)
        assert len(rows)
        margin = 4 / scale + 2
        for x, y in zip(columns / (scale * ratio), rows / (scale * ratio), strict=True):
            assert any(
                i.box[0] - margin <= x <= i.box[2] + margin
                and i.box[1] - margin <= y <= i.box[3] + margin
                for i in shown
            )


def test_skeleton_draws_sure_bones_and_hollow_points(qapp: QApplication) -> None:
    layer = KeypointLayer(QFont())
    layer.set_points(("left_hip", "left_knee", "right_hip"), ((0, 1), (0, 2)))
    points = np.array([[20, 20, 3.0], [20, 80, 2.0], [80, 20, -4.0]], np.float32)
    one = instance(1, (0, 0, 100, 100))
    layer.instances = (Instance(**{**vars(one), "keypoints": points}),)
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    whole = QRectF(0, 0, 100, 100)
    layer.paint(painter, View(1.0, 0, 0, whole, whole, 1.0))
    painter.end()
    assert image.pixelColor(20, 50).alpha() > 0, "the sure bone"
    assert image.pixelColor(50, 20).alpha() == 0, "no bone to an unsure point"
    assert image.pixelColor(80, 20).alpha() == 0, "an unsure point is hollow"
    assert image.pixelColor(20, 80).alpha() > 0


def test_hundred_plates_draw_and_the_raised_one_always_has_its_label(
    qapp: QApplication,
) -> None:
    layer = LabelLayer(QFont())
    layer.instances = tuple(instance(k, (1, 1, 90, 90)) for k in range(1, 101))
    layer.raised = layer.instances[59].pair
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    whole = QRectF(0, 0, 200, 200)
    layer.paint(painter, View(2.0, 0, 0, whole, whole, 1.0))
    painter.end()
    assert image.pixelColor(12, 8) != QColor(0, 0, 0)


def test_labels_are_readable_on_every_colour() -> None:
    def luminance(color: QColor) -> float:
        linear = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for color in INSTANCE_COLORS:
        ground, ink = luminance(QColor(*color)), luminance(on_color(color))
        assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5
    assert scalar_color(-1) == scalar_color(0) and scalar_color(2) == scalar_color(1)
