"""Maps as scenes: each cell in its colour, the first row of the picture on top."""

from __future__ import annotations

import numpy as np

from engine.descent.maps.basins import BasinMap
from engine.descent.maps.sweep import SweepMap
from engine.descent.race.spec import RaceSpec
from engine.export.scene.basin_colors import BASIN_COLORS, LATEST
from engine.export.scene.of_maps import NO_MINIMUM, basin_pixels, scene_of_sweep
from engine.export.scene.of_race import rgb
from engine.export.scene.records import Line, Picture


def test_a_start_has_the_colour_of_its_minimum_and_late_ones_are_dark() -> None:
    x = np.array([0.0, 1.0])
    label = np.array([[0, 1], [-1, 0]])
    arrival = np.array([[0, 0], [-1, 10]])
    minima = np.array([[0.0, 0.0], [1.0, 0.0]])
    pixels = basin_pixels(BasinMap(x, x, label, arrival, minima, 10, 1.0, final=True))
    top, bottom = pixels
    assert (bottom[0] == rgb(BASIN_COLORS[0])).all() and (bottom[1] == rgb(BASIN_COLORS[1])).all()
    assert (top[0] == rgb(NO_MINIMUM)).all()
    assert (top[1] == (LATEST * rgb(BASIN_COLORS[0])).astype(np.uint8)).all()


def test_rates_alone_are_a_curve_that_ends_where_it_diverges() -> None:
    lr = np.array([0.01, 0.1, 1.0])
    sweep = SweepMap(
        lr,
        np.array([0.0]),
        np.array([[1.0, 0.01, np.inf]]),
        np.array([[False, False, True]]),
        np.ones((1, 3)),
    )
    scene = scene_of_sweep(sweep, RaceSpec(surface="quadratic", steps=5), "sgd", None)
    (curve,) = scene.map.layers
    assert isinstance(curve, Line) and scene.map.logarithmic and scene.map.logarithmic_x
    assert np.allclose(curve.points, [[-2, 0], [-1, -2]])


def test_lower_losses_are_darker_and_momentum_grows_upwards() -> None:
    loss = np.array([[1.0, 1e-2], [1e-4, np.nan]])
    momenta = np.array([0.0, 0.9])
    sweep = SweepMap(np.array([0.1, 0.2]), momenta, loss, np.isnan(loss), np.ones((2, 2)))
    scene = scene_of_sweep(sweep, RaceSpec(surface="quadratic"), "momentum", None)
    picture = scene.map.layers[0]
    assert isinstance(picture, Picture)
    height, width, _ = picture.pixels.shape
    brightness = picture.pixels.astype(int).sum(axis=2)
    lower, upper = brightness[3 * height // 4], brightness[height // 4]
    assert lower[0] > lower[-1] > upper[0]
    assert len(set(upper[width // 2 + 1 :])) == 2  # hatched
