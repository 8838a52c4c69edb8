//! Invoance codes (`specs/invoance.md`).

use super::{ReasonWords, open};

pub(super) const INVALID_UTF8: ReasonWords = open("Invalid utf8.", "Invalid utf8.", "Invalid utf8.", "Ask the sender.");

pub(super) const PARSE_ERROR: ReasonWords = open("Parse error.", "Parse error.", "Parse error.", "Ask the sender.");

pub(super) const DUPLICATE_KEY: ReasonWords =
    open("Duplicate key.", "Duplicate key.", "Duplicate key.", "Ask the sender.");

pub(super) const NOT_AN_EVENT: ReasonWords = open("Not an event.", "Not an event.", "Not an event.", "Ask the sender.");

pub(super) const UNSUPPORTED_SCHEMA: ReasonWords = open(
    "Unsupported schema.",
    "Unsupported schema.",
    "Unsupported schema.",
    "Ask the sender.",
);

pub(super) const CANONICALIZATION_FAILED: ReasonWords = open(
    "Canonicalization failed.",
    "Canonicalization failed.",
    "Canonicalization failed.",
    "Ask the sender.",
);

pub(super) const PAYLOAD_HASH_MISMATCH: ReasonWords = open(
    "Payload hash mismatch.",
    "Payload hash mismatch.",
    "Payload hash mismatch.",
    "Ask the sender.",
);

pub(super) const NO_PUBLIC_KEY: ReasonWords =
    open("No public key.", "No public key.", "No public key.", "Ask the sender.");

pub(super) const NO_SIGNATURE: ReasonWords = open("No signature.", "No signature.", "No signature.", "Ask the sender.");

pub(super) const SIGNATURE_INVALID: ReasonWords = open(
    "Signature invalid.",
    "Signature invalid.",
    "Signature invalid.",
    "Ask the sender.",
);

pub(super) const KEY_MISMATCH: ReasonWords = open("Key mismatch.", "Key mismatch.", "Key mismatch.", "Ask the sender.");

pub(super) const NO_PAYLOAD_HASH: ReasonWords = open(
    "No payload hash.",
    "No payload hash.",
    "No payload hash.",
    "Ask the sender.",
);

pub(super) const EMBEDDED_KEY_DIFFERS: ReasonWords = open(
    "Embedded key differs.",
    "Embedded key differs.",
    "Embedded key differs.",
    "Ask the sender.",
);

pub(super) const NO_EMBEDDED_KEY: ReasonWords = open(
    "No embedded key.",
    "No embedded key.",
    "No embedded key.",
    "Ask the sender.",
);

pub(super) const ID_CONFLICT: ReasonWords = open("Id conflict.", "Id conflict.", "Id conflict.", "Ask the sender.");

pub(super) const UNSIGNED_FIELDS: ReasonWords = open(
    "Unsigned fields.",
    "Unsigned fields.",
    "Unsigned fields.",
    "Ask the sender.",
);

pub(super) const METADATA_NOT_SCALAR: ReasonWords = open(
    "Metadata not scalar.",
    "Metadata not scalar.",
    "Metadata not scalar.",
    "Ask the sender.",
);

pub(super) const METADATA_LIMITS: ReasonWords = open(
    "Metadata limits.",
    "Metadata limits.",
    "Metadata limits.",
    "Ask the sender.",
);

pub(super) const ACTOR_SHAPE: ReasonWords = open("Actor shape.", "Actor shape.", "Actor shape.", "Ask the sender.");

pub(super) const TARGET_SHAPE: ReasonWords = open("Target shape.", "Target shape.", "Target shape.", "Ask the sender.");

pub(super) const TARGETS_NOT_ARRAY: ReasonWords = open(
    "Targets not array.",
    "Targets not array.",
    "Targets not array.",
    "Ask the sender.",
);

pub(super) const SEQ_NOT_POSITIVE_INTEGER: ReasonWords = open(
    "Seq not positive integer.",
    "Seq not positive integer.",
    "Seq not positive integer.",
    "Ask the sender.",
);

pub(super) const UTF8_BOM: ReasonWords = open("Utf8 bom.", "Utf8 bom.", "Utf8 bom.", "Ask the sender.");

pub(super) const CRLF: ReasonWords = open("Crlf.", "Crlf.", "Crlf.", "Ask the sender.");

pub(super) const BLANK_LINES: ReasonWords = open("Blank lines.", "Blank lines.", "Blank lines.", "Ask the sender.");

pub(super) const TRUNCATED_LAST_LINE: ReasonWords = open(
    "Truncated last line.",
    "Truncated last line.",
    "Truncated last line.",
    "Ask the sender.",
);

pub(super) const MORE_PAGES_EXIST: ReasonWords = open(
    "More pages exist.",
    "More pages exist.",
    "More pages exist.",
    "Ask the sender.",
);

pub(super) const UNSUPPORTED_ENCODING: ReasonWords = open(
    "Unsupported encoding.",
    "Unsupported encoding.",
    "Unsupported encoding.",
    "Ask the sender.",
);

pub(super) const EMPTY_FILE: ReasonWords = open("Empty file.", "Empty file.", "Empty file.", "Ask the sender.");

pub(super) const CSV_NOT_VERIFIABLE: ReasonWords = open(
    "Csv not verifiable.",
    "Csv not verifiable.",
    "Csv not verifiable.",
    "Ask the sender.",
);

