"""`detect` and `models`, as scripts rely on them."""

from __future__ import annotations

import csv
import json
import pickle
import resource
import signal
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as rle
from pycocotools.coco import COCO

from tests.deadlines import scaled
from tests.hands import pictures
from tests.hands.console import Command, installed
from tests.hands.program import SCRIPTS, private_environment

TRACE = {
    *("anchors", "anchor_level", "objectness", "deltas", "decoded", "fate", "fate_names"),
    *("proposal_anchor", "proposals", "class_logits", "roi_level", "detection_proposal"),
    *("boxes", "labels", "scores", "mask_probs", "input_size", "picture_size"),
}


def annotations(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "annotations.json").read_text())


def test_the_installed_detect_finds_the_person(tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path)
    installed(tmp_path, "detect astronaut.jpg --out found").done()
    found = tmp_path / "found"
    assert sorted(path.name for path in found.iterdir()) == ["annotations.json", "astronaut.png"]
    with Image.open(found / "astronaut.png") as drawn, Image.open(picture) as given:
        assert drawn.size == given.size
        changed = np.asarray(drawn.convert("RGB")).astype(int) - np.asarray(given).astype(int)
    assert (np.abs(changed).max(axis=2) > 40).mean() > 0.02
    told = annotations(found)
    assert [image["file_name"] for image in told["images"]] == ["astronaut.jpg"]
    assert told["annotations"], "no person found"
    best = max(told["annotations"], key=lambda one: one["score"])
    names = {one["id"]: one["name"] for one in told["categories"]}
    assert names[best["category_id"]] == "person" and best["score"] >= 0.5
    x, y, width, height = best["bbox"]
    assert x < 224 < x + width and y < 110 < y + height  # her face
    assert isinstance(best["segmentation"]["counts"], str)
    assert best["segmentation"]["size"] == [512, 512]
    assert best["area"] == rle.area({**best["segmentation"]})


def test_coco_tools_read_the_annotations(command: Command, tmp_path: Path) -> None:
    person, nobody = pictures.astronaut(tmp_path), pictures.street(tmp_path)
    command("detect", person, nobody, "--score", 0.3, "--out", tmp_path / "out").done()
    read = COCO(str(tmp_path / "out" / "annotations.json"))
    names = [image["file_name"] for image in read.loadImgs(read.getImgIds())]
    assert sorted(names) == ["astronaut.jpg", "coffee.png"]
    for one in read.loadAnns(read.getAnnIds()):
        image = read.loadImgs(one["image_id"])[0]
        mask = read.annToMask(one)
        assert mask.shape == (image["height"], image["width"])
        assert mask.sum() == one["area"]


def test_every_format_is_written(command: Command, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path, "A b.png")
    formats = "png,jpg,svg,coco,labelme,yolo,voc,csv,npz"
    layers = "anchors,objectness,proposals,boxes,masks,keypoints"
    out = tmp_path / "out"
    command("detect", picture, "--format", formats, "--layers", layers, "--out", out).done()
    wanted = ["A b.jpg", "A b.json", "A b.npz", "A b.png", "A b.svg", "A b.txt", "A b.xml"]
    wanted += ["annotations.json", "classes.txt", "data.yaml", "detections.csv"]
    assert sorted(path.name for path in out.iterdir()) == wanted
    labelme = json.loads((out / "A b.json").read_text())
    assert (labelme["imageWidth"], labelme["imagePath"]) == (512, "../A b.png")
    outlined = [each for each in labelme["shapes"] if each["shape_type"] != "point"]
    assert {shape["label"] for shape in outlined} == {"person"}
    for line in (out / "A b.txt").read_text().splitlines():
        assert all(0 <= float(word) <= 1 for word in line.split()[1:5])
    assert ElementTree.parse(out / "A b.xml").find("object/name").text == "person"  # type: ignore[union-attr]
    assert ElementTree.parse(out / "A b.svg").getroot().tag.endswith("svg")
    with (out / "detections.csv").open() as table:
        assert len(list(csv.DictReader(table))) == len(annotations(out)["annotations"])
    with np.load(out / "A b.npz") as trace:
        assert set(trace.files) >= TRACE
        assert trace["anchors"].shape == (len(trace["anchor_level"]), 4)
        assert len(trace["objectness"]) == len(trace["fate"]) == len(trace["anchors"])
        assert trace["boxes"].dtype == np.float32
        assert len(trace["detection_proposal"]) == len(trace["boxes"]) == len(trace["scores"])
        assert trace["mask_probs"].shape[1:] == (28, 28)
        assert trace["proposal_anchor"].max() < len(trace["anchors"])
        assert list(trace["picture_size"]) == [512, 512]


