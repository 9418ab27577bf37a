"""A file or folder that was dropped or opened: a run, a training's spec, or data to train on."""

from __future__ import annotations

from pathlib import Path

from engine import specs
from engine.errors import SpecError
from engine.training.spec import TrainSpec
from gui.training.run_folder import is_run
from gui.training.spec_form import Form

HEAD = 1 << 20  # letters of a file that are read to see what it is; a spec is far shorter


def run_of(path: Path) -> Path | None:
    """The run folder that is meant: the folder itself, or that of a metrics.jsonl."""
    if path.is_dir():
        return path if is_run(path) else None
    return path.parent if path.name == "metrics.jsonl" and path.is_file() else None


def open_file(path: Path, form: Form) -> bool:
    """Fill the form with a training's spec file, or make annotations of any format its data.

    Returns:
        False when it is nothing for a training.

    Raises:
        SpecError: it is a training's spec with a field that cannot be used.
    """
    if path.suffix.lower() == ".json" and path.is_file() and _open_spec(path, form):
        return True
    from engine.annotations.recognition import holds_annotations  # every format, and Pillow

    if not holds_annotations(path):
        return False
    form.choose_file(str(path))
    return True


def _open_spec(path: Path, form: Form) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            head = file.read(HEAD)
        if '"thalweg"' not in head or specs.kind_in(head) != specs.kind_of(TrainSpec):
            return False
        form.set_spec(specs.from_json(head, TrainSpec).validated())
    except (OSError, UnicodeDecodeError):
        return False
    except SpecError as error:
        if error.code in specs.NO_SPEC:
            return False
        raise
    return True
