"""The server's own words, and who may come in; the browser's view of it is in browser/."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cse_workbook import store
from cse_workbook.errors import problem
from cse_workbook.serving.signin import cookie_secret, mint_token, redeem

ROOT = Path(__file__).parents[1]
SERVE = """
import sys
from pathlib import Path
from cse_workbook.serving import serve
serve(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), False, lambda a: print(a, flush=True))
"""


class Served:
    """A server on a notebook and a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notebook = folder, folder / "book" / "screen_a_child.ipynb"
        self.notebook.parent.mkdir()
        shutil.copy(ROOT / "notebooks" / "screen_a_child.ipynb", self.notebook)
        store.init(folder / "home")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process, self.address = self.start()

    def start(self, folder: str = "home") -> tuple[subprocess.Popen[str], str]:
        home = str(self.folder / folder)
        started = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.notebook), home, str(self.port)],
            env={**os.environ, "CSE_WORKBOOK_HOME": home},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert started.stdout is not None
        return started, started.stdout.readline().strip()

    def get(self, path: str, cookie: str = "") -> tuple[int, str, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asked.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = asked.getresponse()
        cookies = "; ".join(
            v.partition(";")[0] for k, v in answer.getheaders() if k == "Set-Cookie"
        )
        return answer.status, " ".join(answer.read().decode().split()), cookies


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("served"))
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(20)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&#x27;", "'").split())


def in_page(code: str, page: str) -> bool:
    what, repair = (getattr(problem(code, "page"), part) for part in ("what", "repair"))
    # On a page the message is a heading, with a capital letter and without its full stop.
    return what[1:].rstrip(".") in words(page) and repair in words(page) and code in page


def test_an_address_signs_in_once_and_then_says_how_to_get_another(served):
    token = served.address.partition("/?")[2]

    first = served.get(f"/?{token}")
    second = served.get(f"/?{token}")

    assert first[0] == 302
    assert first[2]
    assert second[0] in (403, 410)
    # APP_02 · this address has already been used, or is older than a day.
    assert in_page("APP_02", second[1])


def test_nobody_comes_in_without_signing_in(served):
    status, page, _ = served.get("/")

    # APP_03 · you are not signed in.
    assert status == 403
    assert in_page("APP_03", page)


def test_what_is_not_there_is_said(served):
    status, page, _ = served.get("/voila/files/records.db", signed_in(served))

    # APP_04 · there is no page at this address.
    assert status == 404
    assert in_page("APP_04", page)


def test_a_fault_of_the_server_is_said_without_its_details(served):
    cookie = signed_in(served)
    aside = served.notebook.rename(served.notebook.with_suffix(".aside"))

    status, page, _ = served.get("/", cookie)
    aside.rename(served.notebook)

    # APP_05 · the workbook could not answer.
    assert status >= 500
    assert in_page("APP_05", page)
    assert str(served.folder) not in page


def test_a_port_taken_by_another_program_is_said(served):
    store.init(served.folder / "other")

    process, address = served.start("other")
    _, told = process.communicate(timeout=60)

    assert address == ""
    assert (
        f"APP_01 · port {served.port}: it is used by another program. Stop that program, or choose"
        " another port with --port." in told
    )


def test_a_second_start_on_the_same_folder_gives_a_fresh_address(served):
    process, address = served.start()

    assert process.wait(60) == 0
    assert address.startswith(f"http://127.0.0.1:{served.port}/?token=")
    assert served.get(f"/?{address.partition('/?')[2]}")[0] == 302


def signed_in(served: Served) -> str:
    return served.get(f"/?token={mint_token(served.folder / 'home')}")[2]


def test_a_token_is_used_up_and_a_made_up_one_was_never_there(tmp_path):
    token = mint_token(tmp_path)

    assert [redeem(tmp_path, token), redeem(tmp_path, token), redeem(tmp_path, "x")] == [
        True,
        False,
        False,
    ]


def test_a_token_is_too_old_after_a_day(tmp_path):
    token = mint_token(tmp_path)
    [file] = (tmp_path / "run").iterdir()
    os.utime(file, (0, 0))

    assert not redeem(tmp_path, token)


def test_the_folder_holds_no_token_and_the_secret_stays(tmp_path):
    token, secret = mint_token(tmp_path), cookie_secret(tmp_path)

    names = {file.name for file in (tmp_path / "run").iterdir()}

    assert token not in "".join(names)
    assert cookie_secret(tmp_path) == secret
    assert (tmp_path / "run" / "cookie_secret").stat().st_mode & 0o077 == 0
