"""Nothing of a child is anywhere but in the store and on the page, and no markup becomes code."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.served import OCC, Served, complete
from tests.browser.stranger import Line, ask, cookie_of
from tests.browser.ways import CHECK, HEADINGS, RECORD, situation, walk
from tests.browser.window import Window

ROUTES = [words for route in OCC.routes for words in (route.label, route.view_label)]
MARKUP = (
    '<img src=x onerror="window.ran=1"> </script><script>window.ran=1</script> {{7*7}} ${7*7}'
    " <b>bold</b> &amp; javascript:alert(1) \u202e &lt;i&gt;"
)


def test_titles_and_addresses_tell_nothing_of_a_child(window):
    addresses: set[str] = set()
    window.page.on("framenavigated", lambda frame: addresses.add(frame.url))
    walk(window, situation(1), driver="missing_from_home_or_care")
    window.press(RECORD)
    window.is_at("Refer now")
    addresses.add(window.page.url)

    allowed = {*HEADINGS.values(), *(page.label for page in OCC.pages), CHECK, "Outcome"}
    allowed |= {"Your view", "What protects the child, and what the child says"}
    for title in window.titles:
        front = title.removesuffix("Screen a child – CSE Workbook").removesuffix(" – ")
        assert front in {*allowed, ""}
        assert not re.search(r"C-\d|\d", title)
        assert not any(words in title for words in ROUTES)
    for address in addresses:
        parts = urlsplit(address)
        assert (parts.path, parts.fragment) == ("/", "")
        assert re.fullmatch(r"|draft=[0-9a-f]{32}", parts.query)


def test_a_whole_journey_asks_nobody_but_its_own_server(window):
    walk(window, situation(3), driver="missing_from_home_or_care")
    window.press(RECORD)
    window.is_at("Refer now")

    origins = {urlsplit(url).netloc for url in window.asked_for if not url.startswith("data:")}
    assert origins == {f"127.0.0.1:{window.served.port}"}
    assert window.complaints == []
    kept = window.page.evaluate(
        "async () => [localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]


def test_markup_in_free_text_stays_text_on_every_page_that_shows_it(window):
    texts = {
        **{"answers__self_harm": "yes", "answers__self_harm__evidence": MARKUP},
        **{"answers__self_harm__source": MARKUP, "other_concern": MARKUP, "child_said": MARKUP},
        **{"protective": MARKUP, "view__because": MARKUP, "view__talked_to": MARKUP},
        **{"worry": MARKUP, "view__other": MARKUP, "view__route": "keep_watching"},
    }
    draft_id = window.served.draft(**{**complete(), **texts})
    window.open(f"/?draft={draft_id}")
    window.page.get_by_role("link", name="Refer now, without finishing").click()
    window.is_at("Refer now")
    stays_text(window)
    window.follow("Go back to the form")
    window.follow("Signs of harm")
    box = window.page.locator('[name="answers.self_harm.evidence"]')
    expect(box).to_have_value(MARKUP)
    window.follow("Go straight to your view")
    window.is_at("Your view")
    stays_text(window)
    window.go_on(CHECK)
    stays_text(window)
    window.press(RECORD)
    window.is_at("Assess today")
    stays_text(window)
    window.write("lower.because", MARKUP)
    window.choose("lower.consulted", "someone_else")
    window.write("lower.who", MARKUP)
    window.press("Add my reason")
    expect(window.main).to_contain_text("Your reason is recorded")
    stays_text(window)
    window.press("Say whom you have told")
    window.is_at("Whom have you told?")
    window.write("told.who", MARKUP)
    window.press("Add")
    expect(window.main).to_contain_text("Told: ")
    stays_text(window)


def stays_text(window: Window) -> None:
    shown = window.main.evaluate("(main) => main.textContent")
    assert MARKUP in shown
    assert window.main.locator("img, script, b, i").count() == 0
    assert window.page.evaluate("() => window.ran") is None


CANARY = "Zyxwvutia Quokkasworth"
PHRASE = "seen beside Vermilionstand 4711 by Xanthippenor"
UNIQUE = ("Zyxwvutia", "Quokkasworth", "Vermilionstand", "Xanthippenor")


def test_a_canary_child_is_in_no_log_file_name_notebook_or_clear_byte_of_the_store(
    windows, served_apart, sessions
):
    window = windows(served_apart)
    walk_canary(window)
    provoke_faults(window, cookie_of(sessions(served_apart)))
    window.page.context.close()

    served_apart.stop()
    places = [*searched(served_apart)]
    assert len(places) > 5
    for name, content in places:
        for word in UNIQUE:
            for said in (word, word.upper(), word.lower()):
                for coding in ("utf-8", "utf-16-le"):
                    assert said.encode(coding) not in content, f"{word} in {name}"
                assert said not in name
    faults = (served_apart.folder / "log" / "faults.log").read_text(encoding="utf-8")
    assert re.search(r"E-[0-9A-F]{8}", faults)


def walk_canary(window: Window) -> None:
    """Put the name and the phrase into every box of the form, and record it."""
    window.open()
    window.start(age="14", worry=f"{CANARY} was {PHRASE}")
    window.main.get_by_text("Add who the child is, for the referral form").click()
    fill_boxes(window)
    for page, heading in HEADINGS.items():
        window.go_on(heading)
        keys = {"circumstances": ["looked_after", "disabled", "abuse_by_partner_or_peer"]}
        for key in keys.get(page, []):
            window.answer(key, "yes")
        if page == "circumstances":
            window.answer("placed_outside_home_authority", "yes")
        if page == "signs":
            window.answer("self_harm", "yes")
            window.answer("missing_from_home_or_care", "possible")
        fill_boxes(window)
    window.go_on("What protects the child, and what the child says")
    fill_boxes(window)
    window.go_on("Your view")
    window.give_view("consult")
    fill_boxes(window)
    window.go_on(CHECK)
    window.press(RECORD)
    window.is_at("Assess today")


def fill_boxes(window: Window) -> None:
    """Write into every box for words that is shown, also in folds."""
    for fold in window.main.locator("details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    for box in window.main.locator("textarea, input.cse-input--wide").all():
        if box.is_visible():
            name = box.get_attribute("name") or ""
            box.fill(f"{CANARY} {PHRASE} {name if 'authority' in name else ''}")


def provoke_faults(window: Window, cookie: str) -> None:
    """Make the server and the kernel fail in the ways they can, each time with the name in hand."""
    served = window.served
    model = str(window.page.locator("#cse-link").get_attribute("data-model"))
    line = Line(served, window.kernel_id, cookie)
    for field in (CANARY, "answers.self_harm", "worry"):
        line.tell(model, {"kind": "save", "n": 1, "draft": CANARY, "field": field, "value": PHRASE})
    line.tell(model, {"kind": "press", "n": 2, "draft": CANARY, "page": CANARY, "to": "go:start"})
    line.tell(model, {"kind": "press", "n": 2, "draft": CANARY, "page": CANARY, "to": "lower:add"})
    line.tell(model, {"kind": CANARY, "n": CANARY})
    line.heard_until(model)
    line.say(CANARY, {"code": CANARY}, PHRASE)
    line.say(CANARY, {"code": CANARY})
    line.socket.send(f"{CANARY} is no message")
    line.close()
    name = CANARY.replace(" ", "%20")
    for path in (f"/?token={name}", f"/{name}", f"/?draft={name}", f"/static/{name}?{name}={name}"):
        ask(served, path, Cookie=cookie, Referer=f"{served.origin}/{name}", User_Agent=CANARY)
    ask(served, f"/api/kernels/{name}", "POST", PHRASE, Cookie=cookie)
    ask(served, "/", Host=CANARY.replace(" ", "."), Cookie=f"cse-workbook-{served.port}={name}")


def searched(served: Served) -> Iterator[tuple[str, bytes]]:
    """Give every file the program could have written to, and what the server said."""
    yield "standard output and error", served.written
    root = Path(__file__).parents[2]
    for file in [*served.folder.rglob("*"), root / "notebooks" / "screen_a_child.ipynb"]:
        if file.is_file():
            yield str(file), file.read_bytes()
