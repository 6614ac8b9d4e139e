"""Every door but the few that are needed is shut, also to somebody who is signed in."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from playwright.sync_api import expect

from tests.browser.served import Served, complete, until
from tests.browser.stranger import Line, ask, cookie_of
from tests.browser.window import Window

SHUT = (
    *("/voila/files/", "/voila/files/key", "/voila/files/records.db", "/voila/files/form.png"),
    *("/voila/tree", "/voila/tree/", "/voila/render/screen_a_child.ipynb", "/voila/render/"),
    *("/voila/api/contents", "/voila/api/contents/", "/api/contents", "/api/contents/key"),
    *("/api/sessions", "/api/kernels", "/api/kernelspecs", "/api/terminals", "/api/status"),
    *("/api", "/api/me", "/api/spec.yaml", "/api/config/notebook", "/api/nbconvert"),
    *("/voila/static/", "/voila/static/voila.js", "/voila/static/etc/passwd", "/static"),
    *("/static/", "/static/etc/passwd", "/files/key", "/tree", "/lab", "/login", "/logout"),
    *("/voila/templates/cse/static/page.css", "/voila/custom.css", "/custom/custom.css"),
    *("/terminals/websocket/1", "/nbconvert/html/screen_a_child.ipynb", "/metrics", "/view/key"),
    *("/kernelspecs/python3/logo-64x64.png", "/screen_a_child.ipynb", "/.voila", "/favicon.ico"),
)
TRAVERSALS = (
    *("{static}../__init__.py", "{static}../../home.py", "{static}..%2f__init__.py"),
    *("{static}%2e%2e/%2e%2e/home.py", "{static}....//....//home.py", "{static}/etc/passwd"),
    *("{static}..%5c..%5chome.py", "{static}%00page.css", "{static}", "{static}."),
    *("//etc/passwd", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"),
)
SECRETS = ("root:x:", "SQLite", "def ", "import ")


@pytest.fixture(scope="module")
def cookie(served: Served, sessions: Any) -> str:
    return cookie_of(sessions(served))


@pytest.fixture
def stranger(served: Served, chromium: Any) -> Iterator[str]:
    """The cookie of a second session, signed in with a token of its own."""
    with chromium.new_context() as context:
        context.request.get(f"{served.origin}/?token={served.token()}", max_redirects=0)
        yield cookie_of(context.storage_state())


@pytest.fixture
def page(window: Window) -> Window:
    """An open page, whose kernel others try to reach."""
    window.open(f"/?draft={window.served.draft(**complete(self_harm='yes'))}")
    return window


@pytest.fixture
def model(page: Window) -> str:
    return str(page.page.locator("#cse-link").get_attribute("data-model"))


@pytest.fixture
def line(page: Window, cookie: str) -> Iterator[Line]:
    """A second socket to the page's kernel, with the cookie of its own session."""
    opened = Line(page.served, page.kernel_id, cookie)
    yield opened
    opened.close()


def static_of(window: Window) -> str:
    href = window.page.locator("link[rel=stylesheet]").get_attribute("href") or ""
    return href.removesuffix("page.css")


@pytest.mark.parametrize("path", SHUT)
def test_an_address_that_no_page_needs_is_refused(served, cookie, path):
    for headers in ({}, {"Cookie": cookie}):
        refused = ask(served, path, **headers)
        assert refused.status in (403, 404), path
        assert not any(word in refused.words for word in SECRETS)


def test_a_path_that_climbs_out_of_the_static_files_is_refused(page, cookie):
    static = static_of(page)
    for path in TRAVERSALS:
        for headers in ({}, {"Cookie": cookie}):
            refused = ask(page.served, path.format(static=static), **headers)
            assert refused.status in (400, 403, 404), path
            assert not any(word in refused.words for word in SECRETS)


def test_another_template_theme_or_notebook_in_the_address_changes_nothing(page, cookie):
    for query in ("template=lab", "theme=dark", "voila-template=lab", "notebook=x.ipynb"):
        shown = ask(page.served, f"/?{query}", Cookie=cookie)
        assert shown.status == 200
        assert 'id="cse-workbook"' in shown.words
        assert "jp-" not in shown.words


def test_other_ways_of_asking_are_refused(served, cookie):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/", "/api/kernels", "/api/contents/x", "/voila/files/x"):
            assert ask(served, path, method, Cookie=cookie).status in (403, 404, 405), path


def test_without_a_cookie_everything_but_the_sign_in_is_refused_in_plain_words(page):
    for path in ("/", "/?draft=1", f"/api/kernels/{page.kernel_id}"):
        refused = ask(page.served, path)
        assert refused.status == 403
        assert "kernel" not in refused.words.lower()
    assert "<h1>" in ask(page.served, "/").words
    for cookie in ("", "username-127-0-0-1=x", f"cse-workbook-{page.served.port}=forged"):
        with pytest.raises(websocket.WebSocketBadStatusException):
            Line(page.served, page.kernel_id, cookie)


