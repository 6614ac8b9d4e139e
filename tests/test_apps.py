"""Which page a notebook shows, and what is said where it names none that there is."""

from pathlib import Path

import pytest

import cse_workbook
from cse_workbook import store
from cse_workbook.views.apps import HOMES
from cse_workbook.widgets import Page
from tests.made_up_store import refusal

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store.init(tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize("name", HOMES)
def test_each_notebook_shows_its_page(home, name):
    assert isinstance(cse_workbook.show(name, home), Page)
    assert f'show(\\"{name}\\")' in (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")


def test_a_page_that_there_is_not_is_refused_with_one_like_it(home):
    assert refusal(lambda: cse_workbook.show("caseloads", home)) == (
        "APP_06 · caseloads: there is no page of this name. Did you mean “caseload”? Name one of"
        " the notebooks."
    )


def test_a_long_name_is_cut_short(home):
    said = refusal(lambda: cse_workbook.show("x" * 100, home))

    assert said.startswith(f"APP_06 · {'x' * 60}: there is no page of this name. ")
