"""Where the parts of the Descent workspace stand, and how wide they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui import theme
from gui.descent.step.controller import beside

if TYPE_CHECKING:
    from gui.descent.workspace import DescentWorkspace

MAP_AND_CURVES, MAP_AND_PANEL = (740, 240), (600, 400)
PANEL_PX = 360
DATA_PX = 300


class Layout:
    """Map, panels and timeline on the left, the settings in a column on the right."""

    def __init__(self, workspace: DescentWorkspace) -> None:
        """Lay out the widgets that the workspace has made."""
        self._plots = splitter("plots", Qt.Orientation.Vertical, workspace)
        self._plots.addWidget(workspace.map)
        self._plots.addWidget(workspace.panels)
        self._plots.setStretchFactor(0, 5)
        self._plots.setStretchFactor(1, 1)
        self._beside = splitter("beside", Qt.Orientation.Horizontal, workspace)
        self._beside.addWidget(self._plots)
        self._beside.addWidget(workspace.data_panel)
        self._beside.setStretchFactor(0, 1)
        self._beside.setStretchFactor(1, 0)
        self._settings = _settings(workspace)
        self._columns = splitter("columns", Qt.Orientation.Horizontal, workspace)
        left = _scene(workspace, self._beside)
        self._columns.addWidget(beside(left, workspace.step_panel, workspace))
        self._columns.addWidget(self._settings)
        self._columns.setStretchFactor(0, 1)
        self._columns.setStretchFactor(1, 0)
        whole = QVBoxLayout(workspace)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._columns)
        self.reset()

    def show_settings(self, shown: bool) -> None:
        self._settings.setVisible(shown)

    def make_room(self, *, for_panel: bool) -> None:
        """Heights of the map and of what stands under it: a panel of its own needs more."""
        self._plots.setSizes(MAP_AND_PANEL if for_panel else MAP_AND_CURVES)

    def reset(self) -> None:
        self._columns.setSizes([10_000, PANEL_PX])
        self._plots.setSizes(MAP_AND_CURVES)
        self._beside.setSizes([10_000, DATA_PX])

    def sizes(self) -> dict[str, Any]:
        """What `restore` takes."""
        return {
            "columns": self._columns.sizes(),
            "plots": self._plots.sizes(),
            "beside": self._beside.sizes(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take sizes that were kept; what is none is passed over."""
        parts = ((self._columns, "columns"), (self._plots, "plots"), (self._beside, "beside"))
        for part, key in parts:
            sizes = state.get(key)
            if isinstance(sizes, list) and len(sizes) == 2 and all(
                isinstance(size, int) and size > 0 for size in sizes
            ):  # fmt: skip
                part.setSizes(sizes)


def splitter(name: str, orientation: Qt.Orientation, parent: QWidget) -> QSplitter:
    made = QSplitter(orientation, parent)
    made.setObjectName(f"descent.{name}.splitter")
    made.setChildrenCollapsible(False)
    return made


def _scene(workspace: DescentWorkspace, middle: QWidget) -> QWidget:
    """Everything but the settings."""
    left = QWidget(workspace)
    left.setProperty("role", "panel")
    left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(workspace.header)
    column.addWidget(workspace.basin_bar)
    column.addWidget(middle, 1)
    column.addWidget(workspace.timeline)
    return left


def _settings(workspace: DescentWorkspace) -> QScrollArea:
    """Surface, optimizers, race and standings, which scroll where the window is low."""
    inside = QWidget()
    panel = QVBoxLayout(inside)
    panel.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
    panel.setSpacing(theme.MARGIN)
    panel.addWidget(workspace.surfaces, 3)
    panel.addWidget(workspace.optimizers, 2)
    panel.addWidget(workspace.race_panel)
    panel.addWidget(workspace.standings, 2)
    area = QScrollArea(workspace)
    area.setObjectName("descent.panel")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(PANEL_PX)
    return area
