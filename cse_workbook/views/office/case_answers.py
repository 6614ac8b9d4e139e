"""What was answered: what changed between two screenings, each letter over time, all that is
written in them. Questions are told one by one; nothing is added up.
"""

from collections.abc import Iterator, Sequence

from cse_workbook.case import Thread
from cse_workbook.changes import Change, compare, profile
from cse_workbook.screening import Recorded, Screening
from cse_workbook.standing import OTHER, screened
from cse_workbook.views import blocks
from cse_workbook.views.answers import BESIDE, SHORT
from cse_workbook.views.blocks import Block, Rich, Run, go, strong
from cse_workbook.views.office.case_views import NO_SCREENING
from cse_workbook.views.office.reading import Reading, lines
from cse_workbook.views.pages import clock


def change_blocks(reading: Reading) -> Iterator[Block]:
    """Say what changed between two screenings, and let other two be chosen."""
    threads = reading.case.screenings
    if not threads:
        yield blocks.text(NO_SCREENING)
        return
    if len(threads) == 1:
        yield blocks.text("There is one screening. What changes is shown once there is another.")
    else:
        yield from _changes(reading, threads, _numbers(reading))
    yield from _as_written(reading, threads[-1])


def _numbers(reading: Reading) -> tuple[int, int]:
    """Give the numbers, from 1, of the two screenings that are compared: the last two, unless
    others were chosen.
    """
    count = len(reading.case.screenings)
    then, now = reading.compared or (count - 1, count)
    return (then, now) if 0 < then < now <= count else (count - 1, count)


def _changes(
    reading: Reading, threads: Sequence[Thread], numbers: tuple[int, int]
) -> Iterator[Block]:
    made = [screened(thread).screening for thread in threads]
    days = screening_days(reading)
    (then, now), (one, other) = numbers, (made[numbers[0] - 1], made[numbers[1] - 1])
    found = compare(one, other, reading.instrument)
    rows = [_row(reading, each) for each in (*found.moved, *found.known, *found.lost)]
    if not reading.is_blind:
        rows += [_gone(reading, key, one) for key in found.gone]
    columns = ["Question", days[then - 1], days[now - 1]]
    if rows:
        words = f"What changed from {columns[1]} to {columns[2]}"
        yield blocks.table(words, columns, rows, row_headers=True)
    else:
        yield blocks.text(f"No answer is different on {columns[2]} from {columns[1]}.")
    never = [key for key in found.never if not any(key in each.answers for each in made)]
    same = f"{_counted(found.n_same, 'answer is', 'answers are')} the same."
    without = f" {_counted(len(never), 'question has', 'questions have')} never had an answer."
    yield blocks.text(same + (without if never else ""))
    if len(made) > 2:
        yield _choice(days, numbers)
    both = [key for key in _asked(reading) if key in one.answers or key in other.answers]
    rows = [_row(reading, Change(key, _given(one, key), _given(other, key))) for key in both]
    all_answers = blocks.table(f"All answers of {columns[1]} and {columns[2]}", columns, rows)
    yield blocks.details("Compare all answers", [{**all_answers, "row_headers": True}])


def _choice(days: Sequence[str], numbers: tuple[int, int]) -> Block:
    """Let the two screenings be chosen: each link changes one of them."""
    then, now = numbers
    earlier = [(number, f"compare:{number}:{now}") for number in range(1, now)]
    later = [(number, f"compare:{then}:{number}") for number in range(then + 1, len(days) + 1)]
    parts = [
        blocks.text(f"{name}: ", *_links(days, links, chosen))
        for name, links, chosen in (("Then", earlier, then), ("Now", later, now))
    ]
    return blocks.details("Choose which two screenings", parts, id="which-two")


def _links(days: Sequence[str], links: Sequence[tuple[int, str]], chosen: int) -> Iterator[Run]:
    for place, (number, to) in enumerate(links):
        yield from [" · "] if place else []
        words = days[number - 1]
        yield strong(words) if number == chosen else go(to, words, hidden=", to compare")


