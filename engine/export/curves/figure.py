"""Curves of trainings as a figure for a paper."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.atomic_write import replacing
from engine.export.curves.recorded import RecordedNumbers
from engine.training.comparison import metrics
from engine.training.comparison.smoothing import part_starts, smooth_parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]

# Okabe and Ito's colours, which colour-blind eyes tell apart, on white; each with its dash.
LOOKS = (
    ("#000000", "-"),
    ("#0072b2", "-"),
    ("#d55e00", "--"),
    ("#009e73", "-."),
    ("#cc79a7", ":"),
    ("#e69f00", "--"),
    ("#56b4e9", "-."),
)
BINS = 700  # of one curve, two points each: about the pixels of a panel at 150 a inch
WIDTH, HEIGHT = 9.0, 3.0  # inches of a panel
MOST_LETTERS = 40  # of a run's name in the legend
LOSS, AP, LR = "loss", "average precision", "learning rate"


@dataclass(frozen=True)
class Line:
    """One curve.

    Attributes:
        title: in the legend.
        x, y: (N,) float64, steps and what was measured; NaN between two phases.
        mean: (N,) float64, y smoothed; y itself where it is not smoothed.
        look: its place in `LOOKS`.
    """

    title: str
    x: Floats
    y: Floats
    mean: Floats
    look: int

    @property
    def last(self) -> float:
        """The number that the curve ends at, NaN for none."""
        known = self.mean[np.isfinite(self.mean)]
        return float(known[-1]) if len(known) else math.nan


@dataclass(frozen=True)
class Panel:
    """Curves that share an axis.

    Attributes:
        title: what the axis says.
        lines: the curves.
        smoothed: whether they are means.
        phases: where each phase of the one run begins, by name.
    """

    title: str
    lines: tuple[Line, ...]
    smoothed: bool
    phases: tuple[tuple[str, int], ...] = ()


def panels_of(
    runs: Sequence[RecordedNumbers], names: Sequence[str], smoothing: float
) -> tuple[Panel, ...]:
    """What is drawn; `panel_steps` says how."""
    return tuple(panel for panel in panel_steps(runs, names, smoothing) if panel is not None)


def panel_steps(
    runs: Sequence[RecordedNumbers], names: Sequence[str], smoothing: float
) -> Iterator[Panel | None]:
    """What is drawn, panel by panel, with a None behind each curve: long runs take seconds.

    Args:
        names: metrics, a panel each; empty for all losses, average precisions and the learning
            rate of one run, and for the first of them of several.
        smoothing: strength of the losses' moving average, 0 to below 1.
    """
    known = metrics.in_order(name for run in runs for name in run.columns)
    asked: list[tuple[str, list[tuple[RecordedNumbers, str, str]]]]  # title; run, metric, label
    if len(runs) == 1 and not names:
        losses = [name for name in known if metrics.is_loss(name)]
        precisions = [f"{kind}.AP" for kind in metrics.KINDS if f"{kind}.AP" in known]
        rates = [name for name in known if name == "lr"]
        groups = ((LOSS, losses), (AP, precisions), (LR, rates))
        asked = [(title, [(runs[0], name, name) for name in group]) for title, group in groups]
    else:
        shown = tuple(names) or tuple(name for name in metrics.FIRST if name in known)
        asked = [(name, [(run, name, run.name) for run in runs]) for name in shown]
    phases = _phases(runs[0]) if len(runs) == 1 else ()
    for title, wanted in asked:
        lines = []
        for look, (run, name, label) in enumerate(wanted):
            if name in run.columns:
                lines.append(_line(run, name, label, smoothing, look))
                yield None
        if lines:
            smoothed = smoothing > 0 and metrics.is_loss(wanted[0][1])
            yield Panel(title, tuple(lines), smoothed, phases)


def write(
    path: Path, panels: Sequence[Panel], *, smoothing: float, log: bool, dpi: float = 150
) -> Iterator[int]:
    """Write the figure; the file's ending chooses PNG, SVG or PDF.

    Args:
        log: losses on a logarithmic axis.

    Yields:
        how many panels are drawn; closed before its end, it writes nothing.

    Raises:
        ExportError: it could not be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT * max(len(panels), 1)), layout="constrained")
    FigureCanvasAgg(figure)
    all_axes = figure.subplots(max(len(panels), 1), 1, squeeze=False, sharex=True)[:, 0]
    for number, (axes, panel) in enumerate(zip(all_axes, panels, strict=False)):
        _draw(axes, panel, log=log)
        yield number + 1
    all_axes[-1].set_xlabel("step")
    if any(panel.smoothed for panel in panels):
        _say_how(figure, smoothing)
    kind = path.suffix.lstrip(".").lower()
    with replacing(path) as temporary:
        figure.savefig(temporary, format=kind, dpi=dpi)


