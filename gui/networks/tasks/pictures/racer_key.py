"""Who is who in a plot: swatches and names, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.networks.tasks.pictures.racer_tile import KEY_PX, PAD_PX, text_font
from gui.racing.racer_style import draw_swatch

LINE_PX = 18


class RacerKey(QWidget):
    """Entries side by side, each with a note of its own where there is one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._racers: Sequence[tuple[str, RacerStyle]] = ()
        self._notes: Sequence[str] = ()
        self._scale = 1.0

    def set_racers(self, racers: Sequence[tuple[str, RacerStyle]]) -> None:
        """Names and looks."""
        self._racers, self._notes = tuple(racers), ()
        self._say()

    def set_notes(self, notes: Sequence[str]) -> None:
        """What is said of each after its name."""
        if tuple(notes) != tuple(self._notes):
            self._notes = tuple(notes)
            self._say()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        self._say()

    def texts(self) -> list[str]:
        """Names with their notes."""
        notes = list(self._notes) + [""] * len(self._racers)
        pairs = zip((name for name, _ in self._racers), notes, strict=False)
        return [f"{name}  {note}" if note else name for name, note in pairs]

    def _say(self) -> None:
        self.setAccessibleName("; ".join(self.texts()))
        self.updateGeometry()
        self.update()

    def _places(self, width: float) -> Iterator[QRectF]:
        """Where each entry stands, flowing from left to right."""
        measure = QFontMetricsF(text_font(self._scale))
        pad, high = PAD_PX * self._scale, LINE_PX * self._scale
        left, top = pad, pad / 2
        for text in self.texts():
            wide = KEY_PX * self._scale + pad + measure.horizontalAdvance(text) + 1
            if left > pad and left + wide > width - pad:
                left, top = pad, top + high
            yield QRectF(left, top, min(wide, width - 2 * pad), high)
            left += wide + 4 * pad

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = list(self._places(width))
        bottom = places[-1].bottom() if places else 0.0
        return round(bottom + PAD_PX * self._scale / 2)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, round(LINE_PX * self._scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = text_font(self._scale)
        painter.setFont(font)
        colors, key = theme.current(), KEY_PX * self._scale
        metrics = QFontMetricsF(font)
        places = self._places(self.width())
        for text, (_, look), place in zip(self.texts(), self._racers, places, strict=True):
            style = colors.racer(look)
            draw_swatch(
                painter,
                QRectF(place.left(), place.top(), key, place.height()),
                style,
                casing=colors.color("panel"),
            )
            painter.setPen(colors.color("text"))
            room = place.adjusted(key + PAD_PX * self._scale, 0, 0, 0)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
