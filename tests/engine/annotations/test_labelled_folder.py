"""Folders of LabelMe, YOLO and Pascal VOC files as data to train on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.annotations.json_stream import finish
from engine.annotations.labelled_folder import open_file_steps
from engine.errors import InputError
from engine.training import initialization
from engine.training.datasets import CocoPictures
from engine.training.joined import JoinedPictures, split_files
from engine.training.sampling import mirror_names
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.engine.training.test_trainer import TINY

WIDTH, HEIGHT = 80, 60
# One box (10, 20, 50, 40) px and one triangle of it, in each format's own numbers.
VOC = """<annotation><filename>a.png</filename>
<object><name>cat</name><bndbox><xmin>11</xmin><ymin>21</ymin><xmax>50</xmax><ymax>40</ymax>
</bndbox></object><object><name>dog</name><difficult>1</difficult><bndbox><xmin>1</xmin>
<ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>"""
BOX = "1 .375 .5 .5 .333333333\n"
OUTLINE = "1 .125 .333333333 .625 .333333333 .625 .666666667\n"
POSE = BOX.strip() + " .2 .4 2 .6 .4 1 .5 .5 0\n"


def picture(path: Path, seed: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    Image.fromarray(rng.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)).save(path)


def yolo(folder: Path, line: str, about: str = "names: [dog, cat]\n") -> Path:
    picture(folder / "images" / "train" / "a.png")
    (folder / "labels" / "train").mkdir(parents=True)
    (folder / "labels" / "train" / "a.txt").write_text(line)
    (folder / "data.yaml").write_text("train: images/train\n" + about)
    return folder


def voc(folder: Path) -> Path:
    picture(folder / "JPEGImages" / "a.png")
    (folder / "Annotations").mkdir()
    (folder / "Annotations" / "a.xml").write_text(VOC)
    return folder


def labelme(folder: Path) -> Path:
    picture(folder / "a.png")
    shapes = [
        {"label": "cat", "shape_type": "polygon", "group_id": 1,
         "points": [[10, 20], [50, 20], [50, 40]]},
        {"label": "left_ear", "shape_type": "point", "group_id": 1, "points": [[16, 24]]},
        {"label": "right_ear", "shape_type": "point", "group_id": 1, "points": [[48, 24]]},
        {"label": "dog", "shape_type": "rectangle", "group_id": None, "points": [[1, 1], [9, 9]]},
    ]  # fmt: skip
    content = {"shapes": shapes, "imagePath": "a.png", "imageHeight": HEIGHT, "imageWidth": WIDTH}
    (folder / "a.json").write_text(json.dumps(content))
    return folder


def test_boxes_of_yolo(tmp_path: Path) -> None:
    pictures = CocoPictures(yolo(tmp_path, BOX))
    assert pictures.classes == ("dog", "cat")  # by number, also the one without objects
    example = pictures.load(0)
    np.testing.assert_allclose(example.boxes, [[10, 20, 50, 40]], atol=1e-4)
    assert example.labels.tolist() == [2]
    assert not example.masks.any()


def test_a_data_file_of_yolo_stands_for_its_folders(tmp_path: Path) -> None:
    assert len(CocoPictures(yolo(tmp_path, BOX) / "data.yaml")) == 1


def test_outlines_of_yolo(tmp_path: Path) -> None:
    example = CocoPictures(yolo(tmp_path, OUTLINE)).load(0)
    np.testing.assert_allclose(example.boxes, [[10, 20, 50, 40]], atol=1e-4)
    assert abs(int(example.masks.sum()) - 400) < 30  # half of 40 x 20


def test_poses_of_yolo_know_their_mirror(tmp_path: Path) -> None:
    about = "names: [dog, cat]\nkpt_shape: [3, 3]\nflip_idx: [1, 0, 2]\n"
    pictures = CocoPictures(yolo(tmp_path, POSE, about))
    assert mirror_names(pictures.keypoint_names).tolist() == [1, 0, 2]
    points = pictures.load(0).keypoints
    np.testing.assert_allclose(points[0], [[16, 24, 2], [48, 24, 1], [40, 30, 0]], atol=1e-4)
    assert pictures.keypoint_classes == ("cat",)


def test_points_of_yolo_may_have_names(tmp_path: Path) -> None:
    about = "names: [dog, cat]\nkpt_shape: [3, 3]\nkpt_names:\n  0: [nose, tail, paw]\n"
    assert CocoPictures(yolo(tmp_path, POSE, about)).keypoint_names == ("nose", "tail", "paw")


def test_a_number_that_no_class_has_is_left_out_and_said(tmp_path: Path) -> None:
    pictures = CocoPictures(yolo(tmp_path, BOX + "7 .5 .5 .2 .2\n"))
    assert len(pictures.load(0).boxes) == 1
    assert any("classes that are not listed" in note for note in pictures.notes)


def test_pascal_voc(tmp_path: Path) -> None:
    pictures = CocoPictures(voc(tmp_path))
    assert pictures.classes == ("cat", "dog")
    example = pictures.load(0)
    assert example.boxes.tolist() == [[10, 20, 50, 40]]
    assert example.ignored.tolist() == [[0, 0, 9, 9]]  # the difficult one


def test_labelme_with_its_points(tmp_path: Path) -> None:
    pictures = CocoPictures(labelme(tmp_path))
    assert pictures.classes == ("cat", "dog")
    assert pictures.keypoint_names == ("left_ear", "right_ear")
    example = pictures.load(0)
    assert example.boxes.tolist() == [[10, 20, 50, 40], [1, 1, 9, 9]]
    assert example.keypoints[0].tolist() == [[16, 24, 2], [48, 24, 2]]
    assert not example.keypoints[1].any()
    assert example.masks[0].sum() > 0


@pytest.mark.parametrize("make", [voc, labelme, lambda folder: yolo(folder, POSE)])
def test_a_step_is_trained_on_each(
    make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    data = make(tmp_path / "data")
    spec = TrainSpec(
        str(data), model="shapes", start="nothing", steps=1, batch=1, validation=0, device="cpu"
    )
    frames = list(train(spec, tmp_path / "run"))
    assert frames[-1].step == 1
    assert np.isfinite(next(frame.losses["loss"] for frame in frames if frame.losses))


def test_formats_side_by_side_are_refused_by_name(tmp_path: Path) -> None:
    labelme(tmp_path)
    (tmp_path / "b.xml").write_text(VOC)
    with pytest.raises(InputError, match=r"LabelMe: 1.*Pascal VOC: 1"):
        finish(open_file_steps(tmp_path))


def test_a_readme_beside_labels_is_none_of_them(tmp_path: Path) -> None:
    labelme(tmp_path)
    (tmp_path / "README.txt").write_text("1 2 3\nfree to use")
    assert len(CocoPictures(tmp_path)) == 1


def test_a_damaged_file_among_good_ones_is_counted(tmp_path: Path) -> None:
    voc(tmp_path)
    (tmp_path / "Annotations" / "b.xml").write_text("<annotation>")
    (note,) = CocoPictures(tmp_path).notes
    assert "1 of 2 pictures left out" in note


def test_a_label_file_without_its_picture_is_told_by_the_check(tmp_path: Path) -> None:
    folder = yolo(tmp_path, BOX)
    (folder / "labels" / "train" / "gone.txt").write_text(BOX)
    problems = finish(CocoPictures(folder).check_pictures())
    assert [each.error.code for each in problems if each.error] == ["data.no_picture"]
    assert "gone" in problems[0].name


def split_yolo(folder: Path, about: str, *, train: int = 4, val: int = 2, test: int = 1) -> Path:
    """A YOLO data set with a folder a split; pictures are numbered through."""
    number = 0
    for name, count in (("train", train), ("val", val), ("test", test)):
        (folder / "labels" / name).mkdir(parents=True)
        for _ in range(count):
            picture(folder / "images" / name / f"{number}.png", number)
            (folder / "labels" / name / f"{number}.txt").write_text(BOX)
            number += 1
    (folder / "data.yaml").write_text(about)
    return folder


SPLITS = "train: images/train\nval: images/val\ntest: images/test\nnames: [dog, cat]\n"


@pytest.mark.parametrize("named", ["data.yaml", ""])
@pytest.mark.parametrize("fraction", [0.0, 0.5])
def test_the_val_that_a_data_file_names_is_held_out(
    tmp_path: Path, named: str, fraction: float
) -> None:
    pictures = CocoPictures(split_yolo(tmp_path, SPLITS) / named)
    training, held_out = split_files(pictures, fraction)
    names = [pictures.truth([index])["images"][0]["file_name"] for index in range(len(pictures))]
    assert [names[i] for i in training] == [f"images/train/{n}.png" for n in range(4)]
    assert [names[i] for i in held_out] == ["images/val/4.png", "images/val/5.png"]
    (note,) = [each for each in pictures.notes if "held out" in each]
    assert note == "data.yaml: the 2 pictures of its val are held out; 1 of its test are not used."


def test_it_is_held_out_of_joined_files_too(tmp_path: Path) -> None:
    first = split_yolo(tmp_path / "first", SPLITS)
    second = yolo(tmp_path / "second", BOX)
    pictures = JoinedPictures([first / "data.yaml", second / "data.yaml"])
    training, held_out = split_files(pictures, 0.0)
    assert (training, held_out) == ([*range(4), 7], [4, 5])


@pytest.mark.parametrize(
    "about, told",
    [
        ("train: images/train\nval: images/train\nnames: [dog, cat]\n", ""),
        ("train: .\nval: .\nnames: [dog, cat]\n", ""),
        ("train: images/train\nval: images/gone\nnames: [dog, cat]\n", "its val (images/gone) has"),
    ],
)
def test_without_a_val_of_its_own_pictures_are_held_out_by_lot(
    tmp_path: Path, about: str, told: str
) -> None:
    pictures = CocoPictures(split_yolo(tmp_path, about))
    everything = list(range(len(pictures)))
    training, held_out = split_files(pictures, 0.4)
    assert sorted(training + held_out) == everything and held_out
    assert split_files(pictures, 0.0) == (everything, [])
    assert told in "".join(pictures.notes)


def test_classes_that_are_called_otherwise_in_val_are_refused(tmp_path: Path) -> None:
    folder = split_yolo(tmp_path, SPLITS.replace("names: [dog, cat]\n", ""))
    (folder / "labels" / "train" / "classes.txt").write_text("dog\ncat\n")
    (folder / "labels" / "val" / "classes.txt").write_text("dog\ncow\n")
    with pytest.raises(InputError, match=r"class 1 is 'cat' in train and 'cow' in val"):
        CocoPictures(folder / "data.yaml")
    (folder / "labels" / "val" / "classes.txt").write_text("dog\ncat\n")
    assert CocoPictures(folder / "data.yaml").classes == ("dog", "cat")
