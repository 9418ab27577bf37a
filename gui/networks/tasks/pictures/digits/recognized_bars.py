"""What each racer takes the drawn digit for: a row of ten bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.networks.tasks.pictures.racer_tile import KEY_PX, PAD_PX, percent, text_font
from gui.racing.racer_style import draw_swatch

LEAST_PX, MOST_PX, FOOT_PX = 17, 56, 14
ANSWER_PX = 48  # of "7  93 %"
DIGITS = 10


class RecognizedBars(QWidget):
    """Rows in the order of the racers; the digits stand below."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self._racers: Sequence[tuple[str, RacerStyle]] = ()
        self._shares: NDArray[np.float32] | None = None
        self._scale = 1.0

    def set_racers(self, racers: Sequence[tuple[str, RacerStyle]]) -> None:
        """Names and looks."""
        self._racers, self._shares = tuple(racers), None
        self._limit()
        self.updateGeometry()
        self._say()

    def show_shares(self, shares: NDArray[np.float32] | None) -> None:
        """Probabilities (R, 10) of each digit; None for nothing drawn."""
        self._shares = shares
        self._say()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        self._limit()
        self.updateGeometry()
        self.update()

    def _limit(self) -> None:
        rows = max(1, len(self._racers))
        self.setMaximumHeight(round((rows * MOST_PX + FOOT_PX) * self._scale))

    def answers(self) -> list[str]:
        """What each racer says, in words; nothing before a digit is drawn."""
        if self._shares is None:
            return []
        best = self._shares.argmax(axis=1)
        shares = self._shares[np.arange(len(best)), best]
        return [f"{digit}  {percent(share)} %" for digit, share in zip(best, shares, strict=True)]

    def _say(self) -> None:
        names = [name for name, _ in self._racers]
        pairs = zip(names, self.answers(), strict=False)
        self.setAccessibleDescription("; ".join(f"{name}: {said}" for name, said in pairs))
        self.update()

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._racers))
        wanted = min(MOST_PX, max(LEAST_PX, 120 // rows))
        return QSize(190, round((rows * wanted + FOOT_PX) * self._scale))

    def minimumSizeHint(self) -> QSize:
        rows = max(1, len(self._racers))
        return QSize(150, round((rows * LEAST_PX + FOOT_PX) * self._scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, colors = self._scale, theme.current()
        foot = FOOT_PX * scale
        rows = max(1, len(self._racers))
        high = min(MOST_PX * scale, (self.height() - foot) / rows)
        key, pad = KEY_PX * scale, PAD_PX * scale
        left = 2 * pad + key + ANSWER_PX * scale
        step = (self.width() - left - pad) / DIGITS
        answers = self.answers()
        small = text_font(scale, small=True)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, (_, look) in enumerate(self._racers):
            top = row * high
            style = colors.racer(look)
            draw_swatch(
                painter,
                QRectF(pad, top, key, high),
                style,
                casing=colors.color("panel"),
            )
            base = top + high - 2
            painter.setPen(QPen(colors.color("border"), 1))
            painter.drawLine(QPointF(left, base), QPointF(left + DIGITS * step, base))
            if self._shares is None or row >= len(answers):
                continue
            painter.setFont(text_font(scale))
            painter.setPen(colors.color("text"))
            said = QRectF(2 * pad + key, top, ANSWER_PX * scale - pad, high)
            painter.drawText(said, flags, answers[row])
            painter.setPen(Qt.PenStyle.NoPen)
            for digit, share in enumerate(self._shares[row].tolist()):
                tall = share * (high - 4)
                bar = QRectF(left + (digit + 0.14) * step, base - tall, 0.72 * step, tall)
                painter.fillRect(bar, QColor(style.color))
        painter.setFont(small)
        painter.setPen(colors.color("muted"))
        for digit in range(DIGITS):
            place = QRectF(left + digit * step, rows * high, step, foot)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(digit))
        painter.end()
