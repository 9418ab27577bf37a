"""Run folders as the list of runs shows them. Generators for the bridge; no torch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.errors import InputError
from engine.training.optimizer_text import lr_of
from engine.training.runs.following import START, News, Place, look
from engine.training.runs.kept_states import forkable


@dataclass(frozen=True)
class Run:
    """A run folder at a glance.

    Attributes:
        path: the folder.
        data, model: as its spec says; of several data files the names.
        steps: steps done.
        loss: the last total loss; None before the first step.
        usable: whether its weights are there to detect with.
        changed: when it was last written to, seconds since 1970.
        total: steps that it was to take; None where its spec counts epochs or phases.
        lr: the learning rate of its spec; None where that cannot be read.
        states: the steps of the checkpoints that it can be forked from, newest first.
        loss_weights: the coefficients of its losses.
        evaluation: the last metrics of the held-out pictures, if any were taken.
    """

    path: Path
    data: str
    model: str
    steps: int
    loss: float | None
    usable: bool
    changed: float
    total: int | None = None
    lr: float | None = None
    states: tuple[int, ...] = ()
    loss_weights: Mapping[str, float] = field(default_factory=dict)
    evaluation: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.name


def is_run(path: Path) -> bool:
    """Whether a folder holds a training run."""
    return any((path / name).is_file() for name in ("spec.json", "metrics.jsonl"))


def list_runs(folder: Path, elsewhere: Sequence[Path] = ()) -> Iterator[tuple[Run, ...]]:
    """A job: all runs of a folder, newest first.

    Args:
        elsewhere: runs in other folders, to be listed with them.
    """
    inside = folder.iterdir() if folder.is_dir() else ()
    runs = [read_run(path) for path in dict.fromkeys((*inside, *elsewhere)) if is_run(path)]
    yield tuple(sorted(runs, key=when, reverse=True))


def when(run: Run) -> float:
    return run.changed


def read_run(path: Path) -> Run:
    """A run's facts; what cannot be read is left empty."""
    spec = read_object(path / "spec.json")
    last = last_line(path / "metrics.jsonl")
    evaluation = last_line(path / "evaluations.jsonl")
    try:
        changed = max(item.stat().st_mtime for item in path.iterdir())
    except (OSError, ValueError):
        changed = 0.0
    loss = last.get("loss")
    return Run(
        path=path,
        data=_data_named(spec.get("data", "")),
        model=str(spec.get("model", "")),
        steps=int(last.get("step", 0)),
        loss=float(loss) if isinstance(loss, int | float) else None,
        usable=any((path / "last").glob("*.safetensors")),
        changed=changed,
        total=_total(spec),
        lr=_lr(spec),
        states=tuple(forkable(path)),
        loss_weights=_loss_weights(spec),
        evaluation=evaluation,
    )


def _total(spec: Mapping[str, Any]) -> int | None:
    steps = spec.get("steps")
    return steps if type(steps) is int and spec.get("schedule", "joint") == "joint" else None


def _lr(spec: Mapping[str, Any]) -> float | None:
    try:
        return lr_of(str(spec["optimizer"]))
    except (KeyError, InputError):
        return None


def _loss_weights(spec: Mapping[str, Any]) -> dict[str, float]:
    weights = spec.get("loss_weights")
    return {
        str(name): float(value)
        for name, value in (weights.items() if isinstance(weights, dict) else ())
        if isinstance(value, int | float)
    }


def _data_named(data: Any) -> str:
    """A spec's data in one text; of several files their names."""
    return ", ".join(Path(str(file)).name for file in data) if isinstance(data, list) else str(data)


@dataclass(frozen=True)
class Seen:
    """What a look at a run folder has found.

    Attributes:
        news: new steps, evaluations and phases.
        loss_weights: the coefficients of its losses, where the run is read from its beginning;
            else None.
    """

    news: News
    loss_weights: Mapping[str, float] | None = None


def look_at(folder: Path, place: Place) -> Iterator[Seen]:
    """A job: one look at a run folder, from where the one before has ended."""
    for news in look(folder, place):
        anew = news.restarted or place is START
        yield Seen(news, _loss_weights(read_object(folder / "spec.json")) if anew else None)
        place = news.place


def new_folder(parent: Path, model: str) -> Path:
    """A name for a new run that is not taken yet."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", model).strip("-") or "run"
    base = f"{stem}-{datetime.now():%Y%m%d-%H%M%S}"
    path, number = parent / base, 2
    while path.exists():
        path, number = parent / f"{base}-{number}", number + 1
    return path


def read_object(path: Path) -> dict[str, Any]:
    try:
        return parse_object(path.read_text(encoding="utf-8"))
    except OSError:
        return {}


def last_line(path: Path) -> dict[str, Any]:
    """The last whole JSON line of a file, without reading a long file twice."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    for line in reversed(lines):
        values = parse_object(line)
        if values:
            return values
    return {}


def parse_object(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
