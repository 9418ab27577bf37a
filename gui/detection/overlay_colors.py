"""Colours drawn over photographs, the same on a dark and on a light desktop."""

from __future__ import annotations

from PySide6.QtGui import QColor

from gui.theme import CLASSES

INSTANCE_COLORS: tuple[tuple[int, int, int], ...] = tuple(
    (int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)) for code in CLASSES
)
CASING = QColor(16, 16, 16)  # under every line, so that it shows on any picture
LEFT_SIDE = QColor(86, 180, 233)
RIGHT_SIDE = QColor(230, 159, 0)
MIDDLE = QColor(240, 240, 240)

# Viridis at 16 even steps.
_VIRIDIS = (
    "440154 481a6c 472f7d 414487 39568c 31688e 2a788e 23888e "
    "1f988b 22a884 35b779 54c568 7ad151 a5db36 d2e21b fde725"
)
VIRIDIS: tuple[QColor, ...] = tuple(QColor("#" + code) for code in _VIRIDIS.split())


def instance_color(index: int) -> tuple[int, int, int]:
    """RGB of the index-th instance; the colours repeat."""
    return INSTANCE_COLORS[index % len(INSTANCE_COLORS)]


def on_color(rgb: tuple[int, int, int]) -> QColor:
    """Black or white, whichever reads better on a ground of this colour."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in rgb)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor(0, 0, 0) if luminance > 0.179 else QColor(255, 255, 255)


def scalar_color(value: float) -> QColor:
    """Viridis for a value from 0 to 1."""
    return VIRIDIS[min(max(int(value * len(VIRIDIS)), 0), len(VIRIDIS) - 1)]
