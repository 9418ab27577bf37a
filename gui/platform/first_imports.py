"""What the window imports before anything else: in the order, and without the extras, that
would cost its start.

NumPy comes before Qt, and Qt reads no sources: as soon as PySide6 is there, it reads the source
text of each module that is imported, torch's thousand included, to see whether that may ask for
snake_case names (`from __feature__ import ...`). Nothing here does.

pyqtgraph comes without CUDA's bindings and QtTest. It looks for the first, which asks `ldconfig`
what there is, for the sake of a widget for video, and for the second to wait in its own tests;
it does without where they are missing. It also comes without the widgets and items that it offers
and we do not use, a third of its modules: who asks for one of them by its own name gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import numpy  # noqa: F401

NEEDLESS = ("cuda.bindings", "PySide6.QtTest")
# Of pyqtgraph: what nothing that is loaded before the first paint, nor `pyqtgraph.opengl`, needs.
UNUSED = (
    *(
        f"graphicsItems.{name}"
        for name in (
            *("BoxplotItem", "ColorBarItem", "CurvePoint", "DateAxisItem", "ErrorBarItem"),
            *("GradientEditorItem", "GradientLegend", "GraphItem", "GridItem"),
            *("HistogramLUTItem", "IsocurveItem", "PColorMeshItem", "ScaleBar", "TargetItem"),
            "VTickGroup",
        )
    ),
    *(
        f"widgets.{name}"
        for name in (
            *("BusyCursor", "CheckTable", "ColorMapMenu", "ColorMapWidget", "ComboBox"),
            *("DataFilterWidget", "DataTreeWidget", "DiffTreeWidget", "FeedbackButton"),
            *("GradientWidget", "GroupBox", "HistogramLUTWidget", "JoystickButton"),
            *("LayoutWidget", "PathButton", "ProgressDialog", "RawImageWidget"),
            *("RemoteGraphicsView", "ScatterPlotWidget", "SpinBox", "TableWidget"),
            *("TreeWidget", "ValueLabel", "VerticalLabel"),
        )
    ),
    "imageview",
)


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """For as long as this lasts, modules that nobody has imported yet count as not installed."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


class Unused(ModuleType):
    """In place of a module: it gives a class of no use for its own name."""

    __all__ = ()

    def __getattr__(self, name: str) -> type:
        if name != self.__name__.rpartition(".")[2]:
            raise AttributeError(name)
        return type(name, (), {"__module__": self.__name__})


@contextmanager
def unused(package: str, *names: str) -> Iterator[None]:
    """For as long as this lasts, modules of a package that nobody has imported yet are empty."""
    full = [f"{package}.{name}" for name in names]
    made = {name: Unused(name) for name in full if name not in sys.modules}
    sys.modules.update(made)
    try:
        yield
    finally:
        for name in made:
            del sys.modules[name]


def uses_no_feature(module: ModuleType) -> bool:
    """PySide's question of a module that was just imported."""
    return False


def spare_sources() -> None:
    """Have PySide not read the source of what is imported from now on."""
    try:
        feature = import_module("shibokensupport.feature")
    except ImportError:  # a PySide that is put together in another way
        return
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = uses_no_feature


import PySide6.QtCore  # noqa: E402, F401

spare_sources()
with left_out(*NEEDLESS), unused("pyqtgraph", *UNUSED):
    import pyqtgraph  # noqa: F401
