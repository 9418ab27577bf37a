"""The four steps as lanes of boxes: what learns is bright, what is fixed dimmed, and said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.training.alternating.phases import DETECTOR, SHARED, Phase, alternating
from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.plots.plot_widget import small_font

TICK_MS = 66
FLOW_SECONDS = 1.0  # a dot's way along an arrow
DOT_PX = 3.0
LANE_PX, LANE_GAP_PX = 56.0, 16.0
TITLE_PX, EDGE_PX = 104.0, 12.0
ARROW_PX = 26.0
LEAST_BOX_PX = 86.0
DIM = 0.42  # opacity of what is fixed


class Role(Enum):
    """What a box does in a step; the value is what a person reads in it."""

    LEARNS = QT_TRANSLATE_NOOP("training", "learns")
    FIXED = QT_TRANSLATE_NOOP("training", "fixed")
    LENDS = QT_TRANSLATE_NOOP("training", "of step 1, fixed")
    UNUSED = QT_TRANSLATE_NOOP("training", "not used")


COLUMNS = (
    QT_TRANSLATE_NOOP("training", "Backbone + FPN"),
    QT_TRANSLATE_NOOP("training", "RPN"),
    QT_TRANSLATE_NOOP("training", "Detector heads"),
)
TITLES = (
    QT_TRANSLATE_NOOP("training", "RPN"),
    QT_TRANSLATE_NOOP("training", "Fast R-CNN"),
    QT_TRANSLATE_NOOP("training", "RPN"),
    QT_TRANSLATE_NOOP("training", "Fast R-CNN"),
)


@dataclass(frozen=True)
class Lane:
    """One step: its name, which net it trains, and the role of each column's box."""

    phase: Phase
    net: str
    roles: tuple[Role, Role, Role]


def lanes(first: int = 1) -> tuple[Lane, ...]:
    """The four steps of a round; `first` is the number of its first step."""
    turn = (first - 1) // 4
    return tuple(_lane(phase) for phase in alternating(turn + 1)[4 * turn :])


def _lane(phase: Phase) -> Lane:
    backbone = Role.LEARNS if set(SHARED) <= set(phase.learns) else Role.FIXED
    own_rpn = Role.LENDS if phase.borrows else Role.FIXED
    rpn = Role.LEARNS if "rpn" in phase.learns else own_rpn
    heads = Role.LEARNS if set(DETECTOR) <= set(phase.learns) else Role.UNUSED
    own = phase.starts and not phase.borrows
    return Lane(phase, "A" if own else "B", (backbone, rpn, heads))


