"""What a row of the list says of its picture: found, missed, judged; a sign beside each number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui import theme
from gui.i18n import QT_TRANSLATE_NOOP

FOUND, MISSED, JUDGED = "found", "missed", "judged"
SIGNS = {FOUND: "●", MISSED: "○", JUDGED: "✓"}  # told apart without their colours
FONT_PX = 11
PLATE = QColor(16, 16, 16, 215)  # over a photograph of any brightness
COLORS = {
    FOUND: QColor(232, 234, 237),
    MISSED: QColor(255, 122, 69),
    JUDGED: QColor(86, 201, 138),
}

FOUND_TEXT = QT_TRANSLATE_NOOP("detection", "found: {count}")
MISSED_TEXT = QT_TRANSLATE_NOOP("detection", "missed: {count}")
JUDGED_TEXT = QT_TRANSLATE_NOOP("detection", "judged: {count} of {all}")


@dataclass(frozen=True)
class Badges:
    """What is known of a picture.

    Attributes:
        found: detections when the model last looked at it; None before that.
        missed: objects of the ground truth without a detection; None without ground truth.
        judged, to_judge: how many of how many an annotator's pass has judged; 0 of 0 without one.
        seen: whether the pass went on from it: what is not there was looked for.
    """

    found: int | None = None
    missed: int | None = None
    judged: int = 0
    to_judge: int = 0
    seen: bool = False

    @property
    def done(self) -> bool:
        """Whether every detection was judged, or that there is none."""
        return (self.seen or self.to_judge > 0) and self.to_judge <= self.judged

    def texts(self) -> list[tuple[str, str]]:
        """Kind and short text of every badge, in the order in which they stand."""
        number = QLocale().toString
        told = []
        if self.found is not None:
            told.append((FOUND, number(self.found)))
        if self.missed:
            told.append((MISSED, number(self.missed)))
        if self.to_judge or self.seen:
            both = number(self.judged), number(self.to_judge)
            told.append((JUDGED, both[0] if self.done else "/".join(both)))
        return told

    def sentence(self) -> str:
        """All of it in words."""
        number, words = QLocale().toString, []
        if self.found is not None:
            words.append(_translated(FOUND_TEXT).format(count=number(self.found)))
        if self.missed is not None:
            words.append(_translated(MISSED_TEXT).format(count=number(self.missed)))
        if self.to_judge or self.seen:
            text = _translated(JUDGED_TEXT)
            words.append(text.format(count=number(self.judged), all=number(self.to_judge)))
        return ", ".join(words)


def draw_badges(painter: QPainter, badges: Badges, area: QRectF, font: QFont) -> None:
    """Plates along the lower edge of an area, from its left."""
    font = QFont(theme.tabular(font))
    font.setPixelSize(FONT_PX)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, high = area.left(), metrics.height() + 1
    for kind, text in badges.texts():
        told = f"{SIGNS[kind]} {text}"
        plate = QRectF(left, area.bottom() - high, metrics.horizontalAdvance(told) + 8, high)
        if plate.right() > area.right():
            break
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, 3, 3)
        painter.setPen(COLORS[kind])
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, told)
        left = plate.right() + 2


def _translated(text: str) -> str:
    return QCoreApplication.translate("detection", text)
