"""What does the record of one child wait for?

A closed case waits for nothing. That somebody read a record is no look at it: a lead officer's look
is one that was written down.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Final

from cse_workbook.case import Case, Entry, Thread, put_right
from cse_workbook.case.events import (
    AdviceGiven,
    CaseOpened,
    Corrected,
    JudgementRecorded,
    MacseHeard,
    MissingEpisode,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReturnInterview,
    ReviewHeld,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer, Recorded, Screening
from cse_workbook.standing import (
    HOST_LEAD,
    Standing,
    is_reached,
    outcome_today,
    route_of,
    screened,
    standing,
    told,
)
from cse_workbook.waiting import words
from cse_workbook.waiting.reason import Reason, Waiting

_ANSWERS: Final = (ReferralAcknowledged, ReferralAccepted, ReferralDeclined, ReferralClosed)
_LOOKS: Final = (ReviewHeld, MacseHeard, AdviceGiven, SecondReading, StepDownAgreed)


def waiting(
    case: Case,
    instrument: Instrument,
    policy: Policy,
    now: datetime,
    *,
    stands: Standing | None = None,
) -> tuple[Waiting, ...]:
    """Say what a record waits for at a moment, in the order of the reasons.

    The policy has been applied to the instrument. `stands` is the standing view, where the caller
    has worked it out already.
    """
    if not case.is_open:
        return ()
    today = _day(now)
    found = [*_review(case, policy, today), *_referral(case, policy, today)]
    if case.screenings:
        outcome = _outcome(case, instrument, policy)
        found += _lower_view(case, outcome, instrument)
        found += _differ(case, stands or standing(case, instrument), instrument)
        found += _changed(case, instrument)
        found += _decisive(case, outcome, instrument, policy, today)
        found += _host_lead(case, outcome)
    return (*found, *_missing(case, policy, now))


def unfinished(saved_at: datetime, now: datetime, policy: Policy) -> Waiting | None:
    """Say that a draft, last saved at a moment, has lain for as long as the policy allows."""
    if now - saved_at < timedelta(hours=policy.times.finish_draft_hours):
        return None
    since = _day(saved_at)
    days = (_day(now) - since).days
    lasting = words.days(days) if days else "some hours"
    return Waiting(Reason.DRAFT, f"Screening not finished for {lasting}", since_on=since)


def _review(case: Case, policy: Policy, today: date) -> Iterator[Waiting]:
    """Count from the last review since the case was opened, or opened again; otherwise from then.

    A meeting, advice or a screening is no review: it names no next one.
    """
    openings = [entry for entry in case.entries if entry.kind == CaseOpened.__name__]
    begun = openings[-1] if openings else case.entries[0]
    held = [entry for entry in case.reviews if entry.seq > begun.seq]
    last = max(held, key=lambda entry: (entry.happened_on, entry.seq), default=begun)
    named = last.event.next_on if isinstance(last.event, ReviewHeld) else None
    due = named or last.happened_on + timedelta(days=policy.times.review_days)
    if due < today:
        yield Waiting(Reason.REVIEW, "Review overdue", due_on=due)
    elif (due - today).days <= policy.times.due_soon_days:
        yield Waiting(Reason.REVIEW, "Review due", due_on=due)


def _referral(case: Case, policy: Policy, today: date) -> Iterator[Waiting]:
    """Of several referrals without an answer, the first one sent stands for all."""
    sent = [
        thread.start.happened_on
        for thread in case.referrals
        if not any(isinstance(entry.event, _ANSWERS) for entry in thread.after)
    ]
    due = min(sent, default=today) + timedelta(days=policy.times.acknowledge_days)
    if due < today:
        yield Waiting(Reason.REFERRAL, str(Reason.REFERRAL), since_on=min(sent), due_on=due)


def _outcome(case: Case, instrument: Instrument, policy: Policy) -> Outcome:
    """Give what the rules said of the last screening, or say of it now where it was corrected."""
    last = case.screenings[-1]
    made = screened(last)
    if last.start.seq in case.corrections:
        return outcome_today(made.screening, instrument, policy) or made.outcome
    return made.outcome


def _given(case: Case) -> Entry | None:
    """Give the last view of the last screening: the practitioner's, or a lower one agreed since."""
    last = case.views[-1] if case.views else None
    return last if last and last.seq > case.screenings[-1].start.seq else None


def _lower_view(case: Case, outcome: Outcome, instrument: Instrument) -> Iterator[Waiting]:
    entry = _given(case)
    # A view that was agreed to be lowered has its reasons: evidence, and a second reader.
    if entry is None or not isinstance(entry.event, JudgementRecorded):
        return
    is_lower = words.place(entry.event.route, instrument) < words.place(outcome.route, instrument)
    if is_lower and not entry.event.lower_because.strip():
        label = words.views([outcome.route], instrument)[0]
        sentence = f"View lower than the guidance ({label}), no reason yet"
        yield Waiting(Reason.LOWER_VIEW, sentence, since_on=entry.happened_on)


