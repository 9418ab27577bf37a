"""Loss surfaces of two parameters, with what is known about them.

A surface is a plain torch expression of x and y; gradients and Hessians come
from autograd. One function and one record of `SURFACES` make a new one appear
in the window and on the command line.
"""

from __future__ import annotations

import math

from engine.checks import find_named
from engine.descent.data_fit import models
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.surfaces import benchmark_functions, learning_rates
from engine.descent.surfaces.learning_rates import row
from engine.descent.surfaces.surface import Parameter, Surface


def find(name: str) -> Surface:
    """The surface of that name.

    Raises:
        InputError: there is none.
    """
    return find_named(SURFACES, name, kind="Surface")


_ALL = (
    Surface(
        "rosenbrock",
        "Rosenbrock",
        "(a - x)^2 + b*(y - x^2)^2",
        benchmark_functions.rosenbrock,
        domain=(-2, 2, -1, 3),
        minima=((1, 1),),
        start=(-1.2, 1.0),
        rates=learning_rates.ROSENBROCK,
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
        rates=row("1e-3 1e-3 1e-3 1 0.1 10 0.5 0.5 0.5 1 2e-3 0.01 0.5 0.1"),
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
        rates=row("2e-3 2e-3 2e-3 1 0.1 10 0.5 0.5 1 0.2 0.01 0.01 0.5 0.1"),
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
        rates=row("2e-3 5e-3 2e-3 0.1 0.1 1 0.2 0.5 0.2 0.02 0.02 0.01 0.2 0.01"),
    ),
    Surface(
        "quadratic",
        "Quadratic",
        "(u^2 + condition*v^2)/2, u and v turned by rotation",
        benchmark_functions.quadratic,
        domain=(-3, 3, -2, 2),
        minima=((0.0, 0.0),),
        start=(-2.5, 1.0),
        rates=learning_rates.QUADRATIC,
        rates_of=learning_rates.of_quadratic,
        curvature_of=lambda condition, rotation: (min(1.0, condition), max(1.0, condition)),
        logarithmic=True,
        script=benchmark_functions.QUADRATIC_SCRIPT,
        parameters={
            "condition": Parameter(50, 1, 10_000, logarithmic=True, symbol="κ"),
            "rotation": Parameter(0, -90, 90, symbol="φ"),
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
        rates=row("2e-3 2e-3 2e-3 0.05 5e-3 0.02 5e-3 5e-3 0.01 5e-3 0.02 0.01 5e-3 5e-3"),
    ),
    Surface(
        "monkey-saddle",
        "Monkey saddle",
        "x^3 - 3*x*y^2",
        benchmark_functions.monkey_saddle,
        domain=(-2, 2, -2, 2),
        minima=(),
        start=(1.5, 0.02),
        rates=row("5e-4 5e-4 5e-4 0.05 2e-3 0.1 5e-3 5e-3 0.01 5e-3 0.01 0.01 5e-3 5e-3"),
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
        rates=row("0.02 0.02 0.02 1 0.05 20 0.2 0.2 0.2 0.2 0.02 0.01 0.2 0.05"),
        logarithmic=True,
        parameters={"tilt": Parameter(0.5, -2, 2, symbol="τ")},
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
        rates=row("0.02 5e-3 5e-3 2 0.2 20 2 2 2 2 0.01 0.01 1 0.2"),
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
        rates=row("0.5 0.5 0.5 2 0.2 20 2 2 2 0.5 0.5 0.01 2 0.2"),
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
        kinked=True,
        script=benchmark_functions.ACKLEY_SCRIPT,
        rates=row("0.05 0.02 0.02 1 0.1 0.5 0.5 1 1 0.5 0.2 0.5 0.5 0.02"),
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
        rates=row("5e-3 5e-3 5e-3 0.2 0.02 5 0.2 0.2 0.2 0.2 5e-3 0.05 0.2 0.05"),
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
        rates=row("0.01 0.01 0.01 1 0.1 10 0.5 0.5 1 1 0.02 0.01 0.5 0.1"),
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
        rates=row("0.01 0.01 0.01 1 0.05 20 0.2 1 0.5 0.5 5e-3 0.01 0.2 0.1"),
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
        rates=row("1e-5 1e-5 1e-5 0.2 0.02 10 0.2 0.2 0.2 0.2 2e-5 1e-3 0.2 0.05"),
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
        rates=row("0.05 0.02 0.02 0.5 0.05 5 0.5 0.5 0.5 0.5 0.05 0.2 0.2 0.05"),
    ),
    Surface(
        "easom",
        "Easom",
        "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)",
        benchmark_functions.easom,
        domain=(-100, 100, -100, 100),
        minima=((math.pi, math.pi),),
        start=(4.4, 2.2),
        rates=row("0.2 0.2 0.2 0.2 0.01 1 0.5 0.5 0.5 0.05 1 0.01 0.5 0.02"),
    ),
    Surface(
        "levi",
        "Levi 13",
        "sin(3*pi*x)^2 + (x - 1)^2*(1 + sin(3*pi*y)^2) + (y - 1)^2*(1 + sin(2*pi*y)^2)",
        benchmark_functions.levi,
        domain=(-10, 10, -10, 10),
        minima=((1.0, 1.0),),
        start=(-5.3, 4.4),
        rates=row("5e-4 2e-4 5e-4 2 0.2 20 2 1 2 1 2e-3 0.5 0.2 1"),
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
        rates=row("0.1 5e-3 5e-3 0.5 0.05 5 0.2 0.2 0.2 0.2 0.01 0.01 0.2 0.02"),
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
        rates=row("0.5 0.05 0.05 0.5 0.05 10 0.2 0.2 0.2 0.2 0.05 0.01 0.2 0.02"),
        logarithmic=True,
        fit=models.LOGISTIC,
    ).with_data(DataSpec()),
)

SURFACES: dict[str, Surface] = {surface.name: surface for surface in _ALL}
