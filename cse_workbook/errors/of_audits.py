"""What leaves for an audit, what it counts, and what may be published."""

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
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
        "Name any of these, with commas between them: {known}.",
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
    "AUDIT_16": (
        "this begins after the day of the extract, {day}, so nothing of it can be there.",
        "Name an earlier period, or make another extract.",
    ),
    "AUDIT_17": (
        "the notebook {notebook} counts no extract, so there is no agency to run it for.",
        "Leave out --all-agencies.",
    ),
    "AUDIT_18": (
        "these results were made of no input of this name.{near}",
        "Leave it out, or name an input of theirs ({known}); all else is as it was in their run.",
    ),
    "AUDIT_19": (
        "the folder {folder} is not there, or no file can be written in it.",
        "Make it, see to its permissions, or name a file in another one.",
    ),
    "AUDIT_20": (
        "it cannot be read as a table.",
        "Give the sheet that was filled in, saved as CSV: commas between the columns, and UTF-8.",
    ),
    "AUDIT_21": (
        "its columns are not separated by commas.",
        "Save it once more as CSV with commas: a spreadsheet may write semicolons or tabs.",
    ),
    "AUDIT_22": (
        "this does not end before {other} begins.",
        "Name two periods that share no day, the earlier one as `before`.",
    ),
    "AUDIT_23": (
        "each day of this extract stands as {stands}, and in this period no {of} begins.",
        "Name a longer period, or make an extract with exact days: `dates` in the policy.",
    ),
    "AUDIT_24": (
        "two of its files or folders have the same last name ({names}), by which a run knows them.",
        "Give one of them another name.",
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
    "CALIBRATION_06": (
        "this is no child of the sheet.",
        "Write one of: {children}. A child of a record has no place in a calibration.",
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
        "what it says cannot be true together with what was released before: {before}.",
        "Nothing is released. Where the record has changed since, say so with --revised. Where it"
        " has not, one extract tells days more coarsely than the other, or the periods are cut"
        " differently: count in the same periods, from an extract with the same days.",
    ),
    "DISCLOSURE_06": (
        "this is not a list of released tables ({detail}).",
        "Use the list as the workbook wrote it.",
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
    "MEASURE_07": (
        "there are not {n_periods} periods of this kind up to it: the calendar begins with the"
        " year 1.",
        "Ask for fewer, or for a later period.",
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
}
