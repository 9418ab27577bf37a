"""What is still being computed for a map, said on it, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from gui.widgets.task_progress import TaskStrip

PATIENCE_MS = 300  # what takes less is not worth a word
WIDTH_PX, MARGIN_PX = 420, 12
BAR_PX = 110
AXIS_PX = 48  # below the map, where its numbers stand


class MapProgress(TaskStrip):
    """A strip near the lower edge of a map; hidden until something has run for a while."""

    def __init__(self, name: str, map_view: QWidget) -> None:
        super().__init__(name, map_view)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.setFixedWidth(BAR_PX)
        self._map = map_view
        self._latest = ("", 0, 0)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._on_late)
        self._running = False
        map_view.installEventFilter(self)

    def tell(self, text: str, done: int, count: int) -> None:
        """What runs and how far it is; `done` and `count` as in `show_progress`."""
        self._latest = (text, done, count)
        if not self._running:
            self._running = True
            self._patience.start()
        elif not self._patience.isActive():
            self._on_late()

    def end(self) -> None:
        """Nothing runs any more."""
        self._running = False
        self._patience.stop()
        self.hide()

    def _on_late(self) -> None:
        self.show_progress(*self._latest)
        self._place()
        self.raise_()  # over the 3-D view, too

    def _place(self) -> None:
        area = self._map.rect()
        width = min(WIDTH_PX, area.width() - 2 * MARGIN_PX)
        height = self.sizeHint().height()
        self.setGeometry(
            (area.width() - width) // 2, area.height() - height - AXIS_PX, width, height
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
