"""What can be done with the list: its button's menu, and the menu of a right click."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu

from engine.file_text import printable
from gui.detection.pictures.file_model import ADDED, FOUND, MISSED, NAME, ORDERS, UNJUDGED
from gui.detection.pictures.file_panel import FilePanel
from gui.i18n import QT_TRANSLATE_NOOP

ORDER_TEXTS = {
    ADDED: QT_TRANSLATE_NOOP("detection", "As they came"),
    NAME: QT_TRANSLATE_NOOP("detection", "By name"),
    FOUND: QT_TRANSLATE_NOOP("detection", "Most found first"),
    MISSED: QT_TRANSLATE_NOOP("detection", "Most missed first"),
    UNJUDGED: QT_TRANSLATE_NOOP("detection", "Not judged first"),
}


class ListMenu(QObject):
    """Builds the menu anew each time it opens, in the language of that moment.

    Signals:
        remove_wanted: the selected pictures shall leave the list.
        clear_wanted: all shall.
        export_wanted: the selected pictures shall be exported.
    """

    remove_wanted = Signal()
    clear_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, panel: FilePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.menu = QMenu(panel)
        self.menu.setObjectName("detection.files.menu")
        self.menu.aboutToShow.connect(self._fill)
        panel.more.setMenu(self.menu)
        panel.view.customContextMenuRequested.connect(self._open)

    def _open(self, at: QPoint) -> None:
        self.menu.popup(self._panel.view.viewport().mapToGlobal(at))

    def _fill(self) -> None:
        menu, panel = self.menu, self._panel
        menu.clear()
        some, any_at_all = len(panel.selected), bool(panel.model.everything)
        count = QLocale().toString(some)
        self._add("remove", self.tr("Remove from List ({count})").format(count=count), some)
        self._add("clear", self.tr("Clear the List"), any_at_all)
        menu.addSeparator()
        self._add("select_all", self.tr("Select All"), bool(panel.model.entries))
        self._add("copy_paths", self.tr("Copy File Names ({count})").format(count=count), some)
        self._add("export", self.tr("Export Selected ({count})…").format(count=count), some)
        menu.addSeparator()
        orders = menu.addMenu(self.tr("Order"))
        group = QActionGroup(orders)
        group.triggered.connect(self._set_order)
        for order in ORDERS:
            action = orders.addAction(QCoreApplication.translate("detection", ORDER_TEXTS[order]))
            action.setObjectName(f"detection.files.order.{order}")
            action.setCheckable(True)
            action.setChecked(panel.model.order == order)
            action.setData(order)
            group.addAction(action)

    def _add(self, name: str, text: str, enabled: object) -> None:
        action = self.menu.addAction(text)
        action.setObjectName(f"detection.files.{name}.item")
        action.setEnabled(bool(enabled))
        callbacks = {
            "remove": self.remove_wanted.emit,
            "clear": self.clear_wanted.emit,
            "select_all": self._panel.view.selectAll,
            "copy_paths": self._copy_paths,
            "export": self.export_wanted.emit,
        }
        action.triggered.connect(callbacks[name])

    def _set_order(self, action: QAction) -> None:
        self._panel.set_order(action.data())

    def _copy_paths(self) -> None:
        names = [printable(str(entry.path or entry.title)) for entry in self._panel.selected]
        QGuiApplication.clipboard().setText("\n".join(names))
