"""The picture canvas: where the picture lies, and how hands move it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pictures.canvas import PictureCanvas
from gui.pictures.pyramid import build_pyramid
from gui.pictures.view_transform import View


def pixels(height: int, width: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (height, width, 3), np.uint8)


@pytest.fixture
def canvas(qtbot: QtBot) -> PictureCanvas:
    made = PictureCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    made.set_pyramid(build_pyramid(pixels(240, 320)))
    return made


def turn(canvas: PictureCanvas, at: QPointF, notches: int, *, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def drag(canvas: PictureCanvas, button: Qt.MouseButton, start: QPoint, end: QPoint) -> None:
    """Press, move and release; pytest-qt's moves carry no button."""
    for kind, at, held in (
        (QEvent.Type.MouseButtonPress, start, button),
        (QEvent.Type.MouseMove, (start + end) / 2, button),
        (QEvent.Type.MouseMove, end, button),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        cause = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        event = QMouseEvent(
            kind,
            QPointF(at),
            QPointF(canvas.mapToGlobal(at)),
            cause,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(canvas, event)


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (100, 20_000), (900, 700)])
def test_pyramid_holds_every_pixel_and_halves(shape: tuple[int, int]) -> None:
    array = pixels(*shape)
    pyramid = build_pyramid(array)
    assert (pyramid.height, pyramid.width) == shape
    corner = pyramid.levels[0].pixelColor(shape[1] - 1, shape[0] - 1)
    assert (corner.red(), corner.green(), corner.blue()) == tuple(array[-1, -1])
    for larger, smaller in zip(pyramid.levels, pyramid.levels[1:], strict=False):
        assert smaller.width() == (larger.width() + 1) // 2


def test_fit_shows_all_of_it_and_follows_the_window(canvas: PictureCanvas) -> None:
    assert QRectF(canvas.rect()).contains(canvas.view().picture)
    small = canvas.zoom
    canvas.resize(800, 600)
    QApplication.sendEvent(canvas, QResizeEvent(canvas.size(), QSize(400, 300)))
    assert canvas.zoom > small and canvas.fitted
    assert QRectF(canvas.rect()).contains(canvas.view().picture)


def test_wheel_zooms_about_the_cursor(canvas: PictureCanvas) -> None:
    at = QPointF(130, 90)
    before, zoom = canvas.to_picture(at), canvas.zoom
    turn(canvas, at, 4)
    after = canvas.to_picture(at)
    assert canvas.zoom == pytest.approx(zoom * 1.25**4)
    # The picture's corner sits on whole device pixels.
    assert (after - before).manhattanLength() * canvas.zoom <= 2
    turn(canvas, at, -4)
    assert canvas.zoom == pytest.approx(zoom)


def test_shift_wheel_scrolls_sideways(canvas: PictureCanvas) -> None:
    turn(canvas, QPointF(200, 150), 6)
    left, top = canvas.view().left, canvas.view().top
    turn(canvas, QPointF(200, 150), 1, shift=True)
    assert canvas.view().left != left and canvas.view().top == top


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_dragging_pans_and_is_no_click(
    qtbot: QtBot, canvas: PictureCanvas, button: Qt.MouseButton
) -> None:
    canvas.zoom_in()
    left = canvas.view().left
    with qtbot.assertNotEmitted(canvas.clicked):
        drag(canvas, button, QPoint(200, 150), QPoint(240, 150))
    assert canvas.view().left == pytest.approx(left + 40)


def test_space_held_pans(qtbot: QtBot, canvas: PictureCanvas) -> None:
    canvas.zoom_in()
    left = canvas.view().left
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, Qt.MouseButton.LeftButton, QPoint(200, 150), QPoint(202, 150))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view().left == pytest.approx(left + 2)


def test_a_click_is_told_in_picture_pixels(qtbot: QtBot, canvas: PictureCanvas) -> None:
    place = canvas.view().point(100.5, 50.5).toPoint()
    with qtbot.waitSignal(canvas.clicked) as told:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert (told.args[0] - QPointF(100.5, 50.5)).manhattanLength() * canvas.zoom <= 2


