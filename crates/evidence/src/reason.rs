//! Reason codes: the stable names for why a check did not pass, or for what a reviewer should see.

use serde::{Serialize, Serializer};

/// Why a check ended as it did, or what a finding is about.
///
/// One vocabulary for the whole product: codes of the container and of keys, and the specs' own codes in upper case.
/// A code is never renamed and never reused. The text form is `SCREAMING_SNAKE_CASE`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::IntoStaticStr,
    strum::EnumIter,
    strum::EnumString,
    strum::EnumCount,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[allow(
    missing_docs,
    reason = "the names are the documentation; the words for people are in `review::words`"
)]
pub enum ReasonCode {
    // Keys and signers, for every ecosystem.
    KeyNotConfirmed,
    KeyConflict,
    KeyNotFound,
    NotAttested,
    SigNotStrict,
    SigInvalid,
    SigMalformed,
    KeyEncodingNonstandard,
    KeyWrongAlgorithm,
    KeyMalformed,
    KeyPrivateMaterial,
    KeyWeak,
    KeyMixedOrder,
    // Layers.
    NotPresent,
    NotAnswerable,
    Blocked,
    NotEvaluated,
    // Limits.
    LimitPackSize,
    LimitEntryCount,
    LimitDirectorySize,
    LimitEntrySize,
    LimitTotalSize,
    LimitCompressionRatio,
    LimitNesting,
    LimitJsonDepth,
    LimitLineLength,
    LimitJsonNodes,
    LimitLineCount,
    LimitRecordCount,
    LimitKeyCount,
    LimitSummarySize,
    FindingsTruncated,
    Cancelled,
    // ZIP.
    ZipEocdAmbiguous,
    ZipEocdInvalid,
    ZipPrefixData,
    ZipTrailingData,
    ZipUnreferencedData,
    ZipOverlap,
    ZipHeaderMismatch,
    ZipDescriptorMismatch,
    ZipStoredWithDescriptor,
    ZipSizeLie,
    ZipCrcMismatch,
    ZipDataCorrupt,
    #[strum(serialize = "ZIP_ZIP64_INVALID")]
    ZipZip64Invalid,
    ZipCountMismatch,
    ZipOffsetInvalid,
    ZipMultiDisk,
    ZipEncrypted,
    ZipMethodUnsupported,
    ZipUnsupportedFeature,
    ZipSymlink,
    ZipSpecialFile,
    ZipDirWithData,
    ZipTypeConflict,
    ZipDuplicateName,
    ZipUnicodePathConflict,
    ZipCommentPresent,
    PackIgnoredFiles,
    PackEmpty,
    PackTypeMismatch,
    // Names.
    PathAbsolute,
    PathTraversal,
    PathEncodedTraversal,
    PathDotSegment,
    PathEmpty,
    PathControlChar,
    PathForbiddenChar,
    PathTrailingDotSpace,
    PathBidiControl,
    #[strum(serialize = "PATH_NOT_UTF8")]
    PathNotUtf8,
    PathLegacyEncoding,
    PathBackslash,
    PathCollision,
    PathConfusable,
    PathFileDirConflict,
    PathWindowsReserved,
    PathTooLong,
    PathTooDeep,
    // Folders and files.
    FsSymlink,
    FsSpecialFile,
    IoPermission,
    IoNotFound,
    IoReadFailed,
    IoChangedWhileReading,
    IoDiskFull,
    IoReadOnly,
    ClockSuspect,
    // gz and lines.
    GzMultiMember,
    GzTrailingData,
    GzCrcMismatch,
    GzTruncated,
    GzHeaderInvalid,
    GzDataCorrupt,
    NdjsonBlankLine,
    NdjsonCrlf,
    NdjsonNotObject,
    NdjsonTruncated,
    // tar.
    TarEntryType,
    TarHeaderInvalid,
    TarTruncated,
    TarTrailingData,
    TarPaxConflict,
    TarDuplicateName,
    // JSON.
    JsonDuplicateKey,
    JsonSyntax,
    JsonTrailingData,
    JsonEmpty,
    JsonBom,
    #[strum(serialize = "JSON_NOT_UTF8")]
    JsonNotUtf8,
    JsonLoneSurrogate,
    JsonNumberRange,
    JsonNumberUnsafe,
    JsonNoncharacter,
    JsonKeyConfusable,
    // Time-stamp tokens.
    TsaMalformed,
    TsaStatusRejected,
    TsaImprintMismatch,
    TsaSignatureInvalid,
    TsaWeakHash,
    TsaCertExpired,
    TsaCertMissing,
    TsaUntrustedRoot,
    TsaWrongKeyUsage,
    // NexArt, failure codes (`specs/nexart.md` 8.3).
    BundleCorrupted,
    SchemaVersionUnsupported,
    BundleHashMismatch,
    #[strum(serialize = "INVALID_SHA256_FORMAT")]
    InvalidSha256Format,
    InputHashMismatch,
    OutputHashMismatch,
    ProjectHashMismatch,
    ProjectStepsInconsistent,
    ProjectStepMissing,
    ProjectStepUnlisted,
    ProjectStepFailed,
    ProjectStepHashMismatch,
    ProjectStepIdMismatch,
    NodeSignatureInvalid,
    NodeSignatureMissing,
    NodeKeyUnavailable,
    NodeKeyNotFound,
    NodeKeyAmbiguous,
    NodeKeyMalformed,
    NodeKeyRevoked,
    NodeKeyOutsideValidity,
    NodeIdMismatch,
    KidMismatch,
    ReceiptHashMismatch,
    ReceiptFormatUnsupported,
    ProtocolVersionMismatch,
    EnvelopeSignatureInvalid,
    EnvelopeMalformed,
    EnvelopeReceiptMismatch,
    RecordNotFound,
    // NexArt, notes (8.4).
    ProtocolVersionDefaulted,
    ContextNotProtected,
    LegacyHashScope,
    RedactedContent,
    RedactedReseal,
    ConfidentialFields,
    HashOnly,
    LegacyStamp,
    KeySelfAsserted,
    KeyValidFromAfterSigning,
    #[strum(serialize = "ENVELOPE_V1_LIMITED")]
    EnvelopeV1Limited,
    EnvelopeNotReconstructible,
    EnvelopeOnly,
    ReceiptCopiesDiffer,
    StepChainBroken,
    // NexArt, pack findings (9.3).
    ManifestAbsent,
    ManifestMultiple,
    ManifestCountMismatch,
    ManifestRecordMissing,
    ManifestRecordUnlisted,
    ManifestExecutionIdMismatch,
    DuplicateRecord,
    SnapshotContradicted,
    ReceiptWithoutRecord,
    KeyConflictsWithPinned,
    UnrecognisedFile,
    DuplicateEntry,
    StepParentMissing,
    ClaimedTwice,
    TimestampTokenNotChecked,
    ReportContradicted,
}

impl ReasonCode {
    /// The stable upper-case name, as it stands in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl std::fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ReasonCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
