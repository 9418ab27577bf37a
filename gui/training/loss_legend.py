"""The legend above the loss curves: a tick, a swatch, a name and the newest mean each."""

from __future__ import annotations

from typing import Protocol

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QWidget

from engine.training.comparison.smoothing import USUAL
from gui import number_text, theme
from gui.plots.plot_widget import line_pen, small_font
from gui.training import loss_names

SWATCH = QSize(20, 12)
MARK_PX = 8
COLUMNS = 3  # where there is room
MARGINS, SPACING, GAP_PX = (16, 4, 16, 8), 4, 20


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
        self._shown: tuple[str, ...] = ()
        self._look = (COLUMNS, values)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*MARGINS)
        self._grid.setHorizontalSpacing(SPACING)
        self._grid.setVerticalSpacing(2)
        for curve in names.TITLES:
            box = QCheckBox(self)
            box.setObjectName(f"{name}.{curve}.check")
            box.setProperty("loss", curve)
            box.setChecked(True)
            box.setFont(small_font())
            box.setIconSize(SWATCH)
            box.toggled.connect(self._on_toggled)
            value = QLabel(self)
            value.setObjectName(f"{name}.{curve}.value")
            value.setProperty("role", "figure")
            value.setFont(theme.tabular(small_font()))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            # Live figures must not move the plot beside them.
            value.setFixedWidth(value.fontMetrics().horizontalAdvance("0.00000"))
            self._boxes[curve], self._values[curve] = box, value
        self._grid.setColumnStretch(3 * COLUMNS - 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.show_only(())
        self.retranslate()

    def show_only(self, names: tuple[str, ...]) -> None:
        """Show the rows of these losses."""
        shown = tuple(name for name in self._boxes if name in names)
        if shown == self._shown and self._grid.count():
            return
        self._shown = shown
        for name, box in self._boxes.items():
            box.setVisible(name in names)
        self._arrange(self._fitting(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column; more of them are for where there is room."""
        return QSize(self._width_of(1, False), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = self._fitting(event.size().width())
        if look != self._look:
            self._arrange(look)

    def _fitting(self, width: int) -> tuple[int, bool]:
        """The most columns that so many pixels hold, and whether with the values.

        Rather without the values in two columns than with them in one: that would leave no
        room to the curves.
        """
        looks = [(3, True), (2, True), (2, False), (1, True)]
        fitting = (look for look in looks if self._width_of(*look) <= width)
        columns, values = next(fitting, (1, False))
        return columns, values and self._has_values

    def _width_of(self, columns: int, values: bool) -> int:
        """Pixels that so many columns take."""
        widths = [self._entry_width(name, values) for name in self._shown]
        widest = [max(widths[place::columns], default=0) for place in range(columns)]
        return MARGINS[0] + MARGINS[2] + sum(widest) + (columns - 1) * GAP_PX

    def _entry_width(self, name: str, values: bool) -> int:
        value = SPACING + self._values[name].minimumWidth() if values and self._has_values else 0
        return self._boxes[name].sizeHint().width() + value

    def _arrange(self, look: tuple[int, bool]) -> None:
        """Lay out what is shown in so many columns, with or without the values."""
        self._look = columns, values = look
        for name, value in self._values.items():
            value.setVisible(values and name in self._shown)
        for place, name in enumerate(self._shown):
            row, column = divmod(place, columns)
            self._grid.addWidget(self._boxes[name], row, 3 * column)
            self._grid.addWidget(self._values[name], row, 3 * column + 1)
        for column in range(1, COLUMNS):
            self._grid.setColumnMinimumWidth(
                3 * column - 1, GAP_PX - 2 * SPACING if column < columns else 0
            )

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
        self._arrange(self._fitting(self.width()))

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
