"""Files of weights, opened: names and shapes at once, the numbers when they are asked for.

What a file says of its size costs nothing until a net with the same shapes is found: shapes come
from the header (safetensors) or from a load onto the meta device (`torch.save`), numbers by memory
map. Nothing is ever unpickled beyond tensors, plain values and the few kinds of `_PLAIN_KINDS`.
"""

from __future__ import annotations

import argparse
import os
import pickle
import tempfile
import threading
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np
import torch
from torch import Tensor, strided

from engine.detection.models import weight_files
from engine.detection.models.state_dicts import find_tensors, strip_prefixes
from engine.detection.models.weight_files import Description
from engine.errors import InputError, ModelError, shorten

MAX_PICKLE_BYTES = 64 << 20  # of the description of a file's tensors; 100,000 tensors need 20 MB
SHOWN = 3  # names in a sentence
_SCALAR = np.float64(0).__reduce__()[0]  # what makes NumPy's numbers of their bytes
# What training scripts keep beside the weights; none of these runs anything.
_PLAIN_KINDS: list[Any] = [
    argparse.Namespace,
    *((PurePosixPath, f"pathlib.{kind}") for kind in ("PosixPath", "_local.PosixPath")),
    *((PureWindowsPath, f"pathlib.{kind}") for kind in ("WindowsPath", "_local.WindowsPath")),
    *((_SCALAR, f"numpy.{core}.multiarray.scalar") for core in ("core", "_core")),
    np.dtype,
    *(type(np.dtype(kind)) for kind in "?bBhHiIlLqQefd"),
]
_loading = threading.Lock()  # torch keeps one list of kinds for all threads


@dataclass(frozen=True)
class SavedWeights:
    """A weights file whose numbers are not read yet.

    Attributes:
        path: the file.
        description: what a file of ours says about itself; None for any other.
        shapes: of a detector's parameters, by torchvision's names; empty for no detector.
        keys: what each of them is called in the file.
        found: the name of every tensor in the file.
    """

    path: Path
    description: Description | None
    shapes: Mapping[str, tuple[int, ...]]
    keys: Mapping[str, str]
    found: tuple[str, ...]

    def some(self) -> str:
        """A few of the names found, for a sentence."""
        names = ", ".join(shorten(name, 70) for name in self.found[:SHOWN])
        return names + (", …" if len(self.found) > SHOWN else "")


def open_weights(path: Path) -> SavedWeights:
    """What a weights file holds, by names and shapes.

    Args:
        path: safetensors, or what `torch.save` wrote: a state dict, or whatever it is inside of.

    Raises:
        InputError: there is no such file.
        ModelError: broken, not to be trusted, or without tensors.
    """
    if not path.is_file():
        raise InputError("file.missing", path=path)
    description = None
    if is_safetensors(path):
        if "architecture" in weight_files.read_metadata(path):
            description = weight_files.describe(path)
        shapes = weight_files.read_shapes(path)
    else:
        _check_archive(path)
        content = _unpickle(path, path, map_location="meta")
        shapes = {name: tuple(tensor.shape) for name, tensor in find_tensors(content).items()}
        if not shapes:
            raise ModelError("weights.no_tensors", path=path, found=_keys(content))
    named = strip_prefixes(shapes)
    return SavedWeights(
        path,
        description,
        {name: shape for name, (_, shape) in named.items()},
        {name: key for name, (key, _) in named.items()},
        tuple(shapes),
    )


