//! Folders, single files, gz, lines and tar.

use super::{ReasonWords, mismatch, open};

const AGAIN: &str = "Ask the sender for the file again, and compare the sizes.";
const CLEAN: &str = "Ask the sender to make the archive again, and to send it without changes on the way.";

pub(super) const FS_SYMLINK: ReasonWords = mismatch(
    "The entry is a link to another place, not a file.",
    "The entry of the folder is a link. It was not followed.",
    "Only what lies in the folder itself is read.",
    ["a working folder was chosen", "a copy with links instead of files"],
    "Copy the folder with its real files and open the copy.",
);

pub(super) const FS_SPECIAL_FILE: ReasonWords = open(
    "The entry is a device or a pipe, not a file.",
    "The entry of the folder is not a plain file. It was not read.",
    "Evidence does not need such entries.",
    "Choose the folder that holds only the evidence.",
);

pub(super) const IO_PERMISSION: ReasonWords = open(
    "There is no permission to read it.",
    "The computer refused to open it. It was not read.",
    "This says nothing about the evidence itself.",
    "Copy it to a folder you can open, or ask your administrator.",
)
.missing("permission to read a file");

pub(super) const IO_NOT_FOUND: ReasonWords = open(
    "It is not there.",
    "Nothing has this name: it is mistyped, or the file was moved, renamed or removed.",
    "This says nothing about the evidence itself.",
    "Check the name, or put the file back.",
)
.missing("a file that is not there");

pub(super) const IO_READ_FAILED: ReasonWords = open(
    "It could not be read to its end.",
    "The disk or the network drive stopped delivering the file.",
    "This says nothing about the evidence itself.",
    "Copy the file to a local disk and open the copy.",
)
.missing("a readable copy");

pub(super) const IO_CHANGED_WHILE_READING: ReasonWords = mismatch(
    "It changed while it was being read.",
    "Size or date of the file changed during the check.",
    "The result could mix two states of the file.",
    ["a copy was still in progress", "a program saved the file again"],
    "Wait until nothing writes to the file, then check again.",
)
.missing("a file that stays as it is");

pub(super) const IO_DISK_FULL: ReasonWords = open(
    "The disk is full.",
    "There is no room to write the file. Nothing was replaced.",
    "This says nothing about the evidence itself.",
    "Free some space or choose another folder, then try again.",
);

pub(super) const IO_READ_ONLY: ReasonWords = open(
    "The folder does not accept new files.",
    "The folder is read-only. Nothing was written.",
    "This says nothing about the evidence itself.",
    "Choose another folder.",
);

pub(super) const CLOCK_SUSPECT: ReasonWords = mismatch(
    "A date lies ahead of this computer's clock.",
    "A stated time is more than 5 minutes ahead of this computer's clock.",
    "No verdict depends on this computer's clock.",
    ["this computer's clock is slow", "the sender's clock is fast"],
    "Compare this computer's clock with another one.",
);

pub(super) const GZ_MULTI_MEMBER: ReasonWords = open(
    "The gz file consists of more than one piece.",
    "The gz file has several pieces. All of them were read.",
    "Some programs read only the first piece and show less.",
    "Compare the number of records with what the sender sees.",
);

pub(super) const GZ_TRAILING_DATA: ReasonWords = mismatch(
    "There are bytes after the end of the gz file.",
    "The file goes on after its packed content. It was not used.",
    "Two programs could read this file differently.",
    ["a transfer added bytes", "the file was joined with another one"],
    AGAIN,
);

pub(super) const GZ_CRC_MISMATCH: ReasonWords = mismatch(
    "The unpacked bytes do not match the gz file's own checksum.",
    "The checksum in the file does not match its bytes. The file was not used.",
    "The bytes at hand are not the bytes that were packed.",
    ["the file was damaged on the way", "the file was edited"],
    AGAIN,
)
.lead("Changed.");

