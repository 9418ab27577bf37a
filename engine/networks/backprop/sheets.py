"""Exercises to print: the task on one page, its solution on another; Markdown or PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic_write import replacing
from engine.errors import ExportError
from engine.networks.backprop import latex
from engine.networks.backprop.events import BIAS
from engine.networks.backprop.exercise import Exercise, Question, node_numbers
from engine.networks.backprop.spec import activation_of
from engine.networks.backprop.writing import weight_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Words = Callable[[str], str]

TITLE = "Backpropagation, exercise {number}"
SOLUTION = "Solution of exercise {number}"
NET = "A net of {layers} nodes; activation {activation}, E = 1/2 Σ (t − o)²."
GIVEN = "Given"
ASKED = "Work out"
ANSWER = "answer"
TEXTS = (TITLE, SOLUTION, NET, GIVEN, ASKED, ANSWER)

A4_IN = (8.27, 11.69)
LEFT, TOP, BOTTOM = 0.08, 0.95, 0.06  # of the page
LINE = 0.0245


def plain(text: str) -> str:
    """English as it stands."""
    return text


def write_sheets(exercises: Sequence[Exercise], path: Path, words: Words = plain) -> None:
    """All tasks, then all solutions; `.md` or `.pdf` by the path.

    Args:
        words: translates one of `TEXTS`.

    Raises:
        ExportError: another kind of file, or it cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in (".md", ".pdf"):
        raise ExportError("export.unknown_format", path=path, known=".md, .pdf")
    with replacing(path) as temporary:
        if kind == ".md":
            temporary.write_text(markdown(exercises, words), encoding="utf-8")
        else:
            _write_pdf(exercises, temporary, words)


def given_of(exercise: Exercise) -> Iterator[str]:
    """What is given, LaTeX: settings, inputs, targets, weights by layer."""
    spec = exercise.spec
    numbers = node_numbers(spec)
    example = spec.examples[0]
    rate = rf"\eta = {latex.number(spec.eta)}"
    sloped = activation_of(spec).sloped
    yield rf"\alpha = {latex.number(spec.slope)},\ {rate}" if sloped else rate
    for letter, row, values in (
        ("o", numbers[0], example.inputs),
        ("t", numbers[-1], example.targets),
    ):
        yield r",\ ".join(
            f"{letter}_{{{number}}} = {latex.number(value)}"
            for number, value in zip(row, values, strict=True)
        )
    for layer, matrix in enumerate(spec.weights, start=1):
        for source, outgoing in enumerate(matrix):
            yield r",\ ".join(
                f"{latex.symbol(weight_name(spec.layers, layer, node, source))} ="
                f" {latex.number(value)}"
                for node, value in enumerate(outgoing)
            )
        if spec.biases:
            yield r",\ ".join(
                f"{latex.symbol(weight_name(spec.layers, layer, node, BIAS))} ="
                f" {latex.number(value)}"
                for node, value in enumerate(spec.biases[layer - 1])
            )
    if exercise.difficulty == 1:  # only what comes back is asked for
        asked = exercise.questions[0].line.values
        known = {
            name: value
            for question in exercise.questions
            for name, value in question.line.values.items()
            if name.startswith("o_")
        }
        yield r",\ ".join(
            f"{latex.symbol(name)} = {latex.number(float(value))}"
            for name, value in sorted({**known, **asked}.items())
            if name.startswith("o_")
        )


def solution_of(question: Question) -> tuple[str, str, str]:
    """Symbol = formula, the formula with its numbers, and the result; LaTeX each."""
    line = question.line
    assert line.formula is not None
    return (
        f"{latex.symbol(line.symbol)} = {latex.formula(line.formula)}",
        f"= {latex.formula(line.formula, line.values)}",
        f"= {latex.number(question.answer)}",
    )


def net_text(exercise: Exercise, words: Words) -> str:
    layers = "-".join(map(str, exercise.spec.layers))
    return words(NET).format(layers=layers, activation=exercise.spec.activation)


