"""The column beside the picture: what is drawn and asked, the thresholds, and the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from gui import theme
from gui.detection.results.tabs import ResultTabs
from gui.widgets.slider_field import Threshold

WIDTH = 320
TAB_PADDING = 7  # px; five tabs in Russian, too
HEIGHTS = (405, 265)
ROOMY = 480  # px of the tabs above, while a stage shows its table or its matrix there
LEAST_BELOW = 186  # px: both thresholds, and one row of results


class Page(Protocol):
    """What marks the picture while its tab is in front."""

    def enter(self) -> None: ...

    def leave(self) -> None: ...


class SidePanel(QWidget):
    """Tabs about the picture above, the main thresholds, tabs of results below.

    The tabs above, by name: `layers`, then whatever `add` puts there.

    A page that draws on the picture goes on doing so while a tab that draws nothing is
    in front, where it says that it stays: thresholds are moved while a stage is looked at.

    Signals:
        escaped: Esc was pressed in it.
        drawing_changed: another page draws on the picture, or none.
        retranslated: its titles are in another language.

    Attributes:
        drawing: the name of the tab whose page draws on the picture; empty for none.
    """

    escaped = Signal()
    drawing_changed = Signal()
    retranslated = Signal()

    def __init__(
        self, score: Threshold, nms: Threshold, results: ResultTabs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # else the tabs look cut out
        self.setMinimumWidth(WIDTH)
        self._names: list[str] = []
        self._pages: list[Page | None] = []
        self._stays: dict[str, Callable[[], bool]] = {}
        self._heights: tuple[list[int], list[int]] | None = None  # before room was made, after
        self._results = results
        self._above: QWidget | None = None  # a panel in place of the tabs
        self._sizes: list[int] = []  # of the splitter without it
        self.drawing = ""
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("detection.side.tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("detection.side.bar")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setStyleSheet(f"QTabBar::tab {{ padding: 6px {TAB_PADDING}px; }}")
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        below = self.below = QWidget(self)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, theme.GAP, 0, 0)
        lower.setSpacing(theme.GAP)
        for widget in (self._heading, score, nms):
            lower.addWidget(widget)
        lower.addWidget(results, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setObjectName("detection.side.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.tabs)
        self.splitter.addWidget(below)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, theme.MARGIN)
        layout.addWidget(self.splitter)
        self.tabs.currentChanged.connect(self._turn)

    def add(
        self,
        name: str,
        panel: QWidget,
        page: Page | None = None,
        *,
        stays: Callable[[], bool] | None = None,
    ) -> None:
        """One more tab above; its page is told when it comes to the front and goes.

        Args:
            stays: whether the page goes on drawing beside a tab that draws nothing.
        """
        self._names.append(name)
        if stays is not None:
            self._stays[name] = stays
        self._pages.append(page)
        self.tabs.addTab(panel, "")
        self.retranslate()

    def add_scrolled(self, name: str, panel: QWidget) -> None:
        """One more tab above, of a panel that may be higher than there is room for."""
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(panel)
        self.add(name, scroll)

    def front(self) -> str:
        """The name of the tab in front."""
        return self._names[self.tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(self._names.index(name))

    def reset_layout(self) -> None:
        """The first heights again."""
        self.splitter.setSizes(list(HEIGHTS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Esc has the same code on every keyboard layout.
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _turn(self, index: int) -> None:
        name, now, before = self._names[index], self._pages[index], self.drawing
        if name == before or (now is None and before in self._stays and self._stays[before]()):
            return
        self.drawing = name if now is not None else ""
        if before:
            page = self._pages[self._names.index(before)]
            assert page is not None
            page.leave()
        if now is not None:
            now.enter()
        self.drawing_changed.emit()

    def set_scale(self, factor: float) -> None:
        """Wider, and only what is in front, for the lecture hall; 0 as ever."""
        self.setMinimumWidth(round(WIDTH * (factor or 1.0)))
        self.tabs.tabBar().setVisible(not factor)
        self.below.setVisible(not factor)

    def make_room(self, wanted: bool) -> None:
        """Let the tabs above have the height that they need, or give it back.

        Results stay as they are where the funnel is read, or a person has set the heights.
        """
        if wanted and self._heights is None:
            before = self.splitter.sizes()
            above = max(before[0], min(ROOMY, sum(before) - LEAST_BELOW))
            if above > before[0] and self._results.currentIndex() == 0:
                self.splitter.setSizes([above, sum(before) - above])
                self._heights = before, self.splitter.sizes()
        elif not wanted and self._heights is not None:
            before, after = self._heights
            self._heights = None
            if self.splitter.sizes() == after:
                self.splitter.setSizes(before)

    def put_above(self, panel: QWidget | None) -> None:
        """Show a panel in place of tabs and results, above the thresholds; None: as ever."""
        if self._above is not None:
            self._above.hide()
        self._above = panel
        self.tabs.setVisible(panel is None)
        self._results.setVisible(panel is None)
        if panel is not None:
            self._sizes = self.splitter.sizes()
            self.splitter.insertWidget(0, panel)
            panel.show()
            least = self.below.minimumSizeHint().height()
            self.splitter.setSizes([max(sum(self._sizes) - least, 0), 0, least])
        elif self._sizes:
            self.splitter.setSizes([*([0] if self.splitter.count() > 2 else []), *self._sizes])

    def title(self, name: str) -> str:
        """What a tab is called."""
        return self.tabs.tabText(self._names.index(name))

    def retranslate(self) -> None:
        self._heading.setText(self.tr("THRESHOLDS"))
        texts = {
            "layers": (self.tr("Layers"), self.tr("What is drawn over the picture")),
            "limits": (self.tr("Limits"), self.tr("Every threshold of the detector")),
            "stage": (self.tr("Stage"), self.tr("The chosen stage of the detector")),
            "origin": (self.tr("Origin"), self.tr("Where does this box come from?")),
            "lost": (self.tr("Lost"), self.tr("Where was my object lost?")),
        }
        for index, name in enumerate(self._names):
            self.tabs.setTabText(index, texts[name][0])
            self.tabs.setTabToolTip(index, texts[name][1])
        self.retranslated.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
