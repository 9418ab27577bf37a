"""One optimizer of the table: how it is set, what it is called and how it looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.optimizers import registry as optimizers
from engine.optimizers.base import Setting
from engine.optimizers.racer import Racer, name_racers
from gui.messages import engine_text


@dataclass(frozen=True)
class Entry:
    """A line of the optimizers' table.

    Attributes:
        racer: the optimizer with its settings; its name is unique.
        look: which colour, marker and dash it has.
        enabled: whether it takes part.
    """

    racer: Racer
    look: int
    enabled: bool = True


def entries_of(racers: tuple[Racer, ...]) -> tuple[Entry, ...]:
    """A table in which every racer takes part."""
    return tuple(Entry(racer, look) for look, racer in enumerate(name_racers(racers)))


def find(entries: tuple[Entry, ...], name: str) -> Entry | None:
    """The entry whose racer has this name."""
    return next((entry for entry in entries if entry.racer.name == name), None)


def running(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that take part, in the order of a frame's rows."""
    return tuple(entry for entry in entries if entry.enabled)


def with_racer(
    entries: tuple[Entry, ...], name: str, change: Callable[[Racer], Racer]
) -> tuple[Entry, ...]:
    """One racer changed."""
    return tuple(
        replace(entry, racer=change(entry.racer)) if entry.racer.name == name else entry
        for entry in entries
    )


def with_settings(
    entries: tuple[Entry, ...], name: str, settings: Mapping[str, float]
) -> tuple[Entry, ...]:
    """Another learning rate, momentum ... of one racer."""

    def change(racer: Racer) -> Racer:
        return replace(racer, settings={**racer.settings, **settings})

    return with_racer(entries, name, change)


def with_enabled(entries: tuple[Entry, ...], name: str, enabled: bool) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, enabled=enabled) if entry.racer.name == name else entry for entry in entries
    )


def with_added(entries: tuple[Entry, ...], racer: Racer) -> tuple[tuple[Entry, ...], str]:
    """One more racer, under a name and a look that are free; gives that name too."""
    racers = name_racers((*(entry.racer for entry in entries), racer))
    used = {entry.look for entry in entries}
    look = next(look for look in range(len(used) + 1) if look not in used)
    return (*entries, Entry(racers[-1], look)), racers[-1].name


def without(entries: tuple[Entry, ...], name: str) -> tuple[Entry, ...]:
    """The racer of that name is gone."""
    return tuple(entry for entry in entries if entry.racer.name != name)


def racer_title(entry: Entry) -> str:
    """What a racer is called in the window: `SGD`, and `SGD 2` for a second one."""
    title = engine_text(optimizers.find(entry.racer.optimizer).title)
    number = entry.racer.name.removeprefix(entry.racer.optimizer).lstrip("- ")
    return f"{title} {number}" if number else title


def setting_facts(entry: Entry, key: str) -> Setting | None:
    """Default and range of a setting; None when the optimizer has none of that name."""
    optimizer = optimizers.find(entry.racer.optimizer)
    return next((setting for setting in optimizer.settings if setting.name == key), None)
