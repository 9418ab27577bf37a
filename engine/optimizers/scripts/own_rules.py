"""The rules that torch.optim has not, written out for a script as optimizers of torch's kind.

Each follows its batched rule in `engine.optimizers` step by step. `closure()` gives the loss
and sets the gradients; `closure.value(point)` gives the loss at another point.
"""

from __future__ import annotations

LION = '''
class Lion(torch.optim.Optimizer):
    """Chen et al. 2023 (arXiv:2302.06675), algorithm 2; torch.optim has none."""

    def __init__(self, params, lr, betas, weight_decay):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure):
        with torch.enable_grad():
            value = closure()
        for group in self.param_groups:
            rate, decay, (beta1, beta2) = group["lr"], group["weight_decay"], group["betas"]
            for p in group["params"]:
                mean = self.state[p].get("mean", torch.zeros_like(p))
                sign = (beta1 * mean + (1 - beta1) * p.grad).sign()
                p.sub_(rate * (sign + decay * p))
                self.state[p]["mean"] = beta2 * mean + (1 - beta2) * p.grad
        return value

'''
LINE_SEARCH = '''
class LineSearch(torch.optim.Optimizer):
    """Gradient descent with the first of lr, lr*shrink ... that Armijo's condition accepts.

    Nocedal & Wright 2006, algorithm 3.1. Where none is accepted the point stays.
    """

    def __init__(self, params, lr, shrink, decrease):
        super().__init__(params, {"lr": lr, "shrink": shrink, "decrease": decrease})

    @torch.no_grad()
    def step(self, closure):
        (group,) = self.param_groups
        params, size = group["params"], group["lr"]
        with torch.enable_grad():
            value = closure()
        begin, down = [p.clone() for p in params], [p.grad.clone() for p in params]
        slope = sum((g * g).sum() for g in down)

        def move(size):
            for p, place, g in zip(params, begin, down):
                p.copy_(place - size * g)

        move(size)
        if not slope > 0:
            return value
        for _ in range({halvings}):
            with torch.enable_grad():
                there = closure()
            rests = all((p == place).all() for p, place in zip(params, begin))
            if there <= value - group["decrease"] * size * slope or rests:
                return value
            size *= group["shrink"]
            move(size)
        move(0.0)
        return value

'''
NEWTON = '''
class Newton(torch.optim.Optimizer):
    """-lr (H + damping I)^-1 g of a point of two numbers; saddle_free takes |H| in place of H."""

    def __init__(self, params, lr, damping, saddle_free):
        super().__init__(params, {"lr": lr, "damping": damping, "saddle_free": saddle_free})

    @torch.no_grad()
    def step(self, closure):
        (group,) = self.param_groups
        (point,) = group["params"]
        with torch.enable_grad():
            value = closure()
            second = torch.autograd.functional.hessian(closure.value, point.detach())
        a, b, c = second[0, 0], second[0, 1], second[1, 1]
        if group["saddle_free"]:  # |H| is the square root of H^2
            size = (a * c - b * b).abs()
            root = (a * a + 2 * b * b + c * c + 2 * size).sqrt()
            root = root if root > 0 else torch.ones_like(root)
            b, a, c = b * (a + c), a * a + b * b + size, b * b + c * c + size
            a, b, c = a / root, b / root, c / root
        a, c = a + group["damping"], c + group["damping"]
        gx, gy = point.grad
        solved = torch.stack([c * gx - b * gy, a * gy - b * gx]) / (a * c - b * b)
        point.sub_(group["lr"] * solved)
        return value

'''
