"""The commands about instruments: `check` for authors, `show` and `digest` for readers, and
`replay` for whoever decides that one is adopted.
"""

from pathlib import Path
from textwrap import fill
from typing import Final, Literal

from cyclopts import App

from cse_workbook import instrument as instruments
from cse_workbook import policy as policies
from cse_workbook.cli.layout import WIDTH, Labels, item, paragraph, written
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.home import data_folder
from cse_workbook.instrument import Cite, Instrument, Rule
from cse_workbook.instrument.files import read_bytes
from cse_workbook.outcome import Edition, PolicyUsed
from cse_workbook.policy import Policy

FOUND: Final = 1

app = App(
    name="instrument",
    help="Check an instrument's file, show it, name it by its content, or replay answers with it.",
    help_formatter="plain",
)


@app.command
def check(file: Path, /) -> int:
    """Tell all problems of an instrument's file at once; exit status 1 if there are any.

    Parameters
    ----------
    file
        Instrument as a TOML file; the texts it quotes stand beside it or in a folder `sources`.
    """
    content = read_bytes(file)
    try:
        instrument = instruments.parse(content, file.name, folder=file.resolve().parent)
    except WorkbookError as found:
        print(found)
        return FOUND
    counts = f"{len(instrument.indicators)} indicators, {len(instrument.rules)} rules"
    print(
        f"{file.name}: no problem found. {instrument.key}, edition {instrument.edition}: {counts}."
    )
    return 0


@app.command
def digest(name: str = "occ_safeguard", /, *, policy: str = "default") -> int:
    """Name an instrument and a policy by their content, for an audit.

    Parameters
    ----------
    name
        Instrument: a name, or the path of a TOML file.
    policy
        Local policy: a name, or the path of a TOML file.
    """
    instrument, local = instruments.load(name), policies.load(policy)
    print(f"instrument {instrument.key} edition {instrument.edition} {instrument.digest}")
    print(f"policy {local.key} {local.digest}")
    return 0


@app.command
def show(name: str = "occ_safeguard", /, *, policy: str = "default") -> int:
    """Print an instrument for a practitioner: what is asked, what follows, and from which sentence.

    Parameters
    ----------
    name
        Instrument: a name, or the path of a TOML file.
    policy
        Local policy: a name, or the path of a TOML file.
    """
    instrument = policies.applied(instruments.load(name), policies.load(policy))
    parts = (_groups, _routes, _rules, _readings, _actions)
    print(_head(instrument), *(part(instrument) for part in parts), sep="\n\n\n")
    return 0


@app.command
def replay(
    extract: Path,
    /,
    *,
    instrument: str = "",
    policy: str = "",
    by: str = "route",
    format: Literal["text", "json"] = "text",  # noqa: A002 the option is called --format
) -> int:
    """Tell whose route would be another under an instrument or a policy that is not adopted yet.

    The answers of an extract are scored again and set beside the routes that were recorded. Small
    numbers are hidden. Nothing in the record changes.

    Parameters
    ----------
    extract
        Folder that `cse-workbook extract` wrote.
    instrument
        Instrument: a name, or the path of a TOML file. Left out: the one of the extract.
    policy
        Local policy: a name, or the path of a TOML file. Left out: the one of the extract.
    by
        Columns of the screenings to count by, each by itself, with commas between them: `route`,
        `new_route`, `age_band`, `agency` and others.
    format
        `text` for people, `json` for one line.
    """
    from cse_workbook import replay as replaying
    from cse_workbook.cli.replayed import Replayed, as_json, as_text
    from cse_workbook.extracts import read_manifest, read_with_answers

    manifest = read_manifest(extract)
    published = instruments.load(instrument) if instrument else _instrument_of(manifest.instrument)
    local = policies.load(policy) if policy else _policy_of(manifest.policy)
    applied, given = policies.applied(published, local), read_with_answers(extract)
    splits = [each.strip() for each in by.split(",") if each.strip()]
    found = Replayed(
        manifest,
        Edition(published.key, published.edition, published.digest),
        PolicyUsed(local.key, local.digest),
        replaying.apart(given.answers, applied),
        replaying.changes(replaying.replay(given, applied), splits, applied, manifest.disclosure),
    )
    print(as_json(found) if format == "json" else as_text(found))
    return 0


