"""What a run is seen by, as pages: its losses, its steps, its gradients, its evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.choices import COMPARISON, COSINE, EVALUATION, LAYERS, LOSSES, PHASES
from gui.training.comparison.page import ComparisonPage
from gui.training.evaluation.page import EvaluationPage
from gui.training.layers.panel import LayersPanel
from gui.training.loss_curves import Curves
from gui.training.phases.gradient_cosine import CosinePanel
from gui.training.phases.panel import PhasesPanel

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

PageT = TypeVar("PageT", bound=QWidget)


@dataclass(frozen=True)
class PageRecord:
    """A page, before it is built.

    Attributes:
        key: of `gui.training.choices`; the scenes of the lecture name it, too.
        title: in the bar, marked for "RunPages".
        tip: a longer text, marked for "RunPages".
        make: gives the widget for a parent. One with `clear` and `add` follows the frames
            (`FramePage`); any other is filled by a controller of its own.
    """

    key: str
    title: str
    tip: str
    make: Callable[[QWidget], QWidget]


PAGES = (
    PageRecord(
        LOSSES,
        QT_TRANSLATE_NOOP("RunPages", "Losses"),
        QT_TRANSLATE_NOOP("RunPages", "The losses step by step"),
        Curves,
    ),
    PageRecord(
        PHASES,
        QT_TRANSLATE_NOOP("RunPages", "Four Steps"),
        QT_TRANSLATE_NOOP("RunPages", "What learns and what is fixed, and the proof"),
        PhasesPanel,
    ),
    PageRecord(
        COSINE,
        QT_TRANSLATE_NOOP("RunPages", "Gradients"),
        QT_TRANSLATE_NOOP("RunPages", "Do RPN and detector pull the same way?"),
        CosinePanel,
    ),
    PageRecord(
        LAYERS,
        QT_TRANSLATE_NOOP("RunPages", "Layers"),
        QT_TRANSLATE_NOOP("RunPages", "How far a step moves each layer group, and its gradient"),
        LayersPanel,
    ),
    PageRecord(
        EVALUATION,
        QT_TRANSLATE_NOOP("RunPages", "Evaluation"),
        QT_TRANSLATE_NOOP("RunPages", "How good it is by COCO's rules, and where objects are lost"),
        EvaluationPage,
    ),
    PageRecord(
        COMPARISON,
        QT_TRANSLATE_NOOP("RunPages", "Comparison"),
        QT_TRANSLATE_NOOP("RunPages", "Several runs together: select them in the list"),
        ComparisonPage,
    ),
)


@runtime_checkable
class FramePage(Protocol):
    """A page that lives on the frames of the run that is shown."""

    def clear(self) -> None:
        """Forget the run that was shown."""

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Show these frames behind what is there."""


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
        self._before: QWidget | None = None
        self._pages = {record.key: record.make(self) for record in PAGES}
        self.curves = self.page(LOSSES, Curves)
        self.phases = self.page(PHASES, PhasesPanel)
        self.cosine = self.page(COSINE, CosinePanel)
        self.layers = self.page(LAYERS, LayersPanel)
        self.evaluation = self.page(EVALUATION, EvaluationPage)
        self.comparison = self.page(COMPARISON, ComparisonPage)
        for page in self._pages.values():
            self.addTab(page, "")
        self.retranslate()

    def page(self, key: str, kind: type[PageT]) -> PageT:
        """The widget of a page, as what it is."""
        page = self._pages[key]
        assert isinstance(page, kind)
        return page

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.setCurrentWidget(self._pages[key])

    def bring(self, key: str) -> None:
        """Bring a page to the front until `bring_back`."""
        if self.currentWidget() is not self._pages[key]:
            self._before = self.currentWidget()
        self.show_page(key)

    def bring_back(self, key: str) -> None:
        """Where that page is still in front, the one that was there before comes back."""
        if self._before is not None and self.currentWidget() is self._pages[key]:
            self.setCurrentWidget(self._before)
        self._before = None

    def clear(self) -> None:
        """Forget the run that was shown."""
        for page in self._pages.values():
            if isinstance(page, FramePage):
                page.clear()

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Show these frames behind what is there."""
        frames = tuple(frames)
        for page in self._pages.values():
            if isinstance(page, FramePage):
                page.add(frames)

    def set_weights(self, weights: Mapping[str, float]) -> None:
        """The coefficients of the losses in the run that is shown."""
        self.curves.equation.set_weights(weights)

    def inspect_state(self) -> dict[str, Any]:
        return {
            **self.phases.inspect_state(),
            "equation": self.curves.equation.text(),
            "comparison": self.comparison.inspect_state(),
        }

    def retranslate(self) -> None:
        self.tabBar().setAccessibleName(self.tr("Pages of the run"))
        for index, record in enumerate(PAGES):
            self.setTabText(index, QCoreApplication.translate("RunPages", record.title))
            self.setTabToolTip(index, QCoreApplication.translate("RunPages", record.tip))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
