"""The tab of the chosen stage: its note and its view, which is made when first wanted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import StageView
from gui.detection.stages.registry import NAMES, STAGES
from gui.pictures.view_transform import View


class StagePanel(QWidget):
    """At most one stage is chosen; its view draws over the picture.

    Signals:
        stage_changed: the stage's name, or an empty one.
    """

    stage_changed = Signal(str)

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
        self._nothing = QWidget(self)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
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
        context.layers.add_below(self)
        context.changed.connect(self._refresh)
        context.chosen.connect(self._refresh)
        self.retranslate()

    def view(self) -> StageView | None:
        """The chosen stage's view."""
        return self.views.get(self.stage)

    def choose(self, name: str) -> None:
        """Show a stage, its layers alone over the picture; an empty name shows the result."""
        if name == self.stage:
            return
        self._leave()
        self.stage = name
        if name:
            stage = STAGES[NAMES.index(name)]
            self._context.layers.show_only(stage.layers)
            if name not in self.views:
                self.views[name] = stage.view(self._context, self._tools, self)
                self._column.addWidget(self.views[name], 1)
        else:
            self._context.layers.show_usual()
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
        """Another tab is in front."""
        self._leave()
        self._front = False

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
