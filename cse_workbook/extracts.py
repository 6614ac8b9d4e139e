"""How do the records leave for an audit, and how are they read there?

An extract is a folder: a Parquet file for each frame, and `manifest.json`, which says of what they
were made. Pseudonyms stand for children and cases; nothing that a person wrote is in it, and no
reference, account or name of a person. The folder is there whole or not at all. Whoever reads it
sees first that it is the one that was written, by this version, and that it keeps its contract.
"""

import hmac
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import msgspec
import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from cse_workbook.errors import Problem, WorkbookError, near, problem
from cse_workbook.frames import SCHEMAS, Coarseness, Frames, shielded, type_of
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Edition, PolicyUsed
from cse_workbook.policy import Policy

MANIFEST: Final = "manifest.json"
VERSION: Final = version("cse-workbook")
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_LENGTH: Final = 20  # digits of a pseudonym: 80 bits
_SHOWN: Final = 5  # rows named in a message


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of an extract: how many rows it has, and the digest of its bytes."""

    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of what an extract was made. `of` names the agency whose cases it holds, or is “all”."""

    version: str
    made_on: date
    instrument: Edition
    policy: PolicyUsed
    head: str
    of: str
    dates: Coarseness
    pseudonyms_kept: bool
    files: Mapping[str, Part]


class Source(msgspec.Struct, frozen=True):
    """What is put down in the manifest of where the frames come from."""

    instrument: Instrument
    policy: Policy
    head: str
    of: str
    today: date


def write_extract(
    folder: Path, frames: Frames, source: Source, keys: Path | None = None
) -> Manifest:
    """Write frames into a folder that is not there yet, and give its manifest.

    Pseudonyms are new each time, unless `keys` names the file of a key that is kept: it is made
    where it is not there. Raises EXTRACT_05 to EXTRACT_08, and has left no folder behind then.
    """
    if folder.exists():
        raise WorkbookError(problem("EXTRACT_05", folder.name))
    key = secrets.token_bytes(32) if keys is None else _kept_key(keys)
    dates = source.policy.extract.dates
    given = shielded(frames, _names_by(key), dates)
    _check(given)
    with placed(folder) as part:
        files = {f"{name}.parquet": _write(part, name, f) for name, f in given.by_name().items()}
        instrument, policy = source.instrument, source.policy
        manifest = Manifest(
            version=VERSION,
            made_on=source.today,
            instrument=Edition(instrument.key, instrument.edition, instrument.digest),
            policy=PolicyUsed(policy.key, policy.digest),
            head=source.head,
            of=source.of,
            dates=dates,
            pseudonyms_kept=keys is not None,
            files=files,
        )
        encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        (part / MANIFEST).write_bytes(encoded + b"\n")
    return manifest


def _names_by(key: bytes) -> Callable[[str, str], str]:
    """Give pseudonyms under a key; of a child another than of its case."""

    @cache
    def name_of(what: str, reference: str) -> str:
        return hmac.digest(key, f"{what}:{reference}".encode(), "sha256").hex()[:_LENGTH]

    return name_of


