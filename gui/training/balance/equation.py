"""The paper's sum of losses with the numbers of the last step in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import number_text, theme
from gui.formulas.math_boxes import Box, Type, letters, lowered, row, scaled_to
from gui.training import loss_names
from gui.training.balance.form import PAPERS

SIZE_PX = 14.0
SMALLEST = 0.55
EDGE_PX = 16.0
LINE_GAP_PX = 6.0
# The index of each loss's letter, as the papers' have them; the same in all languages.
INDICES = {
    "loss_objectness": "obj",
    "loss_rpn_box_reg": "rpn box",
    "loss_classifier": "cls",
    "loss_box_reg": "box",
    "loss_mask": "mask",
    "loss_keypoint": "keypoint",
}


class LossEquation(QWidget):
    """Lines: the letters, and the same sum in figures.

    A coefficient of 1 is left out, but for the papers' lambda. A third line tells the
    gradient's norm, and to what it was clipped.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.equation")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._losses: dict[str, float] = {}
        self._weights: dict[str, float] = {}
        self._gradient: float | None = None
        self._clipped = 1.0
        self._size = SIZE_PX
        self._lines: tuple[Box, ...] = ()
        theme.notifier().changed.connect(self._set)
        self.retranslate()

    def show_step(
        self, losses: Mapping[str, float], *, gradient: float | None = None, clipped: float = 1.0
    ) -> None:
        """Show what a step has come to.

        Args:
            losses: by torchvision's names; empty for none.
            gradient: the norm of the gradient before clipping, where it is known.
            clipped: what the gradient was multiplied with.
        """
        new = (dict(losses), gradient, clipped)
        if new != (self._losses, self._gradient, self._clipped):
            self._losses, self._gradient, self._clipped = new
            self._set()

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        self._size = SIZE_PX * factor
        self._set()

    def set_weights(self, weights: Mapping[str, float]) -> None:
        """The coefficients of the run that is shown; 1 for what is not named."""
        self._weights = {name: float(value) for name, value in weights.items()}
        self._set()

    def text(self) -> str:
        """Both lines in letters, for programs that read them."""
        if not self._losses:
            return ""
        terms = [
            f"{self._letter(name)}L_{INDICES[name].replace(' ', '_')}" for name in self._parts()
        ]
        figures = [f"{self._factor(name)}{_figure(self._losses[name])}" for name in self._parts()]
        total = _figure(self._losses.get("loss", 0.0))
        lines = [f"L = {' + '.join(terms)}", f"= {' + '.join(figures)} = {total}"]
        return "\n".join((*lines, *self._gradient_text()))

    def _gradient_text(self) -> tuple[str, ...]:
        """A line of the gradient, where one is known."""
        if self._gradient is None:
            return ()
        norm = _figure(self._gradient)
        if self._clipped >= 1.0:
            return (f"|∇L| = {norm}",)
        limit = _figure(self._gradient * self._clipped)
        told = self.tr("|∇L| = {norm}, clipped to {limit}")
        return (told.format(norm=norm, limit=limit),)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The loss of the last step as a sum"))
        self._set()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _parts(self) -> list[str]:
        return [name for name in INDICES if name in self._losses]

    def _weight(self, name: str) -> float:
        return self._weights.get(name, 1.0)

    def _letter(self, name: str) -> str:
        if name == PAPERS:
            return "λ "
        return "" if self._weight(name) == 1.0 else f"{_figure(self._weight(name))} "

    def _factor(self, name: str) -> str:
        if self._weight(name) == 1.0 and name != PAPERS:
            return ""
        return f"{_figure(self._weight(name))} · "

    def _set(self) -> None:
        self._lines = self._set_lines() if self._losses else ()
        self.setVisible(bool(self._lines))
        self.setAccessibleDescription(self.text())
        self.setToolTip(self.text())
        self.updateGeometry()
        self.update()

    def _set_lines(self) -> tuple[Box, ...]:
        plain = Type(self._size, theme.current().color("text"))
        symbols, figures = [_symbol(plain, "")], []
        for place, name in enumerate(self._parts()):
            ink = Type(self._size, QColor(loss_names.style(name).color))
            sign = letters(" + " if place else " = ", plain)
            symbols += [sign, letters(self._letter(name), plain), _symbol(ink, INDICES[name])]
            figures += [
                letters(" + " if place else "   = ", plain),
                letters(self._factor(name), plain),
                letters(_figure(self._losses[name]), ink),
            ]
        total = letters(f" = {_figure(self._losses.get('loss', 0.0))}", plain)
        muted = Type(self._size, theme.current().color("muted"))
        gradient = (letters(f" {text}", muted) for text in self._gradient_text())
        return row(symbols), row([*figures, total]), *gradient

    def sizeHint(self) -> QSize:
        height = sum(line.height for line in self._lines) + LINE_GAP_PX * len(self._lines)
        return QSize(40, round(height) + 4 if self._lines else 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = 2.0
        for line in self._lines:
            scale = max(SMALLEST, scaled_to(line, self.width() - 2 * EDGE_PX))
            painter.save()
            painter.translate(EDGE_PX, y + line.ascent)
            painter.scale(scale, scale)
            line.paint(painter, 0.0, 0.0)
            painter.restore()
            y += line.height + LINE_GAP_PX
        painter.end()


def _symbol(style: Type, index: str) -> Box:
    letter = letters("L", style, italic=True)
    return lowered(letter, letters(index, style.smaller()), style) if index else letter


def _figure(value: float) -> str:
    return number_text.write(value, digits=3)
