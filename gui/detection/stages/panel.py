"""The tab of the chosen stage: its note and its view, which is made when first wanted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import StageView
from gui.detection.stages.registry import NAMES, STAGES
from gui.pictures.view_transform import View

NOTE_FROM = 520  # px: in a lower panel the view comes first, and the note when it is asked for


class StagePanel(QWidget):
    """At most one stage is chosen; its view draws over the picture.

    Signals:
        stage_changed: the stage's name, or an empty one.
        item_changed: something else is chosen in the stage, or nothing.
    """

    stage_changed = Signal(str)
    item_changed = Signal()

    def __init__(
        self, context: PictureContext, tools: CanvasTools, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detection.stage.panel")
        self._context, self._tools = context, tools
        self._front = False
        self.stage = ""
        self.views: dict[str, StageView] = {}
        self.title = QLabel(self)
        self.title.setObjectName("detection.stage.title")
        self.title.setProperty("role", "heading")
        self.note = QLabel(self)
        self.note.setObjectName("detection.stage.note")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.more = QToolButton(self)
        self.more.setObjectName("detection.stage.note.button")
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        icons.set_icon(self.more, "info")
        self._asked: bool | None = None  # whether the user wants the note; None: as there is room
        self._nothing = QWidget(self)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.more)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self._nothing, 1)
        # No stack: that would be as high as the highest view it ever showed.
        self._column = column
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.more.clicked.connect(self._ask_note)
        context.layers.add_below(self)
        context.changed.connect(self._refresh)
        context.chosen.connect(self._refresh)
        self.retranslate()

    def _ask_note(self, wanted: bool) -> None:
        self._asked = wanted
        self._show_note()

    def _show_note(self) -> None:
        room = self.height() >= NOTE_FROM
        shown = not self.stage or (room if self._asked is None else self._asked)
        self.note.setVisible(shown)
        self.more.setChecked(shown)
        self.more.setVisible(bool(self.stage))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_note()

    def view(self) -> StageView | None:
        """The chosen stage's view."""
        return self.views.get(self.stage)

    def choose(self, name: str) -> None:
        """Show a stage, other layers dimmed beside its own; an empty name shows the result."""
        if name == self.stage:
            return
        self._leave()
        self.stage = name
        if name:
            stage = STAGES[NAMES.index(name)]
            self._context.layers.focus(stage.layers)
            if name not in self.views:
                self.views[name] = stage.view(self._context, self._tools, self)
                self.views[name].item_changed.connect(self.item_changed)
                self._column.addWidget(self.views[name], 1)
        else:
            self._context.layers.focus(None)
        self._nothing.setVisible(not name)
        for each, view in self.views.items():
            view.setVisible(each == name)
        self.retranslate()
        self._enter()
        self.stage_changed.emit(name)

    def step(self, by: int) -> None:
        """To the next stage or the one before; the result lies before the first."""
        order = ("", *NAMES)
        self.choose(order[min(max(order.index(self.stage) + by, 0), len(order) - 1)])

    def pick(self, at: QPointF) -> bool:
        """A click on the picture; whether the stage took it."""
        view = self.view()
        return self._front and view is not None and view.pick(at)

    def enter(self) -> None:
        """The tab came to the front."""
        self._front = True
        self._enter()

    def leave(self) -> None:
        """Another tab draws on the picture: no stage is open any more."""
        self.choose("")
        self._leave()
        self._front = False

    def stays(self) -> bool:
        """Whether it goes on drawing beside a tab that draws nothing."""
        return bool(self.stage)

    def paint(self, painter: QPainter, view: View) -> None:
        """As a layer of the canvas: the chosen stage's own drawing."""
        front = self.view()
        if self._front and front is not None and self._context.inspection is not None:
            front.paint(painter, view)

    def _enter(self) -> None:
        view = self.view()
        if self._front and view is not None:
            view.enter()
        self._context.canvas.update()

    def _leave(self) -> None:
        view = self.view()
        if self._front:
            if view is not None:
                view.leave()
            self._context.mark(())

    def _refresh(self) -> None:
        view = self.view()
        if self._front and view is not None:
            view.refresh()

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.more.setAccessibleName(self.tr("How it works"))
        self.more.setToolTip(self.tr("How this stage works, and where torchvision departs"))
        self._show_note()
        if not self.stage:
            self.title.setText(self.tr("No stage is chosen"))
            self.note.setText(
                self.tr("Choose one in the row above the picture, or press 1 to 9 on it.")
            )
            return
        number = NAMES.index(self.stage) + 1
        stage = STAGES[number - 1]
        title = translate("stages", stage.title)
        self.title.setText(self.tr("{number} {title}").format(number=number, title=title))
        self.note.setText(translate("stages", stage.note))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
