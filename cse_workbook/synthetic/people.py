"""Who are the people of a made-up case? Roles at agencies that exist nowhere, and children.

Nobody has a name: an account is called after its role, and a child after its number.
"""

from datetime import date, timedelta
from random import Random
from typing import Final

import msgspec

from cse_workbook.screening import ADULT, whole_years
from cse_workbook.synthetic.stories import Story

SCHOOL: Final = "Example School"
COLLEGE: Final = "Example College"
_AGENCIES: Final = {
    "youth worker": "Example Centre",
    "social worker": "Example Borough",
    "family support worker": "Example Borough",
    "residential worker": "Example Borough",
}


class Person(msgspec.Struct, frozen=True):
    """Somebody who records: the account, the role and the agency."""

    name: str
    role: str
    agency: str

    @property
    def shown(self) -> str:
        """Who it is, as others are told: role and agency."""
        return f"{self.role}, {self.agency}"


class MadeUpChild(msgspec.Struct, frozen=True):
    """Who a made-up child is; every field is seen to be made up."""

    name: str
    date_of_birth: date
    address: str
    school: str
    carers: str
    home_authority: str
    host_authority: str


def person(role: str, *, at_college: bool) -> Person:
    """Give the person of a role; what stands after a comma is the agency. At the college every
    entry is its own.
    """
    role, _, agency = role.partition(", ")
    if at_college:
        role = "safeguarding lead" if role in _AGENCIES else role
        agency = COLLEGE
    agency = agency or _AGENCIES.get(role, SCHOOL)
    account = f"made-up {role}" if agency != COLLEGE else f"made-up college {role}"
    return Person(account, role, agency)


def child(
    number: int, story: Story, first: date, last: date, random: Random, *, at_college: bool
) -> MadeUpChild:
    """Make up a child of an age that fits the story on the first day, and under 18 on the last."""
    age = random.randint(*story.ages)
    born_on = _years_before(first, age) - timedelta(random.randrange(365))
    while whole_years(born_on, last) >= ADULT:
        born_on = _years_before(born_on, -1)
    return MadeUpChild(
        name=f"Made-up Child {number}",
        date_of_birth=born_on,
        address=f"{number} Example Road",
        school=COLLEGE if at_college else SCHOOL,
        carers=f"Made-up carer of Child {number}",
        home_authority=story.home,
        host_authority=story.host,
    )


def _years_before(day: date, years: int) -> date:
    # A child made up to be born on 29 February is born on the 28th.
    return day.replace(year=day.year - years, day=min(day.day, 28))
