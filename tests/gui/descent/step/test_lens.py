"""The vectors of a step stand where they are; a lens shows those that are too short to be seen."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engine.descent.step.vectors import Arrow, StepVectors
from gui.descent.step.lens import LEAST_TIMES, ROOM, SHORT_PX, lens_over
from gui.descent.step.vectors_layer import StepVectorsLayer
from gui.landscape.map_view import MapView
from gui.racing.racer_style import arrow_color

X0 = np.array([0.3, -0.2])


def momentum_step(length: float, turn: float = 0.4, at: np.ndarray = X0) -> StepVectors:
    """The three arrows of classical momentum, the momentum of that length."""
    momentum = length * np.array([math.cos(turn), math.sin(turn)])
    pull = length * np.array([-0.3, 0.6])
    arrows = (
        Arrow("gradient", "g0", at, at + pull),
        Arrow("momentum", "m", at, at + momentum),
        Arrow("classical", "", at, at + momentum + pull),
    )
    return StepVectors(arrows, at, at + momentum, at + momentum + pull, np.full(2, 0.1))


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    made = MapView("descent")
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    qtbot.waitExposed(made)
    made.set_home((-1.0, 1.0, -1.0, 1.0))
    return made


@pytest.fixture
def layer(view: MapView) -> StepVectorsLayer:
    made = StepVectorsLayer(view.view_box)
    view.add_layer(made)
    return made


def painted(view: MapView) -> QImage:
    return view.grab().toImage()


def pixel(view: MapView, point: np.ndarray) -> QPoint:
    """Where the map has a point of the plane."""
    return view.mapFromScene(view.view_box.mapViewToScene(QPointF(*map(float, point))))


def in_lens(view: MapView, layer: StepVectorsLayer, point: np.ndarray) -> QPoint:
    """Where the lens has it."""
    return view.mapFromScene(view.view_box.mapToScene(layer.inset.place(point)))


@given(
    length=st.floats(1e-9, 10.0),
    turn=st.floats(-math.pi, math.pi),
    px_per_unit=st.floats(1.0, 1e4),
    radius=st.floats(46.0, 96.0),
)
@settings(max_examples=200, deadline=None)
def test_a_lens_holds_the_step_in_a_round_scale_and_only_a_short_one(
    length: float, turn: float, px_per_unit: float, radius: float
) -> None:
    vectors = momentum_step(length, turn)
    longest = max(float(np.hypot(*(arrow.head - arrow.tail))) for arrow in vectors.arrows)
    lens = lens_over(vectors, px_per_unit=px_per_unit, radius_px=radius)
    if lens is None:
        # Long enough to be seen, or to fill the lens before it is twice as large; or nothing.
        long = min(SHORT_PX, ROOM * radius / LEAST_TIMES) * (1 - 1e-6)
        assert longest * px_per_unit > long or longest * px_per_unit < 1e-3
        return
    assert longest * px_per_unit < SHORT_PX
    assert lens.times >= 2 and f"{lens.times:.0e}"[0] in "125"
    assert lens.reach * px_per_unit * lens.times == pytest.approx(radius)
    for arrow in vectors.arrows:
        for end in (arrow.tail, arrow.head):
            assert np.hypot(*(end - lens.center)) < 0.75 * lens.reach
    assert f"{lens.bar:.0e}"[0] in "125" and 0.3 * lens.reach < lens.bar <= 0.9 * lens.reach


def test_a_step_that_is_no_number_or_no_step_has_no_lens() -> None:
    for vectors in (momentum_step(0.0), momentum_step(math.nan), momentum_step(1e-20)):
        assert lens_over(vectors, px_per_unit=100.0, radius_px=80.0) is None


def test_a_long_step_is_drawn_at_its_own_points_without_a_lens(
    view: MapView, layer: StepVectorsLayer
) -> None:
    vectors = momentum_step(0.8)
    layer.show_vectors(vectors, X0)
    assert layer.inset.lens is None and layer.inspect_state()["lens"] is None
    picture = painted(view)
    for point in (vectors.base, vectors.lookahead):
        assert picture.pixelColor(pixel(view, point)) == QColor("white")
    for arrow in vectors.arrows:
        near_head = 0.25 * arrow.tail + 0.75 * arrow.head
        assert picture.pixelColor(pixel(view, near_head)) == arrow_color(arrow.role)
    assert layer.legend.notes[0] == "arrows in true size"


def test_a_short_step_stands_in_the_lens_and_nowhere_else(
    view: MapView, layer: StepVectorsLayer
) -> None:
    before = painted(view)
    vectors = momentum_step(0.004)
    layer.show_vectors(vectors, X0, "Momentum")
    lens = layer.inset.lens
    assert lens is not None
    after = painted(view)
    for point in (vectors.base, vectors.lookahead):
        assert after.pixelColor(in_lens(view, layer, point)) == QColor("white")
    for arrow in vectors.arrows:
        near_head = 0.25 * arrow.tail + 0.75 * arrow.head
        assert after.pixelColor(in_lens(view, layer, near_head)) == arrow_color(arrow.role)
    # The scale that is written is the one that is drawn.
    apart = in_lens(view, layer, vectors.lookahead) - in_lens(view, layer, vectors.base)
    on_map = 0.004 / view.view_box.viewPixelSize()[0]
    assert math.hypot(apart.x(), apart.y()) == pytest.approx(lens.times * on_map, abs=1.5)
    assert f"× {lens.times:g}" in layer.inset.scale_text()
    assert f"× {lens.times:g}" in layer.legend.notes[0]
    # What is drawn on the map itself is not farther from the racer than the ring around it.
    covered = [area(view, plate) for plate in (layer.inset.plate(), layer.legend.plate())]
    sight = QRectF(pixel(view, X0), QRectF(covered[0]).center().toPoint()).normalized()
    allowed = [*covered, sight.adjusted(-90, -90, 90, 90)]
    stray = [
        (x, y)
        for x in range(0, before.width(), 2)
        for y in range(0, before.height(), 2)
        if before.pixel(x, y) != after.pixel(x, y)
        and not any(place.contains(x, y) for place in allowed)
    ]
    assert not stray
    ring = [
        after.pixelColor(pixel(view, X0) + QPoint(dx, dy)) != before.pixelColor(pixel(view, X0))
        for dx, dy in ((7, 0), (-7, 0), (0, 7), (0, -7))
    ]
    assert any(ring), "the map does not mark where the lens looks"


def test_coming_nearer_ends_the_lens_and_it_is_none_of_what_is_out_of_view(
    view: MapView, layer: StepVectorsLayer
) -> None:
    layer.show_vectors(momentum_step(0.004), X0)
    lens = layer.inset.lens
    assert lens is not None
    view.look_at(*X0)
    for _ in range(10):
        view.zoom_in()
        nearer = layer.inset.lens
        assert nearer is None or nearer.times <= lens.times
    for _ in range(12):
        view.zoom_in()
    assert layer.inset.lens is None
    view.fit()
    back = layer.inset.lens
    assert back is not None and (back.times, back.bar) == (lens.times, lens.bar)
    view.look_at(5.0, 5.0)
    assert layer.inset.lens is None


def test_the_lens_takes_a_place_among_the_legends(view: MapView, layer: StepVectorsLayer) -> None:
    layer.show_vectors(momentum_step(0.004), X0)
    view.arrange()
    lens, legend = layer.inset.plate(), layer.legend.plate()
    assert layer.inset.isVisible() and not lens.isEmpty()
    assert not layer.legend.isVisible() or not lens.intersects(legend)
    ((x, y),) = layer.pixels(X0[None])
    assert not lens.contains(QPointF(float(x), float(y)))


def area(view: MapView, plate: QRectF) -> QRectF:
    """A rectangle of the view box in the window's pixels, with what its edge needs."""
    corner = view.mapFromScene(view.view_box.mapToScene(plate.topLeft()))
    return QRectF(QPointF(corner), plate.size()).adjusted(-4, -4, 4, 12)
