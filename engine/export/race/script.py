"""A race as a PyTorch script that runs as it is and prints the same path.

The script is written from the spec: the surface's formula as torch calls, one
`torch.optim` optimizer for each racer, the noise from the same generator.
"""

from __future__ import annotations

import ast

from engine.checks import Point
from engine.descent.race.spec import RaceSpec, check, hyper_of, sampler_of
from engine.descent.surfaces import formula, formula_parser, formula_words
from engine.descent.surfaces.surface import Surface
from engine.export.race import fit_script
from engine.optimizers import schedules
from engine.optimizers.perturbation import (
    NOISE_STREAM,
    PERTURBATIONS_STREAM,
    further_starts,
    seed_of,
)
from engine.optimizers.racer import Racer, name_racers
from engine.optimizers.scripts import making

_HEAD = '''\
"""{title}: {names}. Written by Thalweg; needs {needs}."""

import math

{imports}

{data}
def loss(x, y{batch}):
{body}

{own}{jog}
def race(name, make, start, noise, schedule=None, jog=None):
    seed, noise_rows, noise_row = noise
    generator = torch.Generator().manual_seed(seed)
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([point])
    scheduler = schedule(optimizer) if schedule else None
    for step in range({steps} + 1):
        optimizer.zero_grad()
        shake = {noise!r} * torch.randn(noise_rows, 2, generator=generator, dtype=torch.float64)
{values}
        def closure():
            value = {now}
            (gradient,) = torch.autograd.grad(value, point)
            point.grad = gradient + shake[noise_row]
            return value
{attach}
        {value}
        print(name, step, *map(repr, point.tolist()), repr(value.item()), sep=",")
        jogged = jog.after(point.detach(), value.item()) if jog else None
{before}        optimizer.step(closure)
{after}        if scheduler:
            scheduler.step()
        if jogged is not None:
            with torch.no_grad():
                point.copy_(jogged)
            if isinstance(optimizer, torch.optim.LBFGS):
                optimizer.state.clear()  # its history ends at the jump


print("optimizer,step,x,y,loss")
'''
_VALUE = """\

        def value_at(place):
            return loss(place[0], place[1]{seen}) + 0 * place.sum()
"""
_BEFORE = """\
        before = point.detach().clone()
"""
_AFTER = """\
        if isinstance(optimizer, torch.optim.LBFGS):
            with torch.no_grad():  # the race adds its step to the point: the last digit may differ
                point.copy_(before + (point - before))
"""
_JOG = '''
class Jog:
    """Jog of weights: a random shift once the loss has stabilised."""

    def __init__(self, radius, patience, tolerance, seed):
        self.radius, self.patience, self.tolerance = radius, patience, tolerance
        self.generator = torch.Generator().manual_seed(seed)
        self.first = None

    def after(self, point, loss):
        """Where the shaken weights go; None while the loss still falls."""
        if self.first is None and math.isfinite(loss):
            self.first = self.lowest = self.notable = loss
            self.since = 0
            return None
        if self.first is None:
            return None
        self.lowest = min(self.lowest, loss) if loss == loss else self.lowest
        if self.notable - self.lowest > self.tolerance * (self.first - self.lowest):
            self.notable, self.since = self.lowest, 0
        else:
            self.since += 1
        if self.since < self.patience or not math.isfinite(loss):
            return None
        self.first = None
        share, turn = torch.rand(2, generator=self.generator, dtype=torch.float64).tolist()
        length, angle = self.radius * math.sqrt(share), 2 * math.pi * turn
        shift = [length * math.cos(angle), length * math.sin(angle)]
        return point + torch.tensor(shift, dtype=torch.float64)

'''


