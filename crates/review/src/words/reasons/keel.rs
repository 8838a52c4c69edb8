//! Keel codes (`specs/keel.md`).

use super::{ReasonWords, open};

pub(super) const ARTIFACT_REF_DIGEST_MISMATCH: ReasonWords = open(
    "Artifact ref digest mismatch.",
    "Artifact ref digest mismatch.",
    "Artifact ref digest mismatch.",
    "Ask the sender.",
);

pub(super) const BINDING_KEY_AMBIGUOUS: ReasonWords = open(
    "Binding key ambiguous.",
    "Binding key ambiguous.",
    "Binding key ambiguous.",
    "Ask the sender.",
);

pub(super) const BRACKET_DISCONTINUITY: ReasonWords = open(
    "Bracket discontinuity.",
    "Bracket discontinuity.",
    "Bracket discontinuity.",
    "Ask the sender.",
);

pub(super) const BUNDLE_CONTENT_HASH_MISMATCH: ReasonWords = open(
    "Bundle content hash mismatch.",
    "Bundle content hash mismatch.",
    "Bundle content hash mismatch.",
    "Ask the sender.",
);

pub(super) const BUNDLE_SIGNATURE_INVALID: ReasonWords = open(
    "Bundle signature invalid.",
    "Bundle signature invalid.",
    "Bundle signature invalid.",
    "Ask the sender.",
);

pub(super) const CHAIN_ENTRIES_MISSING: ReasonWords = open(
    "Chain entries missing.",
    "Chain entries missing.",
    "Chain entries missing.",
    "Ask the sender.",
);

pub(super) const CHAIN_INTEGRITY_ERROR_DISCLOSED: ReasonWords = open(
    "Chain integrity error disclosed.",
    "Chain integrity error disclosed.",
    "Chain integrity error disclosed.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_CHAIN_HEADS_INVALID: ReasonWords = open(
    "Checkpoint chain heads invalid.",
    "Checkpoint chain heads invalid.",
    "Checkpoint chain heads invalid.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_COMPOSITE_HASH_MISMATCH: ReasonWords = open(
    "Checkpoint composite hash mismatch.",
    "Checkpoint composite hash mismatch.",
    "Checkpoint composite hash mismatch.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_COMPOSITE_HASH_MISSING: ReasonWords = open(
    "Checkpoint composite hash missing.",
    "Checkpoint composite hash missing.",
    "Checkpoint composite hash missing.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_EMPTY: ReasonWords = open(
    "Checkpoint empty.",
    "Checkpoint empty.",
    "Checkpoint empty.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_SIGNATURE_MISSING: ReasonWords = open(
    "Checkpoint signature missing.",
    "Checkpoint signature missing.",
    "Checkpoint signature missing.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_TSA_CHAIN_INVALID: ReasonWords = open(
    "Checkpoint tsa chain invalid.",
    "Checkpoint tsa chain invalid.",
    "Checkpoint tsa chain invalid.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_TSA_CHAIN_NOT_VALIDATED: ReasonWords = open(
    "Checkpoint tsa chain not validated.",
    "Checkpoint tsa chain not validated.",
    "Checkpoint tsa chain not validated.",
    "Ask the sender.",
);

pub(super) const CHECKPOINT_TSA_IMPRINT_MISMATCH: ReasonWords = open(
    "Checkpoint tsa imprint mismatch.",
    "Checkpoint tsa imprint mismatch.",
    "Checkpoint tsa imprint mismatch.",
    "Ask the sender.",
);

pub(super) const CLOSURE_DISPATCH_DIGEST_ABSENT: ReasonWords = open(
    "Closure dispatch digest absent.",
    "Closure dispatch digest absent.",
    "Closure dispatch digest absent.",
    "Ask the sender.",
);

pub(super) const CLOSURE_MISSING_DECLARED: ReasonWords = open(
    "Closure missing declared.",
    "Closure missing declared.",
    "Closure missing declared.",
    "Ask the sender.",
);

pub(super) const CLOSURE_NOT_IN_THIS_SHAPE: ReasonWords = open(
    "Closure not in this shape.",
    "Closure not in this shape.",
    "Closure not in this shape.",
    "Ask the sender.",
);

pub(super) const CLOSURE_NO_CHAIN_ENTRIES: ReasonWords = open(
    "Closure no chain entries.",
    "Closure no chain entries.",
    "Closure no chain entries.",
    "Ask the sender.",
);

