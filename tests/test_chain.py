"""The chain: what its hashes cover, and how the first break is named."""

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook.errors import WorkbookError
from cse_workbook.store.chain import (
    EMPTY,
    GENESIS,
    Break,
    Flaw,
    Head,
    Link,
    Verified,
    body_hash,
    canonical,
    entry_hash,
    seal,
    verify,
)

replace = msgspec.structs.replace
# Worked out apart from the code, with hashlib and json.
BODY_VECTOR = "877def61b92b0d6412623dcb69327ac3e214e2a5ea08d8ed3c00cfa3283fa91d"
ENTRY_VECTOR = "bade608b99441511876e79e3f66bdf90bd7246d0fa721ffaa44506f40f59297e"
TEXT_COLUMNS = ("case_ref", "kind", "happened_on", "recorded_at", "recorded_by", "role", "agency")


def entry(seq: int) -> Link:
    return Link(
        seq=seq,
        case_ref="C-0001",
        case_version=seq,
        kind="ThemeNoted",
        happened_on="2026-11-22",
        recorded_at="2026-11-22T14:02:00.000000+00:00",
        recorded_by="t.example",
        role="teacher",
        agency="Example School",
        salt="00ff" * 8,
        body=f'{{"theme":"{seq}"}}',
    )


def chain(count: int) -> list[Link]:
    links: list[Link] = []
    for seq in range(1, count + 1):
        links.append(seal(entry(seq), links[-1].entry_hash if links else GENESIS))
    return links


def head(link: Link) -> Head:
    return Head(link.seq, link.entry_hash)


def test_the_hashes_are_these_for_ever():
    link = seal(entry(1), GENESIS)

    assert link.body_hash == BODY_VECTOR
    assert link.entry_hash == ENTRY_VECTOR


def test_json_is_hashed_with_sorted_keys_without_spaces_and_as_utf_8():
    assert canonical({"b": [1, None], "a": {"d": "é", "c": True}}) == (
        '{"a":{"c":true,"d":"é"},"b":[1,null]}'.encode()
    )


def test_where_the_salt_ends_and_the_body_begins_is_part_of_the_hash():
    assert body_hash("ab", "c") != body_hash("a", "bc")


def test_no_salt_is_not_the_word_null():
    assert body_hash(None, "a") != body_hash("null", "a")


def test_where_one_column_ends_and_the_next_begins_is_part_of_the_hash():
    first = replace(entry(1), role="a", agency="bc")

    assert entry_hash(first) != entry_hash(replace(entry(1), role="ab", agency="c"))


def test_an_entry_without_a_body_is_sealed_as_one_that_says_nothing():
    link = seal(replace(entry(1), body=None), GENESIS)

    assert link.body_hash == body_hash(link.salt, "")


def test_an_empty_chain_holds_and_ends_before_its_first_entry():
    assert verify([]) == Verified(0, EMPTY, 0, None)


def test_a_chain_that_nobody_touched_holds_to_its_end():
    links = chain(5)

    assert verify(links) == Verified(5, head(links[-1]), 0, None)


def test_an_entry_does_not_need_its_body_for_the_chain_to_hold():
    links = chain(3)
    links[1] = replace(links[1], body=None, salt=None)

    assert verify(links) == Verified(3, head(links[-1]), 1, None)


@pytest.mark.parametrize("printed", ["whole", "short"])
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_head_printed_earlier_is_found_again(printed, seq):
    links = chain(5)
    against = head(links[seq - 1])

    found = verify(links, Head.parse(str(against) if printed == "whole" else against.short))

    assert found == Verified(5, head(links[-1]), 0, None)


@dataclass
class Tampering:
    says: str
    links: list[Link]
    at: int
    flaw: Flaw


def reordered(*order: int) -> list[Link]:
    """Let a chain of five stand in another order, numbered as if nothing had been."""
    links = chain(5)
    return [replace(links[old - 1], seq=seq) for seq, old in enumerate(order, start=1)]


def changed(seq: int, **columns: object) -> list[Link]:
    links = chain(5)
    links[seq - 1] = replace(links[seq - 1], **columns)
    return links


def rewritten(seq: int, **columns: object) -> list[Link]:
    """Change an entry and give it hashes that fit what it says now."""
    links = chain(5)
    links[seq - 1] = seal(replace(links[seq - 1], **columns), links[seq - 2].entry_hash)
    return links


def renumbered(seq: int, new: int) -> list[Link]:
    links = chain(5)
    links[seq - 1] = replace(links[seq - 1], seq=new)
    return links


