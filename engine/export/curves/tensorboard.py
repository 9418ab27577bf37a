"""The numbers of trainings as a log for TensorBoard, whose package is an extra."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.errors import ExportError, InputError
from engine.export.curves.recorded import RecordedNumbers

EVENTS = "events.out.tfevents.*"
ROWS = 500  # between two looks at whether to go on


def check() -> None:
    """Refuse where the package is missing.

    Raises:
        InputError: it is.
    """
    try:
        import torch.utils.tensorboard  # noqa: F401
    except ImportError as error:
        raise InputError("export.no_tensorboard") from error


def write(
    folder: Path, runs: Sequence[RecordedNumbers], names: Sequence[str] = ()
) -> Iterator[int]:
    """Write `folder/RUN/events.out.tfevents.*`; older ones of these runs are replaced.

    A number's time is when its step was done, so that TensorBoard's relative time is true.
    Values are float64, as measured: TensorBoard smooths by itself.

    Args:
        names: the numbers wanted; empty for all.

    Yields:
        how many steps are written, now and then; closed before its end, it leaves the older log.

    Raises:
        InputError: the package is missing.
        ExportError: it could not be written.
    """
    check()
    from torch.utils.tensorboard import SummaryWriter

    done = 0
    for run in runs:
        target = folder / run.name
        partial = folder / f".{run.name}.partial"
        times = run.times()
        try:
            partial.mkdir(parents=True, exist_ok=True)
            writer = SummaryWriter(str(partial))
            try:
                for step, row in run.rows.items():
                    for name, value in row.items():
                        if not names or name in names:
                            writer.add_scalar(
                                name.replace(".", "/"), value, step, times[step],
                                double_precision=True,
                            )  # fmt: skip
                    done += 1
                    if done % ROWS == 0:
                        yield done
            finally:
                writer.close()
            target.mkdir(exist_ok=True)
            for old in target.glob(EVENTS):
                old.unlink()
            for new in partial.glob(EVENTS):
                os.replace(new, target / new.name)
        except OSError as error:
            reason = error.strerror or error
            raise ExportError("export.failed", path=target, reason=reason) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
