"""The rules a second time: written from the two documents and their readings, not from the package.

Plain counting with sets. Each reading asks which concerns count as present, and then puts the
sentences of the guidance as conditions. Nothing here reads the instrument's file.
"""

from collections.abc import Mapping

VULNERABILITIES = {
    "chaotic_household",
    "history_of_abuse",
    "bereavement_or_loss",
    "gang_association",
    "school_with_exploited_peers",
    "learning_disabilities",
    "sexual_orientation_unsupported",
    "friends_exploited",
    "homeless",
    "lacking_same_age_friends",
    "gang_neighbourhood",
    "residential_care",
    "hostel_or_bed_and_breakfast",
    "low_self_esteem",
    "young_carer",
}
SIGNS = {
    "missing_from_home_or_care",
    "physical_injuries",
    "drug_or_alcohol_misuse",
    "involvement_in_offending",
    "sexual_health_concerns",
    "absent_from_school",
    "change_in_appearance",
    "sexual_bullying_or_online_vulnerability",
    "estranged_from_family",
    "gifts_from_unknown_sources",
    "recruiting_others",
    "poor_mental_health",
    "self_harm",
    "suicidal_thoughts_or_attempts",
}
FURTHER_SIGNS = {"sexualised_behaviour", "older_individuals", "distrust_of_authority"}
MODELS = {
    "inappropriate_relationship",
    "boyfriend_or_peer_model",
    "organised_or_networked",
    "gang_or_group",
}
TRAFFICKING = {"recruited", "transported", "transferred", "harboured", "received"}
LINKED = {"gang_related", "known_missing_episode", "abuse_by_partner_or_peer"}
CIRCUMSTANCES = {"immediate_danger", "looked_after", "placed_outside_home_authority", "disabled"}
ASKED = VULNERABILITIES | SIGNS | FURTHER_SIGNS | MODELS | TRAFFICKING | LINKED | CIRCUMSTANCES

SURELY = {"yes"}
AS_RECORDED = {"yes", "possible"}
AT_MOST = {"yes", "possible", "not_known"}  # and what was left blank


def reached(age: int, answers: Mapping[str, str]) -> dict[str, str]:
    """Give each rule and pathway the surest answer with which it holds."""
    results: dict[str, str] = {}
    for word, counting in (("not_known", AT_MOST), ("possible", AS_RECORDED), ("yes", SURELY)):
        results |= dict.fromkeys(holding(age, _present(answers, counting)), word)
    return results


def routes(age: int, answers: Mapping[str, str]) -> tuple[str, str, str]:
    """Give the route on what is recorded, on what is sure, and if every unknown turned out yes."""
    readings = (AS_RECORDED, SURELY, AT_MOST)
    as_recorded, sure, at_most = (route(age, _present(answers, each)) for each in readings)
    return as_recorded, sure, at_most


def route(age: int, present: set[str]) -> str:
    """Give what to do next for a child about whom exactly these things are so."""
    rules = holding(age, present)
    if "immediate_danger" in rules:
        return "emergency"
    if rules & {"high_risk", "model_recognised", "possible_trafficking", "young_child"}:
        return "refer_now"
    if "potential_victim" in rules:
        return "assess_today"
    if rules & {"safeguard_concern", "linked_concern", "vulnerability_noted"}:
        return "consult"
    return "keep_watching"


def holding(age: int, present: set[str]) -> set[str]:
    """Name the rules and pathways that hold for a child about whom exactly these things are so."""
    vulnerabilities = present & VULNERABILITIES
    if "gang_related" not in present:  # “in cases of gang-associated CSE only”
        vulnerabilities -= {"gang_association"}
    signs, further = present & SIGNS, present & FURTHER_SIGNS
    concerns = len(vulnerabilities) + len(signs) + len(further)
    conditions = {
        "immediate_danger": "immediate_danger" in present,
        "high_risk": concerns > 2,  # several is more than two
        "model_recognised": bool(present & MODELS),
        "possible_trafficking": bool(present & TRAFFICKING),
        "young_child": age < 13 and bool(signs or further) and concerns > 1,
        "potential_victim": bool(signs),
        "safeguard_concern": bool(further),
        "linked_concern": bool(present & LINKED),
        "vulnerability_noted": bool(vulnerabilities),
        "pathway_looked_after": "looked_after" in present,
        "pathway_host_authority": "placed_outside_home_authority" in present,
        "pathway_trafficking": bool(present & TRAFFICKING),
        "pathway_partner_or_peer_abuse": age >= 16 and "abuse_by_partner_or_peer" in present,
        "pathway_missing": bool(present & {"missing_from_home_or_care", "known_missing_episode"}),
        "pathway_gang": "gang_related" in present,
        "pathway_disabled": "disabled" in present,
    }
    return {rule for rule, holds in conditions.items() if holds}


def _present(answers: Mapping[str, str], counting: set[str]) -> set[str]:
    present = {key for key, answer in answers.items() if answer in counting}
    if "not_known" in counting:
        # A blank is not known; only danger left blank is not a possible emergency.
        present |= ASKED - answers.keys() - {"immediate_danger"}
    return present
