//! The ZIP container and what is in it.

use super::{ReasonWords, mismatch, open};

const CLEAN: &str = "Ask the sender to make the archive again, and to send it without changes on the way.";
const AMBIGUOUS: &str = "Two programs could read this archive differently, so none of it is guessed.";

pub(super) const ZIP_EOCD_AMBIGUOUS: ReasonWords = mismatch(
    "The archive ends in more than one way.",
    "The archive has two ends. It was not read.",
    AMBIGUOUS,
    ["two archives were joined", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_EOCD_INVALID: ReasonWords = mismatch(
    "The file is not a complete ZIP archive.",
    "The end that every ZIP archive has is not there. The file was not read.",
    "Only a part arrived, or it is another kind of file.",
    ["the download stopped early", "another kind of file was renamed to .zip"],
    "Compare its size with the sender's, then fetch or ask for the file again.",
);

pub(super) const ZIP_PREFIX_DATA: ReasonWords = mismatch(
    "There are bytes before the start of the archive.",
    "The archive does not begin at the first byte of the file. It was not read.",
    AMBIGUOUS,
    ["a self-extracting archive", "the file was joined with another one"],
    CLEAN,
);

pub(super) const ZIP_TRAILING_DATA: ReasonWords = mismatch(
    "There are bytes after the end of the archive.",
    "The file goes on after the end of the archive. It was not read.",
    AMBIGUOUS,
    ["a transfer added bytes", "the file was joined with another one"],
    CLEAN,
);

pub(super) const ZIP_UNREFERENCED_DATA: ReasonWords = mismatch(
    "The archive has bytes that its table of contents does not name.",
    "Some bytes of the archive belong to no listed file. It was not read.",
    "What lies there is not checked by anyone.",
    [
        "a file was removed with an editing tool",
        "it was edited with an archive tool",
    ],
    CLEAN,
);

pub(super) const ZIP_OVERLAP: ReasonWords = mismatch(
    "Files of the archive share the same bytes.",
    "Two listed files lie on the same bytes. The archive was not read.",
    AMBIGUOUS,
    ["a test archive for readers", "a damaged table of contents"],
    CLEAN,
);

pub(super) const ZIP_HEADER_MISMATCH: ReasonWords = mismatch(
    "The archive describes one of its files in two different ways.",
    "The table of contents and the file's own header differ. The archive was not read.",
    AMBIGUOUS,
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_DESCRIPTOR_MISMATCH: ReasonWords = mismatch(
    "The archive states the size of one of its files in two different ways.",
    "The table of contents and the note after the file differ. The archive was not read.",
    AMBIGUOUS,
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_STORED_WITH_DESCRIPTOR: ReasonWords = open(
    "A file was packed in an unusual but readable way.",
    "An uncompressed file is followed by a note on its size. It was read.",
    "Its bytes were read in full. No verdict depends on this remark.",
    "Nothing to do.",
);

pub(super) const ZIP_SIZE_LIE: ReasonWords = mismatch(
    "The unpacked size is not the stated size.",
    "The file unpacks to another size than the archive states. It was not used.",
    "The bytes at hand are not the bytes that were packed.",
    [
        "the archive was damaged on the way",
        "it was edited with an archive tool",
    ],
    CLEAN,
);

pub(super) const ZIP_CRC_MISMATCH: ReasonWords = mismatch(
    "The unpacked bytes do not match the archive's own checksum.",
    "The checksum in the archive does not match the bytes. The file was not used.",
    "The bytes at hand are not the bytes that were packed.",
    [
        "the archive was damaged on the way",
        "it was edited with an archive tool",
    ],
    CLEAN,
)
.lead("Changed.");

pub(super) const ZIP_DATA_CORRUPT: ReasonWords = mismatch(
    "The packed bytes are damaged.",
    "The file cannot be unpacked. It was not used.",
    "The bytes at hand are not the bytes that were packed.",
    ["the download stopped early", "the archive was damaged on the way"],
    CLEAN,
)
.lead("Damaged.");

pub(super) const ZIP_ZIP64_INVALID: ReasonWords = mismatch(
    "The fields for large archives contradict each other.",
    "The fields for large archives are missing, short or doubled. It was not read.",
    AMBIGUOUS,
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_COUNT_MISMATCH: ReasonWords = mismatch(
    "The archive states another number of files than it lists.",
    "The stated number or size differs from the table of contents. It was not read.",
    AMBIGUOUS,
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_OFFSET_INVALID: ReasonWords = mismatch(
    "The archive points to places that do not hold what it says.",
    "A position in the table of contents is wrong. The archive was not read.",
    AMBIGUOUS,
    [
        "the archive was damaged on the way",
        "it was edited with an archive tool",
    ],
    CLEAN,
);

pub(super) const ZIP_MULTI_DISK: ReasonWords = open(
    "The archive is one piece of several.",
    "The archive is split over several files. It was not read.",
    "One piece cannot be checked without the others.",
    "Join the pieces with your usual tool, or ask the sender for one archive.",
);

pub(super) const ZIP_ENCRYPTED: ReasonWords = open(
    "The file is password-protected.",
    "The file is password-protected. It was not read.",
    "This says nothing about the evidence itself.",
    "Unlock it with your usual tool and open the folder here. Or ask for a pack without a password.",
)
.missing("an unlocked copy");

pub(super) const ZIP_METHOD_UNSUPPORTED: ReasonWords = open(
    "The file is packed with a method this version does not read.",
    "The compression method is neither stored nor deflate. The file was not read.",
    "This says nothing about the evidence itself.",
    "Ask the sender for an ordinary ZIP archive.",
)
.missing("an ordinary ZIP archive");

pub(super) const ZIP_UNSUPPORTED_FEATURE: ReasonWords = open(
    "The archive uses a feature this version does not read.",
    "The archive uses a rare feature. It was not read.",
    "This says nothing about the evidence itself.",
    "Ask the sender for an ordinary ZIP archive.",
);

pub(super) const ZIP_SYMLINK: ReasonWords = mismatch(
    "The entry is a link to another place, not a file.",
    "The entry is a link. It was not followed.",
    "Evidence does not need links.",
    ["a working folder was packed", "a backup with links was packed"],
    "Ask the sender for an archive of plain files.",
);

pub(super) const ZIP_SPECIAL_FILE: ReasonWords = mismatch(
    "The entry is a device or a pipe, not a file.",
    "The entry is not a plain file. It was not read.",
    "Evidence does not need such entries.",
    ["a system folder was packed", "it was edited with an archive tool"],
    "Ask the sender for an archive of plain files.",
);

pub(super) const ZIP_DIR_WITH_DATA: ReasonWords = mismatch(
    "The entry is named as a folder but holds bytes.",
    "A folder entry holds bytes. It was not used.",
    AMBIGUOUS,
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_TYPE_CONFLICT: ReasonWords = mismatch(
    "The entry is a folder by its mark and a file by its name.",
    "Mark and name of the entry contradict each other. It was not used.",
    AMBIGUOUS,
    ["unusual archive software", "it was edited with an archive tool"],
    CLEAN,
);

pub(super) const ZIP_DUPLICATE_NAME: ReasonWords = mismatch(
    "The archive has this name more than once.",
    "The same name stands twice in the archive. None of the copies was used.",
    "Two programs could show different copies.",
    ["a file was added twice", "it was edited with an archive tool"],
    "Ask the sender which copy is meant, and for an archive with one.",
)
.missing("an archive with each name once");

pub(super) const ZIP_UNICODE_PATH_CONFLICT: ReasonWords = mismatch(
    "The archive gives this file two different names.",
    "The two names of the entry differ. It was not used.",
    AMBIGUOUS,
    [
        "a name with special letters was converted",
        "it was edited with an archive tool",
    ],
    CLEAN,
);

pub(super) const ZIP_COMMENT_PRESENT: ReasonWords = open(
    "The archive carries a comment.",
    "The archive has a comment. It is shown as plain text.",
    "The comment is the sender's own text. No check covers it.",
    "Nothing to do.",
);

pub(super) const PACK_IGNORED_FILES: ReasonWords = open(
    "Files that the operating system adds were listed but not read.",
    "Files such as .DS_Store or Thumbs.db are in the pack. They were not read.",
    "They are not evidence. No verdict depends on them.",
    "Nothing to do.",
);

pub(super) const PACK_EMPTY: ReasonWords = open(
    "There is nothing inside.",
    "The file or folder is empty.",
    "There is nothing to check.",
    "Ask the sender for the pack again. Name the size you received.",
);

pub(super) const PACK_TYPE_MISMATCH: ReasonWords = mismatch(
    "The content is of another kind than the name says.",
    "The first bytes do not belong to the ending of the name. The bytes decide.",
    "What counts is the content, not the name.",
    ["the file was renamed", "the export used another ending"],
    "Ask the sender whether this is the file that was meant.",
);
