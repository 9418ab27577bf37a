"""The graph of a formula after some steps, as nodes and edges of the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.networks.chain_rule.graph import Graph
from engine.networks.chain_rule.steps import ChainTrace, Kind, Step, known_after
from gui.networks.chain_rule import letters
from gui.networks.graph.layered import Places, place_layers
from gui.networks.graph.records import BACKWARD, BACKWARD_DASH, FORWARD, Edge, Node, Row

ACROSS_PX, DOWN_PX = 198.0, 30.0
NODE_PX, LEAF_PX = 62.0, 26.0  # heights
LABEL_PX = 30.0  # height of an edge's two lines
VALUE_PX = 60.0  # room of a number
BEND_PX = 26.0  # of two edges between the same nodes


@dataclass(frozen=True)
class Drawing:
    """What the canvas shows.

    Attributes:
        lit: what the last step computed, by key.
        sent: edges along which the last step went.
        backward: whether it went back.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lit: Mapping[str, str]
    sent: tuple[str, ...]
    backward: bool


def node_key(graph: Graph, place: int) -> str:
    return f"{place}.{graph.nodes[place].name}"


def edge_key(graph: Graph, above: int, index: int) -> str:
    below = graph.nodes[above].inputs[index]
    return f"{node_key(graph, below)}>{node_key(graph, above)}.{index}"


def lay_out(graph: Graph) -> Places:
    """Inputs on the left, the result on the right; a leaf stands just before what uses it."""
    layer: dict[int, int] = {}
    for place, node in enumerate(graph.nodes):
        layer[place] = max((layer[each] + 1 for each in node.inputs), default=0)
    for place, node in enumerate(graph.nodes):
        if not node.operation:
            layer[place] = min(layer[user] for user, _ in graph.uses(place)) - 1
    keys = [node_key(graph, place) for place in range(len(graph.nodes))]
    pairs = dict.fromkeys(
        (keys[below], keys[place])
        for place, node in enumerate(graph.nodes)
        for below in node.inputs
    )
    sizes = {
        key: NODE_PX if node.varies else LEAF_PX
        for key, node in zip(keys, graph.nodes, strict=True)
    }
    layers = {keys[place]: each for place, each in layer.items()}
    return place_layers(
        layers, list(pairs), across=ACROSS_PX, down=DOWN_PX, sizes=sizes, passing=LABEL_PX
    )


def draw(trace: ChainTrace, places: Places, count: int) -> Drawing:
    """The graph after the first `count` steps; what is not computed yet is blank."""
    graph = trace.graph
    known = known_after(trace, count)
    result = graph.result.name
    nodes = []
    for place, node in enumerate(graph.nodes):
        value = letters.number(known.values.get(place))
        rows: tuple[Row, ...] = ()
        if node.number is None:
            rows = (Row("=", value, FORWARD),)
        if node.varies:
            name = letters.plain_derivative(f"d{result}/d{node.name}")
            rows += (Row(name, letters.number(known.derivatives.get(place)), BACKWARD),)
        key = node_key(graph, place)
        stopped = trace.undefined is not None and trace.undefined.node == place
        wrong = stopped and count == len(trace.steps)
        nodes.append(
            Node(
                key,
                letters.title(graph, node),
                rows,
                place=places.nodes[key],
                fill="raised" if node.varies else "panel",
                outline="error" if wrong else ("accent" if node.is_variable else "muted"),
                width=3.0 if wrong else 1.5,
                dash=(3.0, 2.0) if not node.varies or wrong else (),
                least=VALUE_PX if rows else 0.0,
            )
        )
    edges = tuple(
        _edge(trace, places, above, index, known.locals, known.contributions, known.values)
        for above, node in enumerate(graph.nodes)
        for index in range(len(node.inputs))
    )
    last = trace.steps[count - 1] if 0 < count <= len(trace.steps) else None
    if last is None:
        return Drawing(tuple(nodes), edges, {}, (), False)
    lit, sent = _lit(graph, last)
    color = FORWARD if last.kind is Kind.VALUE else BACKWARD
    return Drawing(
        tuple(nodes), edges, dict.fromkeys(lit, color), sent, last.kind is not Kind.VALUE
    )


def _edge(
    trace: ChainTrace,
    places: Places,
    above: int,
    index: int,
    locals_: Mapping[tuple[int, int], float],
    contributions: Mapping[tuple[int, int], float],
    values: Mapping[int, float],
) -> Edge:
    graph = trace.graph
    node = graph.nodes[above]
    below = node.inputs[index]
    lower, upper = node_key(graph, below), node_key(graph, above)
    twice = node.inputs.count(below) > 1
    label, color = "", "muted"
    dash: tuple[float, ...] = ()
    if above in values:
        color = FORWARD
    if (above, index) in locals_:
        label = f"× {letters.number(locals_[(above, index)])}"
    if (above, index) in contributions:
        label += f"\n← {letters.number(contributions[(above, index)])}"
        color, dash = BACKWARD, BACKWARD_DASH
    if not graph.nodes[below].varies:
        color = "muted"
    return Edge(
        edge_key(graph, above, index),
        lower,
        upper,
        label=label,
        above=len(graph.uses(below)) == 1 and _derived_inputs(graph, above) == 1,
        color=color,
        dash=dash,
        ink=BACKWARD if label else "",
        width=2.0 if color != "muted" else 1.5,
        bend=(BEND_PX if index else -BEND_PX) if twice else 0.0,
        via=() if twice else places.via[(lower, upper)],
        tip=letters.plain_derivative(f"∂{node.name}/∂{graph.nodes[below].name}") if label else "",
    )


def _derived_inputs(graph: Graph, place: int) -> int:
    return sum(graph.nodes[each].varies for each in graph.nodes[place].inputs)


def _lit(graph: Graph, step: Step) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of what a step computed, and of the edges it went along."""
    node = node_key(graph, step.node)
    if step.kind is Kind.VALUE:
        inputs = range(len(graph.nodes[step.node].inputs))
        sent = tuple(edge_key(graph, step.node, index) for index in inputs)
        return (node, *sent), sent
    if step.above is not None:
        edge = edge_key(graph, step.above, step.index)
        return ((edge,), ()) if step.kind is Kind.LOCAL else ((edge, node), (edge,))
    if step.kind is Kind.SUM:
        return (node, *(edge_key(graph, *use) for use in graph.uses(step.node))), ()
    middle = () if graph.inner is None else (node_key(graph, graph.inner),)
    return ((node,) if step.kind is Kind.SEED else (node, *middle)), ()
