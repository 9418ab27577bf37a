"""The alternating schedule of the run that is shown: lanes, proof by hash, recall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.training.alternating.phases import STEPS
from gui import number_text, theme
from gui.training.phases.drawing import LanesDrawing, step_number

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

COUNTS = ("50", "100", "300", "1000")
IOUS = ("0.5", "0.7")
HASH_LETTERS = 12


class PhasesPanel(QWidget):
    """Follows a run by its frames; a joint one leaves the lanes unlit and says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.phases")
        self._phase = ""
        self._live = False
        self._records: dict[str, Mapping[str, Any]] = {}
        self._intro = _words(self, "training.phases.intro")
        self.drawing = LanesDrawing(self)
        self._proof = _words(self, "training.phases.proof")
        self._proof.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._caption = QLabel(self)
        self._caption.setProperty("role", "section")
        self.table = QTableWidget(0, 1 + len(COUNTS), self)
        self.table.setObjectName("training.recall.table")
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self._intro, self.drawing, self._proof, self._caption, self.table):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.retranslate()

    def clear(self) -> None:
        """Forget the run that was shown."""
        self._phase, self._records = "", {}
        self._show()

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Follow the run; its newest frame says where it is."""
        before = self._phase, len(self._records)
        for frame in frames:
            if frame.losses or step_number(frame.phase):
                self._phase = frame.phase
            if frame.finished is not None:
                self._records[str(frame.finished.get("phase"))] = frame.finished
        if before != (self._phase, len(self._records)):
            self._show()

    def set_live(self, live: bool) -> None:
        """Whether the run that is shown is the one that trains."""
        if live != self._live:
            self._live = live
            self._show()

    def inspect_state(self) -> dict[str, Any]:
        """What is lit and what has ended, for scripts."""
        return {"phase": self.drawing.lit, "ended": list(self._records)}

    def retranslate(self) -> None:
        self._caption.setText(self.tr("RECALL OF THE PROPOSALS ON HELD-OUT PICTURES"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Step, IoU"),
                *(self.tr("first {count}").format(count=count) for count in COUNTS),
            ]
        )
        self.table.setAccessibleName(self.tr("Recall of the proposals"))
        self.table.setToolTip(
            self.tr("The share of objects that one of the first proposals overlaps so much")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        number = step_number(self._phase)
        self.drawing.show_phase(self._phase, live=self._live)
        turn = (max(number, 1) - 1) // len(STEPS)
        first = len(STEPS) * turn + 1
        ended = [step_number(name) for name in self._records]
        self.drawing.set_done(sum(first <= step < first + len(STEPS) for step in ended))
        self._intro.setText(self._introduction(number, turn))
        self._proof.setText("\n".join(self._proofs()))
        self._proof.setVisible(bool(self._records))
        self._fill_table()

    def _introduction(self, number: int, turn: int) -> str:
        if self._phase and not number:
            return self.tr(
                "This run is joint: all parts learn together. With the schedule “Alternating” "
                "they learn in these four steps."
            )
        if turn:
            return self.tr("Round {round}: the four steps once more, from the last net.").format(
                round=turn + 1
            )
        return self.tr(
            "RPN and detector learn in turn (Faster R-CNN, section 3.2). From step 3 on the "
            "features are fixed, so that both use the same ones."
        )

    def _proofs(self) -> list[str]:
        lines = []
        for name, record in self._records.items():
            frozen = record.get("frozen")
            if not isinstance(frozen, Mapping):
                continue
            text = (
                self.tr("{step}: frozen tensors unchanged: yes, SHA-256 {hash}…")
                if frozen.get("unchanged") is True
                else self.tr("{step}: frozen tensors have changed, SHA-256 now {hash}…")
            )
            short = str(frozen.get("after", ""))[:HASH_LETTERS]
            lines.append(text.format(step=name, hash=short))
        return lines

    def _fill_table(self) -> None:
        rows = []
        for name, record in self._records.items():
            proposals = record.get("proposals")
            recall = proposals.get("recall") if isinstance(proposals, Mapping) else None
            if not isinstance(recall, Mapping):
                continue
            for iou in IOUS:
                of_iou = recall.get(iou)
                values = of_iou if isinstance(of_iou, Mapping) else {}
                title = f"{name}, {number_text.write(float(iou), digits=2)}"
                rows.append([title, *(_percent(values.get(count)) for count in COUNTS)])
        self.table.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                    item.setFont(theme.tabular(self.font()))
                self.table.setItem(row, column, item)
        for widget in (self._caption, self.table):
            widget.setVisible(bool(rows))
        height = self.table.horizontalHeader().sizeHint().height() + 4
        height += sum(self.table.rowHeight(row) for row in range(len(rows)))
        self.table.setFixedHeight(height)


def _percent(value: object) -> str:
    if not isinstance(value, int | float):
        return "–"
    return f"{number_text.write(100 * value, digits=3)} %"


def _words(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