def markdown(exercises: Sequence[Exercise], words: Words = plain) -> str:
    """The sheets as Markdown with LaTeX; `\\newpage` between them, as pandoc reads it."""
    pages = []
    for number, exercise in enumerate(exercises, start=1):
        lines = [f"# {words(TITLE).format(number=number)}", "", net_text(exercise, words), ""]
        lines += [f"## {words(GIVEN)}", ""]
        lines += [f"- ${given}$" for given in given_of(exercise)]
        lines += ["", f"## {words(ASKED)}", "", f"| | {words(ANSWER)} |", "|---|---|"]
        lines += [f"| ${latex.symbol(each.symbol)}$ | |" for each in exercise.questions]
        pages.append("\n".join(lines))
    for number, exercise in enumerate(exercises, start=1):
        lines = [f"# {words(SOLUTION).format(number=number)}", ""]
        lines += [f"- ${' '.join(solution_of(question))}$" for question in exercise.questions]
        pages.append("\n".join(lines))
    return "\n\n\\newpage\n\n".join(pages) + "\n"


def _write_pdf(exercises: Sequence[Exercise], path: Path, words: Words) -> None:
    from matplotlib.backends.backend_pdf import PdfPages

    with PdfPages(path, metadata={"CreationDate": None}) as pages:
        for number, exercise in enumerate(exercises, start=1):
            title = words(TITLE).format(number=number)
            for figure in _task_pages(exercise, title, words):
                pages.savefig(figure)
        for number, exercise in enumerate(exercises, start=1):
            title = words(SOLUTION).format(number=number)
            for figure in _solution_pages(exercise, title):
                pages.savefig(figure)


class _Pages:
    """Lines of text down pages of A4."""

    def __init__(self, title: str) -> None:
        self.figures: list[Figure] = []
        self._title = title
        self._new()

    def _new(self) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=A4_IN)
        FigureCanvasAgg(figure)
        figure.text(LEFT, TOP, self._title, fontsize=15, va="top", weight="bold")
        self.figures.append(figure)
        self.y = TOP - 2 * LINE

    def keep(self, lines: float) -> None:
        """Begin another page unless so many lines fit on this one."""
        if self.y - lines * LINE < BOTTOM:
            self._new()

    def write(
        self, text: str, *, size: float = 10.5, indent: float = 0.0, lines: float = 1
    ) -> None:
        """One line; one that is too wide is set smaller."""
        self.y -= lines * LINE
        if self.y < BOTTOM:
            self._new()
            self.y -= lines * LINE
        figure = self.figures[-1]
        written = figure.text(LEFT + indent, self.y, text, fontsize=size, va="center")
        room = (1 - 2 * LEFT - indent) * figure.bbox.width
        width = written.get_window_extent().width
        if width > room:
            written.set_fontsize(size * room / width)


def _task_pages(exercise: Exercise, title: str, words: Words) -> list[Figure]:
    pages = _Pages(title)
    pages.write(net_text(exercise, words))
    axes = pages.figures[0].add_axes((LEFT, pages.y - 0.29, 1 - 2 * LEFT, 0.27))
    draw_net(axes, exercise)
    pages.y -= 0.30
    pages.write(words(GIVEN), size=12)
    for text in given_of(exercise):
        pages.write(f"${text}$", indent=0.02)
    pages.write(words(ASKED), size=12, lines=1.5)
    for question in exercise.questions:
        pages.write(f"${latex.symbol(question.symbol)}$ = " + "." * 36, indent=0.02, lines=1.15)
    return pages.figures


def _solution_pages(exercise: Exercise, title: str) -> list[Figure]:
    pages = _Pages(title)
    for question in exercise.questions:
        letters, numbers, result = solution_of(question)
        pages.keep(5)
        pages.write(f"${letters}$", lines=1.8)
        pages.write(f"${numbers}$", indent=0.03, lines=1.5)
        pages.write(f"${result}$", indent=0.03, lines=1.3)
    return pages.figures


def draw_net(axes: Axes, exercise: Exercise) -> None:
    """The net as columns of numbered nodes, on white."""
    columns = node_numbers(exercise.spec)
    axes.set_axis_off()
    axes.set_xlim(-0.4, len(columns) - 0.6)
    axes.set_ylim(-0.1, 1.1)
    places = [
        [(x, 1 - (row + 0.5) / len(column)) for row in range(len(column))]
        for x, column in enumerate(columns)
    ]
    for left, right in pairwise(places):
        for x0, y0 in left:
            for x1, y1 in right:
                axes.plot([x0, x1], [y0, y1], color="0.55", linewidth=1, zorder=1)
    for column, spots in zip(columns, places, strict=True):
        for number, (x, y) in zip(column, spots, strict=True):
            axes.plot(
                [x], [y], "o", markersize=24, markerfacecolor="white", markeredgecolor="0.2",
                zorder=2,
            )  # fmt: skip
            axes.text(x, y, str(number), ha="center", va="center", fontsize=11, zorder=3)