def _kept_key(keys: Path) -> bytes:
    """Read the key that is kept, or make it, readable by its owner alone."""
    with _translated(keys, "EXTRACT_07"):
        if not keys.exists():
            made = secrets.token_hex(32)
            descriptor = os.open(keys, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
            with os.fdopen(descriptor, "w") as written:
                written.write(made)
        if keys.stat().st_mode & 0o077:
            raise WorkbookError(problem("EXTRACT_08", keys.name, path=keys))
        text = keys.read_text(encoding="latin-1").strip()
    if not _KEY.fullmatch(text):
        detail = "it does not hold a key of 64 hexadecimal digits"
        raise WorkbookError(problem("EXTRACT_07", keys.name, detail=detail))
    return bytes.fromhex(text)


@contextmanager
def placed(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, and put it in its place only when it is whole."""
    with _translated(folder, "EXTRACT_06"):
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        with _translated(folder, "EXTRACT_06"):
            yield part
            part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def _translated(path: Path, code: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        detail = os.strerror(error.errno) if error.errno else "the disk did not take it"
        raise WorkbookError(problem(code, path.name, detail=detail)) from None


def _write(folder: Path, name: str, frame: pd.DataFrame) -> Part:
    path = folder / f"{name}.parquet"
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), str(path))
    return Part(len(frame), sha256(path.read_bytes()).hexdigest())


def read_manifest(folder: Path) -> Manifest:
    """Read of what an extract was made. Raises EXTRACT_01 where there is none, and EXTRACT_02 for
    one that another version wrote.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        written = msgspec.json.decode(content)
        theirs = written.get("version") if isinstance(written, dict) else None
        if isinstance(theirs, str) and theirs != VERSION:
            shown = theirs if re.fullmatch(r"[\w.+-]{1,40}", theirs) else "another"
            raise WorkbookError(problem("EXTRACT_02", folder.name, theirs=shown, ours=VERSION))
        return msgspec.convert(written, Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise WorkbookError(problem("EXTRACT_01", folder.name)) from None


def read_extract(folder: Path) -> Frames:
    """Read the frames of an extract.

    Raises EXTRACT_01 to EXTRACT_04: no extract, of another version, a file that is not the one that
    was written, columns or rows that break the contract (with the first five of them).
    """
    manifest = read_manifest(folder)
    problems = [
        problem("EXTRACT_03", f"{folder.name}, {name}.parquet")
        for name in SCHEMAS
        if not _is_as_written(folder / f"{name}.parquet", manifest)
    ]
    if problems:
        raise WorkbookError(problems)
    found = {name: _read(folder / f"{name}.parquet") for name in SCHEMAS}
    frames = Frames(**found)
    _check(frames)
    return frames


def _is_as_written(path: Path, manifest: Manifest) -> bool:
    part = manifest.files.get(path.name)
    try:
        return part is not None and sha256(path.read_bytes()).hexdigest() == part.sha256
    except OSError:
        return False


def _read(path: Path) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = pq.read_table(str(path)).to_pandas()
    except pa.ArrowException:
        # What the library says would quote cells.
        raise WorkbookError(problem("EXTRACT_03", path.name)) from None
    return frame


def _check(frames: Frames) -> None:
    """Raise EXTRACT_04 for every column that breaks the contract of its frame."""
    problems = [each for name, frame in frames.by_name().items() for each in _breaks(name, frame)]
    if problems:
        raise WorkbookError(problems)


def _breaks(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    declared = list(SCHEMAS[name].columns)
    given = [str(column) for column in frame.columns]
    if given != declared:
        yield from _columns(name, given, declared)
        return
    others = [n for n, c in SCHEMAS[name].columns.items() if str(frame[n].dtype) != type_of(c)]
    if others:
        detail = "its values are not of the declared type."
        for column in others:
            yield problem("EXTRACT_04", f"{name}, column “{column}”", detail=detail)
        return
    try:
        SCHEMAS[name].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for column, found in cases.groupby("column", sort=False):
            yield problem("EXTRACT_04", f"{name}, column “{column}”", detail=_rows(found))


def _columns(name: str, given: list[str], declared: list[str]) -> Iterator[Problem]:
    lacking = [each for each in declared if each not in given]
    others = [each for each in given if each not in declared]
    for each in lacking:
        detail = f"it is not there.{near(each, others)}"
        yield problem("EXTRACT_04", f"{name}, column “{each}”", detail=detail)
    for each in others:
        detail = f"it is not declared.{near(each, lacking)}"
        shown = each if re.fullmatch(r"\w{1,40}", each) else "…"
        yield problem("EXTRACT_04", f"{name}, column “{shown}”", detail=detail)
    if not lacking and not others:
        yield problem("EXTRACT_04", name, detail="its columns are not in their order.")


def _rows(found: Any) -> str:
    """Name the rows that break a contract, from 1, and never what stands in them."""
    rows = sorted({int(each) + 1 for each in found["index"].dropna()})
    listed = ", ".join(map(str, rows[:_SHOWN]))
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    number = "row" if len(rows) == 1 else "rows"
    return f"{number} {listed}{more}: the value is not one that the contract allows."
