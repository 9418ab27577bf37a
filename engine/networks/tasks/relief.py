"""The landscape of a task of two parameters: the whole truth about its net, as a map."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks import Domain, check_domain
from engine.descent.maps.landscape import landscape_of
from engine.descent.surfaces.surface import Surface
from engine.errors import InputError
from engine.landscape import Landscape
from engine.networks.tasks.parameters import LOSSES
from engine.networks.tasks.registry import find
from engine.networks.tasks.spec import FitSpec


def relief(
    spec: FitSpec, *, size: tuple[int, int] = (512, 512), domain: Domain | None = None
) -> Iterator[Landscape]:
    """The loss over (u, v), first coarse, then fine; x is u and y is v.

    It is the loss that frames tell, without the L2 penalty.

    Args:
        size: points along u and v.
        domain: u0, u1, v0, v1 of the view; None for the task's own.

    Raises:
        InputError: the task is unknown or has not just two parameters, or the view is empty.
    """
    yield from landscape_of(surface_of(spec, domain), size)


def surface_of(spec: FitSpec, domain: Domain | None = None) -> Surface:
    """The loss of a task of two parameters as a surface.

    Raises:
        InputError: as `relief`.
    """
    task = find(spec.task)
    if task.kind != "parameters":
        raise InputError("task.no_relief", task=task.name)
    if domain is not None:
        check_domain(domain)
    assert task.start is not None
    return Surface(
        task.name,
        task.title,
        task.summary,
        LOSSES[task.name]().loss,
        domain=domain or task.domain,
        minima=task.minima,
        start=spec.start or task.start,
        rates=task.rates,
        logarithmic=True,
    )