def _instrument_of(used: Edition) -> Instrument:
    """Load the instrument with which an extract was made, if it ships."""
    for each in map(instruments.load, instruments.shipped()):
        if each.digest == used.digest:
            return each
    where = f"{used.key}, edition {used.edition}"
    raise WorkbookError(problem("REPLAY_04", where, kind="instrument", key=used.key))


def _policy_of(used: PolicyUsed) -> Policy:
    """Load the policy with which an extract was made: that of the data folder, or the default."""
    for each in (policies.local(data_folder()), policies.load()):
        if each.digest == used.digest:
            return each
    raise WorkbookError(problem("REPLAY_04", used.key, kind="policy", key=used.key))


def _head(instrument: Instrument) -> str:
    return _lines(f"{instrument.title}, edition {instrument.edition}", instrument.about)


def _groups(instrument: Instrument) -> str:
    labels = Labels.of(instrument)
    marks = {letter.key: f"{letter.mark} ({letter.label})" for letter in instrument.letters}
    blocks = []
    for group in instrument.groups:
        blocks.append(_lines(group.label.upper(), group.intro, _quoted(group.cite, labels)))
        for indicator in instrument.indicators:
            if indicator.group == group.key:
                letters = ", ".join(marks[key] for key in indicator.safeguard)
                blocks.append(
                    _lines(
                        f"{indicator.label} [{indicator.key}]",
                        indicator.help,
                        f"Who would know: {indicator.who_would_know}.",
                        f"SAFEGUARD: {letters}." if letters else "",
                        _quoted(indicator.cite, labels),
                    )
                )
    return "\n\n".join(blocks)


def _routes(instrument: Instrument) -> str:
    told = [
        _lines(f"{route.label} [{route.key}]", f"{route.says} {route.then}")
        for route in instrument.routes
    ]
    return "\n\n".join(["ROUTES, lowest first; each includes the ones before it", *told])


def _rules(instrument: Instrument) -> str:
    labels = Labels.of(instrument)
    texts = {action.key: action.text for action in instrument.actions}
    blocks = ["RULES"]
    for rule in instrument.rules:
        to = (
            f"Route: {labels.routes[rule.route].label}."
            if rule.route
            else "It adds people and steps."
        )
        off = "" if instrument.is_on(rule) else "Switched off by local policy."
        blocks.append(
            _lines(
                f"{rule.label} [{rule.key}]",
                *(off, f"{_when(rule, instrument)} {to}", rule.read_as),
                _quoted(rule.cite, labels),
            )
        )
        blocks[-1] += "".join(f"\n{item(texts[key])}" for key in rule.actions)
    return "\n\n".join(blocks)


def _when(rule: Rule, instrument: Instrument) -> str:
    labels = Labels.of(instrument)
    conditions = [
        f"at least {instrument.threshold(condition)} of: "
        + ", ".join(
            labels.groups.get(name) or f"“{labels.indicators[name]}”"
            for name in instrument.named(condition)
        )
        for condition in rule.when
    ]
    return f"When {'; and '.join(conditions)}."


def _readings(instrument: Instrument) -> str:
    blocks = ["HOW VAGUE WORDS ARE READ"]
    for key, reading in instrument.readings.items():
        whose = " Local policy." if reading.local else ""
        decided = f"Decided by {reading.decided_by}, {written(reading.decided_on)}.{whose}"
        blocks.append(_lines(f"{key}", reading.means, reading.why, decided))
    return "\n\n".join(blocks)


def _actions(instrument: Instrument) -> str:
    blocks = ["ACTIONS"]
    for action in instrument.actions:
        whose = "the guidance" if action.time == "guidance" else "local policy"
        limit = f"By when: {action.within} (from {whose}). Who: {action.by}."
        blocks.append(_lines(action.text, limit))
    return "\n\n".join(blocks)


def _quoted(cite: Cite, labels: Labels) -> str:
    return f"{labels.sources[cite.source]}: “{cite.quote}”"


def _lines(heading: str, *texts: str) -> str:
    """Set a heading and indented paragraphs, 80 characters wide, without the empty ones."""
    return "\n".join([fill(heading, WIDTH), *(paragraph(text) for text in texts if text)])
