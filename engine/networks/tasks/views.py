"""What is drawn of the nets beside their curves: frozen arrays, made by `pictures`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Examples:
    """What the nets learn from and are tested on, ready to draw.

    Attributes:
        inputs, test_inputs: (n, 2) or (n, 1) float64 in the task's own frame (before the
            monomials); (n, 64) of digits, 0 to 1, rows of 8 from the top.
        targets, test_targets: (n,) float64; the class's number for classes.
        classes: how many; 0 for numbers.
    """

    inputs: np.ndarray
    targets: np.ndarray
    test_inputs: np.ndarray
    test_targets: np.ndarray
    classes: int


@dataclass(frozen=True)
class Histogram:
    """How values are spread in one layer of each racer.

    Attributes:
        what: "weights", "gradients" or "activations".
        layer: from 0.
        edges: (R, bins + 1) float64.
        counts: (R, bins) int64.
    """

    what: str
    layer: int
    edges: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class TaskView:
    """The nets of R racers at one step.

    Attributes:
        step: of the frame.
        x, y: (n,) and (m,) float64, the points of the picture; y empty for one input.
        boundary: (R, m, n) float32, probability of class 1, row = y; None for other tasks.
        curve: (R, n) float32, the output over x; None for other tasks.
        wrong: (R, n) bool, which training examples a racer takes for another class, in the
            order of `Examples`; None for other tasks.
        histograms: by what and layer; empty where they were not asked for.
        recognized: (R, 10) float32, probabilities of the digit that was drawn; None without.
        test_digits: (R, k) int64, what each racer takes the first k test digits for; None for
            other tasks.
    """

    step: int
    x: np.ndarray
    y: np.ndarray
    boundary: np.ndarray | None = None
    curve: np.ndarray | None = None
    histograms: tuple[Histogram, ...] = ()
    recognized: np.ndarray | None = None
    test_digits: np.ndarray | None = None
    wrong: np.ndarray | None = None


@dataclass(frozen=True)
class StartsView:
    """The further starts of one racer, its own first; S starts.

    Attributes:
        racer: its place in the spec.
        losses: (S,) float64, training losses at the step.
        boundary: (S, m, n) float32 probability of class 1; or `curve` (S, n); None otherwise.
        groups: (S,) int64, which minimum each has reached, 0 the lowest; losses that follow each
            other by less than 1e-2 of the first loss are one group; -1 while still moving.
        best: the start of the least loss.
    """

    racer: int
    step: int
    losses: np.ndarray
    groups: np.ndarray
    best: int
    boundary: np.ndarray | None = None
    curve: np.ndarray | None = None
