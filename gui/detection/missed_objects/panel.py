"""Where was my object lost? A drawn box, the gates it passed, the one that failed, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.detection.canvas_tools import LOST, Tools
from gui.detection.layers.callouts import ASKED, GIVEN, RIVAL, Mark
from gui.detection.missed_objects.text import GATE_FIELDS, OWN_GATES, sentence
from gui.detection.picture_context import PictureContext
from gui.detection.provenance.animation import Box
from gui.detection.results.funnel_table import GATES
from gui.detection.thresholds.names import told, value_of
from gui.widgets.fact_table import FactTable, figure, whole

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.queries.missed_object import Gate, Verdict

ROUNDS = 12  # each takes one gate; an NMS may take several, a rival at a time


class LostPanel(QWidget):
    """One asked box and what became of the object in it."""

    def __init__(self, scope: PictureContext, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.lost.panel")
        self._scope, self._tools = scope, tools
        self._front = False
        self._box: Box | None = None
        self._verdict: Verdict | None = None
        self._rounds = 0  # changes that may still be applied by themselves
        self._before: Thresholds | None = None  # where the changes began
        self._tried = ""  # what they came to, when it was nothing
        self.draw = QPushButton(self)
        self.draw.setObjectName("detection.lost.draw.button")
        self.draw.setCheckable(True)
        icons.set_icon(self.draw, "target")
        self.label = QComboBox(self)
        self.label.setObjectName("detection.lost.class.combo")
        self.text = QLabel(self)
        self.text.setObjectName("detection.lost.text")
        self.text.setWordWrap(True)
        self.gates = FactTable("detection.lost.table", 3, self, titled=True)
        self.gates.stretch(0)
        self.rival = QPushButton(self)
        self.rival.setObjectName("detection.lost.rival.button")
        self.apply = QPushButton(self)
        self.apply.setObjectName("detection.lost.apply.button")
        self.apply.setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.draw)
        row.addWidget(self.label, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(row)
        layout.addWidget(self.text)
        layout.addWidget(self.gates, 1)
        layout.addWidget(self.rival)
        layout.addWidget(self.apply)
        self.draw.clicked.connect(self._arm)
        self.label.activated.connect(self._asked_anew)
        self.rival.clicked.connect(self._see_rival)
        self.apply.clicked.connect(self._apply)
        tools.changed.connect(self._show_tool)
        tools.drawn.connect(self._take)
        scope.changed.connect(self._judge)
        scope.session.inspected.connect(self._list_classes)
        self.retranslate()

    # The question

    def enter(self) -> None:
        """It came to the front."""
        self._front = True
        self._judge()

    def leave(self) -> None:
        """Something else is in front."""
        self._front = False
        if self._tools.purpose == LOST:
            self._tools.leave()
        self._scope.mark(())

    def put_above(self, widget: QWidget) -> None:
        """Something that leads to questions, over the rest."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, widget)

    def ask(self, box: Box, label: int | None = None) -> None:
        """Follow the object in a box, picture px; its class, from 1, where it is known."""
        if label is not None:
            self.label.setCurrentIndex(label)
        self._box, self._rounds, self._tried = box, 0, ""
        self._judge()

    def _arm(self) -> None:
        self._tools.toggle(LOST)

    def _show_tool(self) -> None:
        self.draw.setChecked(self._tools.purpose == LOST)

    def _take(self, purpose: str, rect: QRectF) -> None:
        if purpose == LOST:
            self.ask((rect.left(), rect.top(), rect.right(), rect.bottom()))

    def _asked_anew(self) -> None:
        self._rounds, self._tried = 0, ""
        self._judge()

    def _list_classes(self) -> None:
        inspection = self._scope.inspection
        if inspection is None:
            self._box = self._verdict = None
            return
        chosen = self.label.currentText()
        self.label.clear()
        self.label.addItem(self.tr("any class"))
        self.label.addItems(list(inspection.model.classes))
        self.label.setCurrentIndex(max(self.label.findText(chosen), 0))

    # The answer

    def _judge(self) -> None:
        from engine.detection.queries.missed_object import judge

        inspection, selection = self._scope.inspection, self._scope.session.selection
        if not self._front:
            return
        if self._box is None or inspection is None or selection is None:
            self._verdict = None
        elif len(selection.waiting):
            return  # the box head has yet to answer; it comes back here then
        else:
            label = self.label.currentIndex() or None
            self._verdict = judge(inspection.trace, selection, self._box, label)
        verdict = self._verdict
        if verdict is not None and self._rounds > 0:
            if verdict.change:
                self._rounds -= 1
                self._scope.session.change(dict(verdict.change))
                return
            self._end(verdict)
        self._write()
        self._draw()

    def _apply(self) -> None:
        """The smallest change, and the next ones while a further gate stops it."""
        if self._verdict is None:
            return
        if self._verdict.detection is not None:
            self._scope.choose(self._scope.session.shown[self._verdict.detection].pair)
            self._scope.origin_wanted.emit()
        elif self._verdict.change:
            self._rounds, self._before = ROUNDS, self._scope.session.limits
            self._judge()

    def _end(self, verdict: Verdict) -> None:
        """The changes are done: it is back, or everything is set back."""
        self._rounds = 0
        inspection = self._scope.inspection
        if verdict.detection is None and self._before is not None and inspection is not None:
            text = self.tr("Tried in vain, and set back: {sentence}")
            shown = self._scope.session.shown
            self._tried = text.format(sentence=sentence(verdict, inspection.model, shown))
            self._scope.session.set_limits(self._before)

    def _see_rival(self) -> None:
        rival = self._verdict.rival if self._verdict is not None else None
        if rival is not None and self._box is not None:
            x0, y0, x1, y1 = rival["box"]
            both = QRectF(x0, y0, x1 - x0, y1 - y0).united(
                QRectF(*self._box[:2], self._box[2] - self._box[0], self._box[3] - self._box[1])
            )
            self._scope.canvas.show_rect(both)

    # What is seen

    def _draw(self) -> None:
        if self._box is None:
            self._scope.mark(())
            return
        marks = [Mark(self._box, self.tr("asked"), ASKED, dashed=True)]
        verdict = self._verdict
        if verdict is not None and verdict.rival is not None:
            x0, y0, x1, y1 = verdict.rival["box"]
            marks.append(Mark((x0, y0, x1, y1), self._rival_name(), RIVAL, width=3))
        elif verdict is not None and verdict.detection is not None:
            found = self._scope.session.shown[verdict.detection]
            marks.append(Mark(found.box, self.tr("found"), GIVEN, width=3))
        self._scope.mark(marks)

    def _rival_name(self) -> str:
        inspection = self._scope.inspection
        rival = self._verdict.rival if self._verdict is not None else None
        if rival is None or inspection is None:
            return ""
        if rival["kind"] == "pair":
            name = inspection.model.class_name(rival["label"])
        else:
            name = self.tr("anchor {number}").format(number=whole(rival["index"] + 1))
        return f"{name} {figure(rival['score'])}"

    def _write(self) -> None:
        verdict, inspection = self._verdict, self._scope.inspection
        asked = verdict is not None and inspection is not None
        self.gates.setVisible(asked)
        self.rival.setVisible(asked and verdict is not None and verdict.rival is not None)
        self.apply.setVisible(asked)
        if verdict is None or inspection is None:
            self.text.setText(
                self.tr(
                    "Draw a box around something that was not found (B, then drag), or click"
                    " a missed object of the ground truth: every gate of the detector will say"
                    " whether it got through, and what would bring it back."
                )
            )
            return
        shown = self._scope.session.shown
        self.text.setText(self._tried or sentence(verdict, inspection.model, shown))
        self.gates.fill([self._row(gate) for gate in verdict.gates])
        for row, gate in enumerate(verdict.gates):
            token = {True: "good", False: "error", None: "muted"}[gate.passed]
            for column in range(3):
                plain = column > 0 and gate.passed is True
                color = theme.current().color("text" if plain else token)
                self.gates.paint_cell(row, column, color)
        if verdict.rival is not None:
            text = self.tr("See the rival: {name}, IoU {iou}")
            overlap = verdict.rival["iou"]
            self.rival.setText(text.format(name=self._rival_name(), iou=figure(overlap, 3)))
        if verdict.detection is not None:
            self.apply.setText(self.tr("Where does it come from?"))
        elif verdict.change:
            self.apply.setText(self.tr("Set {change}").format(change=told(verdict.change)))
        else:
            self.apply.setText(self.tr("No threshold brings it back"))
        possible = bool(verdict.change) and not self._tried
        self.apply.setEnabled(verdict.detection is not None or possible)

    def _row(self, gate: Gate) -> tuple[str, str, str]:
        sign = {True: "✓", False: "✗", None: "–"}[gate.passed]
        name = OWN_GATES.get(gate.name)
        if name is None:
            text = QCoreApplication.translate("funnel", GATES[gate.name][0])
        else:
            text = QCoreApplication.translate("verdicts", name)
        field = GATE_FIELDS[gate.name]
        number, limit = (
            "" if value is None else value_of(field, value)
            for value in (gate.number, gate.threshold)
        )
        return f"{sign} {text}", number, limit

    def retranslate(self) -> None:
        self.draw.setText(self.tr("Draw a box"))
        self.draw.setToolTip(self.tr("Ask for an object: drag a box around it (B; Esc leaves)"))
        self.label.setAccessibleName(self.tr("Class"))
        self.label.setToolTip(self.tr("What the object is"))
        if self.label.count():
            self.label.setItemText(0, self.tr("any class"))
        else:
            self.label.addItem(self.tr("any class"))
        self.gates.setAccessibleName(self.tr("Gates"))
        self.gates.setToolTip(self.tr("Each gate of the detector, and how the object fared"))
        self.gates.setHorizontalHeaderLabels([self.tr("Gate"), self.tr("Number"), self.tr("Limit")])
        self.rival.setToolTip(self.tr("Zoom to the object and to the box that took its place"))
        self.apply.setToolTip(self.tr("The smallest change of the thresholds that shows it"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if self._front:
                self._draw()
        super().changeEvent(event)
