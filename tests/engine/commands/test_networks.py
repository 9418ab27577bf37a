"""The command backprop, as a script calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

NET: dict[str, Any] = {
    "layers": [2, 2, 2],
    "activation": "sigmoid",
    "slope": 0.5,
    "eta": 0.5,
    "weights": [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
    "biases": [[0.35, 0.35], [0.60, 0.60]],
    "input": [0.05, 0.10],
    "target": [0.01, 0.99],
}


def write(folder: Path, **changed: Any) -> Path:
    path = folder / "net.json"
    fields = {key: value for key, value in {**NET, **changed}.items() if value is not None}
    path.write_text(json.dumps(fields))
    return path


def test_the_worked_example(run, tmp_path: Path) -> None:
    code, out, err = run("backprop", "--spec", write(tmp_path))
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["E"] == pytest.approx(0.298371109, abs=5e-10)
    assert found["gradients"][1][0][0] == pytest.approx(0.082167041, abs=5e-10)
    assert found["updated"][1][0][0] == pytest.approx(0.358916480, abs=5e-10)
    nodes = {(node["layer"], node["index"]): node for node in found["nodes"]}
    assert set(nodes) == {(layer, index) for layer in range(3) for index in range(2)}
    assert nodes[0, 1] == {"layer": 0, "index": 1, "S": None, "o": 0.10, "delta": None}
    assert nodes[1, 0]["S"] == pytest.approx(0.3775)
    assert nodes[2, 0]["o"] == pytest.approx(0.751365070, abs=5e-10)
    assert nodes[2, 0]["delta"] == pytest.approx(0.138498562, abs=5e-10)
    assert found["bias_gradients"][1][0] == nodes[2, 0]["delta"]
    moved = write(tmp_path, weights=found["updated"])
    after = json.loads(run("backprop", "--spec", moved)[1])
    assert after["E"] == pytest.approx(0.291027774, abs=5e-10)


def test_biases_may_be_left_out(run, tmp_path: Path) -> None:
    code, out, _ = run("backprop", "--spec", write(tmp_path, biases=None))
    found = json.loads(out)
    assert code == 0
    assert (found["bias_gradients"], found["updated_biases"]) == (None, None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weights": [[[1, 2]]]}, "weights: 1 matrices are given; a net of 2-2-2 needs 2."),
        ({"layers": [2, 3, 2]}, "weights: matrix 1 is 2x2; a net of 2-3-2 needs 2x3."),
        ({"input": [1, 2, 3]}, "input: 3 numbers are given; the layer has 2 nodes."),
        ({"target": None}, "Spec: the field 'target' is missing."),
        ({"etha": 1}, "Spec: the field 'etha' is unknown; there are: layers, weights, input, "),
        ({"input": [1, "a"]}, "Spec: input[1]: 'a' is not a number."),
        ({"input": [float("nan"), 1]}, "NaN and Infinity are no numbers of JSON"),
        ({"activation": "softmax"}, "Activation 'softmax' is unknown"),
        ({"eta": -1}, "eta: -1.0 is outside 0 to 1000000.0."),
    ],
)
def test_bad_input_is_one_line(run, tmp_path: Path, changed: dict, sentence: str) -> None:
    code, out, err = run("backprop", "--spec", write(tmp_path, **changed))
    assert (code, out) == (2, "")
    assert err.startswith("thalweg-engine: ") and err.count("\n") == 1
    assert sentence in err


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "\xff"])
def test_a_file_that_is_no_net(run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "net.json"
    path.write_bytes(text.encode("latin-1"))
    code, out, err = run("backprop", "--spec", path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert run("backprop", "--spec", tmp_path / "none.json")[0] == 2


def test_what_is_odd_but_allowed_is_said_on_stderr(run, tmp_path: Path) -> None:
    code, out, err = run("backprop", "--spec", write(tmp_path, target=[0.01, 2], eta=1.5))
    assert code == 0 and json.loads(out)["E"] > 0
    assert "Target 2 of output 2 is outside the range of sigmoid" in err
    assert "eta 1.5 is outside 0 < eta < 1" in err


def test_a_class_set_of_exercises(run, tmp_path: Path) -> None:
    path = tmp_path / "class.md"
    code, out, err = run("exercises", "--count", "3", "--seed", "7", "--out", path)
    assert (code, out, err) == (0, f"3 exercises written to {path}\n", "")
    assert path.read_text().count("# Solution") == 3
    code, _, err = run("exercises", "--out", tmp_path / "class.txt")
    assert code == 2 and "there are: .md, .pdf" in err
