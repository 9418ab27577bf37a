"""One optimizer of the table: how it is set, what it is called and how it looks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.optimizers import registry as optimizers
from engine.optimizers.base import Setting
from engine.optimizers.looks import RacerStyle
from engine.optimizers.racer import Racer, name_racers
from gui.messages import engine_text


@dataclass(frozen=True)
class Entry:
    """A line of the optimizers' table.

    Attributes:
        racer: the optimizer with its settings; its name is unique.
        enabled: whether it takes part.
    """

    racer: Racer
    enabled: bool = True

    @property
    def look(self) -> RacerStyle:
        """Its colours, marker and dash: the optimizer's, wherever in the table it stands."""
        return optimizers.racer_style(self.racer.optimizer, self.racer.occurrence)


def entries_of(racers: tuple[Racer, ...], resting: Collection[str] = ()) -> tuple[Entry, ...]:
    """A table in which every racer takes part but those whose names are `resting`."""
    return tuple(Entry(racer, racer.name not in resting) for racer in name_racers(racers))


def racer_title(entry: Entry) -> str:
    """What a racer is called in the window: `SGD`, and `SGD 2` for a second one."""
    title = engine_text(optimizers.find(entry.racer.optimizer).title)
    number = entry.racer.name.removeprefix(entry.racer.optimizer).lstrip("- ")
    return f"{title} {number}" if number else title


def setting_facts(entry: Entry, key: str) -> Setting | None:
    """Default and range of a setting; None when the optimizer has none of that name."""
    optimizer = optimizers.find(entry.racer.optimizer)
    return next((setting for setting in optimizer.settings if setting.name == key), None)
