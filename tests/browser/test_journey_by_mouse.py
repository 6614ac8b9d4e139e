"""The whole way, from Start to the outcome and its printed summary, with a mouse."""

from playwright.sync_api import expect

from cse_workbook.case.events import JudgementRecorded, Screened
from tests.browser.ways import RECORD, label_of, refer_now, situation, walk


def test_a_published_situation_goes_from_start_to_the_outcome_and_into_the_record(window):
    told, before = situation(1), len(window.served.entries())
    given = told["screening"]["answers"]
    walk(window, told, driver="missing_from_home_or_care")
    for key, answer in given.items():
        name = window.page.get_by_text(label_of(key), exact=True)
        row = window.main.locator("dl > div", has=name).first
        expect(row).to_contain_text(answer.capitalize())

    window.press(RECORD)
    window.is_at("Refer now")

    expect(window.main).to_contain_text("You and the guidance agree.")
    expect(window.saving).to_contain_text("Recorded ")
    _opened, screened, judged = window.served.entries()[before:]
    assert isinstance(screened.event, Screened)
    assert isinstance(judged.event, JudgementRecorded)
    answers = screened.event.screening.answers
    assert {key: each.answer for key, each in answers.items()} == given
    assert screened.event.outcome.route == told["expected"]["route"]
    assert screened.event.screening.child_said == "The child said: I am fine, leave me"
    assert judged.event.drivers == ("missing_from_home_or_care",)


def test_the_outcome_is_still_there_when_its_page_is_loaded_again(window):
    refer_now(window)

    window.page.reload()

    expect(window.heading).to_have_text("Refer now")
    expect(window.main).to_contain_text("Why the guidance says this")


def test_pressing_record_again_records_nothing_twice(window):
    walk(window, situation(5), driver="drug_or_alcohol_misuse")
    before = len(window.served.entries())

    window.page.get_by_role("button", name=RECORD).dblclick()

    window.is_at("Refer now")
    assert len(window.served.entries()) == before + 3


def test_the_browsers_back_button_leads_to_the_page_before(window):
    window.open()
    window.start()
    window.go_on("The child's circumstances")

    window.page.go_back()

    window.is_at("The child and the worry")
    expect(window.page.get_by_label("What worries you?")).to_have_value(
        "Out late, and will not say where"
    )


def test_a_change_link_leads_to_its_page_and_continue_back_to_check_answers(window):
    walk(window, situation(5), driver="drug_or_alcohol_misuse")

    window.main.get_by_role("link", name="Change Your view").click()
    window.is_at("Your view")
    window.write("view.because", "Seen twice this week")
    window.press("Continue")

    window.is_at("Check your answers and record them")
    expect(window.main).to_contain_text("Seen twice this week")
