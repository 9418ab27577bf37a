"""A digest that changes with every bit of what is fixed, and with nothing else."""

from __future__ import annotations

import hashlib

import torch
from torch import nn

from engine.training.alternating.frozen_hash import digest, frozen_tensors


def test_the_digest_is_that_of_names_types_shapes_and_bytes() -> None:
    tensors = {"b": torch.tensor([1.5, -2.0]), "a": torch.tensor(7)}
    expected = hashlib.sha256()
    expected.update(b"a torch.int64 ()\n" + (7).to_bytes(8, "little"))
    expected.update(b"b torch.float32 (2,)\n" + tensors["b"].numpy().tobytes())
    assert digest(tensors) == expected.hexdigest()


def test_one_bit_a_shape_or_a_name_changes_it() -> None:
    one = torch.zeros(4)
    flipped = one.clone()
    flipped.view(torch.int32)[2] ^= 1
    others = [{"w": flipped}, {"w": one.view(2, 2)}, {"v": one}, {"w": one.double()}, {}]
    assert digest({"w": one}) not in {digest(other) for other in others}
    assert digest({"w": one}) == digest({"w": one.clone()})


def test_learning_parameters_and_moving_statistics_are_not_fixed() -> None:
    net = nn.Sequential(nn.Conv2d(1, 2, 1), nn.BatchNorm2d(2), nn.Conv2d(2, 1, 1))
    assert frozen_tensors(net) == {}
    net[0].requires_grad_(False)
    net[1].eval()
    assert set(frozen_tensors(net)) == {
        "0.weight", "0.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
    }  # fmt: skip
