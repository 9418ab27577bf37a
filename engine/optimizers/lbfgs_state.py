"""What torch.optim.LBFGS remembers, as arrays for a frame, and its steps taken one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.optimizers.expressions import Array

if TYPE_CHECKING:
    import torch

    from engine.optimizers.objective import Objective

LISTS = ("old_dirs", "old_stps", "ro")


@dataclass(frozen=True)
class Inner:
    """One inner iteration: x + size * direction, with direction = -H g.

    Attributes:
        point, gradient: (D,) where it starts, and the gradient there.
        changes, steps: (K, D), of the pairs in memory the changes y of the gradient and the steps
            s, the oldest first.
        ratios: (K,), 1 / (y s) of each.
        scale: of the inverse Hessian that the recursion starts with.
        size: what torch multiplies the direction by; 0 where the slope is below its tolerance.
        evaluations: calls of the closure.
    """

    point: Array
    gradient: Array
    changes: Array
    steps: Array
    ratios: Array
    scale: float
    size: float
    evaluations: int

    @property
    def inverse(self) -> Array:
        """The inverse Hessian that the pairs in memory make up, (D, D).

        The two-loop recursion applied to every axis; Nocedal & Wright 2006, alg. 7.4.
        """
        unit = np.eye(len(self.point))
        inverse = unit * self.scale
        for y, s, rho in zip(self.changes, self.steps, self.ratios, strict=True):
            left = unit - rho * np.outer(s, y)
            inverse = left @ inverse @ left.T + rho * np.outer(s, s)
        return inverse

    def two_loops(self) -> TwoLoops:
        """The recursion applied to the gradient."""
        count = len(self.ratios)
        alphas, betas = np.zeros(count), np.zeros(count)
        rest = self.gradient.copy()
        with np.errstate(all="ignore"):
            for pair in range(count - 1, -1, -1):
                alphas[pair] = self.ratios[pair] * (self.steps[pair] @ rest)
                rest = rest - alphas[pair] * self.changes[pair]
            product = self.scale * rest
            for pair in range(count):
                betas[pair] = self.ratios[pair] * (self.changes[pair] @ product)
                product = product + (alphas[pair] - betas[pair]) * self.steps[pair]
        return TwoLoops(alphas, betas, rest, -product)


@dataclass(frozen=True)
class TwoLoops:
    """What L-BFGS computes of a gradient.

    Attributes:
        alphas, betas: (K,), of each pair in the first and in the second loop.
        rest: (D,), the gradient after the first loop.
        direction: (D,).
    """

    alphas: Array
    betas: Array
    rest: Array
    direction: Array


def freeze(state: Mapping[str, Any] | None) -> dict[str, np.ndarray]:
    """torch's state of one parameter (D,) as float64 arrays; empty before the first step.

    Vectors are (D,), lists of K pairs (K, D) or (K,), numbers ().
    """
    if not state:
        return {}
    frozen = {}
    for key, value in state.items():
        if key == "al" or value is None:  # scratch space
            continue
        if key in LISTS:
            frozen[key] = np.array([np.asarray(part, dtype=np.float64) for part in value])
        else:
            frozen[key] = np.asarray(value, dtype=np.float64)
    return frozen


def thaw(frozen: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """torch's state again from what `freeze` gave, as its next step wants it: vectors (P,)."""
    import torch

    state: dict[str, Any] = {}
    for key, value in frozen.items():
        if key in LISTS:
            state[key] = [torch.tensor(part, dtype=torch.float64) for part in value]
        elif key in ("func_evals", "n_iter"):
            state[key] = int(value)
        elif key in ("t", "prev_loss"):
            state[key] = float(value)
        else:
            state[key] = torch.tensor(value, dtype=torch.float64)
    return state


def inner_iterations(
    objective: Objective,
    point: Array,
    gradient: Array,
    frozen: Mapping[str, np.ndarray],
    hyper: Mapping[str, float],
) -> list[Inner]:
    """The inner iterations of one step of torch.optim.LBFGS, by its own code, one at a time.

    Args:
        point, gradient: (D,) float64 where the step starts; the gradient as used, noise
            included.
        frozen: what `freeze` gave before the step.
    """
    import torch

    here = torch.from_numpy(point.copy())
    noise = torch.from_numpy(gradient.copy()) - objective.value_and_gradient(here[None])[1][0]
    whole = int(hyper["max_iter"])
    allowed = whole * 5 // 4
    parameter, twin = _twin(here, hyper, frozen, iterations=whole, evaluations=allowed)
    before = int(frozen.get("n_iter", 0))

    def closure() -> torch.Tensor:
        loss, slope = objective.value_and_gradient(parameter[None])
        parameter.grad = slope[0] + noise
        return loss[0]

    twin.step(closure)
    count = twin.state[parameter]["n_iter"] - before
    parameter, twin = _twin(here, hyper, frozen, iterations=1, evaluations=allowed)
    found, spent = [], 1
    for _ in range(count):
        begun = parameter.detach().numpy().copy()
        evaluations = int(twin.state[parameter].get("func_evals", 0))
        # Its own line search may take what the earlier iterations have left.
        twin.param_groups[0]["max_eval"] = allowed - spent + 1
        twin.step(closure)
        state = twin.state[parameter]
        searched = state["func_evals"] - evaluations - 1
        spent += searched
        moved = bool((parameter.detach().numpy() != begun).any())
        size = float(state["t"]) if moved else 0.0
        slope = state["prev_flat_grad"].numpy().copy()
        changes, steps = (
            np.array([each.numpy() for each in state[key]]).reshape(-1, len(begun))
            for key in ("old_dirs", "old_stps")
        )
        ratios = np.array([float(ratio) for ratio in state["ro"]])
        found.append(
            Inner(
                begun, slope, changes, steps, ratios, float(state["H_diag"]), size, max(1, searched)
            )
        )
    return found


def _twin(
    point: torch.Tensor,
    hyper: Mapping[str, float],
    frozen: Mapping[str, np.ndarray],
    *,
    iterations: int,
    evaluations: int,
) -> tuple[torch.Tensor, torch.optim.LBFGS]:
    import torch

    parameter = point.clone().requires_grad_()
    twin = torch.optim.LBFGS(
        [parameter],
        lr=hyper["lr"],
        max_iter=iterations,
        max_eval=evaluations,
        tolerance_grad=hyper["tolerance_grad"],
        tolerance_change=hyper["tolerance_change"],
        history_size=int(hyper["history_size"]),
        line_search_fn="strong_wolfe" if hyper["line_search_fn"] else None,
    )
    if frozen:
        twin.state[parameter].update(thaw(frozen))
    return parameter, twin
