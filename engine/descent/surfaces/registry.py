"""Loss surfaces of two parameters, with what is known about them.

A surface is a plain torch expression of x and y; gradients and Hessians come
from autograd. One function and one line of `SURFACES` make a new one appear
in the window and on the command line. torch is imported by the expressions
only, so that the window can list surfaces before it is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.checks import Domain, Point, check_domain, check_range
from engine.descent.data_fit import models
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.surfaces import benchmark_functions, learning_rates
from engine.errors import InputError, shorten

if TYPE_CHECKING:
    import torch


FORMULA_DOMAIN: Domain = (-5.0, 5.0, -5.0, 5.0)
# Surfaces whose minimum is a kink or cusp, where autograd has no gradient.
KINKED = frozenset({"ackley"})


@dataclass(frozen=True)
class Parameter:
    """A number of a surface that can be set, and its sensible range.

    Attributes:
        soft: numbers beyond the range may be set too, as in a formula.
    """

    default: float
    low: float
    high: float
    logarithmic: bool = False
    soft: bool = False


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
        rates: learning rate that races well, by optimizer name.
        logarithmic: the range asks for logarithmic contour levels.
        parameters: what can be set, by name.
        values: the parameters' present values; those not named have their defaults.
        minima_of: gives the minima for given parameters where they move.
        rates_of: gives the rates for given parameters where they matter.
        curvature_of: of a quadratic the least and greatest Hessian eigenvalue, for given
            parameters; heavy ball takes its optimum from them.
        fit: the model and the source of data, where the loss is the mean over a data set; x
            is then the slope and y the intercept.
        data: that data set.
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
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    minima_of: Callable[..., tuple[Point, ...]] | None = None
    rates_of: Callable[..., Mapping[str, float]] | None = None
    curvature_of: Callable[..., tuple[float, float]] | None = None
    fit: models.Fit | None = None
    data: DataSpec | None = None

    def loss(self, x: torch.Tensor, y: torch.Tensor, **parameters: float) -> torch.Tensor:
        """The loss at tensors x, y of one shape and dtype; parameters override `values`."""
        defaults = {name: parameter.default for name, parameter in self.parameters.items()}
        return self.expression(x, y, **{**defaults, **self.values, **parameters})

    def curvature(self) -> tuple[float, float] | None:
        """Least and greatest Hessian eigenvalue of a quadratic; None for any other surface."""
        if self.curvature_of is None:
            return None
        defaults = {name: parameter.default for name, parameter in self.parameters.items()}
        return self.curvature_of(**{**defaults, **self.values})

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
        complete = {name: parameter.default for name, parameter in self.parameters.items()}
        complete.update(values)
        minima = self.minima if self.minima_of is None else self.minima_of(**complete)
        return replace(
            self,
            values=values,
            domain=domain or self.domain,
            minima=minima,
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


def find(name: str) -> Surface:
    """The surface of that name.

    Raises:
        InputError: there is none.
    """
    if name not in SURFACES:
        raise InputError(
            "value.unknown_name", kind="Surface", value=shorten(name), known=", ".join(SURFACES)
        )
    return SURFACES[name]


_ALL = (
    Surface(
        "rosenbrock",
        "Rosenbrock",
        "(a - x)^2 + b*(y - x^2)^2",
        benchmark_functions.rosenbrock,
        domain=(-2, 2, -1, 3),
        minima=((1, 1),),
        start=(-1.2, 1.0),
        logarithmic=True,
        parameters={
            "a": Parameter(1, -1.5, 1.5),
            "b": Parameter(100, 1, 1000, logarithmic=True),
        },
        minima_of=lambda a, b: ((a, a * a),),
        rates_of=learning_rates.of_rosenbrock,
    ),
    Surface(
        "himmelblau",
        "Himmelblau",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        benchmark_functions.himmelblau,
        domain=(-6, 6, -6, 6),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        start=(5.0, 5.0),
        logarithmic=True,
    ),
    Surface(
        "beale",
        "Beale",
        "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        benchmark_functions.beale,
        domain=(-4.5, 4.5, -4.5, 4.5),
        minima=((3.0, 0.5),),
        start=(1.0, 1.5),
        logarithmic=True,
    ),
    Surface(
        "rastrigin",
        "Rastrigin",
        "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
        benchmark_functions.rastrigin,
        domain=(-5.12, 5.12, -5.12, 5.12),
        minima=((0.0, 0.0),),
        start=(-3.4, 0.9),
    ),
    Surface(
        "quadratic",
        "Quadratic",
        "(u^2 + condition*v^2)/2, u and v turned by rotation",
        benchmark_functions.quadratic,
        domain=(-3, 3, -2, 2),
        minima=((0.0, 0.0),),
        start=(-2.5, 1.0),
        rates_of=learning_rates.of_quadratic,
        curvature_of=lambda condition, rotation: (min(1.0, condition), max(1.0, condition)),
        logarithmic=True,
        parameters={
            "condition": Parameter(50, 1, 10_000, logarithmic=True),
            "rotation": Parameter(0, -90, 90),
        },
    ),
    Surface(
        "saddle",
        "Saddle",
        "x^2 - y^2",
        benchmark_functions.saddle,
        domain=(-2, 2, -2, 2),
        minima=(),
        start=(-1.7, 2e-4),
    ),
    Surface(
        "monkey-saddle",
        "Monkey saddle",
        "x^3 - 3*x*y^2",
        benchmark_functions.monkey_saddle,
        domain=(-2, 2, -2, 2),
        minima=(),
        start=(1.5, 0.02),
    ),
    Surface(
        "two-wells",
        "Two wells",
        "0.2*x^4 - 1.6*x^2 + tilt*x + y^2/2",
        benchmark_functions.two_wells,
        domain=(-4, 4, -2.5, 2.5),
        minima=benchmark_functions.wells(0.5),
        # On the line y = 0, which no racer leaves: there it is a function of x alone.
        start=(3.4, 0.0),
        logarithmic=True,
        parameters={"tilt": Parameter(0.5, -2, 2)},
        minima_of=benchmark_functions.wells,
    ),
    Surface(
        "booth",
        "Booth",
        "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
        benchmark_functions.booth,
        domain=(-10, 10, -10, 10),
        minima=((1.0, 3.0),),
        start=(-8.0, -3.0),
        logarithmic=True,
        curvature_of=lambda: (2.0, 18.0),
    ),
    Surface(
        "matyas",
        "Matyas",
        "0.26*(x^2 + y^2) - 0.48*x*y",
        benchmark_functions.matyas,
        domain=(-10, 10, -10, 10),
        minima=((0.0, 0.0),),
        start=(-9.0, -4.0),
        logarithmic=True,
        curvature_of=lambda: (0.04, 1.0),
    ),
    Surface(
        "ackley",
        "Ackley",
        "-20*exp(-0.2*sqrt((x^2 + y^2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + e + 20",
        benchmark_functions.ackley,
        domain=(-5, 5, -5, 5),
        minima=((0.0, 0.0),),
        start=(-2.6, 1.4),
    ),
    Surface(
        "six-hump-camel",
        "Six-hump camel",
        "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2",
        benchmark_functions.six_hump_camel,
        domain=(-3, 3, -2, 2),
        minima=(
            (0.08984201368301331, -0.7126564032704135),
            (-0.08984201368301331, 0.7126564032704135),
        ),
        start=(-1.9, -1.6),
        logarithmic=True,
    ),
    Surface(
        "three-hump-camel",
        "Three-hump camel",
        "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
        benchmark_functions.three_hump_camel,
        domain=(-5, 5, -5, 5),
        minima=((0.0, 0.0),),
        start=(2.4, 3.0),
        logarithmic=True,
    ),
    Surface(
        "styblinski-tang",
        "Styblinski-Tang",
        "(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
        benchmark_functions.styblinski_tang,
        domain=(-5, 5, -5, 5),
        minima=((-2.903534027771177, -2.903534027771177),),
        start=(4.6, 4.2),
        logarithmic=True,
    ),
    Surface(
        "goldstein-price",
        "Goldstein-Price",
        "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))"
        " * (30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
        benchmark_functions.goldstein_price,
        domain=(-2, 2, -2, 2),
        minima=((0.0, -1.0),),
        start=(-1.2, -1.5),
        logarithmic=True,
    ),
    Surface(
        "mccormick",
        "McCormick",
        "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
        benchmark_functions.mccormick,
        domain=(-1.5, 4, -3, 4),
        minima=((0.5 - math.pi / 3, -0.5 - math.pi / 3),),
        start=(-1.3, 3.0),
    ),
    Surface(
        "easom",
        "Easom",
        "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)",
        benchmark_functions.easom,
        domain=(-100, 100, -100, 100),
        minima=((math.pi, math.pi),),
        start=(4.4, 2.2),
    ),
    Surface(
        "levi",
        "Levi 13",
        "sin(3*pi*x)^2 + (x - 1)^2*(1 + sin(3*pi*y)^2) + (y - 1)^2*(1 + sin(2*pi*y)^2)",
        benchmark_functions.levi,
        domain=(-10, 10, -10, 10),
        minima=((1.0, 1.0),),
        start=(-5.3, 4.4),
        logarithmic=True,
    ),
    Surface(
        models.LINE.name,
        "Line fit",
        "mean((x*u + y - v)^2)/2",
        benchmark_functions.saddle,
        domain=(-1.8, 3.6, -2.4, 2.4),
        minima=(),
        start=(-0.8, -1.5),
        logarithmic=True,
        fit=models.LINE,
    ).with_data(DataSpec()),
    Surface(
        models.LOGISTIC.name,
        "Logistic fit",
        "mean(ln(1 + exp(x*u + y)) - v*(x*u + y))",
        benchmark_functions.saddle,
        domain=(-2.5, 5.5, -3.5, 3.5),
        minima=(),
        start=(-1.5, 2.0),
        logarithmic=True,
        fit=models.LOGISTIC,
    ).with_data(DataSpec()),
)

SURFACES: dict[str, Surface] = {
    surface.name: replace(surface, rates=learning_rates.of_surface(surface.name))
    for surface in _ALL
}
