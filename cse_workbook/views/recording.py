"""Put a finished draft on the record, and read back what was recorded of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from cse_workbook.case import Entry, right_answers
from cse_workbook.case.events import (
    CaseOpened,
    Corrected,
    JudgementRecorded,
    ReferralSent,
    Screened,
)
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import explain
from cse_workbook.policy import Policy, applied
from cse_workbook.store import Child, Recorded, Store, Who
from cse_workbook.views.form import Draft, date_of, screening_of
from cse_workbook.views.pages import clock, written
from cse_workbook.views.result import WHO, Result

BESIDE = ("host_lead_named", "iro_seen", "needs", "what_happened")


class Recording:
    """The record as one person adds to it. Times come from the caller."""

    def __init__(self, store: Store, published: Instrument, policy: Policy, who: Who) -> None:
        """Take the open store, the instrument as published, the local policy, and who records."""
        self.store, self.published, self.policy, self.who = store, published, policy, who
        self.instrument = applied(published, policy)

    def record(
        self, draft_id: str, child_ref: str, draft: Draft, *, tab: str, at: datetime
    ) -> Recorded:
        """Record screening, judgement and outcome in one transaction; twice changes nothing.

        Raises what `Store.record_draft` raises.
        """
        earlier = self.store.recorded(draft_id)
        if earlier is not None:
            return earlier
        today = at.astimezone().date()
        screening = screening_of(draft, child_ref, today, self.instrument)
        outcome = explain(screening, self.instrument, self.policy)
        beside = {key: str(draft[key]) for key in BESIDE if draft.get(key)}
        view = screening.view
        if view is None:
            raise ValueError("a draft is checked before it is recorded")
        judgement = JudgementRecorded(
            route=view.route,
            drivers=view.drivers,
            because=view.because,
            other_driver=view.other_driver,
            talked_to=draft.get("view.talked_to", ""),
        )
        screened = Screened.of(screening, outcome, beside)
        return self.store.record_draft(
            draft_id,
            [screened, judgement],
            tab=tab,
            case_ref=child_ref,
            happened_on=today,
            who=self.who,
            at=at,
            child=_child(child_ref, draft),
        )

    def result(self, draft_id: str) -> Result:
        """Read back a recorded screening with the judgements and tellings that followed it."""
        recorded = self.store.recorded(draft_id)
        if recorded is None:
            raise LookupError("this draft has not been recorded")
        entries = self._of_this_screening(recorded)
        at, screened = next((e.seq, e.event) for e in entries if isinstance(e.event, Screened))
        screening = screened.screening
        outcome = recorded_outcome = screened.outcome
        corrections = [
            (e.recorded_at, e.event)
            for e in entries
            if isinstance(e.event, Corrected) and e.event.entry == at
        ]
        if corrections:
            screening = right_answers(screening, [event for _, event in corrections])
            outcome = explain(screening, self.instrument, self.policy)
        child = self.store.children.read(recorded.case_ref) or Child(recorded.case_ref)
        places = {"home_authority": child.home_authority, "host_authority": child.host_authority}
        return Result(
            instrument=self.instrument,
            screening=screening,
            outcome=outcome,
            first_outcome=recorded_outcome,
            corrections=corrections,
            published=explain(screening, self.published, self.policy).route,
            circumstances={**screened.circumstances, **places},
            judgements=[
                (e.recorded_at, e.event) for e in entries if isinstance(e.event, JudgementRecorded)
            ],
            told=[_telling(e) for e in entries if isinstance(e.event, ReferralSent)],
        )

    def recorded_at(self, draft_id: str) -> Entry | None:
        """Give the entry of the screening that a draft became, if it was recorded."""
        recorded = self.store.recorded(draft_id)
        if recorded is None:
            return None
        return next(e for e in self._of_this_screening(recorded) if isinstance(e.event, Screened))

    def last_screening(self, child_ref: str | None) -> Entry | None:
        """Give the entry of the last screening of a child, if there is one."""
        if child_ref is None:
            return None
        entries = [e for e in self.store.entries(child_ref) if isinstance(e.event, Screened)]
        return entries[-1] if entries else None

    @staticmethod
    def answers_of(entry: Entry) -> dict[str, str]:
        """Give the answer to each indicator of a recorded screening."""
        if not isinstance(entry.event, Screened):
            return {}
        answers = entry.event.screening.answers
        return {key: given.answer for key, given in answers.items()}

    def _of_this_screening(self, recorded: Recorded) -> list[Entry]:
        entries = [e for e in self.store.entries(recorded.case_ref) if e.seq >= recorded.seqs[0]]
        later = [
            e.seq for e in entries if isinstance(e.event, Screened) and e.seq > recorded.seqs[-1]
        ]
        return [e for e in entries if not later or e.seq < later[0]]

    def judge_again(self, draft_id: str, draft: Draft, *, change: bool, at: datetime) -> None:
        """Add the reason for a lower view, or change the view to the guidance's; both stay."""
        result = self.result(draft_id)
        view = result.view
        if change:
            again = msgspec.structs.replace(view, route=result.outcome.route)
        else:
            consulted = draft.get("lower.consulted", "")
            named = draft.get("lower.who", "") if consulted == "someone_else" else WHO[consulted]
            spoke = consulted != "nobody"
            again = msgspec.structs.replace(
                view,
                lower_because=draft["lower.because"],
                consulted=named,
                consulted_on=date_of(draft, "lower.on") if spoke else None,
                consulted_said=draft.get("lower.said", "") if spoke else "",
            )
        self._append(result.screening.child_ref, again, at)

    def correct(self, draft_id: str, draft: Draft, *, at: datetime) -> None:
        """Put one recorded answer right; the old entry and the reason stay."""
        entry = self.recorded_at(draft_id)
        if entry is None:
            raise LookupError("this draft has not been recorded")
        right = Corrected(
            entry=entry.seq,
            field=f"answers.{draft['correct.key']}",
            value=draft["correct.answer"],
            reason=draft["correct.reason"],
        )
        self._append(entry.case_ref, right, at)

    def refer(self, child_ref: str, draft: Mapping[str, Any], *, at: datetime) -> None:
        """Record that somebody was told; before a screening is recorded, with what is written."""
        typed = {
            key: str(draft.get(f"told.{key}", "")) for key in ("who", "how", "when", "will_do")
        }
        sofar = {} if draft.get("follows") else {k: v for k, v in draft.items() if v}
        sent = ReferralSent(
            to=typed["who"],
            how=typed["how"],
            will_do=typed["will_do"],
            told_at=typed["when"],
            written={k: v for k, v in sofar.items() if not k.startswith(("who.", "dob.", "told."))},
        )
        self._append(child_ref, sent, at)

    def _append(
        self, child_ref: str, event: JudgementRecorded | ReferralSent | Corrected, at: datetime
    ) -> None:
        known = next(iter(self.store.entries(child_ref)), None)
        opening = [] if known else [CaseOpened("A referral was made before a screening.")]
        self.store.append(
            child_ref,
            [*opening, event],
            based_on=None,
            happened_on=at.astimezone().date(),
            who=self.who,
            at=at,
        )


def _child(child_ref: str, draft: Draft) -> Child:
    return Child(
        child_ref,
        name=draft.get("who.name", ""),
        date_of_birth=date_of(draft, "dob"),
        address=draft.get("who.address", ""),
        school=draft.get("who.school", ""),
        carers=draft.get("who.carers", ""),
        home_authority=draft.get("home_authority", ""),
        host_authority=draft.get("host_authority", ""),
    )


def _telling(entry: Entry) -> str:
    event = entry.event
    if not isinstance(event, ReferralSent):
        raise TypeError("not a telling")
    parts = [f"Told: {event.to}", event.how, event.told_at, event.will_do]
    words = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{words}. Recorded {written(entry.happened_on)} at {clock(entry.recorded_at)}."
