"""The pages of the workspace, one record each, in the order of the bar."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.page import Page


@dataclass(frozen=True)
class PageRecord:
    """A page, before it is built.

    Attributes:
        name: of its folder `gui/networks/NAME`; its scenes name it, too.
        title: in the bar, marked for "networks".
        tip: a longer text, marked for "networks".
        class_name: its class in `gui.networks.NAME.page`.
    """

    name: str
    title: str
    tip: str
    class_name: str

    def load(self) -> type[Page]:
        """Import the page's class."""
        loaded: type[Page] = getattr(
            import_module(f"gui.networks.{self.name}.page"), self.class_name
        )
        return loaded


PAGES = (
    PageRecord(
        "chain_rule",
        QT_TRANSLATE_NOOP("networks", "Chain Rule"),
        QT_TRANSLATE_NOOP("networks", "The derivative of a composite function, on its graph"),
        "ChainRulePage",
    ),
    PageRecord(
        "backprop",
        QT_TRANSLATE_NOOP("networks", "Backpropagation"),
        QT_TRANSLATE_NOOP("networks", "A multilayer perceptron learns, number by number"),
        "BackpropPage",
    ),
    PageRecord(
        "tasks",
        QT_TRANSLATE_NOOP("networks", "Tasks"),
        QT_TRANSLATE_NOOP("networks", "Optimizers race on small real networks"),
        "TasksPage",
    ),
)