pub(super) const GZ_TRUNCATED: ReasonWords = mismatch(
    "The gz file breaks off.",
    "The file ends before its packed content does. It was not used.",
    "A part of the file is missing.",
    ["the download stopped early", "the disk was full when it was written"],
    AGAIN,
)
.lead("Incomplete file.")
.missing("the complete file");

pub(super) const GZ_HEADER_INVALID: ReasonWords = mismatch(
    "The file does not begin like a gz file.",
    "The first bytes are not those of a gz file. It was not used.",
    "It is damaged, or another kind of file.",
    ["another kind of file was renamed to .gz", "damage on the way"],
    AGAIN,
);

pub(super) const GZ_DATA_CORRUPT: ReasonWords = mismatch(
    "The packed bytes are damaged.",
    "The gz file cannot be unpacked. It was not used.",
    "The bytes at hand are not the bytes that were packed.",
    ["the file was damaged on the way", "the file was edited"],
    AGAIN,
)
.lead("Damaged.");

pub(super) const NDJSON_BLANK_LINE: ReasonWords = open(
    "The file has blank lines between its records.",
    "Blank lines were skipped.",
    "No record was left out for it. No verdict depends on this remark.",
    "Nothing to do.",
);

pub(super) const NDJSON_CRLF: ReasonWords = open(
    "The lines end as on Windows.",
    "The lines end in two characters (CR and LF). They were read.",
    "Line ends may have been converted on the way. Records are compared one by one.",
    "If a fingerprint of the whole file does not match, ask for the original file.",
);

pub(super) const NDJSON_NOT_OBJECT: ReasonWords = mismatch(
    "A line is not a record.",
    "The line holds another kind of value than a record. It was not used.",
    "The other lines were read.",
    ["a heading or note was added", "the file was edited"],
    "Ask the sender what this line is.",
)
.missing("a readable line");

pub(super) const NDJSON_TRUNCATED: ReasonWords = mismatch(
    "The last line breaks off.",
    "The file ends in the middle of a record.",
    "The last record, and perhaps more after it, is missing.",
    ["the download stopped early", "the export was still being written"],
    AGAIN,
)
.lead("Incomplete file.")
.missing("the complete file");

pub(super) const TAR_ENTRY_TYPE: ReasonWords = mismatch(
    "The entry is not a plain file or folder.",
    "The entry is a link, a device or of an unknown kind. It was not read.",
    "Evidence does not need such entries.",
    ["a working folder was packed", "a backup with links was packed"],
    "Ask the sender for an archive of plain files.",
);

pub(super) const TAR_HEADER_INVALID: ReasonWords = mismatch(
    "The archive is damaged at one of its headers.",
    "A header does not match its own checksum or holds no number. It was not read.",
    "What follows in the archive cannot be found with certainty.",
    ["damage on the way", "another kind of file was renamed to .tar"],
    CLEAN,
);

pub(super) const TAR_TRUNCATED: ReasonWords = mismatch(
    "The archive breaks off.",
    "The archive ends before its last file does. It was not read.",
    "A part of the archive is missing.",
    ["the download stopped early", "the disk was full when it was written"],
    AGAIN,
);

pub(super) const TAR_TRAILING_DATA: ReasonWords = mismatch(
    "There are bytes after the end of the archive.",
    "The file goes on after the end of the archive. It was not read.",
    "Two programs could read this archive differently.",
    ["two archives were joined", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const TAR_PAX_CONFLICT: ReasonWords = mismatch(
    "The archive describes this file in two different ways.",
    "Two descriptions of the entry contradict each other. It was not used.",
    "Two programs could read this archive differently.",
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const TAR_DUPLICATE_NAME: ReasonWords = mismatch(
    "The archive has this name more than once.",
    "The same name stands twice in the archive. None of the copies was used.",
    "Two programs could show different copies.",
    ["a newer copy was appended", "it was edited with an archive tool"],
    "Ask the sender which copy is meant, and for an archive with one.",
)
.missing("an archive with each name once");
