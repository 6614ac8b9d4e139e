"""How do the records leave for an audit, and how are they read there?

An extract is a folder: a Parquet file for each frame and one for the answers, and `manifest.json`,
which says of what they were made. Pseudonyms stand for children and cases; nothing that a person
wrote is in it, and no reference, account or name of a person. The folder is there whole or not at
all. Whoever reads it sees first that it is the one that was written, by this version, and that it
keeps its contract.
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
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.frames import (
    SCHEMAS,
    Coarseness,
    Frames,
    WithAnswers,
    answers_schema,
    shielded,
)
from cse_workbook.frames.contract import Schema, apart, breaks
from cse_workbook.instrument import Instrument
from cse_workbook.instrument.check import KEY as NAME
from cse_workbook.outcome import Edition, PolicyUsed
from cse_workbook.policy import Disclosure, Policy

MANIFEST: Final = "manifest.json"
_ROWS_TOGETHER: Final = 262_144  # in a part of a file that can be counted by itself
ANSWERS: Final = "answers"
VERSION: Final = version("cse-workbook")
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_LENGTH: Final = 20  # digits of a pseudonym: 80 bits


Tables = Mapping[str, pd.DataFrame]
Schemas = Mapping[str, Schema]
Indicator = Annotated[str, msgspec.Meta(pattern=f"^{NAME.pattern}$")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of an extract: how many rows it has, and the digest of its bytes."""

    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of what an extract was made. `of` names the agency whose cases it holds, or is “all”;
    `disclosure` holds the limits by which figures from it are protected, and `indicators` the
    columns of answers.
    """

    version: str
    made_on: date
    instrument: Edition
    policy: PolicyUsed
    head: str
    of: str
    dates: Coarseness
    disclosure: Disclosure
    pseudonyms_kept: bool
    indicators: tuple[Indicator, ...]
    files: Mapping[str, Part]


class Source(msgspec.Struct, frozen=True):
    """What is put down in the manifest of where the frames come from."""

    instrument: Instrument
    policy: Policy
    head: str
    of: str
    today: date


def write_extract(
    folder: Path, frames: WithAnswers, source: Source, keys: Path | None = None
) -> Manifest:
    """Write frames and answers into a folder that is not there yet, and give its manifest.

    Pseudonyms are new each time, unless `keys` names the file of a key that is kept: it is made
    where it is not there. Raises EXTRACT_05 to EXTRACT_09, and has left no folder behind then.
    """
    if folder.exists():
        raise WorkbookError(problem("EXTRACT_05", folder.name))
    key = secrets.token_bytes(32) if keys is None else _kept_key(keys)
    instrument, policy = source.instrument, source.policy
    dates, indicators = policy.extract.dates, tuple(each.key for each in instrument.indicators)
    given = msgspec.structs.asdict(shielded(frames, _names_by(key), dates))
    _check(given, {**SCHEMAS, ANSWERS: answers_schema(indicators)})
    with placed(folder) as part:
        files = {f"{name}.parquet": _write(part, name, frame) for name, frame in given.items()}
        manifest = Manifest(
            version=VERSION,
            made_on=source.today,
            instrument=Edition(instrument.key, instrument.edition, instrument.digest),
            policy=PolicyUsed(policy.key, policy.digest),
            head=source.head,
            of=source.of,
            dates=dates,
            disclosure=policy.disclosure,
            pseudonyms_kept=keys is not None,
            indicators=indicators,
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
def placed(folder: Path, code: str = "EXTRACT_06") -> Iterator[Path]:
    """Give a folder to fill, and put it in its place only when it is whole.

    Raises the message of the code where the disk does not take it.
    """
    with _translated(folder, code):
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        with _translated(folder, code):
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
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(rows, str(path), row_group_size=_ROWS_TOGETHER)
    return Part(len(frame), _digest(path))


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
    """Read the frames of an extract; the answers are left alone.

    Raises EXTRACT_01 to EXTRACT_04: no extract, of another version, a file that is not the one that
    was written, columns or rows that break the contract (with the first five of them).
    """
    return Frames(**_tables(folder, read_manifest(folder), SCHEMAS))


def read_with_answers(folder: Path) -> WithAnswers:
    """Read the frames of an extract and the answers, row by row those of the screenings.

    Raises as `read_extract` does.
    """
    manifest = read_manifest(folder)
    schemas = {**SCHEMAS, ANSWERS: answers_schema(manifest.indicators)}
    given = WithAnswers(**_tables(folder, manifest, schemas))
    if problems := list(apart(given)):
        raise WorkbookError(problems)
    return given


def _tables(folder: Path, manifest: Manifest, schemas: Schemas) -> dict[str, pd.DataFrame]:
    """Read tables of an extract that is as it was written, and keep to their contract."""
    check_files(folder, manifest)
    found = {name: _read(folder / f"{name}.parquet") for name in schemas}
    _check(found, schemas)
    return found


def check_files(folder: Path, manifest: Manifest) -> None:
    """See by their digests that the files of an extract are those that were written.

    Looks at all of them, also at those that are not read. Raises EXTRACT_03 for each that is not.
    """
    files = {f"{name}.parquet": None for name in (*SCHEMAS, ANSWERS)} | dict(manifest.files)
    problems = [
        problem("EXTRACT_03", f"{folder.name}, {name}")
        for name, part in files.items()
        if part is None or not _is_as_written(folder / name, part)
    ]
    if problems:
        raise WorkbookError(problems)


def _is_as_written(path: Path, part: Part) -> bool:
    try:
        return _digest(path) == part.sha256
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _read(path: Path) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = pq.read_table(str(path)).to_pandas()
    except pa.ArrowException:
        # What the library says would quote cells.
        raise WorkbookError(problem("EXTRACT_03", path.name)) from None
    return frame


def _check(tables: Tables, schemas: Schemas) -> None:
    """Raise EXTRACT_04 for every column that breaks the contract of its table."""
    problems = [each for name in schemas for each in breaks(name, tables[name], schemas[name])]
    if problems:
        raise WorkbookError(problems)