pub(super) const CLOSURE_NO_EVALUABLE_SUBJECTS: ReasonWords = open(
    "Closure no evaluable subjects.",
    "Closure no evaluable subjects.",
    "Closure no evaluable subjects.",
    "Ask the sender.",
);

pub(super) const CLOSURE_ORPHAN: ReasonWords = open(
    "Closure orphan.",
    "Closure orphan.",
    "Closure orphan.",
    "Ask the sender.",
);

pub(super) const CLOSURE_STATUS_UNKNOWN: ReasonWords = open(
    "Closure status unknown.",
    "Closure status unknown.",
    "Closure status unknown.",
    "Ask the sender.",
);

pub(super) const CLOSURE_UNSIGNED_FIELD: ReasonWords = open(
    "Closure unsigned field.",
    "Closure unsigned field.",
    "Closure unsigned field.",
    "Ask the sender.",
);

pub(super) const COMPRESSED_FLAG_MISMATCH: ReasonWords = open(
    "Compressed flag mismatch.",
    "Compressed flag mismatch.",
    "Compressed flag mismatch.",
    "Ask the sender.",
);

pub(super) const DUPLICATE_JSON_KEY: ReasonWords = open(
    "Duplicate json key.",
    "Duplicate json key.",
    "Duplicate json key.",
    "Ask the sender.",
);

pub(super) const EVIDENCE_BUNDLE_V2_PROFILE_UNADJUDICATED: ReasonWords = open(
    "Evidence bundle v2 profile unadjudicated.",
    "Evidence bundle v2 profile unadjudicated.",
    "Evidence bundle v2 profile unadjudicated.",
    "Ask the sender.",
);

pub(super) const EXPORT_MANIFEST_ABSENT: ReasonWords = open(
    "This export came without its manifest, so nothing about it is signed.",
    "The file has the form of a Keel export, and no manifest among the files states its hash.",
    "Its content is shown as it stands. Nothing says who made it or whether it was changed.",
    "Ask the sender for the manifest that was downloaded with this export, and open both together.",
)
.missing("The export's manifest");

pub(super) const EXPORT_PAYLOAD_ABSENT: ReasonWords = open(
    "This manifest came without the export that it describes.",
    "No file among those opened has the hash that the manifest states, and none could be meant by its name.",
    "Only the manifest was checked. Nothing can be said about the export's content.",
    "Ask the sender for the export file that belongs to this manifest, and open both together.",
)
.missing("The export file");

pub(super) const EXPORT_SCOPE_IDENTITY_INCOMPLETE: ReasonWords = open(
    "Export scope identity incomplete.",
    "Export scope identity incomplete.",
    "Export scope identity incomplete.",
    "Ask the sender.",
);

pub(super) const EXPORT_SCOPE_IDENTITY_UNVERIFIABLE: ReasonWords = open(
    "Export scope identity unverifiable.",
    "Export scope identity unverifiable.",
    "Export scope identity unverifiable.",
    "Ask the sender.",
);

pub(super) const EXPORT_SCOPE_PROJECT_ID_MISMATCH: ReasonWords = open(
    "Export scope project id mismatch.",
    "Export scope project id mismatch.",
    "Export scope project id mismatch.",
    "Ask the sender.",
);

pub(super) const EXPORT_SCOPE_RECORD_COUNT_MISMATCH: ReasonWords = open(
    "Export scope record count mismatch.",
    "Export scope record count mismatch.",
    "Export scope record count mismatch.",
    "Ask the sender.",
);

pub(super) const EXPORT_STRUCTURE_INVALID: ReasonWords = open(
    "Export structure invalid.",
    "Export structure invalid.",
    "Export structure invalid.",
    "Ask the sender.",
);

pub(super) const EXPORT_TYPE_SHAPE_MISMATCH: ReasonWords = open(
    "Export type shape mismatch.",
    "Export type shape mismatch.",
    "Export type shape mismatch.",
    "Ask the sender.",
);

pub(super) const GENESIS_NOT_RECOGNISED: ReasonWords = open(
    "Genesis not recognised.",
    "Genesis not recognised.",
    "Genesis not recognised.",
    "Ask the sender.",
);

pub(super) const INCIDENT_MANIFEST_SCHEMA_INVALID: ReasonWords = open(
    "Incident manifest schema invalid.",
    "Incident manifest schema invalid.",
    "Incident manifest schema invalid.",
    "Ask the sender.",
);

pub(super) const INCIDENT_UNKNOWN_MANIFEST_VERSION: ReasonWords = open(
    "Incident unknown manifest version.",
    "Incident unknown manifest version.",
    "Incident unknown manifest version.",
    "Ask the sender.",
);

