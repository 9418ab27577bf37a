"""Lines in few points: nothing of what is seen is lost, and phases stay apart."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.plots.plot_widget import envelope, thinned
from gui.training.comparison.line_data import nearest, positive, reduced

# On a busy machine an example may take its time.
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.integers(1, 3000), st.integers(2, 300), st.booleans())
def test_an_envelope_keeps_the_least_and_the_greatest(count: int, bins: int, log: bool) -> None:
    x, y = np.arange(1.0, count + 1), np.sin(np.arange(count) ** 2.0)
    drawn_x, drawn_y = envelope(x, y, bins, log=log)
    assert len(drawn_x) == len(drawn_y) <= max(2 * bins, 1)
    assert drawn_y.min() == y.min() and drawn_y.max() == y.max()
    assert (np.diff(drawn_x) >= 0).all()


@QUICK
@given(st.integers(2, 3000), st.integers(2, 300), st.booleans())
def test_a_thinned_line_keeps_its_ends(count: int, points: int, log: bool) -> None:
    x = np.arange(1.0, count + 1)
    drawn_x, drawn_y = thinned(x, x * 2, points, log=log)
    assert len(drawn_x) <= max(points, 2) and (drawn_x[0], drawn_x[-1]) == (1, count)
    np.testing.assert_array_equal(drawn_y, drawn_x * 2)


def test_the_beginning_is_there_on_a_logarithmic_axis() -> None:
    x = np.arange(1.0, 10_001)
    drawn, _ = thinned(x, x, 300, log=True)
    assert (drawn <= 100).sum() > 60  # every 33rd step would be 4
    assert thinned(np.array([0.0, 0.0, 0.0]), np.ones(3), 2, log=True)[0].tolist() == [0, 0]


def test_a_phase_is_parted_from_the_one_before() -> None:
    x, y = np.arange(1.0, 7.0), np.array([9.0, 8.0, 7.0, 3.0, 2.0, 1.0])
    drawn_x, drawn_y = reduced(x, y, (0, 3), thinned, 100, None)
    np.testing.assert_array_equal(drawn_x, [1, 2, 3, 4, 4, 5, 6])
    np.testing.assert_array_equal(drawn_y, [9, 8, 7, np.nan, 3, 2, 1])


def test_only_what_is_seen_is_drawn() -> None:
    x = np.arange(100.0)
    drawn, _ = reduced(x, x, (0, 50), thinned, 1000, (60.0, 70.0))
    assert (drawn[0], drawn[-1]) == (59, 71)
    assert len(reduced(x[:0], x[:0], (), thinned, 10, None)[0]) == 0


def test_the_nearest_value_is_read_and_none_beyond_the_ends() -> None:
    x = np.array([1.0, 2.0, 10.0])
    places = [nearest(x, place) for place in (0.9, 1.0, 1.6, 5.9, 6.1, 10.0, 10.1)]
    assert places == [None, 0, 1, 1, 2, 2, None]
    assert nearest(x[:0], 1.0) is None


def test_what_has_no_logarithm_has_no_place() -> None:
    values = np.array([1.0, 0.0, -1.0])
    np.testing.assert_array_equal(positive(values, log=True), [1, np.nan, np.nan])
    assert positive(values, log=False) is values
