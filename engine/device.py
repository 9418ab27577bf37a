"""Where tensors live: the only module that names a device."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from engine.errors import DeviceError

if TYPE_CHECKING:
    import torch

CHOICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("float32", "bfloat16")


def available() -> tuple[str, ...]:
    """Names of the devices that work here, best first."""
    import torch

    names = []
    if torch.cuda.is_available():
        names.append("cuda")
    if torch.backends.mps.is_available():
        names.append("mps")
    return (*names, "cpu")


def resolve(name: str = "auto") -> torch.device:
    """The torch device for a name.

    Args:
        name: one of `CHOICES`, or an indexed name such as `cuda:1`.

    Raises:
        DeviceError: the device is unknown or not there.
    """
    import torch

    if name == "auto":
        return torch.device(available()[0])
    if name.split(":")[0] not in available():
        raise DeviceError("device.missing", device=name)
    try:
        device = torch.device(name)
        torch.empty(1, device=device)  # an index past the last GPU fails here
    except (RuntimeError, AssertionError) as error:
        raise DeviceError("device.missing", device=name) from error
    return device


def has_fast_bfloat16(device: torch.device | str) -> bool:
    """Whether a device computes in bfloat16 by itself; elsewhere it is slower than float32."""
    import torch

    kind = torch.device(device).type
    if kind == "cpu":
        told = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
        if told is not None and told():
            return True
        told = getattr(torch.cpu, "_is_amx_tile_supported", None)
        return bool(told is not None and told())
    return kind == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


def precisions(device: torch.device | str) -> tuple[str, ...]:
    """The precisions that make sense on a device, the exact one first."""
    return PRECISIONS if has_fast_bfloat16(device) else PRECISIONS[:1]


def identity(device: torch.device) -> str:
    """A device's kind and its maker's name for it: what a measured speed belongs to."""
    import torch

    if device.type == "cuda":
        return f"{device.type}: {torch.cuda.get_device_name(device)}"
    if device.type != "cpu":
        return f"{device.type}: {platform.machine()}"
    name = platform.processor() or platform.machine()
    with suppress(OSError, StopIteration):  # on Linux, where the name is not told otherwise
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            line = next(line for line in file if line.startswith("model name"))
        name = line.partition(":")[2].strip()
    return f"cpu: {name}, {torch.backends.cpu.get_cpu_capability()}, {os.cpu_count()} cores"


@contextmanager
def computing(device: torch.device, precision: str) -> Iterator[None]:
    """Compute convolutions and matrix products in a precision of `PRECISIONS`."""
    import torch

    if precision == PRECISIONS[0]:
        yield
        return
    with torch.autocast(device.type, torch.bfloat16):
        yield


def for_process(name: str, local: int) -> str:
    """A device of its own for each process of a machine, where there is one for each.

    Args:
        name: as for `resolve`; only names that leave the choice open are changed.
        local: the process's number on its machine.
    """
    import torch

    if name not in ("auto", "cuda") or not torch.cuda.is_available():
        return name
    return f"cuda:{local % torch.cuda.device_count()}"


def seed_everything(seed: int) -> None:
    """Seed torch's and NumPy's global generators."""
    import numpy
    import torch

    torch.manual_seed(seed)
    numpy.random.seed(seed % 2**32)


def synchronize(device: torch.device) -> None:
    """Wait until a device has done its work, so that a clock tells the truth."""
    import torch

    if device.type != "cpu":
        torch.accelerator.synchronize(device)


@contextmanager
def memory_guard(device: torch.device | str) -> Iterator[None]:
    """Turn a device's out-of-memory errors into a `DeviceError`."""
    import torch

    try:
        yield
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise DeviceError("device.out_of_memory", device=str(device)) from error
    except RuntimeError as error:
        # A processor's allocator raises no type of its own.
        if "not enough memory" in str(error) or "can't allocate memory" in str(error):
            raise DeviceError("device.out_of_memory", device=str(device)) from error
        raise


@contextmanager
def one_thread() -> Iterator[None]:
    """Let the calling thread compute alone: for work shorter than waking the others.

    On a busy machine a barrier waits until every thread has had its turn: 100 masks
    took 450 ms with two threads, 10 ms with one.
    """
    import torch

    before = torch.get_num_threads()
    if before == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def resolve_double(name: str = "auto") -> torch.device:
    """The device for small batches in float64: `auto` is the processor, which is quicker there.

    Raises:
        DeviceError: the device is not there or has no float64 (mps).
    """
    import torch

    if name == "auto":
        return torch.device("cpu")
    device = resolve(name)
    if device.type == "mps":
        raise DeviceError("device.no_float64", device=name)
    return device
