"""Networks: many starts of a net in one batched call, and updates a second of the digits."""

from __future__ import annotations

import time

import torch
from torch import nn

from engine.device import one_thread
from engine.networks.tasks.data import data_of
from engine.networks.tasks.fit import fit, hyper_of
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import default_spec
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Racer
from tests.bench.table import Row

STARTS, STEPS = 100, 300
SAMPLE = 4  # starts that torch really trains
ROUNDS = 3
UPDATES = 200  # of the digits


def measure() -> list[Row]:
    with one_thread():
        return [measure_starts(), measure_digits()]


def measure_starts() -> Row:
    spec = FitSpec("xor", racers=(Racer("adam", starts=STARTS),), hidden=(2,), steps=STEPS)
    alone = together = float("inf")
    for _ in range(ROUNDS):
        together = min(together, pulled(spec))
        alone = min(alone, one_by_one(spec))
    return Row("XOR net, 100 starts in one batched call, against nn.Sequential and torch.optim"
               " one after another", alone * STARTS / together, "x", 20, at_least=True,
               note=f"{STEPS} updates of Adam in {together:.2f} s, with the test losses"
               " and weights of every update")  # fmt: skip


def pulled(spec: FitSpec) -> float:
    """Seconds that all frames take."""
    began = time.perf_counter()
    for _ in fit(spec):
        pass
    return time.perf_counter() - began


def one_by_one(spec: FitSpec) -> float:
    """Seconds that a start takes as plain torch trains it: no test loss, nothing kept."""
    data = data_of(spec)
    inputs = torch.tensor(data.inputs)
    targets = torch.tensor(data.targets)[:, None]
    rate = hyper_of(spec.racers[0], find(spec.task))["lr"]
    loss = nn.BCEWithLogitsLoss()
    began = time.perf_counter()
    for _ in range(SAMPLE):
        module = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1)).double()
        optimizer = torch.optim.Adam(module.parameters(), lr=rate)
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss(module(inputs), targets).backward()
            optimizer.step()
    return (time.perf_counter() - began) / SAMPLE


def measure_digits() -> Row:
    task = find("digits")
    frames = fit(default_spec("digits"))
    next(frames)
    began = time.perf_counter()
    for _ in range(UPDATES):
        next(frames)
    rate = UPDATES / (time.perf_counter() - began)
    return Row("Digits, three optimizers at once, updates a second", rate, "1/s", 60,
               at_least=True, note=f"batches of {task.batch}, all {task.train_count} and"
               f" {task.test_count} digits measured at each")  # fmt: skip
