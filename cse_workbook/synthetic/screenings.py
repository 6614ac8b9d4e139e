"""What was answered about a made-up child, and what did the practitioner think of it?"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final

import msgspec

from cse_workbook.case.events import JudgementRecorded
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer, Screening
from cse_workbook.synthetic.stories import Chance, Story, Strict, stories

_CLARITY: Final = (0.1, 0.2, 0.5, 0.85)  # how much of a story has come to light
_BLANK: Final = (0.02, 0.05, 0.4)  # of the other questions, how many have no answer
_POSSIBLE: Final = 0.006  # of them, how many are answered so; none where an arc gives answers
_LOWER: Final = 0.15  # of the views are below the guidance
_HIGHER: Final = 0.1

Raw = dict[str, Any]


class Rules(msgspec.Struct, frozen=True):
    """The instrument, to which the policy has been applied, and the policy."""

    instrument: Instrument
    policy: Policy

    def beside(self, route: str, word: str) -> str:
        """Give a route from a word: agree, lower, higher (than this one), or a route's own key.

        No made-up case is an emergency.
        """
        routes = [each.key for each in self.instrument.routes]
        if word in routes:
            return word
        place = routes.index(route) + {"lower": -1, "agree": 0, "higher": 1}[word]
        return routes[min(max(place, 0), len(routes) - 2)]


class Sheet(Strict, frozen=True, kw_only=True):
    """What an arc says of a screening: how much of the story has come to light, how many other
    questions are answered “not known”, answers that stand, where the view lies beside the guidance
    and whether a lower one is explained. `learnt` is how many of the unknowns are now known.
    """

    clarity: Chance | None = None
    not_known: Chance = 0.0
    answers: Mapping[str, str] = {}
    circumstances: Mapping[str, str] = {}
    view: str = ""
    is_explained: bool = True
    learnt: Chance = 1.0


def first_sheet(story: Story, sheet: Sheet, day: date, random: Random, rules: Rules) -> Raw:
    """Make up the answers of a first screening, as they would come from a form."""
    words = stories()
    answers: Raw = {}
    clarity = random.choice(_CLARITY) if sheet.clarity is None else sheet.clarity
    blank, possible = random.choice(_BLANK), 0.0 if sheet.answers else _POSSIBLE
    # Where a child lives is known: what any story knows of its children is not left to chance.
    known = {key for each in words.story for key in each.known}
    for indicator in rules.instrument.asked():
        if indicator.key in story.likely and random.random() < clarity:
            answers[indicator.key] = _recorded(story.likely[indicator.key], day, random)
        elif indicator.blank_counts_as == "no" or indicator.key in known:
            answers[indicator.key] = {"answer": "no"}
        elif given := _other(random, blank, sheet.not_known, possible):
            answers[indicator.key] = {"answer": given}
    return {
        "instrument": rules.instrument.key,
        "answers": {**answers, **_in_full(story.known), **_in_full(sheet.answers)},
        "worry": story.worry,
        "child_said": random.choice(words.child_said),
        "protective": random.choice(words.protective),
    }


def next_sheet(raw: Raw, sheet: Sheet, random: Random) -> Raw:
    """Screen again: of what was not known, some now has an answer."""
    answers = {
        key: {"answer": random.choices(["yes", "no"], weights=[1, 7])[0]}
        if given["answer"] == "not_known" and random.random() < sheet.learnt
        else given
        for key, given in raw["answers"].items()
    }
    return {**raw, "answers": {**answers, **_in_full(sheet.answers)}}


def _in_full(answers: Mapping[str, str]) -> Raw:
    return {key: {"answer": answer} for key, answer in answers.items()}


def _recorded(evidence: str, day: date, random: Random) -> Raw:
    answer = random.choices(["yes", "possible"], weights=[2, 1])[0]
    if not evidence:
        return {"answer": answer}
    seen_on = day - timedelta(days=random.randrange(1, 40))
    kinds = ["seen", "child_said", "told_by_family", "told_by_professional", "professional_view"]
    return {
        "answer": answer,
        "when": random.choices(["last_6_months", "earlier", "both"], weights=[6, 1, 2])[0],
        "seen_on": seen_on.isoformat(),
        "evidence": f"{evidence} (made up)",
        "kind": random.choice(kinds),
        "source": random.choice(stories().sources),
    }


def _other(random: Random, blank: float, not_known: float, possible: float) -> str:
    """Answer what is not part of the story: mostly no, or not known, or nothing."""
    chance = random.random()
    if chance < blank:
        return ""
    if chance < blank + not_known:
        return "not_known"
    return "possible" if chance >= 1 - possible else "no"


def view_of(
    screening: Screening, outcome: Outcome, sheet: Sheet, random: Random, rules: Rules
) -> JudgementRecorded:
    """Make up the practitioner's view, given before the outcome was shown."""
    chance = random.random()
    word = "lower" if chance < _LOWER else "higher" if chance > 1 - _HIGHER else "agree"
    concerns = [key for key, given in screening.answers.items() if given.level >= Answer.POSSIBLE]
    drivers = tuple(random.sample(concerns, k=min(len(concerns), random.randint(1, 3))))
    words = stories()
    return JudgementRecorded(
        route=rules.beside(outcome.route, sheet.view or word),
        drivers=drivers,
        because=random.choice(words.because),
        other_driver="" if drivers else random.choice(words.other_driver),
        talked_to=random.choice(words.talked_to),
    )


def is_lower(view: JudgementRecorded, outcome: Outcome, rules: Rules) -> bool:
    """Tell whether a view asks for less than the guidance."""
    routes = [route.key for route in rules.instrument.routes]
    return routes.index(view.route) < routes.index(outcome.route)


def explained(view: JudgementRecorded, day: date, random: Random) -> JudgementRecorded:
    """Add to a view why it is lower than the guidance, and who was asked."""
    words = stories()
    return msgspec.structs.replace(
        view,
        lower_because=random.choice(words.lower_because),
        consulted=random.choice(words.consulted),
        consulted_on=day,
        consulted_said=random.choice(words.consulted_said),
    )
