"""No text of ours reassures about a child, and none blames a child.

Read are the instruments, policies and stories, the messages, the templates, the pages' script, the
notebooks and every text in the package. Quotations may hold the source's own words.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cse_workbook"

REASSURING = (
    r"\blow(?:er|est)?[ -]risk\b",
    r"\b(?:no|zero|minimal|without) risk\b",
    r"\bnot at (?:any )?risk\b",
    r"\brisk[ -]free\b",
    r"\b(?:un)?safe(?:r|st|ly)?\b",
    r"\bsafety\b",
    r"\bgreen\b",
    r"\bfalse alarms?\b",
    r"\ball (?:is )?clear\b",
    r"\bnothing to worry\b",
    r"\bnot (?:being )?exploited\b",
)
BLAMING = (
    r"\bpromiscu\w*",
    r"\blifestyles?\b",
    r"\bconsented\b",
    r"\bplac(?:es|ed|ing) (?:her|him|them)sel(?:f|ves) at risk\b",
    r"\bputs? (?:her|him|them)sel(?:f|ves) at risk\b",
    r"\bstreet[ -]?wise\b",
    r"\bprostitut\w*",
    r"\bclients?\b",
    r"\bboyfriends?\b",
    r"\b(?:risky|attention[ -]seeking) behaviour\b",
    r"\bprovocative\w*",
    r"\bmaking (?:bad|poor) choices\b",
)

# A phrase that may stand, and why.
ALLOWED = {
    "Home life is chaotic or unsafe": "a vulnerability: it warns",
    "Most children who live with one of them are not being exploited": "so that none is a verdict",
    "can never make a child look safer": "the reason for refusing at_most",
    "community safety team": "the name of a service",
    "never says that there is nothing to worry about": "it says what the page does not do",
    "boyfriend_or_peer_model": "the guidance's own name of a model",
}


def strings_of(value: Any) -> Iterator[str]:
    """Give the texts of decoded TOML or JSON, without quotations and phrases to be replaced."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("quote", "phrases"):
                yield from strings_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_of(part)


def texts_of(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from strings_of(tomllib.loads(text))
        yield from re.findall(r"(?m)^#.*$", text)
    elif path.suffix == ".ipynb":
        yield from strings_of(json.loads(text)["cells"])
    elif path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    else:
        yield text


def files() -> list[Path]:
    endings = (".py", ".toml", ".js", ".j2", ".html")
    found = [
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in endings and "__pycache__" not in path.parts
    ]
    return sorted([*found, *(ROOT / "notebooks").glob("*.ipynb")])


def found_in(path: Path, patterns: tuple[str, ...]) -> list[str]:
    """Give each forbidden word with what stands around it."""
    hits = []
    for text in texts_of(path):
        for phrase in ALLOWED:
            text = text.replace(phrase, "")
        for pattern in patterns:
            hits += [
                text[max(match.start() - 30, 0) : match.end() + 30]
                for match in re.finditer(pattern, text, re.IGNORECASE)
            ]
    return hits


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_reassures(path: Path) -> None:
    assert found_in(path, REASSURING) == []


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_blames(path: Path) -> None:
    assert found_in(path, BLAMING) == []


@pytest.mark.parametrize("phrase", ALLOWED)
def test_what_is_allowed_is_still_needed(phrase: str) -> None:
    assert any(phrase in text for path in files() for text in texts_of(path))


@pytest.mark.parametrize(
    "text", ["The child is at low risk.", "She is safe.", "not at risk", "a false alarm", "No risk"]
)
def test_reassuring_words_would_be_found(text: str) -> None:
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in REASSURING)


def test_safeguarding_is_not_a_reassuring_word() -> None:
    text = "Speak to your safeguarding lead; SAFEGUARD, safeguard_sign."

    assert not any(re.search(pattern, text, re.IGNORECASE) for pattern in REASSURING)
