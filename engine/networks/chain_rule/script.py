"""The chain rule as a PyTorch script that runs as it is and prints the same derivatives."""

from __future__ import annotations

import keyword

from engine.descent.surfaces.formula_words import CONSTANTS
from engine.networks.chain_rule.graph import Node, build
from engine.networks.chain_rule.operations import OPERATIONS
from engine.networks.chain_rule.steps import DEFAULT, ChainSpec

_SCRIPT = '''\
"""{title}. Written by Thalweg; needs PyTorch."""

import torch

{inputs}

{nodes}

{result}.backward()
print("{result} =", repr({result}.item()))
{prints}
'''


def write_script(spec: ChainSpec) -> str:
    """The script of a spec.

    Raises:
        FormulaError: as in `graph.build`.
    """
    graph = build(spec.formula, spec.inner)
    names = [graph.nodes[place].name for place in graph.variables]
    inputs = [
        f"{_safe(name)} = torch.tensor({float(spec.values.get(name, DEFAULT))!r},"
        " dtype=torch.float64, requires_grad=True)"
        for name in names
    ]
    nodes = [
        f"{_safe(node.name)} = {_call(node, graph.nodes)}" for node in graph.nodes if node.operation
    ]
    result = _safe(graph.result.name)
    kept = graph.nodes[graph.inner].name if graph.inner is not None else ""
    prints = [
        f'print("d{result}/d{name} =", repr({_safe(name)}.grad.item()))'
        for name in (*((kept,) if kept else ()), *names)
    ]
    if kept:  # what is no leaf keeps its derivative only when told to
        nodes.insert(
            next(i for i, line in enumerate(nodes) if line.startswith(f"{kept} = ")) + 1,
            f"{kept}.retain_grad()",
        )
    outer, inner = graph.plain
    title = f"{graph.result.name} = {outer}" + (f", {kept} = {inner}" if kept else "")
    return _SCRIPT.format(
        title=title.replace("\\", " ").replace('"', "'"),
        inputs="\n".join(inputs),
        nodes="\n".join(nodes),
        result=result,
        prints="\n".join(prints),
    )


def _call(node: Node, nodes: tuple[Node, ...]) -> str:
    below = [nodes[place] for place in node.inputs]
    # A number beside a tensor needs not be one, except in a function.
    plain = node.operation not in ("min", "max", "atan2") and len(below) == 2
    plain = plain and any(each.number is None for each in below)
    parts = []
    for each in below:
        if each.number is None:
            parts.append(_safe(each.name))
        elif plain:
            parts.append(f"({each.number!r})" if each.number < 0 else repr(each.number))
        else:
            parts.append(f"torch.tensor({each.number!r}, dtype=torch.float64)")
    return OPERATIONS[node.operation].torch.format(*parts)


def _safe(name: str) -> str:
    """A variable's name as Python takes it."""
    taken = keyword.iskeyword(name) or name in ("torch", "print", "repr", *CONSTANTS)
    return f"{name}_" if taken else name
