"""Weights files: safetensors that describe themselves, read without torch or with it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.atomic_write import replacing
from engine.errors import InputError, ModelError, shorten

if TYPE_CHECKING:
    from torch import Tensor

MAX_HEADER_BYTES = 4 << 20
METADATA = "__metadata__"
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # the text around a name


@dataclass(frozen=True)
class Description:
    """What a weights file says about itself.

    Attributes:
        architecture: the text for `engine.detection.models.builders.from_json`.
        classes: class names, the first is label 1.
        keypoint_names: named points; empty for none.
        keypoint_classes: classes whose points mean something.
    """

    architecture: str
    classes: tuple[str, ...]
    keypoint_names: tuple[str, ...] = ()
    keypoint_classes: tuple[str, ...] = ()

    def metadata(self) -> dict[str, str]:
        return {
            "format": "thalweg",
            "architecture": self.architecture,
            "classes": json.dumps(self.classes),
            "keypoint_names": json.dumps(self.keypoint_names),
            "keypoint_classes": json.dumps(self.keypoint_classes),
        }


def read_header(path: Path) -> dict[str, Any]:
    """The JSON header of a safetensors file.

    Raises:
        InputError: there is no such file.
        ModelError: the file is not safetensors.
    """
    try:
        with open(path, "rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= MAX_HEADER_BYTES:
                raise ValueError(length)
            header = json.loads(file.read(length))
    except FileNotFoundError as error:
        raise InputError("file.missing", path=path) from error
    except OSError as error:
        raise InputError("file.unreadable", path=path) from error
    except (ValueError, RecursionError) as error:
        raise ModelError("weights.not_safetensors", path=path) from error
    if not isinstance(header, dict):
        raise ModelError("weights.not_safetensors", path=path)
    return header


def read_metadata(path: Path) -> dict[str, str]:
    """The texts in a safetensors file's header.

    Raises:
        InputError: there is no such file.
        ModelError: the file is not safetensors, or its metadata are no texts.
    """
    metadata = read_header(path).get(METADATA)
    if metadata is None:
        return {}
    if not isinstance(metadata, dict):
        raise ModelError("weights.metadata", path=path, field=METADATA)
    for field, value in metadata.items():
        if not isinstance(value, str):
            raise ModelError("weights.metadata", path=path, field=shorten(field))
    return metadata


def read_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The shape of every tensor of a safetensors file by name, from its header alone.

    Raises:
        InputError: there is no such file.
        ModelError: the file is not safetensors, or its header is damaged.
    """
    shapes = {}
    for name, entry in read_header(path).items():
        if name == METADATA:
            continue
        shape = entry.get("shape") if isinstance(entry, dict) else None
        if not isinstance(shape, list) or not all(type(side) is int for side in shape):
            raise ModelError("weights.broken", path=path)
        shapes[name] = tuple(shape)
    return shapes


def describe(path: Path) -> Description:
    """What a weights file of ours says about itself; no torch needed.

    Raises:
        InputError: there is no such file.
        ModelError: the file is not safetensors, or not one of ours.
    """
    metadata = read_metadata(path)
    if "architecture" not in metadata or "classes" not in metadata:
        raise ModelError("weights.undescribed", path=path)
    return Description(
        metadata["architecture"],
        *(_names(path, metadata, f) for f in ("classes", "keypoint_names", "keypoint_classes")),
    )


def _names(path: Path, metadata: Mapping[str, str], field: str) -> tuple[str, ...]:
    try:
        names = json.loads(metadata.get(field, "[]"))
    except (ValueError, RecursionError):
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ModelError("weights.metadata", path=path, field=field)
    return tuple(map(clean_name, names))


def clean_name(name: str) -> str:
    """A name out of a file as it can be shown and written anywhere: U+FFFD for what cannot."""
    bad = {"Cc", "Cs", "Zl", "Zp"}  # control characters, lone surrogates, ends of lines
    return "".join(
        "\ufffd" if unicodedata.category(c) in bad or unicodedata.bidirectional(c) in _TURNS else c
        for c in name
    )


def read_tensors(path: Path) -> dict[str, Tensor]:
    """Every tensor of a safetensors file by name, of any shape and dtype, on the CPU.

    Raises:
        ModelError: the file is broken.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise ModelError("weights.broken", path=path) from error


def write_tensors(
    path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str] | None = None
) -> None:
    """Write a safetensors file at once; equal tensors and metadata give equal bytes.

    Args:
        tensors: by name, of any shape, dtype and device.
        metadata: texts for the file's header.

    Raises:
        ExportError: it could not be written.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    with replacing(path) as temporary:
        try:
            save_file(plain, temporary, metadata=dict(metadata or {}))
        except SafetensorError as error:  # what the file system says arrives in this one
            raise OSError(str(error)) from error
        _sort_metadata(temporary)


def _sort_metadata(path: Path) -> None:
    """Put the texts of the header in order: safetensors writes them in any."""
    with path.open("rb+") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        header["__metadata__"] = dict(sorted(header.get("__metadata__", {}).items()))
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        if len(text) <= length:  # as it is but for the order; the rest is padding
            file.seek(8)
            file.write(text.ljust(length))
