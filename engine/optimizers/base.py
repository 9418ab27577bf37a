"""What an optimizer is: its rule, its settings and its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import InputError, shorten

if TYPE_CHECKING:
    import torch

    State = dict[str, torch.Tensor]
    Hyper = Mapping[str, float | torch.Tensor]
    Init = Callable[[torch.Tensor], State]
    Update = Callable[..., tuple[torch.Tensor, State]]


@dataclass(frozen=True)
class Setting:
    """One number of an optimizer that can be set.

    Attributes:
        flag: 0 or 1, a switch rather than a number.
    """

    name: str
    default: float
    low: float
    high: float
    logarithmic: bool = False
    flag: bool = False


@dataclass(frozen=True)
class Optimizer:
    """A rule with its name, what can be set, and its `torch.optim` twin.

    Attributes:
        settings: what a person sets; `lr` has the value for surfaces that name none.
        fixed: what the name itself decides (`nesterov` for `nesterov`).
        twin: class name in torch.optim; empty where there is none.
        needs_surface: the update takes the surface as a fifth argument.
        batched: one call serves any number of points; otherwise keep them few.
        cost: gradient evaluations a step, where the rule's state does not count them.
    """

    name: str
    title: str
    init: Init
    update: Update
    settings: tuple[Setting, ...]
    fixed: Mapping[str, float] = field(default_factory=dict)
    twin: str = ""
    needs_surface: bool = False
    batched: bool = True
    cost: int = 1

    @property
    def defaults(self) -> dict[str, float]:
        """Every setting's default by its key."""
        return {setting.name: setting.default for setting in self.settings}

    def complete(self, settings: Mapping[str, float]) -> dict[str, float]:
        """All hyper-parameters: defaults, then `settings`, then what the name fixes.

        Raises:
            InputError: a key is unknown or a value outside its range.
        """
        return {**complete(self.name, self.settings, settings), **self.fixed}


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
