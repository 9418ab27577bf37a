"""Stage, tab and what is chosen in it are one place, with a way back to the picture."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from gui.detection.canvas_tools import ANNOTATE, CanvasTools, WayBack
from gui.detection.layers.stack import LayerRecord, listed
from gui.detection.navigation.breadcrumb import Breadcrumb
from gui.detection.picture_context import PictureContext
from gui.detection.side_panel import SidePanel
from gui.detection.stages.controller import StagesController
from gui.detection.stages.registry import NAMES, PART_NAMES, STAGES


class NavigationController(QObject):
    """Says where one is, what is dimmed there, and leads back by click or Esc."""

    def __init__(
        self,
        context: PictureContext,
        stages: StagesController,
        side: SidePanel,
        tools: CanvasTools,
    ) -> None:
        super().__init__(context.canvas)
        self._context = context
        self._layers, self._stages, self._side = context.layers, stages, side
        self._tools = tools
        self.above: WayBack | None = None  # what covers the picture while it is open
        self._beside: tuple[str, ...] = ()  # layers that the open stage does not ask about
        self.breadcrumb = Breadcrumb()
        tools.way_back = self
        self.breadcrumb.went.connect(self.go_to)
        self.breadcrumb.back_wanted.connect(self.go_back)
        self.breadcrumb.dimming_wanted.connect(self._dim)
        stages.panel.stage_changed.connect(self.refresh)
        stages.panel.item_changed.connect(self.refresh)
        side.drawing_changed.connect(self.refresh)
        tools.changed.connect(self.refresh)
        side.retranslated.connect(self.refresh)
        context.layers.dimming_changed.connect(self.refresh)
        context.changed.connect(self.refresh)
        self.refresh()

    def path(self) -> tuple[str, ...]:
        """The places from the picture to where one is."""
        picture, drawing = self.tr("Picture"), self._side.drawing
        panel = self._stages.panel
        if self.above is not None and self.above.can_go_back():
            return picture, self.tr("The network")
        if self._tools.purpose == ANNOTATE:
            return picture, self.tr("Annotate")
        if panel.stage:
            translate = QCoreApplication.translate
            stage = STAGES[NAMES.index(panel.stage)]
            part, title = (
                translate("stages", text) for text in (PART_NAMES[stage.part], stage.title)
            )
            text = f"{part}: {title}"
            view = panel.view()
            item = view.item() if view is not None else ""
            return (picture, text, item) if item else (picture, text)
        if drawing and drawing != "stage":
            return picture, self._side.title(drawing)
        return (picture,)

    def can_go_back(self) -> bool:
        return len(self.path()) > 1

    def go_back(self) -> None:
        """One step towards the picture."""
        self.go_to(len(self.path()) - 2)

    def go_to(self, index: int) -> None:
        """To a place of the path: the picture, or the stage without what was chosen in it."""
        if self.above is not None and self.above.can_go_back():
            self.above.go_back()
        elif index <= 0:
            if self._tools.purpose == ANNOTATE:
                self._tools.leave()
            self._stages.open("")
            if self._side.drawing:
                self._side.show_tab("layers")
        else:
            view = self._stages.panel.view()
            if view is not None:
                view.forget_item()
        self.refresh()

    def _dim(self, dimming: bool) -> None:
        self._layers.set_dimmed(self._beside, dimmed=dimming)

    def _is_drawn(self, record: LayerRecord) -> bool:
        """Whether a layer's eye is open and the model has such a thing."""
        inspection = self._context.inspection
        if inspection is None or not self._layers.is_shown(record.name):
            return False
        shown = self._context.session.shown
        return record.count is None or record.count(inspection.trace, shown) is not None

    def refresh(self, *_: object) -> None:
        """Say anew where one is."""
        stage = self._stages.panel.stage
        asked = STAGES[NAMES.index(stage)].layers if stage else ()
        beside = [
            record
            for record in listed()
            if stage and record.of_model and record.name not in asked and self._is_drawn(record)
        ]
        self._beside = tuple(record.name for record in beside)
        dimmed = set(self._layers.dimmed()).intersection(self._beside)
        titles = [
            QCoreApplication.translate("layers", record.title).lower()
            for record in beside
            if not dimmed or record.name in dimmed
        ]
        self.breadcrumb.show_dimmed(", ".join(titles), dimming=bool(dimmed))
        self.breadcrumb.show_path(self.path())
