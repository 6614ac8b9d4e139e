"""Instruments, policies, screenings and tables of them: what a file may not hold."""

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    "INSTRUMENT_01": (
        "it is not valid TOML ({detail}).",
        "Correct that line and check the file again.",
    ),
    "INSTRUMENT_02": (
        "{detail}.",
        "Compare the entry with the same kind of entry in occ_safeguard.toml.",
    ),
    "INSTRUMENT_03": (
        "it counts the group “{group}”, which is not defined.{near}",
        "Name a group that the file defines.",
    ),
    "INSTRUMENT_04": (
        "the key “{key}” is used more than once.",
        "Give each {kind} a key of its own.",
    ),
    "INSTRUMENT_05": (
        "the quotation “{quote}” is not in the source “{source}”.",
        "Copy it from the source word for word, spelling included.",
    ),
    "INSTRUMENT_06": (
        "it counts nothing: {detail}.",
        "Let the rule count at least one group or indicator.",
    ),
    "INSTRUMENT_07": (
        "“at_most” is not a rule this workbook can follow.",
        "Say “at_least”: a rule may only raise concern, so that one more concern can never make"
        " a child look safer.",
    ),
    "INSTRUMENT_08": (
        "it names the {kind} “{key}”, which is not defined.{near}",
        "Name one that the file defines.",
    ),
    "INSTRUMENT_09": (
        "the key “{key}” is not lower snake case of at most 40 characters.",
        "Use lower-case letters, digits and underscores.",
    ),
    "INSTRUMENT_10": (
        "“at_least” is {value}, but it counts only {available}.",
        "Ask for no more than can be recorded, and for at least 1.",
    ),
    "INSTRUMENT_11": (
        "there is no instrument of this name.{near}",
        "Give the name of an instrument that ships with the workbook, or the path of a TOML file.",
    ),
    "INSTRUMENT_12": (
        "the file cannot be read ({detail}).",
        "Check the path, and that the file is UTF-8 text.",
    ),
    "POLICY_01": (
        "it is not valid TOML ({detail}).",
        "Correct that line and check the file again.",
    ),
    "POLICY_02": ("{detail}.", "Compare the entry with default.toml."),
    "POLICY_03": (
        "it decides the {kind} “{key}”, which the instrument does not have.{near}",
        "Name one that the instrument has, or remove the entry.",
    ),
    "POLICY_04": (
        "there is no policy of this name.{near}",
        "Give the name of a policy that ships with the workbook, or the path of a TOML file.",
    ),
    "SCREENING_01": (
        "there is no indicator “{key}” in the instrument “{instrument}”.{near}",
        "Use a key of the instrument; `cse-workbook instrument show` lists them.",
    ),
    "SCREENING_02": (
        "this is not an answer.{near}",
        "Answer “yes”, “possible”, “no” or “not_known”.",
    ),
    "SCREENING_03": ("{detail}.", "Compare the record with the example in README.md."),
    "SCREENING_04": (
        "the age must be a whole number of years.",
        "Give completed years, for example 14.",
    ),
    "SCREENING_05": (
        "this is not a child: the age is {age}.",
        "The workbook is for children under 18 and has not scored this record. For an adult at"
        " risk, speak to your safeguarding lead about adult safeguarding today.",
    ),
    "SCREENING_06": (
        "the date of birth is after the day of the screening.",
        "Correct one of the two dates.",
    ),
    "SCREENING_07": (
        "neither an age nor a date of birth is given.",
        "Give “age” in whole years, or “date_of_birth”.",
    ),
    "SCREENING_08": (
        "the date of birth makes the child {computed}, and the age says {age}.",
        "Correct one of the two.",
    ),
    "SCREENING_09": (
        "“{key}” is set from the age and is never asked.",
        "Remove it from the answers.",
    ),
    "SCREENING_10": (
        "the key “{key}” stands twice in the same object.",
        "Keep one of the two: with both, nobody can tell which one is meant.",
    ),
    "SCREENING_11": (
        "this is not valid JSON ({detail}).",
        "Correct the text at that place, or export the record again.",
    ),
    "SCREENING_12": (
        "the text is not UTF-8 (byte {byte}).",
        "Save the file as UTF-8 and give it again.",
    ),
    "SCREENING_13": (
        "the text holds a NUL character.",
        "Remove it: it is never part of a word, and it usually means a damaged file.",
    ),
    "SCREENING_14": (
        "the record is nested too deeply to be a screening.",
        "Give one flat screening as in README.md.",
    ),
    "SCREENING_15": (
        "the record is longer than {limit} megabytes.",
        "Give one screening a line; a screening is a few thousand characters.",
    ),
    "SCREENING_16": ("there is no screening in it.", "Give at least one screening."),
    "SCREENING_17": (
        "the instrument is “{given}”, and this run uses “{instrument}”.",
        "Name the same instrument in both places, or leave it out of the record.",
    ),
    "SCREENING_18": ("the file cannot be read ({detail}).", "Check the path and its permissions."),
    "SCREENING_19": (
        "the date must be a real day, written 2026-11-22.",
        "Correct the date.",
    ),
    "SCREENING_20": (
        "the reference may hold letters, digits and hyphens only, at most 40 characters.",
        "Use an opaque reference such as C-0001, never a name.",
    ),
    "SCREENING_21": (
        "the date is after the day of the screening.",
        "Correct one of the two dates.",
    ),
    "SCREENING_22": (
        "the date is before the child was born.",
        "Correct one of the two dates.",
    ),
    "SCREENING_23": (
        "it names {count} drivers of the view.",
        "Name one to three.",
    ),
    "SCREENING_24": (
        "there is no field “{key}” here.{near}",
        "Use the field names of a screening as in README.md.",
    ),
    "SCREENING_25": (
        "there is no route “{route}”.{near}",
        "Use keep_watching, consult, assess_today, refer_now or emergency.",
    ),
    "SCREENING_26": (
        "a number of {detail} digits is part of it.",
        "Correct the number: no field of a screening takes such a number.",
    ),
    "SCREENING_27": (
        "the text holds half a character.",
        "Export the record again as UTF-8; often a pictogram was cut in two.",
    ),
    "TABLE_01": (
        "the table has no column “{key}”.{near}",
        "Give the age in whole years for every row.",
    ),
    "TABLE_02": (
        "row {row}: this is not an answer.",
        "Use yes, possible, no or not_known (in Parquet also 0 to 3), or leave the cell empty.",
    ),
    "TABLE_03": (
        "row {row}: the age is not a whole number from 0 to 17.",
        "Correct the row. For a person of 18 or over, speak to your safeguarding lead about adult"
        " safeguarding.",
    ),
    "TABLE_04": (
        "the file type “{suffix}” is not known.",
        "Give a table that ends in .parquet or .csv.",
    ),
    "TABLE_05": (
        "the table cannot be read ({detail}).",
        "Check the file, or export the table again.",
    ),
    "TABLE_06": (
        "the column holds values of the type {kind}.",
        "Give {wanted}.",
    ),
    "TABLE_07": (
        "row {row} has {given} cells, and the heading has {expected}.",
        "Correct the row; a cell that holds a comma stands in quotation marks.",
    ),
    "TABLE_08": (
        "two columns have this name.",
        "Keep one of the two: with both, nobody can tell which one is meant.",
    ),
    "TABLE_09": (
        "row {row}: the reference may hold letters, digits and hyphens only, at most 40"
        " characters.",
        "Use an opaque reference such as C-0001, never a name.",
    ),
    "TABLE_10": ("there is no row in it.", "Give at least one screening."),
    "TABLE_11": (
        "{count} more up to row {row}, and the rows after it have not been read.",
        "Correct those above, then run the command again.",
    ),
    "TABLE_12": (
        "there is a file of this name already.",
        "Give another name: a table is never written over.",
    ),
    "TABLE_13": (
        "the table cannot be written ({detail}).",
        "Nothing is left half written. Check the folder, its permissions and the room on the disk.",
    ),
    "TABLE_14": (
        "there is no column for this in the instrument.{near}",
        "Rename the column as the instrument names its indicator, or leave it out of the table.",
    ),
    "TABLE_15": (
        "it is set from the age and is never a column.",
        "Leave it out of the table.",
    ),
    "TABLE_16": (
        "the table has no column for any indicator of “{instrument}”.",
        "Name at least one column as the instrument names its indicators.",
    ),
    "SCALE_01": (
        "Dask is not installed.",
        "Run `pip install cse-workbook[scale]`, or leave `--engine dask` out: the result is the"
        " same.",
    ),
    "SCALE_02": (
        "no scheduler answers at this address ({detail}).",
        "Start it, or correct the address, such as tcp://127.0.0.1:8786. For this machine alone,"
        " name no scheduler.",
    ),
    "SCALE_03": (
        "the scheduler has no worker.",
        "Start at least one, with `dask worker` and the same address.",
    ),
    "SCALE_04": (
        "a worker has {theirs}, and this is version {ours}.",
        "Install the same version of the workbook on every machine.",
    ),
    "SCALE_05": (
        "a worker does not see this file, or sees another one under its name.",
        "Put it into a folder that every machine sees under the same path.",
    ),
    "SCALE_06": (
        "the workers were lost before all was counted.",
        "Nothing is left half written. See that they run, and run it again.",
    ),
}
