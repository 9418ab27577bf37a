"""The panel of pictures: the list, its filter, next and previous."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.bridge import Bridge
from gui.detection.pictures.badges import Badges
from gui.detection.pictures.file_model import Entry, EntryDelegate, FileModel
from gui.detection.pictures.thumbnails import Thumbnails


class FilePanel(QWidget):
    """The pictures at hand, and which one is open.

    Signals:
        chosen: the entry to open.
        open_wanted: the button was pressed.
        remove_wanted: Del was pressed in the list.
    """

    chosen = Signal(object)
    open_wanted = Signal()
    remove_wanted = Signal()

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
        self.more = QToolButton(self)
        self.more.setObjectName("detection.files.more.button")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setProperty("role", "menu")
        icons.set_icon(self.more, "more")
        self.filter = QLineEdit(self)
        self.filter.setObjectName("detection.files.filter.field")
        self.filter.setClearButtonEnabled(True)
        self.hidden = QPushButton(self)
        self.hidden.setObjectName("detection.files.hidden.button")
        self.hidden.hide()
        self.view = QListView(self)
        self.view.setObjectName("detection.files.list")
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
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
        self.hidden.clicked.connect(self.filter.clear)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.previous.clicked.connect(self.go_previous)
        self.next.clicked.connect(self.go_next)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.open)
        top.addWidget(self.more)
        foot = QHBoxLayout()
        foot.addWidget(self.previous)
        foot.addWidget(self.position, 1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addLayout(top)
        layout.addWidget(self.filter)
        layout.addWidget(self.hidden)
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
        """Append pictures; a filter that would hide one of them is given up."""
        if entries:
            if not all(map(self.model.passes, entries)):
                self.filter.clear()
            self.model.add(entries)
            self._keep_current()
        self._count()

    def choose(self, entry: Entry) -> None:
        """Make an entry the current one; it is told by `chosen`."""
        if entry not in self.model.entries:
            self.filter.clear()
        self.view.setCurrentIndex(self.model.index(self.model.entries.index(entry)))

    def set_filter(self, text: str) -> None:
        """Show the pictures whose names hold these words; the open one stays open."""
        self.model.set_filter(text)
        self._keep_current()

    def set_order(self, order: str) -> None:
        """Put the list into an order of `ORDERS`; the open picture stays open."""
        self.model.set_order(order)
        self._keep_current()

    def _keep_current(self) -> None:
        """The open picture's row, after the rows were made anew."""
        if self._chosen in self.model.entries:
            index = self.model.index(self.model.entries.index(self._chosen))
            if index != self.view.currentIndex():
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

    def set_badges(self, entry: Entry, badges: Badges) -> None:
        """Say what is known of a picture."""
        if badges != entry.badges:
            entry.badges = badges
            self.model.changed(entry)

    def drop_samples(self) -> None:
        """Take the program's own pictures off the list, once there is one of the user's."""
        samples = [entry for entry in self.model.everything if entry.sample]
        if samples:
            self.model.remove(samples)
            self._keep_current()

    def remove(self, entries: Sequence[Entry]) -> None:
        """Take pictures off the list; where the open one is among them, its neighbour opens."""
        gone = {entry.key for entry in entries}
        after = self._neighbour(gone)
        was_open = self._chosen is not None and self._chosen.key in gone
        if was_open:
            self._chosen = None
        self.model.remove(entries)
        if was_open and after is not None:
            self.choose(after)
        self._keep_current()

    def restore(self, entries: Sequence[Entry]) -> None:
        """Hold these pictures and no others."""
        self.model.set_everything(entries)
        self._keep_current()

    def _neighbour(self, gone: set[int]) -> Entry | None:
        """What to open in place of the open picture: the next that stays, else the one before."""
        shown, row = self.model.entries, max(self.view.currentIndex().row(), 0)
        around = (*shown[row:], *reversed(shown[:row]), *self.model.everything)
        return next((entry for entry in around if entry.key not in gone), None)

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
        self.hidden.setVisible(self.model.hidden > 0)
        hidden = number.toString(self.model.hidden)
        self.hidden.setText(self.tr("{count} hidden: show").format(count=hidden))
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
        self.more.setToolTip(self.tr("Remove, order and export pictures of the list"))
        self.more.setAccessibleName(self.tr("What to do with the list"))
        self.hidden.setToolTip(self.tr("The filter hides these pictures; show them all"))
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setToolTip(self.tr("Show the pictures whose names hold these words (Ctrl+F)"))
        self.view.setAccessibleName(self.tr("Pictures"))
        self.previous.setToolTip(self.tr("Previous picture (A or Page Up)"))
        self.previous.setAccessibleName(self.tr("Previous picture"))
        self.next.setToolTip(self.tr("Next picture (D or Page Down)"))
        self.next.setAccessibleName(self.tr("Next picture"))
        self._count()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
