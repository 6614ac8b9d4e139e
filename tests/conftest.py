"""Shared by all tests: the instrument and policy that ship, and tests that come out the same."""

from pathlib import Path

import pytest
from hypothesis import settings

from cse_workbook import instrument, policy
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from tests import audited

settings.register_profile("same_every_time", derandomize=True, database=None, deadline=None)
settings.load_profile("same_every_time")


@pytest.fixture(scope="session")
def default_policy() -> Policy:
    return policy.load()


@pytest.fixture(scope="session")
def occ(default_policy: Policy) -> Instrument:
    return policy.applied(instrument.load(), default_policy)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an extract of made-up children, and one of whom everything is known."""
    folder = tmp_path_factory.mktemp("audit")
    audited.make(folder)
    return folder