def test_a_token_signs_in_once_and_is_then_refused_with_a_plain_page(served):
    token = served.token()
    first = ask(served, f"/?token={token}")
    again = ask(served, f"/?token={token}")

    assert first.status == 302
    assert first.headers["location"] == "/"
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=Strict" in first.headers["set-cookie"]
    assert again.status == 403
    assert "<h1>" in again.words
    assert "set-cookie" not in again.headers
    assert token not in again.words


def test_another_sessions_kernel_cannot_be_seen_opened_or_ended(page, model, stranger):
    served, kernel_id = page.served, page.kernel_id
    assert ask(served, f"/api/kernels/{kernel_id}", Cookie=stranger).status == 404
    for method, path in (
        ("DELETE", f"/api/kernels/{kernel_id}"),
        ("POST", f"/voila/api/shutdown/{kernel_id}"),
        ("POST", f"/api/kernels/{kernel_id}/interrupt"),
        ("POST", f"/api/kernels/{kernel_id}/restart"),
    ):
        xsrf = "a" * 32
        cookies = f"{stranger}; cse-workbook-xsrf-{served.port}={xsrf}"
        refused = ask(served, path, method, Cookie=cookies, X_XSRFToken=xsrf)
        assert refused.status in (403, 404, 405), path
    with pytest.raises(websocket.WebSocketBadStatusException) as caught:
        Line(served, kernel_id, stranger)
    assert caught.value.status_code in (403, 404)
    page.follow("Signs of harm")
    page.is_at("Signs that a child may already be being harmed")


def test_ending_a_kernel_of_ones_own_needs_the_pages_own_word(page, cookie):
    plain = ask(page.served, f"/voila/api/shutdown/{page.kernel_id}", "POST", Cookie=cookie)

    assert plain.status == 403
    page.follow("Signs of harm")
    page.is_at("Signs that a child may already be being harmed")


def test_a_socket_from_another_site_is_refused(page, cookie):
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{page.served.port + 1}"):
        with pytest.raises(websocket.WebSocketBadStatusException):
            Line(page.served, page.kernel_id, cookie, origin=origin)


def test_a_request_by_another_name_of_the_machine_is_refused(served, cookie):
    for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1:1", "[::1]"):
        for path in ("/", f"/?token={served.token()}"):
            refused = ask(served, path, Host=host, Cookie=cookie)
            assert refused.status in (400, 403), host
            assert "set-cookie" not in refused.headers


def test_every_answer_carries_the_headers_that_keep_it_closed(page, cookie):
    for path, headers in (("/", {"Cookie": cookie}), ("/", {}), ("/nothing", {})):
        got = ask(page.served, path, **headers).headers
        policy = got["content-security-policy"].split(";")
        rules = dict(rule.strip().split(" ", 1) for rule in policy)
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == "'self'"
        assert rules["frame-ancestors"] == "'none'"
        assert "unsafe" not in got["content-security-policy"]
        assert got["cache-control"] == "no-store"
        assert got["x-content-type-options"] == "nosniff"
        assert got["referrer-policy"] == "no-referrer"
        assert "tornado" not in got["server"].lower()


def test_code_sent_over_the_socket_is_not_run(line, model, tmp_path):
    written = tmp_path / "written"
    code = f"open({str(written)!r}, 'w').write('x')"
    asked = {"code": code, "silent": False, "store_history": True, "user_expressions": {"x": code}}
    for channel in ("shell", "control", "stdin"):
        line.say("execute_request", {**asked, "allow_stdin": True, "stop_on_error": False}, channel)
        line.say("inspect_request", {"code": "open", "cursor_pos": 4, "detail_level": 1}, channel)
        line.say("complete_request", {"code": "os.", "cursor_pos": 3}, channel)
        line.say("history_request", {"hist_access_type": "tail", "n": 10}, channel)
        line.say("debug_request", {"type": "request", "command": "evaluate"}, channel)
        line.say("create_subshell_request", {}, channel)
        line.say("input_reply", {"value": code}, channel)
        line.say("interrupt_request", {}, channel)
        line.say("shutdown_request", {"restart": False}, channel)
    comm = {"comm_id": uuid.uuid4().hex, "data": {}, "target_name": "jupyter.widget"}
    line.say("comm_open", {**comm, "data": {"state": {"_model_name": "TextModel"}}})
    line.say("comm_close", {"comm_id": model, "data": {}})

    heard = line.heard_until(model)
    assert not written.exists()
    assert not [each for each in heard if str(each["kind"]).endswith("_reply")]


