"""What does a run of an audit leave behind, and of what was it made?

A folder: the executed notebook, the report as a page, a file of CSV for everything shown, the
tables as printed (for their release), and `manifest.json`. Of these only the manifest names the
run and its time; all else is the same again from the same input, byte for byte.
"""

import os
import platform
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

import msgspec

from cse_workbook.audit.parameters import Value
from cse_workbook.disclosure import ledger
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.extracts import Manifest
from cse_workbook.outcome import Edition, PolicyUsed

MANIFEST: Final = "manifest.json"
TABLES: Final = "tables.json"
# What the figures and the pictures are made with.
MADE_WITH: Final = (
    *("cse-workbook", "numpy", "pandas", "pyarrow", "scipy", "statsmodels", "krippendorff"),
    *("vl-convert-python", "papermill", "nbconvert", "jinja2"),
)
# Something random, and the mark of the account.
Run = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}-[0-9a-f]{16}$")]
_BYTES: Final = 8


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of what an extract was made, as far as it may be published: without its counts of rows."""

    version: str
    made_on: date
    instrument: Edition
    policy: PolicyUsed
    head: str
    of: str
    files: Mapping[str, str]

    @classmethod
    def of_extract(cls, manifest: Manifest) -> "Origin":
        """Take it from the manifest of an extract."""
        return cls(
            version=manifest.version,
            made_on=manifest.made_on,
            instrument=manifest.instrument,
            policy=manifest.policy,
            head=manifest.head,
            of=manifest.of,
            files={name: part.sha256 for name, part in manifest.files.items()},
        )


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One folder or file that was read: its last name, and the digest of what is in it."""

    name: str
    sha256: str
    made_of: Origin | None = None


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a run was made. Two runs of the same input differ in `run` and `made_at` only.

    `rows_in` gives the rows of each frame in words, small numbers protected; `rows_out` those of
    each table shown.
    """

    run: Run
    made_at: datetime
    notebook: str
    notebook_sha256: str
    parameters: Mapping[str, Value]
    inputs: Mapping[str, Input]
    versions: Mapping[str, str]
    rows_in: Mapping[str, str]
    rows_out: Mapping[str, int]
    checks: Sequence[str]
    files: Mapping[str, str]

    def is_by(self, account: str) -> bool:
        """Tell whether an account made the run."""
        name, mark = self.run.split("-")
        return mark == _mark(name, account)

    def again(self, other: "Result") -> list[str]:
        """Name what differs from another run, apart from its name and its time."""
        fields = (each for each in self.__struct_fields__ if each not in ("run", "made_at"))
        differ = [each for each in fields if getattr(self, each) != getattr(other, each)]
        names = sorted({*self.files, *other.files})
        files = [each for each in names if self.files.get(each) != other.files.get(each)]
        return [*(each for each in differ if each != "files"), *files]


def new_run(account: str) -> Run:
    """Name a run, so that its account is known again (`Result.is_by`) but is not named.

    Whoever has accounts to choose from can still tell which of them it was.
    """
    name = secrets.token_hex(_BYTES)
    return f"{name}-{_mark(name, account)}"


def _mark(name: str, account: str) -> str:
    return sha256(name.encode() + os.fsencode(account)).hexdigest()[: 2 * _BYTES]


def versions() -> dict[str, str]:
    """Give the versions of Python and of what the figures are made with."""
    return {
        "python": platform.python_version(),
        **{each: version(each) for each in MADE_WITH},
    }


def digests(folder: Path) -> dict[str, str]:
    """Give the digest of all that is in a folder but the manifest; of what is no file, a blank."""
    there = sorted(each for each in folder.iterdir() if each.name != MANIFEST)
    return {
        each.name: sha256(each.read_bytes()).hexdigest() if each.is_file() else "" for each in there
    }


def changed(folder: Path, result: Result) -> list[str]:
    """Name what was changed in a folder of results, added to it or taken away since."""
    there = digests(folder)
    names = sorted({*there, *result.files})
    return [each for each in names if there.get(each) != result.files.get(each)]


def write(folder: Path, result: Result) -> None:
    """Write the manifest of a run."""
    encoded = msgspec.json.format(msgspec.json.encode(result), indent=2)
    (folder / MANIFEST).write_bytes(encoded + b"\n")


def read(folder: Path) -> Result:
    """Read the manifest of a run. Raises AUDIT_13."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Result)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise WorkbookError(problem("AUDIT_13", folder.name)) from None


def read_tables(folder: Path, result: Result) -> list[tuple[str, ledger.Table]]:
    """Read the tables of a run as printed, each behind the digest of its file.

    Raises AUDIT_13 where they are not among the results, and DISCLOSURE_06 where they are none.
    """
    try:
        found = ledger.read((folder / TABLES).read_bytes(), f"{folder.name}, {TABLES}")
        return [(f"sha256:{result.files[f'{each.name}.csv']}", each) for each in found.tables]
    except (OSError, KeyError):
        raise WorkbookError(problem("AUDIT_13", folder.name)) from None
