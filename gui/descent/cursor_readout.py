"""What the status bar says of the point under the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.descent.race.spec import RaceSpec
from gui import number_text

if TYPE_CHECKING:
    from engine.descent.maps.local_geometry import LocalGeometry


def read_point(spec: RaceSpec, x: float, y: float) -> Iterator[LocalGeometry]:
    """The surface at a point, on the worker."""
    from engine.descent.maps.local_geometry import local_geometry

    yield local_geometry(spec, x, y)


def write(point: LocalGeometry, template: str) -> str:
    """A point in a translated template with {x} {y} {f} {slope} {low} {high} {condition}."""
    return template.format(
        x=number_text.write(point.x, digits=4),
        y=number_text.write(point.y, digits=4),
        f=number_text.write(point.loss, digits=4),
        slope=number_text.write(point.gradient_norm, digits=3),
        low=number_text.write(point.curvatures[0], digits=4),
        high=number_text.write(point.curvatures[1], digits=4),
        condition=number_text.write(point.condition, digits=4),
    )