pub(super) const KEY_EXPIRED_AT_SIGNING_TIME: ReasonWords = open(
    "Key expired at signing time.",
    "Key expired at signing time.",
    "Key expired at signing time.",
    "Ask the sender.",
);

pub(super) const LONE_SURROGATE: ReasonWords = open(
    "Lone surrogate.",
    "Lone surrogate.",
    "Lone surrogate.",
    "Ask the sender.",
);

pub(super) const MANIFEST_FIELDS_MISSING: ReasonWords = open(
    "Manifest fields missing.",
    "Manifest fields missing.",
    "Manifest fields missing.",
    "Ask the sender.",
);

pub(super) const MANIFEST_JSON_INVALID: ReasonWords = open(
    "Manifest json invalid.",
    "Manifest json invalid.",
    "Manifest json invalid.",
    "Ask the sender.",
);

pub(super) const MANIFEST_PUBLIC_KEY_MISMATCH: ReasonWords = open(
    "Manifest public key mismatch.",
    "Manifest public key mismatch.",
    "Manifest public key mismatch.",
    "Ask the sender.",
);

pub(super) const MANIFEST_SIGNATURE_MISSING: ReasonWords = open(
    "Manifest signature missing.",
    "Manifest signature missing.",
    "Manifest signature missing.",
    "Ask the sender.",
);

pub(super) const NON_UTC_TIMESTAMP: ReasonWords = open(
    "Non utc timestamp.",
    "Non utc timestamp.",
    "Non utc timestamp.",
    "Ask the sender.",
);

pub(super) const PAYLOAD_NOT_IN_RECORD_HASH: ReasonWords = open(
    "Payload not in record hash.",
    "Payload not in record hash.",
    "Payload not in record hash.",
    "Ask the sender.",
);

pub(super) const PAYLOAD_UNREADABLE: ReasonWords = open(
    "Payload unreadable.",
    "Payload unreadable.",
    "Payload unreadable.",
    "Ask the sender.",
);

pub(super) const SCOPE_NAME_SEPARATOR: ReasonWords = open(
    "Scope name separator.",
    "Scope name separator.",
    "Scope name separator.",
    "Ask the sender.",
);

pub(super) const SELF_ASSERTED_KEY: ReasonWords = open(
    "Self asserted key.",
    "Self asserted key.",
    "Self asserted key.",
    "Ask the sender.",
);

pub(super) const SEPARATOR_IN_HASHED_FIELD: ReasonWords = open(
    "Separator in hashed field.",
    "Separator in hashed field.",
    "Separator in hashed field.",
    "Ask the sender.",
);

pub(super) const SEQUENCE_GAP: ReasonWords = open("Sequence gap.", "Sequence gap.", "Sequence gap.", "Ask the sender.");

pub(super) const SIGNATURE_ENCODING: ReasonWords = open(
    "Signature encoding.",
    "Signature encoding.",
    "Signature encoding.",
    "Ask the sender.",
);

pub(super) const SIGNATURE_PREFIX_MISSING: ReasonWords = open(
    "Signature prefix missing.",
    "Signature prefix missing.",
    "Signature prefix missing.",
    "Ask the sender.",
);

pub(super) const SIGNATURE_VERIFICATION_FAILED: ReasonWords = open(
    "Signature verification failed.",
    "Signature verification failed.",
    "Signature verification failed.",
    "Ask the sender.",
);

pub(super) const SIGNING_KEY_REVOKED: ReasonWords = open(
    "Signing key revoked.",
    "Signing key revoked.",
    "Signing key revoked.",
    "Ask the sender.",
);

pub(super) const STRAY_INNER_MANIFEST: ReasonWords = open(
    "Stray inner manifest.",
    "Stray inner manifest.",
    "Stray inner manifest.",
    "Ask the sender.",
);

pub(super) const TRUST_ROOT_UNRESOLVABLE: ReasonWords = open(
    "Trust root unresolvable.",
    "Trust root unresolvable.",
    "Trust root unresolvable.",
    "Ask the sender.",
);

pub(super) const UNSIGNED_FIELD_NOT_ATTESTED: ReasonWords = open(
    "Unsigned field not attested.",
    "Unsigned field not attested.",
    "Unsigned field not attested.",
    "Ask the sender.",
);

pub(super) const UNSUPPORTED_SCHEMA_VERSION: ReasonWords = open(
    "Unsupported schema version.",
    "Unsupported schema version.",
    "Unsupported schema version.",
    "Ask the sender.",
);

