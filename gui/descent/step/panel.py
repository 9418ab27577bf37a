"""Update formulas with values, beside the map: this step's numbers, and what they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (  # fmt: skip
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.descent.race.spec import RaceFrame, RaceSpec, gradients_seen, surface_of
from engine.optimizers import registry as optimizers
from engine.optimizers.expressions import Symbol
from engine.optimizers.step_calculation import Line
from gui import icons, number_text, theme
from gui.formulas.formula_sheet import Block, FormulaSheet, Kind
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text

if TYPE_CHECKING:
    from engine.descent.step.nesterov_forms import TwoNotations
    from engine.descent.step.numbers import StepNumbers

WIDTH_PX = 400

SETTINGS = QT_TRANSLATE_NOOP("descent", "SETTINGS")
BEFORE = QT_TRANSLATE_NOOP("descent", "BEFORE THE STEP")
STEP = QT_TRANSLATE_NOOP("descent", "THE STEP")
TORCH = QT_TRANSLATE_NOOP("descent", "THE STEP AS TORCH WRITES IT")
TEXTBOOK = QT_TRANSLATE_NOOP("descent", "THE SAME STEP AS THE TEXTBOOK WRITES IT")
NOTATIONS = QT_TRANSLATE_NOOP("descent", "TWO NOTATIONS OF ONE STEP")
TEXTBOOK_NAME = QT_TRANSLATE_NOOP("descent", "textbook")
CHECK = QT_TRANSLATE_NOOP("descent", "The race's next point differs by {gap}.")
SHAKEN = QT_TRANSLATE_NOOP("descent", "After this step the weights are jogged to another place.")
SAME = QT_TRANSLATE_NOOP(
    "descent",
    "x′ of both differs by {gap}: with a constant lr they are one path, v = −lr·b, and torch's x "
    "is the textbook's φ + μ·v.",
)
APART = QT_TRANSLATE_NOOP(
    "descent",
    "x′ of both differs by {gap}: lr has changed, and torch multiplies all of b by the lr of now, "
    "while v keeps every gradient with the lr of its own step.",
)
SEES = {
    "full": QT_TRANSLATE_NOOP("descent", "The gradient is the full one, of all examples."),
    "batch": QT_TRANSLATE_NOOP("descent", "The gradient is that of the step's batch."),
}
RESTS = QT_TRANSLATE_NOOP(
    "descent", "The gradient is below torch's tolerance: the point stays where it is."
)


@dataclass(frozen=True)
class Filled:
    """What the panel shows of one step.

    Attributes:
        frame: where the step starts.
        workings: the formulas with their numbers.
        both: for Nesterov the textbook's notation beside torch's.
        gap: by how much the last line differs from the race's next point; None while that
            is not computed.
        perturbed: a jog of the weights follows, so that the next point is another.
        sees: of what its gradient is, as `gradients_seen` says.
    """

    frame: RaceFrame
    workings: StepNumbers
    both: TwoNotations | None
    gap: float | None
    perturbed: bool
    sees: str = ""


def fill_step(
    spec: RaceSpec, frames: Sequence[RaceFrame], following: RaceFrame | None, racer: int
) -> Iterator[Filled]:
    """A step's formulas with their numbers, on the worker.

    Args:
        frames: 0 to the one that the step starts from.
        following: the next frame, if it is computed.
        racer: its row in a frame.
    """
    from engine.descent.step.nesterov_forms import is_nesterov, two_notations
    from engine.descent.step.numbers import compute_step, gap

    frame = frames[-1]
    workings = compute_step(spec, frame, racer)
    both = two_notations(spec, frames, racer) if is_nesterov(spec, racer) else None
    perturbed = following is not None and bool(
        len(following.perturbed) and following.perturbed[racer]
    )
    found = None if following is None or perturbed else gap(workings, following, racer)
    sees = gradients_seen(spec, surface_of(spec))
    yield Filled(frame, workings, both, found, perturbed, sees)


class StepPanel(QFrame):
    """A sheet under a heading, with one step back and one on.

    Signals:
        moved: by how many steps a person wants to go.
    """

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.workings.panel")
        self.setProperty("role", "panel")
        self.setMinimumWidth(240)
        self._title = QLabel(self)
        self._title.setObjectName("descent.workings.title")
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.back = self._button("descent.workings.back.button", "step-back")
        self.on = self._button("descent.workings.on.button", "step")
        self.back.clicked.connect(self._on_back)
        self.on.clicked.connect(self._on_on)
        self.sheet = FormulaSheet(self)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("descent.workings.scroll")
        self._scroll.setWidget(self.sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top = QHBoxLayout()
        top.setContentsMargins(theme.MARGIN, 4, theme.GAP, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self.back)
        top.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        self._name = ""
        self._filled: Filled | None = None
        self.retranslate()

    @property
    def filled(self) -> Filled | None:
        """What is shown."""
        return self._filled

    def show_step(self, filled: Filled | None, name: str) -> None:
        """The numbers of a step of the racer of that name; None: there is none to show."""
        self._filled, self._name = filled, name
        self._refresh()

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        self.sheet.scale_factor = factor
        size = f"font-size: {round(15 * factor)}px;" if factor > 1 else ""
        self._title.setStyleSheet(size)
        self.sheet.refresh()

    def inspect_state(self) -> dict[str, object]:
        """What can be read, for programs that look at the window from outside."""
        if self._filled is None:
            return {"step": None, "symbols": []}
        workings = self._filled.workings
        return {
            "step": workings.step,
            "symbols": [line.symbol for line in workings.lines],
            "after": [float(value) for value in workings.after],
            "gap": self._filled.gap,
        }

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(button, icon)
        return button

    def _refresh(self) -> None:
        filled = self._filled
        if filled is None:
            self._title.setText(self.tr("The step in numbers"))
            text = self.tr("Choose an optimizer that races to see its step in numbers.")
            self.sheet.show_blocks([Block(Kind.TEXT, text)])
            return
        step = filled.workings.step
        title = self.tr("{name}: step {step} → {next}")
        self._title.setText(title.format(name=self._name, step=step, next=step + 1))
        self.sheet.show_blocks(blocks_of(filled))
        self.sheet.setAccessibleDescription(" ".join(b.text for b in self.sheet.blocks if b.text))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The step in numbers"))
        self._scroll.setAccessibleName(self.tr("The step in numbers"))
        self.sheet.setAccessibleName(self.tr("Formulas of the step with its numbers"))
        for button, text in (
            (self.back, self.tr("One step back")),
            (self.on, self.tr("One step on")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_back(self) -> None:
        self.moved.emit(-1)

    def _on_on(self) -> None:
        self.moved.emit(1)


def blocks_of(filled: Filled) -> list[Block]:
    """The sheet of a step: settings, state before, the formulas, and what they are held against."""

    def say(text: str, **fields: object) -> str:
        return QCoreApplication.translate("descent", text).format(**fields)

    workings, both = filled.workings, filled.both
    settings = tuple(
        Line(name, None, {}, np.asarray(value, dtype=np.float64))
        for name, value in workings.hyper.items()
    )
    found = []
    if settings:
        found.append(Block(Kind.HEADING, say(SETTINGS)))
        found.append(Block(Kind.GIVEN, lines=settings, names=tuple(workings.hyper)))
    found.append(Block(Kind.HEADING, say(BEFORE)))
    found.append(Block(Kind.GIVEN, lines=workings.given))
    if both is not None:
        found.append(Block(Kind.HEADING, say(NOTATIONS)))
        names = ("torch", say(TEXTBOOK_NAME))
        found.append(Block(Kind.PAIR, lines=workings.lines, names=names, others=both.lines))
    found.append(Block(Kind.HEADING, say(TORCH if both is not None else STEP)))
    found += [Block(Kind.FORMULA, lines=(line,)) for line in workings.lines[:-1]]
    found.append(Block(Kind.RESULT, lines=workings.lines[-1:]))
    if filled.sees:
        found.append(Block(Kind.TEXT, say(SEES[filled.sees])))
    if note := optimizers.find(workings.optimizer).note:
        found.append(Block(Kind.TEXT, engine_text(note)))
    if workings.lines[-1].formula == Symbol("x"):
        found.append(Block(Kind.TEXT, say(RESTS)))
    if filled.perturbed:
        found.append(Block(Kind.TEXT, say(SHAKEN)))
    elif filled.gap is not None:
        found.append(Block(Kind.TEXT, say(CHECK, gap=number_text.write(filled.gap, digits=2))))
    if both is not None:
        found.append(Block(Kind.HEADING, say(TEXTBOOK)))
        found.append(Block(Kind.GIVEN, lines=both.given))
        found += [Block(Kind.FORMULA, lines=(line,)) for line in both.lines[:-1]]
        found.append(Block(Kind.RESULT, lines=both.lines[-1:]))
        sentence = SAME if both.constant_rate else APART
        found.append(
            Block(Kind.TEXT, say(sentence, gap=number_text.write(both.difference, digits=2)))
        )
    return found