def _differ(case: Case, stands: Standing | None, instrument: Instrument) -> Iterator[Waiting]:
    """Two people differ while a second reading of the last screening says otherwise and nobody has
    given a view since, and while somebody else asks for less than the view that stands.
    """
    given = _given(case)
    readings = [e for e in case.screenings[-1].after if isinstance(e.event, SecondReading)]
    others = [e for e in readings if given and e.seq > given.seq and route_of(e) != route_of(given)]
    routes = {route_of(each) for each in (given, *others) if each and others}
    if stands:
        lower = [e for e in stands.lower_since if e.recorded_by != stands.entry.recorded_by]
        routes |= {stands.route, *map(route_of, lower)} if lower else set()
        others += lower
    if others:
        sentence = f"Two people differ: {' or '.join(words.views(routes, instrument))}"
        since = min(each.happened_on for each in others)
        yield Waiting(Reason.DIFFER, sentence, since_on=since)


def _changed(case: Case, instrument: Instrument) -> Iterator[Waiting]:
    """The last screening is compared with what a lead officer saw when they last looked; a first
    screening that nobody has looked at has not changed.
    """
    last = case.screenings[-1].start
    if len(case.screenings) == 1 and last.seq not in case.corrections:
        return
    seen = _last_seen(case)
    moved = _moved(screened(Thread(seen)).screening, screened(Thread(last)).screening)
    if moved:
        answers = {choice.key: choice.label for choice in instrument.answers}
        named = zip(words.questions(moved, instrument), moved.values(), strict=True)
        listed = words.listed([f"{name} now {answers[given]}" for name, given in named])
        since = last if seen.seq != last.seq else case.corrections[last.seq][-1]
        sentence = f"Changed since last reviewed: {listed}"
        yield Waiting(Reason.CHANGED, sentence, since_on=since.happened_on)


def _last_seen(case: Case) -> Entry:
    """Give the screening that a lead officer last looked at, as it read then; where nobody has
    looked, the first one.
    """
    looks = [entry for entry in case.entries if _is_look(entry)]
    seen = [
        thread.start
        for thread in case.screenings
        if any(_saw(look, thread.start) for look in looks)
    ]
    if not seen:
        return case.screenings[0].start
    entry = seen[-1]
    corrections = [each for each in case.corrections.get(entry.seq, ()) if each.seq < looks[-1].seq]
    changes = [each.event for each in corrections if isinstance(each.event, Corrected)]
    return reduce(put_right, changes, case.written.get(entry.seq, entry))


def _is_look(entry: Entry) -> bool:
    event = entry.event
    was_put_off = isinstance(event, MacseHeard) and event.put_off_to is not None
    return isinstance(event, _LOOKS) and not was_put_off


def _saw(look: Entry, screening: Entry) -> bool:
    # What was written down afterwards may tell of a day before the screening.
    return look.seq > screening.seq and look.happened_on >= screening.happened_on


def _moved(before: Screening, last: Screening) -> Mapping[str, str]:
    """Give the answers that moved up or became known, by question, the strongest first."""
    news = [
        (key, given)
        for key, given in last.answers.items()
        if _is_news(before.answers.get(key), given)
    ]
    strongest_first = sorted(news, key=lambda each: -each[1].level)
    return {key: given.answer for key, given in strongest_first}


def _is_news(then: Recorded | None, now: Recorded) -> bool:
    # No, where nobody had been asked before, only says that more questions were asked.
    if then is None:
        return now.level > Answer.NOT_KNOWN
    became_known = then.level is Answer.NOT_KNOWN and now.level is Answer.NO
    return now.level > then.level or became_known


def _decisive(
    case: Case, outcome: Outcome, instrument: Instrument, policy: Policy, today: date
) -> Iterator[Waiting]:
    since = case.screenings[-1].start.happened_on
    due = since + timedelta(days=policy.times.decide_within_days)
    unknown = [each.indicator for each in outcome.decisive_unknowns]
    if unknown and due <= today:
        lasting = words.days((today - since).days)
        named = words.listed(words.questions(unknown, instrument))
        sentence = f"Answers that would decide, open {lasting}: {named}"
        yield Waiting(Reason.DECISIVE, sentence, since_on=since, due_on=due)


def _host_lead(case: Case, outcome: Outcome) -> Iterator[Waiting]:
    if is_reached(outcome, HOST_LEAD) and told(case, HOST_LEAD) is None:
        since = case.screenings[-1].start.happened_on
        yield Waiting(Reason.HOST_LEAD, str(Reason.HOST_LEAD), since_on=since)


def _missing(case: Case, policy: Policy, now: datetime) -> Iterator[Waiting]:
    """An interview is waited for from the return until it is offered, and again where it was not
    done in time; while no return is recorded, for that.
    """
    limit, today = timedelta(hours=policy.times.return_interview_hours), _day(now)
    for thread in case.missing:
        event = thread.start.event
        offers = [e.event for e in thread.after if isinstance(e.event, ReturnInterview)]
        if not isinstance(event, MissingEpisode) or any(map(_is_answered, offers)):
            continue
        since, due = _day(event.missing_at), event.returned_at and event.returned_at + limit
        if event.returned_at is None or due is None:
            sentence = f"Missing since {words.written(since, today)}, no return recorded"
            yield Waiting(Reason.MISSING, sentence, since_on=since)
        elif now > due or not any(offer.offered_on for offer in offers):
            away = words.span(since, _day(event.returned_at), today)
            sentence = f"Missing {away}, no return interview"
            yield Waiting(Reason.MISSING, sentence, since_on=since, due_on=_day(due))


def _is_answered(offer: ReturnInterview) -> bool:
    """Tell whether an interview was done, or was offered and not wanted."""
    was_declined = offer.offered_on is not None and bool(offer.because_not.strip())
    return offer.done_at is not None or was_declined


def _day(at: datetime) -> date:
    return at.astimezone().date()
