"""The record: entries, meetings, and the store that keeps them."""

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
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
    "CASE_20": (
        "there was no record yet on that day.",
        "Give a day on or after {begun}.",
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
