"""The update formula of every rule, line by line, with the values of one step.

A formula writes into a `StepCalculation`: each line is a symbol and its formula in our own
notation (`expressions.read`). A name ending in `_new` is the value after the step, the same
name without it the value before. `x`, `g`, `f`, `t`, the settings and the state's symbols
are known; the last line is `x_new`. The formulas are torch.optim's (in float64 to the last
digits).
"""

from __future__ import annotations

import numpy as np

from engine.optimizers import lbfgs_state
from engine.optimizers.second_order import MAX_HALVINGS
from engine.optimizers.step_calculation import StepCalculation


def sgd(step: StepCalculation) -> None:
    used = step.decay()
    if not step.hyper.get("momentum"):
        step.write("x_new", f"x - lr*{used}")
        return
    if step.taken == 0:
        step.write("b_new", used)  # torch's first buffer is the bare gradient
    elif step.hyper.get("dampening"):
        step.write("b_new", f"momentum*b + (1 - dampening)*{used}")
    else:
        step.write("b_new", f"momentum*b + {used}")
    if step.hyper.get("nesterov"):
        step.write("x_new", f"x - lr*({used} + momentum*b_new)")
    else:
        step.write("x_new", "x - lr*b_new")


def adagrad(step: StepCalculation) -> None:
    used = step.decay()
    begun = "s"
    if step.taken == 0 and step.hyper["initial_accumulator_value"]:
        begun = "initial_accumulator_value"
    step.write("s_new", f"{begun} + {used}**2")
    rate = "lr"
    if step.hyper["lr_decay"]:
        step.write("lr_now", "lr/(1 + t*lr_decay)")
        rate = "lr_now"
    step.write("x_new", f"x - {rate}*{used}/(sqrt(s_new) + eps)")


def rmsprop(step: StepCalculation) -> None:
    used = step.decay()
    step.write("v_new", f"alpha*v + (1 - alpha)*{used}**2")
    size = "v_new"
    if step.hyper["centered"]:
        step.write("m_new", f"alpha*m + (1 - alpha)*{used}")
        size = "v_new - m_new**2"
    if step.hyper["momentum"]:
        step.write("b_new", f"momentum*b + {used}/(sqrt({size}) + eps)")
        step.write("x_new", "x - lr*b_new")
    else:
        step.write("x_new", f"x - lr*{used}/(sqrt({size}) + eps)")


def adadelta(step: StepCalculation) -> None:
    used = step.decay()
    step.write("v_new", f"rho*v + (1 - rho)*{used}**2")
    step.write("d", f"sqrt(u + eps)/sqrt(v_new + eps)*{used}")
    step.write("u_new", "rho*u + (1 - rho)*d**2")
    step.write("x_new", "x - lr*d")


def _moments(step: StepCalculation, used: str) -> None:
    step.write("t_new", "t + 1")
    step.write("m_new", f"beta1*m + (1 - beta1)*{used}")
    step.write("v_new", f"beta2*v + (1 - beta2)*{used}**2")


def adam(step: StepCalculation) -> None:
    apart = bool(step.hyper["decoupled"])
    _moments(step, "g" if apart else step.decay())
    square = "v_new"
    if step.hyper["amsgrad"]:
        step.write("w_new", "max(w, v_new)")
        square = "w_new"
    step.write("m_hat", "m_new/(1 - beta1**t_new)")
    step.write("v_hat", f"{square}/(1 - beta2**t_new)")
    shrink = "- lr*weight_decay*x " if apart and step.hyper["weight_decay"] else ""
    step.write("x_new", f"x {shrink}- lr*m_hat/(sqrt(v_hat) + eps)")


def adamax(step: StepCalculation) -> None:
    used = step.decay()
    step.write("t_new", "t + 1")
    step.write("m_new", f"beta1*m + (1 - beta1)*{used}")
    step.write("u_new", f"max(beta2*u, abs({used}) + eps)")
    step.write("m_hat", "m_new/(1 - beta1**t_new)")
    step.write("x_new", "x - lr*m_hat/u_new")


