"""A sheet of formulas: lines that break where they must, painted in one type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.optimizers.expressions import Number, Symbol
from engine.optimizers.step_calculation import Line
from gui import theme
from gui.formulas import math_boxes, update_formula_boxes
from gui.formulas.math_boxes import Box, Type
from gui.formulas.update_formula_boxes import Inks

TYPE_PX = 15.0
EDGE_PX = 12.0
INDENT_PX = 20.0
LEAST_SCALE = 0.6


class Kind(Enum):
    """What a block of the sheet is."""

    HEADING = "heading"
    TEXT = "text"
    FORMULA = "formula"  # a line with its numbers
    LETTERS = "letters"  # a line without numbers
    RESULT = "result"  # the last line of a step
    GIVEN = "given"  # quantities side by side
    PAIR = "pair"  # two ways of writing one step, side by side, in letters


@dataclass(frozen=True)
class Block:
    """A heading, a sentence, a line, or several given quantities.

    Attributes:
        names: torch's argument name of each given setting; the headings of a pair.
        others: of a pair the lines on the right.
        lit: it is what happens now, on a plate with a mark.
    """

    kind: Kind
    text: str = ""
    lines: tuple[Line, ...] = ()
    names: tuple[str, ...] = ()
    others: tuple[Line, ...] = ()
    lit: bool = False


@dataclass(frozen=True)
class Placed:
    """A box with its baseline's left end, and its scale."""

    box: Box
    x: float
    y: float
    scale: float = 1.0


