"""The curves of trainings as table, figure and log: what is written is what was measured."""

from __future__ import annotations

import csv
import json
import math
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError
from engine.export.curves import figure
from engine.export.curves.job import CurvesProgress, CurvesSpec, export_curves
from engine.export.curves.recorded import RecordedNumbers, names_of, read_steps
from engine.specs import to_json
from engine.training.spec import TrainSpec

STEPS = 40


def make(folder: Path, *, phases: tuple[str, ...] = ("joint",), scale: float = 1.0) -> Path:
    folder.mkdir(parents=True)
    (folder / "spec.json").write_text(to_json(TrainSpec(data="shapes", steps=STEPS)))
    lines = []
    for step in range(1, STEPS + 1):
        phase = phases[(step - 1) * len(phases) // STEPS]
        losses = {"loss": scale * (1 / 3 + 1 / step), "loss_mask": scale / (7 * step)}
        if phase.endswith("rpn"):
            del losses["loss_mask"]
        lines.append({"step": step, "phase": phase, **losses, "lr": 0.1 / step, "seconds": 0.25})
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "metrics.jsonl").write_text(text + '{"step": 41, "lo')
    evaluation = {"step": 20, "phase": phases[0], "bbox": {"AP": 0.1 + 0.2, "AP50": 2 / 3}}
    (folder / "evaluations.jsonl").write_text(json.dumps(evaluation) + "\n")
    return folder


def read(folder: Path, name: str = "run") -> RecordedNumbers:
    (found,) = [each for each in read_steps(folder, name) if each is not None]
    return found


def export(spec: CurvesSpec) -> CurvesProgress:
    return list(export_curves(spec))[-1]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_every_number_as_it_was_measured(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a" / "run"), make(tmp_path / "b" / "run", scale=2.0)
    out = tmp_path / "curves.csv"
    end = export(CurvesSpec((first, second), out))
    assert (end.written, end.unreadable) == ((out,), ())
    table = rows(out)
    assert len(table) == 2 * STEPS
    assert list(table[0])[:6] == ["run", "step", "phase", "loss", "loss_mask", "lr"]
    assert [row["run"] for row in table] == ["run"] * STEPS + ["run-2"] * STEPS
    for name, scale, part in (("run", 1.0, table[:STEPS]), ("run-2", 2.0, table[STEPS:])):
        for step, row in enumerate(part, start=1):
            assert (row["run"], int(row["step"]), row["phase"]) == (name, step, "joint")
            assert float(row["loss"]) == scale * (1 / 3 + 1 / step)  # to the last bit
            assert float(row["seconds"]) == 0.25
            assert row["bbox.AP"] == (repr(0.1 + 0.2) if step == 20 else "")


def test_what_was_written_before_a_crash_and_taken_again_counts_once(tmp_path: Path) -> None:
    run = make(tmp_path / "run")
    with (run / "metrics.jsonl").open("a") as file:
        file.write('\n{"step": 39, "loss": 5.0}\n{"step": 40, "loss": NaN}\n')
    found = read(run)
    assert list(found.rows) == list(range(1, STEPS + 1))
    assert found.rows[39] == {"loss": 5.0} and math.isnan(found.rows[40]["loss"])


def test_a_figure_draws_the_losses_that_a_person_is_told(tmp_path: Path) -> None:
    run = read(make(tmp_path / "run"))
    panels = figure.panels_of([run], (), 0.9)
    assert [panel.title for panel in panels] == ["loss", "average precision", "learning rate"]
    total, masks = panels[0].lines
    assert (total.title, masks.title) == ("loss", "loss_mask")
    np.testing.assert_array_equal(total.y, [1 / 3 + 1 / step for step in range(1, STEPS + 1)])
    # The debiased average by its own formula: weights .9 ** age over their sum.
    weights = 0.9 ** np.arange(STEPS)[::-1]
    assert total.last == pytest.approx((weights * total.y).sum() / weights.sum(), rel=1e-12)
    precision, rate = panels[1].lines[0], panels[2].lines[0]
    assert (precision.x.tolist(), precision.y.tolist()) == ([20.0], [0.1 + 0.2])
    np.testing.assert_array_equal(rate.mean, rate.y)  # not a noisy one: as it was


def test_a_loss_that_does_not_learn_in_a_phase_is_no_line_through_it(tmp_path: Path) -> None:
    phases = ("1-rpn", "2-detector", "3-rpn", "4-detector")
    run = read(make(tmp_path / "run", phases=phases))
    losses, _, rate = figure.panels_of([run], (), 0.9)
    masks = losses.lines[1]
    assert np.isnan(masks.y).sum() == 1
    gap = int(np.flatnonzero(np.isnan(masks.y))[0])
    assert (masks.x[gap - 1], masks.x[gap + 1]) == (20, 31)
    assert masks.mean[gap + 1] == masks.y[gap + 1]  # its average begins anew
    assert losses.phases == rate.phases == tuple(zip(phases, (1, 11, 21, 31), strict=True))


def test_several_runs_share_a_panel_a_metric(tmp_path: Path) -> None:
    runs = [read(make(tmp_path / name, scale=n), name) for n, name in enumerate("ab", start=1)]
    panels = figure.panels_of(runs, (), 0.0)
    assert [panel.title for panel in panels] == ["loss", "bbox.AP"]
    assert [line.title for line in panels[0].lines] == ["a", "b"]
    assert panels[0].lines[1].last == pytest.approx(2 * panels[0].lines[0].last)
    (only,) = figure.panels_of(runs, ("loss_mask",), 0.9)
    assert only.title == "loss_mask" and only.smoothed


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_figures_are_written_as_their_ending_says(tmp_path: Path, kind: str) -> None:
    run = make(tmp_path / "run $x^2$", phases=("1-rpn", "2-detector"))
    out = tmp_path / f"curves.{kind}"
    assert export(CurvesSpec((run,), out, log=True)).written == (out,)
    if kind == "png":
        with Image.open(out) as image:
            assert image.size[0] > 1000 and len(image.convert("L").getcolors(256) or ()) > 20
    elif kind == "svg":
        assert ElementTree.parse(out).getroot().tag.endswith("svg")
    else:
        assert out.read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, run.name])


