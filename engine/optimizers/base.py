"""What an optimizer is: its rule, its settings and the record that everything reads.

No torch at import: the window lists the optimizers before torch is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from engine.errors import InputError, shorten
from engine.optimizers.looks import Look, look_of_name

if TYPE_CHECKING:
    import torch

    from engine.optimizers.expressions import Values
    from engine.optimizers.region import Region
    from engine.optimizers.stability.fastest import Fastest
    from engine.optimizers.stability.frozen import Moment
    from engine.optimizers.stability.linear_step import LinearStep
    from engine.optimizers.step_calculation import StepCalculation

    State = dict[str, torch.Tensor]
    Hyper = Mapping[str, float | torch.Tensor]
    Init = Callable[[torch.Tensor], State]
    Update = Callable[..., tuple[torch.Tensor, State]]

Follows = Literal["gradient", "velocity", "mean", "mean sign"]


@dataclass(frozen=True)
class Setting:
    """One number of an optimizer that can be set.

    Attributes:
        flag: 0 or 1, a switch rather than a number.
        whole: torch wants a whole number.
        pair: torch's argument of which it is a part (`betas` of `beta1`); empty for none.
        words: what torch takes for 0 and 1 of a flag.
        in_twin: torch's optimizer has this argument.
    """

    name: str
    default: float
    low: float
    high: float
    logarithmic: bool = False
    flag: bool = False
    whole: bool = False
    pair: str = ""
    words: tuple[Any, Any] = (False, True)
    in_twin: bool = True

    def as_torch(self, value: float) -> Any:
        """The value in the type that torch's optimizer takes."""
        if self.flag:
            return self.words[bool(value)]
        return int(value) if self.whole else value


@dataclass(frozen=True)
class Optimizer:
    """A rule with its name, all that is said of it, and its `torch.optim` twin.

    A new optimizer is two functions, `init` and `update`, and one such record in
    `registry.OPTIMIZERS`.

    Attributes:
        init: points (N, D) -> the state before the first step.
        update: points, gradients (N, D), state, hyper[, objective] -> step (N, D), new state.
            Hyper-parameters are numbers or (N, 1); what it is given stays unchanged.
        settings: what a person sets; `lr` has the value for surfaces that name none.
        formula: writes one step line by line, the last one `x_new`.
        symbols: of each array of the state its symbol in the formula.
        fixed: what the name itself decides (`nesterov` for `nesterov`), as its default.
        twin: class name in torch.optim; empty where there is none.
        follows: what a step goes along: the gradient; the state's `velocity`, as in SGD with
            its `momentum`, `dampening` and `nesterov`, which splits a step into the vectors of
            the lecture; the state's running `mean` of gradients with its `beta1`, or the sign
            of a mix with it.
        region: the scales of the coordinates that the rule keeps, from the formula's values.
        needs_objective: the update takes an `Objective` as a fifth argument.
        needs_hessian: it asks the objective for second derivatives, D x D numbers of a point.
        batched: one call serves any number of points; otherwise keep them few.
        cost: gradient evaluations a step, where the rule's state does not count them in
            `evaluations`.
        optimum: its own defaults on a quadratic with this least and greatest Hessian
            eigenvalue.
        frozen: its step as a linear recursion on a quadratic, with its scales as they are;
            None where a step does not grow with the gradient, or theory knows none.
        fastest: hyper-parameters, least and greatest Hessian eigenvalue above 0 -> the best
            settings on a quadratic, where theory knows them.
        network_rate: a learning rate to begin with when a network is trained.
        note: one more sentence below the formula, in English.
        look: hue, shade, dash and marker of its racers; None for some that its name decides.
    """

    name: str
    title: str
    init: Init
    update: Update
    settings: tuple[Setting, ...]
    formula: Callable[[StepCalculation], None]
    symbols: Mapping[str, str] = field(default_factory=dict)
    fixed: tuple[Setting, ...] = ()
    twin: str = ""
    follows: Follows = "gradient"
    region: Callable[[Values], Region | None] | None = None
    needs_objective: bool = False
    needs_hessian: bool = False
    batched: bool = True
    cost: int = 1
    optimum: Callable[[float, float], Mapping[str, float]] | None = None
    frozen: Callable[[Moment], LinearStep] | None = None
    fastest: Callable[[Mapping[str, float], float, float], Fastest] | None = None
    network_rate: float = 0.01
    note: str = ""
    look: Look | None = None

    @property
    def appearance(self) -> Look:
        """How it is told from all others; without a `look` of its own, one by its name."""
        return self.look or look_of_name(self.name)

    @property
    def defaults(self) -> dict[str, float]:
        """Every setting's default by its key."""
        return {setting.name: setting.default for setting in self.settings}

    @property
    def trains(self) -> bool:
        """Whether it can train a network: through its twin, from one gradient a step."""
        return bool(self.twin) and not self.needs_objective

    def complete(self, settings: Mapping[str, float]) -> dict[str, float]:
        """All hyper-parameters: defaults, then `settings`, then what the name fixes.

        Raises:
            InputError: a key is unknown or a value outside its range.
        """
        decided = {setting.name: setting.default for setting in self.fixed}
        return {**complete(self.name, self.settings, settings), **decided}

    def pair(self, key: str) -> tuple[str, ...]:
        """The settings that torch's argument `key` sets: `beta1` and `beta2` for `betas`."""
        parts = tuple(setting.name for setting in self.settings if setting.pair == key)
        return parts or (key,)

    def join_pairs(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of settings under torch's argument names: `betas` for `beta1` and `beta2`."""
        pairs = {setting.name: setting.pair or setting.name for setting in self.settings}
        joined: dict[str, Any] = {}
        for key, value in values.items():
            name = pairs.get(key, key)
            if name == key:
                joined[key] = value
            else:
                joined[name] = tuple(values[part] for part in self.pair(name))
        return joined

    def twin_arguments(self, hyper: Mapping[str, float]) -> dict[str, Any]:
        """The arguments of the `torch.optim` twin for hyper-parameters, in torch's types."""
        known = {setting.name: setting for setting in (*self.settings, *self.fixed)}
        return self.join_pairs(
            {key: known[key].as_torch(value) for key, value in hyper.items() if known[key].in_twin}
        )


def complete(
    name: str, allowed: tuple[Setting, ...], settings: Mapping[str, float]
) -> dict[str, float]:
    """The defaults of what `name` allows to be set, overridden by `settings`.

    Raises:
        InputError: a key is unknown or a value outside its range.
    """
    known = {setting.name: setting for setting in allowed}
    for key, value in settings.items():
        if key not in known:
            raise InputError(
                "value.unknown_key",
                name=name,
                value=shorten(key),
                known=", ".join(known),
            )
        setting = known[key]
        if not setting.low <= value <= setting.high:
            raise InputError(
                "value.out_of_range",
                name=f"{name}:{key}",
                value=value,
                low=setting.low,
                high=setting.high,
            )
    return {**{setting.name: setting.default for setting in allowed}, **settings}
