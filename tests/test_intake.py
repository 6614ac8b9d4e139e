"""What happens to a file of screenings that is as it should be, and to one that is not.

Each record comes out as a screening or as the sentences that refuse it; what is wrong in the fields
of a record is met in `test_screening`.
"""

import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from cse_workbook import intake
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.screening import Screening

GOOD = b'{"child_ref": "C-0001", "age": 14, "answers": {"self_harm": "yes"}}'
BAD = b'{"child_ref": "C-0002", "age": 14, "answers": {"self_harm": "maybe"}}'
WORD = "this is not an answer. Answer “yes”, “possible”, “no” or “not_known”."
JSON = "Correct the text at that place, or export the record again."
NUL = "Remove it: it is never part of a word, and it usually means a damaged file."
LONG = "Give one screening a line; a screening is a few thousand characters."
NESTED = (
    "the record is nested too deeply to be a screening. Give one flat screening as in README.md."
)
TWICE = "Keep one of the two: with both, nobody can tell which one is meant."
NOT_UTF8 = "Save the file as UTF-8 and give it again."


def read(content: bytes, occ: Instrument, name: str = "a.json") -> list[str]:
    """Give the reference of each good record, and the whole message of each bad one."""
    stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
    return [told(found) for _, found in intake.read(stream, name, occ)]


def told(found: Screening | WorkbookError) -> str:
    return found.child_ref if isinstance(found, Screening) else str(found)


# The three forms


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (GOOD, ["a.json, line 1"]),
        (b"\xef\xbb\xbf" + GOOD, ["a.json, line 1"]),
        (b"\n \n" + GOOD + b"\r\n\n" + GOOD, ["a.json, line 3", "a.json, line 5"]),
        (json.dumps(json.loads(GOOD), indent=2).encode(), ["a.json"]),
        (GOOD[:-1] + b"\n}", ["a.json"]),
        (b" [" + GOOD + b",\n" + GOOD + b"]\n", ["a.json, record 1", "a.json, record 2"]),
    ],
    ids=["one line", "byte order mark", "JSON Lines", "indented", "brace below", "list"],
)
def test_each_form_is_told_by_its_first_line(
    content: bytes, places: list[str], occ: Instrument
) -> None:
    stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]

    found = list(intake.read(stream, "a.json", occ))

    assert [place for place, _ in found] == places
    assert [told(screening) for _, screening in found] == ["C-0001"] * len(places)


def test_a_bad_first_line_still_means_a_record_a_line(occ: Instrument) -> None:
    assert read(b'{"age" 14}\n' + GOOD, occ) == [
        "SCREENING_11 · a.json, line 1: this is not valid JSON (Expecting ':' delimiter: line 1,"
        f" column 8 of the record). {JSON}",
        "C-0001",
    ]


def test_braces_inside_a_text_do_not_hide_the_end_of_a_line(occ: Instrument) -> None:
    line = GOOD[:-1] + b', "worry": "made up {"}'

    assert read(line + b"\n" + GOOD, occ) == ["C-0001", "C-0001"]


def test_a_name_that_ends_in_jsonl_means_a_record_a_line_whatever_the_first_line_holds(
    occ: Instrument,
) -> None:
    assert read(b'{"age":\n' + GOOD, occ, "a.jsonl") == [
        "SCREENING_11 · a.jsonl, line 1: this is not valid JSON (Expecting value: line 2, column 1"
        f" of the record). {JSON}",
        "C-0001",
    ]


def test_brackets_and_quotation_marks_in_a_text_do_not_end_a_record(occ: Instrument) -> None:
    tricky = GOOD[:-1] + rb', "worry": "]\"}, [\\"}'

    assert read(b"[" + tricky + b"," + GOOD + b"]", occ) == ["C-0001", "C-0001"]


def test_a_list_longer_than_one_piece_of_reading_is_cut_at_the_same_places(
    occ: Instrument,
) -> None:
    worry = b'\\\\\\"' * 50
    record = GOOD[:-1] + b', "worry": "' + worry + b'"}'

    assert read(b"[" + b",".join([record] * 700) + b"]", occ) == ["C-0001"] * 700


