"""Where was my object lost? The verdict, the ways back, what the head says, and all gates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.detection.missed_objects.attempts import CROP, LARGER
from gui.detection.missed_objects.gates_table import GatesTable
from gui.detection.missed_objects.head_answer import HeadAnswerView
from gui.detection.missed_objects.routes_list import RoutesList

if TYPE_CHECKING:
    from engine.detection.queries.missed_object import Gate


NARROW = "QPushButton { padding-left: 6px; padding-right: 6px; }"  # three in a row, in Russian


class MissedObjectPanel(QScrollArea):
    """One asked object and what became of it.

    Signals:
        retranslated: it needs its result again, in another language.
        attempt_wanted: of `attempts.LARGER` and `attempts.CROP`.
    """

    retranslated = Signal()
    attempt_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.lost.panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget(self)
        self.draw = QPushButton(body)
        self.draw.setObjectName("detection.lost.draw.button")
        self.draw.setCheckable(True)
        icons.set_icon(self.draw, "target")
        self.label = QComboBox(body)
        self.label.setObjectName("detection.lost.class.combo")
        self.text = self._sentences("detection.lost.text", body)
        self.routes = RoutesList(body)
        self.apply = QPushButton(body)
        self.apply.setObjectName("detection.lost.apply.button")
        self.rival = QPushButton(body)
        self.rival.setObjectName("detection.lost.rival.button")
        self.ask = QPushButton(body)
        self.ask.setObjectName("detection.lost.head.button")
        self.ask.setCheckable(True)
        self.attempts = {kind: QPushButton(body) for kind in (LARGER, CROP)}
        self.head = HeadAnswerView(body)
        self.tried = self._sentences("detection.lost.tried.text", body)
        self.gates = GatesTable(body)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.draw)
        row.addWidget(self.label, 1)
        questions = QHBoxLayout()
        questions.setSpacing(4)
        self.ask.setStyleSheet(NARROW)
        questions.addWidget(self.ask, 1)
        for kind, button in self.attempts.items():
            button.setObjectName(f"detection.lost.{kind}.button")
            button.setProperty("kind", kind)
            button.setCheckable(True)
            button.setStyleSheet(NARROW)
            button.clicked.connect(self._want_attempt)
            questions.addWidget(button, 1)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, theme.GAP, 4, 0)
        self._column.setSpacing(theme.GAP)
        self._column.addLayout(row)
        self._column.addWidget(self.text)
        self._column.addWidget(self.routes)
        self._column.addWidget(self.apply)
        self._column.addWidget(self.rival)
        self._column.addLayout(questions)
        self._column.addWidget(self.tried)
        self._column.addWidget(self.head)
        self._column.addWidget(self.gates)
        self._column.addStretch(1)
        self.setWidget(body)
        self.retranslate()
        self.show_nothing()

    def _sentences(self, name: str, parent: QWidget) -> QLabel:
        label = QLabel(parent)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def put_below(self, widget: QWidget) -> None:
        """Something that leads to questions, below the answers."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def set_classes(self, names: Sequence[str]) -> None:
        """What the object can be; what was chosen stays where it is among them."""
        chosen = self.label.currentText()
        self.label.clear()
        self.label.addItem(self.tr("any class"))
        self.label.addItems(list(names))
        self.label.setCurrentIndex(max(self.label.findText(chosen), 0))

    def show_nothing(self) -> None:
        """Say how to ask."""
        for widget in (self.gates, self.rival, self.apply, self.ask, *self.attempts.values()):
            widget.hide()
        for widget in (self.routes, self.head, self.tried):
            widget.hide()
        self.text.setText(
            self.tr(
                "Draw a box around something that was not found (B, then drag), or click"
                " a missed object of the ground truth: every gate of the detector will say"
                " whether it got through, and what would bring it back."
            )
        )

    def show_result(self, sentence: str, gates: Sequence[Gate], rival: str) -> None:
        """Show gate by gate what became of the object.

        Args:
            rival: who took its place, as a sentence; empty for nobody.
        """
        self.text.setText(sentence)
        self.gates.show_gates(gates)
        self.rival.setText(rival)
        for widget in (self.gates, self.apply, self.ask, *self.attempts.values()):
            widget.show()
        self.rival.setVisible(bool(rival))

    def offer(self, text: str, *, enabled: bool, advised: bool) -> None:
        """What the large button does.

        Args:
            advised: it is what a person came for, and not the second choice.
        """
        self.apply.setText(text)
        self.apply.setEnabled(enabled)
        role = "primary" if advised else ""
        if self.apply.property("role") != role:
            self.apply.setProperty("role", role)
            self.apply.style().unpolish(self.apply)
            self.apply.style().polish(self.apply)

    def show_attempts(self, told: str, running: str) -> None:
        """What came of runs with more resolution, and which is at work."""
        self.tried.setText(told)
        self.tried.setVisible(bool(told))
        for kind, button in self.attempts.items():
            button.setChecked(kind == running)

    def _want_attempt(self) -> None:
        self.attempt_wanted.emit(self.sender().property("kind"))

    def retranslate(self) -> None:
        self.draw.setText(self.tr("Draw a box"))
        self.draw.setToolTip(self.tr("Ask for an object: drag a box around it (B; Esc leaves)"))
        self.label.setAccessibleName(self.tr("Class"))
        self.label.setToolTip(self.tr("What the object is"))
        if self.label.count():
            self.label.setItemText(0, self.tr("any class"))
        else:
            self.label.addItem(self.tr("any class"))
        self.rival.setToolTip(self.tr("Zoom to the object and to the box that took its place"))
        self.apply.setToolTip(self.tr("Set what is chosen above; one undo takes it back (Ctrl+Z)"))
        self.ask.setText(self.tr("Ask the head"))
        self.ask.setToolTip(
            self.tr(
                "Your box as a proposal: which classes, box, mask and keypoints the model would"
                " give there. So one sees whether the RPN or the head lost it."
            )
        )
        self.attempts[LARGER].setText(self.tr("Try at 1.5×"))
        self.attempts[LARGER].setToolTip(
            self.tr(
                "Run the model on the picture at 1.5 times its usual input; what is shown stays."
                " Again stops it."
            )
        )
        self.attempts[CROP].setText(self.tr("Try a crop"))
        self.attempts[CROP].setToolTip(
            self.tr(
                "Run the model on what lies around the object alone; what is shown stays. Again"
                " stops it."
            )
        )
        self.retranslated.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
