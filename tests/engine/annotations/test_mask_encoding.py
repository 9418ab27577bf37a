"""Masks in files are those of the picture, though only their boxes are looked at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from pycocotools import mask as rle

from engine.annotations.mask_encoding import polygons, run_lengths

# pycocotools 2.0.11 decodes with an array protocol that NumPy 2 calls old.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@given(
    crop=arrays.arrays(bool, st.tuples(st.integers(0, 9), st.integers(0, 9))),
    before=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    after=st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
@settings(max_examples=150, deadline=None)
def test_run_lengths_equal_those_of_the_whole_picture(
    crop: NDArray[np.bool_], before: tuple[int, int], after: tuple[int, int]
) -> None:
    whole = np.pad(crop, tuple(zip(before, after, strict=True)))
    if whole.size == 0:
        return
    packed = run_lengths(before[1], before[0], crop, whole.shape)
    expected = rle.encode(np.asfortranarray(whole, np.uint8))
    assert packed["size"] == list(expected["size"])
    assert packed["counts"] == expected["counts"].decode()
    assert np.array_equal(rle.decode(packed), whole)


def test_polygons_lie_in_the_picture() -> None:
    crop = np.zeros((10, 12), bool)
    crop[2:6, 1:5] = crop[7:9, 8:11] = True
    corners = {(int(x), int(y)) for line in polygons(100, 50, crop) for x, y in line}
    assert {(101, 52), (104, 55), (108, 57), (110, 58)} <= corners