def test_double_click_fits_and_actual_size_is_one_to_one(
    qtbot: QtBot, canvas: PictureCanvas
) -> None:
    fitted = canvas.zoom
    canvas.actual_size()
    assert canvas.zoom == pytest.approx(1.0) and not canvas.fitted
    shown = canvas.render_view()
    ratio, view = canvas.devicePixelRatioF(), canvas.view()
    at = view.point(160.5, 120.5) * ratio
    color = shown.pixelColor(int(at.x()), int(at.y()))
    assert (color.red(), color.green(), color.blue()) == canvas.pixel(QPointF(160, 120))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert canvas.zoom == pytest.approx(fitted)


def test_arrows_step_when_fitted_and_pan_when_not(qtbot: QtBot, canvas: PictureCanvas) -> None:
    with qtbot.waitSignal(canvas.stepped) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert told.args == [1]
    turn(canvas, QPointF(200, 150), 8)
    left = canvas.view().left
    with qtbot.assertNotEmitted(canvas.stepped):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view().left < left


def test_zoom_has_bounds_and_the_picture_stays_in_sight(canvas: PictureCanvas) -> None:
    for notches in (200, -400):
        turn(canvas, QPointF(200, 150), notches)
        assert 0 < canvas.zoom <= 64
        assert not canvas.view().visible.isEmpty()
    drag(canvas, Qt.MouseButton.LeftButton, QPoint(200, 150), QPoint(5000, 5000))
    assert not canvas.view().visible.isEmpty()


def test_layers_are_painted_in_order_over_the_picture(canvas: PictureCanvas) -> None:
    class Fill:
        def __init__(self, color: Qt.GlobalColor) -> None:
            self.color = color

        def paint(self, painter: QPainter, view: View) -> None:
            painter.fillRect(view.picture, self.color)

    canvas.set_layers([Fill(Qt.GlobalColor.red), Fill(Qt.GlobalColor.blue)])
    shown = canvas.render_view()
    assert shown.pixelColor(shown.rect().center()) == Qt.GlobalColor.blue


def test_without_a_picture_nothing_breaks(qtbot: QtBot, canvas: PictureCanvas) -> None:
    canvas.set_pyramid(None)
    canvas.zoom_in()
    canvas.actual_size()
    canvas.show_rect(QRectF(0, 0, 5, 5))
    drag(canvas, Qt.MouseButton.LeftButton, QPoint(20, 20), QPoint(90, 90))
    canvas.repaint()
    assert canvas.pixel(QPointF(1, 1)) is None
    assert canvas.inspect_state()["picture_size"] is None


@pytest.mark.parametrize("shape", [(1, 1), (100, 20_000)])
def test_odd_sizes_are_painted(canvas: PictureCanvas, shape: tuple[int, int]) -> None:
    canvas.set_pyramid(build_pyramid(pixels(*shape)))
    canvas.repaint()
    canvas.actual_size()
    canvas.repaint()
    assert canvas.inspect_state()["picture_size"] == [shape[1], shape[0]]


def test_the_whole_picture_takes_the_place_of_its_coarse_level(canvas: PictureCanvas) -> None:
    whole = pixels(600, 800)
    canvas.set_pyramid(build_pyramid(whole[::4, ::4], full=(800, 600)))
    assert canvas.fitted and abs(canvas.to_picture(QPointF(200, 150)).x() - 400) < 3
    assert canvas.pixel(QPointF(403, 301)) == tuple(whole[300, 400].tolist())
    canvas.zoom_in()
    before = canvas.view()
    canvas.set_pyramid(build_pyramid(whole))
    assert canvas.view() == before
    assert canvas.pixel(QPointF(403, 301)) == tuple(whole[301, 403].tolist())
    canvas.set_pyramid(build_pyramid(whole))
    assert canvas.fitted, "another picture of the same size begins anew"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.lists(
        st.tuples(st.integers(-4, 4), st.integers(1, 399), st.integers(1, 299)), max_size=4
    )
)
def test_the_wheel_leads_back_to_the_same_view(
    canvas: PictureCanvas, path: list[tuple[int, int, int]]
) -> None:
    canvas.fit()
    before = canvas.view()
    for notches, x, y in path:
        for _ in range(abs(notches)):
            turn(canvas, QPointF(x, y), 1 if notches > 0 else -1)
        assert not canvas.view().visible.isEmpty()
    for notches, x, y in reversed(path):
        turn(canvas, QPointF(x, y), -notches)
    after = canvas.view()
    assert after.scale == pytest.approx(before.scale)
    assert abs(after.left - before.left) <= 1 and abs(after.top - before.top) <= 1
