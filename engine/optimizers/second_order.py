"""Rules that need more than one gradient a step: line search, Newton, L-BFGS.

Their update takes an `Objective` as a fifth argument, of a surface or of a network. Line
search and Newton are batched as the others are; L-BFGS runs torch.optim's own, one start
at a time. Points, gradients and steps are (N, D) tensors of one floating dtype in the units
of the points, hyper-parameters numbers or (N, 1) tensors.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from engine.optimizers.gradient import choose

if TYPE_CHECKING:
    import torch

    from engine.optimizers.base import Hyper, State
    from engine.optimizers.objective import Objective

MAX_HALVINGS = 60
AT_ONCE = 6  # of them in one call


def line_search_init(points: torch.Tensor) -> State:
    """How often the loss or gradient was computed: (N, 1), zero."""
    return {"evaluations": points.new_zeros(len(points), 1)}


def line_search_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper, objective: Objective
) -> tuple[torch.Tensor, State]:
    """Gradient descent with backtracking: the first of lr, lr*shrink, ... that Armijo accepts.

    f(x - t g) <= f(x) - decrease * t * |g|^2 (Nocedal & Wright 2006, algorithm 3.1). A
    point where no step is accepted stays.
    """
    import torch

    loss = objective.value(points)[:, None]
    slope = (gradient * gradient).sum(1, keepdim=True)
    size = torch.zeros_like(loss) + hyper["lr"]
    decrease = torch.zeros_like(loss) + hyper["decrease"]
    shrink = torch.zeros_like(loss) + hyper["shrink"]
    evaluations = state["evaluations"] + 1
    waiting = (slope[:, 0] > 0).nonzero()[:, 0]  # the rows that still search
    for done in range(0, MAX_HALVINGS, AT_ONCE):
        if not len(waiting):
            break
        # Several sizes of every row in one call, though the search would look at one after
        # another: it takes the first that is accepted, and counts those up to it.
        count = min(AT_ONCE, MAX_HALVINGS - done)
        sizes = [size[waiting]]
        for _ in range(count):
            sizes.append(sizes[-1] * shrink[waiting])
        tried = torch.cat(sizes[:count], dim=1)  # (n, count)
        here, down = points[waiting, None], gradient[waiting, None]
        there = here - tried[..., None] * down  # (n, count, D)
        allowed = loss[waiting] - decrease[waiting] * tried * slope[waiting]
        losses = objective.value(there.reshape(-1, points.shape[1])).reshape(tried.shape)
        accepted = losses <= allowed
        ends = accepted | (there == here).all(2)
        found = ends.any(1)
        first = torch.where(found, ends.to(torch.int8).argmax(1), count - 1)[:, None]
        evaluations[waiting] += first.to(points.dtype) + 1
        size[waiting] = torch.where(found[:, None], tried.gather(1, first), sizes[count])
        waiting = waiting[~found]
    size[waiting] = 0.0
    # Where no step is left that moves the point it rests: 0 times an infinite slope is no step.
    step = torch.where(size > 0, -size * gradient, torch.zeros_like(gradient))
    return step, {"evaluations": evaluations}


def newton_init(points: torch.Tensor) -> State:
    """Newton remembers nothing."""
    return {}


def newton_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper, objective: Objective
) -> tuple[torch.Tensor, State]:
    """-lr (H + damping I)^-1 g; `saddle_free` takes |H| (Dauphin et al. 2014), which descends.

    Points and gradient are (N, P), the Hessian (N, P, P), so is the step (N, P). Without it
    Newton goes to the nearest critical point, saddles and maxima too.
    """
    matrix = objective.hessian(points)
    solve = _solve_pair if points.shape[1] == 2 else _solve
    solved = solve(matrix, gradient, hyper["damping"], hyper["saddle_free"])
    return -hyper["lr"] * solved, {}


def _solve_pair(
    matrix: torch.Tensor,
    gradient: torch.Tensor,
    damping: float | torch.Tensor,
    saddle_free: float | torch.Tensor,
) -> torch.Tensor:
    """(H + damping I)^-1 g, or with |H| for H, of 2x2 matrices (N, 2, 2), in closed form."""
    import torch

    a, b, c = matrix.flatten(1)[:, [0, 1, 3]].split(1, dim=1)  # (N, 1) each
    size = (a * c - b * b).abs()
    # |H| of a symmetric 2x2 matrix: the square root of H^2.
    root = (a * a + 2 * b * b + c * c + 2 * size).sqrt()
    root = torch.where(root > 0, root, torch.ones_like(root))
    positive = ((a * a + b * b + size) / root, b * (a + c) / root, (b * b + c * c + size) / root)
    a, b, c = (
        choose(saddle_free, lambda one=one: one, lambda other=other: other)  # type: ignore[misc]
        for one, other in zip(positive, (a, b, c), strict=True)
    )
    a, c = a + damping, c + damping
    gx, gy = gradient.split(1, dim=1)
    return torch.cat([c * gx - b * gy, a * gy - b * gx], dim=1) / (a * c - b * b)


def _solve(
    matrix: torch.Tensor,
    gradient: torch.Tensor,
    damping: float | torch.Tensor,
    saddle_free: float | torch.Tensor,
) -> torch.Tensor:
    """The same of matrices (N, D, D), by their eigenvalues."""
    import torch

    values, vectors = torch.linalg.eigh(matrix)
    scales = choose(saddle_free, lambda: values.abs(), lambda: values) + damping
    along = (vectors.mT @ gradient[..., None])[..., 0] / scales
    result: torch.Tensor = (vectors @ along[..., None])[..., 0]
    return result


def lbfgs_init(points: torch.Tensor) -> State:
    """How often the closure was called: (N, 1), zero; `history` comes with the first step."""
    return {"evaluations": points.new_zeros(len(points), 1)}


def lbfgs_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper, objective: Objective
) -> tuple[torch.Tensor, State]:
    """One `step` of torch.optim.LBFGS for each of (N, P) points: up to `max_iter` iterations.

    Noise in the gradient stays the same within a step, as with one batch.
    """
    import torch

    value_and_gradient = objective.value_and_gradient
    kept: Any = state.get("history")
    states: list[Any] = [None] * len(points) if kept is None else kept
    _, exact = value_and_gradient(points)
    noise = torch.where(exact.isfinite(), gradient - exact, torch.zeros_like(exact))
    steps, histories, counts = [], [], []
    for row, point in enumerate(points):
        parameter = point.clone().requires_grad_()
        twin = torch.optim.LBFGS(
            [parameter],
            lr=_of(hyper["lr"], row),
            max_iter=int(_of(hyper["max_iter"], row)),
            tolerance_grad=_of(hyper["tolerance_grad"], row),
            tolerance_change=_of(hyper["tolerance_change"], row),
            history_size=int(_of(hyper["history_size"], row)),
            line_search_fn="strong_wolfe" if _of(hyper["line_search_fn"], row) else None,
        )
        if states[row] is not None:
            # torch changes its history in place; the state given must stay what it was.
            twin.state[parameter].update(copy.deepcopy(states[row]))
        calls = 0

        def closure(
            parameter: torch.Tensor = parameter, noise: torch.Tensor = noise[row]
        ) -> torch.Tensor:
            nonlocal calls
            calls += 1
            loss, slope = value_and_gradient(parameter[None])
            parameter.grad = slope[0] + noise
            return loss[0]

        twin.step(closure)
        steps.append(parameter.detach() - point)
        histories.append(dict(twin.state[parameter]))
        counts.append(calls)
    new: Any = {
        "evaluations": state["evaluations"] + points.new_tensor(counts)[:, None],
        "history": histories,
    }
    return torch.stack(steps), new


def _of(value: float | torch.Tensor, row: int) -> float:
    """The hyper-parameter of one row."""
    if isinstance(value, int | float):
        return float(value)
    flat = value.reshape(-1)
    return float(flat[row if len(flat) > 1 else 0])
