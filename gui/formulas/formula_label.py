"""A label that shows a formula as in a book, smaller where there is little room."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import theme
from gui.formulas.math_boxes import Box, Type, letters, row, scaled_to
from gui.formulas.rich_text import rich
from gui.formulas.typeset_formula import typeset

SIZE_PX = 14.0
SMALLEST = 0.62  # of the size; what is longer is cut, and whole in the tool tip
LONGEST = 84  # characters that are shown where it cannot be set
ROOM_PX = 4.0  # of a label's width that stay free
HEAD = "f(x, y)"  # the left side of a surface


def parts_of(text: str) -> list[str]:
    """Names, and what stands between them."""
    return re.findall(r"[^\W\d_]+|[\W\d_]+", text)


class FormulaLabel(QLabel):
    """Its text is the formula in rich text, for programs that read it."""

    def __init__(self, parent: QWidget | None = None, *, lowest_px: int = 0) -> None:
        """Be as high as the formula, but no lower than `lowest_px`, so that what lies below
        rests while a usual formula is typed."""
        super().__init__(parent)
        self._lowest_px = lowest_px
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._formula = ""
        self._head = HEAD
        self._scale = 1.0
        self._box: Box | None = None
        self._shorter: tuple[Box, ...] = ()
        theme.notifier().changed.connect(self._set)

    def show_formula(self, formula: str, head: str = HEAD) -> None:
        """Show the left and the right side; the same again costs nothing."""
        if (formula, head) == (self._formula, self._head) and self.text():
            return
        self._formula, self._head = formula, head
        short = formula if len(formula) <= LONGEST else f"{formula[: LONGEST - 1]}…"
        left = "".join(f"<i>{part}</i>" if part.isalpha() else part for part in parts_of(head))
        self.setText(f"{left} = {rich(short)}")
        self._set()

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        self._scale = factor
        self.setStyleSheet(f"font-size: {round(15 * factor)}px;" if factor > 1 else "")
        self._set()

    def _set(self) -> None:
        style = Type(SIZE_PX * self._scale, theme.current().color("text"))
        right = typeset(self._formula, style) if self._formula else None
        self._box = None
        if right is not None:
            head = [
                letters(part, style, italic=part.isalpha()) for part in parts_of(f"{self._head} = ")
            ]
            self._box = row([*head, right])
            self._shorter = (right, row([*head, letters("…", style)]))
        self.updateGeometry()
        self.update()

    def fits(self, width: float) -> bool:
        """Whether the formula is seen whole in so many pixels."""
        if self._box is None:
            return True
        return any(
            scaled_to(box, width - ROOM_PX) >= SMALLEST for box in (self._box, *self._shorter[:1])
        )

    def is_cut(self) -> bool:
        """Whether it is shown without its end, as it finds no room."""
        return self._box is not None and not self.fits(self.width())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._box is None:
            return hint
        lowest = max(round(20 * self._scale), self._lowest_px)
        return QSize(hint.width(), max(lowest, round(self._box.height) + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._box is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Half a formula would be another one: where it finds no room it is in the tip alone.
        room = self.width() - ROOM_PX
        boxes = (self._box, *self._shorter)
        box = next((each for each in boxes if scaled_to(each, room) >= SMALLEST), boxes[-1])
        scale = max(SMALLEST, scaled_to(box, room))
        painter.scale(scale, scale)
        height = self.height() / scale
        up = (height - box.height) / 2 + box.ascent
        box.paint(painter, 0.0, up)
        painter.end()
