"""Say what went wrong, where, and what to do about it.

Every message a person can meet stands here once, under a code that the documentation and the tests
use. A message may quote an instrument, a key or a file name. It never quotes what is recorded about
a child.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is wrong: its code, the place, what is wrong there, and the repair."""

    code: str
    where: str
    what: str
    repair: str

    def __str__(self) -> str:
        """Write the problem as one line: code, place, what is wrong, repair."""
        return f"{self.code} · {self.where}: {self.what} {self.repair}"


class WorkbookError(Exception):
    """Refuse an input, with every problem found in it."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Take one problem or several."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["WorkbookError"], tuple[tuple[Problem, ...]]]:
        """Come whole out of another process."""
        return WorkbookError, (self.problems,)


# code: (what is wrong, what to do). Slots are filled by `problem`.
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
    "CALIBRATION_01": (
        "there is no column “{key}”.{near}",
        "Give child, reader and view in each row, as in the sheet that readers fill in.",
    ),
    "CALIBRATION_02": (
        "it does not say which child was read, or by whom.",
        "Give both; any code will do for a reader.",
    ),
    "CALIBRATION_03": (
        "the same person reads the same child.",
        "Keep the reading that was made alone, before anybody talked about the child.",
    ),
    "CALIBRATION_04": (
        "this is not one of the answers.{near}",
        "Write one of: {words}. Leave the cell empty where the question was left out.",
    ),
    "CALIBRATION_05": (
        "no child was read by two people.",
        "Give the readings of two people or more who read the same children alone.",
    ),
    "DISCLOSURE_01": (
        "a total is not the sum of its parts, so it cannot be told what they give away.",
        "List every group of each column, each child in one of them, or leave the total out.",
    ),
    "DISCLOSURE_02": (
        "two rows count the same and differ: {cell}.",
        "Keep one of them, or add the column in which they differ.",
    ),
    "DISCLOSURE_03": (
        "there is too much to weigh, so it cannot be told what it gives away.",
        "Nothing is released. Use fewer groups or fewer periods.",
    ),
    "DISCLOSURE_04": (
        "it would give away a hidden number: {cell}.",
        "Nothing is released. Use fewer groups or a longer period, or leave this table out.",
    ),
    "DISCLOSURE_05": (
        "it cannot be true together with what was released before: {before}.",
        "Nothing is released. Make it from the same extract; where the record has changed since,"
        " say so with --revised.",
    ),
    "DISCLOSURE_06": (
        "this is not a list of released tables ({detail}).",
        "Use the list as the workbook wrote it.",
    ),
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
    "MEASURE_01": (
        "this is not a period.",
        "Write a month (2026-11), a quarter of the calendar year (2026-Q4), or the first and the"
        " last day (2026-11-01..2026-11-15).",
    ),
    "MEASURE_02": (
        "the period is the wrong way round: it starts on {start} and ends on {end}.",
        "Give the earlier day first.",
    ),
    "MEASURE_03": (
        "there is no such measure.{near}",
        "Name a measure that the workbook knows.",
    ),
    "MEASURE_04": (
        "the frame “{frame}” has no column “{group}” to group by.{near}",
        "Group by another column, or leave this measure out.",
    ),
    "MEASURE_05": (
        "it tells how records stand on the day of the extract, so it has no earlier points.",
        "Count it for one period, and compare with the extract of an earlier day.",
    ),
    "MEASURE_06": (
        "this value is not on the scale.{near}",
        "Use the values of the scale, and leave a reading that was not made blank.",
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
    "SAMPLE_01": (
        "cases are not put into strata by this.{near}",
        "Name columns of words of the frame “cases”, such as view or agency.",
    ),
    "SAMPLE_02": (
        "{given} is no number of cases to draw.",
        "Give a whole number of at least 1, or a share above 0 and up to 1.",
    ),
    "SAMPLE_03": (
        "the column is not there.{near}",
        "Fill in the sheet as it was written, and leave its columns as they are.",
    ),
    "SAMPLE_04": (
        "the sheet has no such column.{near}",
        "Take it out: the sheet asks for grades alone, and for nothing about a child in words.",
    ),
    "SAMPLE_05": (
        "this is not what was drawn.",
        "Draw with the extract, the strata, the number and the seed that made the sheet, and sort"
        " all of its columns together or not at all.",
    ),
    "SAMPLE_06": (
        "there is no line of this number.",
        "Number the lines as they were, from 1 to {last}.",
    ),
    "SAMPLE_07": ("it stands there twice.", "Keep the one that is meant."),
    "SAMPLE_08": (
        "it is missing.",
        "Put it back: a sample without the cases that were hard to read tells too good a story.",
    ),
    "SAMPLE_09": ("this is not a grade.{near}", "Write one of: {grades}."),
    "SAMPLE_10": ("there is no grade.", "Read the case and write one of: {grades}."),
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
    "APP_06": ("there is no page of this name.{near}", "Name one of the notebooks."),
    "AUDIT_01": (
        "the notebook {notebook} takes no parameter of this name.{near}",
        "Run `cse-workbook audit {notebook} --parameters` to see those it takes.",
    ),
    "AUDIT_02": (
        "the value does not fit. It means: {meaning}.",
        "Give a value of that kind; a number is a whole one, from 1.",
    ),
    "AUDIT_03": (
        "the extract holds nothing of an agency of this name.{near}",
        "Name an agency of the extract, or all.",
    ),
    "AUDIT_04": (
        "the notebook {notebook} counts an extract, and none was named.",
        "Add `-p extract=FOLDER`; `cse-workbook extract FOLDER` makes one.",
    ),
    "AUDIT_05": (
        "cell {cell} of the notebook was refused: {detail}",
        "Nothing was written. Correct what it names, and run it again.",
    ),
    "AUDIT_06": (
        "cell {cell} of the notebook stopped with {error}, a fault of ours.",
        "Nothing was written. Open the notebook in JupyterLab and run it there to see where.",
    ),
    "AUDIT_07": (
        "cell {cell} of the notebook shows something that did not go through disclosure control.",
        "Nothing was written. Let the cell end with a call of the audit, and print nothing.",
    ),
    "AUDIT_08": (
        "there is a file or a folder of this name already.",
        "Give another name: results are never written over.",
    ),
    "AUDIT_09": (
        "the results cannot be written ({detail}).",
        "Nothing is left half written. Check the folder, its permissions and the room on the disk.",
    ),
    "AUDIT_10": ("there is no such file.", "Check its name and where it stands."),
    "AUDIT_11": (
        "figures cannot be broken down by this column.{near}",
        "Name columns by which every frame can be broken down, with commas between them.",
    ),
    "AUDIT_12": (
        "there is no audit notebook of this name.{near}",
        "Name one of: {known}.",
    ),
    "AUDIT_13": (
        "there are no results of an audit here, or their manifest cannot be read.",
        "Give the folder that `cse-workbook audit` wrote.",
    ),
    "AUDIT_14": (
        "it is not what these results were made of.",
        "Name the input they were made of: `-p {name}=PATH`.",
    ),
    "AUDIT_15": (
        "there is a file of this name already.",
        "Give another name: a reading sheet is never written over.",
    ),
    "CASE_01": (
        "there is no {case} that you can open.{near}",
        "Check the reference.",
    ),
    "CASE_02": (
        "you cannot do this: it is for {needed}.",
        "If you need it, ask {needed} and say why.",
    ),
    "CASE_03": (
        "this case is closed.",
        "Open it again first, or add a note to the closing entry.",
    ),
    "CASE_04": ("it is blank.", "{words}."),
    "CASE_05": (
        "entry {entry} of the record is not one that this can follow.",
        "Name an entry of this case, of the kind that is followed up.",
    ),
    "CASE_06": (
        "you made this screening.",
        "A second reading has to come from somebody else.",
    ),
    "CASE_07": (
        "it has been ended already, in entry {entry}.",
        "Read that entry; if it is wrong, correct it.",
    ),
    "CASE_08": ("the date lies ahead.", "The date must be today or in the past."),
    "CASE_09": ("it is due before it is set.", "The due date must be today or later."),
    "CASE_10": (
        "it ends before it begins.",
        "The end must be on or after the beginning, {begun}.",
    ),
    "CASE_11": (
        "somebody else wrote this entry ({by}).",
        "Ask them to correct it, or add an entry of your own.",
    ),
    "CASE_12": (
        "the entry has no field “{field}” that can be corrected.{near}",
        "Name a field of that entry.",
    ),
    "CASE_13": (
        "the value does not fit the field “{field}”.",
        "Give a value of the kind that stands there.",
    ),
    "CASE_14": (
        "this does not lower the view that stands ({label}).",
        "Choose a route below it.",
    ),
    "CASE_15": (
        "the evidence is not complete.",
        "{words}: {driver}.",
    ),
    "CASE_16": (
        "the evidence for {driver} is older than the view it is to change.",
        "Give evidence that was seen since.",
    ),
    "CASE_17": (
        "there is no second reader.",
        "Name a second reader. It cannot be you or the person who screened.",
    ),
    "CASE_18": (
        "you cannot open this record.",
        "If you need to, ask {role} and say why.",
    ),
    "CASE_19": (
        "nothing waits for the reason “{given}”: there is none of that name.{near}",
        "Choose one of: {reasons}.",
    ),
    "EXTRACT_01": (
        "there is no extract here, or its manifest cannot be read.",
        "Give the folder that `cse-workbook extract` wrote.",
    ),
    "EXTRACT_02": (
        "it was written by version {theirs} of the workbook, and this is {ours}.",
        "Make the extract again with this version, or use the other one.",
    ),
    "EXTRACT_03": (
        "this is not the file that was written: it was changed, damaged or taken away.",
        "Make the extract again, and copy the folder whole.",
    ),
    "EXTRACT_04": ("{detail}", "Make the extract again; its tables are not to be edited."),
    "EXTRACT_05": (
        "there is a file or a folder of this name already.",
        "Give another name: an extract is never written over.",
    ),
    "EXTRACT_06": (
        "the extract cannot be written ({detail}).",
        "Nothing is left half written. Check the folder, its permissions and the room on the disk.",
    ),
    "EXTRACT_07": (
        "the key of the pseudonyms cannot be used: {detail}.",
        "Give the file that was made with the first extract, or a new name to make a key.",
    ),
    "EXTRACT_08": (
        "other accounts of this machine can read the key of the pseudonyms.",
        "Run `chmod 400 {path}`, and tell your administrator that others could have read it.",
    ),
    "EXTRACT_09": (
        "the instrument has an indicator “{key}”, and another column has this name.",
        "Give the indicator another key, in an edition that is not released yet.",
    ),
    "RELEASE_01": (
        "it is not as the audit wrote it: it was changed, added or taken away since.",
        "Nothing is released. Copy the folder whole once more, or run the audit again.",
    ),
    "RELEASE_02": (
        "you made these results.",
        "Nothing is released. Ask another lead officer or an auditor to look at them and to release"
        " them.",
    ),
    "RELEASE_03": (
        "these results are of made-up children.",
        "Nothing is released. Run the audit on an extract.",
    ),
    "RELEASE_04": (
        "there is no table in these results.",
        "Nothing is released. Run an audit of which at least one table can be shown.",
    ),
    "RELEASE_05": (
        "these tables are released already, in entry {entry} and those beside it.",
        "Nothing is left to do.",
    ),
    "REPLAY_01": (
        "the extract holds answers to another instrument: {theirs}.",
        "Replay an edition of that one, or use an extract of this one.",
    ),
    "REPLAY_02": (
        "it asks nothing that the extract holds an answer to.",
        "Keep the key of an indicator where it means the same observation.",
    ),
    "REPLAY_03": (
        "there is no column “{group}” to group by.{near}",
        "Group by another column, or leave this one out.",
    ),
    "REPLAY_04": (
        "the {kind} “{key}” with which the extract was made is not here.",
        "Name its file with --{kind}.",
    ),
    "MEETING_01": (
        "the due date is before the meeting.",
        "The due date must be on or after the meeting.",
    ),
    "MEETING_02": ("nobody is chosen.", "Select at least one child."),
    "MEETING_03": (
        "it is on the agenda already.",
        "{ref} is on the agenda already. Choose another child.",
    ),
    "MEETING_04": (
        "the day it is put off to is not after the meeting.",
        "The day it is put off to must be after the meeting.",
    ),
    "MEETING_05": (
        "the meeting has not been held yet.",
        "The meeting is on {day}. Record then what it decides, or put it off and say why.",
    ),
    "CASE_20": (
        "there was no record yet on that day.",
        "Give a day on or after {begun}.",
    ),
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
    "STORE_01": (
        "there is a record store here already, or part of one.",
        "Open that one. To make another, give an empty folder.",
    ),
    "STORE_02": (
        "it has moved on: you were looking at version {based_on}, it is now at {version}.",
        "Open it again, read {new}, and record yours.",
    ),
    "STORE_03": (
        "there is no record store here.",
        "Check the folder; for a new store, run `cse-workbook init`.",
    ),
    "STORE_04": (
        "the key of the record store is not here, and nothing can be read without it.",
        "Put the file “key” back from where your administrator keeps it. Do not make a new one.",
    ),
    "STORE_05": (
        "other accounts of this machine can read the key.",
        "Run `chmod 400 {path}`, and tell your administrator that others could have read it.",
    ),
    "STORE_06": (
        "this is not a key of 64 hexadecimal digits.",
        "Put the file “key” back from where your administrator keeps it.",
    ),
    "STORE_07": (
        "it does not open with this key.",
        "Nothing was changed. Put back the key this store was made with; if that is this key, the"
        " file is damaged: restore a backup.",
    ),
    "STORE_08": (
        "this is a plain SQLite file, not an encrypted record store.",
        "Nothing was changed. Move it away and put the record store back.",
    ),
    "STORE_09": (
        "it was made by a newer version of the workbook (layout {theirs}, this one knows {ours}).",
        "Nothing was changed. Install the newer version of the workbook.",
    ),
    "STORE_10": (
        "it cannot be written.",
        "Nothing was changed. Give your account the right to write to the folder and the files in"
        " it.",
    ),
    "STORE_11": (
        "the file is damaged, or is not a record store.",
        "Do not delete it. Tell your administrator, who can restore a backup.",
    ),
    "STORE_12": (
        "there is no room left on the disk, so this was not saved.",
        "All that was saved before is kept. Make room, then try again.",
    ),
    "STORE_13": (
        "another program is writing to the records and has not finished, so this was not saved.",
        "Try again in a minute.",
    ),
    "STORE_14": (
        "the database driver cannot encrypt, so nothing was written.",
        "Install the package sqlcipher3 again.",
    ),
    "STORE_15": (
        "there is a file of this name already.",
        "Give another name: a backup is never written over.",
    ),
    "STORE_16": (
        "it holds entries or saved answers that the backup does not.",
        "Nothing was changed. Back up the present store first; then restore with --accept-loss, and"
        " the present store is kept beside it.",
    ),
    "STORE_17": (
        "the record breaks at entry {seq}: {flaw}.",
        "Keep the file as it is, tell your administrator, and use an earlier backup.",
    ),
    "STORE_18": (
        "the record store is in use.",
        "Nothing was changed. Close the app and every notebook, then try again.",
    ),
    "STORE_19": (
        "it is not here: it was recorded or deleted, or it is not yours.",
        "Go back to the start to see the screenings you have started.",
    ),
    "STORE_20": (
        "it is open in another window now, so this was not saved.",
        "Go on in the other window, or choose “Work here again”.",
    ),
    "STORE_21": (
        "there is no such case.",
        "Check the reference, or record a screening first.",
    ),
    "STORE_22": (
        "this version of the workbook cannot read an entry of the kind “{kind}”.",
        "Install the version that recorded it.",
    ),
    "STORE_23": (
        "this is not the head of a record.",
        "Copy it whole as it was printed: the number of the last entry, a colon, then letters and"
        " digits.",
    ),
    "STORE_24": ("there is no such file or folder.", "Check the path."),
    "STORE_25": (
        "the text holds half a character, which cannot be saved.",
        "Take out the last character you put in, often a pictogram, and type it again.",
    ),
    "STORE_26": (
        "the disk refused to read or write it: it has a fault, or your account has no room left.",
        "All that was saved before is kept. Tell your administrator, then try again.",
    ),
}


def problem(code: str, where: str, **slots: object) -> Problem:
    """Fill the message of a code with its slots; `where` names the file, record or field."""
    what, repair = MESSAGES[code]
    return Problem(code, where, what.format(**slots), repair.format(**slots))


def near(word: str, known: Sequence[str]) -> str:
    """Offer the known words closest to a misspelt one, as a sentence that starts with a space.

    >>> near("signs", ["sign", "model"])
    ' Did you mean “sign”?'
    """
    close = difflib.get_close_matches(word, known, n=2, cutoff=0.6)
    return f" Did you mean {' or '.join(f'“{match}”' for match in close)}?" if close else ""
