"""The formulas of a moment with their numbers, or the whole way of one weight."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.networks.backprop.spec import activation_of
from engine.optimizers import registry as optimizers
from engine.optimizers.step_calculation import Line
from gui import number_text, theme
from gui.formulas.formula_sheet import Block, FormulaSheet, Kind
from gui.formulas.math_boxes import Box, Type
from gui.networks.backprop import letters
from gui.networks.backprop.controller import Shown


class SheetPanel(QFrame):
    """A scrolled sheet under the net."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._shown: Shown | None = None
        self.sheet = FormulaSheet(self, name="networks.backprop.sheet", glyph=self._glyph)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("networks.backprop.sheet.scroll")
        self._scroll.setWidget(self.sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The area knows how high the sheet is only some events later.
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_lit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.retranslate()

    def show_moment(self, shown: Shown) -> None:
        self._shown = shown
        self.sheet.show_blocks(self._blocks(shown))
        self.sheet.setAccessibleDescription(
            "; ".join(
                f"{letters.plain(line.symbol)} = {letters.number(float(line.result))}"
                for line in shown.moment.lines
                if line.symbol  # a comparison has none
            )
        )
        self._show_lit()

    @Slot()
    def _show_lit(self) -> None:
        """Scroll no further than that what happens now is seen whole."""
        lit, bar = self.sheet.lit_area(), self._scroll.verticalScrollBar()
        below = 0.0 if lit is None else lit.bottom() - self._scroll.viewport().height()
        bar.setValue(max(0, round(below)))

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        self.sheet.scale_factor = factor
        self.sheet.refresh()

    def inspect_state(self) -> dict[str, object]:
        """What can be read, for programs that look at the window from outside."""
        lines = [line for b in self.sheet.blocks if b.kind is not Kind.GIVEN for line in b.lines]
        return {"lines": [[line.symbol, float(line.result)] for line in lines]}

    def _glyph(self, name: str, style: Type) -> Box:
        details = None if self._shown is None else self._shown.details
        return letters.glyph_with("" if details is None else details.name, _accent)(name, style)

    def _blocks(self, shown: Shown) -> list[Block]:
        moment = shown.moment
        found = [Block(Kind.HEADING, self._title(shown))]
        if moment.event.kind == "start":
            text = self.tr("Play, or → on the picture: the outputs are computed first.")
            found.append(Block(Kind.TEXT, text))
            found.append(Block(Kind.GIVEN, lines=_settings(shown)))
        found += _line_blocks(moment.lines, lit=True)
        rule = optimizers.find(shown.spec.racer.optimizer)
        if rule.needs_hessian and any(line.symbol.startswith("d_") for line in moment.lines):
            text = self.tr("H, d: the weights are numbered through from 1, as under Numbers.")
            found.append(Block(Kind.TEXT, text))
        if shown.details is not None:
            found += self._details(shown)
        found.append(Block(Kind.HEADING, self.tr("GRADIENT NORM BY LAYER, THIS UPDATE")))
        found.append(Block(Kind.TEXT, self._norms(shown)))
        return found

    def _norms(self, shown: Shown) -> str:
        """Blank until every delta is known."""
        known = all(value is not None for layer in shown.moment.deltas[1:] for value in layer)
        if not known:
            return "—"
        return "   ".join(
            f"{layer}: {number_text.write(norm, digits=3)}"
            for layer, norm in enumerate(shown.update.gradient_norms, start=1)
        )

    def _title(self, shown: Shown) -> str:
        phase = {
            "start": self.tr("START"),
            "forward": self.tr("FORWARD"),
            "backward": self.tr("BACK: ERRORS"),
            "update": self.tr("UPDATE OF THE WEIGHTS"),
        }[shown.moment.event.phase]
        where = self.tr("update {step}, epoch {epoch}, example {example}").format(
            step=shown.moment.step + 1,
            epoch=shown.update.epoch + 1,
            example=shown.moment.example + 1,
        )
        return f"{phase} · {where}"

    def _details(self, shown: Shown) -> list[Block]:
        details = shown.details
        assert details is not None
        name = letters.plain(details.name)
        found = [Block(Kind.HEADING, self.tr("THE WEIGHT {name}").format(name=name))]
        state = tuple(
            Line(symbol, None, {}, np.asarray(value, dtype=np.float64))
            for symbol, value in details.state.items()
        )
        if state:
            found.append(Block(Kind.TEXT, self.tr("The optimizer's state before this update:")))
            found.append(Block(Kind.GIVEN, lines=state))
        found += _line_blocks(details.lines, lit=False)
        if not details.lines:
            found.append(Block(Kind.TEXT, self.tr("Nothing of it is computed yet.")))
        return found

    def retranslate(self) -> None:
        self._scroll.setAccessibleName(self.tr("Formulas of the step"))
        self.sheet.setAccessibleName(self.tr("Formulas of the step with their numbers"))
        if self._shown is not None:
            self.show_moment(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _line_blocks(lines: tuple[Line, ...], *, lit: bool) -> list[Block]:
    """Each formula by itself, and what is given between them side by side.

    Args:
        lit: whether the last formula is lit, which is what happens now.
    """
    found = []
    for is_given, group in groupby(lines, key=lambda line: line.formula is None):
        together = tuple(group)
        if is_given:
            found.append(Block(Kind.GIVEN, lines=together))
        else:
            found += [
                Block(Kind.FORMULA, lines=(line,), lit=lit and line is lines[-1])
                for line in together
            ]
    return found


def _settings(shown: Shown) -> tuple[Line, ...]:
    """The slope, where it takes part, and the rate."""
    values = {"eta": shown.update.hyper["lr"]}
    if activation_of(shown.spec).sloped:
        values = {"alpha": shown.spec.slope, **values}
    return tuple(
        Line(name, None, {}, np.asarray(value, dtype=np.float64)) for name, value in values.items()
    )


def _accent() -> QColor:
    return theme.current().color("accent")
