"""The commands and the app."""

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    "APP_01": (
        "it is used by another program.",
        "Stop that program, or choose another port with --port.",
    ),
    "APP_02": (
        "this address has already been used, or is older than a day.",
        "Run the command that printed it again: it prints an address that works once. What you"
        " saved is still there.",
    ),
    "APP_03": (
        "you are not signed in.",
        "Run the command that starts the workbook again, and open the address that it prints. What"
        " you saved is still there.",
    ),
    "APP_04": ("there is no page at this address.", "Go to the start of the workbook."),
    "APP_05": (
        "the workbook could not answer.",
        "Nothing is lost. Reload the page, or use the paper form.",
    ),
    "APP_06": ("there is no page of this name.{near}", "Name one of the notebooks."),
    "CLI_01": ("{detail}.", "Run `{help}` to see how the command is given."),
    "CLI_02": (
        "something went wrong that is not your fault. Reference {reference}.",
        "Nothing was half recorded. Tell your administrator the reference{log}.",
    ),
    "CLI_03": (
        "it holds {count} entries already.",
        "A made-up caseload is never mixed with records: give --store another folder.",
    ),
    "CLI_04": (
        "the file cannot be written ({detail}).",
        "Check the folder, and give a name that is not taken.",
    ),
}
