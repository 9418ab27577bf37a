"""The nets of tasks as `torch.nn.Sequential`, to compare with."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from engine.networks.tasks.net import Net, split

MODULES = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU, "linear": nn.Identity}


def sequential(net: Net, point: torch.Tensor) -> nn.Sequential:
    """torch's own net with the parameters (D,)."""
    parts: list[nn.Module] = []
    for rows, columns in pairwise(net.layers):
        parts += [nn.Linear(rows, columns, dtype=point.dtype), MODULES[net.activation]()]
    module = nn.Sequential(*parts[:-1])
    linear = [part for part in module if isinstance(part, nn.Linear)]
    with torch.no_grad():
        for part, (weights, biases) in zip(linear, split(net, point[None]), strict=True):
            part.weight.copy_(weights[0].T)
            part.bias.copy_(biases[0, 0])
    return module


def flat(module: nn.Sequential) -> torch.Tensor:
    """Its parameters as a row (D,)."""
    linear = [part for part in module if isinstance(part, nn.Linear)]
    parts = [part for each in linear for part in (each.weight.T.ravel(), each.bias)]
    return torch.cat(parts).detach()
