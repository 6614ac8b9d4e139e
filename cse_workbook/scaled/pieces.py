"""What does a worker get: a batch, or the place of a stretch in a file that it reads itself?"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.tables.files import Batch, Stretch, batches_in


class Sent(msgspec.Struct, frozen=True):
    """A batch that was read here, and goes to whoever counts it."""

    batch: Batch
    after: int

    def __repr__(self) -> str:
        """Show the place only: a worker writes down what it was given when it fails."""
        return f"Sent(after={self.after})"

    def batches(self) -> Iterator[Batch]:
        """Give the batch."""
        yield self.batch


class Shared(msgspec.Struct, frozen=True):
    """A stretch of a Parquet file, read by whoever counts it; they have to see the same file."""

    path: Path
    size: int
    stretch: Stretch

    @property
    def after(self) -> int:
        """Give the number of rows before it."""
        return self.stretch.after

    def seen(self) -> Path:
        """Give the file. Raises SCALE_05 where it is not there, or not the same."""
        if not self.path.is_file() or self.path.stat().st_size != self.size:
            raise WorkbookError(problem("SCALE_05", self.path.name))
        return self.path

    def batches(self) -> Iterator[Batch]:
        """Read the stretch, batch by batch."""
        return batches_in(self.seen(), self.stretch)


def shared(path: Path, stretches: Iterable[Stretch]) -> list[Shared]:
    """Divide a file that every worker sees under this path."""
    whole = path.resolve()
    return [Shared(whole, whole.stat().st_size, stretch) for stretch in stretches]
