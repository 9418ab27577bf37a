"""What the head says of a box that was drawn: sentences and all class probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.fact_table import probability
from gui.widgets.probability_table import ProbabilityTable

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.queries.asked_box import BoxAnswer

BARS_SHOWN = 5  # classes in sight; the list scrolls
RPN_GATES = ("anchor", "level_top_n", "size", "rpn_score", "rpn_nms", "post_nms_top_n")


class HeadAnswerView(QWidget):
    """The answer to one box; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel(self)
        self.text.setObjectName("detection.lost.head.text")
        self.text.setWordWrap(True)
        self.bars = ProbabilityTable("detection.lost.head.table", self)
        self.bars.setAccessibleName(self.tr("Class probabilities"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.text)
        column.addWidget(self.bars)
        self.hide()

    def show_answer(
        self, answer: BoxAnswer, model: ModelFacts, failed: str | None, limit: float
    ) -> None:
        """Say what the head gives for the box, and which part of the detector failed.

        Args:
            failed: the gate at which the object was lost, None where it was found.
            limit: the score threshold of the answer's class.
        """
        names = (self.tr("background"), *model.classes)
        said = self.tr(
            "Given your box as its proposal, the head says {name} {score}, background"
            " {background}. Its refined box has an IoU of {iou} with yours."
        ).format(
            name=model.class_name(answer.label),
            score=probability(answer.score),
            background=probability(float(answer.class_probs[0])),
            iou=probability(answer.iou),
        )
        self.text.setText(f"{said} {self._conclusion(answer, failed, limit)}".rstrip())
        self.bars.fill_bars(names, answer.class_probs)
        self.bars.setFixedHeight(self.bars.rowHeight(0) * min(len(names), BARS_SHOWN) + 4)
        self.show()

    def _conclusion(self, answer: BoxAnswer, failed: str | None, limit: float) -> str:
        if failed is None:
            return ""
        if answer.score <= limit:
            return self.tr("So it is the head that does not see it, whatever the RPN proposes.")
        if failed in RPN_GATES:
            return self.tr("So it is the RPN that lost it: the head would have found it.")
        return self.tr("So the head sees it: the proposals lay worse than your box.")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.bars.setAccessibleName(self.tr("Class probabilities"))
        super().changeEvent(event)