def _say_how(figure: Figure, smoothing: float) -> None:
    text = f"bold: exponential moving average of {smoothing:g}, debiased; faint: as measured"
    figure.supxlabel(text, fontsize=7, color="#555555")


def _draw(axes: Axes, panel: Panel, *, log: bool) -> None:
    logarithmic = log and panel.title.startswith(LOSS)
    for line in panel.lines:
        color, dash = LOOKS[line.look % len(LOOKS)]
        if panel.smoothed:
            axes.plot(*_thinned(line.x, line.y), color=color, alpha=0.25, linewidth=0.7)
        few = len(line.x) <= 50 and not panel.smoothed
        title = line.title
        if len(title) > MOST_LETTERS:
            title = f"{title[: MOST_LETTERS - 1]}…"
        label = f"{title}: {line.last:.4g}" if math.isfinite(line.last) else title
        drawn: dict[str, Any] = {"marker": "o", "markersize": 3} if few else {}
        axes.plot(
            *_thinned(line.x, line.mean),
            color=color,
            linestyle=dash,
            linewidth=1.5,
            label=_plain(label),
            **drawn,
        )
    for name, step in panel.phases:
        axes.axvline(step - 0.5, color="#888888", linewidth=0.8, linestyle=(0, (4, 4)))
        axes.annotate(
            _plain(name), (step - 0.5, 1.0), xycoords=("data", "axes fraction"), fontsize=7,
            xytext=(3, 2), textcoords="offset points", color="#555555", annotation_clip=False,
        )  # fmt: skip
    if logarithmic:
        axes.set_yscale("log", nonpositive="mask")
    axes.set_ylabel(_plain(f"{panel.title} (logarithmic)" if logarithmic else panel.title))
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    if panel.lines:
        axes.legend(fontsize=7, loc="upper left", bbox_to_anchor=(1.005, 1.0), frameon=False)


def _plain(text: str) -> str:
    """A text that matplotlib does not read as a formula."""
    return text.replace("$", r"\$")


def _line(run: RecordedNumbers, name: str, title: str, smoothing: float, look: int) -> Line:
    steps = [step for step, row in run.rows.items() if name in row]
    x = np.array(steps, dtype=np.float64)
    y = np.array([run.rows[step][name] for step in steps], dtype=np.float64)
    order = {phase: place for place, phase in enumerate(dict.fromkeys(run.phases.values()))}
    parts = np.array([order[run.phases[step]] for step in steps], dtype=np.int64)
    mean = smooth_parts(y, parts, smoothing) if metrics.is_loss(name) else y
    if metrics.is_loss(name):  # a part of the schedule in which it does not learn is no line
        breaks = part_starts(parts)[1:]
        x = np.insert(x, breaks, x[list(breaks)] - 0.5)
        y, mean = (np.insert(values, breaks, np.nan) for values in (y, mean))
    return Line(title, x, y, mean, look)


def _phases(run: RecordedNumbers) -> tuple[tuple[str, int], ...]:
    """Where each phase begins; none of a training that has one alone."""
    steps = list(run.rows)
    names = [run.phases[step] for step in steps]
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    starts = part_starts(np.array([order[name] for name in names], dtype=np.int64))
    return tuple((names[at], steps[at]) for at in starts) if len(order) > 1 else ()


def _thinned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """At most two points a bin, its least and its greatest y: the same picture."""
    if len(x) <= 2 * BINS:
        return x, y
    starts = np.linspace(0, len(x), BINS, endpoint=False).astype(int)
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    return np.repeat(x[starts], 2), np.column_stack([low, high]).ravel()
