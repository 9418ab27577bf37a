"""The wheel, away from the checkout: a fresh environment, another folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import torch
from PIL import Image

from tests.deadlines import scaled
from tests.hands import pictures
from tests.hands.program import private_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment that holds the built wheel.

    The heavy libraries are those of the environment that tests, by a path file,
    which does not bring the checkout along.
    """
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    run(folder, sys.executable, *build)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "fresh", with_pip=False, symlinks=True)
    bin_folder = folder / "fresh" / ("Scripts" if sys.platform == "win32" else "bin")
    python = bin_folder / Path(sys.executable).name
    install = ["-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    run(folder, sys.executable, *install, str(wheel))
    packages = sysconfig.get_path(
        "purelib", vars={"base": str(folder / "fresh"), "platbase": str(folder / "fresh")}
    )
    (Path(packages) / "libraries.pth").write_text(f"{Path(torch.__file__).parents[1]}\n")
    return bin_folder


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    """Run a command in a folder and give its stdout; exit code 0 and nothing on stderr."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=private_environment(folder) | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=scaled(240),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_brings_all_its_parts(scripts: Path, tmp_path: Path) -> None:
    code = """if True:
        import json, engine, gui, resources
        from importlib.resources import files
        names = [p.name for f in ("weights", "samples", "icons", "translations", "presets")
                 for p in files("resources").joinpath(f).iterdir()]
        print(json.dumps([[m.__file__ for m in (engine, gui, resources)], names,
                          files("resources").joinpath("readme").is_dir()]))
        """
    told = run(tmp_path, scripts / Path(sys.executable).name, "-c", code)
    places, names, readme = json.loads(told)
    assert all(str(scripts.parent) in place for place in places), places
    wanted = {"people.safetensors", "shapes.safetensors", "people.metrics.json", "thalweg_ru.qm"}
    assert wanted <= set(names), names
    assert not readme, "the README's pictures are not for the wheel"


def test_the_window_opens_and_is_photographed(scripts: Path, tmp_path: Path) -> None:
    shot = tmp_path / "shot.png"
    told = run(
        tmp_path,
        *(scripts / "thalweg", "--workspace", "detection", "--screenshot", shot),
        QT_QPA_PLATFORM="offscreen",
    )
    assert told == ""
    with Image.open(shot) as picture:
        assert picture.width >= 1280
        colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours and len(colours) > 5000, "the sample is not in the picture"


def test_a_person_is_detected(scripts: Path, tmp_path: Path) -> None:
    picture = pictures.astronaut(tmp_path)
    run(tmp_path, scripts / "thalweg-engine", "detect", picture, "--out", tmp_path / "out")
    told = json.loads((tmp_path / "out" / "annotations.json").read_text())
    assert max(one["score"] for one in told["annotations"]) >= 0.5


def test_both_models_are_listed(scripts: Path, tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, scripts / "thalweg-engine", "models", "--json"))
    assert {"people", "nuclei", "shapes"} <= {one["name"] for one in told}
