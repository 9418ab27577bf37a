"""Values, gradients and Hessians of a function of two parameters at a batch of points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

import torch

from engine.optimizers.objective import Objective

ROWS_TOGETHER = 64  # of Hessians, over all points


class TwoParameterLoss(Protocol):
    """A loss of x and y in torch's functions, such as a surface."""

    def loss(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The loss at tensors of one shape and dtype; a constant may have any shape."""
        ...


def objective_of(surface: TwoParameterLoss) -> Objective:
    """The functions of points (N, 2) that second-order rules and the line search take."""
    return Objective(
        partial(value, surface), partial(value_and_gradient, surface), partial(hessian, surface)
    )


def objective_by_autograd(loss: Callable[[torch.Tensor], torch.Tensor]) -> Objective:
    """The functions that rules take, from a loss of points (N, D) that gives (N,).

    Row n of the loss depends on row n of the points alone.
    """

    def value(points: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return loss(points)

    def value_and_gradient(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        points = points.detach().requires_grad_()
        with torch.enable_grad():
            found = loss(points)
            (gradient,) = torch.autograd.grad(found.sum(), points)
        return found.detach(), gradient

    def hessian(points: torch.Tensor) -> torch.Tensor:
        points = points.detach().requires_grad_()
        count, size = points.shape
        with torch.enable_grad():
            (gradient,) = torch.autograd.grad(loss(points).sum(), points, create_graph=True)
        if not gradient.requires_grad:  # a linear loss
            return points.new_zeros(count, size, size)
        # Rows of the Hessian, some in one call: one by one takes six times as long for a net
        # of 300 parameters, while many points fill a call by themselves.
        together = max(1, ROWS_TOGETHER // count)
        rows = []
        for ones in torch.eye(size, dtype=points.dtype, device=points.device).split(together):
            given = ones[:, None].expand(-1, count, -1)
            (part,) = torch.autograd.grad(
                gradient,
                points,
                given if together > 1 else given[0],
                retain_graph=True,
                materialize_grads=True,
                allow_unused=True,
                is_grads_batched=together > 1,
            )
            rows.append(part.reshape(given.shape))
        return torch.cat(rows).transpose(0, 1).detach()

    return Objective(value, value_and_gradient, hessian)


def value(surface: TwoParameterLoss, points: torch.Tensor) -> torch.Tensor:
    """Loss (N,) at points (N, 2), of their dtype, without autograd; NaN and inf are kept."""
    with torch.no_grad():
        x, y = points.unbind(-1)
        return torch.broadcast_to(surface.loss(x, y), x.shape)


def value_and_gradient(
    surface: TwoParameterLoss, points: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss (N,) and gradient (N, 2) at points (N, 2), of their dtype; NaN and inf are kept.

    Quickest for large N where the points are a transposed (2, N), each column in one piece.
    """
    # Two leaves instead of one of (N, 2): their gradients need no scatter.
    x, y = (column.detach().requires_grad_() for column in points.unbind(-1))
    loss = torch.broadcast_to(surface.loss(x, y), x.shape)
    if not loss.requires_grad:  # a formula that names neither x nor y
        return loss, torch.zeros_like(points)
    slopes = torch.autograd.grad(loss.sum(), (x, y), allow_unused=True, materialize_grads=True)
    return loss.detach(), torch.stack(slopes).T


def hessian(surface: TwoParameterLoss, points: torch.Tensor) -> torch.Tensor:
    """Second derivatives (N, 2, 2) at points (N, 2), of their dtype; NaN and inf are kept."""
    points = points.detach().requires_grad_()
    x, y = points.unbind(-1)
    loss = torch.broadcast_to(surface.loss(x, y), x.shape)
    if not loss.requires_grad:
        return points.new_zeros(len(points), 2, 2)
    (gradient,) = torch.autograd.grad(loss.sum(), points, create_graph=True)
    rows = []
    for column in gradient.unbind(-1):
        if column.requires_grad:
            (row,) = torch.autograd.grad(
                column.sum(), points, retain_graph=True, allow_unused=True, materialize_grads=True
            )
        else:  # a linear function
            row = torch.zeros_like(points)
        rows.append(row)
    return torch.stack(rows, -2).detach()


def newton_step(surface: TwoParameterLoss, points: torch.Tensor) -> torch.Tensor:
    """Newton's step -H^+ g (N, 2) at points (N, 2) float64; NaN where these are not finite.

    Along directions without curvature it does not go.
    """
    _, gradient = value_and_gradient(surface, points)
    second = hessian(surface, points)
    good = (gradient.isfinite().all(1) & second.isfinite().all(2).all(1))[:, None]
    second = torch.where(good[..., None], second, torch.eye(2, dtype=torch.float64))
    values, vectors = torch.linalg.eigh(second)
    least = 1e-12 * values.abs().amax(dim=1, keepdim=True)
    inverse = torch.where(values.abs() > least, 1 / values, torch.zeros_like(values))
    along = (vectors.transpose(1, 2) @ gradient[..., None])[..., 0]
    step = -(vectors @ (inverse * along)[..., None])[..., 0]
    return torch.where(good, step, torch.full_like(step, torch.nan))
