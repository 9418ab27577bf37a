"""Optimizers that race on a task: against torch, alone and together, and what ends them."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.networks.tasks.data import data_of
from engine.networks.tasks.fit import fit, hyper_of
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.net import Net, initial
from engine.networks.tasks.points import GENERATORS
from engine.networks.tasks.problem import problem_of
from engine.networks.tasks.registry import TASKS, find
from engine.networks.tasks.settings import default_spec, layers_of
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.batches import batch_at
from engine.optimizers.racer import Jog, Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.engine.networks.tasks.twins import flat, sequential

TINY = FitSpec("xor", hidden=(3,), train_count=12, test_count=8, steps=25)
TWINS = [name for name, optimizer in OPTIMIZERS.items() if optimizer.twin]


def run(spec: FitSpec) -> list[FitFrame]:
    return list(fit(spec))


def test_every_rule_equals_its_torch_twin() -> None:
    """All in one race, with batches, against nets that torch trains one after another."""
    racers = tuple(Racer(name) for name in TWINS)
    spec = replace(TINY, racers=racers, batch=5, seed=3)
    frames = run(spec)
    data = data_of(spec)
    inputs, targets = torch.tensor(data.inputs), torch.tensor(data.targets)
    net = Net(layers_of(spec), "tanh")
    for place, racer in enumerate(racers):
        module = sequential(net, initial(net, spec.seed, 1)[0])
        optimizer = OPTIMIZERS[racer.optimizer]
        make = getattr(torch.optim, optimizer.twin)
        twin = make(module.parameters(), **optimizer.twin_arguments(hyper_of(racer, find("xor"))))

        def loss_of(chosen: slice | torch.Tensor, module: torch.nn.Module = module) -> torch.Tensor:
            logits = module(inputs[chosen])[:, 0]
            return functional.binary_cross_entropy_with_logits(logits, targets[chosen])

        for frame in frames:
            whole = float(loss_of(slice(None)).detach())
            assert frame.train_loss[place] == pytest.approx(whole, rel=1e-9, abs=1e-12)
            np.testing.assert_allclose(
                frame.parameters[place], flat(module).numpy(), rtol=1e-5, atol=1e-6
            )
            batch = torch.from_numpy(batch_at(3, frame.step, 12, 5).copy())

            def closure(
                batch: torch.Tensor = batch, twin: torch.optim.Optimizer = twin
            ) -> torch.Tensor:
                twin.zero_grad()
                loss = loss_of(batch)
                loss.backward()
                return loss

            twin.step(closure)


def test_a_race_is_its_racers_alone() -> None:
    racers = (
        Racer("sgd"),
        Racer("adam", starts=3),
        Racer("sgd", {"lr": 0.05, "momentum": 0.5}, schedule="cosine"),
        Racer("line-search"),
        Racer("newton"),
    )
    together = run(replace(TINY, racers=racers, batch=4))
    for place, racer in enumerate(racers):
        alone = run(replace(TINY, racers=(racer,), batch=4))
        for frame, other in zip(together, alone, strict=True):
            for name in ("train_loss", "test_loss", "gradient_norms", "update_ratios", "rate",
                         "train_accuracy", "test_accuracy", "saturated", "best_loss"):  # fmt: skip
                np.testing.assert_allclose(
                    getattr(frame, name)[place], getattr(other, name)[0], rtol=1e-8, err_msg=name
                )
            np.testing.assert_allclose(frame.other_losses[place], other.other_losses[0], rtol=1e-8)


@pytest.mark.parametrize(("rate", "ends"), [(0.1, 16.025), (0.2, 2.340), (0.3, None)])
def test_the_product_ends_flat_is_thrown_or_diverges(rate: float, ends: float | None) -> None:
    """At a minimum the eigenvalues are 0 and u^2 + v^2: above 2/lr no step stays there."""
    spec = FitSpec("product", racers=(Racer("sgd", {"lr": rate}),), start=(4.0, 0.3), steps=300)
    last = run(spec)[-1]
    if ends is None:
        assert last.state == ("diverged",)
        return
    u, v = last.parameters[0].astype(float)
    assert u * v == pytest.approx(1, abs=1e-5)
    assert u * u + v * v == pytest.approx(ends, abs=6e-4)
    assert last.state == ("converged",)


def test_the_second_derivatives_at_a_minimum_of_the_product() -> None:
    for u in (0.5, 1.0, 4.0):
        point = torch.tensor([[u, 1 / u]], dtype=torch.float64)
        hessian = problem_of(FitSpec("product")).objective(None).hessian(point)[0]
        found = torch.linalg.eigvalsh(hessian).tolist()
        assert found == pytest.approx([0, u**2 + u**-2], abs=1e-12)


def test_the_two_minima_of_the_smallest_net_are_equal_and_between_them_is_a_saddle() -> None:
    task = find("two-parameters")
    objective = problem_of(FitSpec(task.name)).objective(None)
    points = torch.tensor([*task.minima, (0.0, 0.0)], dtype=torch.float64)
    loss, gradient = objective.value_and_gradient(points)
    assert loss[:2].tolist() == pytest.approx([0, 0], abs=1e-15)
    assert gradient.abs().max() < 1e-12
    values = torch.linalg.eigvalsh(objective.hessian(points))
    assert (values[:2] > 0).all() and values[2, 0] < 0 < values[2, 1]
    (last,) = islice(fit(FitSpec(task.name)), task.steps, None)
    ends = {tuple(np.sign(place).tolist()) for place in last.parameters}
    assert ends == {(1, 1), (-1, -1)}  # the default race ends in both


@pytest.mark.parametrize("name", TASKS)
def test_the_default_race_is_worth_watching(name: str) -> None:
    """Most learn, and they differ. Digits is shortened, to be quick."""
    spec = default_spec(name)
    frames = list(fit(replace(spec, steps=60 if name == "digits" else spec.steps)))
    first, last = frames[0].train_loss, frames[-1].train_loss
    assert (first == first[0]).all()
    assert (last < 0.5 * first).sum() >= 2
    early = frames[len(frames) // 10].train_loss
    assert early.max() > 1.2 * early.min()


@pytest.mark.parametrize("count", [1, 2, 90])
def test_the_hessian_of_a_net_is_that_of_its_gradient(count: int) -> None:
    problem = problem_of(TINY)
    objective, points = problem.objective(None), problem.initial(count)
    hessian = objective.hessian(points)
    small = 1e-6
    for place in (0, 7, 12):
        shift = torch.zeros_like(points)
        shift[:, place] = small
        ahead, behind = (objective.value_and_gradient(points + s)[1] for s in (shift, -shift))
        torch.testing.assert_close(
            hessian[:, place], (ahead - behind) / (2 * small), rtol=1e-6, atol=1e-9
        )


def test_further_starts_are_other_nets_and_the_best_is_kept() -> None:
    spec = replace(TINY, racers=(Racer("adam", starts=8), Racer("sgd")), steps=80)
    frames = run(spec)
    last = frames[-1]
    assert [len(losses) for losses in last.other_losses] == [7, 0]
    assert last.other_parameters[0].shape == (7, 13)
    assert len(np.unique(frames[0].other_losses[0])) == 7
    assert frames[0].train_loss[0] not in frames[0].other_losses[0]
    every = np.array([[frame.train_loss[0], *frame.other_losses[0]] for frame in frames])
    assert last.best_loss[0] == every.min()
    assert last.best_start[0] == every.min(0).argmin()
    # A start does as it would as somebody's own.
    net = Net(layers_of(spec), "tanh")
    np.testing.assert_allclose(
        frames[0].other_parameters[0], initial(net, 0, 8)[1:].numpy(), rtol=1e-6
    )


def test_decay_is_torchs_weight_decay_on_the_weights_alone() -> None:
    spec = replace(TINY, racers=(Racer("momentum"), Racer("line-search")), decay=0.05, steps=15)
    frames = run(spec)
    data = data_of(spec)
    module = sequential(Net(layers_of(spec), "tanh"), problem_of(spec).initial(1)[0])
    linear = [module[0], module[2]]
    twin = torch.optim.SGD(
        [
            {"params": [part.weight for part in linear], "weight_decay": 0.05},
            {"params": [part.bias for part in linear]},
        ],
        lr=find("xor").rates["momentum"],
        momentum=0.9,
    )
    for frame in frames:
        logits = module(torch.tensor(data.inputs))[:, 0]
        loss = functional.binary_cross_entropy_with_logits(logits, torch.tensor(data.targets))
        assert frame.train_loss[0] == pytest.approx(float(loss.detach()), rel=1e-10)
        twin.zero_grad()
        loss.backward()
        twin.step()
    # The line search descends on what its gradient is of: loss and penalty together.
    weights = [frame.parameters[1, [*range(6), *range(9, 12)]].astype(float) for frame in frames]
    whole = [f.train_loss[1] + 0.025 * (w**2).sum() for f, w in zip(frames, weights, strict=True)]
    assert (np.diff(whole) < 1e-7).all()


def test_early_stopping_goes_back_to_the_least_test_loss() -> None:
    """Many features and few examples: the test loss falls, then rises."""
    spec = FitSpec(
        "moons", racers=(Racer("adam", {"lr": 0.05}), Racer("sgd", {"lr": 1e-4})), hidden=(16,),
        train_count=12, test_count=100, noise=0.3, degree=3, steps=150, patience=20,
    )  # fmt: skip
    frames = run(spec)
    plain = run(replace(spec, patience=0))
    test = np.array([frame.test_loss[0] for frame in plain])
    running = [frame.step for frame in frames if frame.state[0] == "running"]
    least = int(test[: running[-1] + 2].argmin())
    assert running[-1] + 1 == least + 20
    for frame in frames[running[-1] + 1 :]:
        assert frame.state[0] == "stopped"
        assert frame.test_loss[0] == pytest.approx(test[least], rel=1e-9)
        np.testing.assert_array_equal(frame.parameters[0], plain[least].parameters[0])
    assert test[-1] > 1.1 * test[least]
    assert frames[-1].state[1] == "running"
    assert frames[-1].train_loss[1] == pytest.approx(plain[-1].train_loss[1], rel=1e-9)


def test_a_perturbation_moves_the_whole_row_by_about_its_radius() -> None:
    jog = Jog(radius=0.7, patience=10, tolerance=0.01)
    frames = run(replace(TINY, racers=(Racer("adam", jog=jog), Racer("adam")), steps=250))
    shaken = [frame.step for frame in frames if frame.perturbed[0]]
    assert shaken and not any(frame.perturbed[1] for frame in frames)
    for step in shaken:
        before, after = frames[step - 1].parameters[0], frames[step].parameters[0]
        length = float(np.linalg.norm(after - before))
        assert 0.4 < length <= 0.7 * (1 + 1e-5)
    np.testing.assert_array_equal(
        frames[shaken[0] - 1].parameters[0], frames[shaken[0] - 1].parameters[1]
    )


def test_norms_ratios_and_saturation_are_by_layer() -> None:
    spec = replace(TINY, racers=(Racer("sgd", {"lr": 0.5}),), hidden=(3, 2), activation="sigmoid",
                   scale=12.0, steps=4)  # fmt: skip
    frames = run(spec)
    data = data_of(spec)
    assert np.isnan(frames[0].update_ratios).all()
    for frame, after in pairwise(frames):
        point = torch.tensor(frame.parameters[0], dtype=torch.float64)
        module = sequential(Net(layers_of(spec), "sigmoid"), point)
        logits = module(torch.tensor(data.inputs))[:, 0]
        functional.binary_cross_entropy_with_logits(logits, torch.tensor(data.targets)).backward()
        hidden = [module[: 2 * k](torch.tensor(data.inputs)).detach() for k in (1, 2)]
        for layer, part in enumerate((module[0], module[2], module[4])):
            both = torch.cat([part.weight.grad.ravel(), part.bias.grad])
            weights = torch.cat([part.weight.ravel(), part.bias]).detach()
            norm = float(both.norm())
            assert frame.gradient_norms[0, layer] == pytest.approx(norm, rel=1e-4)
            ratio = 0.5 * norm / float(weights.norm())
            assert after.update_ratios[0, layer] == pytest.approx(ratio, rel=1e-4)
        flats = [float((4 * o * (1 - o) < 0.05).double().mean()) for o in hidden]
        assert frame.saturated[0].tolist() == pytest.approx(flats)
        assert flats[0] > 0.3  # such weights paralyse


@pytest.mark.parametrize("name", ["regression", "digits", "spirals"])
def test_losses_are_those_of_torch(name: str) -> None:
    spec = replace(default_spec(name), steps=3)
    data = data_of(spec)
    losses = {
        "regression": lambda o, t: 0.5 * functional.mse_loss(o[:, 0], t),
        "digits": lambda o, t: functional.cross_entropy(o, t.long()),
        "spirals": lambda o, t: functional.binary_cross_entropy_with_logits(o[:, 0], t),
    }
    assert spec.activation is not None
    for frame in fit(spec):
        point = torch.tensor(frame.parameters[2], dtype=torch.float64)
        module = sequential(Net(layers_of(spec), spec.activation), point)
        for given, wanted, loss, accuracy in (
            (data.inputs, data.targets, frame.train_loss, frame.train_accuracy),
            (data.test_inputs, data.test_targets, frame.test_loss, frame.test_accuracy),
        ):
            outputs = module(torch.tensor(given)).detach()
            told = float(losses[name](outputs, torch.tensor(wanted)))
            assert loss[2] == pytest.approx(told, rel=1e-4)
            if name == "regression":
                assert np.isnan(accuracy[2])
                continue
            said = outputs.argmax(1) if name == "digits" else outputs[:, 0] > 0
            right = float((said.double() == torch.tensor(wanted)).double().mean())
            assert accuracy[2] == pytest.approx(right, abs=0.011)


def test_what_diverges_stays_so_and_does_not_disturb_the_others() -> None:
    spec = FitSpec("regression", racers=(Racer("sgd", {"lr": 1e3}), Racer("adam")), steps=30)
    frames, alone = run(spec), run(replace(spec, racers=(Racer("adam"),)))
    assert frames[-1].state[0] == "diverged"
    assert frames[-1].train_loss[1] == pytest.approx(alone[-1].train_loss[0], rel=1e-9)


def test_the_same_spec_gives_the_same_frames_and_another_seed_others() -> None:
    spec = replace(TINY, batch=4, racers=(Racer("adam", jog=Jog(patience=5)),), steps=60)
    one, two, other = run(spec), run(spec), run(replace(spec, seed=1))
    assert all(np.array_equal(a.parameters, b.parameters) for a, b in zip(one, two, strict=True))
    assert not np.array_equal(one[0].parameters, other[0].parameters)


def test_epochs_deal_every_example_once() -> None:
    seen = np.concatenate([batch_at(2, step, 12, 5) for step in range(3)])
    assert sorted(seen.tolist()) == list(range(12))
    assert len(batch_at(2, 2, 12, 5)) == 2
    assert batch_at(2, 0, 12, 12).tolist() != batch_at(2, 1, 12, 12).tolist()


def test_nothing_is_decided_by_who_else_races_on_two_parameters() -> None:
    own = Racer("sgd", start=(1.0, -1.0), starts=3)
    frames = run(FitSpec("product", racers=(Racer("sgd"), own), start=(2.0, 0.1), steps=1))
    assert frames[0].parameters.tolist() == pytest.approx(np.array([[2.0, 0.1], [1.0, -1.0]]))
    assert frames[0].other_parameters[1].shape == (2, 2)
    assert frames[0].saturated.shape == (2, 0) and frames[0].gradient_norms.shape == (2, 1)
    assert (frames[0].test_loss == frames[0].train_loss).all()


def test_a_new_task_is_a_generator_and_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def stripes(
        generator: np.random.Generator, count: int, noise: float
    ) -> tuple[np.ndarray, np.ndarray]:
        inputs = generator.uniform(-1, 1, (count, 2)) + noise
        return inputs, (np.abs(inputs[:, 0]) < 0.5).astype(np.float64)

    record = replace(find("moons"), name="stripes", hidden=(3,), noise=0.0)
    monkeypatch.setitem(TASKS, "stripes", record)
    monkeypatch.setitem(GENERATORS, "stripes", stripes)
    last = run(FitSpec("stripes", racers=(Racer("adam", {"lr": 0.1}),), steps=150))[-1]
    assert last.test_accuracy[0] > 0.9


def test_a_race_leaves_the_threads_of_others_alone() -> None:
    before = torch.get_num_threads()
    seen = {torch.get_num_threads() for _ in fit(replace(TINY, steps=3))}
    assert seen == {before} and torch.get_num_threads() == before
