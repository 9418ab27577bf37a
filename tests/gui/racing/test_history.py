"""Arrays made of frames: any step at once, and who stands where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QApplication

from engine.descent.race.spec import RaceFrame
from engine.descent.race.undefined import NO_GRADIENT
from engine.optimizers.racer import Racer
from engine.optimizers.registry import racer_style
from gui.descent.race.history import RaceHistory
from gui.descent.race.measures import MEASURES
from gui.descent.race.standings import RaceStandings
from gui.racing.entries import Entry, racer_title
from gui.racing.history import CONVERGED, DIVERGED, NEVER, RUNNING


def frame(step: int, losses: list[float], states: list[str]) -> RaceFrame:
    count = len(losses)
    return RaceFrame(
        step=step,
        position=np.full((count, 2), float(step)),
        loss=np.array(losses),
        gradient=np.tile([3.0, 4.0], (count, 1)),
        velocity=np.zeros((count, 2)),
        state=tuple(states),
    )


def test_frames_come_back_by_racer_and_step() -> None:
    history = RaceHistory(2, capacity=2)
    history.extend([frame(0, [5.0, 6.0], ["running"] * 2)])
    history.extend([frame(step, [5.0 - step, 6.0], ["running"] * 2) for step in range(1, 8)])
    assert history.count == 8
    assert history.path(1).tolist() == [[step, step] for step in range(8)]
    assert history.loss(0).tolist() == [5.0 - step for step in range(8)]
    assert history.slope(0).tolist() == [5.0] * 8
    assert history.frames[3].step == 3


def test_first_step_of_a_state_is_remembered() -> None:
    history = RaceHistory(3)
    history.extend([frame(0, [1, 1, 1], ["running", "running", "running"])])
    history.extend([frame(1, [1, 0, np.inf], ["running", "converged", "diverged"])])
    history.extend([frame(2, [1, 0, np.nan], ["running", "converged", "diverged"])])
    assert history.converged_at.tolist() == [NEVER, 1, NEVER]
    assert history.diverged_at.tolist() == [NEVER, NEVER, 1]
    assert history.state(2).tolist() == [RUNNING, CONVERGED, DIVERGED]


def test_standing_puts_the_lowest_loss_first_and_the_diverged_last() -> None:
    history = RaceHistory(4)
    states = ["diverged", "running", "converged", "running"]
    history.extend([frame(0, [-1e9, 3.0, 1.0, np.nan], states)])
    assert history.standing(0) == [2, 1, 0, 3]


def test_extending_by_nothing_changes_nothing() -> None:
    history = RaceHistory(0)
    history.extend([])
    assert history.count == 0


def test_the_whole_gradient_and_the_one_that_was_used_are_two_curves() -> None:
    history = RaceHistory(1)
    told = replace(frame(0, [1.0], ["running"]), exact=np.array([[6.0, 8.0]]))
    history.extend([told])
    assert history.slope(0).tolist() == [10.0] and history.used(0).tolist() == [5.0]
    part = slice(0, 1)
    measures = {measure.name: measure.compute for measure in MEASURES}
    assert measures["slope"](history, 0, part).tolist() == [10.0]
    assert measures["used"](history, 0, part).tolist() == [5.0]


def test_where_a_racer_has_no_gradient_is_told_in_its_row(qapp: QApplication) -> None:
    history = RaceHistory(2)
    history.extend([frame(0, [1.0, 2.0], ["running"] * 2)])
    undefined = np.array([0, NO_GRADIENT], dtype=np.int8)
    history.extend([replace(frame(1, [1.0, 0.5], ["running"] * 2), undefined=undefined)])
    history.extend([frame(2, [1.0, np.nan], ["running", "diverged"])])
    standings = RaceStandings("descent")
    standings.set_racers([("SGD", racer_style("sgd")), ("Adam", racer_style("adam"))])
    standings.show_step(history, 0)
    assert standings.table.item(1, 2).text() == "runs"
    standings.show_step(history, 2)
    row = standings.table.item(1, 2)
    assert row.text() == "no gradient at 1"
    assert row.toolTip() == "Adam: the gradient is not defined at (1, 1), step 1"
    assert standings.table.item(0, 2).toolTip() == ""


def test_a_racer_is_called_by_its_optimizer_and_what_tells_it_from_others(
    qapp: QApplication,
) -> None:
    names = ("sgd", "sgd-2", "sgd 0.1")
    titles = [racer_title(Entry(Racer("sgd", name=name))) for name in names]
    assert titles == ["SGD", "SGD 2", "SGD 0.1"]
