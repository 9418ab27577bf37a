"""What moves in each stage, between the trace's own numbers, at a moment from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.detection.instances import Instance
from gui.detection.keypoint_names import point_name
from gui.detection.layers.base import line_pen, outline
from gui.detection.layers.keypoints import KeypointLayer
from gui.detection.overlay_colors import CASING, MIDDLE, instance_color, scalar_color
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.detection.queries.passage import Passage, Suppression

GRID = QT_TRANSLATE_NOOP("motions", "{level}: {rows} × {columns} cells, each with its features")
PLACE = QT_TRANSLATE_NOOP(
    "motions", "{level}: place {number} of {count}, {anchors} anchors at each"
)
OBJECTNESS = QT_TRANSLATE_NOOP(
    "motions", "{level}: objectness {value} at place {number} of {count}"
)
SHIFTED = QT_TRANSLATE_NOOP(
    "motions", "reg moves the {count} most objectlike anchors to their boxes"
)
CUT_OUT = QT_TRANSLATE_NOOP("motions", "RoI {number} of the best {count}: 7 × 7 places of {level}")
REFINED = QT_TRANSLATE_NOOP(
    "motions", "the head moves {count} proposals to the boxes of their classes"
)
NMS = QT_TRANSLATE_NOOP("motions", "NMS at score {score}: {left} of {count} are left")
MASK = QT_TRANSLATE_NOOP("motions", "mask {number} of {count}: {name}")

ENDED = QColor(235, 87, 70)
MOVING = 0.4  # of a suppression's time, before the NMS begins
LEVEL_COLORS = tuple(QColor(*instance_color(index)) for index in range(8))


@dataclass(frozen=True, eq=False)
class Moved:
    """What a motion is drawn from.

    Attributes:
        way: of the picture; None where only the results move.
        level_names: of the feature maps.
        shown: the detections.
        skeletons: draws keypoints.
    """

    way: Passage | None
    level_names: Sequence[str]
    shown: Sequence[Instance]
    skeletons: KeypointLayer


Draw = Callable[[QPainter, View, Moved, float], str]


@dataclass(frozen=True)
class Motion:
    """One stage's.

    Attributes:
        draw: at a moment of 0 to 1; gives what is said beside it.
        lasts_ms: how long it takes.
        needs_way: whether it is drawn from the picture's way.
    """

    draw: Draw
    lasts_ms: int
    needs_way: bool = True


def told(text: str) -> str:
    """A sentence of this file in the window's language."""
    return QCoreApplication.translate("motions", text)


def eased(moment: float) -> float:
    """From 0 to 1 without a jerk at the ends."""
    moment = min(max(moment, 0.0), 1.0)
    return moment * moment * (3 - 2 * moment)


def between(
    start: NDArray[numpy.float32], end: NDArray[numpy.float32], moment: float
) -> list[float]:
    """A box between two others."""
    here: list[float] = (start + (end - start) * moment).tolist()
    return here


