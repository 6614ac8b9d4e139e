"""The whole decision table on one page, for a safeguarding lead to read.

The page is `golden/decision_table.txt`. After a decision to change a rule, write it again with

    python -m tests.test_decision_table

and review the change as if it were code: it is what children will meet.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cse_workbook import instrument, policy
from cse_workbook.instrument import Instrument
from cse_workbook.scoring import readings, score
from cse_workbook.screening import Recorded, Screening, columns_of

PAGE: Final = Path(__file__).parent / "golden" / "decision_table.txt"
BANDS: Final = {"Under 13": (0, 12), "Aged 13 to 15": (13, 15), "Aged 16 or 17": (16, 17)}
MARKS: Final = {"keep_watching": ".", "consult": "c", "assess_today": "A", "refer_now": "R"}
HEAD: Final = """\
DECISION TABLE
{title}, edition {edition}, under the default policy

What the rules say about a child for whom so many vulnerabilities and signs are answered yes, and
every other question is answered no. Which of the vulnerabilities or signs they are makes no
difference, with one exception: a link to a gang counts only where gangs are part of the worry,
so gangs are answered yes in the last row, the only one that needs the link.

    .   keep watching: nothing recorded reaches a threshold; this does not rule out exploitation
    c   report the concern to the safeguarding lead or lead officer today
    A   assess today: consider this child a potential victim
    R   refer now: investigation, prevention and protection start today

Not in the table, because one of them is enough at every age: immediate danger (call 999); a known
way of exploiting children, or an act of trafficking (refer now); a missing episode, gangs, or abuse
by a partner or peer (report the concern at least).
"""
FURTHER: Final = """\
Three or more of a kind come out as three, and more of anything never comes out lower.
"""


def page() -> str:
    """Write the page: each age band by vulnerabilities and signs, then with the further signs."""
    occ = policy.applied(instrument.load(), policy.load())
    lines = [HEAD.format(title=occ.title, edition=occ.edition)]
    for band, ages in BANDS.items():
        lines += [f"{band}, no further SAFEGUARD sign", *_block(ages, occ, (15, 14), [0]), ""]
    lines += ["WITH FURTHER SAFEGUARD SIGNS", FURTHER]
    for band, ages in BANDS.items():
        lines += [f"{band}, 1, 2 and 3 further signs", *_block(ages, occ, (3, 3), [1, 2, 3]), ""]
    return "\n".join(lines)


def _block(
    ages: tuple[int, int], occ: Instrument, most: tuple[int, int], further: list[int]
) -> Iterator[str]:
    rows, columns = range(most[0] + 1), range(most[1] + 1)
    yield "                  signs"
    yield "vulnerabilities " + "     ".join(
        "".join(f"{signs:3}" for signs in columns) for _ in further
    )
    for row in rows:
        parts = [[_mark(ages, (row, signs, more), occ) for signs in columns] for more in further]
        yield f"{row:15} " + "     ".join("".join(f"{mark:>3}" for mark in part) for part in parts)


def _mark(ages: tuple[int, int], counted: tuple[int, int, int], occ: Instrument) -> str:
    first, last = (_route(age, counted, occ) for age in ages)
    assert first == last, f"{counted}: not the same at both ends of the band {ages}"
    return MARKS[first]


def _route(age: int, counted: tuple[int, int, int], occ: Instrument) -> str:
    answers = dict.fromkeys((i.key for i in occ.asked()), Recorded("no"))
    for group, n in zip(("vulnerability", "sign", "safeguard_sign"), counted, strict=True):
        keys = [i.key for i in occ.indicators if i.group == group]
        keys.sort(key="gang_association".__eq__)  # last, as it counts only with gangs
        answers |= dict.fromkeys(keys[:n], Recorded("yes"))
    answers["gang_related"] = answers["gang_association"]
    columns = columns_of(Screening("C-0001", age, answers, occ.key), occ)
    places = readings(score(columns, occ), occ)
    assert len(set(places.values())) == 1, "nothing is unknown, so the readings are one"
    return occ.routes[places["route"]].key


def test_the_whole_decision_table_stands_as_it_was_reviewed() -> None:
    reviewed = PAGE.read_text(encoding="utf-8")

    assert page() == reviewed


def test_three_or_more_of_a_kind_come_out_as_three(occ: Instrument) -> None:
    three = [_route(14, counted, occ) for counted in ((3, 0, 0), (0, 3, 0), (0, 0, 3))]
    all_of_them = [_route(14, counted, occ) for counted in ((15, 0, 0), (0, 14, 0), (0, 0, 3))]

    assert three == all_of_them == ["refer_now"] * 3


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
