"""The landscape as a surface mesh: its geometry."""

from __future__ import annotations

import numpy as np
import pytest

from gui.landscape.surface_mesh import TOP, SurfaceMesh, mesh_of, ticks
from tests.gui.landscape.conftest import landscape_of


@pytest.fixture
def slope() -> SurfaceMesh:
    """The loss x over [0, 4] x [0, 2]: a plane that rises along x."""
    x, y = np.linspace(0, 4, 41), np.linspace(0, 2, 21)
    return mesh_of(landscape_of(np.broadcast_to(x, (21, 41)).copy(), x, y), 0.0, 4.0)


def test_the_box_keeps_the_proportion_of_x_and_y(slope: SurfaceMesh) -> None:
    assert slope.sides == pytest.approx((1.0, 0.5))
    placed = slope.lift(np.array([[0.0, 0.0], [4.0, 2.0], [2.0, 1.0], [1.0, 1.0]]))
    expected = [[-1, -0.5, -TOP], [1, 0.5, TOP], [0, 0, 0], [-0.5, 0, -TOP / 2]]
    np.testing.assert_allclose(placed, expected, atol=1e-12)
    assert np.isnan(slope.lift(np.array([[9.0, 1.0]]))[0, 2])


def test_a_ray_meets_the_ground_where_the_plane_is(slope: SurfaceMesh) -> None:
    # In the box the plane is z = TOP x.
    down = slope.pick(np.array([0.25, 0.1, 5.0]), np.array([0.0, 0.0, -1.0]))
    assert down == pytest.approx((2.5, 1.2), abs=1e-9)
    eye, direction = np.array([0.0, -3.0, 1.0]), np.array([0.1, 1.0, -0.3])
    # 1 - 0.3 t = TOP 0.1 t
    way = 1 / (0.3 + 0.1 * TOP)
    x, y, _ = eye + way * direction
    met = slope.pick(eye, direction)
    assert met == pytest.approx((2 + 2 * x, 1 + 2 * y), abs=1e-6)
    assert slope.pick(eye, np.array([0.0, 0.0, 1.0])) is None


def test_long_steps_follow_the_hills_below_them() -> None:
    x = np.linspace(-1, 1, 201)
    loss = np.broadcast_to(x**2, (201, 201)).copy()
    mesh = mesh_of(landscape_of(loss, x, x), 0.0, 1.0)
    line = mesh.drape(np.array([[-1.0, 0.0], [1.0, 0.0]]), 200)
    assert len(line) > 30
    np.testing.assert_allclose(line[:, 2], 2 * TOP * line[:, 0] ** 2 - TOP, atol=1e-3)
    lost = mesh.drape(np.array([[0.0, 0.0], [np.inf, 0.0], [np.nan, np.nan]]), 200)
    assert not np.isfinite(lost[-1]).all()


def test_what_a_ridge_stands_before_is_hidden() -> None:
    x = np.linspace(-1, 1, 101)
    ridge = np.exp(-(x**2) / 0.01)
    mesh = mesh_of(landscape_of(np.broadcast_to(ridge, (101, 101)).copy(), x, x), 0.0, 1.0)
    points = mesh.lift(np.array([[-0.6, 0.0], [0.6, 0.0], [0.0, 0.0]]))
    seen = mesh.visible(points, np.array([-4.0, 0.0, 0.5]))
    assert seen.tolist() == [True, False, True]
    assert mesh.visible(points, np.array([0.0, 0.0, 9.0])).all()


def test_there_is_no_ground_where_there_is_no_loss(slope: SurfaceMesh) -> None:
    height = slope.height.copy()
    height[:, :20] = np.nan
    holed = SurfaceMesh(slope.x, slope.y, height, 0.0, 4.0)
    assert 0 < len(holed.triangles()) < len(slope.triangles())
    assert holed.pick(np.array([-0.5, 0.0, 5.0]), np.array([0.0, 0.0, -1.0])) is None
    assert np.isfinite(holed.vertices()).all()


def test_ticks_are_round_numbers() -> None:
    assert ticks(-6, 6, 5) == [-5, 0, 5]
    assert ticks(0.0, 1.0, 5) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
