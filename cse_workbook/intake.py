"""How do screenings come in from a file, and what is wrong with those that do not?

Reads one JSON object, a JSON list, or JSON Lines, record by record, and never holds more than one
record of bounded length. Each record comes out as a checked screening or as the error that refuses
it; a bad one does not stop the others. Nothing is counted here, and no message quotes what is
recorded about a child.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any, Final, NoReturn

from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.instrument import Instrument
from cse_workbook.screening import Screening, read_screening, shown

LIMIT: Final = 10_000_000  # bytes a record; a screening has a few thousand
DIGITS: Final = 18
_SKIPPED: Final = 100  # pieces of LIMIT bytes, after which an endless line is given up
_PIECE: Final = 65_536
_MARK: Final = re.compile(rb'[\[\]{},"\\]')
_BOM: Final = b"\xef\xbb\xbf"
_OF_LINES: Final = (".jsonl", ".ndjson")

Read = tuple[str, Screening | WorkbookError]
Cut = tuple[str, bytes | Problem]


def read_file(path: Path, instrument: Instrument) -> Iterator[Read]:
    """Read the screenings of a file, each with its place in it.

    A file that cannot be read gives one error (SCREENING_18), as does one without any (_16).
    """
    try:
        with path.open("rb") as stream:
            yield from read(stream, path.name, instrument)
    except OSError as error:
        detail = os.strerror(error.errno) if error.errno else "it did not answer"
        yield path.name, WorkbookError(problem("SCREENING_18", path.name, detail=detail))


def read(stream: BufferedReader, name: str, instrument: Instrument) -> Iterator[Read]:
    """Read the screenings of a binary stream; `name` stands for it in messages.

    Gives SCREENING_01 to SCREENING_29 as errors, in the order of the records.
    """
    nothing = True
    for where, record in _records(stream, name):
        nothing = False
        if isinstance(record, Problem):
            yield where, WorkbookError(record)
        else:
            yield where, _read_one(record, where, instrument)
    if nothing:
        yield name, WorkbookError(problem("SCREENING_16", name))


def _read_one(record: bytes, where: str, instrument: Instrument) -> Screening | WorkbookError:
    problems: list[Problem] = []
    try:
        screening = read_screening(_decoded(record, where, problems), where, instrument)
    except WorkbookError as error:
        return WorkbookError([*problems, *error.problems])
    return WorkbookError(problems) if problems else screening


def _records(stream: BufferedReader, name: str) -> Iterator[Cut]:
    """Cut a stream into records: the form is told by the name and by the first line."""
    line, number = stream.readline(LIMIT + 1).removeprefix(_BOM), 1
    while line and not line.strip():
        line, number = stream.readline(LIMIT + 1), number + 1
    if not line:
        return
    start = line.lstrip()
    if start.startswith(b"["):
        yield from _elements(start[1:], stream, name)
    elif name.endswith(_OF_LINES) or _is_record(line):
        yield from _lines(line, number, stream, name)
    else:
        # One byte too many shows that there is more than may be.
        yield _bounded(line + stream.read(max(LIMIT + 1 - len(line), 0)), name)


def _is_record(line: bytes) -> bool:
    """Tell whether a line is one whole record, good or bad, and not the start of a longer one."""
    text = line.strip()
    if not text.startswith(b"{"):
        return False
    if len(line) > LIMIT:
        return True
    return text.endswith(b"}") and (text.count(b"{") == text.count(b"}") or _is_json(text))


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(line: bytes, number: int, stream: BufferedReader, name: str) -> Iterator[Cut]:
    while line:
        if line.strip():
            yield _bounded(line, f"{name}, line {number}")
        if len(line) > LIMIT and not _skipped(line, stream):
            return
        line, number = stream.readline(LIMIT + 1), number + 1


def _skipped(line: bytes, stream: BufferedReader) -> bool:
    """Pass over the rest of a line, unless it does not end."""
    for _ in range(_SKIPPED):
        if not line or line.endswith(b"\n"):
            return True
        line = stream.readline(LIMIT)
    return False


def _elements(start: bytes, stream: BufferedReader, name: str) -> Iterator[Cut]:
    """Cut a list into its elements; a mistake inside one is left to whoever reads it."""
    number, held, brackets = 1, bytearray(), _Brackets()
    for piece in _pieces(start, stream):
        begin = 0
        for end in brackets.ends(piece):
            held += piece[begin:end]
            begin = end + 1
            if brackets.depth or number > 1 or held.strip():
                yield _bounded(bytes(held), f"{name}, record {number}")
            number, held = number + 1, bytearray()
        if not brackets.depth:
            yield from _rest(piece[begin:], stream, name)
            return
        held += piece[begin:]
        if len(held) > LIMIT:
            yield _bounded(bytes(held), f"{name}, record {number}")
            return
    detail = "the list does not end"
    yield name, problem("SCREENING_11", f"{name}, record {number}", detail=detail)


class _Brackets:
    """Follow a list by its brackets, commas and quotation marks alone, piece by piece."""

    def __init__(self) -> None:
        self.depth = 1
        self._quoted = False
        self._escaped = False

    def ends(self, piece: bytes) -> Iterator[int]:
        """Give the places where an element ends, up to the end of the list."""
        passed = 0 if self._escaped else -1
        self._escaped = False
        for mark in _MARK.finditer(piece):
            place, sign = mark.start(), mark.group()
            if place == passed:
                continue
            if sign == b"\\":
                passed = place + 1
                self._escaped = passed == len(piece)
            elif sign == b'"':
                self._quoted = not self._quoted
            elif not self._quoted:
                self.depth += (sign in b"[{") - (sign in b"]}")
                if self.depth == 0 or (self.depth == 1 and sign == b","):
                    yield place
                if self.depth == 0:
                    return


def _pieces(start: bytes, stream: BufferedReader) -> Iterator[bytes]:
    piece = start
    while piece:
        yield piece
        piece = stream.read(_PIECE)


def _rest(piece: bytes, stream: BufferedReader, name: str) -> Iterator[Cut]:
    if any(part.strip() for part in _pieces(piece + stream.read(_PIECE), stream)):
        yield name, problem("SCREENING_11", name, detail="there is more after the end of the list")


def _bounded(record: bytes, where: str) -> Cut:
    if len(record.rstrip(b"\r\n")) > LIMIT:
        return where, problem("SCREENING_15", where, limit=LIMIT // 1_000_000)
    return where, record


def _decoded(record: bytes, where: str, problems: list[Problem]) -> Any:
    """Decode a record; keys that stand twice are noted, whatever else is wrong is raised."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for key, times in Counter(key for key, _ in pairs).items():
            if times > 1:
                problems.append(problem("SCREENING_10", where, key=shown(key)))
        return dict(pairs)

    try:
        text = record.decode()
        if "\0" in text:
            raise WorkbookError(problem("SCREENING_13", where))
        raw = json.loads(text, object_pairs_hook=once, parse_int=_whole, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise WorkbookError(problem("SCREENING_12", where, byte=error.start)) from None
    except json.JSONDecodeError as error:
        # The cause holds the record.
        detail = f"{error.msg}: line {error.lineno}, column {error.colno} of the record"
        raise WorkbookError(problem("SCREENING_11", where, detail=detail)) from None
    except _NotANumberError as error:
        raise WorkbookError(problem(error.args[0], where, detail=error.args[1])) from None
    except RecursionError:
        raise WorkbookError(problem("SCREENING_14", where)) from None
    _check_characters(raw, where)
    return raw


class _NotANumberError(ValueError):
    """Carry the code and the detail of a number that is none out of the decoder."""


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise _NotANumberError("SCREENING_26", len(digits))
    return int(digits)


def _no_number(word: str) -> NoReturn:
    raise _NotANumberError("SCREENING_11", f"“{word}” is not a number in JSON")


def _check_characters(raw: Any, where: str) -> None:
    for text in _texts(raw):
        if "\0" in text:
            raise WorkbookError(problem("SCREENING_13", where))
        if not _is_writable(text):
            raise WorkbookError(problem("SCREENING_27", where))


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(raw: Any) -> Iterable[str]:
    waiting = [raw]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
