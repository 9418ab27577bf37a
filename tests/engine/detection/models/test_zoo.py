"""The list of detectors, and weights files of every kind."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torchvision
from safetensors.torch import save_file

from engine.detection.models import builders, torchvision_models, weight_files, zoo
from engine.detection.models.builders import Architecture
from engine.errors import InputError, ModelError
from tests.deadlines import scaled

SMALL = Architecture("small", classes=3, width=16, box_width=16, head_width=16, min_size=64)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A weights file of ours, in half precision."""
    path = tmp_path / "мои веса.safetensors"
    state = builders.build(SMALL).state_dict()
    halves = {n: t.half() if t.is_floating_point() else t for n, t in state.items()}
    weight_files.write_tensors(
        path, halves, weight_files.Description(SMALL.to_json(), ("cat", "dog")).metadata()
    )
    return path


def test_listing_needs_no_torch() -> None:
    code = (
        "import sys; from engine.detection.models import zoo; print(len(zoo.models()));"
        "sys.exit('torch' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=scaled(60))


def test_the_table_of_torchvision_is_what_torchvision_says() -> None:
    for name, entry in torchvision_models.PUBLISHED.items():
        best = torchvision.models.get_model_weights(name).DEFAULT
        assert entry.file == best.url.rsplit("/", 1)[1]
        assert entry.megabytes == best.meta["_file_size"]
        assert entry.classes == tuple(best.meta["categories"][1:])
        numbers = best.meta["_metrics"]["COCO-val2017"]
        kinds = {"box_map": "bbox", "mask_map": "segm", "kp_map": "keypoints"}
        stated = {kinds[key]: value / 100 for key, value in numbers.items()}
        assert {kind: table["AP"] for kind, table in entry.metrics.items()} == pytest.approx(stated)


def test_torchvisions_cache_is_where_torch_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_HOME", "/somewhere")
    path = torchvision_models.cached_path("maskrcnn_resnet50_fpn")
    assert path.parent == Path(torch.hub.get_dir()) / "checkpoints"


def test_names_are_found_or_listed() -> None:
    assert zoo.find("people").source == "bundled"
    with pytest.raises(InputError, match="people"):
        zoo.find("poeple")


def test_weights_of_ours_describe_themselves(ours: Path) -> None:
    model, description = zoo.load_described(ours)
    assert description.classes == ("cat", "dog")
    assert not model.training
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    with torch.no_grad():
        assert set(model([torch.rand(3, 70, 90)])[0]) == {"boxes", "labels", "scores", "masks"}


def test_a_state_dict_of_torchvisions_is_recognised(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = torchvision.models.detection.fasterrcnn_mobilenet_v3_large_320_fpn(
        weights=None, weights_backbone=None, num_classes=4
    ).eval()
    picture = torch.rand(3, 90, 120)
    for path, save in ((tmp_path / "m.pth", torch.save), (tmp_path / "m.safetensors", save_file)):
        save(model.state_dict(), path)
        loaded, description = zoo.load_described(path)
        assert description.classes == ("class 1", "class 2", "class 3")
        with torch.no_grad():
            backbone = loaded.backbone(picture[None])["0"]
            assert torch.equal(backbone, model.backbone(picture[None])["0"])
            loaded([picture])


class Hostile:
    """Touches a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_a_hostile_checkpoint_is_never_unpickled(tmp_path: Path) -> None:
    witness, path = tmp_path / "witness", tmp_path / "model.pth"
    torch.save({"weight": Hostile(witness)}, path)
    with pytest.raises(ModelError, match=r"model\.pth"):
        zoo.load_weights(path)
    assert not witness.exists()


@pytest.mark.parametrize("size", [0, 5, 40, 400, -100])
def test_a_cut_file_is_broken_in_one_sentence(ours: Path, size: int) -> None:
    content = ours.read_bytes()[:size]
    ours.write_bytes(content)
    with pytest.raises(ModelError, match="веса"):
        zoo.load_weights(ours)


def test_other_files_are_no_weights(tmp_path: Path) -> None:
    text = tmp_path / "notes.pth"
    text.write_text("not weights")
    tensor = tmp_path / "tensor.pt"
    torch.save({"a": torch.zeros(3)}, tensor)
    numbers = tmp_path / "numbers.pt"
    torch.save([1, 2], numbers)
    plain = tmp_path / "plain.safetensors"
    save_file({"a": torch.zeros(3)}, plain)
    for path in (text, tensor, numbers, plain):
        with pytest.raises(ModelError, match=path.name):
            zoo.load_weights(path)
    with pytest.raises(InputError, match=r"nowhere\.pt"):
        zoo.load_weights(tmp_path / "nowhere.pt")


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 10**9}, {"width": "128"}, {"body": "vgg"}, {"min_size": -1}, {"extra": 1},
        {"anchor_sizes": [16]}, {"detections": True},
    ],
)  # fmt: skip
def test_a_file_cannot_ask_for_a_net_that_is_none(
    ours: Path, tmp_path: Path, changes: dict[str, object]
) -> None:
    text = json.dumps({**json.loads(SMALL.to_json()), **changes})
    path = tmp_path / "odd.safetensors"
    description = weight_files.Description(text, ("cat", "dog"))
    weight_files.write_tensors(path, {"a": torch.zeros(1)}, description.metadata())
    with pytest.raises(ModelError):
        zoo.load_weights(path)


def test_weights_of_another_net_do_not_load(ours: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.safetensors"
    wide = Architecture("small", classes=3, width=32, box_width=16, head_width=16, min_size=64)
    description = weight_files.Description(wide.to_json(), ("cat", "dog"))
    weight_files.write_tensors(path, weight_files.read_tensors(ours), description.metadata())
    with pytest.raises(ModelError, match="mixed"):
        zoo.load_weights(path)


def test_a_published_file_is_checked_against_its_name(tmp_path: Path) -> None:
    path = tmp_path / torchvision_models.PUBLISHED["maskrcnn_resnet50_fpn"].file
    path.write_bytes(b"damaged on the way")
    assert not hashlib.sha256(path.read_bytes()).hexdigest().startswith("bf2d0c1e")
    with pytest.raises(ModelError, match="SHA-256"):
        zoo.load_weights(path)


def test_a_model_that_is_not_here_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    with pytest.raises(ModelError, match="maskrcnn_resnet50_fpn"):
        zoo.load_detector("maskrcnn_resnet50_fpn")


def test_bundled_models_run_and_their_metrics_are_what_evaluate_wrote() -> None:
    for name in zoo.BUNDLED:
        info = zoo.find(name)
        assert info.ready
        assert info.size_bytes <= 16_000_000
        path = zoo.bundled_path(name).with_name(f"{name}.metrics.json")
        assert info.metrics == json.loads(path.read_text(encoding="utf-8"))
        assert info.metrics["bbox"]["AP50"] > 0
        model = zoo.load_detector(name)
        with torch.no_grad():
            answer = model([torch.rand(3, 120, 160)])[0]
        assert ("keypoints" in answer) == bool(info.keypoint_names)


def test_a_broken_run_is_left_out_of_the_list(private_runs: Path) -> None:
    folder = private_runs / "broken" / "last"
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"nothing")
    assert all(info.source != "run" for info in zoo.models())
