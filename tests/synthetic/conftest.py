"""A year of two hundred made-up children, and how it stands in the record."""

from collections.abc import Sequence

import pytest

from cse_workbook.case import Case, Entry
from cse_workbook.synthetic import MadeUp
from tests.synthetic.made_up import a_year, cases_of_a_year, entries_of_a_year


@pytest.fixture(scope="package")
def year() -> Sequence[MadeUp]:
    return a_year()


@pytest.fixture(scope="package")
def entries() -> Sequence[Entry]:
    return entries_of_a_year()


@pytest.fixture(scope="package")
def cases() -> Sequence[Case]:
    return cases_of_a_year()
