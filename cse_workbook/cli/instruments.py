"""The commands that show instruments: `check` for authors, `show` and `digest` for readers."""

from pathlib import Path
from textwrap import fill
from typing import Final

from cyclopts import App

from cse_workbook import instrument as instruments
from cse_workbook import policy as policies
from cse_workbook.cli.layout import WIDTH, Labels, item, paragraph, written
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Cite, Instrument, Rule
from cse_workbook.instrument.files import read_bytes

FOUND: Final = 1

app = App(
    name="instrument",
    help="Check an instrument's file, show it, or name it by its content.",
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
