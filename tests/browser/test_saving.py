"""What the page says of saving is true: with no net, kernel, server or room on the disk."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.served import Served, until
from tests.browser.ways import label_of
from tests.browser.window import Window, content_of

SAVED = re.compile(r"Saved \d\d:\d\d\.")
ALERT_WORDS = "Do not wait for this page if a child needs help. Speak to your safeguarding lead."


def at_signs(window: Window) -> Window:
    """Start a screening and go to the signs of harm, with everything saved."""
    window.open()
    window.start()
    window.settled()
    window.go_on("The child's circumstances")
    window.go_on("Signs that a child may already be being harmed")
    return window


def test_an_answer_is_acknowledged_only_when_the_store_has_it(window):
    seen = []
    window.on_saved = lambda draft, field, value: seen.append(
        (field, window.served.answers(draft).get(field) == value)
    )
    at_signs(window)
    window.answer("self_harm", "possible")
    window.write("answers.self_harm.evidence", "Long sleeves in the heat")
    window.choose("answers.self_harm.when", "earlier")
    window.settled()

    assert {"worry", "answers.self_harm", "answers.self_harm.evidence"} <= {f for f, _ in seen}
    assert all(is_there for _, is_there in seen)
    expect(window.saving).to_contain_text(SAVED)


def comes_to_be_saved(window: Window, field: str, value: str) -> None:
    """Wait, with the page running on, until the store has an answer."""
    for _ in range(600):
        if window.served.answers(window.draft_id).get(field) == value:
            return
        window.page.wait_for_timeout(50)
    raise AssertionError(f"{field} did not reach the store")


def test_typed_words_are_saved_after_a_pause_without_leaving_the_box(window):
    at_signs(window)
    window.answer("self_harm", "yes")
    box = window.page.locator('[name="answers.self_harm.evidence"]')
    box.press_sequentially("Seen by the nurse")

    comes_to_be_saved(window, "answers.self_harm.evidence", "Seen by the nurse")
    expect(box).to_be_focused()


def test_an_answer_the_server_does_not_confirm_is_never_called_saved(windows):
    window = windows()
    held: list[Any] = []
    hold = [False]

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def back(frame: Any) -> None:
            if hold[0] and content_of(frame).get("kind") == "saved":
                held.append((socket, frame))
            else:
                socket.send(frame)

        server.on_message(back)

    window.page.route_web_socket(re.compile("/channels"), between)
    window.open(f"/?draft={window.served.draft()}")
    window.follow("Signs of harm")
    window.is_at("Signs that a child may already be being harmed")
    hold[0] = True
    window.answer("self_harm", "yes")

    expect(window.saving).to_contain_text("1 answer is waiting. Trying again.")
    expect(window.saving).not_to_contain_text("Saved")
    expect(window.row("self_harm")).to_contain_text("Not saved yet")
    expect(window.page).to_have_title(re.compile("^Not saved: "))
    hold[0] = False
    for socket, frame in held:
        socket.send(frame)
    expect(window.saving).to_contain_text(SAVED)
    expect(window.row("self_harm")).not_to_contain_text("Not saved yet")
    expect(window.page).not_to_have_title(re.compile("^Not saved"))


def test_a_page_loaded_again_is_the_same_page_with_all_answers(window):
    at_signs(window)
    window.answer("self_harm", "possible")
    window.write("answers.self_harm.evidence", "Long sleeves in the heat")
    window.settled()

    window.page.reload()

    expect(window.heading).to_have_text("Signs that a child may already be being harmed")
    expect(window.radio("answers.self_harm", "possible")).to_be_checked()
    box = window.page.locator('[name="answers.self_harm.evidence"]')
    expect(box).to_have_value("Long sleeves in the heat")


def test_a_closed_tab_is_taken_up_by_a_later_one_without_a_question(window):
    at_signs(window)
    window.answer("self_harm", "yes")
    window.settled()
    draft_id, kernel_id = window.draft_id, window.kernel_id
    window.page.close()
    until(lambda: not is_alive(window.served, kernel_id), "the closed tab left its kernel")

    later = Window(window.page.context.new_page(), window.served)
    later.open(f"/?draft={draft_id}")

    expect(later.main).to_contain_text("Three things are needed")
    later.follow("Signs of harm")
    expect(later.radio("answers.self_harm", "yes")).to_be_checked()
    later.answer("self_harm", "no")
    later.settled()
    assert window.served.answers(draft_id)["answers.self_harm"] == "no"


def is_alive(served: Served, kernel_id: str) -> bool:
    return any(kernel_id in " ".join(each.cmdline()) for each in served.kernels())


def test_answers_given_after_the_kernel_was_killed_are_saved_by_the_next_one(windows):
    window = at_signs(windows())
    window.answer("self_harm", "yes")
    window.settled()

    window.served.kernel(window.kernel_id).kill()
    window.answer("recruiting_others", "possible")
    window.answer("poor_mental_health", "yes")

    expect(window.saving).to_contain_text("This page had to start again.")
    expect(window.saving).to_contain_text(
        re.compile(
            r"Saved \d\d:\d\d\. This page had to start again\. Your answers up to \d\d:\d\d were"
            r" kept, and the 2 you gave since have been saved too\."
        )
    )
    expect(window.alert).to_be_empty()
    given = window.served.answers(window.draft_id)
    assert given["answers.recruiting_others"] == "possible"
    assert given["answers.poor_mental_health"] == "yes"
    assert given["answers.self_harm"] == "yes"
    window.go_on("What makes life harder for this child")


def test_answers_wait_while_the_server_is_away_and_arrive_when_it_is_back(windows, served_apart):
    window = at_signs(windows(served_apart))
    served_apart.stop()
    window.answer("recruiting_others", "possible")
    window.answer("self_harm", "yes")

    expect(window.alert).to_contain_text("Connection lost")
    names = f"{label_of('recruiting_others')}; {label_of('self_harm')}"
    expect(window.alert).to_contain_text(f"2 answers are not saved: {names}. Everything up to ")
    expect(window.row("self_harm")).to_contain_text("Not saved yet")
    served_apart.start()
    window.press("Try again now")

    expect(window.saving).to_contain_text("This page had to start again.")
    expect(window.alert).to_be_empty()
    given = served_apart.answers(window.draft_id)
    assert given["answers.recruiting_others"] == "possible"
    assert given["answers.self_harm"] == "yes"
    window.go_on("What makes life harder for this child")


def test_without_a_net_the_page_names_what_is_not_saved_and_saves_it_afterwards(windows):
    window = at_signs(windows())
    window.page.context.set_offline(True)
    window.answer("drug_or_alcohol_misuse", "yes")
    window.answer("involvement_in_offending", "possible")

    expect(window.alert.get_by_role("heading")).to_have_text("Connection lost")
    expect(window.alert).to_contain_text(
        re.compile(r"2 answers are not saved: .+; .+\. Everything up to \d\d:\d\d is saved\.")
    )
    expect(window.alert).to_contain_text("Keep this page open.")
    expect(window.alert).to_contain_text(ALERT_WORDS)
    expect(window.saving).to_contain_text("2 answers are waiting. Trying again.")
    window.page.context.set_offline(False)

    expect(window.saving).to_contain_text("Connected again, nothing was lost.")
    expect(window.alert).to_be_empty()
    assert window.served.answers(window.draft_id)["answers.drug_or_alcohol_misuse"] == "yes"


def test_a_signed_out_page_says_so_and_goes_on_when_signed_in_again(windows):
    window = at_signs(windows())
    window.page.context.clear_cookies()
    window.served.kernel(window.kernel_id).kill()
    window.answer("self_harm", "yes")

    expect(window.alert.get_by_role("heading")).to_have_text("You have been signed out")
    other = window.page.context.new_page()
    other.goto(f"{window.served.origin}/?token={window.served.token()}")
    window.press("Try again now")

    expect(window.alert).to_be_empty()
    expect(window.saving).to_contain_text(SAVED)
    comes_to_be_saved(window, "answers.self_harm", "yes")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A data folder on a disk of three megabytes, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    yield folder
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def no_room(folder: Path, kernel: psutil.Process) -> Callable[[], None]:
    """Fill the disk, or limit what the kernel may write; give what makes room again."""
    if not os.path.ismount(folder.parent):
        size = (folder / "records.db-wal").stat().st_size
        kernel.rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))
        return lambda: kernel.rlimit(
            psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY)
        )
    filler = folder.parent / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 512):
            while _fits(file, size):
                pass
    return filler.unlink


def _fits(file: Any, size: int) -> bool:
    try:
        return file.write(b"x" * size) == size
    except OSError:
        return False


@pytest.fixture
def served_on_little(small_disk: Path) -> Iterator[Served]:
    """A workbook whose records lie on the small disk."""
    workbook = Served(small_disk / "data", log=small_disk.parent / "server.log")
    workbook.start()
    yield workbook
    workbook.stop()


def test_a_full_disk_is_said_with_the_answers_it_concerns_and_they_are_saved_later(
    served_on_little, windows
):
    window = at_signs(windows(served_on_little))
    words = "Seen by the nurse. " * 2_400
    kernel = served_on_little.kernel(window.kernel_id)
    make_room = no_room(served_on_little.folder, kernel)
    window.answer("self_harm", "yes")
    window.write("answers.self_harm.evidence", words)
    window.page.keyboard.press("Tab")

    expect(window.alert.get_by_role("heading")).to_have_text("Your answers cannot be saved")
    expect(window.alert).to_contain_text("The place where records are kept has no room left.")
    expect(window.alert).to_contain_text("Only on this page: Self-harm.")
    expect(window.alert).to_contain_text(ALERT_WORDS)
    expect(window.row("self_harm")).to_contain_text("Not saved yet")
    make_room()
    window.press("Try again now")

    expect(window.alert).to_be_empty()
    expect(window.saving).to_contain_text(SAVED)
    expect(window.row("self_harm")).not_to_contain_text("Not saved yet")
    given = served_on_little.answers(window.draft_id)
    assert given["answers.self_harm.evidence"] == words
