"""What a run is seen by, as pages: its losses, its steps, its gradients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from gui.training.choices import COSINE, LOSSES, PHASES
from gui.training.loss_curves import Curves
from gui.training.phases.gradient_cosine import CosinePanel
from gui.training.phases.panel import PhasesPanel

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame


class RunPages(QTabWidget):
    """Follow one run by its frames, all pages alike."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.pages")
        self.tabBar().setObjectName("training.pages.bar")
        self.tabBar().setDrawBase(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setDocumentMode(True)
        self.curves = Curves(self)
        self.phases = PhasesPanel(self)
        self.cosine = CosinePanel(self)
        self._pages = {LOSSES: self.curves, PHASES: self.phases, COSINE: self.cosine}
        for page in self._pages.values():
            self.addTab(page, "")
        self.retranslate()

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.setCurrentWidget(self._pages[key])

    def clear(self) -> None:
        """Forget the run that was shown."""
        for page in (self.curves, self.phases, self.cosine):
            page.clear()

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Show these frames behind what is there."""
        frames = tuple(frames)
        for page in (self.curves, self.phases, self.cosine):
            page.add(frames)

    def set_weights(self, weights: Mapping[str, float]) -> None:
        """The coefficients of the losses in the run that is shown."""
        self.curves.equation.set_weights(weights)

    def inspect_state(self) -> dict[str, Any]:
        return {**self.phases.inspect_state(), "equation": self.curves.equation.text()}

    def retranslate(self) -> None:
        self.tabBar().setAccessibleName(self.tr("Pages of the run"))
        for index, (title, tip) in enumerate(
            (
                (self.tr("Losses"), self.tr("The losses step by step")),
                (self.tr("Four Steps"), self.tr("What learns and what is fixed, and the proof")),
                (self.tr("Gradients"), self.tr("Do RPN and detector pull the same way?")),
            )
        ):
            self.setTabText(index, title)
            self.setTabToolTip(index, tip)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
