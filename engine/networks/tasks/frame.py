"""What is known of every racer after so many updates."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class FitFrame:
    """All racers at one step; R racers in the order of the spec, L layers with weights.

    Losses are means over the examples, without the L2 penalty; accuracies are shares of 1, NaN
    where the targets are numbers. What a racer has stopped doing stays as it was.

    Attributes:
        step: updates made, from 0.
        train_loss, test_loss: (R,) float64.
        train_accuracy, test_accuracy: (R,) float64.
        state: for each racer "running", "converged", "stopped" (early) or "diverged".
        rate: (R,) float64, the learning rate of the update from here.
        gradient_norms: (R, L) float64, length of the gradient that is used from here, by layer
            (weights and biases).
        update_ratios: (R, L) float64, |w_k - w_(k-1)| / |w_(k-1)| by layer; NaN at step 0.
        saturated: (R, L - 1) float64, share of hidden outputs where the activation is flat: its
            derivative is below 5 % of its greatest; of the training examples that are looked at.
        perturbed: (R,) bool, whether a perturbation has brought the racer here.
        parameters: (R, D) float32, flat as `net.split` reads them.
        best_loss: (R,) float64, the least training loss so far, over all starts.
        best_start: (R,) int64, the start that it was met on; 0 is the racer's own.
        other_losses: for each racer training losses (S - 1,) of its further starts.
        other_parameters: for each racer (S - 1, D) float32.
    """

    step: int
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    state: tuple[str, ...]
    rate: np.ndarray
    gradient_norms: np.ndarray
    update_ratios: np.ndarray
    saturated: np.ndarray
    perturbed: np.ndarray
    parameters: np.ndarray
    best_loss: np.ndarray
    best_start: np.ndarray
    other_losses: tuple[np.ndarray, ...] = ()
    other_parameters: tuple[np.ndarray, ...] = field(default_factory=tuple)
