//! Limits of one run.

use super::{ReasonWords, mismatch, open};

pub(super) const LIMIT_PACK_SIZE: ReasonWords = open(
    "The file is larger than this version opens.",
    "The file is larger than the limit for one pack. It was not opened.",
    "This says nothing about the evidence itself.",
    "Ask the sender for smaller packs, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_ENTRY_COUNT: ReasonWords = open(
    "The pack has more files than this version reads.",
    "The number of files is over the limit for one pack. The pack was not read.",
    "This says nothing about the evidence itself.",
    "Ask the sender for smaller packs, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_DIRECTORY_SIZE: ReasonWords = open(
    "The archive's table of contents is larger than this version reads.",
    "The table of contents is over its limit. The archive was not read.",
    "This says nothing about the evidence itself.",
    "Ask the sender for smaller packs, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_ENTRY_SIZE: ReasonWords = open(
    "The file is larger than this version reads.",
    "The unpacked file is over the limit for its kind. It was not used.",
    "This says nothing about the content of the file.",
    "Ask the sender to split the file, or raise the limit for this file (--limit on the command line).",
)
.missing("a smaller file");

pub(super) const LIMIT_TOTAL_SIZE: ReasonWords = open(
    "The unpacked content is larger than this version reads.",
    "The archive expands to more than the limit for one pack. The rest was not read.",
    "This says nothing about the evidence itself.",
    "Ask the sender for smaller packs, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_COMPRESSION_RATIO: ReasonWords = mismatch(
    "The file expands far more than ordinary evidence does.",
    "The file expands beyond the limit for its packed size. Reading stopped there.",
    "Such a file can be made to overload a computer.",
    ["very repetitive rows", "a test archive for readers"],
    "Ask the sender for the file without compression, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_NESTING: ReasonWords = open(
    "The archive lies inside another archive.",
    "An archive inside an archive is not opened.",
    "Its content was not checked.",
    "Unpack the outer archive and open the inner one by itself.",
);

pub(super) const LIMIT_JSON_DEPTH: ReasonWords = mismatch(
    "The JSON text is nested deeper than this version reads.",
    "The nesting is over its limit. The text was not used.",
    "Ordinary evidence is far less deep.",
    ["unusual export software", "a test file for readers"],
    "Ask the sender how this file was made, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_LINE_LENGTH: ReasonWords = mismatch(
    "A line or a text value is longer than this version reads.",
    "The length is over its limit. The line was not used.",
    "The content of this line was not checked.",
    ["line ends were lost on the way", "a very large value in one record"],
    "Ask the sender for the original file, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_JSON_NODES: ReasonWords = open(
    "The JSON text has more values than this version reads at once.",
    "The number of values is over its limit. The text was not used.",
    "This says nothing about the content of the file.",
    "Ask the sender for one record per line, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_LINE_COUNT: ReasonWords = open(
    "The file has more lines than this version reads.",
    "The number of lines is over its limit. The rest was not read.",
    "The lines after the limit were not checked.",
    "Ask the sender to split the file, for example by time range.",
);

pub(super) const LIMIT_RECORD_COUNT: ReasonWords = open(
    "The list names more records than this version reads.",
    "The number of listed records is over its limit. The rest was not compared.",
    "The records after the limit were not compared.",
    "Ask the sender for smaller packs, or raise the limit for this file (--limit on the command line).",
);

pub(super) const LIMIT_KEY_COUNT: ReasonWords = open(
    "The pack has more keys than this version reads.",
    "The number of keys is over its limit. The rest was not used.",
    "Ordinary evidence has a few keys.",
    "Ask the sender which keys belong to this evidence.",
);

pub(super) const LIMIT_SUMMARY_SIZE: ReasonWords = open(
    "The sender's summary page is larger than this version shows.",
    "The page is over its limit. It is not shown.",
    "The page is the sender's own text. No check uses it.",
    "Look at the records and checks, or raise the limit for this file (--limit on the command line).",
);

pub(super) const FINDINGS_TRUNCATED: ReasonWords = open(
    "There are more remarks of one kind than are kept.",
    "The first 10,000 remarks of a kind are kept in full. The rest is counted.",
    "No verdict depends on the remarks that were left out.",
    "Look at the first remarks. The others are of the same kind.",
);

pub(super) const CANCELLED: ReasonWords = open(
    "The check was cancelled.",
    "Somebody cancelled the check before it ended.",
    "This says nothing about the evidence itself.",
    "Open the pack again to check it to the end.",
);
