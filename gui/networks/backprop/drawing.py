"""A net at a moment, as nodes and edges of the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.networks.backprop.events import BIAS
from engine.networks.backprop.moments import Moment
from engine.networks.backprop.spec import BackpropSpec
from engine.networks.backprop.writing import number_of
from gui import theme
from gui.networks.backprop import letters
from gui.networks.graph.records import BACKWARD, FORWARD, Edge, Node, Row

SHOWN = 12  # nodes of a column
FEW = 4  # that stand as far apart in every column
WIDE = 1.5  # widths of a tall net for its height
ACROSS_PX, GAP_PX, ROW_PX = 226.0, 30.0, 18.0
VALUE_PX = 62.0
MOST_LABELS = 24  # weights whose numbers fit on the edges
LABEL_AT = 0.25  # of the way from one end: every other source's labels are at the far one
THINNEST_PX, WIDEST_PX = 1.0, 6.0
POSITIVE, NEGATIVE = "arrow_momentum", "arrow_nesterov"
NEGATIVE_DASH = (3.0, 2.0)
ERROR_KEY = "E"
PURPLE = 4  # place among the theme's series


@dataclass(frozen=True)
class Drawing:
    """What the canvas shows.

    Attributes:
        lit: what the last event computed, by key.
        sent: edges along which it went.
        color: of the signal.
        backward: whether it went back.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lit: Mapping[str, str]
    sent: tuple[str, ...]
    color: str
    backward: bool


def update_color() -> str:
    """The third colour beside those of forward and back."""
    return theme.current().series_style(PURPLE).color


def phase_color(phase: str) -> str:
    return {"forward": FORWARD, "backward": BACKWARD}.get(phase) or update_color()


def node_key(layer: int, node: int) -> str:
    return f"n.{layer}.{node}"


def more_key(layer: int) -> str:
    """Of what stands for the nodes of a layer that are not drawn."""
    return f"more.{layer}"


def edge_key(layer: int, node: int, source: int) -> str:
    """Of the weight from a source of the layer before."""
    return f"w.{layer}.{node}.{source}"


def read_key(key: str) -> tuple[int, ...]:
    """(layer, node) of a node, (layer, node, source) of a weight; empty for anything else."""
    kind, _, rest = key.partition(".")
    return tuple(map(int, rest.split("."))) if kind in ("n", "w") and rest else ()


@dataclass(frozen=True)
class Words:
    """What stands in the picture besides numbers.

    Attributes:
        flat: of a saturated node, such as "o(1−o) ≈ 0".
        more, more_tip: of the nodes of a column that are not drawn, with {count} and {all}.
    """

    flat: str
    more: str
    more_tip: str


def draw(spec: BackpropSpec, moment: Moment, target: tuple[float, ...], words: Words) -> Drawing:
    """The net as columns, the error on the right; what is not computed yet is blank.

    Args:
        target: of the example that is shown.
    """
    last = len(spec.layers) - 1
    shown = [min(size, SHOWN) for size in spec.layers]
    heights = [_height(spec, layer) for layer in range(last + 1)]
    tallest = max(count * (height + GAP_PX) for count, height in zip(shown, heights, strict=True))
    across = max(ACROSS_PX, WIDE * tallest / (last + 1))
    nodes: list[Node] = []
    for layer, count in enumerate(shown):
        down = max(heights) + GAP_PX if count <= FEW else heights[layer] + GAP_PX
        for node in range(count):
            saturated = bool(moment.saturated[layer][node])
            rows = _rows(spec, moment, layer, node, target, words.flat)
            nodes.append(
                Node(
                    node_key(layer, node),
                    str(number_of(spec.layers, layer, node)),
                    rows,
                    place=(layer * across, (node - (count - 1) / 2) * down),
                    outline="warning" if saturated else "accent" if layer == 0 else "muted",
                    width=3.0 if saturated else 1.5,
                    dash=(2.0, 1.5) if saturated else (),
                    least=VALUE_PX,
                )
            )
        hidden = spec.layers[layer] - count
        if hidden:
            numbers = {"count": hidden, "all": spec.layers[layer]}
            nodes.append(
                Node(
                    more_key(layer),
                    words.more.format(**numbers),
                    place=(layer * across, (count + 1) / 2 * down - (heights[layer] - ROW_PX) / 2),
                    fill="panel",
                    dash=(2.0, 2.0),
                    tip=words.more_tip.format(**numbers),
                )
            )
    error = Row("=", letters.number(moment.error))
    nodes.append(
        Node(ERROR_KEY, "E", (error,), place=(last * across + 0.8 * ACROSS_PX, 0.0), least=VALUE_PX)
    )
    edges = _edges(spec, moment, shown)
    edges += [
        Edge(
            f"e.{node}",
            node_key(last, node),
            ERROR_KEY,
            color=FORWARD if moment.error is not None else "muted",
            width=1.0,
            dash=(1.0, 2.0),
        )
        for node in range(shown[last])
    ]
    lit, sent = _lit(spec, moment, shown)
    phase = moment.event.phase
    color = phase_color(phase)
    return Drawing(
        tuple(nodes), tuple(edges), dict.fromkeys(lit, color), sent, color, phase == "backward"
    )


