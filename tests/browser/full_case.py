"""A made-up child in whose record every kind of entry stands, each with the same words in it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cse_workbook import account, store
from cse_workbook.case import AnyEvent
from cse_workbook.case import events as kinds
from cse_workbook.outcome import explain
from cse_workbook.screening import read_screening
from cse_workbook.store import Child, Store, Who
from tests.made_up_events import OCC, POLICY
from tests.office_window import write

MARKUP = (
    "<img src=x onerror=\"window.ran='img'\"><script>window.ran='script'</script>"
    "<b>bold</b> &lt;i&gt; ${7*7} [a](javascript:window.ran='link')"
)
# What markup would have made, if it had been more than text.
MADE = "b, i, script, iframe, object, img:not([src^='data:image/svg+xml']), a[href^='javascript:']"
TEACHER = Who("t.example", "teacher", "Example School")
LEAD = Who("l.example", "lead officer", "Example School")
ANSWERS = {
    **{"missing_from_home_or_care": "yes", "self_harm": "possible", "looked_after": "yes"},
    **{"placed_outside_home_authority": "yes", "known_missing_episode": "yes"},
}


class Told:
    """The record of the child, as it is written entry by entry."""

    def __init__(self, opened: Store, words: str) -> None:
        self.opened, self.words, self.today = opened, words, date.today()
        self.ref = opened.children.next_ref()
        self.stranger = Who("s.example", words, words)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int) -> datetime:
        return datetime.now(UTC) - timedelta(days=ago)

    def put(self, *events: AnyEvent, ago: int, who: Who = TEACHER) -> int:
        """Write entries of a day so long ago, and give the number of the last."""
        return write(self.opened, *events, ref=self.ref, at=self.at(ago), who=who)[-1]

    def screened(self, **answers: str) -> kinds.Screened:
        words = self.words
        behind = {"evidence": words, "source": words, "when": "last_6_months"}
        given = {key: {"answer": a, **behind} for key, a in {**ANSWERS, **answers}.items()}
        raw: dict[str, Any] = {"child_ref": self.ref, "age": 14, "answers": given}
        said = dict.fromkeys(("worry", "other_concern", "child_said", "protective"), words)
        screening = read_screening({**raw, **said}, "made up", OCC)
        beside = dict.fromkeys(("home_authority", "host_authority", "needs"), words)
        return kinds.Screened.of(screening, explain(screening, OCC, POLICY), beside)


def full_case(folder: Path, words: str) -> str:
    """Write the record into the store of a data folder, and give the reference."""
    with store.open_store(folder) as opened:
        told = Told(opened, words)
        names = dict.fromkeys(
            ("name", "address", "school", "carers", "home_authority", "host_authority"), words
        )
        opened.children.save(Child(told.ref, date_of_birth=told.day(14 * 366), **names))
        _views(told, words)
        _work(told, words)
        _meetings(told, words)
    return told.ref


def _views(told: Told, words: str) -> None:
    """Write what was answered, what people thought, and a view that was lowered."""
    drivers = ("missing_from_home_or_care", "other")
    first = kinds.JudgementRecorded(
        "consult",
        drivers,
        because=words,
        other_driver=words,
        talked_to=words,
        lower_because=words,
        consulted=words,
        consulted_said=words,
    )
    one = told.put(kinds.CaseOpened(words), told.screened(), ago=60)
    told.put(first, ago=60)
    told.put(kinds.SecondReading(one, "refer_now", drivers[:1], words), ago=58, who=LEAD)
    told.put(told.screened(self_harm="yes"), ago=30, who=told.stranger)
    told.put(kinds.JudgementRecorded("refer_now", drivers, words, words), ago=30)
    evidence = tuple(kinds.Evidence(each, words, told.day(12), words) for each in drivers)
    lowered = kinds.StepDownAgreed("refer_now", "assess_today", evidence, words, words)
    told.put(lowered, ago=10, who=LEAD)
    told.put(kinds.SecondReading(one, "consult", drivers[:1], words), ago=9, who=LEAD)


def _work(told: Told, words: str) -> None:
    """Write referrals, actions, missing episodes, sharing, advice, themes and blockages."""
    drafted, sent = kinds.ReferralDrafted(words), kinds.ReferralSent(words, words, words, words)
    done = told.put(drafted, sent, ago=29)
    for answer in (kinds.ReferralAcknowledged, kinds.ReferralAccepted, kinds.ReferralDeclined):
        told.put(answer(done, words), ago=28)
    told.put(kinds.ReferralClosed(done, words), ago=27)
    told.put(kinds.ReferralSent(words, written={"worry": words}), ago=5)
    action = told.put(kinds.ActionSet(words, words, told.day(3)), ago=20)
    told.put(kinds.ActionDone(action, words), kinds.ActionSet(words, words, told.day(2)), ago=19)
    for ago, interview in (
        (25, {"by": words, "done_at": told.at(23)}),
        (8, {"because_not": words}),
    ):
        away = kinds.MissingEpisode(told.at(ago), told.at(ago - 1), words)
        episode = told.put(away, ago=ago - 1)
        told.put(kinds.ReturnInterview(episode, told.day(ago - 2), **interview), ago=ago - 2)
    told.put(kinds.MissingEpisode(told.at(3), told.at(2), words), ago=2)
    told.put(kinds.SharingDecision(words, words, True, words), ago=18)
    me = Who(account.name(), "lead officer", "Example School")
    mine = told.put(kinds.AdviceGiven(words, words, words, (words,)), ago=17, who=me)
    told.put(kinds.Corrected(mine, "advice", words, words), ago=16, who=me)
    told.put(kinds.ThemeNoted(words, words, words, words), ago=15, who=LEAD)
    ended = told.put(kinds.BlockageNoted(words, told.day(40), words, words), ago=15, who=LEAD)
    told.put(kinds.BlockageResolved(ended, told.day(14), words), ago=14, who=LEAD)
    told.put(kinds.BlockageNoted(words, told.day(13), words, words), ago=13, who=LEAD)


def _meetings(told: Told, words: str) -> None:
    """Write what was assessed, reviewed and heard; the child is listed again for today."""
    told.put(kinds.RiskAssessed(words, words), kinds.ReviewHeld(words), ago=12)
    told.put(kinds.MacseListed(told.day(21), words), ago=22, who=LEAD)
    told.put(kinds.MacseHeard(told.day(21), words, words), ago=21, who=LEAD)
    told.put(kinds.MacseListed(told.day(6), words), ago=7, who=LEAD)
    put_off = kinds.MacseHeard(told.day(6), "", words, told.today, words)
    told.put(put_off, kinds.MacseListed(told.today, words), ago=6, who=LEAD)
    told.put(kinds.PackReleased(told.day(6), "sha256:made-up"), ago=6, who=LEAD)
    told.put(kinds.RecordRead(words), ago=4, who=LEAD)
    told.put(kinds.BodyErased(1, words), ago=4, who=LEAD)