def nadam(step: StepCalculation) -> None:
    used = step.decay()
    _moments(step, used)
    step.write("mu_now", "beta1*(1 - 0.5*0.96**(t_new*momentum_decay))")
    step.write("mu_next", "beta1*(1 - 0.5*0.96**((t_new + 1)*momentum_decay))")
    step.write("p_new", "single(p, mu_now)")
    step.write("v_hat", "v_new/(1 - beta2**t_new)")
    step.write("g_hat", f"(1 - mu_now)/(1 - p_new)*{used}")
    step.write("m_hat", "mu_next/(1 - p_new*mu_next)*m_new")
    step.write("x_new", "x - lr*(g_hat + m_hat)/(sqrt(v_hat) + eps)")


def radam(step: StepCalculation) -> None:
    _moments(step, step.decay())
    step.write("m_hat", "m_new/(1 - beta1**t_new)")
    step.write("rho_limit", "2/(1 - beta2) - 1")
    step.write("rho_now", "rho_limit - 2*t_new*beta2**t_new/(1 - beta2**t_new)")
    if not step.compare("rho_now > 5"):
        step.write("x_new", "x - lr*m_hat")
        return
    step.write(
        "r",
        "sqrt((rho_now - 4)*(rho_now - 2)*rho_limit/((rho_limit - 4)*(rho_limit - 2)*rho_now))",
    )
    # torch adds eps before the correction.
    step.write("l", "sqrt(1 - beta2**t_new)/(sqrt(v_new) + eps)")
    step.write("x_new", "x - lr*r*l*m_hat")


def rprop(step: StepCalculation) -> None:
    if step.taken == 0:
        step.let("size", np.full_like(step.values["x"], step.hyper["lr"]))
    step.write("s", "sign(g*g_old)")
    step.write("q", "grow(s, eta_plus, eta_minus)")
    step.write("size_new", "min(max(q*size, step_min), step_max)")
    step.write("g_hat", "rest(s, g)")
    step.write("x_new", "x - sign(g_hat)*size_new")


def lion(step: StepCalculation) -> None:
    step.write("c", "beta1*m + (1 - beta1)*g")
    step.write("m_new", "beta2*m + (1 - beta2)*g")
    shrink = " + weight_decay*x" if step.hyper["weight_decay"] else ""
    step.write("x_new", f"x - lr*(sign(c){shrink})")


def line_search(step: StepCalculation) -> None:
    slope = step.write("q", "g @ g")
    step.write("r", "lr")
    point, used = step.values["x"], step.values["g"]
    for _ in range(MAX_HALVINGS if slope > 0 else 0):
        size = step.values["r"]
        there = point - size * used
        step.let("f_there", step.loss(there))
        if step.compare("f_there <= f - decrease*r*q") or (there == point).all():
            break
        step.write("r", "shrink*r")
    else:
        step.write("r", "0")
    step.write("x_new", "x - r*g")


def newton(step: StepCalculation) -> None:
    step.let("H", step.hessian(step.values["x"]))
    matrix = "H"
    if step.hyper["saddle_free"]:
        step.write("B", "positive(H)")
        matrix = "B"
    if step.hyper["damping"]:
        step.let("I", np.eye(2))
        step.write("A", f"{matrix} + damping*I")
        matrix = "A"
    step.write("d", f"solve({matrix}, g)")
    step.write("x_new", "x - lr*d")


def lbfgs(step: StepCalculation) -> None:
    """torch's inner iterations: d = -H g, x + r d."""
    done = lbfgs_state.inner_iterations(
        step.objective, step.values["x"], step.values["g"], step.history, step.hyper
    )
    if not done:
        step.write("x_new", "x")  # the gradient is below torch's tolerance
    for count, inner in enumerate(done, start=1):
        step.let(f"H_{count}", inner.inverse)
        step.let(f"g_{count}", inner.gradient)
        step.let(f"r_{count}", inner.size)
        step.let(f"x_{count}", inner.point)
        step.write(f"d_{count}", f"-(H_{count} @ g_{count})")
        after = "x_new" if count == len(done) else f"x_{count + 1}"
        step.write(after, f"x_{count} + r_{count}*d_{count}")
        step.let("H", inner.inverse)
