"""A rule as a linear recursion on a quadratic: the largest stable rate, and the factor a step.

With its scales P held, every rule here with a gradient H x steps by

    m' = keep m + weight H x
    x' = (1 - lr shrink) x - lr P^-1 (now H x + mean m')

Along an eigenvector of P^-1 H with eigenvalue p that is a matrix of two by two with the trace
1 + keep - lr (shrink + p (now + mean weight)) and the determinant keep (1 - lr (shrink + p now)).
Both roots lie within the unit circle where |trace| < 1 + determinant < 2 (Jury 1962). Plain
gradient descent, Polyak's heavy ball, Nesterov in torch's form and Adam with its preconditioner
(Cohen et al. 2022, arXiv:2207.14484) are all of this form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LinearStep:
    """The numbers of that recursion, at N places of D parameters.

    Attributes:
        scale: P, (N, D, D) float64; what the rule divides a gradient by.
        now, mean: shares of the gradient and of the running mean in a step; numbers or (N,).
        keep, weight: what the mean keeps of itself, and takes of a gradient.
        decay: what weight decay adds to each eigenvalue of H.
        shrink: the weight decay that is apart from the gradient (AdamW).
        own: P is the rule's own, not the identity.
        formula: the limit of lr times the felt curvature in the rule's settings; empty where it
            is not one of these.
    """

    scale: Array
    now: float | Array = 1.0
    mean: float | Array = 0.0
    keep: float = 0.0
    weight: float = 1.0
    decay: float = 0.0
    shrink: float = 0.0
    own: bool = False
    formula: str = ""

    def curvatures(self, hessian: Array) -> tuple[Array, Array]:
        """The curvatures that the rule feels: eigenvalues of P^-1 (H + decay), least first.

        Args:
            hessian: (N, D, D) float64, symmetric.

        Returns:
            (N, D) float64, and the directions of length 1, (N, D, D) with a row for each; NaN
            where something is not finite.
        """
        count, size = hessian.shape[:2]
        values, rows = np.full((count, size), np.nan), np.full((count, size, size), np.nan)
        with np.errstate(all="ignore"):
            good = _all_finite(hessian) & _all_finite(self.scale)
            good &= np.linalg.det(np.where(good[:, None, None], self.scale, 0.0)) != 0
            inner = hessian[good] + self.decay * np.eye(size)
            felt = np.asarray(np.linalg.solve(self.scale[good], inner), np.float64)
        finite = _all_finite(felt)
        good[good], felt = finite, felt[finite]
        if len(felt):
            # Of a symmetric and a positive definite matrix they are real; what is imaginary
            # has come by rounding.
            found, vectors = np.linalg.eig(felt)
            order = np.argsort(found.real, axis=1)
            values[good] = np.take_along_axis(found.real, order, 1)
            turned = np.swapaxes(vectors.real, 1, 2)  # a row for each
            rows[good] = np.take_along_axis(turned, order[..., None], 1)
        return values, rows

    def limit(self, curvature: Array) -> Array:
        """The largest stable learning rate at a felt curvature (N,); infinite where there is none.

        2 / L for gradient descent, 2 (1 + mu) / L for the heavy ball, 2 (1 + mu) / ((1 + 2 mu) L)
        for Nesterov, 2 (1 + beta1) / ((1 - beta1) p) for Adam.
        """
        with np.errstate(all="ignore"):
            pull = self.shrink + curvature * self.now
            through_minus_one = pull * (1 + self.keep) + curvature * self.mean * self.weight
            turning = self.keep * pull
            first = np.where(through_minus_one > 0, 2 * (1 + self.keep) / through_minus_one, np.inf)
            second = np.where(turning > 0, (1 + self.keep) / turning, np.inf)
            result: Array = np.where(np.isnan(curvature), np.nan, np.minimum(first, second))
        return result

    def factor(self, rate: float | Array, curvature: Array) -> Array:
        """What a distance along a felt curvature (N,) is multiplied by in a step, in the long run.

        The larger size of the two roots; above 1 it grows.
        """
        pull = self.shrink + curvature * self.now
        trace = 1 + self.keep - rate * (pull + curvature * self.mean * self.weight)
        determinant = self.keep * (1 - rate * pull)
        with np.errstate(all="ignore"):
            root = np.sqrt((trace * trace - 4 * determinant).astype(np.complex128))
            sizes = np.abs(np.stack([trace + root, trace - root])) / 2
        result: Array = sizes.max(axis=0)
        return result


def _all_finite(matrices: Array) -> NDArray[np.bool_]:
    """(N, D, D) -> (N,)."""
    return np.asarray(np.isfinite(matrices).all(axis=(1, 2)))
