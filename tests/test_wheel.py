"""The workbook works from an installed wheel, outside the clone: nothing it needs stays behind."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    subprocess.run([sys.executable, *build, "--wheel-dir", str(out), str(ROOT)], check=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel; what it depends on is borrowed from this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    subprocess.run([str(python), *install], check=True, cwd=folder)
    site = next((folder / "env" / "lib").glob("python*/site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


@pytest.fixture
def address(elsewhere: Path, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [str(elsewhere / "env/bin/cse-workbook"), "app", "--no-browser", "--port", str(port)],
        cwd=elsewhere,
        env={**os.environ, "CSE_WORKBOOK_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert served.stdout is not None
    yield served.stdout.readline().removeprefix("Open ").strip()
    served.send_signal(signal.SIGTERM)
    served.wait(20)


def test_notebook_template_instrument_policy_and_sources_travel_in_the_wheel(wheel):
    books = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}

    assert {
        *(f"cse_workbook/notebooks/{name}" for name in books if not name.startswith("guide_")),
        "cse_workbook/audit/templates/report.html.j2",
        "cse_workbook/stories/calibration.toml",
        "cse_workbook/widgets/template/index.html.j2",
        "cse_workbook/widgets/static/page.css",
        "cse_workbook/instruments/occ_safeguard.toml",
        "cse_workbook/policies/default.toml",
        "cse_workbook/sources/lead_officers.txt",
        "cse_workbook/sources/school_guidance.txt",
    } <= set(zipfile.ZipFile(wheel).namelist())


def test_the_installed_workbook_is_not_the_clone(elsewhere):
    where = "import cse_workbook; print(cse_workbook.__file__)"
    run = [str(elsewhere / "env/bin/python"), "-c", where]

    found = subprocess.run(run, cwd=elsewhere, capture_output=True, text=True, check=True)

    assert found.stdout.startswith(str(elsewhere))


def test_the_installed_workbook_checks_its_own_instrument(elsewhere):
    shown = [str(elsewhere / "env/bin/cse-workbook"), "instrument", "digest"]

    ran = subprocess.run(shown, cwd=elsewhere, capture_output=True, text=True, check=False)

    assert ran.returncode == 0
    assert "sha256:" in ran.stdout


def test_the_installed_workbook_serves_the_form(address):
    jar = http.cookiejar.CookieJar()
    person = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    with person.open(address, timeout=60) as answer:
        page = answer.read().decode()

    assert re.search(r'data-model="\w+"', page)