TAMPERINGS = [
    Tampering("a body is changed", changed(3, body='{"theme":"x"}'), 3, Flaw.BODY_CHANGED),
    Tampering("a salt is changed", changed(3, salt="11" * 16), 3, Flaw.BODY_CHANGED),
    Tampering("only the salt is taken out", changed(3, salt=None), 3, Flaw.BODY_CHANGED),
    Tampering("the first body is changed", changed(1, body="{}"), 1, Flaw.BODY_CHANGED),
    Tampering("a body hash is changed", changed(3, body_hash=GENESIS), 3, Flaw.ENTRY_CHANGED),
    Tampering("an entry hash is changed", changed(5, entry_hash=GENESIS), 5, Flaw.ENTRY_CHANGED),
    Tampering("the link back is changed", changed(3, previous_hash="a"), 3, Flaw.LINK_BROKEN),
    Tampering("the first link back is changed", changed(1, previous_hash=""), 1, Flaw.LINK_BROKEN),
    Tampering("an entry is rewritten, hashes too", rewritten(3, body="{}"), 4, Flaw.LINK_BROKEN),
    Tampering("the first entry is taken out", chain(5)[1:], 1, Flaw.MISSING),
    Tampering("a middle entry is taken out", chain(5)[:2] + chain(5)[3:], 3, Flaw.MISSING),
    Tampering("a number is left out", renumbered(5, 6), 5, Flaw.MISSING),
    Tampering("a hole is closed by renumbering", reordered(1, 2, 4, 5), 3, Flaw.LINK_BROKEN),
    Tampering("two neighbours are swapped", reordered(1, 3, 2, 4, 5), 2, Flaw.OUT_OF_ORDER),
    Tampering("two far apart are swapped", reordered(5, 2, 3, 4, 1), 1, Flaw.OUT_OF_ORDER),
    Tampering("an entry is put later", reordered(1, 3, 4, 5, 2), 2, Flaw.OUT_OF_ORDER),
    Tampering("an entry stands twice", reordered(1, 2, 2, 3, 4, 5), 3, Flaw.DUPLICATE),
    Tampering("an entry stands again at the end", reordered(1, 2, 3, 4, 5, 1), 6, Flaw.DUPLICATE),
    Tampering("a number stands twice", chain(2) + chain(5)[1:], 3, Flaw.DUPLICATE),
    Tampering("a number stands again", chain(3) + chain(1), 4, Flaw.DUPLICATE),
]


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.says)
def test_the_first_break_is_named(tampering):
    found = verify(tampering.links)

    assert found.break_ == Break(tampering.at, tampering.flaw)


def test_what_holds_before_a_break_is_told():
    links = changed(4, body="{}")
    links[1] = replace(links[1], body=None, salt=None)

    found = verify(links)

    assert (found.count, found.head, found.erased) == (3, head(links[2]), 1)


@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_every_column_is_held_by_the_hash(column):
    assert verify(changed(3, **{column: "x"})).break_ == Break(3, Flaw.ENTRY_CHANGED)


def test_the_version_of_the_case_is_held_by_the_hash():
    assert verify(changed(3, case_version=9)).break_ == Break(3, Flaw.ENTRY_CHANGED)


def test_an_end_that_was_cut_off_is_seen_by_the_printed_head_only():
    links = chain(5)

    assert verify(links[:3]).break_ is None
    assert verify(links[:3], head(links[4])) == Verified(
        3, head(links[2]), 0, Break(4, Flaw.CUT_OFF)
    )


def test_a_record_rewritten_from_the_start_is_seen_by_the_printed_head_only():
    printed = head(chain(5)[2])
    links: list[Link] = []
    for seq in range(1, 6):
        rest = replace(entry(seq), agency="Another School")
        links.append(seal(rest, links[-1].entry_hash if links else GENESIS))

    assert verify(links).break_ is None
    assert verify(links, printed) == Verified(2, head(links[1]), 0, Break(3, Flaw.ROLLED_BACK))


def test_a_break_before_the_printed_head_is_named_first():
    links = changed(2, body="{}")

    assert verify(links, Head(4, GENESIS)).break_ == Break(2, Flaw.BODY_CHANGED)


def test_a_head_is_printed_whole_or_short_and_read_back():
    whole = Head(212, "ab12cd34ef56ab78" + "0" * 48)

    assert str(whole) == "212:ab12cd34ef56ab78" + "0" * 48
    assert whole.short == "212:ab12cd34ef56ab78…"
    assert Head.parse(f" {whole}\n") == whole
    assert Head.parse(whole.short) == Head(212, "ab12cd34ef56ab78")


@pytest.mark.parametrize(
    "text",
    ["", "212", "212:", "212:ab12", "x:" + "a" * 64, "212:" + "g" * 64, "212:" + "a" * 65, "²:"],
)
def test_what_is_not_a_head_is_refused(text):
    with pytest.raises(WorkbookError) as caught:
        Head.parse(text)

    assert str(caught.value) == (
        "STORE_23 · the head: this is not the head of a record. Copy it whole as it was printed:"
        " the number of the last entry, a colon, then letters and digits."
    )


def test_a_link_shows_its_place_and_never_what_it_says():
    assert repr(seal(entry(3), GENESIS)) == "Link(3, C-0001, ThemeNoted)"


@given(st.data())
def test_any_changed_character_of_a_text_is_found(data):
    links = chain(4)
    seq = data.draw(st.integers(1, 4))
    column = data.draw(st.sampled_from([*TEXT_COLUMNS, "body", "body_hash", "previous_hash"]))
    text = getattr(links[seq - 1], column)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda new: new != text[place]))
    links[seq - 1] = replace(links[seq - 1], **{column: text[:place] + other + text[place + 1 :]})

    found = verify(links).break_

    assert found is not None
    assert found.seq == seq