def _height(spec: BackpropSpec, layer: int) -> float:
    """Of a node of a layer, px: with every row that it may have."""
    rows = 2 if layer == 0 else 5 + (spec.biases is not None)
    return ROW_PX * rows + 8


def _rows(
    spec: BackpropSpec,
    moment: Moment,
    layer: int,
    node: int,
    target: tuple[float, ...],
    flat: str,
) -> tuple[Row, ...]:
    output = Row("o", letters.number(moment.outputs[layer][node]), FORWARD)
    if layer == 0:
        return (output,)
    rows = [Row("S", letters.number(moment.sums[layer][node]), FORWARD), output]
    rows.append(Row("δ", letters.number(moment.deltas[layer][node]), BACKWARD))
    if moment.biases:
        after = moment.updated_biases[layer - 1][node]
        bias = moment.biases[layer - 1][node] if after is None else after
        name = "b" if after is None else "b′"
        rows.append(Row(name, letters.number(bias), "text" if after is None else update_color()))
    if layer == len(spec.layers) - 1:
        rows.append(Row("t", letters.number(target[node])))
    if moment.saturated[layer][node]:
        rows.append(Row("", flat, "warning"))
    return tuple(rows)


def _edges(spec: BackpropSpec, moment: Moment, shown: list[int]) -> list[Edge]:
    largest = max((abs(w) for matrix in moment.weights for row in matrix for w in row), default=1)
    pairs = list(pairwise(shown))
    labelled = sum(rows * columns for rows, columns in pairs) <= MOST_LABELS
    edges = []
    for layer, (rows, columns) in enumerate(pairs, start=1):
        for source in range(rows):
            for node in range(columns):
                before = moment.weights[layer - 1][source][node]
                after = moment.updated[layer - 1][source][node]
                weight = before if after is None else after
                share = abs(weight) / (largest or 1.0)
                name = letters.plain(
                    f"w_{number_of(spec.layers, layer - 1, source)}"
                    f"_{number_of(spec.layers, layer, node)}"
                )
                text = letters.number(weight)
                edges.append(
                    Edge(
                        edge_key(layer, node, source),
                        node_key(layer - 1, source),
                        node_key(layer, node),
                        label=text if labelled else "",
                        color=POSITIVE if weight >= 0 else NEGATIVE,
                        width=THINNEST_PX + (WIDEST_PX - THINNEST_PX) * min(1.0, share),
                        dash=() if weight >= 0 else NEGATIVE_DASH,
                        ink="text" if after is None else update_color(),
                        head=False,
                        at=LABEL_AT if source % 2 == 0 else 1 - LABEL_AT,
                        tip=f"{name} = {text}",
                    )
                )
    return edges


def _lit(
    spec: BackpropSpec, moment: Moment, shown: list[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of what the event computed, and of the edges it went along."""
    event = moment.event
    last = len(spec.layers) - 1
    layer, node = event.layer, event.node
    here = node_key(layer, node) if node < shown[layer] else more_key(layer)
    if event.kind == "start":
        return (), ()
    if event.kind == "error":
        sent = tuple(f"e.{each}" for each in range(shown[last]))
        return (ERROR_KEY, *sent), sent
    if event.kind == "sum":
        sent = tuple(edge_key(layer, node, source) for source in range(shown[layer - 1]))
        return (here, *sent), sent
    if event.kind == "output":
        return (here,), ()
    if event.kind == "delta":
        if layer == last:
            return (here, f"e.{node}"), (f"e.{node}",)
        sent = tuple(edge_key(layer + 1, child, node) for child in range(shown[layer + 1]))
        return (here, *sent), sent
    if event.source == BIAS or event.source is None:
        return (here,), ()
    if event.source >= shown[layer - 1]:
        return (more_key(layer - 1),), ()
    return (edge_key(layer, node, event.source) if node < shown[layer] else here,), ()
