"""The form: every field says something of the spec, and a spec comes back whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.optimizers import schedules
from engine.optimizers.registry import OPTIMIZERS
from engine.specs import from_json, to_json
from engine.training import augmentation
from engine.training.optimizer_text import WrittenOptimizer, parse_optimizer, trainable
from engine.training.spec import LOSSES, PARTS, PRECISIONS, RANGES, SCHEDULES, TrainSpec
from engine.training.updates.lr_schedule import lr_schedule_text
from gui import i18n
from gui.training.fields.elided_combo import ElidedCombo
from gui.training.spec_form import Form
from gui.widgets.number_field import NumberField

PANEL_PX = 296  # as wide as the panel is at least
WHOLE = (
    "rounds", "frozen", "steps", "epochs", "batch", "crop", "validation_files", "pictures",
    "warmup", "checkpoint_every", "evaluate_every", "keep_last", "patience", "seed",
)  # fmt: skip
NONE = ("frozen", "steps", "epochs")  # may be None


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    for line in made.findChildren(QToolButton):
        if line.property("role") == "disclosure":
            line.setChecked(True)
    return made


def in_range(name: str) -> st.SearchStrategy[Any]:
    low, high = RANGES[name]
    if name in WHOLE:
        return st.integers(int(low), int(high))
    return st.floats(low, high)


@st.composite
def optimizers(draw: st.DrawFn) -> str:
    """Texts as people write them, with settings of that optimizer or without."""
    record = OPTIMIZERS[draw(st.sampled_from(trainable()))]
    given_settings = {
        setting.name: draw(
            st.sampled_from([0.0, 1.0]) if setting.flag else st.floats(setting.low, setting.high)
        )
        for setting in record.settings
        if setting.name == "lr" or draw(st.booleans())
    }
    text = WrittenOptimizer(record, {**record.defaults, **given_settings}).text()
    return draw(
        st.sampled_from([text, text.replace(",", " , "), record.name, f"{text},foreach=true"])
    )


@st.composite
def lr_schedules(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["", *schedules.SCHEDULES]))
    known = schedules.SCHEDULES[name].settings if name else ()
    whole = schedules.SCHEDULES[name].whole if name else ()
    return lr_schedule_text(
        name,
        {
            setting.name: float(draw(st.integers(int(setting.low), int(setting.high))))
            if setting.name in whole
            else draw(st.floats(setting.low, setting.high))
            for setting in known
            if draw(st.booleans())
        },
    )


def augmentations() -> st.SearchStrategy[dict[str, Any]]:
    known = {}
    for name, setting in augmentation.settings().items():
        number = st.floats(setting.low, setting.high)
        known[name] = st.tuples(number, number) if isinstance(setting.default, tuple) else number
    return st.fixed_dictionaries({}, optional=known)


SPECS = st.builds(
    TrainSpec,
    data=st.sampled_from(["", "shapes", "a/b.json", ("one.json", "other.json"), ("shapes",)]),
    images=st.sampled_from(["", "pictures"]),
    model=st.sampled_from(["", "people", "shapes", "run:mine"]),
    start=st.sampled_from(["model", "imagenet", "nothing", "own.safetensors"]),
    classes=st.sampled_from([(), ("cat", "dog")]),
    schedule=st.sampled_from(SCHEDULES),
    learn=st.sampled_from([(), ("rpn",), PARTS]),
    anchor_sizes=st.sampled_from([(), (8, 16, 32, 64, 128)]),
    optimizer=optimizers(),
    lr_schedule=lr_schedules(),
    leave_out_bad=st.booleans(),
    precision=st.sampled_from(PRECISIONS),
    keep_best=st.booleans(),
    device=st.sampled_from(["auto", "cpu"]),
    loss_weights=st.dictionaries(st.sampled_from(LOSSES), st.floats(0, 1e6)),
    augmentation=augmentations(),
    **{
        name: st.none() | in_range(name) if name in NONE else in_range(name)
        for name in RANGES
    },
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=SPECS)
def test_a_spec_comes_back_whole(form: Form, spec: TrainSpec) -> None:
    form.set_spec(spec)
    assert form.spec() == spec


def test_the_specs_above_vary_every_field() -> None:
    drawn = set(RANGES) | {
        "data", "images", "model", "start", "classes", "schedule", "learn", "anchor_sizes",
        "optimizer", "lr_schedule", "leave_out_bad", "precision", "keep_best", "device",
        "loss_weights", "augmentation",
    }  # fmt: skip
    assert drawn == {field.name for field in fields(TrainSpec)}


def controls(form: Form) -> Iterator[QWidget]:
    """What can be set, but for the buttons, and what waits to be used again."""
    for kind in (NumberField, QComboBox, QCheckBox):
        yield from (control for control in form.findChildren(kind) if control.objectName())


def change(control: QWidget, qtbot: QtBot) -> None:
    """Another value, as a person gives it."""
    if isinstance(control, NumberField):
        control.setFocus()
        before = control.value()
        qtbot.keyClick(control, Qt.Key.Key_Up)
        if control.value() == before:
            qtbot.keyClick(control, Qt.Key.Key_Down)
        if control.value() == before:  # arrows multiply, and it is 0
            control.selectAll()
            qtbot.keyClicks(control, "1")
            qtbot.keyClick(control, Qt.Key.Key_Return)
    elif isinstance(control, QComboBox):
        control.setFocus()
        key = Qt.Key.Key_Up if control.currentIndex() == control.count() - 1 else Qt.Key.Key_Down
        qtbot.keyClick(control, key)
    elif isinstance(control, QCheckBox):
        qtbot.keyClick(control, Qt.Key.Key_Space)


@pytest.mark.parametrize(
    "spec",
    [
        TrainSpec(data="shapes", steps=20, schedule="alternating", optimizer="sgd:lr=0.1"),
        TrainSpec(data="a.json", epochs=3, lr_schedule="warmup", optimizer="rmsprop:lr=0.1"),
    ],
)
def test_every_control_changes_the_spec(form: Form, spec: TrainSpec, qtbot: QtBot) -> None:
    form.set_spec(spec)
    form.show()
    names = []
    for name in [control.objectName() for control in controls(form)]:
        form.set_spec(spec)
        control = form.findChild(QWidget, name)
        # What the races have besides is not shown here, and what is chosen may hide others.
        if control is None or not control.isVisible():
            continue
        names.append(name)
        change(control, qtbot)
        assert form.spec() != spec, name
        form.spec().check()
    assert len(set(names)) == len(names)
    for name in ("frozen.combo", "clip.field", "precision.combo", "crop.field", "unit.combo",
                 "backbonescale.field", "keepbest.check", "validation.field",
                 "setting.momentum.field", "lr.schedule.combo"):  # fmt: skip
        assert f"training.{name}" in names


def test_tab_reaches_every_control(form: Form, qtbot: QtBot) -> None:
    form.show()
    qtbot.waitExposed(form)
    shown = {control for control in controls(form) if control.isVisible() and control.isEnabled()}
    shown |= {
        button
        for button in form.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled()
    }
    reached: set[QWidget] = set()
    at: QWidget | None = form
    for _ in range(500):
        at = at.nextInFocusChain() if at is not None else None
        if at is None or at is form:
            break
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(at)
    assert shown <= reached


def test_settings_reach_torch_and_what_has_no_field_stays(form: Form) -> None:
    spec = TrainSpec(data="shapes", steps=5, optimizer="sgd:lr=0.02,momentum=0.9,maximize=true")
    form.set_spec(spec)
    form.optimizer.rate.set_value(0.05)
    momentum = form.findChild(NumberField, "training.setting.momentum.field")
    assert momentum is not None and momentum.value() == 0.9
    momentum.step_by(1)
    _, given_to_torch = parse_optimizer(form.spec().optimizer)
    assert given_to_torch == {"lr": 0.05, "momentum": 0.95, "maximize": True}


def test_another_optimizer_brings_its_own_rate_and_settings(form: Form) -> None:
    form.set_spec(TrainSpec(data="shapes", steps=5, optimizer="sgd:lr=0.02,momentum=0.9"))
    combo = form.optimizer.optimizer
    combo.setCurrentIndex(combo.findData("adam"))
    assert form.spec().optimizer == f"adam:lr={OPTIMIZERS['adam'].network_rate:g}"
    assert form.findChild(NumberField, "training.setting.momentum.field") is None
    combo.setCurrentIndex(combo.findData("sgd"))
    assert form.spec().optimizer == "sgd:lr=0.02,momentum=0.9"


def test_a_schedule_of_the_table_ends_with_the_steps(form: Form) -> None:
    form.set_spec(TrainSpec(data="shapes", steps=70, warmup=3, cooldown=0.2))
    combo = form.optimizer.schedule.schedule
    assert combo.currentData() == "" and not form.optimizer.own.isHidden()
    combo.setCurrentIndex(combo.findData("cosine"))
    assert form.spec().lr_schedule == "cosine:T_max=70,eta_min=0.0"
    assert form.optimizer.own.isHidden()
    combo.setCurrentIndex(combo.findData(""))
    spec = form.spec()
    assert (spec.lr_schedule, spec.warmup, spec.cooldown) == ("", 3, 0.2)


def test_the_alternating_schedule_says_how_many_steps_it_takes(form: Form) -> None:
    form.set_spec(TrainSpec(data="shapes", steps=40, schedule="alternating", rounds=2))
    assert form.schedule._whole.text() == "8 × 40 = 320"
    form.set_spec(TrainSpec(data="shapes", steps=40))
    assert form.schedule._whole.isHidden()


def test_epochs_are_shown_and_kept(form: Form) -> None:
    form.set_spec(TrainSpec(data="a.json", epochs=7))
    assert (form.schedule.unit.currentData(), form.schedule.steps.value()) == ("epochs", 7)
    form.schedule.steps.set_value(8)
    assert (form.spec().steps, form.spec().epochs) == (None, 8)


def test_details_can_be_looked_at_while_it_trains(form: Form) -> None:
    form.set_running(True)
    assert form.optimizer.more.line.isEnabled() and form.details.line.isEnabled()
    assert not form.precision.clip.isEnabled() and not form.optimizer.rate.isEnabled()
    assert not form.optimizer.own.warmup.isEnabled()
    names = [*form.optimizer.labels.values(), *form.schedule.labels.values()]
    assert not any(label.isEnabled() for label in names), "a label is dimmed with its field"
    form.set_running(False)
    assert all(label.isEnabled() for label in names)
    assert form.precision.clip.isEnabled() and form.optimizer.own.warmup.isEnabled()


def test_details_are_closed_at_first_and_open_by_key(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    assert not form.precision.clip.isVisible()
    qtbot.keyClick(form.details.line, Qt.Key.Key_Space)
    assert form.precision.clip.isVisible()
    qtbot.keyClick(form.details.line, Qt.Key.Key_Space)
    assert not form.precision.clip.isVisible()


@pytest.mark.parametrize("data", ["shapes", "somewhere/annotations of many pictures.json"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_fits_its_panel(form: Form, language: str, data: str) -> None:
    i18n.apply(language)
    spec = TrainSpec(data=data, model="shapes", lr_schedule="warmup", steps=5)
    form.set_spec(replace(spec, schedule="alternating", anchor_sizes=(46, 78, 125, 184)))
    assert form.minimumSizeHint().width() <= PANEL_PX - 10
    i18n.apply("en")
    i18n.apply("en")


def test_another_language_and_back_leaves_the_fields_where_they_were(form: Form) -> None:
    widths = []
    for language in ("en", "ru", "en"):
        i18n.apply(language)
        form.retranslate()
        widths.append(form.data.labels["data"].minimumWidth())
    assert widths[0] == widths[2] != widths[1]


def test_a_title_that_is_cut_is_read_in_the_list(qtbot: QtBot) -> None:
    combo = ElidedCombo()
    qtbot.addWidget(combo)
    title = "Shapes and stick figures of every kind"
    combo.addItems(["a", title])
    combo.setCurrentIndex(1)
    combo.resize(110, 28)
    combo.show()
    assert combo.shown_text().endswith("…") and combo.currentText() == title
    combo.showPopup()
    assert combo.view().width() >= combo.fontMetrics().horizontalAdvance(title)
    combo.hidePopup()
    combo.resize(600, 28)
    assert combo.shown_text() == title


def test_a_written_spec_is_shown_as_it_was(form: Form) -> None:
    spec = replace(TrainSpec(data="shapes", steps=9), seed=2**62 + 1, warmup=7)
    form.set_spec(from_json(to_json(spec), TrainSpec))
    assert form.spec() == spec
