"""Surfaces made of data: gradients, batches, epochs and streams against torch itself."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.descent.data_fit.dataset import DataSpec
from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.descent.data_fit.models import LINE, LOGISTIC, Fit
from engine.descent.maps.basins import BasinSpec, basins
from engine.descent.maps.landscape import landscape
from engine.descent.maps.sweep import Axis, SweepSpec, sweep
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec, sampler_of, surface_of
from engine.descent.step.example_gradients import angle, example_landscape, gradients_of_examples
from engine.descent.step.vectors import next_step
from engine.descent.surfaces.registry import SURFACES
from engine.descent.surfaces.surface import Surface
from engine.errors import InputError, SpecError
from engine.optimizers.derivatives import hessian, value_and_gradient
from engine.optimizers.racer import Racer
from engine.specs import from_json, to_json

FITS = pytest.mark.parametrize("fit", [LINE, LOGISTIC], ids=["line", "logistic"])
OUTLIER = {"line-fit": (2.3, -3.0), "logistic-fit": (-3.6, 1.0)}


def torch_loss(fit: Fit, point: torch.Tensor, u: np.ndarray, v: np.ndarray) -> torch.Tensor:
    """The loss as torch's own functions give it: (D,)."""
    inputs, targets = torch.from_numpy(u.copy()), torch.from_numpy(v.copy())
    said = point[0] * inputs + point[1]
    if fit is LINE:
        return torch.nn.functional.mse_loss(said, targets, reduction="none") / 2
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    return loss(said, targets, reduction="none")


def spec_of(fit: Fit, **changes: object) -> RaceSpec:
    data = DataSpec(**changes)  # type: ignore[arg-type]
    return RaceSpec(surface=fit.name, data=data, racers=(Racer("sgd"), Racer("momentum")), steps=40)


def sampler(spec: RaceSpec) -> MinibatchSampler:
    made = sampler_of(spec, surface_of(spec))
    assert made is not None
    return made


def ground(fit: Fit, **changes: object) -> Surface:
    return SURFACES[fit.name].with_data(DataSpec(**changes))  # type: ignore[arg-type]


# -- losses and gradients -------------------------------------------------------------------------


@FITS
def test_every_examples_gradient_is_autograds_and_their_mean_is_the_full_one(fit: Fit) -> None:
    spec = spec_of(fit, batch=5, outlier=OUTLIER[fit.name])
    frames = list(race(spec))
    for step in (0, 3, 4, 40):
        found = gradients_of_examples(spec, frames[: step + 1], 1)
        examples = fit.examples(spec.data)
        point = torch.tensor(found.point, requires_grad=True)
        each = torch_loss(fit, point, examples.inputs, examples.targets)
        slopes = [torch.autograd.grad(one, point, retain_graph=True)[0] for one in each]
        assert np.allclose(found.gradients, torch.stack(slopes).numpy(), rtol=1e-12, atol=1e-14)
        assert np.allclose(found.losses, each.detach().numpy(), rtol=1e-12, atol=1e-14)
        assert np.allclose(found.gradients.mean(0), found.full, rtol=1e-11, atol=1e-13)
        assert np.allclose(found.gradients[found.chosen].mean(0), frames[step].gradient[1])
        assert found.chosen.sum() == len(found.batch.indices)
        assert frames[step].loss[1] == pytest.approx(float(each.detach().mean()), rel=1e-12)


@FITS
def test_the_landscape_is_the_mean_of_all_examples_landscapes(fit: Fit) -> None:
    spec = spec_of(fit, count=7, batch=2, outlier=OUTLIER[fit.name])
    *_, whole = landscape(spec, (300, 280))
    examples = fit.examples(spec.data)
    parts = []
    for u, v in zip(examples.inputs, examples.targets, strict=True):
        *_, alone = example_landscape(spec, (float(u), float(v)), (300, 280))
        assert not len(alone.minima)
        parts.append(alone.loss)
    assert np.allclose(np.mean(parts, axis=0), whole.loss, rtol=1e-11)