def test_one_bad_record_of_a_list_does_not_spoil_the_others(occ: Instrument) -> None:
    assert read(b"[" + GOOD + b',{"age": NaN},' + BAD + b"," + GOOD + b"]", occ) == [
        "C-0001",
        "SCREENING_11 · a.json, record 2: this is not valid JSON (“NaN” is not a number in JSON)."
        f" {JSON}",
        f"SCREENING_02 · a.json, record 3, answers.self_harm: {WORD}",
        "C-0001",
    ]


# What is refused


@pytest.mark.parametrize("content", [b"", b"\n  \n", b"[]", b" [ \n ] "])
def test_a_file_without_a_screening_is_refused(content: bytes, occ: Instrument) -> None:
    assert read(content, occ) == [
        "SCREENING_16 · a.json: there is no screening in it. Give at least one screening."
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b'{"child_ref": "\xff"}',
            f"SCREENING_12 · a.json, line 1: the text is not UTF-8 (byte 15). {NOT_UTF8}",
        ),
        (
            GOOD.decode().encode("utf-16"),
            f"SCREENING_12 · a.json: the text is not UTF-8 (byte 0). {NOT_UTF8}",
        ),
        (
            b'{"worry": "a\x00b"}',
            f"SCREENING_13 · a.json, line 1: the text holds a NUL character. {NUL}",
        ),
        (
            b'{"worry": ["a\\u0000b"]}',
            f"SCREENING_13 · a.json, line 1: the text holds a NUL character. {NUL}",
        ),
        (
            b'{"worry": "\\ud83d"}',
            "SCREENING_27 · a.json, line 1: the text holds half a character. Export the record"
            " again as UTF-8; often a pictogram was cut in two.",
        ),
        (b"[" * 10_000 + b"]" * 10_000, f"SCREENING_14 · a.json, record 1: {NESTED}"),
        (
            b'{"worry": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
            f"SCREENING_14 · a.json, line 1: {NESTED}",
        ),
        (
            b'{"age": ' + b"9" * 5000 + b"}",
            "SCREENING_26 · a.json, line 1: a number of 5000 digits is part of it. Correct the"
            " number: no field of a screening takes such a number.",
        ),
        (
            b'{"age": -Infinity}',
            "SCREENING_11 · a.json, line 1: this is not valid JSON (“-Infinity” is not a number in"
            f" JSON). {JSON}",
        ),
        (
            b"[" + GOOD[:-1],
            "SCREENING_11 · a.json, record 1: this is not valid JSON (the list does not end)."
            f" {JSON}",
        ),
        (
            b"12",
            "SCREENING_03 · a.json: a screening is an object of names and values. Compare the"
            " record with the example in README.md.",
        ),
    ],
    ids=[
        *("not UTF-8", "UTF-16", "NUL", "escaped NUL", "half a character", "deep list"),
        *("deep field", "5,000 digits", "infinity", "cut off", "a number"),
    ],
)
def test_a_damaged_record_is_refused_with_place_and_repair(
    content: bytes, message: str, occ: Instrument
) -> None:
    assert read(content, occ) == [message]


def test_text_after_a_list_is_refused(occ: Instrument) -> None:
    assert read(b"[" + GOOD + b"]\n" + GOOD, occ) == [
        "C-0001",
        "SCREENING_11 · a.json: this is not valid JSON (there is more after the end of the list)."
        f" {JSON}",
    ]


def test_every_key_that_stands_twice_is_named_at_any_level(occ: Instrument) -> None:
    content = b"""{"child_ref": "C-0001", "age": 14, "age": 15, "answers": {"self_harm":
        {"answer": "yes", "answer": "no", "evidence": "made up", "evidence": "Zoltan"}}}"""

    assert read(content, occ)[0].splitlines() == [
        f"SCREENING_10 · a.json: the key “answer” stands twice in the same object. {TWICE}",
        f"SCREENING_10 · a.json: the key “evidence” stands twice in the same object. {TWICE}",
        f"SCREENING_10 · a.json: the key “age” stands twice in the same object. {TWICE}",
    ]


