"""One of everything that can be wrong is found once, and named."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision.models.detection.transform import GeneralizedRCNNTransform
from torchvision.ops import box_iou

from engine.annotations.json_stream import finish
from engine.detection.models import builders
from engine.errors import InputError
from engine.training import initialization
from engine.training.data_check import table
from engine.training.data_check.anchor_sizes import AnchorProposal, cluster_sizes, propose_anchors
from engine.training.data_check.anchors import AnchorMatcher, iou_table
from engine.training.data_check.check import DataReport, check_data
from engine.training.data_check.findings import KINDS, Effect
from engine.training.data_check.progress import Progress
from engine.training.sampling import unusable
from engine.training.spec import TrainSpec
from tests.engine.annotations.test_labelled_folder import BOX, yolo
from tests.engine.training.data_check.conftest import GOOD, SIDE, Broken, spec_of
from tests.engine.training.test_trainer import TINY


def report_of(spec: TrainSpec) -> DataReport:
    *_, report = check_data(spec)
    assert isinstance(report, DataReport)
    return report


def test_one_of_each_is_found_once_with_its_picture_and_annotation(broken: Broken) -> None:
    report = report_of(spec_of(broken.write()))
    assert Counter(each.kind for each in report.findings) == Counter(list(broken.kinds))
    found = {each.kind: (each.picture, each.annotation) for each in report.findings}
    assert found == broken.kinds


def test_every_finding_is_a_whole_sentence(broken: Broken) -> None:
    for each in report_of(spec_of(broken.write())).findings:
        assert "?" not in each.sentence(), each.kind
        assert each.sentence().endswith(".")


def test_what_is_bad_is_what_a_training_leaves_out(broken: Broken) -> None:
    path = broken.write()
    report = report_of(spec_of(path))
    effects = Counter(each.effect for each in report.findings)
    # The id that belongs to another picture is no picture of its own.
    assert report.bad_pictures == effects[Effect.PICTURE] - 1 == 3
    spec = spec_of(path)
    pictures = initialization.open_data(spec)
    assert len(pictures) == report.pictures
    bad = finish(unusable(pictures, path="", leave_out=True))
    assert len(bad) == 3  # one is damaged behind its head
    learnt = 0
    for index in set(range(len(pictures))) - bad:
        learnt += len(pictures.load(index).boxes)
    assert learnt == report.objects


def test_good_data_have_no_findings(tmp_path: Path) -> None:
    made = Broken(tmp_path / "data")
    for number in range(5):
        made.mark(made.picture(f"{number}.png"), GOOD)
    report = report_of(spec_of(made.write()))
    assert report.findings == ()
    assert (report.pictures, report.objects, report.bad_pictures) == (5, 5, 0)


def test_classes_that_differ_between_files(tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        made = Broken(tmp_path / name)
        made.mark(made.picture(f"{name}.png"), GOOD)
        paths.append(made.write())
    content = json.loads(paths[1].read_text())
    content["categories"].append({"id": 7, "name": "zebra"})
    paths[1].write_text(json.dumps(content))
    findings = [each for each in report_of(spec_of(*paths)).findings if "class" in each.kind]
    assert [(each.kind, each.file, each.value) for each in findings] == [
        ("class.differs", str(paths[1]), "zebra")
    ]


def test_progress_counts_every_picture(broken: Broken) -> None:
    steps = [each for each in check_data(spec_of(broken.write())) if isinstance(each, Progress)]
    assert [each.done for each in steps] == list(range(1, steps[-1].count + 1))


def test_what_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        report_of(spec_of(tmp_path / "nowhere"))


def test_sizes_are_those_of_torchvision() -> None:
    transform = GeneralizedRCNNTransform(TINY.min_size, TINY.max_size, [0.0] * 3, [1.0] * 3)
    matcher = AnchorMatcher(TINY)
    boxes = np.array([[3, 4, 30, 41]], np.float32)
    for size in ((96, 96), (50, 200), (61, 83), (333, 500)):
        target = {"boxes": torch.from_numpy(boxes), "labels": torch.ones(1, dtype=torch.int64)}
        images, targets = transform([torch.zeros(3, *size)], [target])
        seen, moved = matcher.resize(size, boxes)
        assert seen == images.image_sizes[0]
        np.testing.assert_array_equal(moved, targets[0]["boxes"].numpy())


@pytest.mark.parametrize("name", ["people", "nuclei", "shapes"])
def test_anchors_and_matches_are_those_of_the_net(name: str) -> None:
    net = replace(initialization.ARCHITECTURES[name], min_size=64, max_size=96)
    model = builders.build(net)
    size, boxes = (90, 120), np.array([[5, 5, 60, 60], [6, 6, 60, 61], [70, 9, 80, 80]], np.float32)
    target = {"boxes": torch.from_numpy(boxes), "labels": torch.ones(3, dtype=torch.int64)}
    images, targets = model.transform([torch.rand(3, *size)], [target])
    with torch.no_grad():
        maps = list(model.backbone(images.tensors).values())
    anchors = model.rpn.anchor_generator(images, maps)
    labels, matched = model.rpn.assign_targets_to_anchors(anchors, targets)
    found = AnchorMatcher(net).match(size, boxes)
    own = targets[0]["boxes"]
    best = box_iou(own, anchors[0]).max(1).values
    np.testing.assert_array_equal(found.iou, best.numpy())
    for row, box in enumerate(own):
        learns = (labels[0] == 1) & (matched[0] == box).all(1)
        assert found.count[row] == int(learns.sum())


def test_the_table_is_torchvisions_to_the_last_bit() -> None:
    rng = np.random.default_rng(0)
    corners = torch.from_numpy(rng.uniform(0, 300, (20_050, 4)).astype(np.float32))
    boxes = torch.cat([corners[:, :2], corners[:, :2] + corners[:, 2:] + 1], 1)
    assert torch.equal(iou_table(boxes[:50], boxes[50:]), box_iou(boxes[:50], boxes[50:]))


def test_proposed_anchors_fit_more_objects(tmp_path: Path) -> None:
    made = Broken(tmp_path / "data")
    for number in range(3):  # 19.3 px to the net, between its anchors of 16 and 24
        made.mark(made.picture(f"{number}.png"), [33.5, 33.5, 29, 29])
    report = report_of(spec_of(made.write()))
    *_, proposal = propose_anchors(report.architecture, report.labels)
    assert isinstance(proposal, AnchorProposal)
    assert (proposal.before, proposal.after) == (0, 1)
    assert proposal.better
    again = report_of(replace(spec_of(made.folder), anchor_sizes=proposal.sizes))
    share = float((again.statistics.iou >= proposal.threshold).mean())
    assert share == proposal.after
    assert again.architecture.anchor_sizes == proposal.sizes


def test_clusters_find_the_sizes_that_there_are() -> None:
    sizes = np.repeat([10.0, 40.0, 160.0], 5)
    assert cluster_sizes(sizes, 3) == cluster_sizes(sizes, 3, by_ratio=False) == (10, 40, 160)
    spread = np.array([10.0, 60, 160])
    assert cluster_sizes(spread, 2) == (10, round((60 * 160) ** 0.5))
    assert cluster_sizes(spread, 2, by_ratio=False) == (35, 160)
    assert cluster_sizes(np.array([50.0]), 3) == (50, 100, 200)
    assert len(cluster_sizes(np.zeros(0), 4)) == 4


def test_statistics_count_the_labels(tmp_path: Path) -> None:
    made = Broken(tmp_path / "data")
    first, second = made.picture("a.png"), made.picture("b.png")
    made.picture("empty.png")
    made.mark(first, GOOD)
    made.mark(first, [60, 60, 30, 30], category_id=2)
    made.mark(second, GOOD, category_id=2)
    told = report_of(spec_of(made.write())).statistics
    assert dict(zip(told.classes, told.objects.tolist(), strict=True)) == {"cat": 1, "dog": 2}
    assert told.boxes_a_picture.tolist() == [1, 1, 1]
    assert told.size_counts.sum() == told.level_counts.sum() == 3
    assert told.size_edges[0] <= 24 * 64 / SIDE <= told.size_edges[-1]
    place = int(22 / SIDE * 24)
    assert told.heat[place, place] == pytest.approx(2 / 3)
    assert told.heat.sum() == pytest.approx(1)


def test_csv_has_a_row_a_finding(broken: Broken, tmp_path: Path) -> None:
    report = report_of(spec_of(broken.write()))
    table.write(tmp_path / "out.csv", report.findings)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == [each.kind for each in report.findings]
    assert {row["title"] for row in rows} <= {kind.title for kind in KINDS.values()}


def test_scenes_are_counted() -> None:
    report = report_of(TrainSpec(data="shapes", pictures=3))
    assert (report.pictures, report.findings) == (3, ())
    assert report.statistics.objects.sum() == report.objects > 0


def test_label_files_are_checked_as_well(tmp_path: Path) -> None:
    folder = yolo(tmp_path / "set", BOX + "7 .5 .5 .2 .2\n1 .5 .5 .1\n")
    (folder / "labels" / "train" / "gone.txt").write_text(BOX)
    findings = report_of(spec_of(folder)).findings
    told = {(each.kind, each.picture, each.annotation, each.value) for each in findings}
    assert ("object.category", "images/train/a.png", "2", "class 7") in told
    assert ("object.line", "images/train/a.png", "a.txt:3", "") in told
    assert ("picture.missing", "gone", "", "") in told
