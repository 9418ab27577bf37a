"""The formula, the inner one of a chain, and how they were read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import FormulaError
from engine.networks.chain_rule.graph import INNER, build
from engine.networks.chain_rule.steps import ChainSpec
from gui import icons, theme
from gui.formulas.formula_label import FormulaLabel
from gui.messages import note_text, sentence
from gui.widgets.scene_caption import Caption

EXAMPLE, INNER_EXAMPLE = "sin(x^2)", "t^2 + 1"
UNDERSTOOD_PX = 34


class FormulaPanel(QWidget):
    """Two fields, each with its formula set as in a book below it.

    Signals:
        entered: the outer and the inner text, not checked yet.
    """

    entered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: FormulaError | None = None
        self._notes: tuple[str, ...] = ()
        self._labels = {part: QLabel(self) for part in ("outer", "inner")}
        self.fields = {
            "outer": self._field("networks.chain.formula.field", EXAMPLE),
            "inner": self._field("networks.chain.inner.field", ""),
        }
        self.understood = {
            part: FormulaLabel(self, lowest_px=UNDERSTOOD_PX) for part in self.fields
        }
        self.apply = QToolButton(self)
        self.apply.setObjectName("networks.chain.formula.button")
        self.apply.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(self.apply, "check")
        self.apply.clicked.connect(self._on_entered)
        self.caption = Caption("networks.chain.caption.label", QMargins(), self)
        self.remarks = self._text("networks.chain.formula.remarks", "muted")
        self.problem = self._text("networks.chain.formula.error", "error")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(4)
        for column, part in enumerate(self.fields):
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(self._labels[part])
            row.addWidget(self.fields[part], 1)
            if part == "inner":
                row.addWidget(self.apply)
            self._labels[part].setBuddy(self.fields[part])
            self.understood[part].setObjectName(f"networks.chain.{part}.understood")
            grid.addLayout(row, 0, column)
            grid.addWidget(self.understood[part], 1, column)
            grid.setColumnStretch(column, 3 - column)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, 4)
        column_.setSpacing(4)
        column_.addLayout(grid)
        for label in (self.problem, self.remarks, self.caption):
            column_.addWidget(label)
        self.retranslate()

    def show_spec(self, spec: ChainSpec) -> None:
        """Show what is set; asks for nothing."""
        for part, text in (("outer", spec.formula), ("inner", spec.inner)):
            if self.fields[part].text() != text:
                self.fields[part].setText(text)
                self.fields[part].setCursorPosition(0)  # its beginning is seen
        self.show_problem(None)
        self._show_understood()

    def show_caption(self, text: str) -> None:
        """What a scene of the lecture shows; empty for none."""
        self.caption.say(text)

    def show_problem(self, error: FormulaError | None) -> None:
        """Say what is wrong with a formula, and mark the character."""
        self._error = error
        wrong = "" if error is None else str(error.fields.get("part", "outer"))
        for part, field in self.fields.items():
            if bool(field.property("wrong")) != (part == wrong):
                field.setProperty("wrong", part == wrong)
                field.style().unpolish(field)
                field.style().polish(field)
            field.setAccessibleDescription("")
        self.problem.setText("" if error is None else sentence(error))
        self.problem.setVisible(error is not None)
        if error is not None:
            field = self.fields[wrong]
            field.setAccessibleDescription(self.problem.text())
            # The cursor stands before the character that cannot be read, which is selected.
            position = min(int(error.fields["position"]), max(0, len(field.text()) - 1))
            field.setFocus()
            field.setSelection(position, 1)

    def set_scale(self, factor: float) -> None:
        """Larger type for the lecture hall."""
        for label in self.understood.values():
            label.set_scale(factor)

    def _field(self, name: str, example: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setPlaceholderText(example)
        field.returnPressed.connect(self._on_entered)
        field.textEdited.connect(self._on_edited)
        return field

    def _text(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.hide()
        return label

    def _show_understood(self) -> None:
        outer, inner = (self.fields[part].text() for part in ("outer", "inner"))
        self._notes = ()
        try:
            graph = build(outer, inner)
        except FormulaError:  # it may not be finished; Enter says what is wrong
            for part, text, head in (("outer", outer, "y"), ("inner", inner, INNER)):
                self.understood[part].show_formula("…", head)
                self.understood[part].setVisible(bool(text.strip()))
        else:
            result = graph.result.name
            names = ", ".join(graph.nodes[place].name for place in graph.variables)
            if graph.inner is None:
                heads = (f"{result}({names})", "")
            else:
                inner_names = ", ".join(
                    graph.nodes[place].name for place in graph.variables if place < graph.inner
                )
                heads = (f"{result}({INNER})", f"{INNER}({inner_names})")
            for part, head, plain in zip(self.fields, heads, graph.plain, strict=True):
                self.understood[part].show_formula(plain, head)
                self.understood[part].setVisible(bool(plain))
            self._notes = tuple(note_text(each) for notes in graph.notes for each in notes)
        self.remarks.setText("; ".join(self._notes))
        self.remarks.setVisible(bool(self._notes))

    def retranslate(self) -> None:
        self._labels["outer"].setText("y =")
        self._labels["inner"].setText(f"{INNER} =")
        self.fields["outer"].setAccessibleName(self.tr("Formula"))
        self.fields["outer"].setToolTip(
            self.tr(
                "What is derived, such as {example}; Enter draws its graph. As people type it:\n"
                "2x², 3(x+1), |x|, √x, sin x, 0,5x, LaTeX; every name is a variable."
            ).format(example=EXAMPLE)
        )
        self.fields["inner"].setAccessibleName(self.tr("Inner formula"))
        self.fields["inner"].setToolTip(
            self.tr(
                "What stands for x, such as {example}: then y is y(x(t)); empty for none"
            ).format(example=INNER_EXAMPLE)
        )
        self.fields["inner"].setPlaceholderText(self.tr("empty, or of t"))
        self.apply.setAccessibleName(self.tr("Draw the graph"))
        self.apply.setToolTip(self.tr("Draw the graph (Enter)"))
        for part, name in (
            ("outer", self.tr("How the formula was read")),
            ("inner", self.tr("How the inner formula was read")),
        ):
            self.understood[part].setAccessibleName(name)
        self._show_understood()
        if self._error is not None:
            self.problem.setText(sentence(self._error))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit(*(field.text().strip() for field in self.fields.values()))

    def _on_edited(self) -> None:
        self._show_understood()
        if self._error is not None:
            self.show_problem(None)
