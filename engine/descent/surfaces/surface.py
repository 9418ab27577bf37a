"""What a surface is: a function of two parameters and the facts that drawing and racing need.

torch is imported by the expressions only, so that the window can list surfaces before it is
loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.checks import Domain, Point, check_domain, check_range
from engine.descent.data_fit import models
from engine.descent.data_fit.dataset import DataSpec
from engine.errors import InputError, Note, shorten

if TYPE_CHECKING:
    import torch

FORMULA_DOMAIN: Domain = (-5.0, 5.0, -5.0, 5.0)


@dataclass(frozen=True)
class Parameter:
    """A number of a surface that can be set, and its sensible range.

    Attributes:
        soft: numbers beyond the range may be set too, as in a formula.
        symbol: what stands for its name where the formula is set as in a book.
    """

    default: float
    low: float
    high: float
    logarithmic: bool = False
    soft: bool = False
    symbol: str = ""


@dataclass(frozen=True)
class Surface:
    """A function of (x, y) and the facts that drawing and racing need.

    Attributes:
        name: lower-case identifier, unique.
        title: what a person reads.
        formula: the expression in plain text.
        expression: torch tensors x, y of one shape (and parameters by name) -> the loss.
        domain: x0, x1, y0, y1 of the default view.
        minima: known minima for the default parameters; empty when unknown or none.
        start: where a race begins.
        rates: learning rates that race well, by optimizer name; an optimizer that is not named
            has the rate of its own record.
        logarithmic: the range asks for logarithmic contour levels.
        kinked: a minimum is a kink or cusp, where there is no gradient but a subgradient 0.
        parameters: what can be set, by name.
        values: the parameters' present values; those not named have their defaults.
        minima_of: gives the minima for given parameters where they move.
        rates_of: gives the rates for given parameters where they matter.
        curvature_of: of a quadratic the least and greatest Hessian eigenvalue, for given
            parameters; heavy ball takes its optimum from them.
        fit: the model and the source of data, where the loss is the mean over a data set; x
            is then the slope and y the intercept.
        data: that data set.
        script: lines of Python that return the loss, with the parameters in braces, where the
            formula does not say all.
        notes: what a person should know of how its formula was understood.
        surveyed: its minima and the scale of its levels are known; those of a formula are
            found when it is drawn.
    """

    name: str
    title: str
    formula: str
    expression: Callable[..., torch.Tensor]
    domain: Domain
    minima: tuple[Point, ...]
    start: Point
    rates: Mapping[str, float] = field(default_factory=dict)
    logarithmic: bool = False
    kinked: bool = False
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    minima_of: Callable[..., tuple[Point, ...]] | None = None
    rates_of: Callable[..., Mapping[str, float]] | None = None
    curvature_of: Callable[..., tuple[float, float]] | None = None
    fit: models.Fit | None = None
    data: DataSpec | None = None
    script: str = ""
    surveyed: bool = True
    notes: tuple[Note, ...] = ()

    def complete(self) -> dict[str, float]:
        """The value of every parameter."""
        return {name: parameter.default for name, parameter in self.parameters.items()} | dict(
            self.values
        )

    def with_symbols(self, text: str) -> str:
        """A text of its formula with its parameters' symbols in place of their names."""
        for name, parameter in self.parameters.items():
            if parameter.symbol:
                text = re.sub(rf"\b{name}\b", parameter.symbol, text)
        return text

    def loss(self, x: torch.Tensor, y: torch.Tensor, **parameters: float) -> torch.Tensor:
        """The loss at tensors x, y of one shape and floating dtype, in the units of the plane.

        Parameters override `values`. A loss that names neither x nor y may have any shape.
        """
        return self.expression(x, y, **{**self.complete(), **parameters})

    def curvature(self) -> tuple[float, float] | None:
        """Least and greatest Hessian eigenvalue of a quadratic; None for any other surface."""
        if self.curvature_of is None:
            return None
        return self.curvature_of(**self.complete())

    def bind(
        self, parameters: Mapping[str, float] | None = None, *, domain: Domain | None = None
    ) -> Surface:
        """The same surface with other parameter values and, if given, another domain.

        Raises:
            InputError: a parameter is unknown or outside its range, or the domain is empty.
        """
        values = {**self.values, **(parameters or {})}
        for name, value in values.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise InputError(
                    "value.unknown_key",
                    name=self.name,
                    value=shorten(name),
                    known=known,
                )
            check_range(name, value, self.parameters[name].low, self.parameters[name].high)
        if domain is not None:
            check_domain(domain)
        bound = replace(self, values=values, domain=domain or self.domain)
        complete = bound.complete()
        return replace(
            bound,
            minima=self.minima if self.minima_of is None else self.minima_of(**complete),
            rates=self.rates if self.rates_of is None else self.rates_of(**complete),
        )

    def with_data(self, data: DataSpec) -> Surface:
        """The mean loss over another data set; of a stream the expected loss.

        Raises:
            InputError: the surface has no data, or the set cannot be made.
        """
        if self.fit is None:
            raise InputError("race.no_data", surface=self.name)
        self.fit.check(data)
        loss, minima, ends = models.facts(self.fit, data)
        return replace(
            self,
            data=data,
            expression=loss,
            minima=minima,
            curvature_of=None if ends is None else lambda: ends,
        )
