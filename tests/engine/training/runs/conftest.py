"""A net small enough for a step in a tenth of a second, and a run of it that nothing disturbed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from engine.training import initialization
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.engine.training.test_trainer import TINY

STEPS = 5
SPEC = TrainSpec(
    data="shapes", batch=1, steps=STEPS, pictures=6, warmup=2, average=0.9, device="cpu",
    checkpoint_every=2,
)  # fmt: skip


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a run of `SPEC` from start to end; not to be written to."""
    out = tmp_path_factory.mktemp("undisturbed") / "run"
    threads = torch.get_num_threads()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
        torch.set_num_threads(1)  # as every test of the folder has it
        list(train(SPEC, out))
        torch.set_num_threads(threads)
    yield out


@pytest.fixture
def finished(undisturbed: Path, tmp_path: Path) -> Path:
    """A copy of it, to be written to."""
    return Path(shutil.copytree(undisturbed, tmp_path / "finished"))
