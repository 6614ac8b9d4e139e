"""What a careful person writes down about a made-up child, field by field as the page sends it."""

from collections.abc import Iterator
from typing import Any

HEARD = "Fetched after school by an older friend, out overnight twice, would not say where."
ANSWERS = {
    **dict.fromkeys(("immediate_danger", "looked_after", "disabled", "physical_injuries"), "no"),
    **dict.fromkeys(("missing_from_home_or_care", "absent_from_school", "young_carer"), "yes"),
    **dict.fromkeys(("gifts_from_unknown_sources", "older_individuals", "low_self_esteem"), "yes"),
    **dict.fromkeys(("change_in_appearance", "boyfriend_or_peer_model"), "possible"),
    **dict.fromkeys(("self_harm", "poor_mental_health", "recruiting_others"), "not_known"),
    **dict.fromkeys(("gang_related", "friends_exploited", "recruited"), "not_known"),
}
BEHIND = {
    **{"when": "both", "kind": "told_by_professional", "source": "attendance record"},
    **{"evidence": HEARD, "seen_on.day": "10", "seen_on.month": "11", "seen_on.year": "2025"},
}


def fields() -> Iterator[tuple[str, Any]]:
    """Give the fields of a draft that can be recorded, with their values."""
    yield from {"child.known": "new", "age": "14", "who.name": "Example Child"}.items()
    yield "worry", f"Tired, and afraid of the telephone. {HEARD}"
    for key, answer in ANSWERS.items():
        yield f"answers.{key}", answer
        if answer in ("yes", "possible"):
            yield from ((f"answers.{key}.{part}", value) for part, value in BEHIND.items())
    yield from {"child_said": "I am fine, leave me", "protective": "A trusted teacher"}.items()
    yield "view.route", "refer_now"
    yield "view.drivers", ["missing_from_home_or_care", "older_individuals"]
    yield "view.because", f"It happens more often. {HEARD}"