def draw_features(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """The grid of one level after the other, the finest first."""
    assert moved.way is not None
    grids = moved.way.grids
    index = min(int(moment * len(grids)), len(grids) - 1)
    rows, columns, down, across = grids[index]
    color = QColor(LEVEL_COLORS[index % len(LEVEL_COLORS)])
    color.setAlphaF(min(1.0, 0.35 + 0.03 * across))
    painter.setPen(line_pen(color, 1))
    left, top, wide, high = -across / 2, -down / 2, columns * across, rows * down
    for column in range(columns + 1):
        x = left + column * across
        painter.drawLine(view.point(x, top), view.point(x, top + high))
    for row in range(rows + 1):
        y = top + row * down
        painter.drawLine(view.point(left, y), view.point(left + wide, y))
    return told(GRID).format(level=moved.level_names[index], rows=rows, columns=columns)


def draw_window(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """The 3 x 3 window slides over one level, the k anchors of its cell with it."""
    assert moved.way is not None
    windows, anchors = moved.way.windows, moved.way.anchors
    cell, moment = _cell(moment, len(windows))
    following = min(cell + 1, len(windows) - 1)
    same_row = windows[following, 1] == windows[cell, 1]
    moment = eased(2 * moment - 1) if same_row else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(MIDDLE)
    for box in windows[: cell + 1].tolist():
        painter.drawEllipse(_middle(view, box), 2.5, 2.5)
    for shape in range(anchors.shape[1]):
        box = between(anchors[cell, shape], anchors[following, shape], moment)
        _outlined(painter, view.rect(*box), QColor(*instance_color(shape)), 2)
    rect = view.rect(*between(windows[cell], windows[following], moment))
    painter.fillRect(rect, QColor(255, 255, 255, 60))
    _outlined(painter, rect, MIDDLE, 3)
    text = told(PLACE)
    return text.format(
        level=moved.level_names[moved.way.level],
        number=cell + 1,
        count=len(windows),
        anchors=anchors.shape[1],
    )


def draw_objectness(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """Each place gets its objectness, in the order in which the window comes to them."""
    way = moved.way
    assert way is not None
    cell, _ = _cell(moment, len(way.windows))
    _, _, down, across = way.grids[way.level]
    for box, value in zip(
        way.windows[: cell + 1].tolist(), way.objectness[: cell + 1].tolist(), strict=True
    ):
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        color = QColor(scalar_color(value))
        color.setAlpha(170)
        rect = view.rect(x - across / 2, y - down / 2, x + across / 2, y + down / 2)
        painter.fillRect(rect, color)
    _outlined(painter, view.rect(*way.windows[cell].tolist()), MIDDLE, 3)
    return told(OBJECTNESS).format(
        level=moved.level_names[way.level],
        value=_two(float(way.objectness[cell])),
        number=cell + 1,
        count=len(way.windows),
    )


def draw_proposals(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """Anchors move to their decoded boxes; then the RPN's NMS."""
    assert moved.way is not None
    if moment < MOVING:
        _draw_moving(painter, view, moved.way.rpn, eased(moment / MOVING))
        return told(SHIFTED).format(count=len(moved.way.rpn.scores))
    return _draw_nms(painter, view, moved.way.rpn, (moment - MOVING) / (1 - MOVING))


def draw_rois(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """One proposal after the other is cut out as 7 x 7 places of its level."""
    assert moved.way is not None
    rois, of = moved.way.rois, moved.way.roi_levels
    if not len(rois):
        return ""
    here, _ = _cell(moment, len(rois))
    for index, box in enumerate(rois[:here].tolist()):
        _outlined(painter, view.rect(*box), _level_color(int(of[index])), 1)
    rect, color = view.rect(*rois[here].tolist()), _level_color(int(of[here]))
    painter.setPen(line_pen(color, 1))
    for part in range(1, 7):
        x = rect.left() + rect.width() * part / 7
        y = rect.top() + rect.height() * part / 7
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    _outlined(painter, rect, color, 3)
    return told(CUT_OUT).format(
        number=here + 1, count=len(rois), level=moved.level_names[int(of[here])]
    )


def draw_boxes(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """Proposals move to their refined boxes; then the NMS of each class."""
    assert moved.way is not None
    head = moved.way.head
    if moment < MOVING:
        painter.setPen(line_pen(MIDDLE, 1, Qt.PenStyle.DashLine))
        for box in head.starts.tolist():
            painter.drawRect(view.rect(*box))
        _draw_moving(painter, view, head, eased(moment / MOVING))
        text = told(REFINED)
        return text.format(count=len(head.scores))
    return _draw_nms(painter, view, head, (moment - MOVING) / (1 - MOVING))


def draw_masks(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """The masks fade in, the best detection's first."""
    reached = moment * len(moved.shown)
    for place, instance in enumerate(moved.shown):
        _outlined(painter, view.rect(*instance.box), QColor(*instance.color), 2)
        mask = instance.mask
        if mask is not None and reached > place:
            painter.setOpacity(eased(reached - place))
            right, bottom = mask.x + mask.image.width(), mask.y + mask.image.height()
            painter.drawImage(view.rect(mask.x, mask.y, right, bottom), mask.image)
            painter.setOpacity(1.0)
    return _of_shown(moved, reached, told(MASK))


def draw_keypoints(painter: QPainter, view: View, moved: Moved, moment: float) -> str:
    """The points come one after the other, a limb with its second end."""
    for instance in moved.shown:
        _outlined(painter, view.rect(*instance.box), QColor(*instance.color), 2)
        points = instance.keypoints
        if points is not None:
            moved.skeletons.draw_skeleton(painter, view, points, round(moment * len(points)))
    names = moved.skeletons.names
    return point_name(names[min(int(moment * len(names)), len(names) - 1)]) if names else ""


# By stage; the input has none: it is only scaled.
MOTIONS = {
    "features": Motion(draw_features, 4000),
    "anchors": Motion(draw_window, 9000),
    "objectness": Motion(draw_objectness, 4000),
    "proposals": Motion(draw_proposals, 8000),
    "rois": Motion(draw_rois, 6000),
    "boxes": Motion(draw_boxes, 7000),
    "masks": Motion(draw_masks, 3000, needs_way=False),
    "keypoints": Motion(draw_keypoints, 4000, needs_way=False),
}


def _draw_moving(painter: QPainter, view: View, moved: Suppression, moment: float) -> None:
    """The best on top."""
    for index in reversed(range(len(moved.scores))):
        box = between(moved.starts[index], moved.ends[index], moment)
        _outlined(painter, view.rect(*box), scalar_color(float(moved.scores[index])), 2)


def _draw_nms(painter: QPainter, view: View, moved: Suppression, moment: float) -> str:
    """One box after the other, the best first: it stays, or goes by a better one that stays."""
    if not len(moved.scores):
        return ""
    turn, _ = _cell(moment, len(moved.scores))
    by = int(moved.ended_by[turn])
    gone = (moved.ended_by >= 0) & (numpy.arange(len(moved.scores)) <= turn)
    for index in numpy.flatnonzero(~gone)[::-1].tolist():
        rect = view.rect(*moved.ends[index].tolist())
        _outlined(painter, rect, scalar_color(float(moved.scores[index])), 2)
    if by >= 0:
        rect = view.rect(*moved.ends[turn].tolist())
        _outlined(painter, rect, ENDED, 3, Qt.PenStyle.DashLine)
    _outlined(painter, view.rect(*moved.ends[turn if by < 0 else by].tolist()), MIDDLE, 4)
    return told(NMS).format(
        score=_two(float(moved.scores[turn])), left=int((~gone).sum()), count=len(gone)
    )


def _of_shown(moved: Moved, reached: float, text: str) -> str:
    if not moved.shown:
        return ""
    here = min(int(reached), len(moved.shown) - 1)
    return text.format(number=here + 1, count=len(moved.shown), name=moved.shown[here].name)


def _cell(moment: float, count: int) -> tuple[int, float]:
    """Which of so many has its turn, and how far that has gone, 0 to 1."""
    place = min(max(moment, 0.0), 1.0) * count
    index = min(int(place), count - 1)
    return index, min(place - index, 1.0)


def _middle(view: View, box: Sequence[float]) -> QPointF:
    return view.point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _level_color(level: int) -> QColor:
    return LEVEL_COLORS[level % len(LEVEL_COLORS)]


def _two(value: float) -> str:
    return QLocale().toString(value, "f", 2)


def _outlined(
    painter: QPainter,
    rect: QRectF,
    color: QColor,
    width: int,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    if style is Qt.PenStyle.SolidLine:
        outline(painter, rect, CASING, width + 2)
        outline(painter, rect, color, width)
        return
    painter.setPen(line_pen(color, width, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