def test_a_repeated_key_is_told_together_with_what_else_is_wrong(occ: Instrument) -> None:
    content = b'{"child_ref": "C-0001", "age": 14, "age": 14, "answers": {"self_harm": "maybe"}}'

    assert read(content, occ)[0].splitlines() == [
        f"SCREENING_10 · a.json, line 1: the key “age” stands twice in the same object. {TWICE}",
        f"SCREENING_02 · a.json, line 1, answers.self_harm: {WORD}",
    ]


def test_no_message_quotes_what_stands_where_a_key_should_be(occ: Instrument) -> None:
    content = b"""{"child_ref": "Zoltan Example", "Zoltan Example": 1, "Zoltan Example": 2,
        "age": 14, "instrument": "Zoltan Example", "answers": {"Zoltan Example": "yes", "self_harm":
        {"answer": "Zoltan Example"}}, "view": {"route": "Zoltan Example",
        "drivers": ["Zoltan Example"]}, "worry": {"Zoltan Example": 3}}"""

    messages = read(content, occ)[0]

    assert "Zoltan" not in messages
    assert len(messages.splitlines()) == 9


# Length


def test_a_record_that_is_too_long_is_passed_over(occ: Instrument) -> None:
    long = b'{"worry": "' + b"a" * intake.LIMIT + b'"}\n'

    assert read(long + GOOD, occ) == [
        f"SCREENING_15 · a.json, line 1: the record is longer than 10 megabytes. {LONG}",
        "C-0001",
    ]


@pytest.mark.parametrize(
    ("start", "place"), [(b"x", ""), (b'[{"worry": "', ", record 1"), (b'{"worry":\n"', "")]
)
def test_a_document_that_is_too_long_is_refused(start: bytes, place: str, occ: Instrument) -> None:
    assert read(start + b"a" * (intake.LIMIT + 1), occ) == [
        f"SCREENING_15 · a.json{place}: the record is longer than 10 megabytes. {LONG}"
    ]


class Endless(io.RawIOBase):
    """A stream that gives the same bytes for ever."""

    def __init__(self, start: bytes, rest: bytes) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = (self._start or self._rest * len(buffer))[: len(buffer)]
        buffer[: len(piece)] = piece
        self._start = b""
        return len(piece)


@pytest.mark.parametrize("start", [b"", b'{"a": "', b'[{"a": "'])
def test_input_without_end_is_refused_in_bounded_memory(start: bytes, occ: Instrument) -> None:
    tracemalloc.start()

    found = list(intake.read(io.BufferedReader(Endless(start, b"a")), "standard input", occ))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [str(error)[:12] for _, error in found] == ["SCREENING_15"]
    assert peak < 8 * intake.LIMIT


# Files


def test_a_file_that_is_not_there_is_named(occ: Instrument, tmp_path: Path) -> None:
    found = list(intake.read_file(tmp_path / "none.json", occ))

    assert [str(error) for _, error in found] == [
        "SCREENING_18 · none.json: the file cannot be read (No such file or directory). Check the"
        " path and its permissions."
    ]


def test_a_folder_is_not_a_file(occ: Instrument, tmp_path: Path) -> None:
    found = list(intake.read_file(tmp_path, occ))

    assert [str(error) for _, error in found] == [
        f"SCREENING_18 · {tmp_path.name}: the file cannot be read (Is a directory). Check the path"
        " and its permissions."
    ]


def test_a_file_is_read_under_its_own_name(occ: Instrument, tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_bytes(GOOD + os.linesep.encode() + GOOD)

    found = list(intake.read_file(tmp_path / "two.jsonl", occ))

    assert [place for place, _ in found] == ["two.jsonl, line 1", "two.jsonl, line 2"]
