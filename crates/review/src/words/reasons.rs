//! One entry per reason code: what it is, what we found, what it means, what to do next.
//!
//! Matched without a catch-all arm: a code without words does not compile.

use evidence::ReasonCode;

use super::sentence::first_lower;

mod files;
mod findings;
mod invoance;
mod json;
mod keel;
mod keys;
mod limits;
mod names;
mod nexart;
mod notes;
mod zip;

/// The words for one reason code. Each text is whole sentences, facts first; subject and values stand beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonWords {
    /// What it is, one or two sentences for lists; read after the name of the item.
    pub plain: &'static str,
    /// What we found.
    pub found: &'static str,
    /// What it means.
    pub means: &'static str,
    /// For mismatches, the two most likely causes, as they stand after "Typical causes:".
    pub causes: Option<[&'static str; 2]>,
    /// What to do next, and who can supply what is missing.
    pub next: &'static str,
    /// The answer on the tile of its question, where it has one of its own.
    pub lead: Option<&'static str>,
    /// What is missing, as it stands in "… is needed to finish 3 checks".
    pub missing: Option<&'static str>,
}

impl ReasonWords {
    /// What it means, with the typical causes.
    #[must_use]
    pub fn meaning(&self) -> String {
        match self.typical_causes() {
            Some(causes) => format!("{} {causes}", self.means),
            None => self.means.to_owned(),
        }
    }

    /// "Typical causes: the file was saved again by another program, or edited."
    #[must_use]
    pub fn typical_causes(&self) -> Option<String> {
        self.causes
            .map(|[first, second]| format!("Typical causes: {first}, or {second}."))
    }

    /// The first sentence of `plain`, to stand inside a longer sentence: lower case, no full stop.
    #[must_use]
    pub fn clause(&self) -> String {
        let first = self.plain.split(". ").next().unwrap_or(self.plain);
        first_lower(first.trim_end_matches('.'))
    }

    const fn lead(mut self, lead: &'static str) -> ReasonWords {
        self.lead = Some(lead);
        self
    }

    const fn missing(mut self, missing: &'static str) -> ReasonWords {
        self.missing = Some(missing);
        self
    }
}

