"""Which columns do the frames of an audit have, and what does each mean?

This is the one declaration: type, what may stand in a column, unit, meaning, personal or not.
Whoever makes, writes, reads or counts a frame goes by it. A row of screenings is one screening, of
cases one case, of referrals one referral or telling, of episodes one episode of being missing, of
actions one thing that was to be done about a case, or was agreed. A personal column is never
shown in a result.
"""

from collections.abc import Mapping
from typing import Final

import pandera.pandas as pa

from cse_workbook.frames.kinds import (
    NO,
    NOT_APPLICABLE,
    NOT_GIVEN,
    NOT_KNOWN,
    NOT_YET,
    POSSIBLE,
    YES,
    count,
    day,
    flag,
    key,
    name,
    span,
    word,
)

AGE_BANDS: Final = ("under_10", "10_to_12", "13_to_15", "16_to_17")
_ANSWERED: Final = (YES, POSSIBLE, NO, NOT_KNOWN)
_BESIDE: Final = ("same", "higher", "lower", NOT_GIVEN)
_YES_NO: Final = (YES, NO, NOT_APPLICABLE)
_IN_TIME: Final = (YES, NO, NOT_YET, NOT_APPLICABLE)
_KEPT: Final = (YES, NO, NOT_YET)
_WORKING: Final = "working days"

_KEYS: Final = {
    "child": key("The child: the same child has the same key in every frame."),
    "case": key("The case: the same case has the same key in every frame."),
}
_GROUPS: Final = {
    "agency": name("The agency that wrote it; of a case, the one that opened it."),
    "age_band": word(
        (*AGE_BANDS, NOT_KNOWN), "Completed years at the screening, or at the last one by then."
    ),
    "sex": word((NOT_KNOWN,), "Not collected: always not known."),
    "ethnicity": word((NOT_KNOWN,), "Not collected: always not known."),
    "disability": word(_ANSWERED, "What was answered about a disability at that screening."),
    "looked_after": word(_ANSWERED, "What was answered about being looked after."),
    "placed_out": word(
        _ANSWERED, "What was answered about being placed outside the home authority."
    ),
    "school_type": word((NOT_KNOWN,), "Not collected: always not known."),
}
# The columns by which any frame can be broken down.
BREAKDOWNS: Final = tuple(_GROUPS)

SCREENINGS: Final = pa.DataFrameSchema(
    {
        **_KEYS,
        "number": count("The place of the screening among those of the case, from 1.", "place"),
        "screened_on": day("The day of the screening."),
        **_GROUPS,
        "instrument": name("The instrument that was used."),
        "edition": count("The edition of the instrument.", "edition"),
        "route": name("The route that the rules gave when it was recorded."),
        "route_confirmed": name("The route if only what was answered yes counts."),
        "route_possible": name("The route if all that is not known were so."),
        "view": name("The practitioner's view as it stands, or not_given."),
        "view_beside": word(_BESIDE, "The view beside the route: same, higher, lower, not_given."),
        "is_lower_explained": word(
            _YES_NO, "Whether a view below the route has its reason; does_not_apply otherwise."
        ),
        "second_view": name("The last second reading of this screening, or not_given."),
        "second_beside": word(_BESIDE, "The second reading beside the practitioner's view."),
        "view_since_last": word(
            _BESIDE, "The view beside that of the screening before; not_given without one."
        ),
        "n_asked": count("Questions answered, or blank where an answer was to be expected."),
        "n_yes": count("Questions answered yes."),
        "n_possible": count("Questions answered possible."),
        "n_no": count("Questions answered no."),
        "n_not_known": count("Questions answered not known."),
        "n_blank": count("Questions left blank where an answer was to be expected."),
        "n_all_at_once": count("Questions marked not known in one go."),
        "n_decisive_not_known": count("Not known, and any one alone would raise the route."),
        "n_decisive_blank": count("Blank, and any one alone would raise the route."),
        "n_concerns": count("Questions answered yes or possible."),
        "n_concerns_with_evidence": count("Of the concerns, those with evidence in words."),
        "n_concerns_with_date": count("Of the concerns, those with the day it was seen."),
        "n_concerns_with_both": count("Of the concerns, those with evidence and day."),
        "n_concerns_with_source": count("Of the concerns, those that say where it is known from."),
        "has_child_voice": flag("Something the child said is written down."),
        "has_protective": flag("Something that protects the child is written down."),
        "n_drivers": count("Drivers that the view names."),
        "n_blaming_terms": count("Phrases that put blame on a child, in the text of it."),
        "n_corrections": count("Corrections of the screening since."),
        "days_since_last_screening": span("days", "Since the screening before, of this case."),
        "days_to_next_screening": span("days", "Until the screening after, of this case."),
        "is_repeat_12_months": flag("The screening before was less than a year earlier."),
        "referred_on": day("The first referral after it and before the next one.", blank=True),
        "working_days_to_referral": span(_WORKING, "From the screening to that referral."),
    },
    strict=True,
    ordered=True,
    name="screenings",
)

