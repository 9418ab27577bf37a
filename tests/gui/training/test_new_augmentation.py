"""What a new augmentation takes: a function and one record, and it is everywhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.errors import SpecError
from engine.specs import from_json, to_json
from engine.training.augmentation import AUGMENTATIONS, Augmentation, Draw, Setting, settings
from engine.training.datasets import Example
from engine.training.sampling import Sampler
from engine.training.spec import TrainSpec
from engine.training.synthetic_shapes import ShapesPictures
from gui.training.spec_form import Form
from gui.widgets.number_field import NumberField

STILL = {"flip": 0.0, "colour": 0.0}


def darken(example: Example, draw: Draw) -> Example:
    """All pixels 0, with the probability of the setting."""
    return replace(example, pixels=example.pixels * 0) if draw.happens("night") else example


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> str:
    record = Augmentation(darken, (Setting("night", "Night", "Probability of darkness", 0.0),))
    monkeypatch.setitem(AUGMENTATIONS, "night", record)
    return "night"


def test_one_record_is_checked_applied_and_shown(qtbot: QtBot, night: str) -> None:
    assert TrainSpec(data="shapes").validated().augmentation[night] == 0
    with pytest.raises(SpecError, match=r"augmentation\.night"):
        TrainSpec(data="shapes", augmentation={night: 1.5}).check()

    spec = TrainSpec(data="shapes", batch=2, augmentation={**STILL, night: 1.0})
    pictures = ShapesPictures(0, 5)
    dark = Sampler(pictures, range(5), spec=spec, min_size=200).batch(0)
    assert not any(example.pixels.any() for example in dark)
    usual = Sampler(pictures, range(5), spec=replace(spec, augmentation=STILL), min_size=200)
    for one, other in zip(dark, usual.batch(0), strict=True):
        assert other.pixels.any()
        np.testing.assert_array_equal(one.boxes, other.boxes)

    form = Form()
    qtbot.addWidget(form)
    field = form.findChild(NumberField, "training.night.field")
    assert field is not None and field.accessibleName() == "Night" and field.value() == 0
    form.set_spec(from_json(to_json(replace(spec, steps=5)), TrainSpec))
    assert field.value() == 1
    field.set_value(0.25)
    assert form.spec().augmentation == {**TrainSpec().augmentation, **STILL, night: 0.25}


def test_every_setting_has_its_fields_and_a_loaded_spec_comes_back(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    assert list(form.augmentation.fields) == list(settings())
    assert [len(form.augmentation.fields[name]) for name in ("scale", "flip")] == [2, 1]
    spec = TrainSpec(
        data="shapes",
        steps=7,
        optimizer="adamw:lr=0.0003",
        augmentation={"scale": (0.55, 1.2), "paste": 0.3, "flip": 1 / 3},
    )
    form.set_spec(spec)
    assert form.spec() == spec


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"scale": 1.0}', "scale"),
        ('{"scale": [0.01, 1]}', "scale"),
        ('{"flip": [0, 1]}', "flip"),
        ('{"shear": 1}', "shear"),
        ('{"paste": "often"}', "paste"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(text: str, named: str) -> None:
    with pytest.raises(SpecError, match=f"augmentation.{named}"):
        from_json(f'{{"thalweg": 1, "kind": "train", "augmentation": {text}}}', TrainSpec)
