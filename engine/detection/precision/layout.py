"""A model's weights as a precision computes fastest with them."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_weights
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet
from torchvision.ops.misc import FrozenBatchNorm2d

from engine.device import PRECISIONS

NORMS = (nn.BatchNorm2d, FrozenBatchNorm2d)
RESIDUAL = (ResNet, BasicBlock, Bottleneck)  # whose `bn1` follows their `conv1`, and so on


def laid_out(module: Any, precision: str) -> Any:
    """A detector in eval mode for a precision of `engine.device.PRECISIONS`; itself for the first.

    Any other is a copy, which leaves the exact one alone: channels last, fixed batch norms
    in their convolutions (frozen ones are float32 and would widen all that flows through
    them), the mask head's upsampling as one matrix product, and weights in the precision
    already, which autocast would round anew each time.
    """
    if precision == PRECISIONS[0]:
        return module
    made = copy.deepcopy(module)
    _fold_norms(made)
    _replace_upsampling(made)
    for layer in made.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            layer.to(getattr(torch, precision))
    return made.to(memory_format=torch.channels_last)


def _fold_norms(module: nn.Module) -> None:
    for parent in module.modules():
        names = list(parent._modules)
        if isinstance(parent, nn.Sequential):
            pairs = list(pairwise(names))
        elif isinstance(parent, RESIDUAL):
            pairs = [(f"conv{index}", f"bn{index}") for index in (1, 2, 3)]
        else:
            continue
        for first, second in pairs:
            conv, norm = getattr(parent, first, None), getattr(parent, second, None)
            if type(conv) is nn.Conv2d and isinstance(norm, NORMS):
                _fold(conv, norm)
                setattr(parent, second, nn.Identity())


@torch.no_grad()
def _replace_upsampling(module: nn.Module) -> None:
    """A transposed convolution whose windows do not overlap is a 1x1 one and a shuffle."""
    for parent in list(module.modules()):
        for name, layer in list(parent._modules.items()):
            if not isinstance(layer, nn.ConvTranspose2d) or layer.groups != 1:
                continue
            plain = layer.padding == layer.output_padding == (0, 0) and layer.dilation == (1, 1)
            side = layer.stride[0]
            if not plain or layer.kernel_size != layer.stride or layer.stride != (side, side):
                continue
            wide = nn.Conv2d(layer.in_channels, layer.out_channels * side * side, 1)
            # (in, out, side, side) to (out * side * side, in, 1, 1)
            wide.weight.copy_(layer.weight.permute(1, 2, 3, 0).reshape(wide.weight.shape))
            bias = torch.zeros(layer.out_channels) if layer.bias is None else layer.bias
            assert wide.bias is not None
            wide.bias.copy_(bias.repeat_interleave(side * side))
            made = nn.Sequential(wide, nn.PixelShuffle(side)).to(layer.weight.device)
            setattr(parent, name, made.eval())


@torch.no_grad()
def _fold(conv: nn.Conv2d, norm: Any) -> None:
    """Put the scale and shift of one of `NORMS` into the convolution before it, in float64."""

    def wide(tensor: Tensor | None) -> Any:
        return None if tensor is None else tensor.detach().double()

    weight, bias = fuse_conv_bn_weights(
        wide(conv.weight), wide(conv.bias), wide(norm.running_mean), wide(norm.running_var),
        norm.eps, wide(norm.weight), wide(norm.bias),
    )  # fmt: skip
    conv.weight = nn.Parameter(weight.float(), requires_grad=False)
    conv.bias = nn.Parameter(bias.float(), requires_grad=False)
