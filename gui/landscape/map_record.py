"""What a map view shows, as the record that exports draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.export.scene import records
from engine.optimizers.looks import RacerStyle
from gui.landscape.map_view import TYPE_PX, MapView
from gui.racing.racer_style import map_stroke


def describe_map(view: MapView) -> records.Plot:
    """The map with all that lies on it, in the order in which it lies."""
    width, height = view.pixel_size()
    layers = sorted(view.layers, key=lambda layer: layer.zValue())
    under = [layer for layer in layers if layer.zValue() < view.trails.zValue()]
    over = [layer for layer in layers if layer.zValue() >= view.trails.zValue()]
    drawn: list[records.Layer] = [each for layer in under for each in layer.describe()]
    drawn += [each for layer in layers for each in layer.describe_below()]
    drawn += [describe_trail(view, racer) for racer in range(len(view.paths))]
    drawn += [each for layer in over for each in layer.describe()]
    drawn.append(view.handle.describe(view.start))
    x, y = view.axis_names
    return records.Plot(
        "map",
        x,
        y,
        view.visible_domain(),
        width,
        height,
        tuple(_named(layer, view.racers) for layer in drawn),
        describe_legends(view),
        view.color_bar.describe(),
        type_px=TYPE_PX * view.scale_factor,
    )


def describe_trail(view: MapView, racer: int) -> records.Line:
    """The racer's own trail: all that is computed of it, and how much of it is seen."""
    _, look = view.racers[racer]
    stroke = map_stroke(look, scale=view.scale_factor)
    return stroke.line("trail", view.paths[racer], racer=racer, shown=view.count)


def describe_legends(view: MapView) -> tuple[records.Legend, ...]:
    """The plates that are seen, in the order in which they choose their places."""
    named = {"racers": view.racer_legend}
    named |= {
        type(layer).__name__: layer.legend for layer in view.layers if layer.legend is not None
    }
    named |= {"landscape": view.landscape_legend, "hatched": view.hatch_legend}
    return tuple(each for name, legend in named.items() for each in legend.describe(name))


def _named(layer: records.Layer, racers: Sequence[tuple[str, RacerStyle]]) -> records.Layer:
    """A layer of a racer under the racer's name."""
    if isinstance(layer, (records.Line, records.Lines, records.Marks)) and layer.racer >= 0:
        return replace(layer, name=racers[layer.racer][0])
    return layer
