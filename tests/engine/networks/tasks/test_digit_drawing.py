"""A drawn digit becomes what the data set would hold of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import resources
from engine.networks.tasks.digit_drawing import as_digit

TURN = np.linspace(0, 2 * np.pi, 40)
STROKES = {
    0: [(70 + 30 * np.cos(t), 80 + 50 * np.sin(t)) for t in TURN],
    1: [(55, 50), (75, 30), (75, 130)],
    2: [(45, 50), (65, 30), (95, 45), (80, 85), (45, 125), (105, 125)],
    3: [(45, 35), (80, 30), (95, 50), (65, 75), (95, 95), (85, 125), (45, 128)],
    4: [(70, 25), (40, 90), (105, 90), (85, 55), (80, 135)],
    6: [(85, 25), (55, 70), (50, 110), (70, 130), (95, 110), (80, 85), (55, 95)],
}


def digits() -> tuple[np.ndarray, np.ndarray]:
    with np.load(Path(resources.__file__).parent / "samples" / "digits.npz") as file:
        return file["images"] / 16.0, file["labels"]


def drawn(points: list[tuple[float, float]], thickness: float) -> np.ndarray:
    rows, columns = np.mgrid[:160, :140]
    canvas = np.zeros((160, 140))
    for (x0, y0), (x1, y1) in pairwise(points):
        along = (columns - x0) * (x1 - x0) + (rows - y0) * (y1 - y0)
        share = np.clip(along / ((x1 - x0) ** 2 + (y1 - y0) ** 2), 0, 1)
        away = np.hypot(columns - x0 - share * (x1 - x0), rows - y0 - share * (y1 - y0))
        canvas = np.maximum(canvas, np.clip(thickness / 2 + 0.5 - away, 0, 1))
    return canvas


@pytest.mark.parametrize("thickness", [4, 8, 16])
@pytest.mark.parametrize("digit", STROKES)
def test_a_drawing_is_nearest_to_its_own_digits(digit: int, thickness: float) -> None:
    images, labels = digits()
    found = as_digit(drawn(STROKES[digit], thickness))
    distance = ((images - found.ravel()) ** 2).sum(axis=1)
    assert labels[np.argsort(distance)[:3]].tolist().count(digit) >= 2


def test_a_digit_of_the_data_set_comes_back_near_itself() -> None:
    images, labels = digits()
    far, right = [], 0
    for row in range(0, len(images), 20):
        canvas = np.zeros((170, 150))
        canvas[31:127, 12:108] = np.kron(images[row].reshape(8, 8), np.ones((12, 12)))
        found = as_digit(canvas).ravel()
        far.append(np.abs(found - images[row]).mean())
        right += labels[((images - found) ** 2).sum(axis=1).argmin()] == labels[row]
    # Two that are drawn at random differ by 0.28 on average.
    assert np.median(far) < 0.05 and right >= 0.95 * len(far)


def test_place_and_size_on_the_canvas_do_not_matter() -> None:
    canvas = drawn(STROKES[3], 8)
    moved = np.zeros((400, 300))
    moved[200:360, 100:240] = canvas
    assert as_digit(moved) == pytest.approx(as_digit(canvas), abs=1e-12)
    twice = np.kron(canvas, np.ones((2, 2)))
    assert as_digit(twice) == pytest.approx(as_digit(canvas), abs=0.2)


def test_what_is_no_digit_still_gives_numbers_of_the_data_set() -> None:
    assert as_digit(np.zeros((40, 40))).tolist() == np.zeros((8, 8)).tolist()
    dot = np.zeros((40, 40))
    dot[20, 20] = 1
    for canvas in (dot, np.ones((9, 5)), np.full((4, 4), np.nan), dot * 0.3):
        found = as_digit(canvas)
        assert found.shape == (8, 8) and (found >= 0).all() and (found <= 1).all()
        assert (found * 16 % 1 == 0).all()
