"""The steps as formulas with their numbers, the last one lit; above them the chain rule itself."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.networks.chain_rule.steps import ChainTrace, Kind, Step
from engine.optimizers.expressions import Apply, Symbol
from engine.optimizers.step_calculation import Line
from gui.formulas import formula_sheet
from gui.formulas.formula_sheet import Block, FormulaSheet
from gui.networks.chain_rule import letters
from gui.networks.chain_rule.words import undefined_text

_NONE = np.array(np.nan)  # of a line without numbers
BELOW_PX = 24.0  # seen under the lit block


class SheetPanel(QFrame):
    """A scrolled sheet that grows with the steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._shown: tuple[ChainTrace, int] | None = None
        self.sheet = FormulaSheet(self, name="networks.chain.sheet", glyph=letters.glyph)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("networks.chain.scroll")
        self._scroll.setWidget(self.sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_lit)
        self.rule = FormulaSheet(self, name="networks.chain.rule", glyph=letters.glyph)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rule)
        column.addWidget(self._scroll, 1)
        self.retranslate()

    def show_steps(self, trace: ChainTrace, count: int) -> None:
        """The first `count` steps."""
        self._shown = trace, count
        blocks = self._blocks(trace, count)
        self.sheet.show_blocks(blocks)
        lines = [line for block in blocks for line in block.lines if block.lit]
        self.sheet.setAccessibleDescription(
            "; ".join(
                f"{letters.plain_derivative(line.symbol)} = {letters.number(float(line.result))}"
                for line in lines
            )
        )
        self._show_lit()

    @Slot()
    def _show_lit(self) -> None:
        """Scroll to what happens now; again when the scroll bar hears of another height."""
        lit = self.sheet.lit_area()
        if lit is None:
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self._scroll.ensureVisible(0, round(lit.top()), 0, 0)
            self._scroll.ensureVisible(0, round(lit.bottom() + BELOW_PX), 0, 0)

    def inspect_state(self) -> dict[str, object]:
        """What can be read, for programs that look at the window from outside."""
        blocks = [b for b in self.sheet.blocks if b.kind is formula_sheet.Kind.FORMULA]
        lines = [line for block in blocks for line in block.lines]
        lit = [line.symbol for block in self.sheet.blocks if block.lit for line in block.lines]
        return {"lines": [[line.symbol, float(line.result)] for line in lines], "lit": lit}

    def _blocks(self, trace: ChainTrace, count: int) -> list[Block]:
        heading, text = formula_sheet.Kind.HEADING, formula_sheet.Kind.TEXT
        found: list[Block] = []
        steps = trace.steps[:count]
        before: str | None = None
        for number, step in enumerate(steps, start=1):
            part = self._part(step)
            if part != before:
                found.append(Block(heading, part))
                before = part
            lit = number == count
            kind = formula_sheet.Kind.FORMULA
            found.append(Block(kind, lines=(step.line,), lit=lit))
            if step.kink:
                found.append(
                    Block(text, self.tr("A kink: no derivative here; this is PyTorch's choice."))
                )
        if trace.undefined is not None and count == len(trace.steps):
            found.append(Block(text, undefined_text(trace)))
        return found

    def _rule(self) -> list[Block]:
        """The formula of the notes, with their slip put right."""
        product = Apply("*", (Symbol("dy/dx"), Symbol("dx/dt")))
        line = Line("dy/dt", product, {"dy/dx": _NONE, "dx/dt": _NONE}, _NONE)
        slip = self.tr("The notes print dt/dt as the last factor, a slip: it is dx/dt.")
        return [
            Block(formula_sheet.Kind.HEADING, self.tr("CHAIN RULE FOR y(x(t))")),
            Block(formula_sheet.Kind.LETTERS, lines=(line,)),
            Block(formula_sheet.Kind.TEXT, slip),
        ]

    def _part(self, step: Step) -> str:
        if step.kind is Kind.VALUE:
            return self.tr("FORWARD: VALUES")
        if step.kind in (Kind.INNER, Kind.CHAIN):
            return self.tr("THE WHOLE CHAIN")
        return self.tr("BACK: DERIVATIVES")

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        for sheet in (self.rule, self.sheet):
            sheet.scale_factor = factor
            sheet.refresh()

    def retranslate(self) -> None:
        self._scroll.setAccessibleName(self.tr("Steps as formulas"))
        self.sheet.setAccessibleName(self.tr("Formulas of the steps with their numbers"))
        self.rule.setAccessibleName(self.tr("Chain rule"))
        self.rule.show_blocks(self._rule())
        if self._shown is not None:
            self.show_steps(*self._shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
