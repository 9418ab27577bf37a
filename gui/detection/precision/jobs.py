"""Jobs of the inference lane about precisions: what is known, and what is measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.detection.jobs import LazyWorkbench

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import InspectSpec
    from engine.detection.precision.measure import PrecisionProgress, PrecisionSpec
    from engine.detection.precision.measurement import Measurement


@dataclass(frozen=True)
class Known:
    """What is known of the precisions of a model on a device.

    Attributes:
        model: its name, as the session has it.
        device: as the session has it.
        precisions: in which the device computes by itself, the exact one first.
        measurement: of the last of them; None before it is measured.
        heavy: whether the model is so large that a faster precision is worth the measuring.
    """

    model: str
    device: str
    precisions: tuple[str, ...]
    measurement: Measurement | None = None
    heavy: bool = False

    @property
    def automatic(self) -> str:
        """What is used where nobody chose."""
        found = self.measurement
        return found.subject.precision if found and found.recommended else self.precisions[0]


def look_up(spec: InspectSpec, model: str) -> Iterator[Known]:
    """What is known of a model on this machine.

    Args:
        spec: its model, weights and device.
        model: its name, as the session has it.
    """
    from engine.detection.precision.measurement import is_heavy, remembered, subject_of
    from engine.device import precisions, resolve

    names = precisions(resolve(spec.device))
    found = None
    if len(names) > 1:
        found = remembered(subject_of(spec.model, spec.weights, spec.device, names[-1]))
    yield Known(model, spec.device, names, found, is_heavy(spec.model, spec.weights))


def measure_precision(
    workbench: LazyWorkbench, spec: PrecisionSpec
) -> Iterator[PrecisionProgress | Measurement]:
    """Measure it on the lane's own models."""
    from engine.detection.precision.measure import measure

    yield from measure(workbench.get(), spec)
