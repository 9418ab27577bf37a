"""The pass's panel: how far one is, the classes with their keys, the objects, the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.detection.review.arrangement import Item, count_judged
from engine.detection.review.records import ACCEPTED, REJECTED
from gui import icons, theme
from gui.detection.annotation.layer import CHANGED, COLORS, SIGNS, UNJUDGED, state_of
from gui.widgets.fact_table import FactTable, figure

MOST_KEYS = 9  # classes that have a digit
COLUMNS = 3  # of the legend
ROOMY = 440  # px of height from which the keys are written out
BUTTONS = ("accept", "reject", "rest", "onward")


class AnnotationPanel(QWidget):
    """Shows where the pass stands; every button has a key, so none of them takes the focus.

    Signals:
        wanted: a button: of `BUTTONS`.
        name_wanted: a class, by its place among the model's.
        row_wanted: an object's row.
        add_wanted, export_wanted, leave_wanted: the buttons above.
    """

    wanted = Signal(str)
    name_wanted = Signal(int)
    row_wanted = Signal(int)
    add_wanted = Signal()
    export_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.annotation.panel")
        self._names: tuple[str, ...] = ()
        self._items: Sequence[Item] = ()
        self._waiting = False
        self._pictures = 0, 0
        self.heading = QLabel(self)
        self.heading.setProperty("role", "section")
        self.add = QToolButton(self)
        self.add.setObjectName("detection.annotation.add.button")
        icons.set_icon(self.add, "plus")
        self.export = QToolButton(self)
        self.export.setObjectName("detection.annotation.export.button")
        icons.set_icon(self.export, "export")
        self.leave = QToolButton(self)
        self.leave.setObjectName("detection.annotation.leave.button")
        icons.set_icon(self.leave, "close")
        self.told = QLabel(self)
        self.told.setObjectName("detection.annotation.count.label")
        self.pictures = QLabel(self)
        self.pictures.setObjectName("detection.annotation.pictures.label")
        self.pictures.setProperty("role", "muted")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("detection.annotation.bar")
        self.bar.setTextVisible(False)
        self.classes = [self._class_button(number) for number in range(MOST_KEYS)]
        self.more = QComboBox(self)
        self.more.setObjectName("detection.annotation.class.combo")
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.table = FactTable("detection.annotation.table", 3, self)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.stretch(0)
        self.table.setMinimumHeight(3 * self.table.fontMetrics().height())
        self.buttons = {name: QPushButton(self) for name in BUTTONS}
        for name, button in self.buttons.items():
            button.setObjectName(f"detection.annotation.{name}.button")
            button.clicked.connect(self._press)
        self.buttons["accept"].setProperty("role", "primary")
        self.keys = QLabel(self)
        self.keys.setObjectName("detection.annotation.keys.label")
        self.keys.setProperty("role", "muted")
        self.keys.setWordWrap(True)
        for widget in (self.add, self.export, self.leave, *self.buttons.values()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.more.activated.connect(self.name_wanted)
        self.table.row_chosen.connect(self.row_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self.retranslate()

    def _class_button(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"detection.annotation.class.{number + 1}.button")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._choose_class)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self.heading, 1)
        top.addWidget(self.add)
        top.addWidget(self.export)
        top.addWidget(self.leave)
        counts = QHBoxLayout()
        counts.addWidget(self.told, 1)
        counts.addWidget(self.pictures)
        legend = QGridLayout()
        legend.setSpacing(4)
        for place, button in enumerate(self.classes):
            legend.addWidget(button, place // COLUMNS, place % COLUMNS)
        for column in range(COLUMNS):
            legend.setColumnStretch(column, 1)
        buttons = QGridLayout()
        buttons.setSpacing(theme.GAP)
        for place, pushed in enumerate(self.buttons.values()):
            buttons.addWidget(pushed, place // 2, place % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(top)
        layout.addLayout(counts)
        layout.addWidget(self.bar)
        layout.addLayout(legend)
        layout.addWidget(self.more)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the objects need the room of the keys, which Help lists as well."""
        self.keys.setVisible(event.size().height() >= ROOMY)
        super().resizeEvent(event)

    # What it shows

    def set_classes(self, names: Sequence[str]) -> None:
        """The classes that can be given; the first nine have digits."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        for place, button in enumerate(self.classes):
            button.setVisible(place < len(names))
        self.more.clear()
        self.more.addItems(list(names))
        self.more.setVisible(len(names) > MOST_KEYS)
        self._show_classes()

    def show_class(self, place: int) -> None:
        """What a drawn box will be."""
        for each, button in enumerate(self.classes):
            button.setChecked(each == place)
        self.more.setCurrentIndex(place)

    def show_items(self, items: Sequence[Item], chosen: int, *, waiting: bool) -> None:
        """The objects, and which is chosen.

        Args:
            waiting: the model has not answered yet, so there are none.
        """
        self._items, self._waiting = items, waiting
        self.table.fill([self._row(item) for item in items])
        for row, item in enumerate(items):
            state = state_of(item)
            color = COLORS[state]
            self.table.mark_cell(row, 0, (color.red(), color.green(), color.blue()))
            if state == REJECTED:
                self.table.paint_cell(row, 0, theme.current().color("muted"))
        self.table.choose(chosen)
        judged = count_judged(items)
        self.bar.setRange(0, max(len(items), 1))
        self.bar.setValue(judged if items or waiting else 1)
        self._count()
        for name in ("accept", "reject"):
            self.buttons[name].setEnabled(0 <= chosen < len(items))
        self.buttons["rest"].setEnabled(judged < len(items))

    def show_pictures(self, done: int, count: int) -> None:
        """How many of how many pictures are judged."""
        self._pictures = done, count
        self._count()

    def _count(self) -> None:
        number, judged = QLocale().toString, count_judged(self._items)
        told = self.tr("{judged} of {count} judged")
        if self._waiting:
            told = self.tr("The model is at work…")
        elif not self._items:
            told = self.tr("Nothing to judge here")
        self.told.setText(told.format(judged=number(judged), count=number(len(self._items))))
        done, count = map(number, self._pictures)
        self.pictures.setText(self.tr("pictures: {done} of {count}").format(done=done, count=count))

    def _row(self, item: Item) -> tuple[str, str, str]:
        state = state_of(item)
        texts = {
            UNJUDGED: self.tr("to judge"),
            ACCEPTED: self.tr("accepted"),
            CHANGED: self.tr("drawn") if item.drawn else self.tr("changed"),
            REJECTED: self.tr("rejected"),
        }
        score = "" if item.suggestion is None else figure(item.suggestion.score)
        return item.name, f"{SIGNS[state]} {texts[state]}", score

    # What is pressed

    def _press(self) -> None:
        sender = self.sender()
        for name, button in self.buttons.items():
            if button is sender:
                self.wanted.emit(name)

    def _choose_class(self) -> None:
        sender = self.sender()
        for place, button in enumerate(self.classes):
            if button is sender:
                self.name_wanted.emit(place)

    def _show_classes(self) -> None:
        for place, (button, name) in enumerate(zip(self.classes, self._names, strict=False), 1):
            button.setText(f"{place}  {name}".replace("&", "&&"))
            told = self.tr("{name}: the chosen object's class, and of what is drawn (key {key})")
            button.setToolTip(told.format(name=name, key=place))
            button.setAccessibleName(name)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("ANNOTATE"))
        self.add.setToolTip(self.tr("Name a class that the model does not know"))
        self.add.setAccessibleName(self.tr("New class"))
        self.export.setToolTip(self.tr("Export what was accepted (Ctrl+E)"))
        self.export.setAccessibleName(self.tr("Export what was accepted"))
        self.leave.setToolTip(self.tr("Leave; what was judged is kept (Esc)"))
        self.leave.setAccessibleName(self.tr("Leave"))
        self.more.setToolTip(self.tr("All classes: the chosen object's, and of what is drawn"))
        self.more.setAccessibleName(self.tr("Class"))
        self.table.setAccessibleName(self.tr("Objects"))
        self.table.setToolTip(self.tr("The objects of the picture, and what was said of each"))
        self.bar.setAccessibleName(self.tr("How many are judged"))
        texts = {
            "accept": (self.tr("Accept"), self.tr("The chosen object is right (A)")),
            "reject": (self.tr("Reject"), self.tr("The chosen object is none (D)")),
            "rest": (self.tr("Accept the rest"), self.tr("All that is not judged yet (Shift+A)")),
            "onward": (self.tr("Next picture"), self.tr("On to the next picture (Enter)")),
        }
        for name, (text, told) in texts.items():
            self.buttons[name].setText(text)
            self.buttons[name].setToolTip(told)
        self.keys.setText(
            self.tr(
                "A accept, D reject, 1–9 class, Tab next, arrows move, Shift+arrows stretch,"
                " N or drag: a missed one, Enter next picture, Esc leaves"
            )
        )
        self._show_classes()
        self.show_items(self._items, self.table.currentRow(), waiting=self._waiting)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
