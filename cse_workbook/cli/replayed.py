"""Tell what another instrument or policy would have changed, in plain text or as one line of JSON.

Only counts that are protected come here. Words for a mark: see `disclosure.tables`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pandas as pd

from cse_workbook.cli.layout import item, paragraph, written
from cse_workbook.extracts import Manifest
from cse_workbook.outcome import Edition, PolicyUsed
from cse_workbook.policy import Disclosure
from cse_workbook.replay import CHANGE, COUNT, LOWER, Apart


class Replayed(msgspec.Struct, frozen=True):
    """What was replayed: the extract, with what, which keys are apart, and the protected table."""

    manifest: Manifest
    instrument: Edition
    policy: PolicyUsed
    apart: Apart
    table: pd.DataFrame


def as_json(found: Replayed) -> str:
    """Write all of it as one line."""
    manifest = found.manifest
    line: dict[str, Any] = {
        "extract": {
            "made_on": manifest.made_on.isoformat(),
            "of": manifest.of,
            "head": manifest.head,
            "instrument": msgspec.to_builtins(manifest.instrument),
            "policy": msgspec.to_builtins(manifest.policy),
        },
        "instrument": msgspec.to_builtins(found.instrument),
        "policy": msgspec.to_builtins(found.policy),
        **msgspec.to_builtins(found.apart),
        "changes": found.table.to_dict("records"),
    }
    return json.dumps(line, ensure_ascii=False)


def as_text(found: Replayed) -> str:
    """Tell all of it in paragraphs."""
    parts = (_head(found), _apart(found.apart), _table(found.table), _foot(found))
    return "\n\n".join(text for part in parts if (text := "\n".join(part)))


def _head(found: Replayed) -> Iterator[str]:
    manifest = found.manifest
    of = "all agencies" if manifest.of == "all" else manifest.of
    yield f"Extract of {written(manifest.made_on)}, of {of}"
    yield paragraph(f"Made with {_named(manifest.instrument, manifest.policy)}.")
    yield paragraph(f"Replayed with {_named(found.instrument, found.policy)}.")
    yield paragraph(
        "Each screening is scored again, and the route is set beside the one that was recorded."
        " Nothing in the record changes."
    )


def _named(instrument: Edition, policy: PolicyUsed) -> str:
    return (
        f"{instrument.key}, edition {instrument.edition} ({instrument.digest[:19]}…), and policy"
        f" {policy.key} ({policy.digest[:19]}…)"
    )


def _apart(apart: Apart) -> Iterator[str]:
    for keys, says in (
        (apart.only_in_instrument, "Asked by this instrument and not in the extract, so blank"),
        (apart.only_in_extract, "In the extract and not in this instrument, so not counted"),
    ):
        if keys:
            yield paragraph(f"{says}: {', '.join(keys)}.")


def _table(table: pd.DataFrame) -> Iterator[str]:
    for (by, group), rows in table.groupby(["by", "group"], sort=False):
        counts = dict(zip(rows[CHANGE], rows[COUNT], strict=True))
        yield f"{by}: {group}" if by else "All screenings"
        yield item(_counted(counts))


def _counted(counts: Mapping[str, int | str]) -> str:
    shown = {change: f"{n:,}" if isinstance(n, int) else n for change, n in counts.items()}
    return ", ".join(f"{change.replace('_', ' ')}: {count}" for change, count in shown.items())


def _foot(found: Replayed) -> Iterator[str]:
    yield paragraph(_marks(found.manifest.disclosure))
    yield paragraph(
        "Screenings are counted, not children. Not compared: another instrument was used,"
        " something in the screening was corrected since, or its route is no longer there."
    )
    table = found.table
    if (table.loc[table[CHANGE] == LOWER, COUNT] != 0).any():
        yield paragraph(
            "Lower means that less would have been asked for. Say why that is right for these"
            " children before it is adopted."
        )


def _marks(limits: Disclosure) -> str:
    rounded = f"Other counts are to the nearest {limits.round_to}. " if limits.round_to > 1 else ""
    return (
        f"* stands for 1 to {limits.suppress_up_to}. {rounded}“Not shown” would give a hidden"
        " count away."
    )
