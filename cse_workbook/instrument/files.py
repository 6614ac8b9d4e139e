"""Load an instrument from its TOML file, with the texts it quotes."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.instrument.check import KEY, SECTIONS, entries_of, folded, problems_of
from cse_workbook.instrument.model import Instrument, Source

PACKAGE: Final = Path(__file__).parent.parent
SHIPPED: Final = PACKAGE / "instruments"
SOURCES: Final = (PACKAGE / "sources", PACKAGE.parent / "data" / "sources")


def shipped(folder: Path = SHIPPED) -> list[str]:
    """List the keys of the instruments (or policies) in a folder of the package."""
    return sorted(path.stem for path in folder.glob("*.toml"))


@cache
def load(name: str = "occ_safeguard") -> Instrument:
    """Load an instrument by its key, or from the path of a TOML file.

    Raises `WorkbookError` with every problem of the file (INSTRUMENT_01 to INSTRUMENT_12).
    """
    path = SHIPPED / f"{name}.toml" if KEY.fullmatch(name) else Path(name)
    if KEY.fullmatch(name) and not path.exists():
        raise WorkbookError(problem("INSTRUMENT_11", name, near=near(name, shipped())))
    return parse(read_bytes(path), path.name, folder=path.parent)


def parse(content: bytes, where: str, *, folder: Path | None = None) -> Instrument:
    """Turn the bytes of a TOML file into an instrument; its sources may stand in `folder`.

    Raises `WorkbookError` with all problems of the file at once.
    """
    entries, problems = entries_of(toml(content, where, "INSTRUMENT_01"), where)
    texts = {source.key: source_text(source, folder) for source in entries.of("source")}
    problems += problems_of(entries, texts, where)
    if problems:
        raise WorkbookError(problems)
    lists = {field: tuple(entries.fields[field]) for field, _ in SECTIONS.values()}
    return Instrument(digest=digest(content), **{**entries.fields, **lists})


def toml(content: bytes, where: str, syntax: str) -> dict[str, Any]:
    """Decode TOML text; a mistake is raised under the code given, with its line.

    Raises INSTRUMENT_12 where the bytes are not UTF-8.
    """
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} is not UTF-8"
        raise WorkbookError(problem("INSTRUMENT_12", where, detail=detail)) from None
    except tomllib.TOMLDecodeError as error:
        raise WorkbookError(problem(syntax, where, detail=str(error))) from None
    except (RecursionError, ValueError):
        # The decoder's own limits: a number of thousands of digits, thousands of nested lists.
        detail = "a value is too long or nested too deeply"
        raise WorkbookError(problem(syntax, where, detail=detail)) from None


def read_bytes(path: Path) -> bytes:
    """Read a file whole. Raises INSTRUMENT_12 where that is not possible."""
    try:
        return path.read_bytes()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise WorkbookError(problem("INSTRUMENT_12", path.name, detail=detail)) from None


def digest(content: bytes) -> str:
    """Name a file by its content: `sha256:` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def source_text(source: Source, folder: Path | None) -> str:
    """Give the folded text of a source: beside the instrument's file, or as it ships.

    A source that stands nowhere is an empty text, so that each of its quotations is named.
    """
    beside = (folder, folder / "sources") if folder else ()
    for place in (*beside, *SOURCES):
        path = place / Path(source.file).name
        if path.is_file():
            return folded(path.read_text(encoding="utf-8"))
    return ""
