"""Who somebody is follows from the account of the process, and from nothing that can be typed."""

import os
import pwd
from getpass import getuser

import pytest

from cse_workbook import account


@pytest.fixture(autouse=True)
def _another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(each, "somebody.else")


def test_the_name_is_that_of_the_process_whatever_the_environment_says() -> None:
    assert getuser() == "somebody.else"
    assert account.name() == pwd.getpwuid(os.getuid()).pw_name


def test_an_account_without_a_name_is_known_by_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 9)

    assert account.name() == "2147483639"


def test_where_accounts_have_no_number_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getuid")

    assert account.name() == "somebody.else"
