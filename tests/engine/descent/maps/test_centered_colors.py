"""A well in a plane is seen: its colours count decades to both sides of the plane."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent.maps.landscape import LandscapeSpec, landscape
from engine.descent.surfaces.registry import SURFACES
from engine.landscape import Landscape


def drawn(name: str | None, formula: str | None = None) -> Landscape:
    spec = LandscapeSpec(name, formula, size=(256, 256))
    return next(each for each in landscape(spec) if each.final)


def test_easoms_well_is_no_single_point() -> None:
    easom = drawn("easom")
    assert easom.center == pytest.approx(0.0, abs=1e-12)
    share = easom.scaled(easom.loss)
    low, high = share.min(), share.max()
    dark = share < low + 0.4 * (high - low)
    linear = easom.loss < easom.loss.min() + 0.4 * np.ptp(easom.loss)
    assert dark.sum() > 8 * linear.sum() >= 8
    plane = np.abs(share) < 0.01 * max(-low, high)
    assert 0.005 < 1 - plane.mean() < 0.05
    radius = np.hypot(*(np.argwhere(dark).T - np.argwhere(dark).mean(0)[:, None])).max()
    assert radius > 5  # cells of 256: a place that is seen
    assert len(easom.levels) and any(len(lines) for lines in easom.contours)


def test_the_scale_has_an_inverse_and_says_its_numbers() -> None:
    easom = drawn("easom")
    values = np.array([-1.0, -1e-3, 0.0, 1e-4])
    np.testing.assert_allclose(easom.unscaled(easom.scaled(values)), values, atol=1e-12)
    places, losses = zip(*easom.ticks(), strict=True)
    np.testing.assert_allclose(easom.unscaled(np.array(places)), losses, rtol=1e-9, atol=1e-15)
    assert -1.0 in losses and 0 < max(losses) < 0.01 and len(losses) > 6
    assert list(places) == sorted(places)


def test_others_are_coloured_as_before() -> None:
    for name, surface in SURFACES.items():
        if name != "easom" and surface.fit is None:
            assert drawn(name).center is None, name


@pytest.mark.parametrize(
    ("formula", "centered"),
    [
        ("-exp(-9*x^2 - 9*y^2)", True),
        ("exp(-9*x^2 - 9*y^2)", False),  # a peak: the logarithm from below shows it
        ("x^2 + y^2", False),
        ("3 + 0*x*y", False),
        ("x - y", False),
    ],
)
def test_formulas_are_judged_by_their_losses(formula: str, centered: bool) -> None:
    assert (drawn(None, formula).center is not None) == centered
