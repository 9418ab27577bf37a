"""What the window says of numbers that it cannot show."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from engine import specs
from engine.descent.race.spec import RaceSpec
from gui.descent.workspace import DescentWorkspace


def test_what_the_window_cannot_show_is_clamped_and_said(reused: DescentWorkspace) -> None:
    said: list[str] = []
    reused.status.connect(said.append)
    spec = RaceSpec(surface="quadratic", steps=400_000, seed=2**60)
    QApplication.clipboard().setText(specs.to_json(spec))
    reused.files.paste_race()
    assert (reused.setup.race.steps, reused.setup.race.seed) == (100_000, 2**53)
    assert "steps: 400000" in said[-1] and "100000 is set" in said[-1]
    assert "seed: 1152921504606846976" in said[-1]
    reused.editor.set_race_value("steps", 50)
    reused.activate()
    assert "400000" not in said[-1]
