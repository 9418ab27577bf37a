"""A hash of what must not change while the rest of a net learns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import torch
from torch import Tensor, nn


def frozen_tensors(model: nn.Module, prefix: str = "") -> dict[str, Tensor]:
    """Parameters without a gradient, and buffers of modules in eval mode, by their names.

    A buffer of a module in training mode may be a running statistic, which moves; one in
    eval mode stays. What is fixed alone, such as a number of the box coder, is no buffer.

    Args:
        prefix: before every name.
    """
    found = {}
    for owner, module in model.named_modules():
        for name, parameter in module.named_parameters(recurse=False):
            if not parameter.requires_grad:
                found[f"{prefix}{owner}.{name}"] = parameter.detach()
        if not module.training:
            for name, buffer in module.named_buffers(recurse=False):
                found[f"{prefix}{owner}.{name}"] = buffer
    return found


def digest(tensors: Mapping[str, Tensor]) -> str:
    """SHA-256, 64 hex digits, of names, types, shapes and bytes, in the names' order."""
    total = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name].detach().cpu().contiguous()
        total.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        total.update(tensor.reshape(-1).view(torch.uint8).numpy().data)
    return total.hexdigest()
