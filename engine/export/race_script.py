"""A race as a PyTorch script that runs as it is and prints the same path.

The script is written from the spec: the surface's formula as torch calls, one
`torch.optim` optimizer for each racer, the noise from the same generator.
"""

from __future__ import annotations

import ast

from engine.descent import formula, rules
from engine.descent.race import Racer, RaceSpec, check, hyper_of, name_racers
from engine.descent.surfaces import Surface
from engine.errors import InputError

_QUADRATIC = """\
    cosine, sine = math.cos(math.radians({rotation!r})), math.sin(math.radians({rotation!r}))
    u, v = cosine * x + sine * y, cosine * y - sine * x
    return 0.5 * (u**2 + {condition!r} * v**2)"""

_HEAD = '''\
"""{title}: {names}. Written by Thalweg; needs PyTorch alone."""

import math

import torch


def loss(x, y):
{body}


def race(name, make, start, noise_row):
    generator = torch.Generator().manual_seed({seed})
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([point])
    for step in range({steps} + 1):
        optimizer.zero_grad()
        shake = {noise!r} * torch.randn({starts}, 2, generator=generator, dtype=torch.float64)

        def closure():
            value = loss(point[0], point[1]) + 0 * point.sum()
            (gradient,) = torch.autograd.grad(value, point)
            point.grad = gradient + shake[noise_row]
            return value

        value = closure()
        print(name, step, *map(repr, point.tolist()), repr(value.item()), sep=",")
        optimizer.step(closure)


print("optimizer,step,x,y,loss")
'''


def script(spec: RaceSpec) -> str:
    """The race as a Python script.

    Raises:
        InputError: the spec cannot be run, or a racer has no `torch.optim` twin.
    """
    surface = check(spec)
    racers = name_racers(spec.racers)
    starts = [racer.start or spec.start or surface.start for racer in racers]
    places = {start: place for place, start in enumerate(dict.fromkeys(starts))}
    text = _HEAD.format(
        title=surface.title.replace("\\", "").replace('"', ""),
        names=", ".join(racer.optimizer for racer in racers),
        body=_body(surface),
        seed=spec.seed,
        steps=spec.steps,
        noise=float(spec.noise),
        starts=len(places),
    )
    lines = []
    for racer, start in zip(racers, starts, strict=True):
        x, y = map(float, start)
        lines.append(
            f"race({racer.name!r}, {_maker(racer, surface)}, ({x!r}, {y!r}), {places[start]})"
        )
    return text + "\n".join(lines) + "\n"


def _maker(racer: Racer, surface: Surface) -> str:
    optimizer = rules.find(racer.optimizer)
    if not optimizer.twin:
        raise InputError("script.no_twin", name=optimizer.title)
    arguments = rules.twin_arguments(optimizer, hyper_of(racer, surface))
    if arguments.get("nesterov") and not arguments["momentum"]:
        arguments["nesterov"] = False  # torch refuses it, and without momentum it means nothing
    written = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
    return f"lambda p: torch.optim.{optimizer.twin}(p, {written})"


def _body(surface: Surface) -> str:
    defaults = {name: parameter.default for name, parameter in surface.parameters.items()}
    values = {name: float(value) for name, value in {**defaults, **surface.values}.items()}
    if surface.name == "quadratic":
        return _QUADRATIC.format(**values)
    return f"    return {as_torch(surface.formula, values)}"


def as_torch(text: str, values: dict[str, float]) -> str:
    """A formula as a Python expression of x, y and torch, with its parameters filled in.

    Raises:
        FormulaError: it cannot be read.
    """
    formula.Formula(text, tuple(values))  # nothing but what the allow-list knows gets through
    tree = formula.parse(text)
    return ast.unparse(_Torch(values).visit(tree))


class _Torch(ast.NodeTransformer):
    """Names of a formula -> what a script of plain Python and torch calls them."""

    def __init__(self, values: dict[str, float]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self._values:
            return ast.parse(repr(self._values[node.id]), mode="eval").body
        if node.id in formula.CONSTANTS:
            return ast.parse(f"math.{node.id}", mode="eval").body
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        assert isinstance(node.func, ast.Name)
        name = formula.FUNCTIONS[node.func.id][1]
        arguments = ", ".join(f"torch.as_tensor({ast.unparse(self.visit(a))})" for a in node.args)
        return ast.parse(f"torch.{name}({arguments})", mode="eval").body
