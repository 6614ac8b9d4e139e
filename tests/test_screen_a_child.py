"""What the notebook shows when the records or the policy cannot be opened."""

import sqlite3
from typing import Any

import pytest

import cse_workbook
from cse_workbook import store


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CSE_WORKBOOK_HOME", str(tmp_path / "home"))
    store.init(tmp_path / "home")
    return tmp_path / "home"


def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    page, sent = cse_workbook.show("screen_a_child"), []
    monkeypatch.setattr(type(page), "send", lambda _page, content: sent.append(content))
    page._handle_custom_msg({"kind": "open", "draft": None, "page": None, "tab": "t"}, [])
    return sent[-1]["page"]


def test_records_that_cannot_be_opened_are_told_with_a_reference_and_left_alone(home, monkeypatch):
    (home / "records.db").unlink()
    with sqlite3.connect(home / "records.db") as plain:
        plain.execute("create table other (a)")
    before = (home / "records.db").read_bytes()

    page = shown(monkeypatch)

    [words] = [block["text"][0] for block in page["blocks"]]
    log = (home / "log" / "faults.log").read_text(encoding="utf-8")
    assert page["heading"] == "The records cannot be opened"
    assert "STORE_08" in log
    assert log.split()[1] in words
    assert (home / "records.db").read_bytes() == before


def test_a_policy_that_cannot_be_read_is_told_and_not_replaced_by_another(home, monkeypatch):
    (home / "policy.toml").write_text('key = "own"\nkey = "twice"', encoding="utf-8")

    page = shown(monkeypatch)

    assert page["heading"] == "The records cannot be opened"
    assert "POLICY_01" in (home / "log" / "faults.log").read_text(encoding="utf-8")
