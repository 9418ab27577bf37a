"""Polylines: cut at a rectangle, thinned, ended where they diverge, continued in place."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.plots.polylines import MARK_PX, LinesLayer, Stroke, clip, finite_part, mark_places, thinned

RECT = QRectF(0, 0, 100, 100)


def test_a_line_inside_is_left_alone() -> None:
    line = np.array([[1.0, 1.0], [50.0, 99.0], [3.0, 4.0]])
    assert clip(line, RECT) is line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([[-50.0, 50.0], [150.0, 50.0]], [[0.0, 50.0], [100.0, 50.0]]),
        ([[50.0, -1e12], [50.0, 20.0]], [[50.0, 0.0], [50.0, 20.0]]),
        ([[-10.0, -5.0], [-10.0, 300.0]], []),
        ([[-50.0, 50.0], [50.0, -150.0]], []),
    ],
)
def test_a_line_is_cut_at_the_rectangle(line: list, expected: list) -> None:
    pieces = clip(np.array(line), RECT)
    kept = pieces[np.isfinite(pieces).all(axis=1)]
    np.testing.assert_allclose(kept, np.array(expected).reshape(-1, 2), atol=1e-3)


def test_a_diverged_path_ends_at_its_last_number() -> None:
    path = np.array([[0.0, 0.0], [1.0, 1.0], [np.inf, 2.0], [3.0, 3.0]])
    assert finite_part(path).tolist() == [[0.0, 0.0], [1.0, 1.0]]


def test_thinning_keeps_ends_and_every_visible_move() -> None:
    path = np.array([[0.0, 0.0], [0.1, 0.0], [0.2, 0.1], [5.0, 5.0], [5.0, 5.0], [9.0, 9.0]])
    assert thinned(path).tolist() == [[0.0, 0.0], [5.0, 5.0], [9.0, 9.0]]


@pytest.fixture
def plot(qtbot: QtBot) -> pg.PlotWidget:
    widget = pg.PlotWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.setRange(xRange=(0, 10), yRange=(0, 10), padding=0)
    with qtbot.waitExposed(widget):
        widget.show()
    view = widget.getPlotItem().getViewBox()
    qtbot.waitUntil(lambda: view.width() > 100 and view.height() > 100)  # is laid out
    return widget


def picture(plot: pg.PlotWidget) -> QImage:
    return plot.grab().toImage()


def test_continuing_a_line_gives_the_same_picture_as_drawing_it_at_once(
    plot: pg.PlotWidget, qtbot: QtBot
) -> None:
    points = np.column_stack((np.linspace(0, 10, 200), 5 + 4 * np.sin(np.linspace(0, 9, 200))))
    stroke = Stroke(QColor("#ff00ff"), width=2.0, casing=QColor("#000000"))
    layer = LinesLayer(plot.getPlotItem().getViewBox())
    layer.set_strokes([stroke])
    layer.show_lines([points], 100)
    qtbot.waitUntil(lambda: bool((to_array(picture(plot))[..., 0] > 200).any()))  # is painted
    layer.restart()
    for count in range(1, 201, 20):
        layer.show_lines([points], count)
        picture(plot)
    layer.show_lines([points], 200)
    continued = to_array(picture(plot))
    layer.restart()
    at_once = to_array(picture(plot))
    changed = (np.abs(continued.astype(int) - at_once.astype(int)).max(axis=2) > 60).mean()
    assert changed < 0.002
    assert (at_once[..., 1] < 60).any() and (at_once[..., 0] > 200).any()


def test_signs_stand_where_they_do_however_a_curve_grows() -> None:
    x = np.linspace(0, 700, 141)
    curve = np.column_stack((x, 100 + 50 * np.sin(x / 90)))
    at_once = mark_places(curve, 20.0)
    parts = [mark_places(curve[max(0, k - 1) : k + 7], 20.0) for k in range(0, 141, 7)]
    np.testing.assert_allclose(np.concatenate(parts), at_once)
    np.testing.assert_allclose(np.diff(at_once[:, 0]), MARK_PX)
    np.testing.assert_allclose(at_once[:, 1], 100 + 50 * np.sin(at_once[:, 0] / 90), atol=0.1)


def test_fewer_points_are_drawn_anew(plot: pg.PlotWidget) -> None:
    points = np.array([[0.0, 5.0], [5.0, 5.0], [10.0, 5.0]])
    layer = LinesLayer(plot.getPlotItem().getViewBox())
    layer.set_strokes([Stroke(QColor("#ff00ff"), width=3.0)])
    layer.show_lines([points], 3)
    long = pink(picture(plot))
    layer.show_lines([points], 2)
    short = pink(picture(plot))
    assert 0.4 < short / long < 0.6


def test_other_lines_are_drawn_where_there_were_none(plot: pg.PlotWidget) -> None:
    layer = LinesLayer(plot.getPlotItem().getViewBox())
    layer.set_strokes([Stroke(QColor("#ff00ff"), width=3.0)])
    layer.show_lines([], 0)
    assert not pink(picture(plot))
    layer.show_lines([np.array([[1.0, 1.0], [9.0, 9.0]])], 2)
    assert pink(picture(plot)) > 100
    layer.show_lines([], 0)
    assert not pink(picture(plot))


def test_numbers_beyond_all_bounds_do_not_hurt(plot: pg.PlotWidget) -> None:
    points = np.array([[0.0, 5.0], [1e300, -1e300], [-1e300, 1e300], [np.nan, 0.0]])
    layer = LinesLayer(plot.getPlotItem().getViewBox())
    layer.set_strokes([Stroke(QColor("#ff00ff"), width=3.0, dash=(4.0, 2.0), dots=True)])
    layer.show_lines([points], 4)
    assert pink(picture(plot)) > 0


def to_array(image: QImage) -> np.ndarray:
    converted = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(converted.constBits(), np.uint8)
    return data.reshape(converted.height(), converted.bytesPerLine() // 4, 4)


def pink(image: QImage) -> int:
    pixels = to_array(image).astype(int)
    return int(((pixels[..., 0] > 180) & (pixels[..., 2] > 180) & (pixels[..., 1] < 90)).sum())
