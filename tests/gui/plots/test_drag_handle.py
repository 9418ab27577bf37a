"""A handle: it stands at its place of the plane, and follows the mouse by where it was taken."""

from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from gui.plots.drag_handle import DragHandle

GRIP_PX = 12.0


class Disc(DragHandle):
    """A disc."""

    def paint(self, painter: QPainter, *_: object) -> None:
        painter.drawEllipse(QPointF(0, 0), 5, 5)


class Drag:
    """What pyqtgraph tells of a drag that began at one place of the scene and is at another."""

    def __init__(
        self,
        began: QPointF,
        now: QPointF,
        stage: int,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        self._began, self._now, self._stage, self._button = began, now, stage, button
        self.accepted = False

    def button(self) -> Qt.MouseButton:
        return self._button

    def accept(self) -> None:
        self.accepted = True

    def ignore(self) -> None:
        self.accepted = False

    def scenePos(self) -> QPointF:
        return self._now

    def buttonDownScenePos(self) -> QPointF:
        return self._began

    def isStart(self) -> bool:
        return self._stage == 1

    def isFinish(self) -> bool:
        return self._stage == 2


@pytest.fixture
def handle(qtbot: QtBot) -> Disc:
    """Over a view of [0, 10] x [0, 5]."""
    widget = pg.GraphicsLayoutWidget()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    view = pg.ViewBox(enableMenu=False, defaultPadding=0)
    widget.addItem(view)
    widget.show()
    qtbot.waitExposed(widget)
    view.setRange(QRectF(0, 0, 10, 5), padding=0)
    made = Disc(view, z=1, grip_px=GRIP_PX)
    made.widget = widget  # which lives as long as its handle
    return made


def test_a_handle_stands_at_its_place_and_hides_where_that_cannot_be_seen(handle: Disc) -> None:
    assert not handle.isVisible()
    view = handle.parentItem()
    for place in ((2.0, 4.0), (7.5, 0.5)):
        handle.set_place(place)
        stands = view.mapFromView(QPointF(*place))
        assert handle.isVisible() and (handle.pos() - stands).manhattanLength() < 0.01
    view.setRange(QRectF(0, 0, 20, 10), padding=0)
    stands = view.mapFromView(QPointF(7.5, 0.5))
    assert (handle.pos() - stands).manhattanLength() < 0.01
    for nowhere in ((500.0, 1.0), (float("nan"), 1.0), (1.0, float("inf")), None):
        handle.set_place((1.0, 1.0))
        handle.set_place(nowhere)
        assert not handle.isVisible()


def test_a_drag_keeps_hold_of_the_handle_where_it_was_taken(qtbot: QtBot, handle: Disc) -> None:
    handle.set_place((2.0, 4.0))
    view = handle.parentItem()
    began = view.mapToScene(handle.pos()) + QPointF(5, -3)
    told = []
    way = view.mapViewToScene(QPointF(6.0, 2.0)) - view.mapViewToScene(QPointF(2.0, 4.0))
    for stage in (1, 0, 2):
        event = Drag(began, began + way, stage)
        with qtbot.waitSignal(handle.dragged) as moved:
            handle.mouseDragEvent(event)
        assert event.accepted
        told.append(tuple(moved.args))
    assert [stage for *_, stage in told] == [1, 0, 2]
    for x, y, _ in told:
        assert (x, y) == pytest.approx((6.0, 2.0), abs=1e-6)
    other = Drag(began, began + way, 1, Qt.MouseButton.RightButton)
    handle.mouseDragEvent(other)
    assert not other.accepted


def test_a_larger_handle_is_painted_in_a_larger_place(handle: Disc) -> None:
    small = handle.boundingRect()
    handle.set_scale(2.0)
    assert handle.boundingRect().width() == 2 * small.width()
    handle.set_place((5.0, 2.5))
    assert handle.shape().boundingRect().width() == pytest.approx(4 * GRIP_PX, abs=0.1)


@pytest.mark.parametrize("place", [(0.0, 0.0), (10.0, 5.0), (10.2, 2.5), (5.0, -0.1)])
def test_at_an_edge_the_whole_grip_is_inside_the_view(
    handle: Disc, place: tuple[float, float]
) -> None:
    handle.set_place(place)
    inside = handle.parentItem().rect()
    x, y = handle.pos().toTuple()
    nearest = QPointF(
        max(inside.left() + GRIP_PX, min(x, inside.right() - GRIP_PX)),
        max(inside.top() + GRIP_PX, min(y, inside.bottom() - GRIP_PX)),
    )
    for way in (QPointF(0, 0), QPointF(11, 0), QPointF(-11, 0), QPointF(0, 11), QPointF(0, -11)):
        assert handle.shape().contains(nearest + way - handle.pos())
    assert handle.shape().contains(QPointF(0, 0))
    assert handle.boundingRect().contains(handle.shape().boundingRect())
