"""Each message that a person can meet is shown by a test, as a whole sentence under its code."""

import re
from pathlib import Path

import pytest

from cse_workbook.errors import MESSAGES

TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).parent.rglob("test_*.py"))
    if path != Path(__file__)
)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_test_shows_the_message(code: str) -> None:
    assert f"{code} · " in TESTS


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_what_is_wrong_and_then_what_to_do(code: str) -> None:
    what, repair = MESSAGES[code]

    assert re.search(r"[.?}]$", what)
    assert re.match(r"[A-Z{]", repair)
    assert re.search(r"[.}]$", repair)


def test_codes_of_a_topic_are_numbered_without_gaps() -> None:
    topics: dict[str, list[int]] = {}
    for code in MESSAGES:
        topic, number = code.rsplit("_", 1)
        topics.setdefault(topic, []).append(int(number))

    assert {topic: sorted(numbers) for topic, numbers in topics.items()} == {
        topic: list(range(1, len(numbers) + 1)) for topic, numbers in topics.items()
    }
