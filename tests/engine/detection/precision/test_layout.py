"""A model laid out for bfloat16: the same function, in numbers that bfloat16 holds exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torchvision.models import resnet18
from torchvision.ops.misc import FrozenBatchNorm2d

from engine.detection.precision.layout import laid_out

EPS = 2.0**-10


def norm(kind: Any, channels: int) -> Any:
    """A norm that doubles, with shifts of halves: x -> 2 (x - 1) + 1/2."""
    made = kind(channels, eps=EPS)
    made.running_mean.fill_(1.0)
    made.running_var.fill_(0.25 - EPS)
    made.weight.data.fill_(1.0)
    made.bias.data.fill_(0.5)
    return made.eval()


def whole_numbers(layer: Any) -> Any:
    """Small whole weights, so that nothing is rounded."""
    with torch.no_grad():
        for each in layer.parameters():
            each.copy_(torch.randint(-2, 3, each.shape))
    return layer


@pytest.mark.parametrize("kind", [nn.BatchNorm2d, FrozenBatchNorm2d])
def test_a_norm_goes_into_its_convolution(kind: Any) -> None:
    torch.manual_seed(0)
    net = nn.Sequential(whole_numbers(nn.Conv2d(2, 4, 3, bias=False)), norm(kind, 4), nn.ReLU())
    x = torch.randint(-3, 4, (1, 2, 6, 6)).float()
    expected = net(x)
    made = laid_out(net, "bfloat16")
    assert not any(isinstance(layer, kind) for layer in made.modules())
    assert made[0].weight.dtype == torch.bfloat16
    with torch.no_grad():
        assert torch.equal(made.float()(x), expected)
    assert isinstance(net[1], kind) and net[0].weight.dtype == torch.float32, "it is a copy"


def test_upsampling_is_one_product_and_a_shuffle() -> None:
    torch.manual_seed(0)
    net = nn.ModuleDict({"up": whole_numbers(nn.ConvTranspose2d(3, 5, 2, 2))})
    x = torch.randint(-3, 4, (2, 3, 4, 4)).float()
    made = laid_out(net, "bfloat16")
    assert not any(isinstance(layer, nn.ConvTranspose2d) for layer in made.modules())
    with torch.no_grad():
        assert torch.equal(made.float()["up"](x), net["up"](x))


@pytest.mark.parametrize("options", [{"padding": 1}, {"output_padding": 1}, {"dilation": 2}])
def test_overlapping_windows_stay(options: dict[str, int]) -> None:
    net = nn.ModuleDict({"up": nn.ConvTranspose2d(3, 5, 2, 2, **options)})
    assert isinstance(laid_out(net, "bfloat16")["up"], nn.ConvTranspose2d)


def test_a_residual_net_has_no_norms_left_and_is_near() -> None:
    torch.manual_seed(0)
    net = resnet18(weights=None).eval()
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        expected = net(x)
        made = laid_out(net, "bfloat16")
        assert not any(isinstance(layer, nn.BatchNorm2d) for layer in made.modules())
        found = made.float()(x)
    assert (found - expected).abs().max() < 0.02 * expected.std()


def test_float32_is_the_model_itself(make_model: Callable[..., Any]) -> None:
    model = make_model("small")
    assert laid_out(model, "float32") is model
