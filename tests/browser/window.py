"""A browser window on the workbook, what a person does in it, and what it says to the server."""

import json
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.served import Served

PATIENCE: Final = 30_000
expect.set_options(timeout=PATIENCE)

Acknowledged = Callable[[str, str, Any], None]


class Window:
    """One window. It counts which answers were sent and which of them were acknowledged."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page, self.served = page, served
        self.kernel_id = ""
        self.tab = ""
        self.waiting: dict[tuple[str, int], tuple[str, str, Any]] = {}
        self.n_saved = 0
        self.on_saved: Acknowledged = lambda _draft, _field, _value: None
        self.asked_for: list[str] = []
        self.complaints: list[str] = []
        self.titles: set[str] = set()
        page.set_default_timeout(PATIENCE)
        page.on("websocket", self._listen)
        page.on("request", lambda request: self.asked_for.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _listen(self, socket: WebSocket) -> None:
        self.kernel_id = socket.url.split("/kernels/")[1].split("/")[0]
        self.asked_for.append(socket.url)
        socket.on("framesent", lambda frame: self._sent(content_of(frame)))
        socket.on("framereceived", lambda frame: self._received(content_of(frame)))

    def _sent(self, said: dict[str, Any]) -> None:
        if said.get("kind") == "open":
            self.tab = said["tab"]
        if said.get("kind") == "save":
            self.waiting[self.tab, said["n"]] = (said["draft"], said["field"], said["value"])

    def _received(self, said: dict[str, Any]) -> None:
        if said.get("kind") == "saved":
            known = self.waiting.pop((self.tab, said["n"]), None)
            self.n_saved += 1
            if known:
                self.on_saved(*known)

    # ---- where the window is

    def open(self, path: str = "/") -> None:
        """Open an address of the workbook and wait for the page."""
        self.page.goto(f"{self.served.origin}{path}")
        expect(self.banner).to_be_visible()

    def open_draft(self, draft_id: str) -> None:
        self.open(f"/?draft={draft_id}")
        expect(self.heading).not_to_have_text("")

    @property
    def banner(self) -> Locator:
        return self.page.get_by_role("banner")

    @property
    def root(self) -> Locator:
        """The page of the workbook."""
        return self.page.locator(".cse")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def saving(self) -> Locator:
        """The saving line in the help column."""
        return self.page.get_by_role("complementary").get_by_role("status").first

    @property
    def alert(self) -> Locator:
        """The alert at the top of main."""
        return self.main.locator("> [role=alert]")

    @property
    def draft_id(self) -> str:
        return self.page.url.partition("?draft=")[2]

    def is_at(self, heading: str) -> None:
        """See that the page with this heading is shown, has the focus, and names itself so."""
        expect(self.heading).to_have_text(heading)
        expect(self.heading).to_be_focused()
        self.titles.add(self.page.title())

    # ---- what a person does

    def press(self, words: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        """Follow a link in main, by its whole name."""
        self.main.get_by_role("link", name=words, exact=True).click()

    def go_on(self, heading: str) -> None:
        self.press("Continue")
        self.is_at(heading)

    def row(self, key: str) -> Locator:
        return self.page.locator(f"#q-{key}")

    def radio(self, field: str, value: str) -> Locator:
        return self.page.locator(f'input[name="{field}"][value="{value}"]')

    def choose(self, field: str, value: str) -> None:
        """Choose a radio or a checkbox by its label."""
        box = self.radio(field, value)
        self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
        expect(box).to_be_checked()

    def answer(self, key: str, value: str) -> None:
        self.choose(f"answers.{key}", value)

    def write(self, field: str, words: str) -> None:
        self.page.locator(f'[name="{field}"]').fill(words)

    def settled(self) -> None:
        """Wait until the server has acknowledged every answer that was sent."""
        self.page.locator("body").evaluate("() => document.activeElement?.blur()")
        for _ in range(PATIENCE // 20):
            if not self.waiting:
                expect(self.saving).to_contain_text("Saved ")
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"not acknowledged: {list(self.waiting.values())}")

    def start(self, *, age: str = "14", worry: str = "Out late, and will not say where") -> None:
        """Start a screening and fill in what is needed of the child."""
        self.press("Start")
        expect(self.main).to_contain_text("Three things are needed")
        self.follow("The child and the worry")
        self.is_at("The child and the worry")
        self.choose("child.known", "new")
        self.write("age", age)
        self.write("worry", worry)

    def give_view(self, route: str, driver: str = "other") -> None:
        self.choose("view.route", route)
        self.choose("view.drivers", driver)
        if driver == "other":
            self.write("view.other", "A feeling that something is wrong")


def content_of(frame: Any) -> dict[str, Any]:
    """Give our own message inside a frame of the kernel's socket, or nothing."""
    if not isinstance(frame, str):
        return {}
    data = json.loads(frame).get("content", {}).get("data", {})
    content = data.get("content") if isinstance(data, dict) else None
    return content if isinstance(content, dict) else {}