@FITS
@pytest.mark.parametrize("changes", [{}, {"outlier": True}, {"online": True}, {"seed": 5}])
def test_the_minimum_is_one_and_the_lines_hessian_is_told(
    fit: Fit, changes: dict[str, object]
) -> None:
    if "outlier" in changes:
        changes = {"outlier": OUTLIER[fit.name]}
    surface = ground(fit, count=60, **changes)
    points = torch.tensor(surface.minima, dtype=torch.float64)
    _, gradient = value_and_gradient(surface, points)
    assert gradient.norm() < 1e-10
    values = torch.linalg.eigvalsh(hessian(surface, points))[0]
    assert values[0] > 0
    if fit is LINE:
        assert values.tolist() == pytest.approx(surface.curvature(), rel=1e-12)


def test_classes_that_can_be_parted_have_no_minimum() -> None:
    parted = [seed for seed in range(40) if not ground(LOGISTIC, count=4, seed=seed).minima]
    assert parted
    for seed in parted:
        examples = LOGISTIC.examples(DataSpec(count=4, seed=seed))
        low = examples.inputs[examples.targets == 0]
        high = examples.inputs[examples.targets == 1]
        one_class = not len(low) or not len(high)
        assert one_class or low.max() < high.min() or high.max() < low.min()


def test_an_expected_loss_is_what_endless_data_tend_to() -> None:
    for fit in (LINE, LOGISTIC):
        stream = ground(fit, online=True)
        generator = np.random.default_rng(1)
        inputs, targets = fit.draw(generator, 400_000)
        for point in ((0.5, 0.5), (2.0, -1.0)):
            x, y = torch.tensor(point, dtype=torch.float64)
            drawn = torch_loss(fit, torch.stack([x, y]), inputs, targets)
            error = float(drawn.std()) / len(inputs) ** 0.5
            assert abs(float(stream.loss(x, y)) - float(drawn.mean())) < 5 * error


# -- batches --------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(2, 60),
    batch=st.integers(0, 70),
    outlier=st.booleans(),
    reshuffle=st.booleans(),
    seed=st.integers(-5, 2**62),
)
def test_an_epoch_shows_every_example_once(
    count: int, batch: int, outlier: bool, reshuffle: bool, seed: int
) -> None:
    data = DataSpec(
        count=count, outlier=(1.0, 2.0) if outlier else None, batch=batch, reshuffle=reshuffle
    )
    served = sampler(RaceSpec(surface="line-fit", data=data, seed=seed))
    total = count + outlier
    size = min(batch or total, total)
    assert served.steps_an_epoch == int(np.ceil(total / size))
    for epoch in (0, 1, 7):
        first = epoch * served.steps_an_epoch
        batches = [served.at(step) for step in range(first, first + served.steps_an_epoch)]
        assert [len(each.indices) for each in batches[:-1]] == [size] * (len(batches) - 1)
        assert len(batches[-1].indices) == served.last_size == total - size * (len(batches) - 1)
        assert sorted(np.concatenate([each.indices for each in batches])) == list(range(total))
        assert [each.place for each in batches] == list(range(len(batches)))
        assert {each.epoch for each in batches} == {epoch}
        assert [each.seen for each in batches] == [
            epoch * total + place * size for place in range(len(batches))
        ]


def test_reshuffling_deals_anew_and_fixed_batches_come_again() -> None:
    dealt = sampler(spec_of(LINE, batch=4, outlier=OUTLIER["line-fit"]))
    fixed = replace(dealt, data=replace(dealt.data, reshuffle=False))
    steps = range(dealt.steps_an_epoch)
    orders = [
        [tuple(dealt.at(epoch * len(steps) + step).indices) for step in steps] for epoch in range(4)
    ]
    assert len({tuple(order) for order in orders}) == 4
    again = [tuple(fixed.at(7 * len(steps) + step).indices) for step in steps]
    assert again == orders[0]
    with_outlier = [step for step in range(60) if 24 in fixed.at(step).indices]
    assert len(set(np.diff(with_outlier))) == 1 and np.diff(with_outlier)[0] == len(steps)
    companions = {tuple(sorted(fixed.at(step).indices)) for step in with_outlier}
    assert len(companions) == 1
    other_seed = sampler(replace(spec_of(LINE, batch=4), seed=1))
    assert tuple(other_seed.at(0).indices) != tuple(sampler(spec_of(LINE, batch=4)).at(0).indices)