def _row(reading: Reading, change: Change) -> list[Rich]:
    return [[reading.label(change.key)], reading.answer(change.then), reading.answer(change.now)]


def _gone(reading: Reading, key: str, earlier: Screening) -> list[Rich]:
    own = earlier.view.other_driver if earlier.view else ""
    name = own if key == OTHER else reading.label(key)
    return [[name], ["Drove the view"], ["Does not drive it any more"]]


def _asked(reading: Reading) -> list[str]:
    return [indicator.key for indicator in reading.instrument.asked()]


def _given(screening: Screening, key: str) -> str:
    given = screening.answers.get(key)
    return given.answer if given else ""


def _counted(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"


def screening_days(reading: Reading) -> list[str]:
    """Write the day of each screening, with the time where two are of the same day."""
    starts = [thread.start for thread in reading.case.screenings]
    days = [start.happened_on for start in starts]
    return [
        reading.day(start.happened_on)
        if days.count(start.happened_on) == 1
        else f"{reading.day(start.happened_on)}, {clock(start.recorded_at)}"
        for start in starts
    ]


def safeguard_blocks(reading: Reading) -> Iterator[Block]:
    """Show the strongest answer under each letter at each screening; never a total."""
    if not reading.case.screenings:
        yield blocks.text(NO_SCREENING)
        return
    made = [screened(thread).screening for thread in reading.case.screenings]
    rows: list[list[Rich]] = [
        [[under.label], *(reading.answer(key) for key in under.answers)]
        for under in profile(made, reading.instrument)
    ]
    yield blocks.text(
        "The strongest answer under each letter. The letters are another way to look at the same"
        " answers.",
        style="small",
    )
    name = "SAFEGUARD over time"
    columns = ["Letter", *screening_days(reading)]
    yield blocks.table(name, columns, rows, scroll=name, row_headers=True)


def _as_written(reading: Reading, thread: Thread) -> Iterator[Block]:
    """Give what was written in a screening: the worry, the answers with what stands behind them,
    what the child said, what protects.
    """
    made = screened(thread)
    screening = made.screening
    beside = {label: made.circumstances.get(key, "") for key, label in BESIDE.items()}
    parts = [blocks.text(*each) for each in lines(("The worry", screening.worry))]
    rows = list(_evidence(reading, screening))
    if rows:
        columns = ["Recorded", "Answer", "What stands behind it"]
        parts.append(blocks.table("What was answered Yes or Possible", columns, rows))
    named = [(label, SHORT.get(value, value)) for label, value in beside.items()]
    named = [("Anything else", screening.other_concern), *named]
    parts += [blocks.text(*each) for each in lines(*named)]
    for name, words in (
        ("The child's voice", screening.child_said),
        ("What protects the child", screening.protective),
    ):
        if words:
            parts.append(blocks.heading(name, 3))
            parts += [blocks.text(line) for line in words.split("\n")]
    day = screening_days(reading)[-1]
    yield blocks.details(f"What was written in the screening of {day}", parts)


def _evidence(reading: Reading, screening: Screening) -> Iterator[list[Rich]]:
    for key in (*_asked(reading), *sorted(set(screening.answers) - set(_asked(reading)))):
        given = screening.answers.get(key)
        if given is not None and given.answer in ("yes", "possible"):
            yield [[reading.label(key)], reading.answer(given.answer), [_behind(reading, given)]]


def _behind(reading: Reading, given: Recorded) -> str:
    whens = {choice.key: choice.label for choice in reading.instrument.whens}
    kinds = {choice.key: choice.label for choice in reading.instrument.kinds}
    parts = [
        given.evidence,
        reading.day(given.seen_on) if given.seen_on else "",
        whens.get(given.when or "", ""),
        kinds.get(given.kind or "", ""),
        given.source,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) or "Nothing written"
