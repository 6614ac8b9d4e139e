"""The sections of the office, in the order of its navigation."""

from cse_workbook.views.office.caseload import CaseloadPages
from cse_workbook.views.office.meeting import MeetingPages
from cse_workbook.views.office.review import ReviewPages
from cse_workbook.views.office.sections import Section
from cse_workbook.views.office.themes import ThemePages


def subjects() -> tuple[Section, ...]:
    """Make the sections of one window."""
    return CaseloadPages(), ReviewPages(), ThemePages(), MeetingPages()
