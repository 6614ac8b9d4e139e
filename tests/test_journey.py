"""The way through the form, message by message, with a real store. The browser's part: browser/."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook import instrument, policy, store
from cse_workbook.case.events import JudgementRecorded, ReferralSent, Screened
from cse_workbook.policy import Decision, Policy
from cse_workbook.views.journey import Journey

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Window(list[Mapping[str, Any]]):
    """A browser window: it keeps what it is sent."""

    def __init__(self, folder: Path, tab: str = "tab-1", local: Policy | None = None) -> None:
        super().__init__()
        opened = store.open_store(folder)
        local = local or policy.load()
        self.journey = Journey(self, opened, instrument.load(), local, now=lambda: NOON)
        self.tab, self.n = tab, 0

    def send(self, content: Mapping[str, Any]) -> None:
        self.append(content)

    def tell(self, **message: Any) -> Mapping[str, Any]:
        async def received() -> None:
            self.journey.receive(message)

        asyncio.run(received())
        return self[-1]

    def open(self, draft: str | None = None, page: str | None = None) -> Mapping[str, Any]:
        return self.tell(kind="open", draft=draft, page=page, tab=self.tab)

    def save(self, field: str, value: Any) -> Mapping[str, Any]:
        self.n += 1
        return self.tell(kind="save", n=self.n, draft=self.draft, field=field, value=value)

    def press(self, to: str, page: str = "") -> Mapping[str, Any]:
        return self.tell(kind="press", n=0, draft=self.draft, page=page, to=to)["page"]

    @property
    def draft(self) -> str | None:
        return self.journey.desk.draft_id

    def fill_in(self, view: str = "consult", **answers: str) -> None:
        self.press("start")
        for field, value in (("child.known", "new"), ("age", "14"), ("worry", "Gone <b>early</b>")):
            self.save(field, value)
        for key, answer in answers.items():
            self.save(f"answers.{key}", answer)
        self.save("view.route", view)
        self.save("view.drivers", ["other"])
        self.save("view.other", "A feeling")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.init(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def window(folder: Path) -> Window:
    opened = Window(folder)
    opened.open()
    return opened


def texts(node: object) -> str:
    if isinstance(node, Mapping):
        return " ".join(texts(each) for each in node.values())
    if isinstance(node, list | tuple):
        return " ".join(texts(each) for each in node)
    return node if isinstance(node, str) else ""


def test_an_answer_is_acknowledged_when_it_is_on_the_disk(window, folder):
    window.press("start")

    said = window.save("answers.self_harm", "yes")

    assert (said["kind"], said["n"]) == ("saved", 1)
    with store.open_store(folder) as other:
        [draft] = other.drafts.of(window.journey.who.name)
    assert draft.answers["answers.self_harm"] == "yes"


def test_a_window_that_opens_the_draft_again_finds_every_answer(window, folder):
    window.fill_in(self_harm="possible")
    again = Window(folder)

    page = again.open(window.draft, "signs")["page"]

    asked = {b["field"]: b["value"] for b in page["blocks"] if b["kind"] == "question"}
    assert page["id"] == "signs"
    assert asked["answers.self_harm"] == "possible"
    assert asked["answers.physical_injuries"] is None


def test_a_second_window_is_told_and_the_first_becomes_read_only(window, folder):
    window.press("start")
    second = Window(folder, "tab-2")

    told = second.open(window.draft, "signs")["page"]
    taken = second.press("takeover", "elsewhere")
    late = window.save("worry", "typed in the first window")

    assert told["heading"] == "This screening is already open"
    assert taken["id"] == "signs"
    assert (late["kind"], late["why"]) == ("not_saved", "elsewhere")
    assert second.save("worry", "typed in the second")["kind"] == "saved"


def test_nothing_of_the_outcome_is_shown_before_the_view_is_given(window):
    window.fill_in(self_harm="yes", homeless="yes", physical_injuries="yes")
    pages = [window.press(f"go:{name}") for name in ("sections", "signs", "view", "check")]

    assert not any("Several concerns together" in texts(page) for page in pages)
    assert window.press("go:outcome")["id"] != "outcome"


def test_recording_shows_the_outcome_beside_the_view(window):
    window.fill_in(self_harm="yes", homeless="yes", physical_injuries="possible")

    page = window.press("record", "check")

    views = page["blocks"][0]
    assert (views["left"]["heading"], views["right"]["heading"]) == (
        "Refer now",
        "Report the concern",
    )
    assert page["title"] == "Outcome"
    assert page["recorded"] == {"at": page["recorded"]["at"], "entry": 2}


def test_screening_judgement_and_outcome_are_one_recording_and_only_one(window):
    window.fill_in(self_harm="yes")

    window.press("record", "check")
    again = window.press("record", "check")

    kinds = [entry.kind for entry in window.journey.store.entries()]
    assert kinds == ["CaseOpened", "Screened", "JudgementRecorded"]
    assert "Nothing was recorded twice." in texts(again["alert"])


def test_a_recorded_screening_holds_what_was_shown_and_no_name(window):
    window.fill_in(self_harm="yes")
    window.save("who.name", "Canary Example")

    window.press("record", "check")

    [screened] = [e.event for e in window.journey.store.entries() if isinstance(e.event, Screened)]
    assert screened.outcome.route == "assess_today"
    assert "Canary" not in texts(msgspec.json.decode(msgspec.json.encode(screened)))
    assert window.journey.store.children.read("C-0001").name == "Canary Example"


def test_a_lower_view_gets_its_reason_and_both_views_stay(window):
    window.fill_in("keep_watching", self_harm="yes")
    window.press("record", "check")

    refused = window.press("lower:add", "outcome")
    window.save("lower.because", "Seen by the nurse")
    window.save("lower.consulted", "nobody")
    page = window.press("lower:add", "outcome")

    assert [p["text"] for p in refused["problems"]] == [
        "Write why your view is lower. A sentence is enough",
        "Select who you have talked to, or Nobody yet",
    ]
    assert "Nobody yet" in texts(page["blocks"][0])
    views = [
        e.event for e in window.journey.store.entries() if isinstance(e.event, JudgementRecorded)
    ]
    assert [view.lower_because for view in views] == ["", "Seen by the nurse"]


def test_a_lower_view_can_be_changed_to_the_guidance(window):
    window.fill_in("keep_watching", self_harm="yes")
    window.press("record", "check")

    page = window.press("lower:change", "outcome")

    assert "You and the guidance agree." in texts(page["blocks"][0])
    assert "you said: Keep watching" in texts(page["blocks"][0])


def test_a_view_above_the_guidance_cannot_be_lowered_by_a_forged_press(window):
    window.fill_in("refer_now", self_harm="yes")
    window.press("record", "check")

    window.save("lower.because", "forged")
    window.save("lower.consulted", "nobody")
    pages = [window.press(f"lower:{which}", "outcome") for which in ("change", "add")]

    views = [
        e.event for e in window.journey.store.entries() if isinstance(e.event, JudgementRecorded)
    ]
    assert [view.route for view in views] == ["refer_now"]
    assert [page["id"] for page in pages] == ["outcome", "outcome"]


def test_what_is_typed_about_a_lower_view_outlives_the_window(window, folder):
    window.fill_in("keep_watching", self_harm="yes")
    window.press("record", "check")
    window.save("lower.because", "half a sentence")
    recorded = window.journey.desk.recorded_draft
    window.journey.close()

    page = Window(folder, "tab-2").open(recorded)["page"]

    assert "half a sentence" in texts(page)


def test_a_view_above_the_guidance_brings_the_steps_of_the_view(window):
    window.fill_in("refer_now", young_carer="yes")

    page = window.press("record", "check")

    assert "You said more than the guidance asks for." in texts(page["blocks"][0])
    assert "Refer this child to children's social care" in texts(page)


def test_nothing_recorded_reassures_nobody(window):
    window.fill_in("keep_watching")

    page = window.press("record", "check")

    assert "This does not rule out exploitation." in texts(page)
    assert "That worried you, and it still counts." in texts(page)
    parts = [b["id"] for b in page["blocks"] if b["kind"] == "section"]
    assert parts == ["part-why", "part-find-out", "part-sure", "part-to-do"]


def test_eighteen_is_a_page_and_is_not_scored(window):
    window.fill_in(self_harm="yes")
    window.save("age", "18")

    page = window.press("continue", "child")
    recorded = window.press("record", "check")

    assert page["heading"] == "This workbook is for children"
    assert recorded["id"] == "adult"
    assert list(window.journey.store.entries()) == []


def test_a_reference_that_is_not_there_is_not_accepted(window):
    window.press("start")
    for field, value in (("child.known", "existing"), ("child.ref", "C-0420"), ("age", "14")):
        window.save(field, value)
    window.save("worry", "w")

    page = window.press("continue", "child")

    assert [p["text"] for p in page["problems"]] == [
        "There is no child with this reference that you can open. Check it, or choose ‘No. Make a"
        " new reference’"
    ]  # FORM_04


def test_a_child_screened_before_is_recognised_and_nothing_is_carried_over(window):
    window.fill_in(self_harm="possible")
    window.press("record", "check")

    window.press("again")
    child, signs = window.press("go:child"), window.press("go:signs")

    assert "C-0001 was screened on 23 November 2026 by you." in texts(child)
    row = next(b for b in signs["blocks"] if b.get("field") == "answers.self_harm")
    assert row["value"] is None
    assert row["aside"] == ["Last time, 23 November 2026: Possible"]


def test_blanks_can_be_recorded_as_not_known_all_at_once_and_say_so(window):
    window.fill_in(self_harm="yes")

    window.press("blanks:not_known", "signs")
    window.press("record", "check")

    [screened] = [e.event for e in window.journey.store.entries() if isinstance(e.event, Screened)]
    assert len(screened.screening.all_at_once) == 13
    assert "self_harm" not in screened.screening.all_at_once


def test_a_referral_needs_nothing_else_and_keeps_what_is_written(window):
    window.press("start")
    window.save("answers.recruited", "yes")
    window.press("go:refer_now")
    window.save("told.who", "Children's social care")

    page = window.press("told:refer", "refer_now")

    [sent] = [e.event for e in window.journey.store.entries() if isinstance(e.event, ReferralSent)]
    assert (sent.to, sent.written["answers.recruited"]) == ("Children's social care", "yes")
    assert page["id"] == "sections"
    assert page["alert"]["heading"] == "The referral is noted"


def test_a_draft_can_be_deleted_for_good(window):
    window.fill_in(self_harm="yes")

    page = window.press("delete", "delete")

    assert page["id"] == "start"
    assert "Screenings you have started" not in texts(page)


def test_gang_association_says_when_it_is_not_counted(window):
    window.fill_in(gang_association="yes", gang_related="no")

    page = window.press("record", "check")

    assert "is answered but is not counted, because you answered No to" in texts(page)


def test_a_reading_decided_locally_says_so_and_what_it_would_be_as_published(folder):
    two = Decision(
        value=2, why="Agreed by all.", decided_by="Example Board", decided_on=date(2026, 1, 5)
    )
    local = msgspec.structs.replace(policy.load(), reading={"several": two})
    window = Window(folder, local=local)
    window.open()
    window.fill_in(homeless="yes", young_carer="yes")

    page = window.press("record", "check")

    assert (
        "Local policy reads ‘several’ as 2. Agreed by all. Decided by Example Board, 5 January"
        " 2026. As published it would be report your concern." in texts(page)
    )


def test_a_mistake_is_corrected_and_both_outcomes_stay(window):
    window.fill_in(immediate_danger="yes", self_harm="yes")
    window.press("record", "check")
    window.press("go:correct")

    refused = window.press("correct:add", "correct")
    window.save("correct.key", "immediate_danger")
    window.save("correct.answer", "yes")
    same = window.press("correct:add", "correct")
    window.save("correct.answer", "no")
    window.save("correct.reason", "Meant another question")
    page = window.press("correct:add", "correct")

    assert [p["text"] for p in refused["problems"]] == [
        "Select the answer that is wrong",
        "Select the right answer",
        "Write why it is corrected. A sentence is enough",
    ]
    assert same["problems"][0]["text"] == "The record says this already. Select another answer"
    assert page["blocks"][0]["left"]["heading"] == "Assess today"
    assert "As it was recorded first, the guidance said: Call 999 now." in texts(page)
    [screened] = [e.event for e in window.journey.store.entries() if isinstance(e.event, Screened)]
    assert screened.outcome.route == "emergency"


def test_the_steps_for_a_child_placed_elsewhere_name_both_authorities(window):
    window.fill_in(self_harm="yes", looked_after="yes", placed_outside_home_authority="yes")
    window.save("home_authority", "Example Borough")
    window.save("host_authority", "Example County")

    page = window.press("record", "check")

    assert "Home authority: Example Borough. Host authority: Example County." in texts(page)


def test_a_fault_is_told_with_a_reference_and_logs_nothing_of_the_child(window, folder):
    window.fill_in(self_harm="yes")
    window.save("worry", "Canary phrase")
    window.journey.store.close()

    told = window.save("worry", "Canary phrase again")

    log = (folder / "log" / "faults.log").read_text(encoding="utf-8")
    assert (told["kind"], told["why"]) == ("not_saved", "fault")
    assert told["reference"] in log
    assert "Canary" not in log


HOSTILE = [
    *(None, [], "x", {}, {"kind": "save"}, {"kind": "press", "to": 4}),
    {"kind": "press", "to": "go:evil"},
    {"kind": "save", "field": [1], "value": {}},
    {"kind": "open", "draft": ["x"], "tab": None},
    {"kind": "open", "draft": "not a draft", "tab": "t"},
    {"kind": "press", "to": "continue", "page": "../x"},
    {"kind": "press", "to": "blanks:x", "page": "nowhere"},
    *({"kind": "press", "to": to} for to in ("change:check", "lower:add", "told:add", "record")),
    *({"kind": "press", "to": to} for to in ("delete", "takeover", "again", "lower:change")),
]


@pytest.mark.parametrize("message", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_messages_change_nothing_on_record(window, message):
    async def received() -> None:
        window.journey.receive(message)

    asyncio.run(received())

    assert list(window.journey.store.entries()) == []