HOSTILE = (
    *(None, True, 7, 1e300, [], {}, ["yes"], {"answer": "yes"}, [[["yes"]]], "maybe", "YES"),
    *("yes\x00", "x" * 60_000, "__import__('os')", "'; DROP TABLE draft; --"),
)
UNKNOWN = (
    *("answers.not_an_indicator", "answers.under_13", "answers", "answers.", "owner", "draft_id"),
    *("made_ref", "follows", "child_ref", "looked.", "__class__", "answers.self_harm.__class__"),
    *("answers.self_harm.seen_on", "view", "view.route.x", "", "dob", "'; DROP TABLE draft; --"),
)


def test_forged_answers_change_nothing_on_record(page, line, model):
    draft_id = page.draft_id
    before, head = dict(page.served.answers(draft_id)), page.served.entries()
    n = 0
    for field in UNKNOWN:
        n += 1
        line.tell(model, forged(n, draft_id, field, "yes"))
    for value in HOSTILE:
        n += 1
        line.tell(model, forged(n, draft_id, "answers.self_harm", value))
    line.tell(model, {"kind": "save"})
    line.tell(model, {"kind": ["save"]})
    line.tell(model, "save")
    line.tell(model, [1, 2, 3])
    heard = line.heard_until(model)

    assert page.served.answers(draft_id) == before
    assert page.served.entries() == head
    assert not [each for each in heard if each["kind"] == "saved"]
    assert len([each for each in heard if each["kind"] == "not_saved"]) >= n


def test_half_a_character_is_dropped_and_the_page_goes_on(page, line, model):
    line.tell(model, forged(1, page.draft_id, "worry", "\ud800"))
    with pytest.raises((websocket.WebSocketException, OSError)):
        line.heard_until(model)

    page.follow("Signs of harm")
    page.is_at("Signs that a child may already be being harmed")


def forged(n: int, draft_id: str, field: str, value: Any) -> dict[str, Any]:
    return {"kind": "save", "n": n, "draft": draft_id, "field": field, "value": value}


def test_another_persons_draft_can_be_neither_opened_nor_written_nor_recorded(page, line, model):
    theirs = page.served.draft(owner="somebody.else", worry="A worry of somebody else's")
    line.tell(model, forged(1, theirs, "worry", "forged"))
    press = {"kind": "press", "n": 2, "draft": theirs, "page": "check"}
    line.tell(model, {**press, "to": f"draft:{theirs}"})
    line.tell(model, {"kind": "open", "draft": theirs, "page": "check", "tab": "t"})
    line.tell(model, {**press, "to": "record"})
    line.tell(model, {**press, "to": "delete"})
    heard = line.heard_until(model)

    assert "A worry of somebody else's" not in json.dumps(heard)
    assert page.served.answers(theirs, "somebody.else") == {"worry": "A worry of somebody else's"}


PRESSES = (
    *("record", "lower:add", "lower:change", "told:add", "told:refer", "again", "takeover"),
    *("go:outcome", "go:told", "go:elsewhere", "change:outcome", "continue", "blanks:not_known"),
    *("delete:", "draft:", "draft:x", "go:../../key", "go:__class__", "", ":", "record:x"),
)


def test_forged_presses_on_an_unfinished_draft_put_nothing_on_record(windows, cookie):
    window = windows()
    window.open(f"/?draft={window.served.draft(worry='A worry')}")
    model = str(window.page.locator("#cse-link").get_attribute("data-model"))
    line = Line(window.served, window.kernel_id, cookie)
    head = window.served.entries()
    for n, to in enumerate(PRESSES):
        line.tell(model, {"kind": "press", "n": n, "draft": None, "page": "signs", "to": to})
        line.tell(model, {"kind": "press", "n": n, "draft": "x", "page": "nothing", "to": to})
    line.heard_until(model)
    line.close()

    assert window.served.entries() == head


def test_a_closed_tab_leaves_no_kernel(windows):
    window = windows()
    window.open()
    process = window.served.kernel(window.kernel_id)
    window.page.close(run_before_unload=False)

    until(lambda: not process.is_running(), "the closed tab left its kernel")


def test_a_page_loaded_again_leaves_one_kernel(window):
    window.open()
    first = window.served.kernel(window.kernel_id)
    window.page.reload()
    expect(window.banner).to_be_visible()
    until(lambda: not first.is_running(), "the page before left its kernel")

    assert window.served.kernel(window.kernel_id).is_running()


def test_a_stopped_server_leaves_no_process_and_no_connection_file(served_apart, windows):
    window = windows(served_apart)
    window.open()
    process = served_apart.kernel(window.kernel_id)
    words = process.cmdline()
    connection = Path(words[words.index("-f") + 1])
    assert connection.stat().st_mode & 0o077 == 0
    window.page.close()
    served_apart.stop()

    assert not process.is_running()
    assert not connection.exists()
