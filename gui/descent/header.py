"""The name and formula of the surface, over its map."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QMargins,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import number_text, theme
from gui.descent import edit_text
from gui.descent.scenes import Scene
from gui.descent.setup import Setup
from gui.formulas.formula_label import FormulaLabel
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.widgets.scene_caption import Caption

DIGITS = 2  # of a number in a caption
COLORINGS = {
    "loss": QT_TRANSLATE_NOOP("descent", "Colours: loss"),
    "basins": QT_TRANSLATE_NOOP("descent", "Colours: basins"),
    "difference": QT_TRANSLATE_NOOP("descent", "Colours: two racers' ends"),
}


class Header(QWidget):
    """A title, the formula in mathematical notation, and what a scene of the lecture shows.

    Signals:
        coloring_chosen: a key of `COLORINGS`.
        three_d_wanted: whether to see the surface in three dimensions.
    """

    coloring_chosen = Signal(str)
    three_d_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._scene: Scene | None = None
        self._numbers: Mapping[str, float | int] = {}  # of its caption
        self._scene_surface: tuple[str | None, str | None] = (None, None)
        self._scale = 1.0
        self.title = QLabel(self)
        self.title.setObjectName("descent.title.label")
        self.title.setProperty("role", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.formula = FormulaLabel(self)
        self.formula.setObjectName("descent.formula.label")
        self.coloring = QComboBox(self)
        self.coloring.setObjectName("descent.ground.combo")
        for kind in COLORINGS:
            self.coloring.addItem("", kind)
        self.coloring.currentIndexChanged.connect(self._on_coloring)
        self.three_d = QToolButton(self)
        self.three_d.setObjectName("descent.relief.button")
        self.three_d.setCheckable(True)
        self.three_d.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.three_d.clicked.connect(self.three_d_wanted)
        self.caption = Caption("descent.caption.label", QMargins(), self)
        self._row = row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.title)
        row.addWidget(self.formula, 1)
        row.addStretch(0)  # in its place where it stands below
        row.addWidget(self.three_d)
        row.addWidget(self.coloring)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.caption)

    def _place_formula(self) -> None:
        """Beside the name, or below it with all of the width where it would be cut."""
        others = (self.title, self.three_d, self.coloring)
        spacing = (len(others) + 1) * self._row.spacing() + 2 * theme.MARGIN
        room = self.width() - sum(each.sizeHint().width() for each in others) - spacing
        below = not self.formula.fits(room)
        if below == (self._column.indexOf(self.formula) >= 0):
            return
        (self._row if below else self._column).removeWidget(self.formula)
        if below:
            self._column.insertWidget(1, self.formula)
        else:
            self._row.insertWidget(1, self.formula, 1)
        self._row.setStretch(1, 1)  # the formula, or what keeps its place
        if not below:
            self._row.setStretch(2, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_formula()

    def show_coloring(self, kind: str) -> None:
        """Show what colours the map; asks for nothing."""
        with QSignalBlocker(self.coloring):
            self.coloring.setCurrentIndex(self.coloring.findData(kind))

    def show_three_d(self, shown: bool) -> None:
        """Whether three dimensions are seen; asks for nothing."""
        self.three_d.setChecked(shown)

    def _on_coloring(self, index: int) -> None:
        self.coloring_chosen.emit(self.coloring.itemData(index))

    def show_setup(self, setup: Setup) -> None:
        """Name the surface; a scene's caption goes with its surface."""
        self._setup = setup
        surface = (setup.race.surface, setup.race.formula)
        if surface != self._scene_surface:
            self._scene, self._scene_surface, self._numbers = None, surface, {}
        self.retranslate()

    def show_scene(self, scene: Scene, setup: Setup) -> None:
        """Say what is to be seen, until another surface is chosen."""
        if scene is not self._scene:
            self._scene, self._numbers = scene, {}
        self._scene_surface = (setup.race.surface, setup.race.formula)
        self.retranslate()

    @property
    def scene(self) -> Scene | None:
        """Whose caption is shown."""
        return self._scene

    def show_numbers(self, scene: object, numbers: Mapping[str, float | int]) -> None:
        """Write measured numbers into the caption of a scene, if it is still the one shown."""
        if scene is self._scene:
            self._numbers = numbers
            self.caption.say(self.said())

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        self._scale = factor
        size = f"font-size: {round(15 * factor)}px;"
        self.title.setStyleSheet(size)
        self.formula.set_scale(factor)
        self._place_formula()

    def said(self) -> str:
        """What the scene of the lecture says; nothing without one."""
        if self._scene is None:
            return ""
        numbers = {
            name: QLocale().toString(value)
            if isinstance(value, int)
            else number_text.write(value, digits=DIGITS)
            for name, value in self._numbers.items()
        }
        return self._scene.said(numbers)

    def formula_text(self) -> str:
        """The formula as it is typed, with its remark in the window's language."""
        if self._setup is None:
            return ""
        surface = self._setup.surface()
        formula, comma, remark = surface.formula.partition(", ")
        return surface.with_symbols(formula + comma + engine_text(remark))

    def retranslate(self) -> None:
        for index in range(self.coloring.count()):
            text = COLORINGS[self.coloring.itemData(index)]
            self.coloring.setItemText(index, QCoreApplication.translate("descent", text))
        self.coloring.setAccessibleName(self.tr("What colours the map"))
        self.coloring.setToolTip(
            self.tr(
                "Loss; basins: each start coloured by the minimum that it reaches (B); or where "
                "two racers end differently"
            )
        )
        self.three_d.setText(self.tr("3-D"))
        self.three_d.setAccessibleName(self.tr("Three dimensions"))
        self.three_d.setToolTip(self.tr("The landscape as a body that can be turned (3)"))
        if self._setup is None:
            return
        self.caption.say(self.said())
        self.title.setText(edit_text.surface_name(self._setup))
        text = self.formula_text()
        self.formula.show_formula(text)
        self.formula.setToolTip(f"f(x, y) = {html.escape(text)}")
        self._place_formula()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
