"""Has anything in the record been changed since it was written?

Each entry carries a hash of itself and of the entry before it. The hash covers the hash of the
body, not the body, so that a body can be erased under a written decision and the chain still holds.
A chain cannot show that its end was cut off: that takes a head printed earlier. Nothing here reads
or writes a database.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from hashlib import sha256
from typing import Final

import msgspec

from cse_workbook.errors import WorkbookError, problem

GENESIS: Final = "0" * 64
_BODY: Final = b"cse-workbook/body/1"
_ENTRY: Final = b"cse-workbook/entry/1"
_SHORT: Final = 16
_HEAD: Final = re.compile(r"(\d{1,18}):([0-9a-f]{16,64})…?")


class Link(msgspec.Struct, frozen=True):
    """One entry as it is stored: what was written, and the hashes that hold it in its place."""

    seq: int
    case_ref: str
    case_version: int
    kind: str
    happened_on: str
    recorded_at: str
    recorded_by: str
    role: str
    agency: str
    body_hash: str = ""
    previous_hash: str = ""
    entry_hash: str = ""
    salt: str | None = None
    body: str | None = None

    def __repr__(self) -> str:
        """Show the place of the entry, never what it says."""
        return f"Link({self.seq}, {self.case_ref}, {self.kind})"


class Head(msgspec.Struct, frozen=True):
    """The end of the chain: the number of the last entry and its hash."""

    seq: int
    entry_hash: str

    def __str__(self) -> str:
        """Write the head whole, as `parse` reads it."""
        return f"{self.seq}:{self.entry_hash}"

    @property
    def short(self) -> str:
        """The head as it stands at the foot of a page, `212:ab12cd34ef56ab78…`."""
        return f"{self.seq}:{self.entry_hash[:_SHORT]}…"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read a head, whole or as printed; raise STORE_23 if it is not one."""
        found = _HEAD.fullmatch(text.strip())
        if not found:
            raise WorkbookError(problem("STORE_23", "the head"))
        return cls(int(found[1]), found[2])

    def names(self, link: Link) -> bool:
        """Say whether this head, printed whole or short, is the head at that entry."""
        return self.seq == link.seq and link.entry_hash.startswith(self.entry_hash)


EMPTY: Final = Head(0, GENESIS)


class Flaw(StrEnum):
    """What can be wrong with an entry, in words."""

    BODY_CHANGED = "what it says was changed after it was written"
    ENTRY_CHANGED = "who, when or for whom was changed after it was written"
    MISSING = "it is missing"
    OUT_OF_ORDER = "another entry stands in its place, and it stands further on"
    DUPLICATE = "an earlier entry stands here again"
    LINK_BROKEN = "the entry here does not follow from the one before it"
    CUT_OFF = "the record ends before it: its end was cut off, or an old copy was put back"
    ROLLED_BACK = (
        "it is not the entry of the printed head:"
        " an old copy was put back and written on, or the record was rewritten"
    )


class Break(msgspec.Struct, frozen=True):
    """The first place where the chain does not hold."""

    seq: int
    flaw: Flaw


class Verified(msgspec.Struct, frozen=True):
    """How far the chain holds: how many entries, the head there, bodies erased, the first break."""

    count: int
    head: Head
    erased: int
    break_: Break | None


def canonical(value: object) -> bytes:
    """Write a value as JSON in the one form that is hashed: sorted keys, no spaces, UTF-8.

    >>> canonical({"b": 1, "a": "é"}).decode()
    '{"a":"é","b":1}'
    """
    return msgspec.json.encode(value, order="sorted")


def _framed(*parts: bytes) -> bytes:
    """Join parts so that no two different lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(8) + part for part in parts)


def body_hash(salt: str | None, body: str) -> str:
    """Hash a body with its salt, so that an erased body cannot be guessed from its hash."""
    return sha256(_framed(_BODY, canonical(salt), body.encode())).hexdigest()


def entry_hash(link: Link) -> str:
    """Hash all of an entry but its body and salt, for which its body hash stands."""
    columns = (
        *(link.seq, link.case_ref, link.case_version, link.kind, link.happened_on),
        *(link.recorded_at, link.recorded_by, link.role, link.agency),
        *(link.body_hash, link.previous_hash),
    )
    return sha256(_framed(_ENTRY, canonical(columns))).hexdigest()


def seal(link: Link, previous_hash: str) -> Link:
    """Give a link, not yet hashed and with its body, its place behind the one before it."""
    hashed = msgspec.structs.replace(
        link, body_hash=body_hash(link.salt, link.body or ""), previous_hash=previous_hash
    )
    return msgspec.structs.replace(hashed, entry_hash=entry_hash(hashed))


def verify(links: Iterable[Link], against: Head | None = None) -> Verified:
    """Follow the chain from its start, in order of `seq`, and stop at the first break.

    Holds one entry at a time. `against` is a head printed or sent away earlier; without it a
    cut-off end cannot be seen.
    """
    head, erased, rest = EMPTY, 0, iter(links)
    for link in rest:
        flaw = _flaw(link, head, rest)
        if not flaw and against and against.seq == link.seq and not against.names(link):
            flaw = Flaw.ROLLED_BACK
        if flaw:
            return Verified(head.seq, head, erased, Break(head.seq + 1, flaw))
        head, erased = Head(link.seq, link.entry_hash), erased + (link.body is None)
    cut = against is not None and head.seq < against.seq
    return Verified(head.seq, head, erased, Break(head.seq + 1, Flaw.CUT_OFF) if cut else None)


def _flaw(link: Link, head: Head, rest: Iterator[Link]) -> Flaw | None:
    """Name what is wrong with the entry that stands behind `head`, if anything is."""
    if link.seq != head.seq + 1:
        return Flaw.MISSING if link.seq > head.seq else Flaw.DUPLICATE
    if link.previous_hash != head.entry_hash:
        return _misplaced(link, head, rest)
    if entry_hash(link) != link.entry_hash:
        return Flaw.ENTRY_CHANGED
    if link.body is not None and body_hash(link.salt, link.body) != link.body_hash:
        return Flaw.BODY_CHANGED
    return None


def _misplaced(link: Link, head: Head, rest: Iterator[Link]) -> Flaw:
    """Tell an entry that belongs earlier, one that belongs later and one that belongs nowhere."""
    earlier = (msgspec.structs.replace(link, seq=seq) for seq in range(link.seq))
    if any(entry_hash(copy) == link.entry_hash for copy in earlier):
        return Flaw.DUPLICATE
    if any(later.previous_hash == head.entry_hash for later in rest):
        return Flaw.OUT_OF_ORDER
    return Flaw.LINK_BROKEN
