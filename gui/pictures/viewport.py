"""Where a picture lies in its canvas: fitting, zooming about a point, panning. No widget here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from gui.pictures.view_transform import View

MAX_SCALE = 64.0  # device pixels per picture pixel
FIT_SCALE = 8.0  # fitting enlarges no further, device pixels per picture pixel
MARGIN = 8.0  # around a fitted picture
KEPT_PX = 48.0  # of the picture, however far it is pushed
SURROUNDINGS = 1.5  # a rectangle that is shown takes up one in so many of the sides


class Viewport:
    """A picture's place in a widget.

    Attributes:
        widget: the widget's rectangle, logical px.
        picture: (width, height) in picture px, or None without a picture.
        ratio: device pixels per logical pixel.
        scale: logical widget px per picture px.
        fitted: the whole picture is shown and follows the widget's size.
    """

    def __init__(self) -> None:
        self.widget = QRectF()
        self.picture: tuple[int, int] | None = None
        self.ratio = 1.0
        self.scale = 1.0
        self._origin = QPointF(0, 0)
        self.fitted = True

    @property
    def origin(self) -> QPointF:
        """The picture's corner in the widget, on a device pixel."""
        return QPointF(
            round(self._origin.x() * self.ratio) / self.ratio,
            round(self._origin.y() * self.ratio) / self.ratio,
        )

    def view(self) -> View:
        """The present view."""
        width, height = self.picture or (0, 0)
        area = QRectF(self.origin.x(), self.origin.y(), self.scale * width, self.scale * height)
        return View(
            self.scale,
            self.origin.x(),
            self.origin.y(),
            area,
            area.intersected(self.widget),
            self.ratio,
        )

    def to_picture(self, at: QPointF) -> QPointF:
        """Widget pixels to picture pixels."""
        return (at - self.origin) / self.scale

    def fit(self) -> None:
        """Show the whole picture."""
        self.fitted = True
        if self.picture is None or self.widget.width() <= 0:
            return
        width, height = self.picture
        scale = min(
            max(self.widget.width() - 2 * MARGIN, 16) / width,
            max(self.widget.height() - 2 * MARGIN, 16) / height,
            FIT_SCALE / self.ratio,
        )
        middle = QPointF(width * scale / 2, height * scale / 2)
        self._place(scale, self.widget.center() - middle)

    def zoom_to(self, scale: float, about: QPointF) -> None:
        """Take a scale; the picture point under a widget point, or nearest to it, stays there.

        So the picture stays in sight, and zooming back returns to the same view: the place is
        kept exactly, as a corner on whole pixels would move the more the nearer one comes.
        """
        assert self.picture is not None
        scale = self._bounded(scale)
        fixed = (about - self._origin) / self.scale
        fixed = QPointF(
            min(max(fixed.x(), 0.0), float(self.picture[0])),
            min(max(fixed.y(), 0.0), float(self.picture[1])),
        )
        self.fitted = False
        self._origin += fixed * (self.scale - scale)
        self.scale = scale

    def show_rect(self, rect: QRectF) -> None:
        """Fill the widget with a picture rectangle and some surroundings."""
        scale = self._bounded(
            min(
                self.widget.width() / (rect.width() * SURROUNDINGS),
                self.widget.height() / (rect.height() * SURROUNDINGS),
            )
        )
        self.fitted = False
        self._place(scale, self.widget.center() - rect.center() * scale)

    def pan(self, by: QPointF) -> None:
        """Push the picture by widget pixels."""
        self.fitted = False
        self._place(self.scale, self._origin + by)

    def _bounded(self, scale: float) -> float:
        if self.picture is None:
            return scale
        lowest = 8.0 / max(*self.picture, 8)
        return min(max(scale, lowest), MAX_SCALE / self.ratio)

    def _place(self, scale: float, origin: QPointF) -> None:
        """Keep part of the picture in sight."""
        assert self.picture is not None
        width, height = self.picture[0] * scale, self.picture[1] * scale
        area = self.widget
        x = min(max(origin.x(), min(KEPT_PX - width, 0)), max(area.width() - KEPT_PX, 0))
        y = min(max(origin.y(), min(KEPT_PX - height, 0)), max(area.height() - KEPT_PX, 0))
        self.scale = scale
        self._origin = QPointF(x, y)
