"""The figures under the cursor, in columns of one width, so that nothing jitters."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPointF

from gui.detection.instances import Instance
from gui.pictures.pyramid import Pyramid

FIGURE_SPACE = "\u2007"  # as wide as a figure
NOTHING = "–"


def readout(
    at: QPointF | None,
    rgb: tuple[int, int, int] | None,
    under: Instance | None,
    *,
    pyramid: Pyramid | None,
    zoom: float,
) -> str:
    """`person 0.98 #1   x 512 y 384   RGB 12 200 31   640 × 480   183 %`.

    Args:
        at: picture px, or None outside the picture.
        rgb: the pixel there.
        under: the detection there.
        pyramid: the picture, for its size.
        zoom: device pixels per picture pixel.
    """
    x, y = (str(int(at.x())), str(int(at.y()))) if at is not None else (NOTHING, NOTHING)
    channels = [str(value) for value in rgb] if rgb else [NOTHING] * 3
    parts = [
        f"x {_wide(x, 4)}  y {_wide(y, 4)}",
        "RGB " + " ".join(_wide(channel, 3) for channel in channels),
        f"{_wide(f'{100 * zoom:.0f}', 4)} %",
    ]
    if pyramid is not None:
        parts.insert(2, f"{pyramid.width} × {pyramid.height}")
    if under is not None:
        parts.insert(0, f"{under.name} {QLocale().toString(under.score, 'f', 2)} #{under.number}")
    return "   ".join(parts)


def _wide(text: str, width: int) -> str:
    return FIGURE_SPACE * (width - len(text)) + text
