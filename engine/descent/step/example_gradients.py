"""The gradient of each example of a data set, and how far the batch's mean is from that of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.descent.data_fit.minibatches import Minibatch, MinibatchSampler
from engine.descent.data_fit.models import one_loss
from engine.descent.maps.landscape import landscape_of
from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_of, sampler_of, surface_of
from engine.descent.surfaces.surface import Surface
from engine.errors import InputError
from engine.landscape import Landscape
from engine.optimizers import registry as optimizers

WINDOW = 50  # steps that the mean angles are taken over


@dataclass(frozen=True)
class ExampleGradients:
    """What the examples say at the place of one racer.

    Attributes:
        batch: what the step from here sees.
        point: (2,) float64, slope and intercept.
        losses: (D,) float64 the loss of each example; of a stream those of the batch alone.
        gradients: (D, 2) float64 their gradients.
        chosen: (D,) bool, which are in the batch.
        full: (2,) float64 the gradient of the landscape: the mean of all.
        mean: (2,) float64 the gradient of the batch: the mean of the chosen.
        velocity: (2,) float64 the running mean of the gradients that the step follows, this
            one included: torch's buffer times 1 - momentum, of Adam's kin their first moment.
            It starts from zero; NaN for a rule that keeps none.
        batch_angle, velocity_angle: degrees from the full gradient; NaN where one is zero.
        batch_angle_mean, velocity_angle_mean: over the last steps, `WINDOW` at most.
        steps: over how many.
        stream: the examples come once; `losses` and `gradients` are the batch's alone.
    """

    batch: Minibatch
    point: np.ndarray
    losses: np.ndarray
    gradients: np.ndarray
    chosen: np.ndarray
    full: np.ndarray
    mean: np.ndarray
    velocity: np.ndarray
    batch_angle: float
    velocity_angle: float
    batch_angle_mean: float
    velocity_angle_mean: float
    steps: int
    stream: bool

    @property
    def full_batch(self) -> bool:
        """Whether the step sees the whole data set."""
        return bool(self.chosen.all()) and not self.stream


def gradients_of_examples(
    spec: RaceSpec, frames: Sequence[RaceFrame], index: int
) -> ExampleGradients:
    """The examples' gradients at the place of racer `index` in the last of some frames.

    Args:
        frames: the frame that is asked about, and those before it, for the mean angles.

    Raises:
        InputError: the spec cannot be run, or its surface has no data set.
    """
    surface = surface_of(spec)
    sampler = sampler_of(spec, surface)
    if sampler is None:
        raise InputError("race.no_data", surface=surface.name)
    frame = frames[-1]
    batch = sampler.at(frame.step)
    point = frame.position[index]
    if sampler.data.online:
        inputs, targets = batch.inputs, batch.targets
        chosen = np.ones(len(inputs), dtype=bool)
    else:
        examples = sampler.fit.examples(sampler.data)
        inputs, targets = examples.inputs, examples.targets
        chosen = np.zeros(len(inputs), dtype=bool)
        chosen[batch.indices] = True
    losses, gradients = example_gradients(sampler, surface, point, inputs, targets)
    batches, velocities = angles(spec, surface, frames[-WINDOW:], index)
    return ExampleGradients(
        batch,
        point,
        losses,
        gradients,
        chosen,
        full=frame.exact[index],
        mean=gradients[chosen].mean(0),
        velocity=velocity_after(spec, surface, frame, index),
        batch_angle=float(batches[-1]),
        velocity_angle=float(velocities[-1]),
        batch_angle_mean=_mean(batches),
        velocity_angle_mean=_mean(velocities),
        steps=len(batches),
        stream=sampler.data.online,
    )


def example_gradients(
    sampler: MinibatchSampler,
    surface: Surface,
    point: np.ndarray,
    inputs: np.ndarray,
    targets: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Loss (D,) and gradient (D, 2) of each example (inputs and targets (D,)) at one point (2,)."""
    import torch

    from engine.optimizers.derivatives import value_and_gradient

    u, v = torch.from_numpy(inputs), torch.from_numpy(targets)
    each = replace(surface, expression=lambda x, y: sampler.fit.losses(x, y, u, v))
    places = torch.from_numpy(point.copy()).expand(len(inputs), 2)
    losses, gradients = value_and_gradient(each, places)
    return losses.numpy(), gradients.numpy()


def velocity_after(spec: RaceSpec, surface: Surface, frame: RaceFrame, index: int) -> np.ndarray:
    """(2,) float64, the mean of gradients with this step's in it; NaN for a rule without."""
    racer = spec.racers[index]
    hyper = hyper_of(racer, surface)
    used, memory = frame.gradient[index], frame.memory(index)
    follows = optimizers.find(racer.optimizer).follows
    if follows == "velocity":
        if not hyper.get("momentum"):
            return np.full(2, np.nan)
        share = 1.0 if frame.step == 0 else 1.0 - hyper.get("dampening", 0.0)
        decayed = used + hyper.get("weight_decay", 0.0) * frame.position[index]
        buffer = hyper["momentum"] * frame.velocity[index] + share * decayed
        return np.asarray((1 - hyper["momentum"]) * buffer)
    if follows == "mean":
        return np.asarray(hyper["beta1"] * memory["mean"][0] + (1 - hyper["beta1"]) * used)
    return np.full(2, np.nan)


def angles(
    spec: RaceSpec, surface: Surface, frames: Sequence[RaceFrame], index: int
) -> tuple[np.ndarray, np.ndarray]:
    """Degrees (T,) float64 from the full gradient to the one used and to the velocity, by frame."""
    exact = np.stack([frame.exact[index] for frame in frames])
    used = np.stack([frame.gradient[index] for frame in frames])
    velocity = np.stack([velocity_after(spec, surface, frame, index) for frame in frames])
    return angle(used, exact), angle(velocity, exact)


def angle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Degrees between vectors (T, 2) float64, 0 to 180: (T,); NaN where one is 0 or no number."""
    with np.errstate(all="ignore"):
        cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
        turned = np.degrees(np.arctan2(np.abs(cross), (a * b).sum(1)))
        good = np.isfinite(a).all(1) & np.isfinite(b).all(1) & (a != 0).any(1) & (b != 0).any(1)
    return np.where(good, turned, np.nan)


def _mean(values: np.ndarray) -> float:
    good = values[np.isfinite(values)]
    return float(good.mean()) if len(good) else float("nan")


def example_landscape(
    spec: RaceSpec, example: tuple[float, float], size: tuple[int, int]
) -> Iterator[Landscape]:
    """The map of one example's own loss (input, target) over the view of a spec.

    An example alone has no least point but a whole line of them, or none.

    Raises:
        InputError: the surface has no data set.
    """
    surface = surface_of(spec)
    if surface.fit is None:
        raise InputError("race.no_data", surface=surface.name)
    alone = replace(surface, expression=one_loss(surface.fit, *example), minima=())
    yield from landscape_of(alone, size)