CASES: Final = pa.DataFrameSchema(
    {
        **_KEYS,
        "opened_on": day("The day on which the case was opened first."),
        "is_open": flag("The case is open."),
        "closed_on": day("The day on which it was closed, where it is closed.", blank=True),
        **_GROUPS,
        "route": name("The route of the last screening, or not_given without one."),
        "view": name("The view that stands, whoever gave it, or not_given."),
        "view_beside": word(
            _BESIDE, "The view that stands beside the route of the last screening."
        ),
        "n_entries": count("Entries of the record, without those that tell of a reading."),
        "n_screenings": count("Screenings."),
        "n_referrals": count("Referrals and tellings."),
        "n_reviews": count("Reviews held."),
        "n_meetings": count("Multi-agency meetings that heard the child."),
        "n_advice": count("Advice given."),
        "n_second_readings": count("Second readings."),
        "n_step_downs": count("Agreements to lower the view."),
        "n_step_downs_safeguarded": count("Of them, those with all three safeguards."),
        "n_corrections": count("Corrections."),
        "n_blaming_terms": count("Phrases that put blame on a child, in all text of the record."),
        "n_reads": count("Times the record was opened."),
        "n_reads_without_purpose": count("Of them, those that do not say for what."),
        "n_identity_shown": count("Times somebody was shown who the child is."),
        "first_screened_on": day("The day of the first screening.", blank=True),
        "last_screened_on": day("The day of the last screening.", blank=True),
        "last_review_on": day("The day of the last review.", blank=True),
        "review_due_on": day("The day of the next review of an open case.", blank=True),
        "is_review_overdue": flag("The case is open, and that day has passed."),
        "view_at_last_review": name("The view that stood at the last review, or not_given."),
        "view_since_review": word(
            _BESIDE, "The view that stands beside that one; not_given without a review."
        ),
        "n_steps_fallen": count("Steps the view fell since the last review.", "steps"),
        "n_episodes": count("Episodes of being missing."),
        "n_returns": count("Of them, those with a return."),
        "n_interviews_offered": count("Returns for which an interview was offered."),
        "n_interviews_accepted": count("Returns for which the interview was accepted."),
        "n_interviews_done": count("Returns for which the interview was done."),
        "n_interviews_in_time": count("Returns with an interview done within the limit."),
        "n_interviews_late": count("Returns without one, although the limit has passed."),
        "host_lead_named": word(
            _YES_NO, "The host lead is in the care plan; does_not_apply where it is not asked for."
        ),
        "iro_sighted": word(
            _YES_NO, "The reviewing officer saw it; does_not_apply where it is not asked for."
        ),
        "n_actions": count("Actions set."),
        "n_actions_open": count("Of them, those not done."),
        "n_actions_overdue": count("Of them, those not done although their day has passed."),
        "working_days_to_first_referral": span(
            _WORKING, "From the first screening to the first referral after it."
        ),
    },
    strict=True,
    ordered=True,
    name="cases",
)

