"""Where does a measure come from, in words that readers of a published audit can look up?

A report with its year and section, guidance by its key in the instrument, a key of the policy or of
the instrument, or local practice. Here stand the sources of which several topics make use.
"""

from typing import Final

IICSA: Final = "IICSA, Child sexual exploitation by organised networks (2022)"
LEAD_OFFICERS: Final = "Lead officers' guidance (lead_officers)"
MERSEYSIDE: Final = "Merseyside Child Criminal Exploitation Measurement Tool"

ACKNOWLEDGED: Final = "The policy's acknowledge_days"
REVIEWED: Final = "The day named at the review before, or else the policy's review_days"
ROUTES: Final = "The instrument's routes refer_now and emergency"
DECISIVE: Final = "The instrument's rules, with each unknown answer taken in turn as yes"
PHRASES: Final = "The policy's list of phrases, which names the guide that each of them follows"

ANSWERED: Final = "Local practice: each question has its answer, and not known is one"
EVIDENCE: Final = f"Local practice, after {IICSA}, section F.3: a narrative explains each indicator"
CHILDS_VOICE: Final = (
    "Solihull Local Safeguarding Children Board, Multi-Agency Case Audit Report 2016/17: voice of"
    f" the child; {MERSEYSIDE}: wishes and feelings"
)
LOWER_VIEW: Final = (
    "Local practice: a view below the rules gives its reason, and names who was consulted"
)
TOO_QUICKLY: Final = f"Local practice, after {IICSA}, section F.5: from high to low too quickly"
LOOKED_AFTER: Final = (
    f"{LEAD_OFFICERS}, “Groups at Increased Risk from CSE”; the instrument's rules"
    " pathway_host_authority and pathway_looked_after"
)
RETURNS: Final = f"Statutory guidance on children who go missing, as in {IICSA}, section G.5"
READS: Final = (
    "Local practice: every read of a record is logged with its purpose; OWASP Application Security"
    " Verification Standard 5.0, requirement 16.3.2"
)
