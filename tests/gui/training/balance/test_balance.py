"""The coefficients of the losses, and the equation with a step's numbers."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot

from engine.training.spec import LOSSES, TrainFrame
from gui.training.balance.equation import LossEquation
from gui.training.balance.form import LossWeightsForm
from gui.training.choices import COSINE
from gui.training.phases.gradient_cosine import EVERY, CosinePanel
from gui.training.run_pages import RunPages


def test_only_coefficients_other_than_1_enter_a_spec(qtbot: QtBot) -> None:
    form = LossWeightsForm()
    qtbot.addWidget(form)
    assert form.values() == {}
    form.set_values({"loss_rpn_box_reg": 10.0, "loss_mask": 0.0})
    assert form.values() == {"loss_rpn_box_reg": 10.0, "loss_mask": 0.0}
    form.set_values({})
    assert form.values() == {} and tuple(form.fields) == LOSSES


def test_the_equation_adds_up(qtbot: QtBot) -> None:
    made = LossEquation()
    qtbot.addWidget(made)
    assert made.isHidden() and made.text() == ""
    losses = {"loss_objectness": 0.5, "loss_rpn_box_reg": 0.02, "loss_classifier": 0.25,
              "loss_box_reg": 0.125, "loss_mask": 0.75}  # fmt: skip
    weights = {"loss_rpn_box_reg": 10.0, "loss_mask": 0.5}
    total = sum(value * weights.get(name, 1.0) for name, value in losses.items())
    made.set_weights(weights)
    made.show_step({"loss": total, **losses})
    letters, figures = made.text().splitlines()
    assert letters == "L = L_obj + λ L_rpn_box + L_cls + L_box + 0.5 L_mask"
    assert figures == "= 0.5 + 10 · 0.02 + 0.25 + 0.125 + 0.5 · 0.75 = 1.45"
    left, right = figures.removeprefix("= ").split(" = ")
    terms = [re.findall(r"[\d.]+", term) for term in left.split(" + ")]
    added = sum(float(t[0]) * (float(t[1]) if len(t) > 1 else 1.0) for t in terms)
    assert added == pytest.approx(float(right))
    made.resize(500, made.sizeHint().height())
    image = made.grab().toImage()
    made.show_step({"loss": 0.5, "loss_objectness": 0.5})
    made.resize(500, made.sizeHint().height())
    assert made.grab().toImage() != image


def test_the_equation_tells_what_was_clipped(qtbot: QtBot) -> None:
    made = LossEquation()
    qtbot.addWidget(made)
    losses = {"loss": 1.0, "loss_objectness": 1.0}
    made.show_step(losses, gradient=2.5)
    assert made.text().splitlines()[2:] == ["|∇L| = 2.5"]
    low = made.sizeHint().height()
    made.show_step(losses, gradient=23.1, clipped=10 / 23.1)
    assert made.text().splitlines()[2:] == ["|∇L| = 23.1, clipped to 10"]
    made.show_step(losses)
    assert len(made.text().splitlines()) == 2 and made.sizeHint().height() < low


def test_gradients_are_measured_only_while_they_are_seen(qtbot: QtBot) -> None:
    pages = RunPages()
    qtbot.addWidget(pages)
    asked: list[int] = []
    pages.cosine.wanted.connect(asked.append)
    pages.show()
    assert asked == []
    pages.show_page(COSINE)
    assert asked[-1] == EVERY
    pages.setCurrentIndex(0)
    assert asked[-1] == 0


def test_the_cosine_curve_holds_the_measured_steps(qtbot: QtBot) -> None:
    panel = CosinePanel()
    qtbot.addWidget(panel)
    frames = [
        TrainFrame(n, 9, losses={"loss": 1.0}, cosine=c) for n, c in ((1, 0.5), (2, None), (3, 0.0))
    ]
    panel.add(frames)
    assert panel.values() == 2
    panel.clear()
    assert panel.values() == 0


def test_the_curves_mark_where_a_phase_begins(qtbot: QtBot) -> None:
    pages = RunPages()
    qtbot.addWidget(pages)
    names = ["1-rpn", "1-rpn", "2-detector", "3-rpn", "4-detector"]
    pages.add(
        [TrainFrame(n, 5, name, losses={"loss": 1.0}) for n, name in enumerate(names, start=1)]
    )
    assert pages.curves.boundaries() == {
        "1-rpn": 1.0, "2-detector": 2.5, "3-rpn": 3.5, "4-detector": 4.5,
    }  # fmt: skip
    pages.clear()
    assert pages.curves.boundaries() == {}
