"""The input as the network sees it: scaled, padded, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.detection.canvas_tools import CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import LIST_PX, StageView
from gui.pictures.view_transform import View
from gui.widgets.fact_table import FactTable, figure

if TYPE_CHECKING:
    from engine.detection.queries.features import NetworkInput


class InputView(StageView):
    """Sizes and scales as figures, and the network's own pixels in place of the picture's."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "input", parent)
        self._seen: NetworkInput | None = None
        self._image: QImage | None = None
        self._of: object = None
        self.pixels = QCheckBox(self)
        self.pixels.setObjectName("detection.stage.input.pixels.check")
        self.pixels.setChecked(True)
        self.table = FactTable("detection.stage.input.table", 2, self)
        self.table.stretch(0)
        self.column.addWidget(self.pixels)
        self.table.setMinimumHeight(LIST_PX)
        self.column.addWidget(self.table, 1)
        self.pixels.toggled.connect(self._redraw)
        self.write()

    def refresh(self) -> None:
        if self.context.inspection is not self._of:
            from engine.detection.queries.features import network_input

            self._of, self._seen, self._image = self.context.inspection, None, None
            self.context.ask(self.name, network_input, self._take)
        self._fill()

    def _take(self, seen: NetworkInput) -> None:
        self._seen = seen
        pixels = numpy.ascontiguousarray(seen.pixels)
        rows, columns = pixels.shape[:2]
        image = QImage(pixels.data, columns, rows, pixels.strides[0], QImage.Format.Format_RGB888)
        self._image = image.copy()
        self._fill()
        self._redraw()

    def _redraw(self) -> None:
        self.context.canvas.update()

    def _fill(self) -> None:
        seen, inspection = self._seen, self.context.inspection
        if inspection is None:
            self.table.fill(())
            return
        trace = inspection.trace
        (high, wide), (rows, columns) = trace.picture_size, trace.input_size
        below, right = trace.padded_size
        lines = [
            (self.tr("Picture"), f"{wide} × {high}"),
            (self.tr("Scale to the network"), scales(columns / wide, rows / high)),
            (self.tr("Scaled"), f"{columns} × {rows}"),
            (self.tr("Padding right, below"), f"{right - columns}, {below - rows}"),
            (self.tr("Tensor"), f"3 × {below} × {right}"),
            (self.tr("Scale back"), scales(wide / columns, high / rows)),
        ]
        if seen is not None:
            lines += [
                (self.tr("Mean"), "  ".join(figure(value, 3) for value in seen.mean)),
                (self.tr("Deviation"), "  ".join(figure(value, 3) for value in seen.std)),
                (self.tr("Values"), f"{figure(seen.low)} … {figure(seen.high)}"),
            ]
        self.table.fill(lines)

    def paint(self, painter: QPainter, view: View) -> None:
        image, inspection = self._image, self.context.inspection
        if image is None or inspection is None or self._of is not inspection:
            return
        trace = inspection.trace
        rows, columns = trace.input_size
        high, wide = trace.picture_size
        down, across = high / rows, wide / columns
        whole = view.rect(0, 0, image.width() * across, image.height() * down)
        if self.pixels.isChecked():
            painter.drawImage(whole, image, QRectF(image.rect()))
        # The padding lies outside the picture.
        hatch = QBrush(QColor(160, 168, 180, 150), Qt.BrushStyle.BDiagPattern)
        for area in (
            view.rect(wide, 0, image.width() * across, image.height() * down),
            view.rect(0, high, wide, image.height() * down),
        ):
            painter.fillRect(area, hatch)

    def write(self) -> None:
        self.pixels.setText(self.tr("Show the network's pixels"))
        self.pixels.setToolTip(self.tr("Draw what enters the network; hatched is padding"))
        self.table.setAccessibleName(self.tr("Sizes and scales"))


def scales(across: float, down: float) -> str:
    """`x 0.7500, y 0.7500`."""
    return f"x {figure(across, 4)}, y {figure(down, 4)}"
