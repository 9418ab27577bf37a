"""Where the nodes of a layered graph stand."""

from __future__ import annotations

from itertools import pairwise

from gui.networks.graph.layered import place_layers


def test_layers_are_columns_and_neighbours_do_not_touch() -> None:
    layers = {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 2}
    edges = [("a", "e"), ("b", "d"), ("c", "d"), ("d", "f"), ("e", "f")]
    sizes = dict.fromkeys(layers, 40.0)
    found = place_layers(layers, edges, across=100.0, down=20.0, sizes=sizes).nodes
    assert [found[name][0] for name in "adf"] == [0, 100, 200]
    for layer in range(3):
        column = sorted(found[name][1] for name in layers if layers[name] == layer)
        assert all(low - high >= 60 - 1e-9 for high, low in pairwise(column))


def test_edges_that_need_not_cross_do_not() -> None:
    layers = {"a": 0, "b": 0, "c": 1, "d": 1}
    found = place_layers(layers, [("a", "d"), ("b", "c")], across=9.0, down=9.0, sizes={}).nodes
    assert (found["a"][1] < found["b"][1]) == (found["d"][1] < found["c"][1])


def test_a_long_edge_passes_beside_the_nodes_between() -> None:
    layers = {"a": 0, "b": 1, "c": 2}
    edges = [("a", "b"), ("b", "c"), ("a", "c")]
    found = place_layers(layers, edges, across=100.0, down=20.0, sizes={"b": 60.0})
    ((x, y),) = found.via[("a", "c")]
    assert x == 100 and abs(y - found.nodes["b"][1]) >= 30 + 20 - 1e-9
    assert found.via[("a", "b")] == ()


def test_a_node_alone_stands_somewhere() -> None:
    assert set(place_layers({"a": 0}, [], across=1.0, down=1.0, sizes={}).nodes) == {"a"}
