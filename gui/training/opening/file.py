"""A file that was dropped or opened: a training's spec, or the data to train on."""

from __future__ import annotations

from pathlib import Path

from engine import specs
from engine.errors import SpecError
from engine.training.spec import TrainSpec
from gui.training.spec_form import Form

HEAD = 1 << 20  # letters of a file that are read to see what it is; a spec is far shorter


def open_file(path: Path, form: Form) -> bool:
    """Fill the form with a training's spec file, or make a COCO JSON its data.

    Returns:
        False when it is nothing for a training.

    Raises:
        SpecError: it is a training's spec with a field that cannot be used.
    """
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8") as file:
            head = file.read(HEAD)
    except (OSError, UnicodeDecodeError):
        return False
    if looks_like_coco(head):
        form.choose_file(str(path))
        return True
    try:
        if specs.kind_in(head) != specs.kind_of(TrainSpec):
            return False
        form.set_spec(specs.from_json(head, TrainSpec).validated())
    except SpecError as error:
        if error.code in specs.NO_SPEC:
            return False
        raise
    return True


def looks_like_coco(head: str) -> bool:
    """Whether a JSON text begins like annotations in COCO's format."""
    return '"thalweg"' not in head and '"images"' in head and '"file_name"' in head
