"""Shared by all tests: the instrument and policy that ship, and tests that come out the same."""

import pytest
from hypothesis import settings

from cse_workbook import instrument, policy
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy

settings.register_profile("same_every_time", derandomize=True, database=None, deadline=None)
settings.load_profile("same_every_time")


@pytest.fixture(scope="session")
def default_policy() -> Policy:
    return policy.load()


@pytest.fixture(scope="session")
def occ(default_policy: Policy) -> Instrument:
    return policy.applied(instrument.load(), default_policy)
