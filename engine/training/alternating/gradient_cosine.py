"""Whether RPN and detection heads pull the shared layers the same way: why these are fixed.

Costs one further way back through the RPN's losses where it is measured, and nothing where
it is not; the step itself stays the same to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

RPN_LOSSES = ("loss_objectness", "loss_rpn_box_reg")


def shared_parameters(model: GeneralizedRCNN) -> list[nn.Parameter]:
    """Those of backbone and pyramid that learn."""
    return [parameter for parameter in model.backbone.parameters() if parameter.requires_grad]


def rpn_gradients(
    losses: Mapping[str, Tensor], weights: Mapping[str, float], shared: Sequence[nn.Parameter]
) -> list[Tensor] | None:
    """The gradient of the RPN's weighted losses alone, a tensor a parameter.

    To be taken before the way back of the whole loss, whose graph it keeps.

    Args:
        losses: of a step, by torchvision's names.
        weights: factors by the same names, 1 for the others.
        shared: parameters with a gradient.

    Returns:
        None where RPN or heads do not learn, or nothing is shared.
    """
    own = [losses[name] * weights.get(name, 1.0) for name in RPN_LOSSES if name in losses]
    if not own or len(own) == len(losses) or not shared:
        return None
    found = torch.autograd.grad(
        torch.stack(own).sum(), list(shared), retain_graph=True, allow_unused=True
    )
    return [
        torch.zeros_like(parameter) if gradient is None else gradient
        for parameter, gradient in zip(shared, found, strict=True)
    ]


def compare(shared: Sequence[nn.Parameter], rpn: Sequence[Tensor]) -> float | None:
    """Cosine between the RPN's gradient and the heads', the rest of what the parameters have.

    Args:
        shared: after the way back of the whole loss, before clipping.
        rpn: as `rpn_gradients` gives it.

    Returns:
        -1 to 1; None where one of them is zero.
    """
    inner = square_rpn = square_heads = 0.0
    for parameter, own in zip(shared, rpn, strict=True):
        whole = parameter.grad if parameter.grad is not None else torch.zeros_like(own)
        heads = (whole - own).double()
        inner += float((heads * own).sum())
        square_rpn += float(own.double().square().sum())
        square_heads += float(heads.square().sum())
    if not square_rpn or not square_heads:
        return None
    cosine: float = inner / (square_rpn * square_heads) ** 0.5
    return max(-1.0, min(1.0, cosine))
