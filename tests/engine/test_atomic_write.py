"""What a path stands for stays what it is, and a file is there whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.atomic_write import replacing, write_json
from engine.errors import ExportError


def put(path: Path, text: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(text)


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "target.txt"
    target.write_text("before")
    (tmp_path / "hop").symlink_to("far/target.txt")
    link = tmp_path / "link"
    link.symlink_to("hop")
    put(link, "after")
    assert link.is_symlink() and os.readlink(link) == "hop"
    assert (tmp_path / "hop").is_symlink() and target.read_text() == "after"
    assert os.listdir(tmp_path / "far") == ["target.txt"]


def test_a_link_through_a_linked_folder_and_back_finds_its_target(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "short").symlink_to("deep/er")
    (tmp_path / "deep" / "er" / "link").symlink_to("../there.txt")
    put(tmp_path / "short" / "link", "text")
    assert (tmp_path / "deep" / "there.txt").read_text() == "text"


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(ExportError, match="symbolic links"):
        put(tmp_path / "a", "text")
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "null").symlink_to("/dev/null")
    put(Path("/dev/null"), "text")
    put(tmp_path / "null", "text")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert (tmp_path / "null").is_symlink()
    with pytest.raises(ExportError, match="/dev/full: could not be written: No space left"):
        put(Path("/dev/full"), "text")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    put(pipe, "text")
    reader.join()
    assert read == ["text"] and stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("where", ["a file", "a pipe"])
def test_standard_output_is_written_to_in_its_turn(tmp_path: Path, where: str, name: str) -> None:
    code = "from engine.atomic_write import replacing; from pathlib import Path\n"
    code += f"print('first')\nwith replacing(Path({name!r})) as file: file.write_text('text ')\n"
    code += "print('last')"
    file = tmp_path / "out.txt"
    if where == "a pipe":
        told = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
        file.write_bytes(told.stdout)
    else:
        with file.open("wb") as stream:
            subprocess.run([sys.executable, "-c", code], stdout=stream, check=True)
    assert file.read_text() == "first\ntext last\n"


def test_permissions_stay(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("before")
    file.chmod(0o640)
    put(file, "after")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    put(tmp_path / "new.txt", "new")
    (tmp_path / "plain.txt").write_text("new")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new.txt", "plain.txt")}
    assert len(modes) == 1


def test_what_goes_wrong_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("before")
    with pytest.raises(RuntimeError), replacing(file) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert file.read_text() == "before" and os.listdir(tmp_path) == ["file.txt"]


def test_the_leftovers_of_a_killed_process_are_cleared(tmp_path: Path) -> None:
    code = "from engine.atomic_write import replacing; from pathlib import Path; import os\n"
    code += f"with replacing(Path({str(tmp_path / 'file.txt')!r})): os._exit(9)"
    subprocess.run([sys.executable, "-c", code], check=False)
    assert len(os.listdir(tmp_path)) == 1  # a half-written file
    (tmp_path / ".mine.part").touch()
    put(tmp_path / "file.txt", "whole")
    assert sorted(os.listdir(tmp_path)) == [".mine.part", "file.txt"]


def test_a_name_that_is_no_utf8_is_found_again_in_json(tmp_path: Path) -> None:
    name = os.fsdecode(b"fran\xe7ois.jpg")
    write_json(tmp_path / "file.json", {"file_name": name, "other": "ж😀"})
    text = (tmp_path / "file.json").read_text(encoding="utf-8")
    assert "ж😀" in text
    assert os.fsencode(json.loads(text)["file_name"]) == b"fran\xe7ois.jpg"
