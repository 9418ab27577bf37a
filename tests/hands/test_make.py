"""`make run` and `make test` on machines that lack something, played with a folder of programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gui.platform import requirements
from tests.deadlines import scaled

ROOT = Path(__file__).parents[2]
TOOLS = ("bash", "cat", "cksum", "dirname", "basename", "head", "sed", "timeout", "uname")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout on a machine with hardly a program: `tmp_path/bin` is all of PATH."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    add(tmp_path, "id", "echo 1000")
    add(tmp_path, "sudo", "exit 1")
    add(tmp_path, "apt-get", "echo it may not be called; exit 1")
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "install", tmp_path / ".ci" / "install")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def add(machine: Path, name: str, script: str) -> None:
    """Put a program on the machine."""
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def install(machine: Path, goal: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [machine / "bin" / "bash", machine / ".ci" / "install", goal],
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        capture_output=True,
        text=True,
        timeout=scaled(60),
    )
    return done.returncode, done.stdout, done.stderr


def set_up(machine: Path) -> None:
    """As if everything had been installed into .venv before."""
    (machine / ".venv" / "bin").mkdir(parents=True)
    add(machine, "python", f'exec {sys.executable} "$@"')
    (machine / "bin" / "python").rename(machine / ".venv" / "bin" / "python")
    sums = subprocess.run(
        ["cksum"], input=(machine / "pyproject.toml").read_bytes(), capture_output=True, check=True
    ).stdout.decode()
    (machine / ".venv" / ".thalweg-test").write_text(f"{machine} {sums.strip()}")


@pytest.mark.parametrize("goal", ["run", "test"])
def test_without_a_new_python_it_names_the_line(machine: Path, goal: str) -> None:
    code, out, err = install(machine, goal)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and "sudo apt-get install -y python3 python3-venv" in err


@pytest.mark.parametrize("goal", ["run", "test"])
def test_without_the_venv_module_it_names_the_line(machine: Path, goal: str) -> None:
    add(machine, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    code, out, err = install(machine, goal)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and "sudo apt-get install -y" in err and "python3-venv" in err


def test_without_a_screen_the_tests_fail_with_the_line_and_skip_nothing(machine: Path) -> None:
    set_up(machine)
    code, _, err = install(machine, "test")
    assert code == 1
    for package in ("xvfb", "openbox", "xdotool", "imagemagick", "xclip"):
        assert package in err
    assert "sudo apt-get install" in err and err.count("\n") == 1


def test_the_tests_install_what_they_may(machine: Path) -> None:
    set_up(machine)
    add(machine, "id", "echo 0")
    add(machine, "apt-get", f'echo "$@" >>{machine}/asked')
    code, out, err = install(machine, "test")
    assert (code, err) == (0, "")
    asked = (machine / "asked").read_text()
    assert "update" in asked and "xvfb openbox xdotool" in asked
    assert "xvfb" in out


def test_a_second_time_nothing_is_installed(machine: Path) -> None:
    set_up(machine)
    assert install(machine, "run") == (0, "", "")


# What `uv pip install --dry-run` says of an index that has the build, has another, cannot be had.
UV_ANSWERS = {
    "has": "Would install 2 packages\n + torch==2.9.1+cpu\n + torchvision==0.24.1+cpu",
    "other": "Would install 2 packages\n + torch==2.9.1\n + torchvision==0.24.1",
    "refuses": "error: Request failed\n  cause: Failed to fetch: https://index.example/torch/\n"
    "  cause: dns error",
}


@pytest.fixture
def bare(machine: Path) -> Path:
    """A machine whose .venv holds Python alone; what is installed is noted in `asked`."""
    (machine / ".venv" / "bin").mkdir(parents=True)
    note = f'echo "$@" >>{machine}/asked'
    add(
        machine,
        "python",
        f'case "$*" in *torch,*|*"import torch") exit 1;; *"-m pip"*) {note};; esac',
    )
    (machine / "bin" / "python").rename(machine / ".venv" / "bin" / "python")
    script = machine / ".ci" / "install"
    # Whether the machine that tests has a card does not matter.
    script.write_text(script.read_text().replace("/proc/driver/nvidia", f"{machine}/driver"))
    return machine


def add_uv(machine: Path, answer: str, code: int = 0) -> None:
    """A uv that answers when it is asked, notes what it is to install, and ends with a code."""
    note = f'echo uv "$@" >>{machine}/asked; exit {code}'
    told = UV_ANSWERS[answer]
    add(machine, "uv", f"""case "$*" in *--dry-run*) echo '{told}';; *) {note};; esac""")
    (machine / "bin" / "uv").rename(machine / ".venv" / "bin" / "uv")


def asked(machine: Path) -> list[str]:
    """What was installed, a line each, but uv itself."""
    lines = (machine / "asked").read_text().splitlines()
    return [line for line in lines if not line.endswith(" uv")]


def test_without_a_card_torch_comes_without_cuda(bare: Path) -> None:
    add_uv(bare, "has")
    code, out, err = install(bare, "run")
    assert (code, err) == (0, "")
    [line] = asked(bare)
    assert line.startswith("uv pip install") and "--torch-backend=auto --editable ." in line
    assert "No NVIDIA card is seen, so torch comes without its CUDA libraries" in out
    assert "0.5 GB" in out and "3.3 GB" not in out


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("other", "there is only torch==2.9.1."),
        ("refuses", "Failed to fetch: https://index.example/torch/."),
        (None, "no answer within a minute."),
    ],
)
def test_where_that_build_cannot_be_had_it_goes_on_as_with_a_card(
    bare: Path, answer: str | None, reason: str
) -> None:
    if answer:
        add_uv(bare, answer)
    code, out, err = install(bare, "run")
    assert (code, err) == (0, "")
    [line] = asked(bare)
    assert line.startswith("-m pip install") and line.endswith("--editable .")
    told = [line for line in out.splitlines() if "cannot be had from here" in line]
    assert len(told) == 1 and told[0].startswith("No NVIDIA card is seen")
    assert told[0].endswith(reason) and "3.3 GB" in out


def test_an_installation_that_breaks_off_is_gone_on_with_by_pip(bare: Path) -> None:
    add_uv(bare, "has", code=1)
    code, out, err = install(bare, "run")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in asked(bare)] == ["uv", "-m"]
    assert "going on with pip" in out


def test_with_a_card_torch_comes_with_cuda(bare: Path) -> None:
    add_uv(bare, "has")
    add(bare, "nvidia-smi", "exit 0")
    code, out, err = install(bare, "run")
    assert (code, err) == (0, "")
    [line] = asked(bare)
    assert line.startswith("-m pip install")
    assert "No NVIDIA card" not in out and "3.3 GB" in out


def test_a_missing_library_of_the_window_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(requirements.LIBRARIES, "libnowhere.so.7", "libnowhere7")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert requirements.missing_packages() == ["fonts-dejavu-core", "libnowhere7"]
    monkeypatch.setattr(requirements, "has_display", lambda: True)
    sentence = requirements.problem()
    assert sentence and "sudo apt-get install -y fonts-dejavu-core libnowhere7" in sentence
    assert "\n" not in sentence
