"""Ask an anchor: the window at a place, the layer they share, and the fate of each of the k."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.instances import as_box
from gui.detection.layers.callouts import LIGHT, Arrow, Mark
from gui.detection.layers.objectness import heat_image
from gui.detection.overlay_colors import instance_color
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import StageView
from gui.detection.stages.feature_grids import list_levels, map_image, ranged
from gui.detector.gate_names import GATES
from gui.widgets.fact_table import FactTable, figure, signed, size_of, whole

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace
    from engine.detection.queries.anchors import AnchorAnswer
    from engine.detection.queries.features import WindowAnswer

WINDOW_PX = 72
MOST_ROWS = 9  # of the table without scrolling: three scales by three ratios


class AnchorsView(StageView):
    """A place on one level: everything the RPN says there."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "anchors", parent)
        self._of: object = None  # the inspection that the place belongs to
        self._at: QPointF | None = None
        self._answers: tuple[AnchorAnswer, ...] = ()
        self._row = -1
        self.level = QComboBox(self)
        self.level.setObjectName("detection.stage.anchors.level.combo")
        self.window_label = QLabel(self)
        self.window_label.setObjectName("detection.stage.anchors.window")
        self.window_label.setFixedSize(WINDOW_PX, WINDOW_PX)
        self.shared = QLabel(self)
        self.shared.setObjectName("detection.stage.anchors.shared")
        self.shared.setFixedSize(WINDOW_PX, WINDOW_PX)
        self.told = self.note("window.text")
        self.table = FactTable("detection.stage.anchors.table", 4, self, titled=True)
        self.table.stretch(3)
        self.detail = self.note("detail")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.window_label)
        row.addWidget(self.shared)
        row.addWidget(self.told, 1)
        self.column.addWidget(self.level)
        self.column.addLayout(row)
        self.column.addWidget(self.table)
        self.column.addWidget(self.detail)
        self.column.addStretch(1)
        self.level.activated.connect(self._turn_level)
        self.table.row_chosen.connect(self._choose)
        self.write()

    def refresh(self) -> None:
        inspection = self.context.inspection
        if inspection is not self._of:
            self._of, self._at, self._row = inspection, None, -1
        text = self.tr("{name}: stride {stride}, {size} cells")
        list_levels(self.level, inspection.trace if inspection else None, text)
        if inspection is not None and self._at is None:
            # The level whose anchors have the size of most objects.
            self.level.setCurrentIndex(min(3, self.level.count() - 1))
        self._ask()

    def pick(self, at: QPointF) -> bool:
        self._at, self._row = at, -1
        self._ask()
        self.item_changed.emit()
        return True

    def item(self) -> str:
        inspection = self.context.inspection
        if self._at is None or inspection is None or self._of is not inspection:
            return ""
        row, column = self._cell(inspection.trace)
        text = self.tr("row {row}, column {column}")
        return text.format(row=whole(row), column=whole(column))

    def forget_item(self) -> None:
        self._at, self._row = None, -1
        self._ask()
        self.item_changed.emit()

    def _cell(self, trace: StageTrace) -> tuple[int, int]:
        """Row and column of the place that is asked, on the chosen level."""
        from engine.detection.queries.anchors import cell_at

        at = self._at or self.context.middle()
        return cell_at(trace, self.level.currentIndex(), at.x(), at.y())

    def _ask(self) -> None:
        from engine.detection.queries.anchors import ask_anchor
        from engine.detection.queries.features import ask_window

        inspection, selection = self.context.inspection, self.context.session.selection
        level = self.level.currentIndex()
        if inspection is None or selection is None or level < 0:
            self._answers = ()
            self.table.fill(())
            for label in (self.window_label, self.shared, self.told, self.detail):
                label.clear()  # they told of the picture before
            return
        row, column = self._cell(inspection.trace)
        self._answers = ask_anchor(inspection.trace, selection, level, row, column)
        self.context.ask(
            self.name, partial(ask_window, level=level, row=row, column=column), self._take
        )
        self._fill()
        self._draw()

    def _take(self, answer: WindowAnswer) -> None:
        """The window and the shared layer came."""
        self.window_label.setPixmap(window_picture(answer))
        side = 1
        while side * side < len(answer.shared):
            side *= 2
        values = ranged(answer.shared).copy()
        values.resize(side, max(len(values) // side, 1))
        shared = QPixmap.fromImage(heat_image(values))
        self.shared.setPixmap(shared.scaled(WINDOW_PX, WINDOW_PX))
        self.told.setText(
            self.tr(
                "3 × 3 window: row {row}, column {column}\nshared layer: {channels}"
                " channels\ncls and reg: {count} anchors"
            ).format(
                row=whole(answer.row),
                column=whole(answer.column),
                channels=whole(len(answer.shared)),
                count=whole(len(answer.objectness)),
            )
        )

    def _fill(self) -> None:
        self.table.fill(
            [
                (
                    size_of(answer.box),
                    figure(answer.p_object),
                    figure(answer.p_not),
                    self._fate(answer),
                )
                for answer in self._answers
            ],
            numbers_from=1,
        )
        self.table.fit_rows(most=MOST_ROWS)
        for row in range(len(self._answers)):
            self.table.mark_cell(row, 0, instance_color(row))
            width, height = self._answers[row].size
            hint = self.tr("In the network's pixels: {width} × {height}")
            self.table.hint(row, hint.format(width=whole(width), height=whole(height)))
        if not 0 <= self._row < len(self._answers):
            self._row = max(range(len(self._answers)), key=self._objectness, default=-1)
        self.table.choose(self._row)
        self._tell()

    def _turn_level(self) -> None:
        self._ask()
        self.item_changed.emit()

    def _objectness(self, row: int) -> float:
        return self._answers[row].objectness

    def _fate(self, answer: AnchorAnswer) -> str:
        if answer.fate_name not in GATES:
            return self.tr("detected")
        return QCoreApplication.translate("funnel", GATES[answer.fate_name][0])

    def _choose(self, row: int) -> None:
        self._row = row
        self._tell()
        self._draw()

    def _tell(self) -> None:
        if not 0 <= self._row < len(self._answers):
            self.detail.clear()
            return
        answer = self._answers[self._row]
        dx, dy, dw, dh = (signed(value) for value in answer.deltas)
        lines = [
            self.tr("reg: dx {dx}  dy {dy}  dw {dw}  dh {dh}").format(dx=dx, dy=dy, dw=dw, dh=dh),
            self.tr("cls: z {z}, number {rank} of its level; h / w = {ratio}").format(
                z=signed(answer.objectness),
                rank=whole(answer.rank),
                ratio=figure(answer.size[1] / answer.size[0]),
            ),
        ]
        if answer.fate_name in GATES:
            fate = QCoreApplication.translate("funnel", GATES[answer.fate_name][1])
            lines.append(self.tr("ended: {fate}").format(fate=fate))
        if answer.suppressed_iou is not None:
            text = self.tr("by anchor {number} with IoU {iou}")
            number, overlap = whole(answer.suppressed_by + 1), figure(answer.suppressed_iou, 3)
            lines.append(text.format(number=number, iou=overlap))
        self.detail.setText("\n".join(lines))

    def _draw(self) -> None:
        from engine.detection.queries.anchors import cell_box

        inspection = self.context.inspection
        if inspection is None or not self._answers:
            self.mark()
            return
        trace, level = inspection.trace, self.level.currentIndex()
        row, column = self._cell(trace)
        window = as_box(cell_box(trace, level, row, column))
        marks = [Mark(window, self.tr("3 × 3 window"), LIGHT, dashed=True)]
        arrows = []
        for index, answer in enumerate(self._answers):
            if index != self._row:
                marks.append(Mark(as_box(answer.box), "", instance_color(index), width=1))
        if 0 <= self._row < len(self._answers):
            answer = self._answers[self._row]
            color = instance_color(self._row)
            box, decoded = as_box(answer.box), as_box(answer.decoded)
            marks.append(Mark(box, self.tr("anchor"), color, dashed=True))
            p = figure(answer.p_object)
            text = self.tr("decoded {p}").format(p=p)
            marks.append(Mark(decoded, text, color, width=3))
            arrows.append(Arrow(middle_of(box), middle_of(decoded), color))
        self.mark(marks, arrows)

    def write(self) -> None:
        self.level.setAccessibleName(self.tr("Level"))
        self.level.setToolTip(self.tr("The feature map over which the window slides"))
        self.window_label.setToolTip(self.tr("The norm of the 3 × 3 features at the place"))
        self.shared.setToolTip(self.tr("The shared layer there, a square a channel"))
        self.told.setText(self.tr("Click a place in the picture to ask its anchors."))
        self.table.setAccessibleName(self.tr("Anchors of the place"))
        self.table.setToolTip(self.tr("Choose an anchor to see its box and where that ended"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Size"), self.tr("Object"), self.tr("Not"), self.tr("Last gate")]
        )


def middle_of(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def window_picture(answer: WindowAnswer) -> QPixmap:
    """The window's norms as nine squares with their numbers, as exact as there is room for."""
    digits = 1 if float(answer.window_norm.max()) < 99.95 else 0
    image = map_image(answer.window_norm)
    pixmap = QPixmap.fromImage(image).scaled(WINDOW_PX, WINDOW_PX)
    painter = QPainter(pixmap)
    font = painter.font()
    font.setPixelSize(10)
    painter.setFont(font)
    third = WINDOW_PX // 3
    for row in range(3):
        for column in range(3):
            ground = image.pixelColor(column, row)
            light = ground.lightness() > 128
            painter.setPen(QColor(0, 0, 0) if light else QColor(255, 255, 255))
            painter.drawText(
                column * third,
                row * third,
                third,
                third,
                Qt.AlignmentFlag.AlignCenter,
                figure(answer.window_norm[row, column], digits),
            )
    painter.end()
    return pixmap


def count_anchors(trace: StageTrace | None, selection: Selection | None) -> int | None:
    """How many anchors there are."""
    return None if trace is None else len(trace.anchors)