@FITS
def test_a_stream_never_repeats_and_the_outlier_passes_once(fit: Fit) -> None:
    spec = spec_of(fit, batch=3, online=True, outlier=OUTLIER[fit.name], count=10)
    served = sampler(spec)
    batches = [served.at(step) for step in range(200)]
    inputs = np.concatenate([batch.inputs for batch in batches])
    numbers = np.concatenate([batch.indices for batch in batches])
    assert len(set(inputs.tolist())) == len(inputs) == 600
    assert numbers.tolist() == list(range(600))
    assert np.flatnonzero(inputs == OUTLIER[fit.name][0]).tolist() == [10]
    assert served.at(17).inputs.tolist() == batches[17].inputs.tolist()
    assert [batch.seen for batch in batches[:3]] == [0, 3, 6]
    assert len(sampler(spec_of(fit, online=True)).at(5).inputs) == 1


@FITS
@pytest.mark.parametrize(
    "changes",
    [{"batch": 5}, {"batch": 5, "reshuffle": False}, {"batch": 2, "online": True}, {"batch": 0}],
    ids=["reshuffled", "fixed", "online", "full"],
)
def test_the_race_equals_torchs_sgd_on_the_same_batches(fit: Fit, changes: dict) -> None:
    racers = (
        Racer("sgd", {"lr": 0.05}),
        Racer("momentum", {"lr": 0.01}),
        Racer("nesterov", {"lr": 0.01}),
        Racer("adam", {"lr": 0.05}),
    )
    data = DataSpec(outlier=OUTLIER[fit.name], **changes)
    spec = RaceSpec(surface=fit.name, data=data, racers=racers, steps=60, seed=3)
    start, served = surface_of(spec).start, sampler(spec)
    points = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for _ in racers]
    twins = [
        torch.optim.SGD([points[0]], lr=0.05),
        torch.optim.SGD([points[1]], lr=0.01, momentum=0.9),
        torch.optim.SGD([points[2]], lr=0.01, momentum=0.9, nesterov=True),
        torch.optim.Adam([points[3]], lr=0.05),
    ]
    for frame in race(spec):
        now = np.stack([point.detach().numpy().copy() for point in points])
        assert np.allclose(frame.position, now, rtol=1e-10, atol=1e-12), frame.step
        batch = served.at(frame.step)
        for point, twin in zip(points, twins, strict=True):
            twin.zero_grad()
            torch_loss(fit, point, batch.inputs, batch.targets).mean().backward()
            twin.step()


def test_rules_that_ask_the_surface_are_given_the_batchs() -> None:
    """Damped Newton on a batch lands where the batch's own Hessian says."""
    racer = Racer("newton", {"damping": 0.0, "saddle_free": 0})
    spec = RaceSpec(surface="line-fit", data=DataSpec(batch=6), racers=(racer,), steps=3, seed=2)
    frames, served = list(race(spec)), sampler(spec)
    for step in range(3):
        batch = served.at(step)
        design = np.stack([batch.inputs, np.ones(6)], axis=1)
        best, *_ = np.linalg.lstsq(design, batch.targets, rcond=None)
        assert frames[step + 1].position[0] == pytest.approx(best, rel=1e-9)


def test_both_of_nesterovs_gradients_are_the_batchs() -> None:
    racer = Racer("nesterov", {"lr": 0.02, "momentum": 0.8})
    spec = RaceSpec(surface="line-fit", data=DataSpec(batch=3), racers=(racer,), steps=5)
    frames, served = list(race(spec)), sampler(spec)
    anatomy = next_step(spec, frames[4], 0)
    arrows = {arrow.role: arrow.head - arrow.tail for arrow in anatomy.arrows}
    batch = served.at(4)
    for role, place in (("gradient", anatomy.base), ("gradient_ahead", anatomy.lookahead)):
        point = torch.tensor(place, requires_grad=True)
        torch_loss(LINE, point, batch.inputs, batch.targets).mean().backward()
        assert np.allclose(arrows[role], -0.02 * point.grad.numpy(), rtol=1e-10)


