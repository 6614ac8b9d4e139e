"""What to do, the reason where a view is lower, what else is recorded, and the next steps."""

from collections.abc import Iterator, Sequence

from cse_workbook.outcome import Step
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, go
from cse_workbook.views.form import CONSULTED, WORDS_AT_MOST, Draft
from cse_workbook.views.result import WHO, Result


def to_do(result: Result) -> Iterator[Block]:
    """Give the steps of the higher of the two views, those of each pathway apart."""
    pathway_of = {
        key: finding.rule
        for finding in result.outcome.pathways
        for key in result.rule(finding.rule).actions
    }
    wanted = result.wanted
    yield blocks.heading("What to do", id="what-to-do")
    main = [step for step in wanted if step.key not in pathway_of or step.within == "now"]
    yield _steps("What to do", main)
    for finding in result.outcome.pathways:
        here = [s for s in wanted if pathway_of.get(s.key) == finding.rule and s.within != "now"]
        if here:
            label = result.rule(finding.rule).label
            yield blocks.heading(label, 3)
            yield from _authorities(result, finding.rule)
            yield _steps(label, here)


def _authorities(result: Result, rule: str) -> Iterator[Block]:
    beside = result.circumstances
    if rule == "pathway_host_authority":
        host = beside.get("host_authority", "").strip()
        if not host:
            yield blocks.text(
                "The host authority is not recorded. Ask the allocated social worker."
            )
            return
        home = beside.get("home_authority", "").strip() or "not recorded"
        yield blocks.text(
            f"Home authority: {home}. Host authority: {host}. The home authority stays responsible."
        )
    if rule == "pathway_trafficking":
        yield blocks.text(
            "Any distance counts, also within one town, and it makes no difference whether the"
            " child agreed. Only a first responder can make the referral to the National Referral"
            " Mechanism; a child's consent is not needed. It comes on top of the referral to"
            " children's social care, not in its place."
        )
    if rule == "pathway_partner_or_peer_abuse":
        yield blocks.text(
            "There is an overlap between exploitation and domestic abuse. Being 16 or 17 does not"
            " make this a matter between partners: assess as a child first, then choose the"
            " response with them."
        )


def _steps(caption: str, found: Sequence[Step]) -> Block:
    whose = {"guidance": "guidance", "local": "local policy"}
    rows: list[list[Rich]] = [
        [[s.text], [s.within[0].upper() + s.within[1:]], [s.by], [whose[s.time]]] for s in found
    ]
    columns = ["What", "By when", "Who", "Urgency from"]
    return blocks.table(caption, columns, rows)


def reason(result: Result, draft: Draft) -> Iterator[Block]:
    """Ask for the reason of a view below the guidance."""
    route = result.route(result.outcome.route)
    hint = "What do you know that the answers do not show?"
    consulted = [(key, label) for key, label in WHO.items()]
    others = CONSULTED[:-1]
    yield blocks.box(
        "frame",
        [
            blocks.heading("Your reason for saying less", id="your-reason"),
            blocks.area(
                *("lower.because", "Why is your view lower than the guidance?", hint),
                *(draft.get("lower.because"), 3, WORDS_AT_MOST),
            ),
            blocks.radios(
                *("lower.consulted", "Who have you talked to about this?", consulted),
                draft.get("lower.consulted"),
            ),
            blocks.line(
                *("lower.who", "Who?", "A role is enough", draft.get("lower.who")),
                **blocks.when("lower.consulted", "someone_else"),
            ),
            blocks.day(
                *("lower.on", "When?", "For example, 10 11 2026", draft),
                **blocks.when("lower.consulted", *others),
            ),
            blocks.area(
                *(
                    "lower.said",
                    "What did they say?",
                    "",
                    draft.get("lower.said"),
                    2,
                    WORDS_AT_MOST,
                ),
                **blocks.when("lower.consulted", *others),
            ),
            blocks.buttons(
                button("Add my reason", "lower:add"),
                button(f"Change my view to {route.view_label}", "lower:change", "secondary"),
            ),
            blocks.text(
                "Whatever you choose, what you first said stays in the record.", style="small"
            ),
        ],
    )


def else_recorded(result: Result) -> Iterator[Block]:
    """Show the words on record that no rule counts."""
    screening = result.screening
    texts = (
        ("The worry", screening.worry),
        ("Anything else", screening.other_concern),
        ("The child's words", screening.child_said),
        ("What protects the child", screening.protective),
    )
    yield blocks.heading("What else is in the record", id="record")
    for label, words in texts:
        if words:
            yield blocks.heading(label, 3)
            yield from (blocks.text(line) for line in words.split("\n"))


def next_steps(result: Result) -> Iterator[Block]:
    """Offer the summary, telling somebody, and another screening."""
    yield blocks.heading("Documents and next steps", id="documents")
    for line in result.told:
        yield blocks.text(line)
    yield blocks.buttons(
        button("Print the summary", "print", print=True),
        button("Say whom you have told", "go:told", "secondary"),
    )
    yield blocks.text(go("again", "Screen again with new information"))
    yield blocks.text(go("go:correct", "Correct a mistake in this screening"))
    yield blocks.text(go("go:start", "Back to the start"))
