"""Places for the nodes of a graph without circles: layers from left to right, few crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gui.networks.graph.records import Point

SWEEPS = 8  # over all layers, each towards fewer crossings


@dataclass(frozen=True)
class Places:
    """Where everything stands.

    Attributes:
        nodes: the middle of each node, px.
        via: points on the way of an edge that passes by further layers.
    """

    nodes: Mapping[str, Point]
    via: Mapping[tuple[str, str], tuple[Point, ...]]


def place_layers(
    layers: Mapping[str, int],
    edges: Sequence[tuple[str, str]],
    *,
    across: float,
    down: float,
    sizes: Mapping[str, float],
    passing: float = 0.0,
) -> Places:
    """Places for nodes whose layers are known.

    An edge that passes by layers has a stop in each of them, which takes part in the order.

    Args:
        layers: of each node, from 0; an edge goes to a higher one.
        edges: (source, target), each pair once.
        across: from one layer to the next, px.
        down: between two neighbours of a layer, px.
        sizes: height of each node, px.
        passing: height that an edge takes where it passes by, px.
    """
    columns: list[list[str]] = [[] for _ in range(1 + max(layers.values(), default=0))]
    for name, layer in layers.items():
        columns[layer].append(name)
    links: list[tuple[str, str]] = []
    stops: dict[tuple[str, str], list[str]] = {}
    for source, target in edges:
        passed = [f"{source}>{target}:{n}" for n in range(layers[source] + 1, layers[target])]
        for layer, stop in enumerate(passed, start=layers[source] + 1):
            columns[layer].append(stop)
        stops[(source, target)] = passed
        links += zip([source, *passed], [*passed, target], strict=True)
    _order(columns, links)
    stops_too = {stop: passing for passed in stops.values() for stop in passed}
    middles = _heights(columns, links, {**stops_too, **sizes}, down)
    places = {
        name: (layer * across, middles[name])
        for layer, column in enumerate(columns)
        for name in column
    }
    via = {edge: tuple(places[stop] for stop in passed) for edge, passed in stops.items()}
    return Places({name: places[name] for name in layers}, via)


def _order(columns: list[list[str]], links: Sequence[tuple[str, str]]) -> None:
    """Sort every column by the mean place of the neighbours, forth and back."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for source, target in links:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    for sweep in range(SWEEPS):
        near = before if sweep % 2 == 0 else after
        for column in columns if sweep % 2 == 0 else reversed(columns):
            place = {name: row for each in columns for row, name in enumerate(each)}
            keys = {
                name: sum(place[other] for other in near[name]) / len(near[name])
                if near.get(name)
                else float(place[name])
                for name in column
            }
            column.sort(key=keys.__getitem__)


def _heights(
    columns: list[list[str]],
    links: Sequence[tuple[str, str]],
    sizes: Mapping[str, float],
    down: float,
) -> dict[str, float]:
    """Middles: near the mean of the neighbours, without touching each other."""
    near: dict[str, list[str]] = {}
    for source, target in links:
        near.setdefault(source, []).append(target)
        near.setdefault(target, []).append(source)
    middles: dict[str, float] = {}
    for column in columns:
        _stack(column, {}, sizes, down, middles)
    for _ in range(SWEEPS):
        for column in columns:
            wanted = {
                name: sum(middles[other] for other in near[name]) / len(near[name])
                for name in column
                if near.get(name)
            }
            _stack(column, wanted, sizes, down, middles)
    return middles


def _stack(
    column: Sequence[str],
    wanted: Mapping[str, float],
    sizes: Mapping[str, float],
    down: float,
    middles: dict[str, float],
) -> None:
    """One under the other with `down` between them, as near as can be to what is wanted."""
    tops, y = [], 0.0
    for name in column:
        tops.append(y)
        y += sizes.get(name, 0.0) + down
    centers = [top + sizes.get(name, 0.0) / 2 for top, name in zip(tops, column, strict=True)]
    if not wanted:
        shift = -(y - down) / 2
        for name, center in zip(column, centers, strict=True):
            middles[name] = center + shift
        return
    # Blocks that would overlap are put together and stand at the mean of their wishes.
    blocks: list[tuple[float, list[int]]] = []
    for index, name in enumerate(column):
        shift = wanted.get(name, centers[index]) - centers[index]
        members = [index]
        while blocks and blocks[-1][0] >= shift:
            before, others = blocks.pop()
            shift = (before * len(others) + shift * len(members)) / (len(others) + len(members))
            members = [*others, *members]
        blocks.append((shift, members))
    for shift, members in blocks:
        for index in members:
            middles[column[index]] = centers[index] + shift
