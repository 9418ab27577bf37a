"""Downloads over real HTTP on the loopback: resumed, checked, and every failure one sentence."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision

from engine.__main__ import main
from engine.detection.models import downloads, torchvision_models, zoo
from engine.errors import InputError, ModelError

NAME = "fasterrcnn_mobilenet_v3_large_320_fpn"


class Server(ThreadingHTTPServer):
    """Serves one file; how it misbehaves is set by the test."""

    daemon_threads = True

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.ranges = True
        self.cut_at: int | None = None
        self.status: int | None = None
        self.asked: list[str | None] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        asked = self.headers.get("Range")
        server.asked.append(asked)
        server.paths.append(self.path)
        if server.status is not None:
            self.send_error(server.status)
            return
        content, start = server.content, 0
        if asked and server.ranges:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        with suppress(ConnectionError):  # a cancelled download hangs up
            self.wfile.write(content[start : server.cut_at])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def weights_file() -> bytes:
    """A state dict of the real architecture, few classes, as `torch.save` writes it."""
    torch.manual_seed(0)
    model = torchvision.models.detection.fasterrcnn_mobilenet_v3_large_320_fpn(
        weights=None, weights_backbone=None, num_classes=3
    )
    out = io.BytesIO()
    halves = {n: t.half() if t.is_floating_point() else t for n, t in model.state_dict().items()}
    torch.save(halves, out)
    return out.getvalue()


@pytest.fixture
def server(
    weights_file: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Server]:
    """The server, the only place that downloads come from, and an empty cache."""
    digits = hashlib.sha256(weights_file).hexdigest()[:8]
    entry = replace(
        torchvision_models.PUBLISHED[NAME],
        file=f"{NAME}-{digits}.pth",
        megabytes=round(len(weights_file) / 2**20, 3),
    )
    monkeypatch.setitem(torchvision_models.PUBLISHED, NAME, entry)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = Server(weights_file)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("THALWEG_DOWNLOADS", server.url)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def partial() -> Path:
    target = torchvision_models.cached_path(NAME)
    return target.with_name(target.name + ".part")


def test_download_says_its_size_first_and_the_model_then_runs(server: Server) -> None:
    steps = list(downloads.download(NAME))
    assert steps[0].done == 0
    assert steps[0].total == downloads.download_size(NAME)
    assert abs(steps[0].total - len(server.content)) < 2000
    done = [step.done for step in steps]
    assert len(steps) > 5 and done == sorted(done)
    assert steps[-1].path == torchvision_models.cached_path(NAME)
    assert steps[-1].done == steps[-1].total == len(server.content)
    assert torchvision_models.cached_path(NAME).read_bytes() == server.content
    assert not partial().exists()
    assert zoo.find(NAME).ready
    model = zoo.load_detector(NAME)
    with torch.no_grad():
        assert set(model([torch.rand(3, 80, 90)])[0]) == {"boxes", "labels", "scores"}
    again = list(downloads.download(NAME))
    assert len(again) == 1 and again[0].path is not None and len(server.paths) == 1


def cancelled(server: Server) -> int:
    """Start a download, drop it on the way, and give what is there of it."""
    with closing(downloads.download(NAME)) as job:  # type: ignore[type-var]
        for step in job:
            if step.done > len(server.content) // 3:
                break
    assert not torchvision_models.cached_path(NAME).exists()
    return partial().stat().st_size


@pytest.mark.parametrize("ranges", [True, False])
def test_cancelled_download_goes_on_or_starts_again(server: Server, ranges: bool) -> None:
    there = cancelled(server)
    assert 0 < there < len(server.content)
    server.ranges = ranges
    steps = list(downloads.download(NAME))
    assert server.asked == [None, f"bytes={there}-"]
    assert steps[-1].resumed == (there if ranges else 0)
    assert torchvision_models.cached_path(NAME).read_bytes() == server.content


def test_part_that_is_too_long_starts_again(server: Server) -> None:
    partial().parent.mkdir(parents=True)
    partial().write_bytes(bytes(len(server.content) + 10))
    assert list(downloads.download(NAME))[-1].path is not None
    assert torchvision_models.cached_path(NAME).read_bytes() == server.content


def test_damaged_part_is_thrown_away_and_said(server: Server) -> None:
    partial().parent.mkdir(parents=True)
    partial().write_bytes(b"damaged")
    with pytest.raises(ModelError, match="SHA-256") as raised:
        list(downloads.download(NAME))
    assert raised.value.code == "download.digest"
    assert not partial().exists() and not torchvision_models.cached_path(NAME).exists()
    assert list(downloads.download(NAME))[-1].path is not None


def _refuse(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THALWEG_DOWNLOADS", "http://127.0.0.1:1/")


def _missing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.status = 404


def _cut(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.cut_at = len(server.content) // 2


def _proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THALWEG_DOWNLOADS", "http://example.invalid/")
    monkeypatch.setenv("http_proxy", "http://user:secret@127.0.0.1:1")


def _proxy_says_no(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.status = 407
    monkeypatch.setenv("THALWEG_DOWNLOADS", "http://example.invalid/")
    monkeypatch.setenv("http_proxy", server.url)


def _nonsense(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THALWEG_DOWNLOADS", "no url at all/")


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (_refuse, "download.unreachable", "127.0.0.1"),
        (_missing, "download.status", "404"),
        (_cut, "download.cut", "try again"),
        (_proxy, "download.proxy", "127.0.0.1:1"),
        (_proxy_says_no, "download.proxy", "proxy"),
        (_nonsense, "download.unreachable", "unknown url"),
    ],
)
def test_failure_is_one_sentence(
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Server, pytest.MonkeyPatch], None],
    code: str,
    words: str,
) -> None:
    spoil(server, monkeypatch)
    with pytest.raises(ModelError) as raised:
        list(downloads.download(NAME))
    assert raised.value.code == code
    assert words in str(raised.value) and "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)
    assert not torchvision_models.cached_path(NAME).exists()


def test_full_disk_is_said_before_anything_is_fetched(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: Usage)
    with pytest.raises(ModelError, match="the disk has"):
        list(downloads.download(NAME))
    assert server.paths == []


def test_bundled_model_has_no_download() -> None:
    with pytest.raises(InputError, match="people"):
        next(downloads.download("people"))


def test_file_of_another_net_is_named(tmp_path: Path) -> None:
    classifier = torchvision.models.resnet18(weights=None).state_dict()
    torch.save(classifier, tmp_path / "r.pth")
    retina = torchvision.models.detection.retinanet_resnet50_fpn(
        weights=None, weights_backbone=None, num_classes=2
    ).state_dict()
    torch.save({k: v for k, v in retina.items() if "head" in k}, tmp_path / "n.pth")
    for file, words in (("r.pth", "of ResNet"), ("n.pth", "of RetinaNet")):
        with pytest.raises(ModelError, match=words):
            zoo.load_weights(tmp_path / file)


def test_models_downloads_from_the_command_line(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["models", "--download", NAME, "--json"])
    assert ended.value.code == 0
    told = json.loads(capsys.readouterr().out)
    assert told["path"] == str(torchvision_models.cached_path(NAME)) and told["name"] == NAME
    server.status = 500
    torchvision_models.cached_path(NAME).unlink()
    with pytest.raises(SystemExit) as ended:
        main(["models", "--download", NAME])
    out, err = capsys.readouterr()
    assert ended.value.code == 2 and "500" in err and len(err.splitlines()) == 1
    assert "MB from http://127.0.0.1" in out