class LanesDrawing(QWidget):
    """Four lanes from the picture to the losses; the running one is lit and flows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.phases.drawing")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lanes = lanes()
        self._running = -1
        self._done = 0
        self._live = False
        self._share = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._flow)
        theme.notifier().changed.connect(self.update)
        self.retranslate()

    def sizeHint(self) -> QSize:
        height = 2 * EDGE_PX + 4 * LANE_PX + 3 * LANE_GAP_PX
        return QSize(560, round(height))

    def minimumSizeHint(self) -> QSize:
        width = 2 * EDGE_PX + TITLE_PX + 3 * LEAST_BOX_PX + 3 * ARROW_PX
        return QSize(round(width), self.sizeHint().height())

    def show_phase(self, name: str, *, live: bool) -> None:
        """Light a step by its name in metrics.jsonl; another name puts all out."""
        number = step_number(name)
        self._live = live and number > 0
        if number:
            self._lanes = lanes(number)
            self._running = (number - 1) % 4
        else:
            self._lanes, self._running = lanes(), -1
        self._follow()
        self.retranslate()

    def set_done(self, count: int) -> None:
        """How many steps of the round have ended."""
        self._done = count
        self.update()

    @property
    def lit(self) -> str:
        """The name of the step that is lit, or ""."""
        return self._lanes[self._running].phase.name if self._running >= 0 else ""

    @property
    def is_flowing(self) -> bool:
        return self._timer.isActive()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The four steps"))
        self.setAccessibleDescription(self.said())
        self.setToolTip(self.said())
        self.update()

    def said(self) -> str:
        """The picture in words."""
        lines = []
        for lane, title in zip(self._lanes, TITLES, strict=True):
            parts = [
                f"{_tr(column)}: {_tr(role.value)}"
                for column, role in zip(COLUMNS, lane.roles, strict=True)
            ]
            lines.append(f"{lane.phase.name.partition('-')[0]}. {_tr(title)}: {'; '.join(parts)}")
        lines.append(self.tr("Steps 2, 3 and 4 share one backbone, B; step 1 has its own, A."))
        return "\n".join(lines)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: object) -> None:
        self._follow()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()

    def _follow(self) -> None:
        """Animate only what runs and is seen."""
        wanted = self._live and self.isVisible()
        if wanted and not self._timer.isActive():
            self._timer.start()
        elif not wanted:
            self._timer.stop()

    def _flow(self) -> None:
        self._share = (self._share + TICK_MS / 1000 / FLOW_SECONDS) % 1.0
        self.update(self._row(self._running).toAlignedRect())

    # -- painting ---------------------------------------------------------------------------

    def _row(self, index: int) -> QRectF:
        top = EDGE_PX + index * (LANE_PX + LANE_GAP_PX)
        return QRectF(EDGE_PX, top, self.width() - 2 * EDGE_PX, LANE_PX)

    def _boxes(self, index: int) -> tuple[QRectF, QRectF, QRectF]:
        row = self._row(index)
        left = row.left() + TITLE_PX + ARROW_PX
        width = max(LEAST_BOX_PX, (row.right() - left - 2 * ARROW_PX) / 3)
        first, second, third = (
            QRectF(left + number * (width + ARROW_PX), row.top(), width, LANE_PX)
            for number in range(3)
        )
        return first, second, third

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sharing(painter)
        for index, lane in enumerate(self._lanes):
            self._paint_lane(painter, index, lane)
        painter.end()

    def _paint_sharing(self, painter: QPainter) -> None:
        """Links between backbones that are one: those of steps 2, 3 and 4."""
        for above in (1, 2):
            upper, lower = self._boxes(above)[0], self._boxes(above + 1)[0]
            painter.setPen(QPen(_net_color("B"), 3.0))
            for x in (upper.center().x() - 4, upper.center().x() + 4):
                painter.drawLine(QPointF(x, upper.bottom()), QPointF(x, lower.top()))
        # What the second step learns from comes from the first one's RPN.
        upper, lower = self._boxes(0)[1], self._boxes(1)[1]
        painter.setPen(QPen(_net_color("A"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(
            QPointF(upper.center().x(), upper.bottom()), QPointF(lower.center().x(), lower.top())
        )

    def _paint_lane(self, painter: QPainter, index: int, lane: Lane) -> None:
        colors, row, boxes = theme.current(), self._row(index), self._boxes(index)
        lit = index == self._running
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent", 0.14))
            painter.drawRoundedRect(row.adjusted(-6, -6, 6, 6), 8, 8)
        number = lane.phase.name.partition("-")[0]
        title = QRectF(row.left(), row.top() + 6, TITLE_PX, 20)
        painter.setFont(_bold() if lit else self.font())
        painter.setPen(colors.color("text"))
        painter.drawText(
            title, int(Qt.AlignmentFlag.AlignVCenter), f"{number}  {_tr(TITLES[index])}"
        )
        painter.setFont(small_font())
        painter.setPen(colors.color("accent" if lit else "muted"))
        state = self._state(index)
        painter.drawText(title.translated(0, 22), int(Qt.AlignmentFlag.AlignVCenter), state)
        start = row.left() + TITLE_PX
        flows = self._flows(lane)
        stops = [start, *(edge for box in boxes for edge in (box.left(), box.right()))]
        for arrow in range(3):
            self._paint_arrow(
                painter, stops[2 * arrow], stops[2 * arrow + 1], row.center().y(), on=flows[arrow]
            )
        for column, box in enumerate(boxes):
            net = "A" if lane.roles[column] is Role.LENDS else lane.net
            self._paint_box(painter, box, column, lane.roles[column], net)
        if lit and self._live:
            self._paint_dots(painter, row, stops, flows)

    def _state(self, index: int) -> str:
        if index < self._done:
            return self.tr("ended")
        if index == self._running:
            return self.tr("runs") if self._live else self.tr("reached")
        return ""

    def _flows(self, lane: Lane) -> tuple[bool, bool, bool]:
        """Which of the arrows carry data in this step."""
        return True, True, lane.roles[2] is not Role.UNUSED

    def _paint_arrow(self, painter: QPainter, x0: float, x1: float, y: float, *, on: bool) -> None:
        color = theme.current().color("muted", 1.0 if on else 0.25)
        painter.setPen(QPen(color, 1.5))
        painter.drawLine(QPointF(x0 + 3, y), QPointF(x1 - 3, y))
        for side in (-4, 4):
            painter.drawLine(QPointF(x1 - 3, y), QPointF(x1 - 9, y + side))

    def _paint_box(self, painter: QPainter, box: QRectF, column: int, role: Role, net: str) -> None:
        colors = theme.current()
        learns = role is Role.LEARNS
        painter.save()
        if not learns:
            painter.setOpacity(DIM)
        dash = Qt.PenStyle.DotLine if role is Role.UNUSED else Qt.PenStyle.SolidLine
        painter.setPen(QPen(_net_color(net), 2.0 if learns else 1.0, dash))
        painter.setBrush(_net_color(net, 0.22) if learns else colors.color("field"))
        painter.drawRoundedRect(box, 6, 6)
        painter.restore()
        # Words keep their contrast: dimming is of the box.
        painter.setFont(self.font())
        painter.setPen(colors.color("text" if learns else "muted"))
        name = _tr(COLUMNS[column]) + (f" {net}" if column == 0 else "")
        upper = QRectF(box.left(), box.top() + 8, box.width(), 20)
        elided = painter.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, round(box.width()) - 8
        )
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), elided)
        painter.setFont(small_font())
        painter.drawText(
            upper.translated(0, 20), int(Qt.AlignmentFlag.AlignCenter), _tr(role.value)
        )

    def _paint_dots(
        self, painter: QPainter, row: QRectF, stops: list[float], flows: tuple[bool, bool, bool]
    ) -> None:
        """A dot on each arrow that carries data."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("accent"))
        for arrow, on in enumerate(flows):
            start, end = stops[2 * arrow], stops[2 * arrow + 1]
            if on:
                x = start + self._share * (end - start)
                painter.drawEllipse(QPointF(x, row.center().y()), DOT_PX, DOT_PX)


def step_number(name: str) -> int:
    """1 for "1-rpn"; 0 for what is no step of this schedule."""
    head, dash, _ = name.partition("-")
    return int(head) if dash and head.isdecimal() else 0


def _tr(text: str) -> str:
    return QCoreApplication.translate("training", text)


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


def _net_color(net: str, alpha: float = 1.0) -> QColor:
    color = QColor(theme.current().series_style("AB".index(net)).color)
    color.setAlphaF(alpha)
    return color
