"""Where the parts of the Descent workspace stand, and how wide they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui import theme
from gui.descent.step.panel import WIDTH_PX

MAP_AND_CURVES, MAP_AND_PANEL = (750, 220), (600, 400)
PANEL_PX = 360
DATA_PX = 300


class Layout:
    """Map, panels and timeline on the left, the settings in a column on the right."""

    def __init__(
        self,
        parent: QWidget,
        *,
        above: Sequence[QWidget],
        map_view: QWidget,
        panels: QWidget,
        data: QWidget,
        timeline: QWidget,
        step: QWidget,
        settings: Sequence[tuple[QWidget, int]],
    ) -> None:
        """Lay out the widgets of a workspace.

        Args:
            parent: the workspace.
            above: what stands over the map.
            panels: what stands under it.
            data, step: panels beside the map that are seen at times.
            settings: the column on the right, each with its share of the height.
        """
        # From the outside in: what is put into another widget is dressed anew with all that it
        # holds, so that from the inside out a map would be six times.
        whole = QVBoxLayout(parent)
        whole.setContentsMargins(0, 0, 0, 0)
        self._columns = _side_by_side("columns", parent)
        whole.addWidget(self._columns)
        workings = _side_by_side("workings", self._columns)
        left, column = _column(workings)
        for widget in above:
            column.addWidget(widget)
        self._beside = _side_by_side("beside", left)
        column.addWidget(self._beside, 1)
        column.addWidget(timeline)
        self._plots = _splitter("plots", Qt.Orientation.Vertical, self._beside)
        self._plots.addWidget(map_view)
        self._plots.addWidget(panels)
        self._plots.setStretchFactor(0, 5)
        self._plots.setStretchFactor(1, 1)
        _fill(self._beside, self._plots, data)
        _fill(workings, left, step)
        workings.setSizes([10_000, WIDTH_PX])
        self._settings = _scrolled(settings, self._columns)
        _fill(self._columns, workings, self._settings)
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
                type(size) is int and size > 0 for size in sizes
            ):  # fmt: skip
                part.setSizes(sizes)


def _splitter(name: str, orientation: Qt.Orientation, parent: QWidget) -> QSplitter:
    made = QSplitter(orientation, parent)
    made.setObjectName(f"descent.{name}.splitter")
    made.setChildrenCollapsible(False)
    return made


def _side_by_side(name: str, parent: QWidget) -> QSplitter:
    return _splitter(name, Qt.Orientation.Horizontal, parent)


def _fill(splitter: QSplitter, left: QWidget, right: QWidget) -> None:
    """Two widgets of which the left one takes what the window gains."""
    splitter.addWidget(left)
    splitter.addWidget(right)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)


def _column(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """Room for widgets one under the other."""
    made = QWidget(parent)
    made.setProperty("role", "panel")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return made, column


def _scrolled(parts: Sequence[tuple[QWidget, int]], parent: QWidget) -> QScrollArea:
    """Widgets with their shares of the height, which scroll where the window is low."""
    inside = QWidget()
    panel = QVBoxLayout(inside)
    panel.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
    panel.setSpacing(theme.MARGIN)
    for widget, share in parts:
        panel.addWidget(widget, share)
    area = QScrollArea(parent)
    area.setObjectName("descent.panel")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(PANEL_PX)
    return area
