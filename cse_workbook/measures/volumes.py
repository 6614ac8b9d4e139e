"""How much is recorded, and what does it ask for?

Broken down by route or view, age, sex or agency, these give the shares of each in all. They are
counts of what people wrote down: more may mean more harm, or more noticing.
"""

from typing import Final

import pandas as pd

from cse_workbook.measures.model import Counted, all_of, counted, measure
from cse_workbook.measures.sources import IICSA, ROUTES

# The routes of the instrument that ask for a referral now.
REFER: Final = ("refer_now", "emergency")
COUNTS: Final = (
    f"{IICSA}, section B.6: a standard set of indicators; what ten safeguarding boards published"
    " for 2015/16, in Data collection and analysis: CSE (etazo.co.uk, 2017)"
)
NOTICING: Final = "How much exploitation there is: more may mean more noticing, fewer less."


@measure(
    frame="screenings",
    date="screened_on",
    question="How many screenings were recorded, and what share of them in each group?",
    source=COUNTS,
    does_not_show=NOTICING,
    of_all=True,
    among="screenings",
)
def screenings_recorded(frame: pd.DataFrame) -> Counted:
    """Count every screening."""
    return counted(all_of(frame))


@measure(
    frame="cases",
    date="opened_on",
    question="How many cases were opened, and what share of them in each group?",
    source=COUNTS,
    does_not_show=NOTICING,
    of_all=True,
    among="cases",
)
def cases_opened(frame: pd.DataFrame) -> Counted:
    """Count every case that was opened."""
    return counted(all_of(frame))


@measure(
    frame="cases",
    date="opened_on",
    question="How many cases are open, and what share of them in each group?",
    source=COUNTS,
    does_not_show=NOTICING,
    of_all=True,
    as_it_stands=True,
    among="open_cases",
)
def cases_open(frame: pd.DataFrame) -> Counted:
    """Count the cases that are open."""
    return Counted(frame["is_open"], frame["is_open"])


@measure(
    frame="referrals",
    date="sent_on",
    question="How many referrals were sent or told, and what share of them in each group?",
    source=COUNTS,
    does_not_show="Whether they were the right ones, or what came of them.",
    of_all=True,
    among="referrals",
)
def referrals_sent(frame: pd.DataFrame) -> Counted:
    """Count every referral."""
    return counted(all_of(frame))


@measure(
    frame="episodes",
    date="missing_on",
    question="How many episodes of being missing were recorded, and what share in each group?",
    source="Ofsted, Annex A, list 8: episodes of being missing",
    does_not_show="Episodes that nobody reported, and how many children they were of.",
    of_all=True,
    among="episodes",
)
def episodes_recorded(frame: pd.DataFrame) -> Counted:
    """Count every episode."""
    return counted(all_of(frame))


@measure(
    frame="screenings",
    date="screened_on",
    question="How many screenings reach a route that asks for a referral now?",
    source=ROUTES,
    does_not_show="How many children need one: the route rests on what was known and written down.",
    among="screenings",
    nobody=("routed_to_referral", *(f"screenings where route is {each}" for each in REFER)),
)
def routed_to_referral(frame: pd.DataFrame) -> Counted:
    """Count screenings whose route asks for a referral now."""
    return counted(frame["route"].isin(REFER))


@measure(
    frame="screenings",
    date="screened_on",
    question="Of the screenings whose route asks for a referral now, how many led to one?",
    source=ROUTES,
    does_not_show="Referrals made and not recorded, and those still to come.",
    among="routed_to_referral",
)
def referred_where_the_route_asks(frame: pd.DataFrame) -> Counted:
    """Count those referred before the next screening."""
    return Counted(frame["referred_on"].notna(), frame["route"].isin(REFER))