def read(saved: SavedWeights, names: Collection[str]) -> dict[str, Tensor]:
    """The numbers of some parameters, on the CPU in memory of their own, floats as float32.

    Args:
        names: of `saved.shapes`.

    Raises:
        ModelError: the file is broken, or the memory of this computer is too small.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if is_safetensors(saved.path):
                return _read_safetensors(saved, names)
            return _read_pickled(saved, names)
    except MemoryError as error:
        raise ModelError("weights.memory", path=saved.path) from error
    except RuntimeError as error:  # a processor's allocator raises no kind of its own
        code = "weights.memory" if "memory" in str(error) else "weights.broken"
        raise ModelError(code, path=saved.path) from error


def is_safetensors(path: Path) -> bool:
    """Whether a file is safetensors by its content.

    Raises:
        ModelError: it is named so and is none.
    """
    with open(path, "rb") as file:
        start = file.read(9)
    looks = len(start) == 9 and start[8:] == b"{"
    if path.suffix == ".safetensors" and not looks:
        raise ModelError("weights.not_safetensors", path=path)
    return looks


def _read_safetensors(saved: SavedWeights, names: Collection[str]) -> dict[str, Tensor]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(saved.path, framework="pt") as file:
            return {name: _float32(file.get_tensor(saved.keys[name])) for name in names}
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise ModelError("weights.broken", path=saved.path) from error


def _read_pickled(saved: SavedWeights, names: Collection[str]) -> dict[str, Tensor]:
    mapped = zipfile.is_zipfile(saved.path)  # what torch before 1.6 wrote cannot be mapped
    with _name_in_utf8(saved.path) as file:
        tensors = find_tensors(_unpickle(saved.path, file, map_location="cpu", mmap=mapped))
        wanted = {name: tensors.get(saved.keys[name]) for name in names}
        if any(tensor is None or tensor.layout != strided for tensor in wanted.values()):
            raise ModelError("weights.broken", path=saved.path)
        return {name: _float32(tensor) for name, tensor in wanted.items() if tensor is not None}


def _float32(tensor: Tensor) -> Tensor:
    """A copy, so that a file may change or vanish afterwards."""
    dtype = torch.float32 if tensor.is_floating_point() else tensor.dtype
    return tensor.detach().to(dtype, copy=True, memory_format=torch.contiguous_format)


def _unpickle(path: Path, file: Path, **settings: Any) -> Any:
    """What `torch.save` wrote, tensors and plain values only; `path` is what to call it."""
    try:
        with _loading, torch.serialization.safe_globals(_PLAIN_KINDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's own three lines before our sentence
            with open(file, "rb") as opened:
                where = file if settings.get("mmap") else opened
                return torch.load(where, weights_only=True, **settings)
    except pickle.UnpicklingError as error:
        found = ", ".join(_other_kinds(file))
        if found:
            raise ModelError("weights.objects", path=path, found=found) from error
        raise ModelError("weights.not_trusted", path=path) from error
    except Exception as error:  # torch raises many kinds for a damaged file
        raise ModelError("weights.broken", path=path) from error


def _other_kinds(file: Path) -> list[str]:
    """Names of the kinds of objects in a file that are not plain; nothing is imported for it."""
    try:
        with _loading, torch.serialization.safe_globals(_PLAIN_KINDS), open(file, "rb") as opened:
            kinds = torch.serialization.get_unsafe_globals_in_checkpoint(opened)
    except Exception:  # no archive of torch's
        return []
    kinds = sorted(kinds, key=lambda kind: (kind.startswith("torch."), kind))
    return [shorten(kind) for kind in kinds[:SHOWN]]


def _check_archive(path: Path) -> None:
    """Refuse an archive that unpacks to more than it is; `torch.save` never compresses."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ModelError("weights.broken", path=path) from error
    for entry in entries:
        if entry.filename.endswith(".pkl") and entry.file_size > MAX_PICKLE_BYTES:
            raise ModelError("weights.broken", path=path)
        if "/data/" in entry.filename and entry.compress_type != zipfile.ZIP_STORED:
            size = sum(each.file_size for each in entries)
            raise ModelError("weights.compressed", path=path, megabytes=f"{size / 1e6:,.0f}")


@contextmanager
def _name_in_utf8(path: Path) -> Iterator[Path]:
    """The file under a name that torch's memory map can take: it wants UTF-8."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        with tempfile.TemporaryDirectory() as folder:
            link = Path(folder) / "weights.pth"
            link.symlink_to(path.absolute())
            yield link
    else:
        yield path


def _keys(content: object) -> str:
    """What a file holds in place of weights, for a sentence."""
    if isinstance(content, Mapping) and content:
        return shorten(", ".join(map(str, list(content)[: SHOWN + 1])))
    return type(content).__name__
