"""The commands race, surfaces and optimizers, as a script calls them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.descent.surfaces.registry import SURFACES
from engine.optimizers.registry import OPTIMIZERS

COLUMNS = ["optimizer", "step", "x", "y", "loss", "grad_x", "grad_y"]


def rows_of(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    assert reader.fieldnames == COLUMNS
    return list(reader)


def test_without_an_output_option_the_csv_is_on_stdout(run) -> None:
    code, out, err = run(
        "race", "--surface", "himmelblau", "--optimizer", "sgd:lr=0.01", "--optimizer",
        "momentum:lr=.005,momentum=0.8", "--optimizer", "sgd", "--start", "-1.5,2", "--steps", "20",
    )  # fmt: skip
    closing = "3 racers: 1 converged, 2 running; written to standard output\n"
    assert (code, err) == (0, closing)
    rows = rows_of(out)
    assert [row["optimizer"] for row in rows] == ["sgd"] * 21 + ["momentum"] * 21 + ["sgd-2"] * 21
    assert [int(row["step"]) for row in rows] == [*range(21)] * 3
    assert (rows[0]["x"], rows[0]["y"]) == ("-1.5", "2.0")


@pytest.mark.parametrize(
    ("optimizer", "make"),
    [
        ("sgd:lr=0.01", lambda p: torch.optim.SGD(p, lr=0.01)),
        ("momentum:lr=0.01", lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)),
        ("nesterov:lr=0.005", lambda p: torch.optim.SGD(p, lr=0.005, momentum=0.9, nesterov=True)),
        ("adam:lr=0.1,betas=.8,.99", lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.99))),
        ("adam:betas=(.8,.99),lr=.1", lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.99))),
        ("rprop:lr=0.1", lambda p: torch.optim.Rprop(p, lr=0.1)),
        ("amsgrad:lr=0.1", lambda p: torch.optim.Adam(p, lr=0.1, amsgrad=True)),
        (
            "sgd:lr=0.005,momentum=0.5,nesterov=true,weight_decay=1e-2",
            lambda p: torch.optim.SGD(
                p, lr=0.005, momentum=0.5, nesterov=True, weight_decay=1e-2
            ),
        ),
    ],
)  # fmt: skip
def test_the_csv_equals_torch_at_full_precision(run, optimizer: str, make) -> None:
    _, out, _ = run(
        "race", "--surface", "himmelblau", "--optimizer", optimizer, "--start", "-1.5,2",
        "--steps", "50",
    )  # fmt: skip
    point = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    twin = make([point])
    for row in rows_of(out):
        twin.zero_grad()
        loss = SURFACES["himmelblau"].loss(point[0], point[1])
        loss.backward()
        expected = [*point.tolist(), loss.item(), *point.grad.tolist()]
        found = [float(row[name]) for name in COLUMNS[2:]]
        assert found == pytest.approx(expected, rel=1e-10, abs=1e-10)
        twin.step()


def test_numbers_are_written_so_that_reading_gives_the_same(run, tmp_path: Path) -> None:
    path = tmp_path / "race.csv"
    code, out, _ = run("race", "--surface", "beale", "--csv", str(path), "--steps", "30")
    assert (code, out) == (0, f"3 racers: 3 running; written to {path}\n")
    for row in rows_of(path.read_text()):
        for name in COLUMNS[2:]:
            assert repr(float(row[name])) == row[name]


def test_a_formula_with_a_leading_minus_is_a_word_of_its_own(run) -> None:
    code, out, _ = run(
        "race", "--formula", "-x^2", "--optimizer", "sgd:lr=.1", "--start", "-1.5,2", "--steps", "1"
    )
    rows = rows_of(out)
    assert code == 0 and rows[0]["loss"] == "-2.25" and rows[0]["grad_x"] == "3.0"
    assert float(rows[1]["x"]) == pytest.approx(-1.8)


def test_a_diverging_race_is_written_as_inf_and_nan_without_a_word(run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.csv", "a.png", "a.gif")]
    code, out, err = run(
        "race", "--surface", "himmelblau", "--optimizer", "sgd:lr=5", "--steps", "40",
        "--csv", str(files[0]), "--png", str(files[1]), "--gif", str(files[2]),
    )  # fmt: skip
    told = ", ".join(map(str, files))
    assert (code, out, err) == (0, f"1 racer: 1 diverged; written to {told}\n", "")
    last = rows_of(files[0].read_text())[-1]
    assert last["x"] in ("inf", "-inf", "nan") and not np.isfinite(float(last["loss"]))
    assert all(path.stat().st_size > 1000 for path in files[1:])


def test_figure_and_animation_are_pictures(run, tmp_path: Path) -> None:
    png, gif, webp = (tmp_path / f"race.{suffix}" for suffix in ("png", "gif", "webp"))
    run("race", "--surface", "rosenbrock", "--steps", "12", "--png", str(png), "--gif", str(gif))
    run("race", "--formula", "x^2+y^2", "--steps", "5", "--gif", str(webp))
    with Image.open(png) as figure:
        assert figure.width == round(240 / 25.4 * 150)
    with Image.open(webp) as animation:
        assert animation.format == "WEBP"
    mp4 = tmp_path / "race.mp4"
    run("race", "--surface", "saddle", "--steps", "4", "--animate", str(mp4))
    assert mp4.read_bytes()[4:8] == b"ftyp"
    with Image.open(gif) as animation:
        assert (animation.format, animation.n_frames) == ("GIF", 13)
        first = np.asarray(animation.convert("RGB")).astype(int)
        animation.seek(12)
        assert np.abs(np.asarray(animation.convert("RGB")).astype(int) - first).max() > 100


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_the_ending_of_the_figure_chooses_its_format(run, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"race.{suffix}"
    run("race", "--surface", "saddle", "--steps", "5", "--png", str(path))
    assert path.read_bytes()[:5] in (b"<?xml", b"%PDF-")


def test_outputs_are_replaced_and_leave_nothing_beside(run, tmp_path: Path) -> None:
    path = tmp_path / "race.csv"
    path.write_text("old")
    run("race", "--surface", "beale", "--steps", "1", "--csv", str(path))
    assert path.read_text().startswith("optimizer,step")
    assert [each.name for each in tmp_path.iterdir()] == ["race.csv"]


def test_noise_and_seed(run) -> None:
    def race(*more: str) -> str:
        return run("race", "--surface", "beale", "--steps", "5", "--noise", "0.5", *more)[1]

    assert race("--seed", "1") == race("--seed", "1") != race("--seed", "2")
    assert race() == race("--seed", "0")


def test_parameters_and_domain(run) -> None:
    code, out, _ = run(
        "race", "--surface", "quadratic", "--parameter", "condition=8", "--domain", "-9,9,-9,9",
        "--start", "0,1", "--steps", "0",
    )  # fmt: skip
    assert code == 0 and rows_of(out)[0]["loss"] == "4.0"


def test_json_says_what_became_of_each(run) -> None:
    code, out, _ = run(
        "race", "--surface", "himmelblau", "--optimizer", "sgd:lr=5", "--optimizer", "nesterov",
        "--json",
    )  # fmt: skip
    result = json.loads(out)
    assert code == 0 and result["surface"] == "himmelblau"
    first, second = result["optimizers"]
    assert (first["name"], first["state"], first["loss"]) == ("sgd", "diverged", None)
    assert second["state"] == "converged" and second["settings"]["momentum"] == 0.9


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--surface", "foo"], "'foo'"),
        (["--surface", "beale", "--optimizer", "foo"], "'foo'"),
        (["--surface", "beale", "--optimizer", "sgd:lr=abc"], "'abc'"),
        (["--surface", "beale", "--optimizer", "sgd:lr=nan"], "'nan'"),
        (["--surface", "beale", "--optimizer", "sgd:lr=-1"], "sgd:lr"),
        (["--surface", "beale", "--optimizer", "sgd:lr"], "'lr'"),
        (["--surface", "beale", "--optimizer", "sgd:"], "'sgd:'"),
        (["--surface", "beale", "--optimizer", "sgd:foo=1"], "'foo'"),
        (["--surface", "beale", "--optimizer", "adam:betas=.9"], "'.9'"),
        (["--surface", "beale", "--optimizer", "adam:betas=.9,2"], "beta2"),
        (["--surface", "beale", "--start", "abc"], "'abc'"),
        (["--surface", "beale", "--start", "1,abc"], "'abc'"),
        (["--surface", "beale", "--start", "1,2,3"], "'1,2,3'"),
        (["--surface", "beale", "--start", "inf,0"], "start"),
        (["--surface", "beale", "--steps", "many"], "many"),
        (["--surface", "beale", "--steps", "-1"], "-1"),
        (["--surface", "beale", "--noise", "loud"], "'loud'"),
        (["--surface", "beale", "--noise", "-1"], "-1"),
        (["--surface", "beale", "--domain", "1,0,0,1"], "'1,0,0,1'"),
        (["--surface", "beale", "--seed", "x"], "x"),
        (["--surface", "beale", "--device", "abacus"], "'abacus'"),
        (["--surface", "beale", "--parameter", "a"], "'a'"),
        (["--surface", "quadratic", "--parameter", "condition=0"], "condition"),
        (["--surface", "beale", "--csv", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
        (["--surface", "beale", "--png", "/"], "/"),
        (["--surface", "beale", "--png", "a.jpg"], ".png, .svg, .pdf"),
        (["--surface", "beale", "--animate", "a.avi"], ".mp4, .gif, .webp"),
        (["--surface", "beale", "--formula", "x"], "--formula"),
        ([], "--surface"),
        (["--formula", "x + foo"], "'foo'"),
        (["--formula", "__import__('os')"], "Formula"),
        (["--formula", "-" * 5000 + "x"], "5001"),
        (["--foo"], "--foo"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run, arguments: list[str], word: str) -> None:
    code, out, err = run("race", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and word in err and "Traceback" not in err


def test_surfaces_lists_all(run) -> None:
    code, out, _ = run("surfaces", "--json")
    listed = json.loads(out)
    assert code == 0 and [entry["name"] for entry in listed] == list(SURFACES)
    assert listed[0]["minima"] == [[1, 1]]
    plain = run("surfaces")[1]
    assert all(name in plain for name in SURFACES)


def test_optimizers_lists_all_with_defaults(run) -> None:
    code, out, _ = run("optimizers", "--json")
    listed = {entry["name"]: entry["defaults"] for entry in json.loads(out)}
    assert code == 0 and list(listed) == list(OPTIMIZERS)
    assert listed["momentum"]["momentum"] == listed["nesterov"]["momentum"] == 0.9
    assert listed["sgd"]["momentum"] == 0
    assert listed["adam"]["betas"] == [0.9, 0.999] and listed["adamw"]["weight_decay"] == 0.01
    assert listed["rprop"]["etas"] == [0.5, 1.2]
    assert "momentum" in run("optimizers")[1]


@pytest.mark.parametrize("command", ["race", "surfaces", "optimizers"])
def test_help_names_the_shared_options(run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0 and all(option in out for option in ("--seed", "--device", "--json"))


def remarks(err: str) -> list[str]:
    """What was said beside the closing line."""
    head = "thalweg-engine: "
    return [line.removeprefix(head) for line in err.splitlines() if line.startswith(head)]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("2x² + y²", []),
        ("X^2+Y^2", ["X read as x", "Y read as y"]),
        ("х² + y", ["Cyrillic х read as x"]),
        ("0,5x + xy", ["0,5 read as 0.5", "xy read as x*y"]),
        ("x^2", ["y does not occur: the surface is flat along y"]),
        ("7", ["neither x nor y occurs: the surface is flat"]),
    ],
)
def test_how_a_formula_was_understood_is_said_beside_the_table(
    run, formula: str, said: list[str]
) -> None:
    code, out, err = run(
        "race", "--formula", formula, "--optimizer", "sgd:lr=.1", "--steps", "1", "--start", "1,1"
    )
    assert code == 0 and len(rows_of(out)) == 2
    assert remarks(err) == said


def test_greek_letters_and_words_of_python_take_values(run) -> None:
    code, out, err = run(
        "race", "--formula", "λ(x²+y²) + is*θ", "--parameter", "λ=2", "--parameter", "is=3",
        "--parameter", "theta=5", "--optimizer", "sgd:lr=.1", "--start", "1,1", "--steps", "0",
    )  # fmt: skip
    assert code == 0 and rows_of(out)[0]["loss"] == "19.0"
    assert remarks(err) == ["λ read as lambda", "θ read as theta"]


@pytest.mark.parametrize(
    ("formula", "start", "line"),
    [
        ("sqrt(x^2+y^2)", "1,0", "sgd: the gradient is not defined at (0, 0), step 1"),
        ("(x-3)^(2/3) + y^2", "3,1", "sgd: the gradient is not defined at (3, 1), step 0"),
        ("sqrt(x) + y", "0.25,0", "sgd: the loss is not defined at (-0.75, -1), step 1"),
    ],
)
def test_a_race_says_where_the_derivative_is_not_defined(
    run, formula: str, start: str, line: str
) -> None:
    code, _, err = run(
        "race", "--formula", formula, "--optimizer", "sgd:lr=1", "--start", start, "--steps", "3"
    )
    assert code == 0 and line in remarks(err)
