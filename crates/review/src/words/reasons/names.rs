//! Names of files inside a pack.

use super::{ReasonWords, mismatch, open};

const CLEAN: &str = "Ask the sender for a clean export. Do not unpack this archive with another tool.";
const RENAMED: &str = "Ask the sender to export again with plain file names.";

pub(super) const PATH_ABSOLUTE: ReasonWords = mismatch(
    "The name points to a place outside the pack.",
    "The name begins at the root of a disk. The file was not read.",
    "Unpacking it could write over other files.",
    [
        "the archive software kept whole paths",
        "a backup with its full paths was packed",
    ],
    CLEAN,
);

pub(super) const PATH_TRAVERSAL: ReasonWords = mismatch(
    "The name points outside the pack.",
    "The name has a step upwards (..). The file was not read.",
    "Unpacking it could write over other files.",
    ["faulty export software", "a backup with its full paths was packed"],
    CLEAN,
);

pub(super) const PATH_ENCODED_TRAVERSAL: ReasonWords = mismatch(
    "The name hides a step outside the pack.",
    "The name has a step upwards in disguise. The file was not read.",
    "Some programs would follow it out of the pack.",
    [
        "a web address was used as a name",
        "a backup with its full paths was packed",
    ],
    CLEAN,
);

pub(super) const PATH_DOT_SEGMENT: ReasonWords = mismatch(
    "The name has a part that is only a dot.",
    "A part of the name is a single dot. The file was not read.",
    "Two programs could read such a name differently.",
    ["faulty export software", "it was edited with an archive tool"],
    RENAMED,
);

pub(super) const PATH_EMPTY: ReasonWords = mismatch(
    "The name, or a part of it, is empty.",
    "A part of the name is empty. The file was not read.",
    "Two programs could read such a name differently.",
    ["faulty export software", "it was edited with an archive tool"],
    RENAMED,
);

pub(super) const PATH_CONTROL_CHAR: ReasonWords = mismatch(
    "The name has characters that cannot be seen.",
    "The name has control characters. The file was not read.",
    "The name would look different from what it is.",
    ["faulty export software", "a name was pasted from another program"],
    RENAMED,
);

pub(super) const PATH_FORBIDDEN_CHAR: ReasonWords = mismatch(
    "The name has characters that not every computer accepts.",
    "The name has one of the characters < > : \" | ? *. The file was not read.",
    "The file could not be written under this name everywhere.",
    [
        "a time or title was used as a name",
        "it was edited with an archive tool",
    ],
    RENAMED,
);

pub(super) const PATH_TRAILING_DOT_SPACE: ReasonWords = mismatch(
    "A part of the name ends in a dot or a blank.",
    "A part of the name ends in a dot or a blank. The file was not read.",
    "Some computers drop such an ending, and names could meet.",
    ["a title was used as a name", "a name was pasted from another program"],
    RENAMED,
);

pub(super) const PATH_BIDI_CONTROL: ReasonWords = mismatch(
    "The name has characters that change the direction of reading.",
    "The name has direction or zero-width characters. The file was not read.",
    "The name would look different from what it is.",
    [
        "text was copied from a document",
        "a name was pasted from another program",
    ],
    RENAMED,
);

pub(super) const PATH_NOT_UTF8: ReasonWords = mismatch(
    "The name cannot be read as text.",
    "The bytes of the name are not UTF-8. The file was not read.",
    "Two programs could show different names.",
    ["an old archive program", "damage on the way"],
    RENAMED,
);

pub(super) const PATH_LEGACY_ENCODING: ReasonWords = open(
    "The name is written in an old encoding.",
    "The archive does not say how the name is written. It was read as well as possible.",
    "Letters of the name may be shown wrongly. The content was read in full.",
    "Nothing to do.",
);

pub(super) const PATH_BACKSLASH: ReasonWords = open(
    "The name uses backslashes between folders.",
    "The name uses backslashes. They were read as separators.",
    "The content was read in full. No verdict depends on this remark.",
    "Nothing to do.",
);

pub(super) const PATH_COLLISION: ReasonWords = mismatch(
    "Two names in the pack differ only in ways many computers ignore.",
    "Two names become the same name on many computers. Neither file was used.",
    "Two programs could show different files under one name.",
    [
        "files differ only in upper and lower case",
        "it was edited with an archive tool",
    ],
    "Ask the sender which file is meant, and for clearly different names.",
);

pub(super) const PATH_CONFUSABLE: ReasonWords = open(
    "Two names in the pack look nearly the same.",
    "Two names differ only in characters that look alike. Both files were read.",
    "A reader could take one for the other.",
    "Compare the two files in the list of files.",
);

pub(super) const PATH_FILE_DIR_CONFLICT: ReasonWords = mismatch(
    "One name is used for a file and for a folder.",
    "The same name is a file and a folder. The file was not used.",
    "Two programs could show different content.",
    ["faulty export software", "it was edited with an archive tool"],
    RENAMED,
);

pub(super) const PATH_WINDOWS_RESERVED: ReasonWords = mismatch(
    "The name is reserved by Windows for a device.",
    "The name is one of CON, PRN, AUX, NUL, COM1 or the like. The file was not read.",
    "On Windows the name would open a device instead of a file.",
    ["a short code was used as a name", "the files come from another system"],
    RENAMED,
);

pub(super) const PATH_TOO_LONG: ReasonWords = open(
    "The name is longer than this version reads.",
    "The name is longer than 1,024 bytes, or a part of it than 255. The file was not read.",
    "This says nothing about the content of the file.",
    RENAMED,
);

pub(super) const PATH_TOO_DEEP: ReasonWords = open(
    "The file lies deeper in folders than this version reads.",
    "The file lies more than 32 folders deep. It was not read.",
    "This says nothing about the content of the file.",
    "Ask the sender for an export with fewer folders inside each other.",
);
