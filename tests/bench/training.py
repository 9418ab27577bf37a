"""Training: a step beside a plainly written loop, what its instrument costs, the four steps."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import torch

from engine.training import initialization
from engine.training.batch_tensors import to_tensors
from engine.training.runs.requests import Requests
from engine.training.sampling import Sampler
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.bench.table import Row

STEPS, WARM, ROUNDS = 10, 2, 3
FOUR_STEPS = "train --data shapes --schedule alternating --steps 8"
EVERY = 10  # steps between two measurements, as in the window
SPEC = TrainSpec("shapes", model="shapes", batch=2, steps=STEPS, seed=1)


def ours(*, cosine_every: int = 0, layers_every: int = 0) -> float:
    """Seconds a step of a run with all that it writes, after the first ones."""
    requests = Requests()
    requests.measure_cosine(cosine_every)
    requests.measure_layers(layers_every)
    with tempfile.TemporaryDirectory() as folder:
        run = train(SPEC, Path(folder) / "run", requests=requests)
        taken, began = [], time.perf_counter()
        for frame in run:
            now = time.perf_counter()
            if frame.losses:
                taken.append(now - began)
            began = now
    return sum(taken[WARM:]) / (STEPS - WARM)


def plain() -> float:
    """Seconds a step of a loop as one writes it, on the same net and batches."""
    pictures = initialization.open_data(SPEC)
    description = initialization.describe(SPEC, pictures)
    torch.manual_seed(SPEC.seed)
    model = initialization.first_model(SPEC, description).train()
    sampler = Sampler(
        pictures, range(len(pictures)), spec=SPEC, min_size=min(model.transform.min_size)
    )
    learned = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=3e-4)
    taken = []
    for step in range(STEPS):
        began = time.perf_counter()
        images, targets = to_tensors(sampler.batch(step), torch.device("cpu"))
        loss = torch.stack(list(model(images, targets).values())).sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, SPEC.clip)
        optimizer.step()
        taken.append(time.perf_counter() - began)
    return sum(taken[WARM:]) / (STEPS - WARM)


def four_steps() -> float:
    """Seconds of the command, from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "run")
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "engine", *FOUR_STEPS.split(), "--out", out],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        )
        return time.perf_counter() - began


def growth() -> float:
    """By how many percent a process grows from its 100th to its 500th step, each a mean of 50."""
    spec = replace(SPEC, batch=1, steps=500)
    with tempfile.TemporaryDirectory() as folder:
        memory = [frame.memory for frame in train(spec, Path(folder) / "run") if frame.losses]
    return 100 * (sum(memory[-50:]) / sum(memory[100:150]) - 1)


def measure() -> list[Row]:
    runs: dict[str, list[float]] = {"ours": [], "plain": [], "cosine": [], "layers": []}
    for _ in range(ROUNDS):
        # In turn, so that what else the machine does falls on all alike.
        runs["ours"].append(ours())
        runs["plain"].append(plain())
        runs["cosine"].append(ours(cosine_every=1))
        runs["layers"].append(ours(layers_every=1))
    step, loop, cosine, layers = (min(taken) for taken in runs.values())
    both = (cosine + layers) / step - 2
    note = f"shapes, batches of {SPEC.batch}, {step:.2f} s a step"
    return [
        Row(
            "A training's steps a second, over torchvision's loop written plainly",
            loop / step, "x", 1, at_least=True, note=note,
        ),
        Row(
            "The cosine of the gradients while it is shown, of a step",
            100 * (cosine / step - 1) / EVERY, "%", 10, note=f"every {EVERY} steps",
        ),
        Row(
            "The same, and the norms of the layer groups",
            100 * both / EVERY, "%", 10, note=f"each every {EVERY} steps",
        ),
        Row(f"`{FOUR_STEPS}`, start to end", four_steps(), "s", 120),
        Row("Memory that a training takes on from step 100 to 500", growth(), "%", 5),
    ]  # fmt: skip
