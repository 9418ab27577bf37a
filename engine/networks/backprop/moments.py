"""The course of an update, one thing computed at a time, with its formula and its numbers.

Nodes are numbered through as in the notes: the inputs first, from 1 to N. A moment knows what
was computed up to it; what was not is None, never 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from engine.networks.backprop.activations import Array
from engine.networks.backprop.events import BIAS, Event, Kind, events_of
from engine.networks.backprop.spec import BackpropSpec, activation_of
from engine.networks.backprop.training import Update, batch_sizes, train
from engine.networks.backprop.writing import write_lines
from engine.optimizers.step_calculation import Line

Some = tuple[float | None, ...]


@dataclass(frozen=True)
class Moment:
    """All that is known once an event has happened.

    Attributes:
        index: of the moment in the whole course, from 0.
        step: number of the update.
        event: what was computed last.
        lines: its formulas with their numbers.
        example: of the data set, whose numbers the nodes show.
        sums, outputs, deltas: of each layer's nodes, the inputs first; None: not computed yet.
        error: E of the example, or the mean over the batch once all have one.
        gradients, updated: of each layer a row for each source, as the weights.
        bias_gradients, updated_biases: of each layer; empty for a net without biases.
        weights, biases: before the update.
        saturated: of each layer's nodes whether they hardly learn; None: not computed yet.
    """

    index: int
    step: int
    event: Event
    lines: tuple[Line, ...]
    example: int
    sums: tuple[Some, ...]
    outputs: tuple[Some, ...]
    deltas: tuple[Some, ...]
    error: float | None
    gradients: tuple[tuple[Some, ...], ...]
    updated: tuple[tuple[Some, ...], ...]
    bias_gradients: tuple[Some, ...]
    updated_biases: tuple[Some, ...]
    weights: tuple[tuple[tuple[float, ...], ...], ...]
    biases: tuple[tuple[float, ...], ...]
    saturated: tuple[tuple[bool | None, ...], ...]


@dataclass(frozen=True)
class Course:
    """All moments of a training, without their numbers.

    Attributes:
        sizes: examples of each update.
        ends: the last moment of each update; moment 0 is before anything is computed.
    """

    spec: BackpropSpec
    sizes: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def last(self) -> int:
        """The number of the last moment."""
        return self.ends[-1]

    def locate(self, index: int) -> tuple[int, int]:
        """The update of a moment, and how many of its events have happened.

        Raises:
            IndexError: there is no such moment.
        """
        if not 0 <= index <= self.last:
            raise IndexError(index)
        step = bisect_left(self.ends, index)
        return step, index - self.first(step)

    def first(self, step: int) -> int:
        """The moment after which an update begins."""
        return self.ends[step - 1] if step else 0

    def events(self, step: int) -> tuple[Event, ...]:
        """What an update computes, in its order."""
        learned = self.spec.biases is not None and self.spec.learn_biases
        return events_of(self.spec.layers, self.sizes[step], biases=learned)


def course_of(spec: BackpropSpec) -> Course:
    """The moments that a training has."""
    sizes = batch_sizes(spec)
    learned = spec.biases is not None and spec.learn_biases
    counts = (len(events_of(spec.layers, size, biases=learned)) for size in sizes)
    return Course(spec, sizes, tuple(accumulate(counts)))


def moments(spec: BackpropSpec) -> Iterator[Moment]:
    """Every moment of a training, one for each thing computed; the first knows nothing yet.

    Raises:
        InputError: the spec cannot be computed.
    """
    course = None
    for update in train(spec):
        course = course or course_of(spec)  # after the check
        if update.number == 0:
            yield moment_at(course, update, 0)
        for index in range(course.first(update.number) + 1, course.ends[update.number] + 1):
            yield moment_at(course, update, index)


def moment_at(course: Course, update: Update, index: int) -> Moment:
    """One moment of an update.

    Raises:
        IndexError: the moment belongs to another update.
    """
    step, happened = course.locate(index)
    if step != update.number:
        raise IndexError(index)
    events = course.events(step)
    event = events[happened - 1] if happened else Event("start", "start")
    layers = course.spec.layers
    known = {
        (each.kind, each.layer, each.node, each.source)
        for each in events[:happened]
        if each.example == event.example or each.phase == "update"
    }
    errors = sum(each.kind == "error" for each in events[:happened])

    def nodes(kind: Kind, values: tuple[Array, ...]) -> tuple[Some, ...]:
        return tuple(
            tuple(
                float(values[layer - 1][event.example, node])
                if (kind, layer, node, None) in known
                else None
                for node in range(size)
            )
            for layer, size in enumerate(layers[1:], start=1)
        )

    def edges(kind: Kind, values: tuple[Array, ...]) -> tuple[tuple[Some, ...], ...]:
        return tuple(
            tuple(
                tuple(
                    float(matrix[source, node]) if (kind, layer, node, source) in known else None
                    for node in range(matrix.shape[1])
                )
                for source in range(matrix.shape[0])
            )
            for layer, matrix in enumerate(values, start=1)
        )

    def shifts(kind: Kind, values: tuple[Array, ...]) -> tuple[Some, ...]:
        return tuple(
            tuple(
                float(value) if (kind, layer, node, BIAS) in known else None
                for node, value in enumerate(vector)
            )
            for layer, vector in enumerate(values, start=1)
        )

    outputs = nodes("output", update.forward.outputs[1:])
    activation = activation_of(course.spec)
    hardly = [
        activation.saturated(sums, values, course.spec.slope)[event.example]
        for sums, values in zip(update.forward.sums, update.forward.outputs[1:], strict=True)
    ]
    given = tuple(map(float, update.inputs[event.example]))
    none: Some = (None,) * layers[0]
    error = None
    if errors == course.sizes[step]:
        error = update.error
    elif ("error", len(layers) - 1, 0, None) in known:
        error = float(update.backward.errors[event.example])
    has_biases = bool(update.biases)
    return Moment(
        index=index,
        step=step,
        event=event,
        lines=write_lines(course.spec, update, event),
        example=int(update.indices[event.example]),
        sums=(none, *nodes("sum", update.forward.sums)),
        outputs=(given, *outputs),
        deltas=(none, *nodes("delta", update.backward.deltas)),
        error=error,
        gradients=edges("gradient", update.backward.gradients),
        updated=edges("weight", update.updated),
        bias_gradients=shifts("gradient", update.backward.bias_gradients) if has_biases else (),
        updated_biases=shifts("weight", update.updated_biases) if has_biases else (),
        weights=tuple(tuple(map(tuple, matrix.tolist())) for matrix in update.weights),
        biases=tuple(tuple(vector.tolist()) for vector in update.biases),
        saturated=(
            (None,) * layers[0],
            *(
                tuple(
                    None if value is None else bool(flat)
                    for value, flat in zip(row, flags, strict=True)
                )
                for row, flags in zip(outputs, hardly, strict=True)
            ),
        ),
    )
