"""No file kills or freezes the program: what pycocotools cannot bear never reaches it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pycocotools import mask as rle

from engine.annotations.mask_encoding import check_outline, decode_outline, encode_outline
from engine.annotations.values import Unusable
from tests.deadlines import scaled


def test_hostile_files_are_read_in_a_process_that_lives(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.engine.annotations.hostile"]
    done = subprocess.run(
        [*command, str(tmp_path)], capture_output=True, text=True, timeout=scaled(60)
    )
    assert (done.returncode, done.stdout.strip()) == (0, "all read"), done.stderr[-2000:]


@pytest.mark.parametrize(
    ("outline", "code"),
    [
        ([[1, 1, 2, 2, float("nan"), 3]], "outline.number"),
        ([[1, 1, 2, 2, 10**400, 3]], "outline.number"),
        ([[1, 1, 2, 2, "x", 3]], "outline.number"),
        ([[1, 1, 2, 2, True, 3]], "outline.number"),
        ([[1, 1, 9, 2, 5]], "outline.odd"),
        ([[1, 1, 9, 2]], "outline.points"),
        ([[1, 1, 4e8, 2, 5, 5]], "outline.long"),
        ({"size": [9, 9], "counts": [81]}, "outline.size"),
        ({"size": [4, 5]}, "outline.form"),
        ({"size": [4, 5], "counts": [19]}, "outline.counts"),
        ({"size": [4, 5], "counts": [21, -1]}, "outline.counts"),
        ({"size": [4, 5], "counts": "zzz"}, "outline.counts"),
        ("polygon", "outline.form"),
    ],
)
def test_what_is_refused_has_its_reason(outline: object, code: str) -> None:
    with pytest.raises(Unusable) as raised:
        check_outline(outline, (4, 5))  # type: ignore[arg-type]
    assert raised.value.reason.code == code


def test_a_polygon_far_beyond_the_picture_is_the_same_inside() -> None:
    far = [[-5000.0, 10, 20, 10, 20, 9000, -5000, 9000]]
    encoded = encode_outline(far, 40, 60)
    assert encoded is not None
    wanted = np.zeros((40, 60), np.uint8)
    wanted[10:, :20] = 1
    np.testing.assert_array_equal(decode_outline(encoded), wanted)
    assert encode_outline([[900.0, 900, 990, 900, 990, 990]], 40, 60) is None


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_run_lengths_in_both_spellings_are_the_mask_again(share: float) -> None:
    rng = np.random.default_rng(0)
    for height, width in rng.integers(1, 60, (20, 2)).tolist():
        mask = np.asfortranarray(rng.random((height, width)) < share, np.uint8)
        packed = rle.encode(mask)["counts"]
        flat = np.concatenate([[0], mask.ravel(order="F"), [0]])
        places = np.concatenate([[0], np.flatnonzero(np.diff(flat)), [height * width]])
        for counts in (packed, packed.decode(), np.diff(places).tolist()):
            encoded = encode_outline({"size": [height, width], "counts": counts}, height, width)
            assert encoded is not None
            np.testing.assert_array_equal(decode_outline(encoded), mask)
