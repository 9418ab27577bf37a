"""A view box that the wheel zooms about the cursor, and back to where it was."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

NOTCH = 1.25  # of zoom
NOTCH_DELTA = 120  # of the wheel, in Qt's eighths of a degree


class ZoomViewBox(pg.ViewBox):
    """Zooms about a pixel of the view that is shown, never about one that was painted last.

    pyqtgraph's own wheel reads the place under the cursor from the last painting: of several
    notches between two paintings all but the first zoom about a wrong place, and at a limit of
    the range about the middle. Here each is the exact inverse of the one that goes back.
    """

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        enabled = [bool(on) and axis in (None, k) for k, on in enumerate(self.mouseEnabled())]
        if not any(enabled):
            ev.ignore()  # type: ignore[attr-defined]
            return
        factor = NOTCH ** (ev.delta() / NOTCH_DELTA)  # type: ignore[attr-defined]
        # Over an axis the place is in the axis' own pixels, which count along it as ours do.
        self.zoom(factor, ev.pos(), (enabled[0], enabled[1]))  # type: ignore[attr-defined]
        ev.accept()  # type: ignore[attr-defined]
        self.sigRangeChangedManually.emit(enabled)

    def zoom(
        self, factor: float, at: QPointF | None = None, axes: tuple[bool, bool] = (True, True)
    ) -> None:
        """So many times nearer, as far as the limits of the range allow.

        Args:
            at: pixel of the view box whose point stays where it is; the middle when None.
            axes: which of x and y are zoomed; both, where the aspect is locked.
        """
        rect = self.rect()
        if rect.width() <= 0 or rect.height() <= 0:
            return
        if self.state["aspectLocked"] is not False:
            axes = (True, True)
        at = rect.center() if at is None else at
        ranges = [tuple(ends) for ends in self.viewRange()]
        limits = (self.state["limits"]["xRange"], self.state["limits"]["yRange"])
        shrink = 1 / factor
        for (low, high), (least, most), on in zip(ranges, limits, axes, strict=True):
            if on and shrink > 1 and most is not None:
                shrink = max(1.0, min(shrink, most / (high - low)))
            elif on and shrink < 1 and least is not None:
                shrink = min(1.0, max(shrink, least / (high - low)))
        shares = (
            (at.x() - rect.left()) / rect.width(),
            (rect.bottom() - at.y()) / rect.height(),
        )
        (x0, x1), (y0, y1) = (
            _about(low, high, share, shrink if on else 1.0)
            for (low, high), share, on in zip(ranges, shares, axes, strict=True)
        )
        if all(axes):
            self.setRange(QRectF(x0, y0, x1 - x0, y1 - y0), padding=0)
        elif axes[0]:
            self.setXRange(x0, x1, padding=0)
        else:
            self.setYRange(y0, y1, padding=0)


def _about(low: float, high: float, share: float, shrink: float) -> tuple[float, float]:
    """A range so many times as long, whose point at a share of its length stays there."""
    fixed = low + share * (high - low)
    return fixed - (fixed - low) * shrink, fixed + (high - fixed) * shrink
