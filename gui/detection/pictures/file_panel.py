"""The panel of pictures: the list, its filter, next and previous."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.bridge import Bridge
from gui.detection.pictures.file_model import Entry, EntryDelegate, FileModel
from gui.detection.pictures.thumbnails import Thumbnails


class FilePanel(QWidget):
    """The pictures at hand, and which one is open.

    Signals:
        chosen: the entry to open.
        open_wanted: the button was pressed.
    """

    chosen = Signal(object)
    open_wanted = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.model = FileModel(self)
        self._thumbnails = Thumbnails(bridge, self.model)
        self._chosen: Entry | None = None
        self.heading = QLabel(self)
        self.heading.setProperty("role", "section")
        self.open = QToolButton(self)
        self.open.setObjectName("detection.open.button")
        icons.set_icon(self.open, "open")
        self.filter = QLineEdit(self)
        self.filter.setObjectName("detection.files.filter.field")
        self.filter.setClearButtonEnabled(True)
        self.view = QListView(self)
        self.view.setObjectName("detection.files.list")
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.position = QLabel(self)
        self.position.setObjectName("detection.files.position")
        self.position.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.position.setFont(theme.tabular(self.position.font()))
        self.previous = QToolButton(self)
        self.previous.setObjectName("detection.files.previous.button")
        icons.set_icon(self.previous, "step-back")
        self.next = QToolButton(self)
        self.next.setObjectName("detection.files.next.button")
        icons.set_icon(self.next, "step")
        self._lay_out()
        # Scrolling asks for thumbnails once it rests.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._rest.timeout.connect(self.read_visible)
        self.view.verticalScrollBar().valueChanged.connect(self._rest_soon)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.model.rowsInserted.connect(self._rest_soon)
        self.model.rowsRemoved.connect(self._count)
        self.filter.textChanged.connect(self.set_filter)
        self.open.clicked.connect(self.open_wanted)
        self.previous.clicked.connect(self.go_previous)
        self.next.clicked.connect(self.go_next)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.open)
        foot = QHBoxLayout()
        foot.addWidget(self.previous)
        foot.addWidget(self.position, 1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addLayout(top)
        layout.addWidget(self.filter)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    @property
    def current(self) -> Entry | None:
        """The entry that is open, whether the filter shows it or not."""
        return self._chosen

    @property
    def selected(self) -> list[Entry]:
        """The entries that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.entries[row] for row in rows]

    def add(self, entries: Sequence[Entry]) -> None:
        """Append pictures."""
        if entries:
            self.model.add(entries)
        self._count()

    def choose(self, entry: Entry) -> None:
        """Make an entry the current one; it is told by `chosen`."""
        if entry not in self.model.entries:
            self.filter.clear()
        self.view.setCurrentIndex(self.model.index(self.model.entries.index(entry)))

    def set_filter(self, text: str) -> None:
        """Show the pictures whose names hold these words; the open one stays open."""
        self.model.set_filter(text)
        if self._chosen in self.model.entries:
            index = self.model.index(self.model.entries.index(self._chosen))
            self.view.setCurrentIndex(index)
        self._count()

    def find_picture(self) -> None:
        """Let the next keys write into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def mark(self, entry: Entry, problem: str) -> None:
        """Say that a file cannot be read; it stays in the list."""
        entry.problem = problem
        self.model.changed(entry)

    def drop_samples(self) -> None:
        """Take the program's own pictures off the list, once there is one of the user's."""
        for entry in [entry for entry in self.model.everything if entry.sample]:
            self.model.remove(entry)

    def remove_current(self) -> None:
        """Take the current picture off the list; its file is not touched."""
        entry = self._chosen
        if entry is not None:
            self._chosen = None
            self.model.remove(entry)

    def go_next(self) -> None:
        self.go(1)

    def go_previous(self) -> None:
        self.go(-1)

    def go(self, by: int) -> None:
        """Open the picture so many rows further, where there is one."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < len(self.model.entries):
            self.view.setCurrentIndex(self.model.index(row))

    def _moved(self, current: QModelIndex) -> None:
        self._count()
        if current.isValid():
            self.view.scrollTo(current)
            entry = self.model.entries[current.row()]
            if entry is not self._chosen:
                self._chosen = entry
                self.chosen.emit(entry)

    def _count(self) -> None:
        count, row = len(self.model.entries), self.view.currentIndex().row()
        number = QLocale()
        self.position.setText(f"{number.toString(row + 1)} / {number.toString(count)}")
        self.previous.setEnabled(row > 0)
        self.next.setEnabled(row + 1 < count)
        self._rest_soon()

    # Thumbnails

    def _rest_soon(self) -> None:
        self._rest.start()

    def read_visible(self) -> None:
        """Read the thumbnails that can be seen and are not there yet."""
        shown = self.view.viewport().rect()
        first = self.view.indexAt(shown.topLeft()).row()
        last = self.view.indexAt(shown.bottomLeft()).row()
        last = len(self.model.entries) - 1 if last < 0 else last
        self._thumbnails.read(self.model.entries[max(first, 0) : last + 1])

    def neighbours(self) -> list[Entry]:
        """The entries that next and previous would open."""
        row = self.view.currentIndex().row()
        rows = (row + 1, row - 1) if row >= 0 else ()
        return [self.model.entries[each] for each in rows if 0 <= each < len(self.model.entries)]

    def resizeEvent(self, event: Any) -> None:
        self._rest_soon()
        super().resizeEvent(event)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("PICTURES"))
        self.open.setToolTip(self.tr("Open pictures (Ctrl+O)"))
        self.open.setAccessibleName(self.tr("Open pictures"))
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setToolTip(self.tr("Show the pictures whose names hold these words (Ctrl+F)"))
        self.view.setAccessibleName(self.tr("Pictures"))
        self.previous.setToolTip(self.tr("Previous picture (A or Page Up)"))
        self.previous.setAccessibleName(self.tr("Previous picture"))
        self.next.setToolTip(self.tr("Next picture (D or Page Down)"))
        self.next.setAccessibleName(self.tr("Next picture"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