REFERRALS: Final = pa.DataFrameSchema(
    {
        **_KEYS,
        "number": count("The place of the referral among those of the case, from 1.", "place"),
        "sent_on": day("The day on which it was sent or told."),
        **_GROUPS,
        "route": name("The route of the last screening by then, or not_given without one."),
        "view": name("The practitioner's view of that screening, or not_given."),
        "status": word(
            ("waiting", "acknowledged", "accepted", "declined", "closed"),
            "How far it has come: the last thing that is recorded of it.",
        ),
        "is_acknowledged": flag("The service said that it has it, or decided."),
        "is_decided": flag("It was accepted, declined or closed."),
        "screened_on": day("The day of the last screening by then.", blank=True),
        "acknowledged_on": day("The day of the first acknowledgement.", blank=True),
        "decided_on": day("The day of the first decision.", blank=True),
        "meeting_on": day("The first meeting that heard the child after it.", blank=True),
        "reviewed_on": day("The first review after that meeting.", blank=True),
        "working_days_from_screening": span(_WORKING, "From the screening to the referral."),
        "working_days_to_acknowledgement": span(
            _WORKING, "From the referral to the acknowledgement, or the decision if it came first."
        ),
        "working_days_to_decision": span(
            _WORKING, "From the acknowledgement, or the referral without one, to the decision."
        ),
        "working_days_to_meeting": span(_WORKING, "From the decision to the meeting."),
        "working_days_to_review": span(_WORKING, "From the meeting to the review."),
        "is_acknowledged_in_time": word(
            _KEPT, "Acknowledged within the days of the policy; not_yet while there is time."
        ),
        "days_since_last_referral": span("days", "Since the referral before, of this case."),
        "is_rereferral_12_months": flag(
            "The referral before was on an earlier day, less than a year before."
        ),
    },
    strict=True,
    ordered=True,
    name="referrals",
)

EPISODES: Final = pa.DataFrameSchema(
    {
        **_KEYS,
        "number": count("The place of the episode among those of the case, from 1.", "place"),
        "missing_on": day("The day on which the child went missing."),
        **_GROUPS,
        "is_returned": flag("A return is recorded."),
        "returned_on": day("The day of the return.", blank=True),
        "hours_missing": span("hours", "From going missing to the return, in whole hours."),
        "interview_offered": word(
            _YES_NO, "A return interview was offered; does_not_apply without a return."
        ),
        "interview_accepted": word(
            (YES, NO, NOT_KNOWN, NOT_APPLICABLE),
            "It was done, or offered and not wanted; does_not_apply where it was not offered.",
        ),
        "interview_done": word(_YES_NO, "It was done; does_not_apply without a return."),
        "interview_in_time": word(
            _IN_TIME, "It was done within the limit of the policy; not_yet while there is time."
        ),
        "days_to_offer": span("days", "From the return to the first offer."),
        "hours_to_interview": span("hours", "From the return to the interview, in whole hours."),
    },
    strict=True,
    ordered=True,
    name="episodes",
)

ACTIONS: Final = pa.DataFrameSchema(
    {
        **_KEYS,
        "kind": word(
            ("action", "review", "meeting", "step_down"),
            "An action set, a review, a place on an agenda, or an agreement to lower the view.",
        ),
        "set_on": day("The day from which it counts: set, listed, agreed, or the review before."),
        **_GROUPS,
        "step": name("The instrument's key of the step, own for another; only of actions."),
        "due_on": day("The day by which it was to be done.", blank=True),
        "done_on": day("The day on which it was done or held.", blank=True),
        "is_done": flag("It was done or held."),
        "is_on_time": word(
            _IN_TIME, "Done by its day; not_yet while there is time; does_not_apply without a day."
        ),
        "days_overdue": span("days", "From its day until it was done, or until today."),
        "working_days_to_done": span(
            _WORKING, "From the day from which it counts until it was done."
        ),
        "from_view": name("Of a review or a step-down: the view before, or not_given."),
        "to_view": name("Of a review or a step-down: the view then, or not_given."),
        "view_direction": word(
            (*_BESIDE, NOT_APPLICABLE), "The view then beside the view before; of these two kinds."
        ),
        "n_steps_fallen": count("Steps the view fell, of these two kinds.", "steps"),
        "has_evidence": word(
            _YES_NO, "Of a step-down: evidence with day and source for every driver."
        ),
        "has_child_view": word(_YES_NO, "Of a step-down: the child's or the family's view."),
        "has_second_reader": word(
            _YES_NO, "Of a step-down: a second reader, who neither wrote it nor screened."
        ),
        "has_all_safeguards": word(_YES_NO, "Of a step-down: all three of them."),
    },
    strict=True,
    ordered=True,
    name="actions",
)

SCHEMAS: Final[Mapping[str, pa.DataFrameSchema]] = {
    "screenings": SCREENINGS,
    "cases": CASES,
    "referrals": REFERRALS,
    "episodes": EPISODES,
    "actions": ACTIONS,
}