def test_thresholds_choose_what_is_written(command: Command, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path)
    counts = []
    for number, options in enumerate(
        ("--score 0.05 --nms 0.9", "--score 0.05", "--score 0.5", "--score 0.05 --max-detections 1")
    ):
        out = tmp_path / str(number)
        command(f"detect {options}", picture, "--format", "coco", "--out", out).done()
        scores = [one["score"] for one in annotations(out)["annotations"]]
        assert all(score >= float(options.split()[1]) for score in scores)
        counts.append(len(scores))
    assert counts[0] >= counts[1] >= counts[2] >= 1
    assert counts[3] == 1


def test_json_is_all_there_is_on_stdout(command: Command, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path)
    json.loads(command("detect --json", picture, "--out", tmp_path / "out").done().out)


def test_names_never_meet(command: Command, tmp_path: Path) -> None:
    """One stem keeps its extension; one base name is counted."""
    a = pictures.astronaut(tmp_path / "one", "a.jpg", (128, 128))
    b = pictures.astronaut(tmp_path / "one", "a.png", (128, 128))
    c = pictures.astronaut(tmp_path / "two", "a.jpg", (128, 128))
    d = pictures.astronaut(tmp_path / "two", "d.jpg", (128, 128))
    out = tmp_path / "out"
    command("detect", a, b, c, d, "--format", "png", "--out", out).done()
    names = sorted(path.name for path in out.iterdir())
    assert len(names) == 4 and "d.png" in names
    assert {"a.jpg.png", "a.png.png"} <= set(names)
    assert sum("-2" in name for name in names) == 1


def test_an_input_is_never_replaced(command: Command, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path, "me.png", (128, 128))
    before = picture.read_bytes()
    command("detect me.png --out .")
    assert picture.read_bytes() == before


def test_outputs_are_replaced(command: Command, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path, "me.jpg", (128, 128))
    for _ in range(2):
        command("detect", picture, "--out", tmp_path / "out").done()
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_odd_pictures_are_read(command: Command, tmp_path: Path) -> None:
    given = pictures.odd(tmp_path)
    out = tmp_path / "out"
    command("detect", *given, "--out", out).done()
    told = annotations(out)
    sizes = {one["file_name"]: (one["width"], one["height"]) for one in told["images"]}
    assert sizes["one.png"] == (1, 1) and sizes["long.png"] == (20_000, 100)
    assert sizes["turned.jpg"] == (256, 192), "the EXIF orientation was not applied"
    assert "снимок с пробелами.jpg" in sizes
    with Image.open(out / "turned.png") as drawn:
        assert drawn.size == (256, 192)


def test_a_turned_picture_has_its_boxes_in_the_right_place(
    command: Command, tmp_path: Path
) -> None:
    straight = pictures.astronaut(tmp_path, "straight.png")
    with Image.open(straight) as picture:
        exif = Image.Exif()
        exif[0x0112] = 6
        picture.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.png", exif=exif)
    command("detect straight.png turned.png --format coco --out out").done()
    told = annotations(tmp_path / "out")
    boxes: dict[int, list[list[float]]] = {one["id"]: [] for one in told["images"]}
    for one in told["annotations"]:
        boxes[one["image_id"]].append(one["bbox"])
    first, second = boxes.values()
    assert first and np.allclose(first, second, atol=1)


def test_bad_pictures_are_named_and_the_others_written(command: Command, tmp_path: Path) -> None:
    good = pictures.astronaut(tmp_path, size=(128, 128))
    bad = [*pictures.unreadable(tmp_path), tmp_path / "missing.jpg"]
    out = tmp_path / "out"
    answer = command("detect", *bad[:2], good, *bad[2:], "--out", out)
    assert answer.code == 2 and "Traceback" not in answer.err
    lines = answer.err.strip().splitlines()
    assert len(lines) == len(bad)
    for path, line in zip(bad, lines, strict=True):
        assert path.name in line
    assert [one["file_name"] for one in annotations(out)["images"]] == ["astronaut.jpg"]
    assert (out / "astronaut.png").exists()


