"""What a new format takes: its functions and one record, and it is everywhere."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from pytestqt.qtbot import QtBot

from engine.annotations.ground_truth import AnnotationFile, GroundTruth, TruthObject, file_of, match
from engine.annotations.reading import find_truth, read_truth
from engine.commands import detect
from engine.detection.detections import Detections, ModelFacts
from engine.errors import InputError
from engine.export.file_names import single_files
from engine.export.formats import FORMATS, Format, OneEach, Reader
from engine.export.item import ExportItem
from engine.export.single_picture import write_item
from gui.bridge import Bridge
from gui.detection.export.choices import Choices, restored
from gui.detection.export.dialog import ExportDialog
from gui.detection.ground_truth.panel import GroundTruthPanel
from gui.detection.ground_truth.store import GroundTruthStore
from gui.detection.jobs import LazyWorkbench
from gui.detection.session import Session


def write_lines(path: Path, item: ExportItem) -> None:
    """A line an object: its class and its corners."""
    found = item.detections
    pairs = zip(found.names, found.boxes.tolist(), strict=True)
    path.write_text("".join(f"{name} {' '.join(map(str, box))}\n" for name, box in pairs))


def read_lines(file: Path) -> AnnotationFile:
    words = [line.split() for line in file.read_text().splitlines()]
    objects = tuple(TruthObject(name, np.array(box, np.float32)) for name, *box in words)
    return file_of(GroundTruth(f"{file.stem}.png", None, objects, file, "lines"))


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    record = Format(
        "Lines of text", OneEach(".lines", write_lines), Reader("Lines", ".lines", read_lines)
    )
    monkeypatch.setitem(FORMATS, "lines", record)
    importlib.reload(detect)  # its help is made when the command is imported
    yield "lines"
    monkeypatch.undo()
    importlib.reload(detect)


def test_one_record_is_written_read_and_offered(
    qtbot: QtBot, bridge: Bridge, lines: str, tmp_path: Path
) -> None:
    told = CliRunner().invoke(detect.detect, ["--help"]).output
    assert lines in " ".join(told.split()).partition("Written:")[2].partition(".")[0]
    refused = CliRunner().invoke(detect.detect, ["a.png", "--format", "bogus", "--out", "b"])
    assert isinstance(refused.exception, InputError)
    assert refused.exception.fields["known"].endswith(f", {lines}")

    pixels = np.zeros((40, 60, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    found = Detections(
        ModelFacts("m", "M", ("ant", "bee")),
        (40, 60),
        boxes=np.array([[1.5, 2, 30, 20], [10, 5, 50, 39]], np.float32),
        labels=np.array([2, 1]),
        scores=np.array([0.9, 0.8], np.float32),
        pairs=((0, 2), (1, 1)),
        ready=np.ones(2, bool),
    )
    files = single_files("a.png", folder=tmp_path, formats=(lines,))
    assert list(write_item(ExportItem("a.png", pixels, found), files)) == [tmp_path / "a.lines"]
    truth = find_truth(tmp_path / "a.png")
    assert truth is not None and truth.format == lines
    assert match(found, truth).tp == (0, 1)
    for named in (tmp_path, tmp_path / "a.lines"):
        again = read_truth(named).of(tmp_path / "a.png")
        assert again is not None and again.boxes.tolist() == found.boxes.tolist()

    dialog = ExportDialog(Choices(str(tmp_path), formats=(lines,)), {"picture": 1})
    qtbot.addWidget(dialog)
    assert dialog.formats[lines].text() == "Lines of text"
    assert dialog.choices().formats == (lines,) and not dialog.look.isEnabled()
    assert restored({"formats": [lines]}, Choices("here")).formats == (lines,)

    panel = GroundTruthPanel(GroundTruthStore(bridge, Session(bridge, LazyWorkbench()), tuple))
    qtbot.addWidget(panel)
    assert panel.check.toolTip().endswith(" COCO, LabelMe, YOLO, Pascal VOC, Lines")


def test_file_of_no_known_format_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "marks.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match=r"marks\.pdf.*\.json, \.txt, \.xml"):
        read_truth(tmp_path / "marks.pdf")
