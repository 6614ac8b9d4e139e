"""Drafts and children: whose they are, which window writes, what stays."""

import traceback
from datetime import date

import pytest

from cse_workbook import store
from cse_workbook.errors import WorkbookError
from cse_workbook.store import Child, Holder
from tests.made_up_store import (
    AT,
    draft_in,
    minutes,
    new_store,
    open_case,
    refusal,
)

CANARY = "Canary Wren Made-Up"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def opened(folder):
    with new_store(folder) as made:
        yield made


def test_answers_are_there_after_the_store_was_closed(folder):
    with new_store(folder) as made:
        draft_id = draft_in(made)
        made.drafts.save(draft_id, "answers.self_harm", "possible", tab="tab-1", at=minutes(1))
        made.drafts.save(draft_id, "drivers", ["self_harm"], tab="tab-1", at=minutes(2))
        made.drafts.save(draft_id, "answers.self_harm", "yes", tab="tab-1", at=minutes(3))

    with store.open_store(folder) as made:
        draft = made.drafts.read(draft_id, "t.example")

    assert draft.answers == {"answers.self_harm": "yes", "drivers": ["self_harm"]}
    assert (draft.owner, draft.child_ref) == ("t.example", "C-0001")
    assert (draft.started_at, draft.saved_at) == (AT, minutes(3))
    assert (draft.instrument, draft.edition) == ("occ_safeguard", 1)
    assert draft.holder == Holder("tab-1", AT)


def test_a_draft_id_tells_nothing_and_is_never_the_same(opened):
    ids = {draft_in(opened) for _ in range(20)}

    assert len(ids) == 20
    assert {len(one) for one in ids} == {32}


def test_a_person_sees_their_own_drafts_the_last_saved_first(opened):
    older, newer = draft_in(opened), draft_in(opened)
    draft_in(opened, "n.other")
    opened.drafts.save(older, "worry", "x", tab="tab-1", at=minutes(1))
    opened.drafts.save(newer, "worry", "x", tab="tab-1", at=minutes(2))

    assert [draft.draft_id for draft in opened.drafts.of("t.example")] == [newer, older]


@pytest.mark.parametrize("action", ["read", "hold", "take_over"])
def test_a_draft_of_another_person_is_not_there(opened, action):
    draft_id = draft_in(opened)
    window = {} if action == "read" else {"tab": "tab-2", "at": AT}

    message = refusal(lambda: getattr(opened.drafts, action)(draft_id, "n.other", **window))

    assert message.startswith("STORE_19 · this draft: it is not here")
    assert opened.drafts.read(draft_id, "t.example").holder == Holder("tab-1", AT)


def test_a_second_window_is_told_and_changes_nothing(opened):
    draft_id = draft_in(opened)

    held = opened.drafts.hold(draft_id, "t.example", tab="tab-2", at=minutes(5))

    assert held == Holder("tab-1", AT)
    opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=minutes(6))


def test_a_window_that_holds_a_draft_goes_on_holding_it(opened):
    draft_id = draft_in(opened)

    assert opened.drafts.hold(draft_id, "t.example", tab="tab-1", at=minutes(5)) is None
    assert opened.drafts.read(draft_id, "t.example").holder == Holder("tab-1", AT)


def test_a_draft_let_go_is_held_by_the_next_window(opened):
    draft_id = draft_in(opened)
    opened.drafts.release(draft_id, tab="tab-2")
    opened.drafts.release(draft_id, tab="tab-1")

    assert opened.drafts.hold(draft_id, "t.example", tab="tab-2", at=minutes(5)) is None
    assert opened.drafts.read(draft_id, "t.example").holder == Holder("tab-2", minutes(5))


@pytest.mark.parametrize("action", ["save", "set_child", "delete"])
def test_a_window_that_lost_the_draft_changes_nothing(opened, action):
    draft_id = draft_in(opened)
    opened.drafts.take_over(draft_id, "t.example", tab="tab-2", at=minutes(1))
    before = opened.drafts.read(draft_id, "t.example")
    actions = {
        "save": lambda: opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=minutes(2)),
        "set_child": lambda: opened.drafts.set_child(draft_id, "C-2", tab="tab-1", at=minutes(2)),
        "delete": lambda: opened.drafts.delete(draft_id, tab="tab-1"),
    }

    assert refusal(actions[action]).startswith("STORE_20 · this draft: it is open in another")
    assert opened.drafts.read(draft_id, "t.example") == before


def test_an_answer_to_a_draft_that_is_gone_is_refused(opened):
    draft_id = draft_in(opened)
    opened.drafts.delete(draft_id, tab="tab-1")

    save = refusal(lambda: opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT))

    assert save.startswith("STORE_19 · this draft: it is not here")
    assert opened.drafts.of("t.example") == []


def test_the_child_of_a_draft_can_be_named_later(opened):
    draft_id = opened.drafts.start("t.example", tab="a", at=AT, instrument="i", edition=1)
    opened.drafts.set_child(draft_id, "C-0042", tab="a", at=minutes(1))

    draft = opened.drafts.read(draft_id, "t.example")

    assert (draft.child_ref, draft.saved_at) == ("C-0042", minutes(1))


def test_half_a_character_is_refused_and_not_quoted(opened, folder):
    draft_id = draft_in(opened)

    with pytest.raises(WorkbookError) as caught:
        opened.drafts.save(draft_id, "worry", CANARY + "\ud83d", tab="tab-1", at=AT)

    assert str(caught.value) == (
        f"STORE_25 · {folder / 'records.db'}: the text holds half a character, which cannot be"
        " saved. Take out the last character you put in, often a pictogram, and type it again."
    )
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert opened.drafts.read(draft_id, "t.example").answers == {}


@pytest.mark.parametrize("text", ["", "\x00", "<b>&amp;", "'; DROP TABLE draft; --", "👩‍👧 é"])
def test_any_text_comes_back_as_it_was_typed(opened, text):
    draft_id = draft_in(opened)
    opened.drafts.save(draft_id, text, text, tab="tab-1", at=AT)

    assert opened.drafts.read(draft_id, "t.example").answers == {text: text}


def test_references_are_made_in_order_and_never_twice(opened):
    assert [opened.children.next_ref() for _ in range(3)] == ["C-0001", "C-0002", "C-0003"]


def test_a_reference_used_by_a_case_is_not_made_again(opened):
    open_case(opened, "C-0041")
    opened.children.save(Child("X-9999"))

    assert opened.children.next_ref() == "C-0042"


def test_references_go_on_after_four_digits(opened):
    open_case(opened, "C-9999")

    assert [opened.children.next_ref() for _ in range(2)] == ["C-10000", "C-10001"]


def test_what_is_known_of_a_child_is_added_to_and_never_blanked(opened):
    opened.children.save(Child("C-0001", name="A Made-Up", date_of_birth=date(2012, 2, 29)))
    opened.children.save(Child("C-0001", school="Example School"))

    assert opened.children.read("C-0001") == Child(
        "C-0001", name="A Made-Up", date_of_birth=date(2012, 2, 29), school="Example School"
    )


def test_a_reference_never_made_has_no_child(opened):
    assert opened.children.read("C-0420") is None
