"""The wheel over a plot: the point under the cursor stays, and the way back leads back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyqtgraph as pg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.landscape.map_view import LARGEST_ZOOM_OUT, MapView
from gui.networks.graph.view import GraphView
from gui.plots.plot_widget import Plot
from gui.plots.zoom_view_box import NOTCH, ZoomViewBox

PIXEL = 1e-3  # of a pixel: what rounding may do

several = partial(
    settings, max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
places = st.tuples(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
turns = st.lists(st.tuples(st.integers(-2, 3), places), max_size=4)


def turn(view: pg.GraphicsView, at: QPointF, notches: float) -> None:
    """The wheel over a place of the viewport; nothing is painted."""
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def place_in(view: pg.GraphicsView, box: pg.ViewBox, share: tuple[float, float]) -> QPointF:
    """A whole pixel of the viewport, at shares of a view box."""
    area = box.sceneBoundingRect()
    inside = QPointF(area.left() + share[0] * area.width(), area.top() + share[1] * area.height())
    return QPointF(view.mapFromScene(inside))


def point_at(box: pg.ViewBox, view: pg.GraphicsView, at: QPointF) -> QPointF:
    """The point of the plane that is now under a pixel."""
    return box.mapSceneToView(view.mapToScene(at.toPoint()))


def off_by(box: pg.ViewBox, one: QPointF, other: QPointF) -> float:
    """How far two points of the plane are from each other in pixels."""
    width, height = box.viewPixelSize()
    return max(abs(one.x() - other.x()) / width, abs(one.y() - other.y()) / height)


@pytest.fixture(params=["map", "plot"])
def shown(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[tuple[QWidget, ZoomViewBox]]:
    window = QWidget()
    qtbot.addWidget(window)
    view = MapView("descent", window) if request.param == "map" else Plot(window)
    QVBoxLayout(window).addWidget(view)
    window.resize(640, 480)
    window.show()
    qtbot.waitExposed(window)
    if isinstance(view, MapView):
        view.set_home((-2.0, 1.0, -1.0, 4.0))
        yield view, view.view_box
    else:
        box = view.getPlotItem().getViewBox()
        box.setRange(xRange=(0, 100), yRange=(1e-3, 2e-3))
        yield view, box


@several()
@given(path=turns)
def test_the_wheel_holds_the_point_under_the_cursor_and_leads_back(
    shown: tuple[pg.GraphicsView, ZoomViewBox], path: list[tuple[int, tuple[float, float]]]
) -> None:
    view, box = shown
    corner = QPointF(box.viewRect().topLeft())
    other = QPointF(box.viewRect().bottomRight())
    stops = [(notches, place_in(view, box, share)) for notches, share in path]
    for notches, at in stops:
        before = point_at(box, view, at)
        for _ in range(abs(notches)):
            turn(view, at, 1 if notches > 0 else -1)
        assert off_by(box, point_at(box, view, at), before) < PIXEL
    for notches, at in reversed(stops):
        turn(view, at, -notches)
    assert off_by(box, box.viewRect().topLeft(), corner) < PIXEL
    assert off_by(box, box.viewRect().bottomRight(), other) < PIXEL


def test_at_the_limit_of_the_map_the_point_under_the_cursor_stays_too(qtbot: QtBot) -> None:
    view = MapView("descent")
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    view.set_home((0.0, 4.0, 0.0, 2.0))
    at = place_in(view, view.view_box, (0.9, 0.1))
    before = point_at(view.view_box, view, at)
    for _ in range(40):
        turn(view, at, -1)
    assert off_by(view.view_box, point_at(view.view_box, view, at), before) < PIXEL
    x0, x1, y0, y1 = view.visible_domain()
    assert max(x1 - x0, y1 - y0) == pytest.approx(4 * LARGEST_ZOOM_OUT)


def test_over_an_axis_the_wheel_zooms_along_it_alone(qtbot: QtBot) -> None:
    plot = Plot()
    qtbot.addWidget(plot)
    plot.resize(640, 480)
    plot.show()
    box = plot.getPlotItem().getViewBox()
    box.setRange(xRange=(0, 100), yRange=(0, 1), padding=0)
    area = plot.getPlotItem().getAxis("bottom").sceneBoundingRect()
    turn(plot, QPointF(plot.mapFromScene(area.center())), 2)
    (x0, x1), y = box.viewRange()
    assert x1 - x0 == pytest.approx(100 / NOTCH**2) and y == pytest.approx([0, 1])


@several()
@given(path=turns)
def test_a_graph_is_zoomed_and_led_back_too(
    graph: GraphView, path: list[tuple[int, tuple[float, float]]]
) -> None:
    size = graph.viewport().size()
    middle = graph.mapToScene(graph.viewport().rect().center())
    scale = graph.transform().m11()
    stops = [(n, QPointF(round(a * size.width()), round(b * size.height()))) for n, (a, b) in path]
    for notches, at in stops:
        turn(graph, at, notches)
    for notches, at in reversed(stops):
        turn(graph, at, -notches)
    assert graph.transform().m11() == pytest.approx(scale)
    away = (graph.mapToScene(graph.viewport().rect().center()) - middle) * scale
    assert away.manhattanLength() < 1.01


@pytest.fixture
def graph(qtbot: QtBot) -> GraphView:
    view = GraphView("graph")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view