def test_maps_are_of_the_data_that_is_set() -> None:
    data = DataSpec(outlier=(2.3, -3.0))
    expected = SURFACES["line-fit"].with_data(data).minima
    racer = Racer("sgd", {"lr": 0.1})
    *_, basin = basins(
        BasinSpec(surface="line-fit", data=data, racer=racer, size=6, steps=100), coarse=False
    )
    assert np.allclose(basin.minima, expected) and (basin.label == 0).all()
    axis = Axis(0.1, 0.1, 1)
    spec = SweepSpec(surface="line-fit", data=data, racer=racer, lr=axis, momentum=None, steps=400)
    *_, swept = sweep(spec)
    least = SURFACES["line-fit"].with_data(data).loss(*torch.tensor(expected[0]).double())
    assert swept.final_loss[0, 0] == pytest.approx(float(least), rel=1e-9)


def test_velocity_averages_the_noise_of_the_batches() -> None:
    """In the long narrow part of the way the velocity points better than any one batch."""
    racer = Racer("momentum", {"lr": 0.0005, "momentum": 0.9})
    spec = RaceSpec(surface="line-fit", data=DataSpec(batch=1), racers=(racer,), steps=100)
    frames = list(race(spec))
    found = gradients_of_examples(spec, frames[:61], 0)
    assert found.steps == 50
    assert found.batch_angle_mean > 20 and found.velocity_angle_mean < 8
    assert np.allclose(found.velocity, 0.1 * frames[61].velocity[0], rtol=1e-12)
    full = replace(spec, data=DataSpec())
    assert gradients_of_examples(full, list(race(full))[:30], 0).batch_angle == pytest.approx(
        0, abs=1e-5
    )


def test_angles_are_those_of_vectors() -> None:
    one = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
    other = np.array([[0.0, 2.0], [2.0, 2.0], [-3.0, 0.0], [1.0, 0.0]])
    assert angle(one, other)[:3] == pytest.approx([90, 0, 180])
    assert np.isnan(angle(one, other)[3])


# -- specs ----------------------------------------------------------------------------------------

data_specs = st.builds(
    DataSpec,
    count=st.integers(2, 200),
    seed=st.integers(0, 2**31 - 1),
    outlier=st.one_of(st.none(), st.tuples(st.floats(-100, 100), st.sampled_from([0.0, 1.0]))),
    batch=st.integers(0, 200),
    reshuffle=st.booleans(),
    online=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(data_specs, st.sampled_from(["line-fit", "logistic-fit"]))
def test_round_trip_is_exact(data: DataSpec, surface: str) -> None:
    spec = RaceSpec(surface=surface, data=data)
    again = from_json(to_json(spec), RaceSpec)
    assert again == spec and to_json(again) == to_json(spec)


def test_a_race_without_the_field_has_the_surfaces_own_data() -> None:
    old = from_json('{"thalweg": 1, "kind": "race", "surface": "line-fit"}', RaceSpec)
    assert old.data is None
    assert surface_of(old).data == DataSpec()


@pytest.mark.parametrize(
    ("surface", "fields", "word"),
    [
        ("line-fit", {"count": 1}, "data count"),
        ("line-fit", {"count": 10**7}, "data count"),
        ("line-fit", {"batch": -1}, "batch"),
        ("line-fit", {"seed": -1}, "data seed"),
        ("line-fit", {"outlier": [1, 1e9]}, "outlier"),
        ("logistic-fit", {"outlier": [1, 0.5]}, "0 or 1"),
        ("logistic-fit", {"count": 5000}, "data count"),
        ("rosenbrock", {}, "rosenbrock"),
        ("line-fit", {"outlier": [1]}, "outlier"),
        ("line-fit", {"reshuffle": 1}, "reshuffle"),
        ("line-fit", {"examples": []}, "examples"),
    ],
)
def test_hostile_data_is_refused_in_one_sentence(surface: str, fields: dict, word: str) -> None:
    text = json.dumps({"thalweg": 1, "kind": "race", "surface": surface, "data": fields})
    with pytest.raises((InputError, SpecError), match=word) as refused:
        from_json(text, RaceSpec)
    assert "\n" not in str(refused.value)


def test_a_formula_has_no_data() -> None:
    with pytest.raises(InputError, match="formula"):
        RaceSpec(surface=None, formula="x^2 + y^2", data=DataSpec()).check()
