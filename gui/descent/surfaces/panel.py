"""Choose the landscape: a known surface and its parameters, or one's own formula."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.descent.surfaces.formula import Formula
from engine.errors import FormulaError, Note
from gui import icons, theme
from gui.descent import edit_text
from gui.descent.setup import Setup
from gui.descent.surfaces.gallery import NAME, TILE, Gallery, pixmap_of
from gui.formulas.formula_label import FormulaLabel
from gui.messages import note_text, sentence
from gui.widgets.parameter_form import ParameterForm

UNDERSTOOD_PX = 26
TYPING_MS = 250  # what is typed must rest so long before a picture of it is drawn
EXAMPLE = "sin(x)*cos(y) + 0.1*(x^2 + y^2)"


class SurfacePanel(QWidget):
    """The list of surfaces, the chosen one's parameters, and the field for a formula.

    Signals:
        surface_chosen: a name in SURFACES.
        parameter_changed: name, value and the stage of a drag, as in `ParameterForm`.
        formula_entered: a text that is not checked yet.
        preview_wanted: a text that is being typed and rests for a moment.
    """

    surface_chosen = Signal(str)
    parameter_changed = Signal(str, float, int)
    formula_entered = Signal(str)
    preview_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._error: FormulaError | None = None
        self._wrong: Exception | None = None  # with the formula
        self._notes: tuple[Note, ...] = ()
        self._written = ""  # what was not typed
        self._heading = QLabel(self)
        self._heading.setProperty("role", "section")
        self.list = Gallery(self)
        self.list.setObjectName("descent.surface.list")
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_clicked)
        self.parameters = ParameterForm(self)
        self.parameters.changed.connect(self.parameter_changed)
        self._formula_label = QLabel(self)
        self.formula = QLineEdit(self)
        self.formula.setObjectName("descent.formula.field")
        self.formula.setPlaceholderText(EXAMPLE)
        self.formula.returnPressed.connect(self._on_formula)
        self.formula.textEdited.connect(self._on_edited)
        self._formula_label.setBuddy(self.formula)
        self.apply = QToolButton(self)
        self.apply.setObjectName("descent.formula.button")
        self.apply.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(self.apply, "check")
        self.apply.clicked.connect(self._on_formula)
        self.understood = FormulaLabel(self, lowest_px=UNDERSTOOD_PX)
        self.understood.setObjectName("descent.formula.understood")
        self.understood.hide()
        self.preview = QLabel(self)
        self.preview.setObjectName("descent.formula.preview")
        self.preview.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._on_rests)
        self.remarks = QLabel(self)
        self.remarks.setObjectName("descent.formula.remarks")
        self.remarks.setProperty("role", "muted")
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)
        self.remarks.setWordWrap(True)
        self.remarks.hide()
        self.problem = QLabel(self)
        self.problem.setObjectName("descent.formula.error")
        self.problem.setProperty("role", "error")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._formula_label)
        row.addWidget(self.formula, 1)
        row.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        read = QHBoxLayout()
        read.setSpacing(theme.GAP)
        read.addWidget(self.preview)
        read.addWidget(self.understood, 1)
        column.addLayout(read)
        column.addWidget(self.remarks)
        column.addWidget(self.problem)
        column.addWidget(self.parameters)
        self.list.setMinimumHeight(2 * TILE.height() + 4)
        self.retranslate()

    def show_setup(self, setup: Setup) -> None:
        """Show what is set; asks for nothing."""
        surface = setup.surface()
        same = self._setup is not None and (
            self._setup.race.surface == setup.race.surface
            and self._setup.race.formula == setup.race.formula
        )
        self._setup = setup
        race = setup.race
        with QSignalBlocker(self.list):
            item = None if race.formula is not None else self.list.item_of(race.surface or "")
            if item is None:
                self.list.clearSelection()
                self.list.setCurrentRow(-1)
            else:
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)
        if setup.race.formula is not None and self.formula.text() != setup.race.formula:
            self._write_formula(setup.race.formula)
        elif setup.race.formula is None and self.formula.text() == self._written:
            # Another surface's formula beside this one would be taken for its own.
            self._write_formula("")
        if not same:
            self._typing.stop()
            self.show_preview(None)
            self.show_problem(None)
            self._show_understood(self.formula.text() if race.formula is not None else "")
        self.parameters.show_parameters(surface.parameters, setup.race.parameters, anew=not same)

    def _write_formula(self, text: str) -> None:
        self._written = text
        self.formula.setText(text)
        self.formula.setCursorPosition(0)  # its beginning is seen

    def _show_understood(self, text: str) -> None:
        """How a text is read, set as in a book, and what of it was not written so."""
        self._notes = ()
        race = self._setup.race if self._setup is not None else None
        same = race is not None and race.formula == text
        known = tuple(race.parameters) if race is not None and same else None
        try:
            formula = Formula(text, known)
        except FormulaError:  # it may not be finished; Enter says what is wrong
            self.understood.show_formula("…")
        else:
            self.understood.show_formula(formula.plain)
            self._notes = formula.notes
        self.understood.setVisible(bool(text.strip()))
        self._say_notes()

    def show_preview(self, pixels: NDArray[np.uint32] | None) -> None:
        """A small picture, (H, W) 0xffRRGGBB, of what is typed; None for none."""
        if pixels is not None and self._is_typed():
            self.preview.setPixmap(pixmap_of(pixels))
            self.preview.show()
        else:
            self.preview.hide()

    def _is_typed(self) -> bool:
        """Whether the field has a formula that is not the one on the map."""
        text = self.formula.text().strip()
        race = self._setup.race if self._setup is not None else None
        return bool(text) and (race is None or race.formula != text)

    def _on_rests(self) -> None:
        if self._is_typed():
            self.preview_wanted.emit(self.formula.text().strip())
        else:
            self.show_preview(None)

    def _say_notes(self) -> None:
        lines = [note_text(note) for note in self._notes]
        self.remarks.setText("; ".join(lines))
        self.remarks.setVisible(bool(lines))

    def show_problem(self, error: Exception | None) -> None:
        """Say what is wrong with the formula, and mark the character."""
        wrong = error is not None
        self._error = error if isinstance(error, FormulaError) else None
        if self.formula.property("wrong") != wrong:
            self.formula.setProperty("wrong", wrong)
            self.formula.style().unpolish(self.formula)
            self.formula.style().polish(self.formula)
        self._wrong = error
        self.problem.setText(self._problem_text())
        self.problem.setVisible(wrong)
        self.formula.setAccessibleDescription(self.problem.text())
        position = self._error.fields.get("position") if self._error is not None else None
        if isinstance(position, int):
            # The cursor stands before the character that cannot be read, which is selected.
            self.formula.setSelection(min(position, max(0, len(self.formula.text()) - 1)), 1)

    def _problem_text(self) -> str:
        """What is wrong, and what the map shows all the same."""
        if self._wrong is None:
            return ""
        lines = [sentence(self._wrong)]
        if self._setup is not None:
            race, name = self._setup.race, edit_text.surface_name(self._setup)
            if race.formula is not None:
                name = f"{name}, {edit_text.short_formula(race.formula)}"
            lines.append(self.tr("The map still shows: {surface}.").format(surface=name))
        return "\n".join(lines)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("SURFACE"))
        self.list.setAccessibleName(self.tr("Surfaces"))
        self.list.setToolTip(self.tr("The landscape that is raced on"))
        self.list.retranslate()
        self._formula_label.setText(self.tr("f(x, y) ="))
        self.formula.setAccessibleName(self.tr("Your own formula"))
        self.formula.setToolTip(
            self.tr(
                "Your own surface of x and y, such as {example}; Enter shows it.\n"
                "Understands + − * / ^, sin, cos, exp, log, sqrt, abs, pi and e, and what is\n"
                "typed or pasted: 2x², 3(x+1), |x|, √x, sin x, xy for x*y, 0,5x, LaTeX.\n"
                "Every other name, as in a*x^2 + b*sin(c*y), gets a slider; theta too, for θ.\n"
                "Below the field stands how it was read."
            ).format(example=EXAMPLE)
        )
        self.preview.setAccessibleName(self.tr("Preview of the formula"))
        self.preview.setToolTip(self.tr("What is typed, where it is interesting; Enter shows it"))
        self.understood.setAccessibleName(self.tr("How the formula was read"))
        self._say_notes()
        self.problem.setText(self._problem_text())
        self.apply.setAccessibleName(self.tr("Show the formula"))
        self.apply.setToolTip(self.tr("Show the formula (Enter)"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.surface_chosen.emit(item.data(NAME))

    def _on_clicked(self, item: QListWidgetItem) -> None:
        # From a formula back to the surface that was current before.
        if self._setup is not None and self._setup.race.surface != item.data(NAME):
            self.surface_chosen.emit(item.data(NAME))

    @Slot()
    def _on_formula(self) -> None:
        text = self.formula.text().strip()
        if text:
            self.formula_entered.emit(text)

    def _on_edited(self) -> None:
        self._typing.start()
        self._show_understood(self.formula.text())
        if self._error is not None or self.problem.isVisible():
            self.show_problem(None)
