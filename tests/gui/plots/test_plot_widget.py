"""Drawing less than there is without showing anything else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.plots.plot_widget import Plot, Track, duration, envelope, fixed, thinned


@given(st.integers(1, 5000), st.integers(1, 400))
def test_envelope_keeps_the_extremes(count: int, bins: int) -> None:
    values = np.random.default_rng(count).normal(size=count)
    x, y = envelope(np.arange(count, dtype=float), values, bins)
    assert len(x) == len(y) <= max(2 * bins, 2)
    assert (y.min(), y.max()) == (values.min(), values.max())
    assert (np.diff(x) >= 0).all()


@given(st.integers(1, 5000), st.integers(2, 400))
def test_thinned_keeps_the_ends(count: int, points: int) -> None:
    steps = np.arange(count, dtype=float)
    x, y = thinned(steps, steps, points)
    assert len(x) <= points
    assert (x[0], x[-1]) == (0, count - 1)
    assert (x == y).all()


def test_track_grows_and_loses_nothing() -> None:
    track = Track()
    for step in range(1000):
        track.append(step, step * 2)
    assert len(track) == 1000
    assert (track.y == np.arange(1000) * 2).all()


def test_smooth_is_the_mean_of_the_last_steps() -> None:
    track = Track()
    for value in (1.0, 3.0, np.nan, 5.0, np.inf, 7.0):
        track.append(len(track), value)
    assert track.smooth(2).tolist() == [1, 2, 3, 5, 5, 7]


def test_log_axis_names_powers_of_ten_and_few_ticks(qtbot: QtBot) -> None:
    plot = Plot(log_y=True)
    qtbot.addWidget(plot)
    axis = plot.getPlotItem().getAxis("left")
    assert axis.tickStrings([-3.0, 0.0, 2.0], 1, 1) == ["0.001", "1", "100"]
    for low, high in ((-9.5, 12.0), (-1.2, 1.1), (0.1, 0.2)):
        ticks = [value for _, values in axis.logTickValues(low, high, 300, []) for value in values]
        assert len(ticks) <= 9
        assert all(low <= tick <= high for tick in ticks)
    i18n.apply("ru")
    assert axis.tickStrings([-3.0], 1, 1) == ["0,001"]


def test_durations_and_fixed_figures() -> None:
    assert duration(5) == "0:05"
    assert duration(3725) == "1:02:05"
    assert duration(float("nan")) == "–"
    assert fixed(1.23456, 2) == "1.23"
