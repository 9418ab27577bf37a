"""The legend above the loss curves: a tick, a swatch, a name and the newest mean each."""

from __future__ import annotations

from typing import Protocol

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QWidget

from engine.training.comparison.smoothing import USUAL
from gui import number_text, theme
from gui.plots.plot_widget import line_pen, small_font
from gui.training import loss_names

SWATCH = QSize(20, 12)
MARK_PX = 8
COLUMNS = 3


class CurveNames(Protocol):
    """How a family of curves is called and drawn; `loss_names` is one."""

    TITLES: dict[str, str]

    def title(self, name: str) -> str: ...

    def style(self, name: str) -> theme.Series: ...


class Legend(QWidget):
    """Rows for all losses a run has; the others keep no place.

    Signals:
        toggled: a loss's name and whether its curve is wanted.
    """

    toggled = Signal(str, bool)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        name: str = "training.legend",
        names: CurveNames = loss_names,
        values: bool = True,
    ) -> None:
        """
        Args:
            name: with which the object names begin.
            names: of the curves, other than losses.
            values: whether the newest mean stands beside each name.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self._names, self._has_values = names, values
        self._boxes: dict[str, QCheckBox] = {}
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 4, 16, 8)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        for place, curve in enumerate(names.TITLES):
            row, column = divmod(place, COLUMNS)
            box = QCheckBox(self)
            box.setObjectName(f"{name}.{curve}.check")
            box.setProperty("loss", curve)
            box.setChecked(True)
            box.setFont(small_font())
            box.setIconSize(SWATCH)
            box.toggled.connect(self._on_toggled)
            value = QLabel(self)
            value.setObjectName(f"{name}.{curve}.value")
            value.setFont(theme.tabular(small_font()))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            # Live figures must not move the plot beside them.
            value.setFixedWidth(value.fontMetrics().horizontalAdvance("0.00000"))
            grid.addWidget(box, row, 3 * column)
            grid.addWidget(value, row, 3 * column + 1)
            self._boxes[curve], self._values[curve] = box, value
        for column in range(1, COLUMNS):
            grid.setColumnMinimumWidth(3 * column - 1, 12)
        grid.setColumnStretch(3 * COLUMNS - 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.show_only(())
        self.retranslate()

    def show_only(self, names: tuple[str, ...]) -> None:
        """Show the rows of these losses."""
        for name, box in self._boxes.items():
            box.setVisible(name in names)
            self._values[name].setVisible(self._has_values and name in names)

    def set_value(self, name: str, value: float | None) -> None:
        if name in self._values:
            text = "" if value is None else number_text.write(value, digits=3)
            self._values[name].setText(text)

    def is_wanted(self, name: str) -> bool:
        return name not in self._boxes or self._boxes[name].isChecked()

    def retranslate(self) -> None:
        for name, box in self._boxes.items():
            box.setText(self._names.title(name))
            box.setAccessibleName(self._names.title(name))
        told = self.tr(
            "Exponential moving average of {strength}, debiased, as the thick line; "
            "thin: each step's own"
        ).format(strength=number_text.write(USUAL))
        for value in self._values.values():
            value.setToolTip(told)

    def restyle(self) -> None:
        for name, box in self._boxes.items():
            box.setIcon(QIcon(swatch(self._names.style(name), self.devicePixelRatioF())))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_toggled(self, on: bool) -> None:
        box = self.sender()
        if box is not None:
            self.toggled.emit(box.property("loss"), on)


def swatch(style: theme.Series, ratio: float) -> QPixmap:
    """A short piece of the curve as it is drawn."""
    result = QPixmap(round(SWATCH.width() * ratio), round(SWATCH.height() * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(line_pen(style.color, width=2))
    middle = SWATCH.height() / 2
    painter.drawLine(QPointF(0, middle), QPointF(SWATCH.width(), middle))
    painter.translate(SWATCH.width() / 2, middle)
    painter.scale(MARK_PX, MARK_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.color))
    painter.drawPath(Symbols[style.marker])
    painter.end()
    return result
