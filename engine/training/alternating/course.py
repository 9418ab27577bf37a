"""Where a training stands in its schedule: which phase, which nets, what must not change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.detection.models import builders
from engine.detection.models.builders import Architecture
from engine.training import initialization
from engine.training.alternating import frozen_hash
from engine.training.alternating.phases import Phase
from engine.training.alternating.proposals import BorrowedRpn

START, LENDER = "start.", "lender."  # what names of kept tensors begin with


@dataclass
class Course:
    """The phases of a training and what passes between them.

    Attributes:
        phases: all of them; one for the joint schedule.
        architecture: of every net.
        frozen_stages: of the backbone, as the spec says.
        index: the phase at hand.
        began: the step at which it began.
        start: weights that the round began with, until its second net has taken them.
        lender: the net whose proposals the heads learn from, in eval mode; None where the
            net uses its own.
        frozen: digest of what must not change in this phase, at its beginning.
    """

    phases: tuple[Phase, ...]
    architecture: Architecture
    frozen_stages: int | None
    index: int = 0
    began: int = 0
    start: dict[str, Tensor] = field(default_factory=dict)
    lender: GeneralizedRCNN | None = None
    frozen: str = ""

    @property
    def phase(self) -> Phase:
        return self.phases[self.index]

    @property
    def is_joint(self) -> bool:
        return len(self.phases) == 1

    @property
    def is_judged(self) -> bool:
        """Whether the net is worth an evaluation: not while its heads are untrained."""
        return self.is_joint or self.phase.detects

    @property
    def is_last(self) -> bool:
        return self.index + 1 >= len(self.phases)

    def steps(self, each: int) -> int:
        """Steps in all, when the phase at hand and those to come have `each`."""
        return self.began + each * (len(self.phases) - self.index)

    def begin(self, model: GeneralizedRCNN) -> None:
        """Fix what does not learn in this phase, and remember it.

        Args:
            model: with the weights that the phase begins with.
        """
        self.fix(model)
        if self.phase.starts and not self.phase.borrows and not self.is_joint:
            self.start = {n: t.detach().clone() for n, t in model.state_dict().items()}
        self.frozen = "" if self.is_joint else self.digest(model)

    def fix(self, model: GeneralizedRCNN) -> None:
        """Let the phase's parts learn, and only them."""
        model.requires_grad_(True).train()
        initialization.freeze(model, self.architecture.body, self.frozen_stages)
        initialization.freeze_parts(model, self.phase.learns)

    def advance(self, model: GeneralizedRCNN, step: int) -> dict[str, Tensor] | None:
        """Go on to the next phase.

        Args:
            model: with the weights that the phase has ended with.

        Returns:
            weights that a new net is to begin with; None where the same net goes on.
        """
        self.index, self.began, self.lender = self.index + 1, step, None
        if not self.phase.borrows:
            return None
        self.lender = model
        self._settle_lender()
        start, self.start = self.start, {}
        return start

    def digest(self, model: GeneralizedRCNN) -> str:
        """SHA-256 of everything that is fixed in this phase, the lender included."""
        tensors = frozen_hash.frozen_tensors(model)
        if self.lender is not None:
            state = self.lender.state_dict()
            tensors |= {f"lender.{name}": tensor for name, tensor in state.items()}
        return frozen_hash.digest(tensors)

    def judged(self, model: GeneralizedRCNN) -> GeneralizedRCNN:
        """This net in eval mode, with the lender's proposals where it learns from them."""
        if self.lender is not None:
            model.rpn = BorrowedRpn(self.lender)
        return model.eval()

    def record(
        self, step: int, *, after: str, proposals: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """The phase at hand as a line of phases.jsonl.

        Args:
            after: digest of what is fixed, now that the phase has ended.
            proposals: what `measure_recall` gave, after a phase of the RPN.
        """
        phase = self.phase
        line = {
            "step": step,
            "phase": phase.name,
            "steps": step - self.began,
            "learns": list(phase.learns),
            "frozen": {
                "parts": list(phase.fixed),
                "before": self.frozen,
                "after": after,
                "unchanged": after == self.frozen,
            },
        }
        return line if proposals is None else {**line, "proposals": dict(proposals)}

    # -- kept in a run's last/ ----------------------------------------------------------------

    def facts(self) -> dict[str, Any]:
        """What a run must keep to go on, as JSON has it."""
        if self.is_joint:
            return {}
        return {"phase": self.index, "began": self.began, "frozen": self.frozen}

    def tensors(self) -> dict[str, Tensor]:
        """And by names of their own, the weights."""
        result = {START + name: tensor for name, tensor in self.start.items()}
        if self.lender is not None:
            state = self.lender.state_dict()
            result |= {LENDER + name: tensor for name, tensor in state.items()}
        return result

    def restore(
        self,
        facts: Mapping[str, Any],
        tensors: Mapping[str, Tensor],
        place: Callable[[GeneralizedRCNN], object],
    ) -> None:
        """Take everything back; a joint run may have kept nothing.

        Args:
            place: brings a net to the run's device and precision.

        Raises:
            ValueError, TypeError, RuntimeError: it does not fit this schedule.
        """
        self.index, self.began = int(facts.get("phase", 0)), int(facts.get("began", 0))
        self.frozen = str(facts.get("frozen", ""))
        if not 0 <= self.index < len(self.phases):
            raise ValueError(self.index)
        self.start = _under(tensors, START)
        lender = _under(tensors, LENDER)
        if lender:
            self.lender = builders.build(self.architecture)
            self.lender.load_state_dict(lender)
            place(self.lender)
            self._settle_lender()

    def _settle_lender(self) -> None:
        assert self.lender is not None
        self.lender.requires_grad_(False).eval()
        self.lender.zero_grad(set_to_none=True)


def _under(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}
