"""Colours and measures of the window: one table drives Qt, the plots and our own painting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication

from engine.optimizers.looks import Fill, RacerStyle

# One grid for all margins and gaps, in pixels.
GAP = 8
MARGIN = 12


@dataclass(frozen=True)
class Series:
    """How one series of many looks: never by colour alone.

    Attributes:
        color: "#rrggbb".
        marker: a pyqtgraph symbol.
        dash: pen dashes in multiples of the pen's width; empty is a solid line.
        fill: of the marker: full, only its outline, or outline and a dot.
    """

    color: str
    marker: str
    dash: tuple[float, ...]
    fill: Fill = "full"


@dataclass(frozen=True)
class Theme:
    """Tokens of one look; every colour is "#rrggbb".

    The arrows' four colours are the lecture's; trails and series never use them.
    """

    name: str
    background: str  # the frame: workspace switcher, menus, status bar
    panel: str  # the work: panels, tables, plots
    raised: str  # controls that can be pressed
    hover: str
    field: str  # where one types
    border: str
    text: str
    muted: str  # secondary text, still 4.5:1 on the panel
    disabled: str
    knob: str  # a slider's handle
    accent: str
    on_accent: str
    selection: str  # selected rows
    error: str
    warning: str
    good: str
    casing: str  # around lines drawn over pictures and heat maps
    grid: str
    canvas: str  # behind pictures
    arrow_gradient: str  # red
    arrow_momentum: str  # blue
    arrow_classical: str  # green
    arrow_nesterov: str  # orange
    series: tuple[Series, ...]
    classes: tuple[str, ...]  # boxes and masks on photographs, by class or instance
    side_tints: tuple[str, str, str]  # class 0, undecided, class 1: the ground of a boundary
    side_inks: tuple[str, str]  # examples of class 0 and 1 upon it

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """A token as QColor with an opacity from 0 to 1."""
        color = QColor(getattr(self, token))
        color.setAlphaF(alpha)
        return color

    def series_style(self, index: int) -> Series:
        """The look of series number `index`; repeats after the last."""
        return self.series[index % len(self.series)]

    def racer(self, look: RacerStyle) -> Series:
        """How a racer is drawn on this ground."""
        color = look.color(dark=self.is_dark)
        return Series(color, SYMBOLS[look.marker], look.dash, look.fill)

    def class_color(self, index: int) -> QColor:
        return QColor(self.classes[index % len(self.classes)])


# pyqtgraph's symbol of each marker of a racer.
SYMBOLS = {
    "circle": "o",
    "square": "s",
    "diamond": "d",
    "star": "star",
    "cross": "x",
    "plus": "+",
    "pentagon": "p",
    "hexagon": "h",
    "triangle-up": "t1",
    "triangle-down": "t",
    "triangle-left": "t3",
    "triangle-right": "t2",
}
MARKERS = ("o", "t", "s", "d", "star", "x", "t1", "p")
DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (6, 3),
    (2, 2),
    (8, 3, 2, 3),
    (1, 2),
    (10, 4),
    (4, 2, 1, 2),
    (3, 5),
)


def series(*colors: str) -> tuple[Series, ...]:
    """Pair colours with markers and dashes."""
    return tuple(
        Series(color, marker, dash)
        for color, marker, dash in zip(colors, MARKERS, DASHES, strict=False)
    )


# Okabe-Ito, lightened for photographs; drawn with a casing.
CLASSES = ("#56b4e9", "#e69f00", "#2fc79a", "#f0e442", "#ff7a45", "#e48fc0", "#4f7dff", "#d9d2c0")

DARK = Theme(
    name="dark",
    background="#14161a",
    panel="#1b1e23",
    raised="#2a2e36",
    hover="#353a44",
    field="#121418",
    border="#363b45",
    text="#e8eaed",
    muted="#a0a8b4",
    disabled="#6b7280",
    knob="#e8eaed",
    accent="#3dbfae",
    on_accent="#04211d",
    selection="#1f4a47",
    error="#ff7b72",
    warning="#e3b341",
    good="#56c98a",
    casing="#000000",
    grid="#3a404b",
    canvas="#0e1013",
    arrow_gradient="#ff5a4f",
    arrow_momentum="#4f8cff",
    arrow_classical="#3fcf6e",
    arrow_nesterov="#ffa228",
    series=series(
        "#f5f7fa", "#ff8ad8", "#5fe0e6", "#f2e14c", "#c3a6ff", "#c9925a", "#7f8b9c", "#a3c65a"
    ),
    classes=CLASSES,
    side_tints=("#124a78", "#24282f", "#74450a"),
    side_inks=("#7cc8ff", "#ffb84d"),
)
LIGHT = Theme(
    name="light",
    background="#eceff3",
    panel="#ffffff",
    raised="#f3f5f8",
    hover="#e4e9ef",
    field="#ffffff",
    border="#cdd3dc",
    text="#1a1d21",
    muted="#59626f",
    disabled="#9aa3af",
    knob="#ffffff",
    accent="#0b7d72",
    on_accent="#ffffff",
    selection="#cfe9e5",
    error="#c2271b",
    warning="#8a6100",
    good="#1b7f45",
    casing="#ffffff",
    grid="#dfe3e9",
    canvas="#dde1e7",
    arrow_gradient="#d62718",
    arrow_momentum="#1f5fd6",
    arrow_classical="#14833b",
    arrow_nesterov="#c96a00",
    series=series(
        "#1a1d21", "#b0228a", "#007f8c", "#857000", "#6b46c1", "#5a3a1a", "#7b8794", "#274b8f"
    ),
    classes=CLASSES,
    side_tints=("#a3cdee", "#f6f7f9", "#f9cd8b"),
    side_inks=("#0a4f86", "#8f4400"),
)


class Mode(Enum):
    """What the user chose."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Notifier(QObject):
    """Tells painted things that the theme has changed.

    Signals:
        changed: after the palette is in place; windows put on their style sheets first.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.SYSTEM
        self.theme = DARK


_notifier: list[Notifier] = []


def notifier() -> Notifier:
    """The one notifier; made on first use, because a QObject wants the application first."""
    if not _notifier:
        _notifier.append(Notifier())
    return _notifier[0]


def current() -> Theme:
    """The theme that is shown now."""
    return _notifier[0].theme if _notifier else DARK


@contextmanager
def pretended(dark: bool | None) -> Iterator[None]:
    """Within, `current` is another theme, and nobody is told: for pictures that are not seen.

    Args:
        dark: whether it is the dark one; None for the one that is shown.
    """
    of = notifier()
    shown = of.theme
    if dark is not None:
        of.theme = DARK if dark else LIGHT
    try:
        yield
    finally:
        of.theme = shown


def mode() -> Mode:
    """What the user chose; SYSTEM follows the desktop."""
    return _notifier[0].mode if _notifier else Mode.SYSTEM


def system_theme() -> Theme:
    """What the desktop asks for; dark where it does not say."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return LIGHT if scheme is Qt.ColorScheme.Light else DARK


def written(color: QColor) -> str:
    """A colour as files have it, "#rrggbbaa"."""
    return f"{color.name()}{color.alpha():02x}"


def tabular(font: QFont) -> QFont:
    """The same font with figures of one width, so that live numbers do not jitter."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result