def test_an_export_that_is_given_up_leaves_the_old_file(tmp_path: Path) -> None:
    run, out = make(tmp_path / "run"), tmp_path / "curves.png"
    out.write_bytes(b"old")
    job = export_curves(CurvesSpec((run,), out))
    for progress in job:
        if progress.done == 1:  # it is drawing
            job.close()
    assert out.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["curves.png", "run"]


def test_what_cannot_be_exported_is_said(tmp_path: Path) -> None:
    run = make(tmp_path / "run")
    with pytest.raises(InputError, match=r"\.jpg.*\.csv, \.png, \.svg, \.pdf"):
        export(CurvesSpec((run,), tmp_path / "curves.jpg"))
    with pytest.raises(InputError, match="'accuracy' is unknown; there are: loss, loss_mask"):
        export(CurvesSpec((run,), tmp_path / "curves.csv", names=("accuracy",)))
    with pytest.raises(InputError, match="no training run"):
        export(CurvesSpec((tmp_path,), tmp_path / "curves.csv"))
    end = export(CurvesSpec((run, tmp_path / "none"), tmp_path / "curves.csv"))
    assert [folder.name for folder, _ in end.unreadable] == ["none"]
    assert len(rows(tmp_path / "curves.csv")) == STEPS


def test_a_log_needs_its_package_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(InputError, match=r"pip install 'thalweg\[tensorboard\]'"):
        export(CurvesSpec((make(tmp_path / "run"),), tensorboard=tmp_path / "log"))
    assert not (tmp_path / "log").exists()


def test_tensorboard_reads_what_was_measured(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    run, log = make(tmp_path / "run"), tmp_path / "log"
    for _ in range(2):  # the second replaces the first
        assert export(CurvesSpec((run,), tensorboard=log)).written == (log,)
    (file,) = (log / "run").iterdir()
    events = [event for event in EventFileLoader(str(file)).Load() if event.summary.value]
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for event in events:
        (value,) = event.summary.value
        number = float(value.tensor.double_val[0] if value.tensor.double_val else
                       value.tensor.float_val[0])  # fmt: skip
        found.setdefault(value.tag, {})[event.step] = (number, event.wall_time)
    assert set(found) == {"loss", "loss_mask", "lr", "seconds", "bbox/AP", "bbox/AP50"}
    assert {step: value for step, (value, _) in found["loss"].items()} == pytest.approx(
        {step: 1 / 3 + 1 / step for step in range(1, STEPS + 1)}, rel=1e-6
    )
    times = [time for _, time in found["loss"].values()]
    np.testing.assert_allclose(np.diff(times), 0.25, atol=1e-3)


def test_runs_of_one_name_are_told_apart() -> None:
    folders = [Path("a/run"), Path("b/run"), Path("c/other")]
    assert names_of(folders) == ["run", "run-2", "other"]