/// A reason that is a mismatch or a fault, with its two most likely causes.
const fn mismatch(
    plain: &'static str,
    found: &'static str,
    means: &'static str,
    causes: [&'static str; 2],
    next: &'static str,
) -> ReasonWords {
    ReasonWords {
        plain,
        found,
        means,
        causes: Some(causes),
        next,
        lead: None,
        missing: None,
    }
}

/// A reason that accuses nothing: something is absent, not supported, or only a remark.
const fn open(plain: &'static str, found: &'static str, means: &'static str, next: &'static str) -> ReasonWords {
    ReasonWords {
        plain,
        found,
        means,
        causes: None,
        next,
        lead: None,
        missing: None,
    }
}

/// The words for a reason code.
#[must_use]
pub fn reason(code: ReasonCode) -> ReasonWords {
    match code {
        ReasonCode::KeyNotConfirmed => keys::KEY_NOT_CONFIRMED,
        ReasonCode::KeyConflict => keys::KEY_CONFLICT,
        ReasonCode::KeyNotFound => keys::KEY_NOT_FOUND,
        ReasonCode::NotAttested => keys::NOT_ATTESTED,
        ReasonCode::SigNotStrict => keys::SIG_NOT_STRICT,
        ReasonCode::SigInvalid => keys::SIG_INVALID,
        ReasonCode::SigMalformed => keys::SIG_MALFORMED,
        ReasonCode::KeyEncodingNonstandard => keys::KEY_ENCODING_NONSTANDARD,
        ReasonCode::KeyWrongAlgorithm => keys::KEY_WRONG_ALGORITHM,
        ReasonCode::KeyMalformed => keys::KEY_MALFORMED,
        ReasonCode::KeyPrivateMaterial => keys::KEY_PRIVATE_MATERIAL,
        ReasonCode::KeyWeak => keys::KEY_WEAK,
        ReasonCode::KeyMixedOrder => keys::KEY_MIXED_ORDER,
        ReasonCode::NotPresent => keys::NOT_PRESENT,
        ReasonCode::NotAnswerable => keys::NOT_ANSWERABLE,
        ReasonCode::Blocked => keys::BLOCKED,
        ReasonCode::NotEvaluated => keys::NOT_EVALUATED,
        ReasonCode::LimitPackSize => limits::LIMIT_PACK_SIZE,
        ReasonCode::LimitEntryCount => limits::LIMIT_ENTRY_COUNT,
        ReasonCode::LimitDirectorySize => limits::LIMIT_DIRECTORY_SIZE,
        ReasonCode::LimitEntrySize => limits::LIMIT_ENTRY_SIZE,
        ReasonCode::LimitTotalSize => limits::LIMIT_TOTAL_SIZE,
        ReasonCode::LimitCompressionRatio => limits::LIMIT_COMPRESSION_RATIO,
        ReasonCode::LimitNesting => limits::LIMIT_NESTING,
        ReasonCode::LimitJsonDepth => limits::LIMIT_JSON_DEPTH,
        ReasonCode::LimitLineLength => limits::LIMIT_LINE_LENGTH,
        ReasonCode::LimitJsonNodes => limits::LIMIT_JSON_NODES,
        ReasonCode::LimitLineCount => limits::LIMIT_LINE_COUNT,
        ReasonCode::LimitRecordCount => limits::LIMIT_RECORD_COUNT,
        ReasonCode::LimitKeyCount => limits::LIMIT_KEY_COUNT,
        ReasonCode::LimitSummarySize => limits::LIMIT_SUMMARY_SIZE,
        ReasonCode::FindingsTruncated => limits::FINDINGS_TRUNCATED,
        ReasonCode::Cancelled => limits::CANCELLED,
        ReasonCode::ZipEocdAmbiguous => zip::ZIP_EOCD_AMBIGUOUS,
        ReasonCode::ZipEocdInvalid => zip::ZIP_EOCD_INVALID,
        ReasonCode::ZipPrefixData => zip::ZIP_PREFIX_DATA,
        ReasonCode::ZipTrailingData => zip::ZIP_TRAILING_DATA,
        ReasonCode::ZipUnreferencedData => zip::ZIP_UNREFERENCED_DATA,
        ReasonCode::ZipOverlap => zip::ZIP_OVERLAP,
        ReasonCode::ZipHeaderMismatch => zip::ZIP_HEADER_MISMATCH,
        ReasonCode::ZipDescriptorMismatch => zip::ZIP_DESCRIPTOR_MISMATCH,
        ReasonCode::ZipStoredWithDescriptor => zip::ZIP_STORED_WITH_DESCRIPTOR,
        ReasonCode::ZipSizeLie => zip::ZIP_SIZE_LIE,
        ReasonCode::ZipCrcMismatch => zip::ZIP_CRC_MISMATCH,
        ReasonCode::ZipDataCorrupt => zip::ZIP_DATA_CORRUPT,
        ReasonCode::ZipZip64Invalid => zip::ZIP_ZIP64_INVALID,
        ReasonCode::ZipCountMismatch => zip::ZIP_COUNT_MISMATCH,
        ReasonCode::ZipOffsetInvalid => zip::ZIP_OFFSET_INVALID,
        ReasonCode::ZipMultiDisk => zip::ZIP_MULTI_DISK,
        ReasonCode::ZipEncrypted => zip::ZIP_ENCRYPTED,
        ReasonCode::ZipMethodUnsupported => zip::ZIP_METHOD_UNSUPPORTED,
        ReasonCode::ZipUnsupportedFeature => zip::ZIP_UNSUPPORTED_FEATURE,
        ReasonCode::ZipSymlink => zip::ZIP_SYMLINK,
        ReasonCode::ZipSpecialFile => zip::ZIP_SPECIAL_FILE,
        ReasonCode::ZipDirWithData => zip::ZIP_DIR_WITH_DATA,
        ReasonCode::ZipTypeConflict => zip::ZIP_TYPE_CONFLICT,
        ReasonCode::ZipDuplicateName => zip::ZIP_DUPLICATE_NAME,
        ReasonCode::ZipUnicodePathConflict => zip::ZIP_UNICODE_PATH_CONFLICT,
        ReasonCode::ZipCommentPresent => zip::ZIP_COMMENT_PRESENT,
        ReasonCode::PackIgnoredFiles => zip::PACK_IGNORED_FILES,
        ReasonCode::PackEmpty => zip::PACK_EMPTY,
        ReasonCode::PackTypeMismatch => zip::PACK_TYPE_MISMATCH,
        ReasonCode::PathAbsolute => names::PATH_ABSOLUTE,
        ReasonCode::PathTraversal => names::PATH_TRAVERSAL,
        ReasonCode::PathEncodedTraversal => names::PATH_ENCODED_TRAVERSAL,
        ReasonCode::PathDotSegment => names::PATH_DOT_SEGMENT,
        ReasonCode::PathEmpty => names::PATH_EMPTY,
        ReasonCode::PathControlChar => names::PATH_CONTROL_CHAR,
        ReasonCode::PathForbiddenChar => names::PATH_FORBIDDEN_CHAR,
        ReasonCode::PathTrailingDotSpace => names::PATH_TRAILING_DOT_SPACE,
        ReasonCode::PathBidiControl => names::PATH_BIDI_CONTROL,
        ReasonCode::PathNotUtf8 => names::PATH_NOT_UTF8,
        ReasonCode::PathLegacyEncoding => names::PATH_LEGACY_ENCODING,
        ReasonCode::PathBackslash => names::PATH_BACKSLASH,
        ReasonCode::PathCollision => names::PATH_COLLISION,
        ReasonCode::PathConfusable => names::PATH_CONFUSABLE,
        ReasonCode::PathFileDirConflict => names::PATH_FILE_DIR_CONFLICT,
        ReasonCode::PathWindowsReserved => names::PATH_WINDOWS_RESERVED,
        ReasonCode::PathTooLong => names::PATH_TOO_LONG,
        ReasonCode::PathTooDeep => names::PATH_TOO_DEEP,
        ReasonCode::FsSymlink => files::FS_SYMLINK,
        ReasonCode::FsSpecialFile => files::FS_SPECIAL_FILE,
        ReasonCode::IoPermission => files::IO_PERMISSION,
        ReasonCode::IoNotFound => files::IO_NOT_FOUND,
        ReasonCode::IoReadFailed => files::IO_READ_FAILED,
        ReasonCode::IoChangedWhileReading => files::IO_CHANGED_WHILE_READING,
        ReasonCode::IoDiskFull => files::IO_DISK_FULL,
        ReasonCode::IoReadOnly => files::IO_READ_ONLY,
        ReasonCode::ClockSuspect => files::CLOCK_SUSPECT,
        ReasonCode::GzMultiMember => files::GZ_MULTI_MEMBER,
        ReasonCode::GzTrailingData => files::GZ_TRAILING_DATA,
        ReasonCode::GzCrcMismatch => files::GZ_CRC_MISMATCH,
        ReasonCode::GzTruncated => files::GZ_TRUNCATED,
        ReasonCode::GzHeaderInvalid => files::GZ_HEADER_INVALID,
        ReasonCode::GzDataCorrupt => files::GZ_DATA_CORRUPT,
        ReasonCode::NdjsonBlankLine => files::NDJSON_BLANK_LINE,
        ReasonCode::NdjsonCrlf => files::NDJSON_CRLF,
        ReasonCode::NdjsonNotObject => files::NDJSON_NOT_OBJECT,
        ReasonCode::NdjsonTruncated => files::NDJSON_TRUNCATED,
        ReasonCode::TarEntryType => files::TAR_ENTRY_TYPE,
        ReasonCode::TarHeaderInvalid => files::TAR_HEADER_INVALID,
        ReasonCode::TarTruncated => files::TAR_TRUNCATED,
        ReasonCode::TarTrailingData => files::TAR_TRAILING_DATA,
        ReasonCode::TarPaxConflict => files::TAR_PAX_CONFLICT,
        ReasonCode::TarDuplicateName => files::TAR_DUPLICATE_NAME,
        ReasonCode::JsonDuplicateKey => json::JSON_DUPLICATE_KEY,
        ReasonCode::JsonSyntax => json::JSON_SYNTAX,
        ReasonCode::JsonTrailingData => json::JSON_TRAILING_DATA,
        ReasonCode::JsonEmpty => json::JSON_EMPTY,
        ReasonCode::JsonBom => json::JSON_BOM,
        ReasonCode::JsonNotUtf8 => json::JSON_NOT_UTF8,
        ReasonCode::JsonLoneSurrogate => json::JSON_LONE_SURROGATE,
        ReasonCode::JsonNumberRange => json::JSON_NUMBER_RANGE,
        ReasonCode::JsonNumberUnsafe => json::JSON_NUMBER_UNSAFE,
        ReasonCode::JsonNoncharacter => json::JSON_NONCHARACTER,
        ReasonCode::JsonKeyConfusable => json::JSON_KEY_CONFUSABLE,
        ReasonCode::TsaMalformed => json::TSA_MALFORMED,
        ReasonCode::TsaStatusRejected => json::TSA_STATUS_REJECTED,
        ReasonCode::TsaImprintMismatch => json::TSA_IMPRINT_MISMATCH,
        ReasonCode::TsaSignatureInvalid => json::TSA_SIGNATURE_INVALID,
        ReasonCode::TsaWeakHash => json::TSA_WEAK_HASH,
        ReasonCode::TsaCertExpired => json::TSA_CERT_EXPIRED,
        ReasonCode::TsaCertMissing => json::TSA_CERT_MISSING,
        ReasonCode::TsaUntrustedRoot => json::TSA_UNTRUSTED_ROOT,
        ReasonCode::TsaWrongKeyUsage => json::TSA_WRONG_KEY_USAGE,
        ReasonCode::BundleCorrupted => nexart::BUNDLE_CORRUPTED,
        ReasonCode::SchemaVersionUnsupported => nexart::SCHEMA_VERSION_UNSUPPORTED,
        ReasonCode::BundleHashMismatch => nexart::BUNDLE_HASH_MISMATCH,
        ReasonCode::InvalidSha256Format => nexart::INVALID_SHA256_FORMAT,
        ReasonCode::InputHashMismatch => nexart::INPUT_HASH_MISMATCH,
        ReasonCode::OutputHashMismatch => nexart::OUTPUT_HASH_MISMATCH,
        ReasonCode::ProjectHashMismatch => nexart::PROJECT_HASH_MISMATCH,
        ReasonCode::ProjectStepsInconsistent => nexart::PROJECT_STEPS_INCONSISTENT,
        ReasonCode::ProjectStepMissing => nexart::PROJECT_STEP_MISSING,
        ReasonCode::ProjectStepUnlisted => nexart::PROJECT_STEP_UNLISTED,
        ReasonCode::ProjectStepFailed => nexart::PROJECT_STEP_FAILED,
        ReasonCode::ProjectStepHashMismatch => nexart::PROJECT_STEP_HASH_MISMATCH,
        ReasonCode::ProjectStepIdMismatch => nexart::PROJECT_STEP_ID_MISMATCH,
        ReasonCode::NodeSignatureInvalid => nexart::NODE_SIGNATURE_INVALID,
        ReasonCode::NodeSignatureMissing => nexart::NODE_SIGNATURE_MISSING,
        ReasonCode::NodeKeyUnavailable => nexart::NODE_KEY_UNAVAILABLE,
        ReasonCode::NodeKeyNotFound => nexart::NODE_KEY_NOT_FOUND,
        ReasonCode::NodeKeyAmbiguous => nexart::NODE_KEY_AMBIGUOUS,
        ReasonCode::NodeKeyMalformed => nexart::NODE_KEY_MALFORMED,
        ReasonCode::NodeKeyRevoked => nexart::NODE_KEY_REVOKED,
        ReasonCode::NodeKeyOutsideValidity => nexart::NODE_KEY_OUTSIDE_VALIDITY,
        ReasonCode::NodeIdMismatch => nexart::NODE_ID_MISMATCH,
        ReasonCode::KidMismatch => nexart::KID_MISMATCH,
        ReasonCode::ReceiptHashMismatch => nexart::RECEIPT_HASH_MISMATCH,
        ReasonCode::ReceiptFormatUnsupported => nexart::RECEIPT_FORMAT_UNSUPPORTED,
        ReasonCode::ProtocolVersionMismatch => nexart::PROTOCOL_VERSION_MISMATCH,
        ReasonCode::EnvelopeSignatureInvalid => nexart::ENVELOPE_SIGNATURE_INVALID,
        ReasonCode::EnvelopeMalformed => nexart::ENVELOPE_MALFORMED,
        ReasonCode::EnvelopeReceiptMismatch => nexart::ENVELOPE_RECEIPT_MISMATCH,
        ReasonCode::RecordNotFound => nexart::RECORD_NOT_FOUND,
        ReasonCode::ProtocolVersionDefaulted => notes::PROTOCOL_VERSION_DEFAULTED,
        ReasonCode::ContextNotProtected => notes::CONTEXT_NOT_PROTECTED,
        ReasonCode::LegacyHashScope => notes::LEGACY_HASH_SCOPE,
        ReasonCode::RedactedContent => notes::REDACTED_CONTENT,
        ReasonCode::RedactedReseal => notes::REDACTED_RESEAL,
        ReasonCode::ConfidentialFields => notes::CONFIDENTIAL_FIELDS,
        ReasonCode::HashOnly => notes::HASH_ONLY,
        ReasonCode::LegacyStamp => notes::LEGACY_STAMP,
        ReasonCode::KeySelfAsserted => notes::KEY_SELF_ASSERTED,
        ReasonCode::KeyValidFromAfterSigning => notes::KEY_VALID_FROM_AFTER_SIGNING,
        ReasonCode::EnvelopeV1Limited => notes::ENVELOPE_V1_LIMITED,
        ReasonCode::EnvelopeNotReconstructible => notes::ENVELOPE_NOT_RECONSTRUCTIBLE,
        ReasonCode::EnvelopeOnly => notes::ENVELOPE_ONLY,
        ReasonCode::ReceiptCopiesDiffer => notes::RECEIPT_COPIES_DIFFER,
        ReasonCode::StepChainBroken => notes::STEP_CHAIN_BROKEN,
        ReasonCode::ManifestAbsent => findings::MANIFEST_ABSENT,
        ReasonCode::ManifestMultiple => findings::MANIFEST_MULTIPLE,
        ReasonCode::ManifestCountMismatch => findings::MANIFEST_COUNT_MISMATCH,
        ReasonCode::ManifestRecordMissing => findings::MANIFEST_RECORD_MISSING,
        ReasonCode::ManifestRecordUnlisted => findings::MANIFEST_RECORD_UNLISTED,
        ReasonCode::ManifestExecutionIdMismatch => findings::MANIFEST_EXECUTION_ID_MISMATCH,
        ReasonCode::DuplicateRecord => findings::DUPLICATE_RECORD,
        ReasonCode::SnapshotContradicted => findings::SNAPSHOT_CONTRADICTED,
        ReasonCode::ReceiptWithoutRecord => findings::RECEIPT_WITHOUT_RECORD,
        ReasonCode::KeyConflictsWithPinned => findings::KEY_CONFLICTS_WITH_PINNED,
        ReasonCode::UnrecognisedFile => findings::UNRECOGNISED_FILE,
        ReasonCode::DuplicateEntry => findings::DUPLICATE_ENTRY,
        ReasonCode::StepParentMissing => findings::STEP_PARENT_MISSING,
        ReasonCode::ClaimedTwice => findings::CLAIMED_TWICE,
        ReasonCode::TimestampTokenNotChecked => findings::TIMESTAMP_TOKEN_NOT_CHECKED,
        ReasonCode::ReportContradicted => findings::REPORT_CONTRADICTED,
        ReasonCode::InvalidUtf8 => invoance::INVALID_UTF8,
        ReasonCode::ParseError => invoance::PARSE_ERROR,
        ReasonCode::DuplicateKey => invoance::DUPLICATE_KEY,
        ReasonCode::NotAnEvent => invoance::NOT_AN_EVENT,
        ReasonCode::UnsupportedSchema => invoance::UNSUPPORTED_SCHEMA,
        ReasonCode::CanonicalizationFailed => invoance::CANONICALIZATION_FAILED,
        ReasonCode::PayloadHashMismatch => invoance::PAYLOAD_HASH_MISMATCH,
        ReasonCode::NoPublicKey => invoance::NO_PUBLIC_KEY,
        ReasonCode::NoSignature => invoance::NO_SIGNATURE,
        ReasonCode::SignatureInvalid => invoance::SIGNATURE_INVALID,
        ReasonCode::KeyMismatch => invoance::KEY_MISMATCH,
        ReasonCode::NoPayloadHash => invoance::NO_PAYLOAD_HASH,
        ReasonCode::EmbeddedKeyDiffers => invoance::EMBEDDED_KEY_DIFFERS,
        ReasonCode::NoEmbeddedKey => invoance::NO_EMBEDDED_KEY,
        ReasonCode::IdConflict => invoance::ID_CONFLICT,
        ReasonCode::UnsignedFields => invoance::UNSIGNED_FIELDS,
        ReasonCode::MetadataNotScalar => invoance::METADATA_NOT_SCALAR,
        ReasonCode::MetadataLimits => invoance::METADATA_LIMITS,
        ReasonCode::ActorShape => invoance::ACTOR_SHAPE,
        ReasonCode::TargetShape => invoance::TARGET_SHAPE,
        ReasonCode::TargetsNotArray => invoance::TARGETS_NOT_ARRAY,
        ReasonCode::SeqNotPositiveInteger => invoance::SEQ_NOT_POSITIVE_INTEGER,
        ReasonCode::Utf8Bom => invoance::UTF8_BOM,
        ReasonCode::Crlf => invoance::CRLF,
        ReasonCode::BlankLines => invoance::BLANK_LINES,
        ReasonCode::TruncatedLastLine => invoance::TRUNCATED_LAST_LINE,
        ReasonCode::MorePagesExist => invoance::MORE_PAGES_EXIST,
        ReasonCode::UnsupportedEncoding => invoance::UNSUPPORTED_ENCODING,
        ReasonCode::EmptyFile => invoance::EMPTY_FILE,
        ReasonCode::CsvNotVerifiable => invoance::CSV_NOT_VERIFIABLE,
        ReasonCode::BadKeyDocument => invoance::BAD_KEY_DOCUMENT,
        ReasonCode::MixedKeys => invoance::MIXED_KEYS,
        ReasonCode::DuplicateKeyInWrapper => invoance::DUPLICATE_KEY_IN_WRAPPER,
        ReasonCode::StatementForAbsentOrg => invoance::STATEMENT_FOR_ABSENT_ORG,
        ReasonCode::ServerVerdictDisagrees => invoance::SERVER_VERDICT_DISAGREES,
        ReasonCode::ExportCapReached => invoance::EXPORT_CAP_REACHED,
        ReasonCode::IngestedAtRunsBackwards => invoance::INGESTED_AT_RUNS_BACKWARDS,
        ReasonCode::OccurredAfterIngested => invoance::OCCURRED_AFTER_INGESTED,
        ReasonCode::Conflict => invoance::CONFLICT,
        ReasonCode::NotEvaluableFiltered => invoance::NOT_EVALUABLE_FILTERED,
        ReasonCode::FileCut => invoance::FILE_CUT,
        ReasonCode::TailMissing => invoance::TAIL_MISSING,
        ReasonCode::PartialPages => invoance::PARTIAL_PAGES,
        ReasonCode::Gaps => invoance::GAPS,
        ReasonCode::GapsInTimeRange => invoance::GAPS_IN_TIME_RANGE,
        ReasonCode::GapsUnexplained => invoance::GAPS_UNEXPLAINED,
        ReasonCode::UnverifiedInSequence => invoance::UNVERIFIED_IN_SEQUENCE,
        ReasonCode::CompleteToStatement => invoance::COMPLETE_TO_STATEMENT,
        ReasonCode::StatementDisagrees => invoance::STATEMENT_DISAGREES,
        ReasonCode::StatementOlderThanFile => invoance::STATEMENT_OLDER_THAN_FILE,
        ReasonCode::ContiguousFrom1 => invoance::CONTIGUOUS_FROM_1,
        ReasonCode::ContiguousRange => invoance::CONTIGUOUS_RANGE,
        ReasonCode::TailNotProvable => invoance::TAIL_NOT_PROVABLE,
        ReasonCode::HeadStatementUnsigned => invoance::HEAD_STATEMENT_UNSIGNED,
        ReasonCode::UnsupportedStatementVersion => invoance::UNSUPPORTED_STATEMENT_VERSION,
        ReasonCode::DisplayedFieldDiffers => invoance::DISPLAYED_FIELD_DIFFERS,
        ReasonCode::ContentHashMismatch => invoance::CONTENT_HASH_MISMATCH,
        ReasonCode::ArtifactRefDigestMismatch => keel::ARTIFACT_REF_DIGEST_MISMATCH,
        ReasonCode::BindingKeyAmbiguous => keel::BINDING_KEY_AMBIGUOUS,
        ReasonCode::BracketDiscontinuity => keel::BRACKET_DISCONTINUITY,
        ReasonCode::BundleContentHashMismatch => keel::BUNDLE_CONTENT_HASH_MISMATCH,
        ReasonCode::BundleSignatureInvalid => keel::BUNDLE_SIGNATURE_INVALID,
        ReasonCode::ChainEntriesMissing => keel::CHAIN_ENTRIES_MISSING,
        ReasonCode::ChainIntegrityErrorDisclosed => keel::CHAIN_INTEGRITY_ERROR_DISCLOSED,
        ReasonCode::CheckpointChainHeadsInvalid => keel::CHECKPOINT_CHAIN_HEADS_INVALID,
        ReasonCode::CheckpointCompositeHashMismatch => keel::CHECKPOINT_COMPOSITE_HASH_MISMATCH,
        ReasonCode::CheckpointCompositeHashMissing => keel::CHECKPOINT_COMPOSITE_HASH_MISSING,
        ReasonCode::CheckpointEmpty => keel::CHECKPOINT_EMPTY,
        ReasonCode::CheckpointSignatureMissing => keel::CHECKPOINT_SIGNATURE_MISSING,
        ReasonCode::CheckpointTsaChainInvalid => keel::CHECKPOINT_TSA_CHAIN_INVALID,
        ReasonCode::CheckpointTsaChainNotValidated => keel::CHECKPOINT_TSA_CHAIN_NOT_VALIDATED,
        ReasonCode::CheckpointTsaImprintMismatch => keel::CHECKPOINT_TSA_IMPRINT_MISMATCH,
        ReasonCode::ClosureDispatchDigestAbsent => keel::CLOSURE_DISPATCH_DIGEST_ABSENT,
        ReasonCode::ClosureMissingDeclared => keel::CLOSURE_MISSING_DECLARED,
        ReasonCode::ClosureNotInThisShape => keel::CLOSURE_NOT_IN_THIS_SHAPE,
        ReasonCode::ClosureNoChainEntries => keel::CLOSURE_NO_CHAIN_ENTRIES,
        ReasonCode::ClosureNoEvaluableSubjects => keel::CLOSURE_NO_EVALUABLE_SUBJECTS,
        ReasonCode::ClosureOrphan => keel::CLOSURE_ORPHAN,
        ReasonCode::ClosureStatusUnknown => keel::CLOSURE_STATUS_UNKNOWN,
        ReasonCode::ClosureUnsignedField => keel::CLOSURE_UNSIGNED_FIELD,
        ReasonCode::CompressedFlagMismatch => keel::COMPRESSED_FLAG_MISMATCH,
        ReasonCode::DuplicateJsonKey => keel::DUPLICATE_JSON_KEY,
        ReasonCode::EvidenceBundleV2ProfileUnadjudicated => keel::EVIDENCE_BUNDLE_V2_PROFILE_UNADJUDICATED,
        ReasonCode::ExportManifestAbsent => keel::EXPORT_MANIFEST_ABSENT,
        ReasonCode::ExportPayloadAbsent => keel::EXPORT_PAYLOAD_ABSENT,
        ReasonCode::ExportScopeIdentityIncomplete => keel::EXPORT_SCOPE_IDENTITY_INCOMPLETE,
        ReasonCode::ExportScopeIdentityUnverifiable => keel::EXPORT_SCOPE_IDENTITY_UNVERIFIABLE,
        ReasonCode::ExportScopeProjectIdMismatch => keel::EXPORT_SCOPE_PROJECT_ID_MISMATCH,
        ReasonCode::ExportScopeRecordCountMismatch => keel::EXPORT_SCOPE_RECORD_COUNT_MISMATCH,
        ReasonCode::ExportStructureInvalid => keel::EXPORT_STRUCTURE_INVALID,
        ReasonCode::ExportTypeShapeMismatch => keel::EXPORT_TYPE_SHAPE_MISMATCH,
        ReasonCode::GenesisNotRecognised => keel::GENESIS_NOT_RECOGNISED,
        ReasonCode::IncidentManifestSchemaInvalid => keel::INCIDENT_MANIFEST_SCHEMA_INVALID,
        ReasonCode::IncidentUnknownManifestVersion => keel::INCIDENT_UNKNOWN_MANIFEST_VERSION,
        ReasonCode::KeyExpiredAtSigningTime => keel::KEY_EXPIRED_AT_SIGNING_TIME,
        ReasonCode::LoneSurrogate => keel::LONE_SURROGATE,
        ReasonCode::ManifestFieldsMissing => keel::MANIFEST_FIELDS_MISSING,
        ReasonCode::ManifestJsonInvalid => keel::MANIFEST_JSON_INVALID,
        ReasonCode::ManifestPublicKeyMismatch => keel::MANIFEST_PUBLIC_KEY_MISMATCH,
        ReasonCode::ManifestSignatureMissing => keel::MANIFEST_SIGNATURE_MISSING,
        ReasonCode::NonUtcTimestamp => keel::NON_UTC_TIMESTAMP,
        ReasonCode::PayloadNotInRecordHash => keel::PAYLOAD_NOT_IN_RECORD_HASH,
        ReasonCode::PayloadUnreadable => keel::PAYLOAD_UNREADABLE,
        ReasonCode::ScopeNameSeparator => keel::SCOPE_NAME_SEPARATOR,
        ReasonCode::SelfAssertedKey => keel::SELF_ASSERTED_KEY,
        ReasonCode::SeparatorInHashedField => keel::SEPARATOR_IN_HASHED_FIELD,
        ReasonCode::SequenceGap => keel::SEQUENCE_GAP,
        ReasonCode::SignatureEncoding => keel::SIGNATURE_ENCODING,
        ReasonCode::SignaturePrefixMissing => keel::SIGNATURE_PREFIX_MISSING,
        ReasonCode::SignatureVerificationFailed => keel::SIGNATURE_VERIFICATION_FAILED,
        ReasonCode::SigningKeyRevoked => keel::SIGNING_KEY_REVOKED,
        ReasonCode::StrayInnerManifest => keel::STRAY_INNER_MANIFEST,
        ReasonCode::TrustRootUnresolvable => keel::TRUST_ROOT_UNRESOLVABLE,
        ReasonCode::UnsignedFieldNotAttested => keel::UNSIGNED_FIELD_NOT_ATTESTED,
        ReasonCode::UnsupportedSchemaVersion => keel::UNSUPPORTED_SCHEMA_VERSION,
        ReasonCode::VerificationFailed => keel::VERIFICATION_FAILED,
        ReasonCode::WalkClosureDigestMismatch => keel::WALK_CLOSURE_DIGEST_MISMATCH,
        ReasonCode::WalkClosureDigestMissing => keel::WALK_CLOSURE_DIGEST_MISSING,
        ReasonCode::WalkClosureDispatchDigestMismatch => keel::WALK_CLOSURE_DISPATCH_DIGEST_MISMATCH,
        ReasonCode::WalkClosureSignatureInvalid => keel::WALK_CLOSURE_SIGNATURE_INVALID,
        ReasonCode::WalkNoChainEntries => keel::WALK_NO_CHAIN_ENTRIES,
        ReasonCode::WalkNoEvaluableSubjects => keel::WALK_NO_EVALUABLE_SUBJECTS,
        ReasonCode::WalkPrevHashDiscontinuity => keel::WALK_PREV_HASH_DISCONTINUITY,
        ReasonCode::WalkRecordHashMismatch => keel::WALK_RECORD_HASH_MISMATCH,
        ReasonCode::WalkSequenceInversion => keel::WALK_SEQUENCE_INVERSION,
        ReasonCode::WalkUnknownChainFormat => keel::WALK_UNKNOWN_CHAIN_FORMAT,
        ReasonCode::WalkUnknownClosureFormat => keel::WALK_UNKNOWN_CLOSURE_FORMAT,
        ReasonCode::WorkflowAmendmentOrderInvalid => keel::WORKFLOW_AMENDMENT_ORDER_INVALID,
        ReasonCode::WorkflowEffectiveIntentHashMismatch => keel::WORKFLOW_EFFECTIVE_INTENT_HASH_MISMATCH,
        ReasonCode::WorkflowEvidenceSchemaInvalid => keel::WORKFLOW_EVIDENCE_SCHEMA_INVALID,
        ReasonCode::WorkflowSignatureInvalid => keel::WORKFLOW_SIGNATURE_INVALID,
        ReasonCode::ZipDuplicateMember => keel::ZIP_DUPLICATE_MEMBER,
        ReasonCode::ZipUnsafePath => keel::ZIP_UNSAFE_PATH,
    }
}

/// What happened to an item that was not read, what to do, and the code.
#[must_use]
pub fn refusal(code: ReasonCode, subject: &str) -> String {
    format!("{} ({code})", refused(code, subject))
}

/// The same where the code stands beside it.
#[must_use]
pub fn refused(code: ReasonCode, subject: &str) -> String {
    let words = reason(code);
    format!("{subject}: {} {}", words.found, words.next)
}