class FormulaSheet(QWidget):
    """Paints blocks below one another; as wide as it is given, as high as it needs."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        name: str = "descent.workings.sheet",
        glyph: Callable[[str, Type], Box] | None = None,
    ) -> None:
        """
        Args:
            name: its object name.
            glyph: sets a symbol, as in `Inks`.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self._glyph = glyph
        self._lit: QRectF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.scale_factor = 1.0
        self._blocks: Sequence[Block] = ()
        self._placed: list[Placed] = []
        self._texts: list[tuple[QRectF, str, bool]] = []
        self._plates: list[QRectF] = []
        theme.notifier().changed.connect(self.refresh)

    @property
    def blocks(self) -> Sequence[Block]:
        return self._blocks

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)
        self.refresh()

    def lit_area(self) -> QRectF | None:
        """Where the lit block stands, for what scrolls."""
        return self._lit

    def refresh(self) -> None:
        """Lay all out again."""
        height = self._lay_out(max(120.0, float(self.width())))
        if self.minimumHeight() != round(height):
            self.setFixedHeight(round(height))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        for plate in self._plates:
            painter.setBrush(colors.color("raised"))
            painter.drawRoundedRect(plate, 6, 6)
        if self._lit is not None:
            painter.setBrush(colors.color("raised"))
            painter.drawRoundedRect(self._lit, 6, 6)
            painter.setBrush(colors.color("accent"))
            painter.drawRect(QRectF(self._lit.left(), self._lit.top(), 4, self._lit.height()))
        for rect, text, heading in self._texts:
            painter.setFont(self._type().font() if not heading else self._heading_font())
            painter.setPen(colors.color("muted" if heading else "text"))
            flags = (
                Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            )
            painter.drawText(rect, int(flags), text)
        for placed in self._placed:
            painter.save()
            painter.translate(placed.x, placed.y)
            painter.scale(placed.scale, placed.scale)
            placed.box.paint(painter, 0.0, 0.0)
            painter.restore()

    # -- layout -------------------------------------------------------------------------------

    def _type(self) -> Type:
        return Type(TYPE_PX * self.scale_factor, theme.current().color("text"))

    def _heading_font(self) -> QFont:
        font = Type(11.0 * self.scale_factor, theme.current().color("muted")).font()
        font.setBold(True)
        return font

    def _lay_out(self, width: float) -> float:
        """Place everything; gives the height."""
        self._placed, self._texts, self._plates = [], [], []
        self._lit = None
        inner = width - 2 * EDGE_PX
        y = EDGE_PX / 2
        for block in self._blocks:
            if block.kind in (Kind.HEADING, Kind.TEXT):
                y = self._lay_text(block, inner, y)
            elif block.kind is Kind.GIVEN:
                y = self._flow(self._given(block), inner, y, indent=0.0)
            elif block.kind is Kind.PAIR:
                y = self._lay_pair(block, inner, y)
            else:
                top = y
                for line in block.lines:
                    parts = self._parts(line)[: 1 if block.kind is Kind.LETTERS else None]
                    y = self._flow(parts, inner, y, indent=INDENT_PX)
                plate = QRectF(EDGE_PX / 2, top - 1, width - EDGE_PX, y - top - 1)
                if block.lit:
                    self._lit = plate
                elif block.kind is Kind.RESULT:
                    self._plates.append(plate)
        return y + EDGE_PX / 2

    def _lay_text(self, block: Block, inner: float, y: float) -> float:
        heading = block.kind is Kind.HEADING
        font = self._heading_font() if heading else self._type().font()
        y += 8.0 if heading and y > EDGE_PX else 2.0
        flags = int(Qt.TextFlag.TextWordWrap)
        area = QFontMetricsF(font).boundingRect(QRectF(0, 0, inner, 10_000), flags, block.text)
        self._texts.append((QRectF(EDGE_PX, y, inner, area.height() + 2), block.text, heading))
        return y + area.height() + 6

    def _lay_pair(self, block: Block, inner: float, y: float) -> float:
        """Two columns of formulas, each under its heading."""
        style, inks = self._type(), self._inks()
        muted = Type(style.size, theme.current().color("muted"))
        room = inner / 2 - EDGE_PX
        lowest = y
        for column, (name, lines) in enumerate(
            zip(block.names, (block.lines, block.others), strict=True)
        ):
            cells = [math_boxes.letters(name, muted)]
            for line in lines:
                assert line.formula is not None
                symbol = update_formula_boxes.symbol_box(line.symbol, style, inks)
                written = update_formula_boxes.expression_box(line.formula, style, inks)
                cells.append(math_boxes.row([symbol, math_boxes.letters(" = ", style), written]))
            below = y
            for cell in cells:
                scale = max(LEAST_SCALE, math_boxes.scaled_to(cell, room))
                left = EDGE_PX + column * inner / 2
                self._placed.append(Placed(cell, left, below + 3 + cell.ascent * scale, scale))
                below += cell.height * scale + 6
            lowest = max(lowest, below)
        return lowest + 2

    def _flow(self, parts: Sequence[Box], inner: float, y: float, *, indent: float) -> float:
        """Parts side by side, on a new row where there is no room; too wide ones are shrunk."""
        gap = 0.45 * self._type().size
        rows: list[list[tuple[Box, float]]] = [[]]
        used = 0.0
        for part in parts:
            start = 0.0 if len(rows) == 1 else indent
            if rows[-1] and start + used + gap + part.width > inner:
                rows.append([])
                used, start = 0.0, indent
            scale = max(LEAST_SCALE, math_boxes.scaled_to(part, inner - start))
            rows[-1].append((part, scale))
            used += part.width * scale + gap
        for number, cells in enumerate(rows):
            ascent = max((box.ascent * scale for box, scale in cells), default=0.0)
            descent = max((box.descent * scale for box, scale in cells), default=0.0)
            x = EDGE_PX + (indent if number else 0.0)
            for box, scale in cells:
                self._placed.append(Placed(box, x, y + 3 + ascent, scale))
                x += box.width * scale + gap
            y += ascent + descent + 6
        return y + 2

    def _inks(self) -> Inks:
        colors = theme.current()
        return Inks(
            letter=colors.color("text"),
            number=colors.color("text"),
            yes=colors.color("good"),
            no=colors.color("error"),
            gradient=colors.color("arrow_gradient"),
            momentum=colors.color("arrow_momentum"),
            glyph=self._glyph,
        )

    def _parts(self, line: Line) -> list[Box]:
        """Symbol = formula, = numbers, = result."""
        style, inks = self._type(), self._inks()
        equals = math_boxes.letters(" = ", style)
        ink = inks.of(line.symbol, inks.number)
        result = update_formula_boxes.value_box(
            line.result, Type(style.size, ink), inks, digits=update_formula_boxes.RESULT_DIGITS
        )
        if line.formula is None or isinstance(line.formula, Number):
            symbol = update_formula_boxes.symbol_box(line.symbol, style, inks)
            return [math_boxes.row([symbol, equals, result])]
        written = update_formula_boxes.expression_box(line.formula, style, inks)
        filled = update_formula_boxes.term_boxes(line.formula, style, inks, line.values)
        if not line.symbol:  # a comparison
            filled[-1] = math_boxes.row([filled[-1], math_boxes.letters("   ", style), result])
            return [written, *filled]
        symbol = update_formula_boxes.symbol_box(line.symbol, style, inks)
        first = math_boxes.row([symbol, equals, written])
        if isinstance(line.formula, Symbol):
            return [first, math_boxes.row([equals, result])]
        filled[0] = math_boxes.row([equals, filled[0]])
        return [first, *filled, math_boxes.row([equals, result])]

    def _given(self, block: Block) -> list[Box]:
        style, inks = self._type(), self._inks()
        small = Type(max(math_boxes.LEAST_PX, 0.75 * style.size), theme.current().color("muted"))
        found = []
        for place, line in enumerate(block.lines):
            parts = [update_formula_boxes.symbol_box(line.symbol, style, inks)]
            if place < len(block.names) and block.names[place] != "lr":
                parts.append(math_boxes.letters(block.names[place], small))
            value = update_formula_boxes.value_box(
                line.result, Type(style.size, inks.of(line.symbol, inks.number)), inks
            )
            parts += [math_boxes.letters(" = ", style), value, math_boxes.letters("  ", style)]
            found.append(math_boxes.row(parts, gap=2))
        return found
