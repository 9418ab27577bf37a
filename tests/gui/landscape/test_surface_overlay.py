"""What the 3-D view draws over its surface, without OpenGL: onto a picture, from above."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from gui.landscape.layer import Points3d, Stack
from gui.landscape.surface_mesh import SurfaceMesh
from gui.landscape.surface_overlay import HIDDEN_ALPHA, Camera, SurfaceOverlay

SIZE = 201
RED = QColor(255, 0, 0)


@pytest.fixture
def overlay() -> SurfaceOverlay:
    """On a plain at the bottom of the box, over [0, 2] x [0, 2], with a wall along x = 1."""
    x = np.linspace(0, 2, 41)
    height = np.full((41, 41), -0.4)
    height[:, 20] = 0.4
    return SurfaceOverlay(SurfaceMesh(x, x, height, 0.0, 1.0))


def camera(x: float) -> Camera:
    """Looks straight down, so that (x, y) of the box is (100 + 100 x, 100 - 100 y), as an eye
    that stands `x` beside its middle sees what is hidden."""
    return Camera(np.array([x, 0.0, 1.0]), np.eye(4), SIZE, SIZE)


def alphas(
    overlay: SurfaceOverlay, camera: Camera, points: np.ndarray, *, faint: bool
) -> list[float]:
    """How solid marks at points (N, 2) of the plane are drawn; NaN for those that are not."""
    drawn: list[int] = []

    def draw(painter: QPainter, pixels: np.ndarray, rows: np.ndarray) -> None:
        drawn.extend(rows.tolist())
        for x, y in pixels:
            painter.fillRect(round(x) - 2, round(y) - 2, 5, 5, RED)

    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    overlay.draw_points(painter, camera, Points3d(points, draw, Stack.ABOVE_TRAILS, faint))
    painter.end()
    return [
        image.pixelColor(round(100 * x), round(200 - 100 * y)).alphaF() if row in drawn else np.nan
        for row, (x, y) in enumerate(points.tolist())
    ]


@pytest.mark.parametrize(("faint", "hidden"), [(True, HIDDEN_ALPHA), (False, np.nan)])
def test_marks_lie_on_the_surface_and_hide_behind_it(
    overlay: SurfaceOverlay, faint: bool, hidden: float
) -> None:
    points = np.array([[0.5, 1.0], [1.5, 0.5], [9.0, 9.0]])  # the last is beside the surface
    for eye, expected in ((0.0, [1.0, 1.0, np.nan]), (-2.0, [1.0, hidden, np.nan])):
        seen = alphas(overlay, camera(eye), points, faint=faint)
        assert seen == pytest.approx(expected, abs=0.01, nan_ok=True)
