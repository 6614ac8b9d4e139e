"""What do readers of a record grade?

What only a person can judge who reads the whole record: figures that can be counted are measures.
The grades are those in which HMICFRS reports on cases: IICSA, Child sexual exploitation by
organised networks (2022), section K.3. The questions follow that report (F.3 on forms, G.5 on
return interviews, I.2 on disruption), the Multi-Agency Case Audit Report 2016/17 of Solihull Local
Safeguarding Children Board (voice of the child), the lead officers' guidance (lead_officers) on
children in care, and local practice.
"""

from typing import Final

import msgspec
import pandas as pd

GOOD, IMPROVE, INADEQUATE = "good", "requires_improvement", "inadequate"
DOES_NOT_APPLY: Final = "does_not_apply"
GRADES: Final = (GOOD, IMPROVE, INADEQUATE)


class Question(msgspec.Struct, frozen=True):
    """A question to be graded; `grades` are the words that may stand there."""

    key: str
    asks: str
    grades: tuple[str, ...] = (*GRADES, DOES_NOT_APPLY)


QUESTIONS: Final = (
    Question(
        "form_complete",
        "Is the form complete, and can one see of each blank why it is blank?",
        GRADES,
    ),
    Question(
        "evidence_for_each_concern",
        "Does each concern say what was seen or heard, when, and from whom it is known?",
    ),
    Question(
        "childs_voice",
        "Does the record tell what the child said and wishes, in the child's words, and whether"
        " the child was seen alone?",
        GRADES,
    ),
    Question(
        "view_explained",
        "Does the practitioner's view follow from what is recorded, and is a view below the rules"
        " explained, with who was consulted?",
    ),
    Question(
        "referral_timely",
        "Was the child referred as soon as it was called for, and was the referral followed until"
        " it was answered?",
    ),
    Question(
        "review_done",
        "Was the case reviewed by its day, and did the review ask what has changed for the child?",
    ),
    Question(
        "return_interview",
        "After each time the child was missing: was an interview offered by somebody independent,"
        " in time, and was what came of it used?",
    ),
    Question(
        "host_and_reviewing_officer",
        "For a looked-after child: does the care plan name the host authority's lead, and has the"
        " reviewing officer seen the assessment?",
    ),
    Question(
        "disruption",
        "Is it written down what was done about the adults and the places that harm the child?",
    ),
    Question(
        "language",
        "Is the record free of words that put blame on the child?",
        GRADES,
    ),
    Question(
        "overall",
        "All in all, how well does the record show that this child was noticed, heard and helped?",
        GRADES,
    ),
)


def legend() -> pd.DataFrame:
    """Give what each column of the reading sheet asks, and the words that may stand there."""
    return pd.DataFrame(
        [(each.key, each.asks, ", ".join(each.grades)) for each in QUESTIONS],
        columns=["column", "question", "grades"],
    )