def test_a_folder_is_read_and_an_empty_one_is_named(command: Command, tmp_path: Path) -> None:
    pictures.astronaut(tmp_path / "album", "2.jpg", (96, 96))
    pictures.astronaut(tmp_path / "album", "10.jpg", (96, 96))
    (tmp_path / "album" / "notes.txt").write_text("not a picture")
    command("detect album --format coco --out out").done()
    names = [one["file_name"] for one in annotations(tmp_path / "out")["images"]]
    assert names == ["2.jpg", "10.jpg"]
    (tmp_path / "bare").mkdir()
    command("detect bare --out out2").refused("bare")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("--score 7", "7"),
        ("--score abc", "abc"),
        ("--score nan", "nan"),
        ("--nms -0.5", "-0.5"),
        ("--max-detections 0", "0"),
        ("--max-detections some", "some"),
        ("--layers boxes,hats", "hats"),
        ("--format png,bmpp", "bmpp"),
        ("--model nobody", "nobody"),
        ("--weights nowhere.safetensors", "nowhere.safetensors"),
        ("--device warp", "warp"),
        ("--hat red", "--hat"),
    ],
)
def test_a_bad_value_is_named_in_one_line(
    command: Command, tmp_path: Path, options: str, named: str
) -> None:
    pictures.astronaut(tmp_path, size=(64, 64))
    command(f"detect astronaut.jpg {options} --out out").refused(named)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_no_folder_for_the_results_is_bad_usage(command: Command, tmp_path: Path) -> None:
    pictures.astronaut(tmp_path, size=(64, 64))
    command("detect astronaut.jpg").refused("--out")
    command("detect --out out").refused()


class Hostile:
    """What a checkpoint can do when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return (Path.touch, (self.path,))


def test_a_hostile_checkpoint_is_never_unpickled(command: Command, tmp_path: Path) -> None:
    pictures.astronaut(tmp_path, size=(64, 64))
    for name in ("evil.pt", "evil.safetensors", "evil.pth"):
        (tmp_path / name).write_bytes(pickle.dumps(Hostile(tmp_path / "owned")))
        command(f"detect astronaut.jpg --weights {name} --out out").refused(name)
    assert not (tmp_path / "owned").exists()


def test_broken_weights_are_named(command: Command, tmp_path: Path) -> None:
    pictures.astronaut(tmp_path, size=(64, 64))
    shipped = resources.files("resources") / "weights" / "people.safetensors"
    (tmp_path / "cut.safetensors").write_bytes(shipped.read_bytes()[:100_000])
    (tmp_path / "empty.safetensors").touch()
    for name in ("cut.safetensors", "empty.safetensors"):
        command(f"detect astronaut.jpg --weights {name} --out out").refused(name)


def test_weights_of_another_model_are_named(command: Command, tmp_path: Path) -> None:
    pictures.astronaut(tmp_path, size=(64, 64))
    shapes = Path(str(resources.files("resources") / "weights" / "shapes.safetensors"))
    answer = command("detect astronaut.jpg --model people --out out --weights", shapes)
    answer.refused("shapes")
    command("detect astronaut.jpg --out out --weights", shapes).done()


def test_a_place_that_cannot_be_written_is_named(command: Command, tmp_path: Path) -> None:
    pictures.astronaut(tmp_path, size=(64, 64))
    (tmp_path / "taken").write_text("a file where the folder should be")
    command("detect astronaut.jpg --out taken").refused("taken")
    assert (tmp_path / "taken").read_text() == "a file where the folder should be"


def _small_files() -> None:
    """No file of this process may pass 2,000 bytes, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def test_a_full_disk_is_named_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    pictures.astronaut(tmp_path)
    done = subprocess.run(
        [SCRIPTS / "thalweg-engine", "detect", "astronaut.jpg", "--out", "out"],
        cwd=tmp_path,
        env=private_environment(tmp_path, PYTHONDONTWRITEBYTECODE="1"),
        preexec_fn=_small_files,
        capture_output=True,
        text=True,
        timeout=scaled(120),
    )
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr and "astronaut.png" in done.stderr
    left = [path.name for path in (tmp_path / "out").iterdir()]
    assert "astronaut.png" not in left and len(left) <= 1


def test_models_are_listed_with_their_metrics(command: Command) -> None:
    models = {one["name"]: one for one in json.loads(command("models --json").done().out)}
    assert {"people", "nuclei", "shapes", "maskrcnn_resnet50_fpn"} <= set(models)
    for name, kinds in (
        ("people", ("bbox", "segm", "keypoints")),
        ("nuclei", ("bbox", "segm")),
        ("shapes", ("bbox", "segm", "keypoints")),
    ):
        file = resources.files("resources") / "weights" / f"{name}.metrics.json"
        measured = json.loads(file.read_text())
        for kind in kinds:
            assert models[name]["metrics"][kind] == measured[kind]
    text = command("models").done().out
    assert "people" in text and "shapes" in text


def test_the_bundled_weights_are_small() -> None:
    for name in ("people", "nuclei", "shapes"):
        file = Path(str(resources.files("resources") / "weights" / f"{name}.safetensors"))
        assert file.stat().st_size <= 16e6
