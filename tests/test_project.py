"""The project as a whole: what it is made of agrees, travels, and says nothing it must not."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-test.lock")
FOLDERS = {"notebooks", "cse_workbook", "data", "tests", "benchmarks", ".ci"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name_of(requirement: str) -> str:
    return re.split(r"[><=!~ ;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def by_name(requirements: list[str]) -> dict[str, str]:
    return {name_of(each): re.sub(r"^[^><=!~]*", "", each) for each in requirements}


def conda_requirements() -> list[str]:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    entries = [line.strip()[2:] for line in lines if line.strip().startswith("- ")]
    return [e for e in entries if not e.startswith(("-e", "python", "pip", "conda", "nodefaults"))]


def test_the_conda_list_is_the_list_of_the_project():
    assert by_name(conda_requirements()) == by_name(PROJECT["dependencies"])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_dependency_with_a_hash(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    extras = ["build"] if lock == LOCKS[0] else ["build", "test"]
    wanted = [
        *PROJECT["dependencies"],
        *(r for e in extras for r in PROJECT["optional-dependencies"][e]),
    ]

    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, flags=re.MULTILINE)

    assert {name_of(each) for each in wanted} <= {name.lower() for name, _ in pins}
    assert text.count("--hash=sha256:") >= len(pins)


def test_the_lock_of_the_tests_pins_what_the_lock_of_the_app_pins():
    def pins(lock: str) -> set[str]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        return set(re.findall(r"^[A-Za-z0-9._-]+==[^ \\]+.*?(?= \\)", text, flags=re.MULTILINE))

    assert pins(LOCKS[0]) <= pins(LOCKS[1])


def test_the_top_level_is_the_one_agreed():
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}

    assert folders == FOLDERS


FORBIDDEN = {
    "a package index or registry": r"pypi\.[o]rg|python[h]osted|npm[j]s\.(org|com)|deb\.[d]ebian",
    "a path of one machine": r"/[r]oot/|/[w]ork/|/home/[a-z]+/|C:\\\\Users",
    "a telephone number": r"\b0[0-9]{3,4}[ -]?[0-9]{3}[ -]?[0-9]{3,4}\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    texts = {
        p: p.read_text(encoding="utf-8", errors="ignore") for p in tracked() if p.suffix != ".png"
    }

    found = [p.relative_to(ROOT).as_posix() for p, text in texts.items() if pattern.search(text)]

    assert [name for name in found if not name.endswith(".lock")] == []
    assert what == "a telephone number" or found == []


def test_notebooks_are_committed_without_state():
    notebooks = [path for path in tracked() if path.suffix == ".ipynb"]
    state = []
    for path in notebooks:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        ran = any(cell["outputs"] or cell["execution_count"] for cell in cells)
        metadata = [notebook["metadata"], *(cell["metadata"] for cell in notebook["cells"])]
        kept = any(key in each for each in metadata for key in ("widgets", "papermill"))
        if kept or (ran and not path.name.startswith("guide_")):
            state.append(path.name)

    assert notebooks
    assert state == []