pub(super) const BAD_KEY_DOCUMENT: ReasonWords = open(
    "Bad key document.",
    "Bad key document.",
    "Bad key document.",
    "Ask the sender.",
);

pub(super) const MIXED_KEYS: ReasonWords = open("Mixed keys.", "Mixed keys.", "Mixed keys.", "Ask the sender.");

pub(super) const DUPLICATE_KEY_IN_WRAPPER: ReasonWords = open(
    "Duplicate key in wrapper.",
    "Duplicate key in wrapper.",
    "Duplicate key in wrapper.",
    "Ask the sender.",
);

pub(super) const STATEMENT_FOR_ABSENT_ORG: ReasonWords = open(
    "Statement for absent org.",
    "Statement for absent org.",
    "Statement for absent org.",
    "Ask the sender.",
);

pub(super) const SERVER_VERDICT_DISAGREES: ReasonWords = open(
    "Server verdict disagrees.",
    "Server verdict disagrees.",
    "Server verdict disagrees.",
    "Ask the sender.",
);

pub(super) const EXPORT_CAP_REACHED: ReasonWords = open(
    "Export cap reached.",
    "Export cap reached.",
    "Export cap reached.",
    "Ask the sender.",
);

pub(super) const INGESTED_AT_RUNS_BACKWARDS: ReasonWords = open(
    "Ingested at runs backwards.",
    "Ingested at runs backwards.",
    "Ingested at runs backwards.",
    "Ask the sender.",
);

pub(super) const OCCURRED_AFTER_INGESTED: ReasonWords = open(
    "Occurred after ingested.",
    "Occurred after ingested.",
    "Occurred after ingested.",
    "Ask the sender.",
);

pub(super) const CONFLICT: ReasonWords = open("Conflict.", "Conflict.", "Conflict.", "Ask the sender.");

pub(super) const NOT_EVALUABLE_FILTERED: ReasonWords = open(
    "Not evaluable filtered.",
    "Not evaluable filtered.",
    "Not evaluable filtered.",
    "Ask the sender.",
);

pub(super) const FILE_CUT: ReasonWords = open("File cut.", "File cut.", "File cut.", "Ask the sender.");

pub(super) const TAIL_MISSING: ReasonWords = open("Tail missing.", "Tail missing.", "Tail missing.", "Ask the sender.");

pub(super) const PARTIAL_PAGES: ReasonWords =
    open("Partial pages.", "Partial pages.", "Partial pages.", "Ask the sender.");

pub(super) const GAPS: ReasonWords = open("Gaps.", "Gaps.", "Gaps.", "Ask the sender.");

pub(super) const GAPS_IN_TIME_RANGE: ReasonWords = open(
    "Gaps in time range.",
    "Gaps in time range.",
    "Gaps in time range.",
    "Ask the sender.",
);

pub(super) const GAPS_UNEXPLAINED: ReasonWords = open(
    "Gaps unexplained.",
    "Gaps unexplained.",
    "Gaps unexplained.",
    "Ask the sender.",
);

pub(super) const UNVERIFIED_IN_SEQUENCE: ReasonWords = open(
    "Unverified in sequence.",
    "Unverified in sequence.",
    "Unverified in sequence.",
    "Ask the sender.",
);

pub(super) const COMPLETE_TO_STATEMENT: ReasonWords = open(
    "Complete to statement.",
    "Complete to statement.",
    "Complete to statement.",
    "Ask the sender.",
);

pub(super) const STATEMENT_DISAGREES: ReasonWords = open(
    "Statement disagrees.",
    "Statement disagrees.",
    "Statement disagrees.",
    "Ask the sender.",
);

pub(super) const STATEMENT_OLDER_THAN_FILE: ReasonWords = open(
    "Statement older than file.",
    "Statement older than file.",
    "Statement older than file.",
    "Ask the sender.",
);

pub(super) const CONTIGUOUS_FROM_1: ReasonWords = open(
    "Contiguous from 1.",
    "Contiguous from 1.",
    "Contiguous from 1.",
    "Ask the sender.",
);

pub(super) const CONTIGUOUS_RANGE: ReasonWords = open(
    "Contiguous range.",
    "Contiguous range.",
    "Contiguous range.",
    "Ask the sender.",
);

pub(super) const TAIL_NOT_PROVABLE: ReasonWords = open(
    "Tail not provable.",
    "Tail not provable.",
    "Tail not provable.",
    "Ask the sender.",
);

pub(super) const HEAD_STATEMENT_UNSIGNED: ReasonWords = open(
    "Head statement unsigned.",
    "Head statement unsigned.",
    "Head statement unsigned.",
    "Ask the sender.",
);

pub(super) const UNSUPPORTED_STATEMENT_VERSION: ReasonWords = open(
    "Unsupported statement version.",
    "Unsupported statement version.",
    "Unsupported statement version.",
    "Ask the sender.",
);

pub(super) const DISPLAYED_FIELD_DIFFERS: ReasonWords = open(
    "Displayed field differs.",
    "Displayed field differs.",
    "Displayed field differs.",
    "Ask the sender.",
);

pub(super) const CONTENT_HASH_MISMATCH: ReasonWords = open(
    "Content hash mismatch.",
    "Content hash mismatch.",
    "Content hash mismatch.",
    "Ask the sender.",
);
