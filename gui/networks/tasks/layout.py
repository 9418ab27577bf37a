"""Where the parts of the page stand, and how large they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme

PANEL_PX = 360
PICTURES_AND_CURVES, SETTINGS_AND_STANDINGS = (1000, 340), (1000, 150)


class Layout:
    """Pictures over curves on the left; on the right the settings as tabs over the standings."""

    def __init__(
        self,
        parent: QWidget,
        *,
        above: Sequence[QWidget],
        pictures: QWidget,
        curves: QWidget,
        over_curves: tuple[QWidget, QWidget],
        settings: Sequence[QWidget],
        standings: QWidget,
    ) -> None:
        """Lay out the widgets of a page.

        Args:
            above: what stands over the pictures.
            over_curves: what stands over them on the left and on the right.
            settings: a tab each, which scroll where the window is low.
        """
        self._down = _splitter("down", Qt.Orientation.Vertical, parent)
        self._down.addWidget(_column((*above, pictures), parent))
        self._over_curves = QWidget(parent)
        row = QHBoxLayout(self._over_curves)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(over_curves[0], 1)
        row.addWidget(over_curves[1])
        self._down.addWidget(_column((self._over_curves, curves), parent))
        self.tabs = QTabWidget(parent)
        self.tabs.setObjectName("networks.tasks.tabs")
        self.tabs.tabBar().setObjectName("networks.tasks.tabs.bar")
        self.tabs.setDocumentMode(True)
        self.scrolls = [_scrolled(widget, self.tabs) for widget in settings]
        for scroll in self.scrolls:
            self.tabs.addTab(scroll, "")
        self._right = _splitter("right", Qt.Orientation.Vertical, parent)
        self._right.setMinimumWidth(PANEL_PX)
        self._right.addWidget(self.tabs)
        self._right.addWidget(_column((standings,), parent, margin=theme.MARGIN))
        self._across = _splitter("across", Qt.Orientation.Horizontal, parent)
        self._across.addWidget(self._down)
        self._across.addWidget(self._right)
        for splitter in (self._down, self._right, self._across):
            splitter.setStretchFactor(0, 1)
            splitter.setStretchFactor(1, 0)
        for place, part in enumerate(PICTURES_AND_CURVES):  # both, in low windows and in high ones
            self._down.setStretchFactor(place, part)
        whole = QVBoxLayout(parent)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._across)
        self.reset()

    def reset(self) -> None:
        self._across.setSizes([10_000, PANEL_PX])
        self._down.setSizes(PICTURES_AND_CURVES)
        self._right.setSizes(SETTINGS_AND_STANDINGS)

    def set_bare(self, bare: bool) -> None:
        """Without the settings and the choices, for the lecture hall."""
        self._right.setVisible(not bare)
        self._over_curves.setVisible(not bare)

    def sizes(self) -> dict[str, Any]:
        """What `restore` takes."""
        return {name: splitter.sizes() for name, splitter in self._splitters().items()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take sizes that were kept; what is none is passed over."""
        for name, splitter in self._splitters().items():
            sizes = state.get(name)
            if isinstance(sizes, list) and len(sizes) == 2 and all(
                type(size) is int and size > 0 for size in sizes
            ):  # fmt: skip
                splitter.setSizes(sizes)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"across": self._across, "down": self._down, "right": self._right}


def _splitter(name: str, orientation: Qt.Orientation, parent: QWidget) -> QSplitter:
    made = QSplitter(orientation, parent)
    made.setObjectName(f"networks.tasks.{name}.splitter")
    made.setChildrenCollapsible(False)
    return made


def _column(widgets: Sequence[QWidget], parent: QWidget, *, margin: int = 0) -> QFrame:
    """Widgets one under the other, the last one of which takes the height."""
    made = QFrame(parent)
    made.setProperty("role", "panel")
    column = QVBoxLayout(made)
    column.setContentsMargins(margin, margin // 2, margin, margin // 2)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return made


def _scrolled(widget: QWidget, parent: QWidget) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
    column.addWidget(widget)
    area = QScrollArea(parent)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
