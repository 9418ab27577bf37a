"""One step of one racer as it is written on the board: formulas, numbers, results.

What is given (the point, the gradient, the rule's state) comes from a frame of
the race; every further line is evaluated from its own formula, so that the
last one can be held against the race's next frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.descent.race.spec import RaceFrame, RaceSpec, feed_of, hyper_at, surface_of
from engine.descent.surfaces.registry import Surface
from engine.optimizers import adaptive, lbfgs_state, second_order
from engine.optimizers import registry as optimizers
from engine.optimizers.expressions import Array, symbols
from engine.optimizers.update_formulas import RECIPES, Line, StepCalculation

MIN_PART = 1e-12  # of the longer half axis: the shorter one is drawn at least so long


@dataclass(frozen=True)
class Region:
    """What a rule knows about the scales of the two coordinates, as a shape about the point.

    Attributes:
        symbol: the quantity it shows.
        box: a rectangle rather than an ellipse.
        axes: (2, 2) the half axes as rows.
        in_plane: in the plane's own units: the step ends on it or within it. Otherwise
            only the shape counts.
        values: (2,) the lengths of the half axes, or the eigenvalues that made them.
    """

    symbol: str
    box: bool
    axes: Array
    in_plane: bool
    values: Array


@dataclass(frozen=True)
class StepNumbers:
    """A step taken apart.

    Attributes:
        optimizer: the rule's name.
        step: the frame that it starts from.
        hyper: the settings that the formulas use, by their symbols.
        given: the point, the gradient and the state before the step.
        lines: the formulas in their order; the last one is `x_new`.
        values: of every symbol, in the end.
        region: scales of the coordinates after the step; None for a rule that has none.
    """

    optimizer: str
    step: int
    hyper: Mapping[str, float]
    given: tuple[Line, ...]
    lines: tuple[Line, ...]
    values: Mapping[str, Array]
    region: Region | None

    @property
    def after(self) -> Array:
        """(2,) the point after the step, as the last line has it."""
        return self.lines[-1].result


def compute_step(spec: RaceSpec, frame: RaceFrame, index: int) -> StepNumbers:
    """The step that racer `index` takes from this frame.

    Raises:
        InputError: the spec cannot be run.
        IndexError: there is no such racer.
    """
    whole = surface_of(spec)
    surface = seen_at(spec, whole, frame.step)
    racer = spec.racers[index]
    hyper = hyper_at(racer, whole, frame.step)
    update = optimizers.find(racer.optimizer).update
    board = StepCalculation(hyper, frame.step, {}, losses_on(surface))
    for symbol, value in {**hyper, "t": frame.step}.items():
        board.let(symbol, value)
    board.let("x", frame.position[index])
    board.let("g", frame.gradient[index])
    board.let("f", board.loss(frame.position[index]))
    if update is second_order.lbfgs_update:
        _lbfgs(board, surface, frame.histories[index])
        names: Mapping[str, str] = {}
    else:
        recipe, names = RECIPES[update]
        for key, array in frame.memory(index).items():
            if key in names:
                board.let(names[key], array[0] if array.shape[1] > 1 else array[0, 0])
        if update is second_order.newton_update:
            board.let("H", _hessian(surface, frame.position[index]))
        recipe(board)
    # A setting or a part of the state is shown where a formula names it.
    used = set().union(*(symbols(line.formula) for line in board.lines if line.formula is not None))
    first = board.lines[0].values if board.lines else board.values
    shown = ("x", "g", *(name for name in (*names.values(), "H", "f") if name in used))
    given = tuple(
        Line(name, None, {}, board.values[name] if name not in first else first[name])
        for name in shown
    )
    return StepNumbers(
        racer.optimizer,
        frame.step,
        {name: hyper[name] for name in hyper if name in used},
        given,
        tuple(board.lines),
        board.values,
        _region(update, board.values),
    )


def _lbfgs(board: StepCalculation, surface: Surface, history: Mapping[str, np.ndarray]) -> None:
    """The inner iterations: d = -H g, x + r d."""
    done = lbfgs_state.inner_iterations(
        surface, board.values["x"], board.values["g"], history, board.hyper
    )
    if not done:
        board.write("x_new", "x")  # the gradient is below torch's tolerance
    for count, inner in enumerate(done, start=1):
        board.let(f"H_{count}", inner.inverse)
        board.let(f"g_{count}", inner.gradient)
        board.let(f"r_{count}", inner.size)
        board.let(f"x_{count}", inner.point)
        board.write(f"d_{count}", f"-(H_{count} @ g_{count})")
        after = "x_new" if count == len(done) else f"x_{count + 1}"
        board.write(after, f"x_{count} + r_{count}*d_{count}")
        board.let("H", inner.inverse)


def seen_at(spec: RaceSpec, surface: Surface, step: int) -> Surface:
    """The surface that the rules see at a step: that of the batch, where there are batches."""
    feed = feed_of(spec, surface)
    return surface if feed is None else feed.surface_at(surface, step)


def losses_on(surface: Surface) -> Callable[[Array], float]:
    def loss(point: Array) -> float:
        import torch

        with torch.no_grad():
            x, y = torch.from_numpy(point[None].copy()).unbind(-1)
            return float(torch.broadcast_to(surface.loss(x, y), x.shape)[0])

    return loss


def _hessian(surface: Surface, point: Array) -> Array:
    import torch

    from engine.optimizers.derivatives import hessian

    return hessian(surface, torch.from_numpy(point[None].copy()))[0].numpy()


# Which quantity shows the scales of the coordinates, and whether as a box.
_ROOTS = {
    adaptive.adagrad_update: "s_new",
    adaptive.rmsprop_update: "v_new",
    adaptive.adadelta_update: "v_new",
    adaptive.adam_update: "v_hat",
    adaptive.nadam_update: "v_hat",
    adaptive.radam_update: "v_new",
}


def _region(update: Callable[..., object], values: Mapping[str, Array]) -> Region | None:
    """Ellipses for second moments and curvature, boxes where each coordinate has its own bound."""
    if update in _ROOTS:
        return _shape(_ROOTS[update], np.sqrt(values[_ROOTS[update]]), box=False)
    if update is adaptive.adamax_update:
        return _shape("u_new", values["u_new"], box=True)
    if update is adaptive.rprop_update:
        return _shape("size_new", values["size_new"], box=True, in_plane=True)
    if update is adaptive.lion_update:
        return _shape("lr", np.full(2, values["lr"]), box=True, in_plane=True)
    if update in (second_order.newton_update, second_order.lbfgs_update):
        inverse = update is second_order.lbfgs_update
        symbol = "H" if inverse else next(name for name in "ABH" if name in values)
        return _contour(values.get(symbol), inverse=inverse)
    return None


def _shape(symbol: str, half: Array, *, box: bool, in_plane: bool = False) -> Region | None:
    if not (np.isfinite(half).all() and half.max() > 0):
        return None
    drawn = np.maximum(half, MIN_PART * half.max())
    return Region(symbol, box, np.diag(drawn), in_plane, half)


def _contour(matrix: Array | None, *, inverse: bool) -> Region | None:
    """A level line of the quadratic model, longest where the curvature is least."""
    if matrix is None or not np.isfinite(matrix).all():
        return None
    eigenvalues, vectors = np.linalg.eigh(matrix)
    if eigenvalues.min() <= 0:  # a saddle's or a maximum's model has no closed level line
        return None
    half = np.sqrt(eigenvalues) if inverse else 1 / np.sqrt(eigenvalues)
    half = np.maximum(half / half.max(), MIN_PART)
    curvature = 1 / eigenvalues if inverse else eigenvalues
    return Region("curvature", False, (vectors * half).T, False, curvature)


def gap(workings: StepNumbers, following: RaceFrame, index: int) -> float:
    """By how much the last line differs from the race's next point: the larger coordinate."""
    with np.errstate(all="ignore"):
        apart = np.abs(workings.after - following.position[index])
    same = np.isnan(workings.after) & np.isnan(following.position[index])
    return float(np.where(same, 0.0, apart).max())
