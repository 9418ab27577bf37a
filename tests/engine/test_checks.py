"""Names that people give are found in every table alike, or refused with what there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.checks import find_named
from engine.descent.surfaces import registry as surfaces
from engine.errors import InputError
from engine.networks.backprop import activations
from engine.networks.tasks import registry as tasks
from engine.optimizers import registry as optimizers
from engine.optimizers import schedules


def test_a_name_gives_its_record_and_another_is_refused_with_those_that_there_are() -> None:
    assert find_named({"one": 1, "two": 2}, "two", kind="Number") == 2
    with pytest.raises(InputError) as refused:
        find_named({"one": 1, "two": 2}, "three", kind="Number")
    assert str(refused.value) == "Number 'three' is unknown; there are: one, two."


@pytest.mark.parametrize(
    ("find", "table", "kind"),
    [
        (surfaces.find, surfaces.SURFACES, "Surface"),
        (tasks.find, tasks.TASKS, "Task"),
        (optimizers.find, optimizers.OPTIMIZERS, "Optimizer"),
        (schedules.find, schedules.SCHEDULES, "Schedule"),
        (activations.find, activations.ACTIVATIONS, "Activation"),
    ],
)
def test_every_table_is_asked_alike(
    find: Callable[[str], Any], table: Mapping[str, Any], kind: str
) -> None:
    assert all(find(name) is record for name, record in table.items())
    with pytest.raises(InputError) as refused:
        find("nothing of " + "the kind " * 100)
    said = str(refused.value)
    assert said.startswith(f"{kind} 'nothing of the kind") and len(said) < 600