def script(spec: RaceSpec) -> str:
    """The race as a Python script.

    Rules that torch.optim has not are written out. One that cannot be is left out with a comment.

    Raises:
        InputError: the spec cannot be run, or no racer can be written.
    """
    surface = check(spec)
    racers, unwritten = making.written(name_racers(spec.racers))
    further = further_starts(spec.seed, surface.domain, max(one.starts for one in racers) - 1)
    sampler = sampler_of(spec, surface)
    names = [racer.optimizer for racer in racers]
    seen = "" if sampler is None else ", batch_of(step)"
    asked = any(name in making.OWN and making.OWN[name].needs_value for name in names)
    text = _HEAD.format(
        title=surface.title.replace("\\", "").replace('"', ""),
        names=", ".join(names),
        needs="PyTorch alone" if sampler is None else "PyTorch and NumPy",
        imports="import torch\n" if sampler is None else "import numpy\nimport torch\n",
        data="" if sampler is None else f"\n{fit_script.data(sampler)}\n",
        batch="" if sampler is None else ", batch=None",
        body=_body(surface) if sampler is None else fit_script.body(sampler),
        own=making.classes(names),
        values=_VALUE.format(seen=seen) if asked else "",
        now="value_at(point)" if asked else f"loss(point[0], point[1]{seen}) + 0 * point.sum()",
        before=_BEFORE if "lbfgs" in names else "",
        after=_AFTER if "lbfgs" in names else "",
        attach="\n        closure.value = value_at\n" if asked else "",
        value="value = closure()" if sampler is None else "closure()\n        value = loss(*point)",
        jog=_JOG if any(racer.jog for racer in racers) else "",
        steps=spec.steps,
        noise=float(spec.noise),
    )
    own = [racer.start or spec.start or surface.start for racer in racers]
    rows = list(dict.fromkeys(own))
    lines = [making.left_out_text(racer) for racer in unwritten]
    lines += [
        _call(spec, racer, surface, racer.name, start, 0, (spec.seed, len(rows), rows.index(start)))
        for racer, start in zip(racers, own, strict=True)
    ]
    seed = seed_of(spec.seed, NOISE_STREAM, 0)
    for racer in racers:
        for number, start in enumerate(further[: racer.starts - 1], start=1):
            name = f"{racer.name} from start {number + 1}"
            noise = (seed, len(further), number - 1)
            lines.append(_call(spec, racer, surface, name, start, number, noise))
    return text + "\n".join(lines) + "\n"


def _call(
    spec: RaceSpec,
    racer: Racer,
    surface: Surface,
    name: str,
    start: Point,
    number: int,
    noise: tuple[int, int, int],
) -> str:
    """The line that lets a racer run from one of its starts."""
    x, y = map(float, start)
    more = ""
    schedule = schedules.find(racer.schedule)
    if schedule.twin:
        written = schedule.script_arguments(racer.schedule_settings)
        more += f", schedule=lambda o: torch.optim.lr_scheduler.{schedule.twin}(o, {written})"
    if racer.jog is not None:
        jog = racer.jog
        seed = seed_of(spec.seed, PERTURBATIONS_STREAM, number)
        more += f", jog=Jog({jog.radius!r}, {jog.patience!r}, {jog.tolerance!r}, {seed})"
    made = making.make_text(racer.optimizer, hyper_of(racer, surface), "p")
    return f"race({name!r}, lambda p: {made}, ({x!r}, {y!r}), {noise}{more})"


def _body(surface: Surface) -> str:
    values = {name: float(value) for name, value in surface.complete().items()}
    if surface.script:
        return surface.script.format(**values)
    return f"    return {as_torch(surface.formula, values)}"


def as_torch(text: str, values: dict[str, float]) -> str:
    """A formula as a Python expression of x, y and torch, with its parameters filled in.

    Raises:
        FormulaError: it cannot be read.
    """
    formula.Formula(text, tuple(values))  # nothing but what the allow-list knows gets through
    return ast.unparse(_Torch(values).visit(formula_parser.read(text, values).tree))


class _Torch(ast.NodeTransformer):
    """Names of a formula -> what a script of plain Python and torch calls them."""

    def __init__(self, values: dict[str, float]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self._values:
            return ast.parse(repr(self._values[node.id]), mode="eval").body
        if node.id in formula_words.CONSTANTS:
            return ast.parse(f"math.{node.id}", mode="eval").body
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        root = formula.odd_root(node.right) if isinstance(node.op, ast.Pow) else None
        if root is None:
            return self.generic_visit(node)
        exponent, odd = root
        base = f"torch.as_tensor({ast.unparse(self.visit(node.left))})"
        size = f"torch.abs({base}) ** {exponent!r}"
        return ast.parse(f"torch.sign({base}) * {size}" if odd else size, mode="eval").body

    def visit_Call(self, node: ast.Call) -> ast.AST:
        assert isinstance(node.func, ast.Name)
        if node.func.id == "pow":
            return self.visit_BinOp(ast.BinOp(node.args[0], ast.Pow(), node.args[1]))
        name = formula_words.FUNCTIONS[node.func.id][1]
        arguments = ", ".join(f"torch.as_tensor({ast.unparse(self.visit(a))})" for a in node.args)
        return ast.parse(f"torch.{name}({arguments})", mode="eval").body
