"""Where the parts of the Descent workspace stand, and how wide they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui import theme
from gui.descent.step.panel import WIDTH_PX

MAP_AND_CURVES, MAP_AND_PANEL = (740, 240), (600, 400)
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
        self._plots = _splitter("plots", Qt.Orientation.Vertical, parent)
        self._plots.addWidget(map_view)
        self._plots.addWidget(panels)
        self._plots.setStretchFactor(0, 5)
        self._plots.setStretchFactor(1, 1)
        self._beside = _side_by_side("beside", self._plots, data, parent)
        left = _column((*above, timeline), self._beside, len(above), parent)
        with_step = _side_by_side("workings", left, step, parent)
        with_step.setSizes([10_000, WIDTH_PX])
        self._settings = _scrolled(settings, parent)
        self._columns = _side_by_side("columns", with_step, self._settings, parent)
        whole = QVBoxLayout(parent)
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
                type(size) is int and size > 0 for size in sizes
            ):  # fmt: skip
                part.setSizes(sizes)


def _splitter(name: str, orientation: Qt.Orientation, parent: QWidget) -> QSplitter:
    made = QSplitter(orientation, parent)
    made.setObjectName(f"descent.{name}.splitter")
    made.setChildrenCollapsible(False)
    return made


def _side_by_side(name: str, left: QWidget, right: QWidget, parent: QWidget) -> QSplitter:
    """Two widgets of which the left one takes what the window gains."""
    made = _splitter(name, Qt.Orientation.Horizontal, parent)
    made.addWidget(left)
    made.addWidget(right)
    made.setStretchFactor(0, 1)
    made.setStretchFactor(1, 0)
    return made


def _column(around: Sequence[QWidget], middle: QWidget, place: int, parent: QWidget) -> QWidget:
    """Widgets one under the other with the middle one, which takes the height, at its place."""
    made = QWidget(parent)
    made.setProperty("role", "panel")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in around:
        column.addWidget(widget)
    column.insertWidget(place, middle, 1)
    return made


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
