"""The net that learns, with what belongs to its learning: optimizer, average, schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.detection.models import builders
from engine.detection.models.builders import Architecture
from engine.detection.models.weight_files import Description
from engine.errors import InputError
from engine.training import initialization
from engine.training.alternating import gradient_cosine
from engine.training.alternating.course import Course
from engine.training.alternating.phases import phases_of
from engine.training.losses import compute_losses
from engine.training.runs import finite
from engine.training.runs.random_state import RandomState
from engine.training.runs.training_state import TrainingState
from engine.training.spec import TrainSpec
from engine.training.updates import optimization
from engine.training.updates.layer_norms import LayerNorms, layer_groups


class NotFiniteError(Exception):
    """A step's loss or gradient is not finite; the net is as it was before it."""


@dataclass(frozen=True)
class Losses:
    """What one step has come to.

    Attributes:
        values: each loss by torchvision's name, and "loss", their weighted sum.
        lr: learning rate of the heads.
        gradient: its norm, and by what it was clipped.
        cosine: between the RPN's gradient and the heads' on the shared layers, if measured.
        layers: norms of the layer groups, as `LayerNorms` gives them, if measured.
    """

    values: Mapping[str, float]
    lr: float
    gradient: finite.Clipped
    cosine: float | None = None
    layers: Mapping[str, float] = field(default_factory=dict)


class Learner:
    """A net that learns by a schedule.

    Args:
        spec: the training.
        description: the net.
        device: where it learns.
        kept: the state that it goes on from; None for a net that begins.

    Raises:
        ModelError: the weights to start from are not there or do not fit.
        KeyError, TypeError, ValueError, RuntimeError: the kept state does not fit.
    """

    def __init__(
        self,
        spec: TrainSpec,
        description: Description,
        device: torch.device,
        kept: TrainingState | None,
    ) -> None:
        self.spec, self.device = spec, device
        self.architecture: Architecture = builders.from_json(description.architecture)
        self.course = Course(phases_of(spec), self.architecture, spec.frozen)
        self.random = RandomState(device, spec.seed)
        with self.random.used():
            if kept is None:
                self.model = self._placed(initialization.first_model(spec, description))
            else:
                self.model = self._placed(builders.build(self.architecture))
                self.course.restore(kept.facts, kept.tensors, self._placed)
        if kept is None:
            self.course.begin(self.model)
        else:
            self.course.fix(self.model)
        self._begin_learning()
        if kept is not None:
            self._restore(kept)

    def _placed(self, model: GeneralizedRCNN) -> GeneralizedRCNN:
        """A new net on this training's device and in its precision."""
        if self.spec.crop:
            model.transform._skip_resize = True  # crops come at the net's size
        model.to(self.device)
        if self.spec.precision == "mixed":
            optimization.use_mixed_precision(model, self.device)
        return model

    def _begin_learning(self) -> None:
        """A fresh optimizer and average for what learns in this phase."""
        self.optimizer = optimization.make_optimizer(self.model, self.spec)
        self.average = (
            {n: t.detach().clone() for n, t in self.model.state_dict().items()}
            if self.spec.average
            else None
        )

    def take_step(
        self,
        images: list[Tensor],
        targets: list[dict[str, Tensor]],
        *,
        done: int,
        steps: int,
        compare: bool = False,
        measure_layers: bool = False,
    ) -> Losses:
        """Learn from one batch.

        Args:
            images, targets: as `compute_losses` takes them.
            done: steps that this phase has taken before this one.
            steps: steps of this phase in all.
            compare: whether to compare the gradients of RPN and heads.
            measure_layers: whether to take the norms of the layer groups.

        Raises:
            NotFiniteError: nothing was learnt.
            InputError: the batch has nothing that this net can learn.
        """
        spec, phase = self.spec, self.course.phase
        lr = optimization.set_rate(self.optimizer, optimization.lr_at(spec, done, steps))
        kept = finite.statistics(self.model)
        with self.random.used():
            losses = compute_losses(
                self.model, images, targets, parts=phase.learns, lender=self.course.lender
            )
            if not losses:  # such as keypoints alone, where the data has none
                raise InputError("data.no_objects", path=", ".join(spec.files))
            weights_of = spec.loss_weights
            total = torch.stack([v * weights_of.get(n, 1.0) for n, v in losses.items()]).sum()
            cosine, norms = None, None
            gradient = finite.Clipped(float(total.detach()))  # as long as it is all that is known
            if gradient.is_finite:
                self.optimizer.zero_grad(set_to_none=True)
                shared = gradient_cosine.shared_parameters(self.model) if compare else []
                of_rpn = gradient_cosine.rpn_gradients(losses, weights_of, shared)
                total.backward()
                cosine = gradient_cosine.compare(shared, of_rpn) if of_rpn is not None else None
                norms = LayerNorms(layer_groups(self.model)) if measure_layers else None
                gradient = finite.clip(self.model.parameters(), spec.clip)
            if not gradient.is_finite:
                finite.put_back(kept)
                raise NotFiniteError
            self.optimizer.step()
            layers = norms.after_step() if norms is not None else {}
            self._average(done + 1)
        values = {"loss": float(total.detach())}
        values.update((name, float(value.detach())) for name, value in losses.items())
        return Losses(values, lr, gradient, cosine, layers)

    @torch.no_grad()
    def _average(self, done: int) -> None:
        """Move the running average towards the weights; quickly at first."""
        if self.average is None:
            return
        decay = min(self.spec.average, (1 + done) / (10 + done))
        for name, tensor in self.model.state_dict().items():
            if tensor.is_floating_point():
                self.average[name].lerp_(tensor, 1 - decay)
            else:
                self.average[name].copy_(tensor)

    def weights(self) -> dict[str, Tensor]:
        """The weights to use: the average where there is one."""
        return self.average if self.average is not None else self.model.state_dict()

    def model_to_use(self) -> GeneralizedRCNN:
        """Another net with the weights to use, in eval mode."""
        model = builders.build(self.architecture)
        model.load_state_dict(self.weights())
        return self.course.judged(model.to(self.device))

    def begin_next_phase(self, step: int) -> None:
        """Go on to the next phase, from this step, with a fresh optimizer."""
        self.model.load_state_dict(self.weights())
        # What is fixed from here on must not count in the norm by which gradients are clipped.
        self.model.zero_grad(set_to_none=True)
        start = self.course.advance(self.model, step)
        if start is not None:
            self.model = self._placed(builders.build(self.architecture))
            self.model.load_state_dict(start)
        self.course.begin(self.model)
        self._begin_learning()

    def state(self, step: int) -> TrainingState:
        """What a run goes on from, after this step."""
        return TrainingState(
            step,
            self.weights(),
            self.model.state_dict(),
            self.optimizer.state_dict()["state"],
            self.random.cpu,
            self.random.device,
            self.course.facts(),
            self.course.tensors(),
        )

    def _restore(self, kept: TrainingState) -> None:
        self.model.load_state_dict(dict(kept.model))
        if self.average is not None:
            self.average = {n: kept.weights[n].to(self.device) for n in self.average}
        groups = self.optimizer.state_dict()["param_groups"]
        self.optimizer.load_state_dict({"state": kept.optimizer, "param_groups": groups})
        self.random.set(kept.random, kept.device_random)
