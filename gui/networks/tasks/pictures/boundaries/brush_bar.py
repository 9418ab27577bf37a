"""The brushes with which examples are painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from gui import icons, theme
from gui.networks.tasks.pictures.boundaries.brush import ERASER
from gui.networks.tasks.pictures.class_painting import MARKERS
from gui.racing.racer_style import draw_marker
from gui.widgets.elided_label import ElidedLabel

ICON_PX = 16
BRUSHES = ((0, "circle"), (1, "triangle"), (ERASER, "eraser"))


class BrushBar(QWidget):
    """At most one brush is in hand; and two buttons for all points.

    Signals:
        taken: a class, `ERASER`, or None for no brush.
        cleared: all points are to go.
        restored: the task's own points are to come back.
    """

    taken = Signal(object)
    cleared = Signal()
    restored = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.setSpacing(4)
        self.brushes: dict[int, QToolButton] = {}
        for value, word in BRUSHES:
            button = QToolButton(self)
            button.setObjectName(f"{name}.{word}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.clicked.connect(self._on_brush)
            self.brushes[value] = button
            row.addWidget(button)
        self.hint = ElidedLabel(self)
        self.hint.setObjectName(f"{name}.hint.label")
        self.hint.setProperty("role", "muted")
        row.addWidget(self.hint, 1)
        self.clear = QPushButton(self)
        self.clear.setObjectName(f"{name}.clear")
        self.clear.clicked.connect(self._on_clear)
        self.restore = QPushButton(self)
        self.restore.setObjectName(f"{name}.restore")
        self.restore.clicked.connect(self._on_restore)
        for push in (self.clear, self.restore):
            push.setAutoDefault(False)
            row.addWidget(push)
        self._bare = False
        self.restyle()
        self.retranslate()

    @property
    def brush(self) -> int | None:
        """The one in hand: a class, `ERASER` or None."""
        held = [value for value, button in self.brushes.items() if button.isChecked()]
        return held[0] if held else None

    def set_emptied(self, emptied: bool) -> None:
        """Say that there is nothing to learn from."""
        self._bare = emptied
        self.retranslate()

    def restyle(self) -> None:
        """Take the theme's colours."""
        colors = theme.current()
        for group, marker in enumerate(MARKERS):
            self.brushes[group].setIcon(_marker_icon(marker, QColor(colors.side_inks[group])))
        icons.set_icon(self.brushes[ERASER], "eraser")

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        names = {
            0: self.tr("Paint examples of class 0"),
            1: self.tr("Paint examples of class 1"),
            ERASER: self.tr("Erase examples"),
        }
        way = self.tr(
            "Press or drag over any of the pictures; the right button erases.\n"
            "By keyboard: arrow keys and Space, Shift+Space erases."
        )
        for value, button in self.brushes.items():
            button.setAccessibleName(names[value])
            button.setToolTip(f"{names[value]}\n{way}")
        self.clear.setText(self.tr("Clear"))
        self.clear.setToolTip(self.tr("Take all training examples away, to paint others"))
        self.restore.setText(self.tr("Own points back"))
        self.restore.setToolTip(self.tr("Learn the task's own examples again"))
        said = ""
        if self._bare:
            said = self.tr("Nothing to learn from: paint examples of both classes")
        elif self.brush is not None:
            said = self.tr("Draw over a picture")
        self.hint.setText(said)
        self.hint.setToolTip(said)

    @Slot()
    def _on_brush(self) -> None:
        pressed = self.sender()
        for button in self.brushes.values():
            if button is not pressed:
                button.setChecked(False)
        self.retranslate()
        self.taken.emit(self.brush)

    @Slot()
    def _on_clear(self) -> None:
        self.cleared.emit()

    @Slot()
    def _on_restore(self) -> None:
        self.restored.emit()


def _marker_icon(marker: str, ink: QColor) -> QIcon:
    """An example's symbol."""
    picture = QPixmap(QSize(ICON_PX, ICON_PX) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(ICON_PX / 2, ICON_PX / 2)
    casing = theme.current().color("casing", 0.8)
    draw_marker(painter, marker, middle, size=11, fill=ink, line=casing, width=1.0)
    painter.end()
    return QIcon(picture)
