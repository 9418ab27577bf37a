"""The exercise: fields for the numbers asked for, the first wrong one marked with its rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import number_text
from gui.bridge import Bridge
from gui.messages import note_text, sentence
from gui.networks.backprop import letters
from gui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from engine.networks.backprop.exercise import Exercise, Judgement
    from engine.networks.backprop.spec import BackpropSpec

KEY = "networks.backprop.exercise"
RIGHT, WRONG = "✓", "✗"


def make(spec: BackpropSpec | None, seed: int, difficulty: int) -> Iterator[Exercise]:
    """The exercise of a net, or of a seed, on the worker."""
    from engine.networks.backprop.exercise import make_exercise, random_net

    yield make_exercise(random_net(seed, difficulty) if spec is None else spec, difficulty)


def mark(exercise: Exercise, answers: tuple[float | None, ...]) -> Iterator[Judgement]:
    """What became of the answers, on the worker."""
    from engine.networks.backprop.exercise import judge

    yield judge(exercise, answers)


@dataclass(frozen=True)
class SheetsWanted:
    """What sheets are printed of.

    Attributes:
        seed: of the first sheet's net.
        net: whose examples are asked for in place of nets of seeds; None for these.
    """

    seed: int
    difficulty: int
    net: BackpropSpec | None


class ExercisePanel(QWidget):
    """Makes exercises and marks answers.

    Attributes:
        net: what is set on the page.

    Signals:
        made: an exercise whose net should be shown.
        export_asked: sheets are wanted: a `SheetsWanted`.
        failed: why there is no exercise.
    """

    made = Signal(object)
    export_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self.exercise: Exercise | None = None
        self.net: BackpropSpec | None = None
        self._fields: list[QLineEdit] = []
        self._marks: list[QLabel] = []
        self.difficulty = QComboBox(self)
        self.difficulty.setObjectName("networks.backprop.difficulty.combo")
        for level in (1, 2, 3):
            self.difficulty.addItem("", level)
        self.difficulty.setCurrentIndex(1)
        self.seed = NumberField(1, self, minimum=0, maximum=1_000_000, integer=True)
        self.seed.setObjectName("networks.backprop.exercise.seed.field")
        self.own = QCheckBox(self)
        self.own.setObjectName("networks.backprop.exercise.own.check")
        self.own.toggled.connect(self._on_own)
        self.new = self._button("networks.backprop.exercise.new.button", self._on_new)
        self.check = self._button("networks.backprop.exercise.check.button", self._on_check)
        self.export = self._button("networks.backprop.exercise.export.button", self._on_export)
        self.said = QLabel(self)
        self.said.setObjectName("networks.backprop.exercise.label")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self._seed_label = QLabel(self)
        self._seed_label.setBuddy(self.seed)
        self._asked = QWidget(self)
        self._grid = QGridLayout(self._asked)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea(self)
        scroll.setObjectName("networks.backprop.exercise.scroll")
        scroll.setWidget(self._asked)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._seed_label)
        top.addWidget(self.seed)
        column.addWidget(self.difficulty)
        column.addLayout(top)
        column.addWidget(self.own)
        column.addWidget(self.new)
        column.addWidget(self.said)
        column.addWidget(scroll, 1)
        column.addWidget(self.check)
        column.addWidget(self.export)
        self._judgement: Judgement | None = None
        self.retranslate()

    def _button(self, name: str, pressed: object) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.clicked.connect(pressed)
        return button

    @Slot()
    def _on_new(self) -> None:
        seed, net = int(self.seed.value()), self._own_net()
        if self.exercise is not None and net is None:
            self.seed.set_value(seed + 1)
            seed += 1
        level = self.difficulty.currentData()
        self._bridge.start(
            "descent",
            KEY,
            partial(make, net, seed, level),
            on_snapshot=self._on_made,
            on_error=self._on_error,
        )

    @Slot()
    def _on_check(self) -> None:
        if self.exercise is None:
            return
        answers: list[float | None] = []
        for place, field in enumerate(self._fields):
            try:
                answers.append(number_text.parse(field.text()) if field.text().strip() else None)
            except number_text.NumberError as error:
                self.said.setText(f"{self._symbol(place)}: {error}")
                field.setFocus()
                return
        self._bridge.start(
            "descent",
            KEY,
            partial(mark, self.exercise, tuple(answers)),
            on_snapshot=self._on_judged,
            on_error=self._on_error,
        )

    @Slot()
    def _on_export(self) -> None:
        level = self.difficulty.currentData()
        self.export_asked.emit(SheetsWanted(int(self.seed.value()), level, self._own_net()))

    def _own_net(self) -> BackpropSpec | None:
        return self.net if self.own.isChecked() else None

    @Slot(bool)
    def _on_own(self, own: bool) -> None:
        for widget in (self._seed_label, self.seed):
            widget.setEnabled(not own)

    def _on_error(self, error: Exception) -> None:
        self.said.setText(sentence(error))

    def _on_made(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self._judgement = None
        for each in (*self._fields, *self._marks):
            each.hide()
            each.deleteLater()
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (label := item.widget()) is not None:
                label.hide()
                label.deleteLater()
        self._fields, self._marks = [], []
        for place, question in enumerate(exercise.questions):
            name = letters.plain(question.symbol)
            label = QLabel(f"{name} =", self._asked)
            field = QLineEdit(self._asked)
            field.setObjectName(f"networks.backprop.answer.{question.symbol.lower()}.field")
            field.setAccessibleName(name)
            field.returnPressed.connect(self._on_check)
            found = QLabel(self._asked)
            found.setFixedWidth(18)
            label.setBuddy(field)
            self._grid.addWidget(label, place, 0)
            self._grid.addWidget(field, place, 1)
            self._grid.addWidget(found, place, 2)
            self._fields.append(field)
            self._marks.append(found)
        self._grid.setRowStretch(len(exercise.questions), 1)
        self._show_said()
        self.check.setEnabled(True)
        self.made.emit(exercise)
        if self._fields:
            self._fields[0].setFocus()

    def _on_judged(self, judgement: Judgement) -> None:
        self._judgement = judgement
        wrong = judgement.wrong
        for place, (field, found) in enumerate(zip(self._fields, self._marks, strict=True)):
            given = bool(field.text().strip())
            bad = place == wrong
            judged = given and (wrong is None or place <= wrong)
            found.setText((WRONG if bad else RIGHT) if judged else "")
            field.setProperty("wrong", bad)
            field.style().polish(field)
        if wrong is not None:
            self._fields[wrong].setFocus()
            self._fields[wrong].selectAll()
            self._scroll.ensureWidgetVisible(self._fields[wrong])
        self._show_said()

    def _symbol(self, place: int) -> str:
        assert self.exercise is not None
        return letters.plain(self.exercise.questions[place].symbol)

    def _show_said(self) -> None:
        exercise, judgement = self.exercise, self._judgement
        if exercise is None:
            self.said.setText(self.tr("Make an exercise, work it out and type the numbers."))
        elif judgement is None:
            self.said.setText(
                self.tr("Type what you work out; the picture shows what is given, not the results.")
            )
        elif judgement.wrong is not None and judgement.rule is not None:
            self.said.setText(f"{self._symbol(judgement.wrong)}: {note_text(judgement.rule)}")
        elif judgement.answered < len(exercise.questions):
            text = self.tr("Right so far: {done} of {all}.")
            self.said.setText(text.format(done=judgement.answered, all=len(exercise.questions)))
        else:
            self.said.setText(self.tr("All {all} numbers are right.").format(all=len(self._fields)))

    def inspect_state(self) -> dict[str, object]:
        """What can be read, for programs that look at the window from outside."""
        exercise = self.exercise
        return {
            "said": self.said.text(),
            "asked": [] if exercise is None else [each.symbol for each in exercise.questions],
            "answers": [] if exercise is None else [each.answer for each in exercise.questions],
        }

    def retranslate(self) -> None:
        for index, text in enumerate(
            (
                self.tr("Easy: deltas of the output"),
                self.tr("Medium: a 2-2-1 net"),
                self.tr("Hard: a 2-3-2 net with biases"),
            )
        ):
            self.difficulty.setItemText(index, text)
        self.difficulty.setAccessibleName(self.tr("Difficulty"))
        self.difficulty.setToolTip(self.tr("What the exercise asks for"))
        self._seed_label.setText(self.tr("Seed"))
        self.seed.setAccessibleName(self.tr("Seed of the exercise"))
        self.seed.set_hint(self.tr("The same seed gives the same exercise"))
        self.own.setText(self.tr("Of the net that is set"))
        self.own.setToolTip(
            self.tr(
                "Exercises and sheets of this net's weights and examples, by the plain rule"
                " Δw = −η·δ·o, in place of nets of a seed"
            )
        )
        self.new.setText(self.tr("New Exercise"))
        self.new.setToolTip(self.tr("Draw another net to be worked out"))
        self.check.setText(self.tr("Check"))
        self.check.setToolTip(self.tr("Mark the first wrong number and say which rule it breaks"))
        self.check.setEnabled(self.exercise is not None)
        self.export.setText(self.tr("Print Sheets…"))
        self.export.setToolTip(
            self.tr("Sheets for a class as PDF or Markdown, the solutions on pages of their own")
        )
        self._scroll.setAccessibleName(self.tr("Numbers asked for"))
        self._show_said()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
