"""How many objects were found and missed, and how many boxes found none, with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.detection.ground_truth.layer import FALSE, FOUND, MISSED, sample

if TYPE_CHECKING:
    from engine.annotations.ground_truth import Matching


class MatchCounts(QWidget):
    """Three numbers, each after a piece of the line that its boxes have over the picture.

    It is hidden while nothing is matched.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matching: Matching | None = None
        self._counts = {kind: (QLabel(self), QLabel(self)) for kind in (FOUND, MISSED, FALSE)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for kind, (line, text) in self._counts.items():
            text.setObjectName(f"{name}.{kind}.label")
            text.setFont(theme.tabular(text.font()))
            row.addWidget(line)
            row.addWidget(text)
            row.addStretch(1)
        self.hide()

    def texts(self) -> list[str]:
        """What it says, from the first to the last."""
        return [label.text() for _, label in self._counts.values()]

    def show_matching(self, matching: Matching | None) -> None:
        """Count anew."""
        self._matching = matching
        self.setVisible(matching is not None)
        if matching is None:
            return
        numbers = {
            FOUND: (self.tr("found {count}"), len(matching.tp)),
            MISSED: (self.tr("missed {count}"), len(matching.fn)),
            FALSE: (self.tr("false {count}"), len(matching.fp)),
        }
        hints = {
            FOUND: self.tr("Objects that a shown detection found"),
            MISSED: self.tr("Objects that no shown detection found; click one to ask why"),
            FALSE: self.tr("Shown detections that found no object"),
        }
        for kind, (text, count) in numbers.items():
            line, label = self._counts[kind]
            line.setPixmap(sample(kind, self.devicePixelRatioF()))
            label.setText(text.format(count=QLocale().toString(count)))
            label.setToolTip(hints[kind])
            line.setToolTip(hints[kind])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_matching(self._matching)
        super().changeEvent(event)
