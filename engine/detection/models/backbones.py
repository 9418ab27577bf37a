"""The backbones of our nets, under the FPN: features of a picture at strides 4, 8, 16 and 32."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch.nn.functional as F
from torch import Tensor, channels_last, nn, ones, zeros

STRIDES = (4, 8, 16, 32)


class Convolution(nn.Module):
    """Convolution without bias, then a fixed scale and shift a channel: a frozen batch norm.

    The scale is applied to the weights, which are small, rather than to the pictures'
    features: the same numbers for half of the memory traffic. Padding is TensorFlow's
    "same": at stride 2 the right and bottom get the odd pixel.

    Attributes:
        scale, shift: (outputs,) float32, buffers.
    """

    scale: Tensor
    shift: Tensor

    def __init__(self, inputs: int, outputs: int, size: int, *, stride: int = 1, groups: int = 1):
        super().__init__()
        self.weight = nn.Parameter(zeros(outputs, inputs // groups, size, size))
        nn.init.kaiming_normal_(self.weight, mode="fan_out", nonlinearity="relu")
        self.register_buffer("scale", ones(outputs))
        self.register_buffer("shift", zeros(outputs))
        self.stride, self.groups = stride, groups

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) float32 to (B, outputs, H / stride, W / stride), rounded up."""
        weight = self.weight * self.scale[:, None, None, None]
        size = self.weight.shape[-1]
        if self.stride == 1:
            return F.conv2d(x, weight, self.shift, padding=size // 2, groups=self.groups)
        pads = []
        for side in (x.shape[-1], x.shape[-2]):
            total = max((-(-side // self.stride) - 1) * self.stride + size - side, 0)
            pads += [total // 2, total - total // 2]
        return F.conv2d(F.pad(x, pads), weight, self.shift, self.stride, groups=self.groups)


class Bottleneck(nn.Module):
    """MBConv without squeeze-excite: widen, filter each channel, narrow, add."""

    def __init__(self, inputs: int, outputs: int, size: int, *, stride: int, expand: int):
        super().__init__()
        wide = inputs * expand
        self.expand = Convolution(inputs, wide, 1) if expand > 1 else None
        self.depthwise = Convolution(wide, wide, size, stride=stride, groups=wide)
        self.project = Convolution(wide, outputs, 1)
        self.add = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) float32 to (B, outputs, H / stride, W / stride), rounded up."""
        y = x if self.expand is None else F.relu6(self.expand(x), inplace=True)
        y = self.project(F.relu6(self.depthwise(y), inplace=True))
        result: Tensor = x + y if self.add else y
        return result


# (expand, channels, blocks, stride, kernel): EfficientNet-Lite0, Tan & Le 2019, arXiv 1905.11946.
_LITE0 = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)
# Which groups of blocks end at strides 4, 8, 16 and 32.
_LITE0_STAGES = ((0, 1), (2,), (3, 4), (5, 6))
LITE0_CHANNELS = (24, 40, 112, 320)


class Backbone(nn.Module):
    """A stem and four stages."""

    def __init__(self, stem: nn.Module, stages: Iterable[nn.Module]) -> None:
        super().__init__()
        self.stem = stem
        self.stages = nn.ModuleList(stages)

    def forward(self, images: Tensor) -> dict[str, Tensor]:
        """(B, 3, H, W) float32, normalized, to "0" (B, C, H / 4, W / 4) ... "3" at stride 32."""
        # Depthwise kernels of size 5 go back 6x faster in this layout on a CPU.
        x = images.contiguous(memory_format=channels_last)
        x = F.relu6(self.stem(x), inplace=True)
        features = {}
        for level, stage in enumerate(self.stages):
            x = stage(x)
            features[str(level)] = x
        return features

    def freeze(self, stages: int) -> None:
        """Keep the stem and the first stages as they are in training."""
        if stages:
            self.stem.requires_grad_(False)
        for stage in self.stages[:stages]:
            stage.requires_grad_(False)


def efficientnet_lite0() -> Backbone:
    """EfficientNet-Lite0 without its classifier; 3.4 M parameters, fixed batch norms."""
    groups, inputs = [], 32
    for expand, outputs, blocks, stride, size in _LITE0:
        group = []
        for index in range(blocks):
            step = stride if index == 0 else 1
            group.append(Bottleneck(inputs, outputs, size, stride=step, expand=expand))
            inputs = outputs
        groups.append(group)
    stages = [
        nn.Sequential(*(block for group in picked for block in groups[group]))
        for picked in _LITE0_STAGES
    ]
    return Backbone(Convolution(3, 32, 3, stride=2), stages)


# (stride, channels) of each block: MobileNetV2 at width 1.5, Sandler et al. 2018, arXiv 1801.04381,
# as MoveNet MultiPose has it.
_MOVENET = (
    (1, 24), (2, 40), (1, 40), (2, 48), (1, 48), (1, 48), (2, 96), (1, 96), (1, 96), (1, 96),
    (1, 144), (1, 144), (1, 144), (2, 240), (1, 240), (1, 240), (1, 480),
)  # fmt: skip
_MOVENET_ENDS = (3, 6, 13, 17)  # the blocks that strides 4, 8, 16 and 32 end before
MOVENET_STEM = 48
MOVENET_CHANNELS = (40, 48, 144, 480)


def movenet() -> Backbone:
    """MoveNet MultiPose's backbone, which was trained on persons; 4.0 M parameters."""
    blocks, inputs = [], MOVENET_STEM
    for index, (stride, outputs) in enumerate(_MOVENET):
        expand = 6 if index else 1
        blocks.append(Bottleneck(inputs, outputs, 3, stride=stride, expand=expand))
        inputs = outputs
    starts = (0, *_MOVENET_ENDS)
    stages = [
        nn.Sequential(*blocks[start:end]) for start, end in zip(starts, _MOVENET_ENDS, strict=False)
    ]
    return Backbone(Convolution(3, MOVENET_STEM, 3, stride=2), stages)


class Residual(nn.Module):
    """Two 3x3 convolutions with live batch norms around a shortcut."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, 2, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, H, W) float32 to (B, outputs, H / 2, W / 2), rounded up."""
        x = F.relu(self.first_norm(self.first(x)))
        return x + F.relu(self.second_norm(self.second(x)))


SMALL_CHANNELS = (32, 64, 96, 128)


def small() -> Backbone:
    """A plain residual net that learns drawn scenes from nothing in minutes; .6 M parameters."""
    inputs, stages = 16, []
    for outputs in SMALL_CHANNELS:
        stages.append(Residual(inputs, outputs))
        inputs = outputs
    stem = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16))
    return Backbone(stem, stages)


_LITE_MEAN, _LITE_STD = (127 / 255,) * 3, (128 / 255,) * 3  # (x - 127) / 128 of 0..255

# A backbone's maker, its channels at `STRIDES`, and the mean and deviation of its input of 0..1.
BACKBONES: dict[
    str, tuple[Callable[[], Backbone], tuple[int, ...], tuple[float, ...], tuple[float, ...]]
] = {
    "efficientnet-lite0": (efficientnet_lite0, LITE0_CHANNELS, _LITE_MEAN, _LITE_STD),
    "movenet": (movenet, MOVENET_CHANNELS, (0.5,) * 3, (0.5,) * 3),
    "small": (small, SMALL_CHANNELS, (0.5, 0.5, 0.5), (0.25, 0.25, 0.25)),
}
