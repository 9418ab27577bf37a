"""What stands under the map: the curves, a cut, the critical points, as tabs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget


class TabPanel(QTabWidget):
    """Panels of which one is seen.

    Signals:
        chosen: the key of the panel that came to the front.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.lower")
        self.tabBar().setObjectName("descent.lower.bar")
        self.tabBar().setDrawBase(False)
        # In this order, as the widget sets its proxy's policy too.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setDocumentMode(True)
        self._keys: list[str] = []
        self._titles: list[tuple[str, str]] = []
        self._corners: list[QWidget | None] = []
        self._bare = False
        self.currentChanged.connect(self._on_changed)

    def add(
        self, key: str, panel: QWidget, title: str, *, tip: str, corner: QWidget | None = None
    ) -> None:
        """One more panel.

        Args:
            key: what `show_panel` and `chosen` call it.
            title: of its tab, marked for "descent".
            tip: a longer text, marked for "descent".
            corner: a choice that stands beside the tabs while the panel is in front.
        """
        self._keys.append(key)
        self._titles.append((title, tip))
        self._corners.append(corner)
        if corner is not None:
            self.setCornerWidget(corner)
        self.addTab(panel, "")
        self._show_corner()
        self.retranslate()

    @property
    def key(self) -> str:
        """Of the panel in front."""
        return self._keys[self.currentIndex()]

    def has_panel(self, key: str) -> bool:
        return key in self._keys

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front."""
        self.setCurrentIndex(self._keys.index(key))

    def set_bare(self, bare: bool) -> None:
        """Without the tabs' titles, for the lecture hall."""
        self._bare = bare
        self.tabBar().setVisible(not bare)
        self._show_corner()

    def _show_corner(self) -> None:
        for index, corner in enumerate(self._corners):
            if corner is not None:
                corner.setVisible(index == self.currentIndex() and not self._bare)

    def retranslate(self) -> None:
        self.tabBar().setAccessibleName(self.tr("Panels under the map"))
        self.tabBar().setToolTip(self.tr("What is seen under the map"))
        for index, (title, tip) in enumerate(self._titles):
            self.setTabText(index, QCoreApplication.translate("descent", title))
            self.setTabToolTip(index, QCoreApplication.translate("descent", tip))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_changed(self, index: int) -> None:
        self._show_corner()
        if 0 <= index < len(self._keys):
            self.chosen.emit(self._keys[index])