pub(super) const VERIFICATION_FAILED: ReasonWords = open(
    "Verification failed.",
    "Verification failed.",
    "Verification failed.",
    "Ask the sender.",
);

pub(super) const WALK_CLOSURE_DIGEST_MISMATCH: ReasonWords = open(
    "Walk closure digest mismatch.",
    "Walk closure digest mismatch.",
    "Walk closure digest mismatch.",
    "Ask the sender.",
);

pub(super) const WALK_CLOSURE_DIGEST_MISSING: ReasonWords = open(
    "Walk closure digest missing.",
    "Walk closure digest missing.",
    "Walk closure digest missing.",
    "Ask the sender.",
);

pub(super) const WALK_CLOSURE_DISPATCH_DIGEST_MISMATCH: ReasonWords = open(
    "Walk closure dispatch digest mismatch.",
    "Walk closure dispatch digest mismatch.",
    "Walk closure dispatch digest mismatch.",
    "Ask the sender.",
);

pub(super) const WALK_CLOSURE_SIGNATURE_INVALID: ReasonWords = open(
    "Walk closure signature invalid.",
    "Walk closure signature invalid.",
    "Walk closure signature invalid.",
    "Ask the sender.",
);

pub(super) const WALK_NO_CHAIN_ENTRIES: ReasonWords = open(
    "Walk no chain entries.",
    "Walk no chain entries.",
    "Walk no chain entries.",
    "Ask the sender.",
);

pub(super) const WALK_NO_EVALUABLE_SUBJECTS: ReasonWords = open(
    "Walk no evaluable subjects.",
    "Walk no evaluable subjects.",
    "Walk no evaluable subjects.",
    "Ask the sender.",
);

pub(super) const WALK_PREV_HASH_DISCONTINUITY: ReasonWords = open(
    "Walk prev hash discontinuity.",
    "Walk prev hash discontinuity.",
    "Walk prev hash discontinuity.",
    "Ask the sender.",
);

pub(super) const WALK_RECORD_HASH_MISMATCH: ReasonWords = open(
    "Walk record hash mismatch.",
    "Walk record hash mismatch.",
    "Walk record hash mismatch.",
    "Ask the sender.",
);

pub(super) const WALK_SEQUENCE_INVERSION: ReasonWords = open(
    "Walk sequence inversion.",
    "Walk sequence inversion.",
    "Walk sequence inversion.",
    "Ask the sender.",
);

pub(super) const WALK_UNKNOWN_CHAIN_FORMAT: ReasonWords = open(
    "Walk unknown chain format.",
    "Walk unknown chain format.",
    "Walk unknown chain format.",
    "Ask the sender.",
);

pub(super) const WALK_UNKNOWN_CLOSURE_FORMAT: ReasonWords = open(
    "Walk unknown closure format.",
    "Walk unknown closure format.",
    "Walk unknown closure format.",
    "Ask the sender.",
);

pub(super) const WORKFLOW_AMENDMENT_ORDER_INVALID: ReasonWords = open(
    "Workflow amendment order invalid.",
    "Workflow amendment order invalid.",
    "Workflow amendment order invalid.",
    "Ask the sender.",
);

pub(super) const WORKFLOW_EFFECTIVE_INTENT_HASH_MISMATCH: ReasonWords = open(
    "Workflow effective intent hash mismatch.",
    "Workflow effective intent hash mismatch.",
    "Workflow effective intent hash mismatch.",
    "Ask the sender.",
);

pub(super) const WORKFLOW_EVIDENCE_SCHEMA_INVALID: ReasonWords = open(
    "Workflow evidence schema invalid.",
    "Workflow evidence schema invalid.",
    "Workflow evidence schema invalid.",
    "Ask the sender.",
);

pub(super) const WORKFLOW_SIGNATURE_INVALID: ReasonWords = open(
    "Workflow signature invalid.",
    "Workflow signature invalid.",
    "Workflow signature invalid.",
    "Ask the sender.",
);

pub(super) const ZIP_DUPLICATE_MEMBER: ReasonWords = open(
    "Zip duplicate member.",
    "Zip duplicate member.",
    "Zip duplicate member.",
    "Ask the sender.",
);

pub(super) const ZIP_UNSAFE_PATH: ReasonWords = open(
    "Zip unsafe path.",
    "Zip unsafe path.",
    "Zip unsafe path.",
    "Ask the sender.",
);
