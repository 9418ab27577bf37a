"""How a script of PyTorch makes the optimizer of a racer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.errors import InputError
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer
from engine.optimizers.scripts import own_rules
from engine.optimizers.second_order import MAX_HALVINGS


@dataclass(frozen=True)
class OwnRule:
    """A rule that a script writes out: the name of its class, and the class.

    Attributes:
        needs_value: it asks `closure.value` for the loss at other points, in a plane.
    """

    name: str
    code: str
    needs_value: bool = False


OWN = {
    "lion": OwnRule("Lion", own_rules.LION),
    "line-search": OwnRule(
        "LineSearch", own_rules.LINE_SEARCH.replace("{halvings}", str(MAX_HALVINGS))
    ),
    "newton": OwnRule("Newton", own_rules.NEWTON, needs_value=True),
}


def make_text(name: str, hyper: Mapping[str, float], parameters: str) -> str:
    """The call that makes an optimizer: `torch.optim.SGD(p, lr=0.001, ...)` or `Lion(p, ...)`.

    Args:
        hyper: every hyper-parameter.
        parameters: what the script calls them.

    Raises:
        InputError: the optimizer is neither torch's nor one of `OWN`.
    """
    optimizer = optimizers.find(name)
    arguments = optimizer.twin_arguments(hyper)
    if optimizer.twin:
        made = f"torch.optim.{optimizer.twin}"
        if arguments.get("nesterov") and not arguments["momentum"]:
            # torch refuses it, and without momentum it means nothing.
            arguments["nesterov"] = False
    elif name in OWN:
        made = OWN[name].name
    else:
        raise InputError("script.no_twin", name=optimizer.title)
    return ", ".join([f"{made}({parameters}", *(f"{k}={v!r}" for k, v in arguments.items())]) + ")"


def written(
    racers: tuple[Racer, ...], *, in_plane: bool = True
) -> tuple[tuple[Racer, ...], tuple[Racer, ...]]:
    """Those that can be written as PyTorch, and those that cannot.

    Args:
        in_plane: the parameter is a point of the plane, of which `closure.value` tells.

    Raises:
        InputError: none can.
    """
    known = [
        bool(optimizers.find(racer.optimizer).twin)
        or (racer.optimizer in OWN and (in_plane or not OWN[racer.optimizer].needs_value))
        for racer in racers
    ]
    if not any(known):
        raise InputError("script.no_twin", name=optimizers.find(racers[0].optimizer).title)
    return (
        tuple(racer for racer, can in zip(racers, known, strict=True) if can),
        tuple(racer for racer, can in zip(racers, known, strict=True) if not can),
    )


def left_out_text(racer: Racer) -> str:
    """The comment in place of a racer that cannot be written."""
    return f"# {racer.name} is left out: torch.optim has no such class."


def classes(names: Iterable[str]) -> str:
    """The classes of those among some optimizers that torch.optim has not, one after another."""
    return "\n".join(OWN[name].code for name in dict.fromkeys(names) if name in OWN)
