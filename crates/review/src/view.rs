//! What the page is shown: ready-made rows, sentences and spans. The page computes nothing from them.
//!
//! Each type here is exported to TypeScript (feature `bindings`); the field names there are the camel-case ones.

use serde::{Deserialize, Serialize};

/// Declares a type of the page: serialised in camel case, exported to TypeScript.
macro_rules! page_types {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident { $($body:tt)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase")]
            #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
            pub $kind $name { $($body)* }
        )*
    };
}

mod my_review;
mod note;
mod packs;
mod timeline;

pub use my_review::*;
pub use note::*;
pub use packs::*;
pub use timeline::*;

/// A number that the page shows; counts stay far below 2^53.
pub type Count = u64;

page_types! {
    /// The verdict, for icon, colour and place; its words come beside it.
    #[derive(Copy)]
    pub enum VerdictView {
        /// Every required check passed with a confirmed key.
        Verified,
        /// A mismatch is proven.
        Failed,
        /// Something needed is absent.
        Undecided,
        /// Readable, not a known kind.
        NotEvidence,
        /// Could not be read.
        Error,
    }

    /// How a check ended, for icon and colour.
    #[derive(Copy)]
    pub enum OutcomeView {
        /// Passed.
        Pass,
        /// Mismatch.
        Fail,
        /// Undecided.
        Undetermined,
        /// Not checked.
        Skipped,
    }

    /// A view of the result page.
    #[derive(Copy)]
    pub enum ViewName {
        /// The verdict page.
        Summary,
        /// All checks.
        Checks,
        /// All records.
        Records,
        /// The numbers of the records, and when their events happened.
        Timeline,
        /// Keys and nodes.
        Keys,
        /// Declared against found.
        Manifest,
        /// Every artifact.
        Files,
        /// The reviewer's own work.
        MyReview,
    }

    /// Where a link inside the result leads.
    pub struct Target {
        /// The view.
        pub view: ViewName,
        /// The check group to open there.
        pub check: Option<String>,
        /// The record to open there.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        pub record: Option<Count>,
        /// The key to select there.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        pub key: Option<Count>,
    }

    /// A label and its value, e.g. one line of a card.
    pub struct Fact {
        /// The tool's word for it.
        pub label: String,
        /// The value as text; control characters already made visible.
        pub value: String,
        /// Whether the value comes from the evidence (shown in mono).
        pub from_evidence: bool,
        /// For a time: the same in the time of this computer; empty otherwise.
        pub hint: String,
    }

    /// A stretch of text with one role, for comparisons, raw text and sources.
    pub struct Segment {
        /// The text.
        pub text: String,
        /// Its role.
        pub kind: SegmentKind,
    }

    /// Role of a stretch of text.
    #[derive(Copy)]
    pub enum SegmentKind {
        /// Nothing special.
        Plain,
        /// Covered by the seal.
        Covered,
        /// Not covered by the seal.
        NotCovered,
        /// The seal itself.
        Seal,
        /// Differs from what it is compared with.
        Differs,
        /// A control or direction character made visible.
        Control,
    }

    // ---- start ----

    /// The first screen.
    pub struct StartView {
        /// Program version.
        pub version: String,
        /// Rules version.
        pub rules: String,
        /// The reviewer's key book in one line.
        pub key_book: String,
        /// Recent reviews, newest first.
        pub recents: Vec<RecentView>,
        /// Whether recent reviews are kept.
        pub recents_kept: bool,
        /// The built-in samples.
        pub samples: Vec<SampleView>,
    }

    /// One recent review.
    pub struct RecentView {
        /// Handle for `open_recent`.
        pub index: u32,
        /// Pack name.
        pub name: String,
        /// Folder it lies in.
        pub place: String,
        /// What it came to then.
        pub verdict: VerdictView,
        /// The verdict's word.
        pub word: String,
        /// When, UTC.
        pub when: String,
        /// The same in the time of this computer.
        pub hint: String,
        /// Whether it is still there.
        pub present: bool,
    }

    /// One built-in sample.
    pub struct SampleView {
        /// `verified`, `failed` or `undecided`.
        pub id: String,
        /// Its name.
        pub name: String,
        /// One sentence.
        pub about: String,
        /// Which banner it teaches.
        pub verdict: VerdictView,
    }

    /// Packs and notes that arrived by dialog, drop, argument or second start (event `opened`).
    #[derive(Default)]
    pub struct OpenedView {
        /// One per pack.
        pub packs: Vec<OpenedPack>,
        /// One per review note that somebody hands over.
        pub notes: Vec<OpenedNote>,
    }

    /// One review note that arrived.
    pub struct OpenedNote {
        /// Handle for every later call.
        pub token: u32,
        /// File name.
        pub name: String,
    }

    /// One pack that arrived.
    pub struct OpenedPack {
        /// Handle for every later call; the page never sees a path.
        pub token: u32,
        /// File or folder name.
        pub name: String,
        /// `dialog`, `drop`, `argument`, `secondStart`, `sample`, `recent`.
        pub via: String,
    }

    /// Files held over the window (event `drag`); none when they left.
    pub struct DragView {
        /// How many items; 0 when they left again.
        pub items: u32,
        /// "Drop to check 2 items".
        pub text: String,
    }

    // ---- checking ----

    /// How far a run is; at most ten a second.
    pub struct ProgressView {
        /// "Step 2 of 2: checking records".
        pub step: String,
        /// "Record 4,120 of 100,000" or "Reading manifest.json".
        pub text: String,
        /// The item at hand.
        pub item: String,
        /// Records judged.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub records_done: Count,
        /// Records known so far.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub records_total: Count,
        /// Records by result so far: verified, with a mismatch, undecided.
        pub so_far: Vec<VerdictCount>,
        /// Thousandths done; absent while not known.
        pub permille: Option<u32>,
        /// Milliseconds since the start.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub elapsed: Count,
    }

    // ---- summary ----

    /// The result's first page.
    pub struct SummaryView {
        /// The pack's handle.
        pub token: u32,
        /// Pack name.
        pub name: String,
        /// "NexArt evidence pack, 3 records".
        pub about: String,
        /// Verdict, for icon and colour.
        pub verdict: VerdictView,
        /// "Problem found."
        pub word: String,
        /// The banner's sentence.
        pub sentence: String,
        /// "Checked against key book Audit desk (14 keys), rules 2026.11".
        pub checked_against: String,
        /// The one next step.
        pub next: Option<NextStep>,
        /// The same as one workpaper sentence.
        pub copy_sentence: String,
        /// Always three: Unchanged?, From whom?, Complete?
        pub tiles: Vec<TileView>,
        /// "2 of 3 records verified, 1 with a mismatch".
        pub records_line: String,
        /// All checks by outcome.
        pub counts: CountsView,
        /// "3 pieces of evidence, each with its own result"; empty where the pack is one.
        pub parts_title: String,
        /// The result of each piece of evidence, worst first; empty where the pack is one.
        pub parts: Vec<PartView>,
        /// "and 12 more"; empty when all are listed.
        pub parts_more: String,
        /// What needs attention: mismatches first, then what is undecided.
        pub points: PointsView,
        /// How to come to a verdict, when all that is missing is a confirmed key.
        pub finish: Option<FinishView>,
        /// What the export covers; for logs only.
        pub scope: Option<ScopeView>,
        /// Limits that were met and can be raised.
        pub raise: Option<RaiseView>,
        /// Reservations and findings that decide nothing.
        pub remarks: Vec<RemarkView>,
        /// What the evidence itself says (claims), neutral.
        pub says: Vec<Fact>,
        /// Signed exports: what each signature proves, beside what each manifest only claims.
        pub signed: Vec<SignedView>,
        /// Checkpoints and their time stamps.
        pub checkpoints: Vec<CheckpointView>,
        /// What the events say, in counts; none where they decide nothing.
        pub content: Option<ContentView>,
        /// What this shows.
        pub shows: Vec<String>,
        /// What this does not show.
        pub does_not_show: Vec<String>,
        /// The rail.
        pub rail: Vec<RailItem>,
        /// Footer and case file line.
        pub footer: FooterView,
        /// Whether the pack is a built-in sample.
        pub sample: bool,
    }

    /// One of several pieces of evidence in a pack.
    pub struct PartView {
        /// Its result.
        pub verdict: VerdictView,
        /// "Problem found"
        pub word: String,
        /// The path of its main file; what it is where it has none.
        pub name: String,
        /// "Keel signed export, 6 records".
        pub about: String,
        /// Why it came to that; empty where it is verified.
        pub why: String,
    }

    /// A signed export: what its signature proves, and what its manifest only claims.
    pub struct SignedView {
        /// Path of the manifest.
        pub path: String,
        /// What the two files are, in one sentence.
        pub sentence: String,
        /// "Proved by the signature".
        pub proved_title: String,
        /// What hash and signature establish; says so where they establish nothing.
        pub proved_note: String,
        /// The hash and the key.
        pub proved: Vec<Fact>,
        /// That the labels are not signed.
        pub claimed_note: String,
        /// The labels.
        pub claimed: Vec<Fact>,
        /// A problem with the chain that the issuer itself states; empty for none.
        pub chain_error: String,
    }

    /// A checkpoint: signed heads of chains, and the time stamps on them.
    pub struct CheckpointView {
        /// Its path.
        pub path: String,
        /// Its id and the time it states: claims.
        pub facts: Vec<Fact>,
        /// Its time stamps.
        pub stamps: Vec<StampView>,
        /// What to know where there is none.
        pub none: String,
    }

    /// A time stamp: the only time that somebody else vouches for.
    pub struct StampView {
        /// Icon.
        pub outcome: OutcomeView,
        /// "Existed at 2026-08-20 10:15:02 UTC."
        pub lead: String,
        /// Who says so, and what it comes to.
        pub text: String,
        /// Authority, root, serial number, revocation.
        pub facts: Vec<Fact>,
    }

    /// What the events of an export say, in counts that lead to their rows.
    pub struct ContentView {
        /// Counts by what they count.
        pub groups: Vec<ContentGroup>,
        /// Decisions over time; none where no time is stated.
        pub periods: Option<PeriodsView>,
    }

    /// Counts of one kind.
    pub struct ContentGroup {
        /// "Decisions and outcomes".
        pub title: String,
        /// The rows.
        pub rows: Vec<ContentRow>,
        /// What these counts can and cannot say; may be empty.
        pub note: String,
    }

    /// One count.
    pub struct ContentRow {
        /// What is counted.
        pub label: String,
        /// Whether that is a value of the evidence.
        pub from_evidence: bool,
        /// "12".
        pub count: String,
        /// The rows; none where there are none.
        pub link: Option<LinkedRows>,
    }

    /// Records that a count is made of: a filter of the table.
    pub struct LinkedRows {
        /// The filter's column.
        pub column: String,
        /// Its value.
        pub value: u32,
        /// Its words.
        pub label: String,
    }

    /// Decisions over time.
    pub struct PeriodsView {
        /// "by day, UTC, as claimed".
        pub caption: String,
        /// What the first column holds: "Day".
        pub unit: String,
        /// The decisions.
        pub heads: Vec<String>,
        /// The periods in which something was decided.
        pub rows: Vec<PeriodRow>,
    }

    /// One period.
    pub struct PeriodRow {
        /// When it begins.
        pub label: String,
        /// How many of each decision.
        pub counts: Vec<String>,
        /// The rows.
        pub link: LinkedRows,
    }

    /// The one next step of the banner.
    pub struct NextStep {
        /// Label of the button.
        pub label: String,
        /// Where it leads.
        pub target: Target,
    }

    /// One of the three questions.
    pub struct TileView {
        /// "Unchanged?"
        pub question: String,
        /// Icon and colour.
        pub outcome: OutcomeView,
        /// Lead word or sentence.
        pub lead: String,
        /// Up to three lines.
        pub text: String,
        /// "3 of 8 checks found a mismatch".
        pub link: String,
        /// ", 1 not checked"; may be empty.
        pub rest: String,
        /// Where the link leads.
        pub target: Target,
    }

    /// Four outcomes that add up to the total.
    pub struct CountsView {
        /// "21 checks".
        pub total: String,
        /// "16 passed" and so on, with the number for greying zeroes.
        pub outcomes: Vec<CountView>,
    }

    /// One outcome's count.
    pub struct CountView {
        /// Which.
        pub outcome: OutcomeView,
        /// How many.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub count: Count,
        /// "3 with a mismatch".
        pub text: String,
    }

    /// The list beside the verdict.
    pub struct PointsView {
        /// "The 3 mismatches", "What is missing", "Nothing needs attention".
        pub title: String,
        /// The first ones.
        pub rows: Vec<PointView>,
        /// "and 12 more"; empty when all are shown.
        pub more: String,
        /// "Ask the sender for the original file of record 2."
        pub to_do: String,
    }

    /// The steps from "Cannot be decided yet" to a verdict: confirming the one key that is open.
    pub struct FinishView {
        /// "To finish: confirm who holds this key".
        pub title: String,
        /// The key's handle.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub key: Count,
        /// Its name: where it lies.
        pub name: String,
        /// 64 hex digits.
        pub fingerprint: String,
        /// "Fingerprint of the key in node-metadata.json".
        pub fingerprint_label: String,
        /// "supplied by the sender".
        pub origin_label: String,
        /// Always three: ask, compare, add.
        pub steps: Vec<FinishStep>,
    }

    /// The offer to check again within higher limits.
    pub struct RaiseView {
        /// "A limit of this program was met".
        pub title: String,
        /// What limits are for, and when to raise them.
        pub sentence: String,
        /// "Unpacked size of one file up to 64 GiB".
        pub limits: Vec<String>,
        /// What it costs.
        pub warning: String,
        /// "Raise and check again".
        pub button: String,
    }

    /// What an export covers: a question that only the reviewer can answer.
    pub struct ScopeView {
        /// "What does this export cover?"
        pub title: String,
        /// "The file does not say.", "You stated that it covers the whole log."
        pub sentence: String,
        /// Handle of the answer that the result goes by.
        pub chosen: String,
        /// Whether an answer could settle what is open.
        pub asked: bool,
        /// Whether the reviewer stated it.
        pub stated: bool,
        /// The answers.
        pub answers: Vec<ScopeAnswer>,
    }

    /// One answer.
    pub struct ScopeAnswer {
        /// Handle for `state_scope`.
        pub id: String,
        /// "The whole log."
        pub lead: String,
        /// What it means, and what it does to the result.
        pub text: String,
    }

    /// One step to a verdict.
    pub struct FinishStep {
        /// The step itself.
        pub lead: String,
        /// How.
        pub text: String,
    }

    /// One point.
    pub struct PointView {
        /// Icon.
        pub outcome: OutcomeView,
        /// "Record 2", "Pack", "Saved result", a file name.
        pub subject: String,
        /// The path of a subject that is a file; empty otherwise.
        pub path: String,
        /// The sentence.
        pub text: String,
        /// Where it leads.
        pub target: Target,
    }

    /// A reservation or a finding that decides nothing.
    pub struct RemarkView {
        /// Stable code.
        pub code: String,
        /// Plain sentence.
        pub text: String,
        /// To which items: "3 records", a path.
        pub subject: String,
        /// Where to look.
        pub target: Option<Target>,
    }

    /// One line of the left rail.
    pub struct RailItem {
        /// Its view.
        pub view: ViewName,
        /// Its label.
        pub label: String,
        /// Badge icon, when something there needs attention.
        pub outcome: Option<OutcomeView>,
        /// Badge text.
        pub badge: String,
    }

    /// The footer.
    pub struct FooterView {
        /// Pack name.
        pub name: String,
        /// "6,091 bytes in 12 files".
        pub size: String,
        /// 64 hex digits; absent when nothing could be read.
        pub sha256: Option<String>,
        /// "Sealcheck 0.1.0, rules 2026.11".
        pub tool: String,
        /// "Case file saved: x.sealnote" or why not.
        pub case_file: String,
    }

    // ---- checks ----

    /// Every check, grouped by question and by what they came to.
    pub struct ChecksView {
        /// All checks by outcome.
        pub counts: CountsView,
        /// The issuer's own steps for a signed export, in its order; none for other evidence.
        pub steps: Vec<IssuerStep>,
        /// Always three.
        pub questions: Vec<QuestionView>,
    }

    /// One step of the issuer's instructions.
    pub struct IssuerStep {
        /// The step.
        pub text: String,
        /// Icon.
        pub outcome: OutcomeView,
        /// "Passed".
        pub outcome_word: String,
        /// What was found.
        pub found: String,
        /// The group of checks that answers it.
        pub key: String,
    }

    /// The checks of one question.
    pub struct QuestionView {
        /// "Unchanged?"
        pub question: String,
        /// "3 of 8 checks found a mismatch".
        pub summary: String,
        /// Worst first.
        pub groups: Vec<CheckGroupView>,
    }

    /// Checks of one kind that ended alike.
    pub struct CheckGroupView {
        /// Handle for `check_group` and for targets.
        pub key: String,
        /// Icon.
        pub outcome: OutcomeView,
        /// The check as a question: "Record 2: does the content match its recorded fingerprint?"
        pub title: String,
        /// "2 checks".
        pub count: String,
        /// "Mismatch", "Passed", "Undecided", "Not checked".
        pub outcome_word: String,
        /// Whether the verdict needs it.
        pub required: bool,
    }

    /// One group opened, at one of its subjects.
    pub struct CheckDetailView {
        /// The group's handle.
        pub key: String,
        /// What we did.
        pub did: String,
        /// What we found.
        pub found: String,
        /// What it means.
        pub means: String,
        /// What to do next.
        pub next: String,
        /// Check id, e.g. `bundleIntegrity`.
        pub check: String,
        /// Reason codes; empty when it passed.
        pub codes: Vec<String>,
        /// How many subjects.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub subjects: Count,
        /// Which of them is shown, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub position: Count,
        /// "Record 2, nemo_guardrails_check".
        pub subject: String,
        /// Its path inside the pack.
        pub path: String,
        /// The record to open, when it is about one.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        pub record: Option<Count>,
        /// Recorded beside recomputed; absent when there is nothing to compare.
        pub comparison: Option<ComparisonView>,
        /// What was hashed or signed; absent when it could not be rebuilt.
        pub sealed: Option<SealedView>,
        /// Technical details.
        pub details: Vec<Fact>,
        /// The same as one workpaper sentence.
        pub copy_sentence: String,
        /// Whether `show_work` has something for it.
        pub has_work: bool,
    }

    /// Two values under each other.
    pub struct ComparisonView {
        /// "SHA-256, differing characters are underlined" or "Same value".
        pub note: String,
        /// "Recorded".
        pub expected_label: String,
        /// The recorded value in segments; hex in groups of eight.
        pub expected: Vec<Segment>,
        /// The recorded value without blanks, for copying.
        pub expected_plain: String,
        /// "Recomputed".
        pub found_label: String,
        /// The recomputed value in segments.
        pub found: Vec<Segment>,
        /// The recomputed value without blanks.
        pub found_plain: String,
    }

    /// Exact bytes that were hashed or signed.
    pub struct SealedView {
        /// "Certificate hash over bundleType, createdAt, snapshot, version".
        pub title: String,
        /// Which check uses them.
        pub check: String,
        /// How many bytes.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub bytes: Count,
        /// SHA-256 of these bytes.
        pub sha256: String,
        /// The text, control characters made visible.
        pub text: Vec<Segment>,
        /// Whether `text` is only the beginning.
        pub cut: bool,
    }

    /// "Show your work": how to repeat a check by hand.
    pub struct WorkView {
        /// Which check.
        pub title: String,
        /// Steps with commands.
        pub steps: Vec<WorkStep>,
        /// Files that saving writes.
        pub files: Vec<WorkFile>,
    }

    /// One step.
    pub struct WorkStep {
        /// What it does.
        pub text: String,
        /// Command for a terminal; may be empty.
        pub command: String,
    }

    /// One file of the work folder.
    pub struct WorkFile {
        /// Its name.
        pub name: String,
        /// What it holds.
        pub about: String,
        /// Bytes.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub bytes: Count,
    }

    // ---- records ----

    /// What the table of records needs once.
    pub struct RecordsView {
        /// "48,211 of 48,213 records verified. 2 do not match."
        pub sentence: String,
        /// How many there are.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub total: Count,
        /// By verdict, for the filter: all of them, zeroes included.
        pub verdicts: Vec<VerdictCount>,
        /// The columns after the icon.
        pub columns: Vec<ColumnView>,
        /// The column that the table is sorted by at first.
        pub sort: String,
        /// The columns whose values one can choose from.
        pub filters: Vec<FilterView>,
        /// What "Go to number" asks for.
        pub go_to: String,
    }

    /// A column whose values one can choose from.
    pub struct FilterView {
        /// Column key.
        pub column: String,
        /// "Action".
        pub label: String,
        /// How many different values it has.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub distinct: Count,
    }

    /// Values of a column to choose from.
    pub struct ValuesView {
        /// The most frequent first.
        pub rows: Vec<ValueRow>,
        /// "1,204 more. Type to narrow them down."; may be empty.
        pub note: String,
    }

    /// One value of a column.
    pub struct ValueRow {
        /// Its handle.
        pub value: u32,
        /// The value, control characters made visible.
        pub label: String,
        /// "12,076 records".
        pub count: String,
    }

    /// The records that a typed number can mean.
    pub struct NumberedView {
        /// The likeliest first.
        pub rows: Vec<NumberedRow>,
        /// "There is no record with this number."; empty otherwise.
        pub note: String,
    }

    /// One record that a typed number can mean.
    pub struct NumberedRow {
        /// Its handle.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub record: Count,
        /// "Sequence number 41,006", "Record 41,006 of 48,213".
        pub label: String,
        /// "aorg_…, login.failed, 2026-01-27 07:02:30.863 UTC".
        pub about: String,
    }

    /// Records of one verdict.
    pub struct VerdictCount {
        /// Which.
        pub verdict: VerdictView,
        /// "Mismatch".
        pub label: String,
        /// How many.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub count: Count,
    }

    /// One column.
    pub struct ColumnView {
        /// Key for sorting.
        pub key: String,
        /// Heading.
        pub label: String,
        /// Bytes from the evidence (mono).
        pub mono: bool,
        /// Numbers (right-aligned, tabular).
        pub numeric: bool,
        /// Relative width.
        pub width: u32,
    }

    /// A question for a page of records.
    pub struct RecordQuery {
        /// Echoed; the newest wins.
        pub request: u32,
        /// First row wanted, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// Rows wanted, at most 200.
        pub count: u32,
        /// Words to find; empty for all.
        pub search: String,
        /// Only this verdict.
        pub verdict: Option<VerdictView>,
        /// Only these values, one per column.
        pub filters: Vec<RecordFilter>,
        /// Column key.
        pub sort: String,
        /// Largest first.
        pub descending: bool,
    }

    /// Only the records that have one value in one column.
    pub struct RecordFilter {
        /// Column key.
        pub column: String,
        /// The value's handle.
        pub value: u32,
    }

    /// A page of records.
    pub struct RecordPage {
        /// The request it answers.
        pub request: u32,
        /// How many match.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub matching: Count,
        /// First row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// The rows.
        pub rows: Vec<RecordRow>,
    }

    /// One row.
    pub struct RecordRow {
        /// The record's number in the report, from 1: its handle.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub record: Count,
        /// Icon.
        pub verdict: VerdictView,
        /// The verdict's word, for screen readers.
        pub word: String,
        /// One text per column.
        pub cells: Vec<String>,
        /// The row's time in the time of this computer; empty when it states none.
        pub hint: String,
        /// What the reviewer did about it; none where she did nothing.
        pub review: Option<RowReview>,
    }

    /// One record in full.
    pub struct RecordView {
        /// Its number, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub record: Count,
        /// "Record 2, nemo_guardrails_check".
        pub title: String,
        /// Icon.
        pub verdict: VerdictView,
        /// The verdict's word.
        pub word: String,
        /// One sentence.
        pub sentence: String,
        /// Where it lies.
        pub path: String,
        /// Its checks.
        pub checks: Vec<RecordCheckView>,
        /// Reservations and notes, as sentences.
        pub remarks: Vec<RemarkView>,
        /// Covered, not covered, the seal itself.
        pub groups: Vec<FieldGroup>,
        /// What was hashed or signed.
        pub sealed: Vec<SealedView>,
        /// The raw text, marked.
        pub raw: SourceView,
        /// The ecosystem's own words: status, grade, codes, notes.
        pub native: Vec<Fact>,
        /// The same as one workpaper sentence.
        pub copy_sentence: String,
        /// What the issuer's own tools make of it, where they come to another result.
        pub other_tools: Option<OtherToolsView>,
        /// Why fields and text are missing, when the record could not be taken apart.
        pub unreadable: Option<String>,
    }

    /// Why another tool can come to another result about a record.
    pub struct OtherToolsView {
        /// "Another tool gives another answer?"
        pub title: String,
        /// What it is about.
        pub text: String,
        /// The fingerprint computed here, 64 hex digits; empty where none is compared.
        pub ours: String,
        /// The tools and what they compute.
        pub tools: Vec<OtherTool>,
    }

    /// One other tool.
    pub struct OtherTool {
        /// "Go SDK 0.2.0".
        pub tool: String,
        /// What it writes in another way.
        pub because: String,
        /// The fingerprint it computes, 64 hex digits.
        pub sha256: String,
    }

    /// One check of a record.
    pub struct RecordCheckView {
        /// Icon.
        pub outcome: OutcomeView,
        /// Outcome word.
        pub outcome_word: String,
        /// The check as a question.
        pub title: String,
        /// What was found.
        pub text: String,
        /// Its group.
        pub key: String,
        /// Its position in the group.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub position: Count,
    }

    /// Fields with the same cover.
    pub struct FieldGroup {
        /// Covered, not covered, or the seal.
        pub kind: SegmentKind,
        /// "Covered by the seal".
        pub heading: String,
        /// "9 fields".
        pub count: String,
        /// "does not match", when the seal does not; empty otherwise.
        pub warning: String,
        /// "Anyone could have added or changed these."
        pub note: String,
        /// The fields.
        pub fields: Vec<FieldView>,
    }

    /// One field.
    pub struct FieldView {
        /// Its name, a dotted path.
        pub name: String,
        /// The same as a JSON pointer from the record's root.
        pub pointer: String,
        /// Its value as text, control characters made visible.
        pub value: Vec<Segment>,
        /// `claimed` for a time; empty otherwise.
        pub claim: String,
        /// For a time: the same in the time of this computer; empty otherwise.
        pub hint: String,
        /// Whether `value` is only the beginning.
        pub cut: bool,
    }

    /// Text of a file or record, as text.
    pub struct SourceView {
        /// Its path.
        pub path: String,
        /// The text in segments.
        pub segments: Vec<Segment>,
        /// Whether it is only the beginning.
        pub cut: bool,
        /// "12,345 bytes, the first 65,536 shown".
        pub note: String,
    }

    // ---- keys ----

    /// Keys and nodes.
    pub struct KeysView {
        /// "4 keys are used. 2 are in your key book, …"
        pub sentence: String,
        /// The keys.
        pub keys: Vec<KeyView>,
        /// Node metadata as claimed.
        pub nodes: Vec<NodeView>,
        /// The reviewer's key book in one line.
        pub key_book: String,
        /// What to do when there is no key at all.
        pub empty: String,
    }

    /// One key.
    pub struct KeyView {
        /// Its handle.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub key: Count,
        /// Icon.
        pub outcome: OutcomeView,
        /// Its name; for a key that is not confirmed, where it lies.
        pub name: String,
        /// Key id as stated.
        pub key_id: String,
        /// 64 hex digits; absent when the key text could not be read.
        pub fingerprint: Option<String>,
        /// The key itself, 64 hex digits, where its issuer publishes it in a form that people compare.
        pub public_key: Option<String>,
        /// `keyBook`, `sender`, `absent`: the tag's look.
        pub origin: String,
        /// The tag's words.
        pub origin_label: String,
        /// "3 receipts".
        pub used_for: String,
        /// One sentence.
        pub sentence: String,
        /// Came from, key book, confirmed, valid, signed…
        pub facts: Vec<Fact>,
        /// Its period and the signing times; absent when none is stated.
        pub period: Option<PeriodView>,
        /// Whether *Confirm this key* applies.
        pub can_confirm: bool,
    }

    /// A key's period as a line.
    pub struct PeriodView {
        /// "valid from 2026-01-01 00:00:00 UTC".
        pub from: String,
        /// "no end stated".
        pub to: String,
        /// Whether a start is stated.
        pub has_from: bool,
        /// Whether an end is stated.
        pub has_to: bool,
        /// "signed 2026-08-03 09:15:02 UTC, claimed".
        pub signed: String,
        /// Place of the signing mark on the line, 0 to 1000; absent when no time is stated.
        pub mark: Option<u32>,
    }

    /// A node's metadata.
    pub struct NodeView {
        /// Node id.
        pub title: String,
        /// Where it lies.
        pub path: String,
        /// Operator, active key, key count…: claims.
        pub facts: Vec<Fact>,
    }

    /// What the reviewer sees before confirming a key.
    pub struct KeyProposal {
        /// Its handle.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub key: Count,
        /// 64 hex digits.
        pub fingerprint: String,
        /// Facts about it.
        pub facts: Vec<Fact>,
        /// A name to start from.
        pub issuer: String,
        /// The reviewer's name as last used.
        pub confirmed_by: String,
        /// Ways of confirming: (id, label).
        pub ways: Vec<Choice>,
    }

    /// One choice of a list.
    pub struct Choice {
        /// Its value.
        pub id: String,
        /// Its words.
        pub label: String,
    }

    /// What the reviewer states when confirming a key.
    pub struct KeyConfirmation {
        /// Name for the issuer.
        pub issuer: String,
        /// Who confirmed it.
        pub confirmed_by: String,
        /// Way of confirming: a [`Choice`] id.
        pub way: String,
        /// Free text beside it.
        pub detail: String,
        /// The last eight characters of the fingerprint, typed.
        pub last_characters: String,
    }

    /// The key book.
    pub struct KeyBookView {
        /// Its name.
        pub name: String,
        /// SHA-256 of its file, 64 hex digits, which two people compare.
        pub sha256: Option<String>,
        /// Where it is kept.
        pub place: String,
        /// The entries.
        pub entries: Vec<KeyBookEntryView>,
        /// Roots of time-stamp authorities.
        pub authorities: Vec<KeyBookEntryView>,
        /// What such a root is for, and what is missing without one.
        pub authorities_sentence: String,
        /// Published keys that can be confirmed.
        pub suggestions: Vec<KeyBookEntryView>,
        /// Ways of confirming one: (id, label).
        pub ways: Vec<Choice>,
    }

    /// One entry of the key book.
    pub struct KeyBookEntryView {
        /// Its handle.
        pub index: u32,
        /// Issuer.
        pub name: String,
        /// 64 hex digits.
        pub fingerprint: String,
        /// Key id, signs for, confirmed by, how, when…
        pub facts: Vec<Fact>,
    }

    // ---- manifest ----

    /// Declared against found, and the sender's results against ours.
    pub struct ManifestView {
        /// One per manifest; none when the pack has none.
        pub lists: Vec<ManifestListView>,
        /// What to do when there is none.
        pub empty: String,
        /// The service's own answers about the numbers of logs, beside ours.
        pub statements: Vec<StatementView>,
        /// "The sender's saved results: 12 values compared, 1 differs."
        pub snapshot_sentence: String,
        /// The compared values.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub snapshot_rows: Count,
        /// The differing ones among them.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub snapshot_differing: Count,
    }

    /// One answer of the service about the numbers of a log, beside ours.
    pub struct StatementView {
        /// Its path.
        pub path: String,
        /// Whose log it is about.
        pub organisation: String,
        /// "3 of 10 values differ. The statement is not signed: it is a claim."
        pub sentence: String,
        /// Field by field.
        pub rows: Vec<StatementRow>,
    }

    /// One field of an answer.
    pub struct StatementRow {
        /// The field's name.
        pub name: String,
        /// The service's value.
        pub theirs: String,
        /// Ours.
        pub ours: String,
        /// Whether they agree, differ or are not compared.
        pub outcome: OutcomeView,
        /// "The service counts from 1, this check from the first number in the file."; may be empty.
        pub note: String,
    }

    /// One manifest.
    pub struct ManifestListView {
        /// Its path.
        pub path: String,
        /// "Lists 3 records, says 3. 2 are in the pack, 1 is missing."
        pub sentence: String,
        /// Its icon.
        pub outcome: OutcomeView,
        /// Its labels: claims.
        pub claims: Vec<Fact>,
        /// How many entries, unlisted records included.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub entries: Count,
    }

    /// A page of manifest entries.
    pub struct ManifestPage {
        /// First row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// How many match.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub matching: Count,
        /// The rows.
        pub rows: Vec<ManifestRow>,
    }

    /// One entry.
    pub struct ManifestRow {
        /// Icon.
        pub outcome: OutcomeView,
        /// "In both", "Missing", "Not listed", "Label differs".
        pub state: String,
        /// Execution id or place.
        pub id: String,
        /// The digest as listed.
        pub digest: String,
        /// Further labels.
        pub label: String,
        /// Where the record lies.
        pub path: String,
        /// The record to open.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        pub record: Option<Count>,
    }

    /// A page of the sender's results beside ours.
    pub struct SnapshotPage {
        /// First row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// How many match.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub matching: Count,
        /// The rows.
        pub rows: Vec<SnapshotRowView>,
    }

    /// One value of the sender beside ours.
    pub struct SnapshotRowView {
        /// Pass when they agree, fail when contradicted, undetermined when they differ for a reason.
        pub outcome: OutcomeView,
        /// Whose result: record or pack.
        pub subject: String,
        /// Where it lies.
        pub path: String,
        /// The check's plain name.
        pub check: String,
        /// Their word.
        pub theirs: String,
        /// Our word.
        pub ours: String,
        /// When they say it was obtained, claimed.
        pub when: String,
        /// The same in the time of this computer.
        pub hint: String,
        /// Why they differ; empty when they agree.
        pub cause: String,
    }

    // ---- files ----

    /// What the list of files needs once.
    pub struct FilesView {
        /// "13 files, 12 recognised, 1 not."
        pub sentence: String,
        /// How many.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub total: Count,
    }

    /// A page of files.
    pub struct FilePage {
        /// First row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// How many match.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub matching: Count,
        /// The rows.
        pub rows: Vec<FileView>,
    }

    /// One file.
    pub struct FileView {
        /// Its handle.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub file: Count,
        /// Path inside the pack.
        pub path: String,
        /// "4,066 bytes".
        pub size: String,
        /// 64 hex digits; absent when it could not be read.
        pub sha256: Option<String>,
        /// "Record", "Receipt", "Not recognised", …
        pub role: String,
        /// "covered", "not covered", or why it was not read.
        pub cover: String,
        /// Icon: pass for covered, skipped for not covered, fail or undetermined for refused.
        pub outcome: OutcomeView,
        /// Whether its text can be shown.
        pub has_text: bool,
        /// Whether it is the sender's page, shown in its frame.
        pub has_page: bool,
    }

    /// The sender's page, reduced to static text.
    pub struct SenderPageView {
        /// Its path.
        pub path: String,
        /// Address of the frame (evidence scheme).
        pub frame: String,
        /// "Scripts, links and pictures were removed."
        pub note: String,
    }

    // ---- compare, words ----

    /// The answer of *Compare with a value you were given*.
    pub struct CompareView {
        /// `pass` same, `fail` different, `undetermined` another kind of value.
        pub outcome: OutcomeView,
        /// "Same value." "Different from character 9 on." …
        pub sentence: String,
        /// Ours.
        pub ours: Vec<Segment>,
        /// The given one.
        pub given: Vec<Segment>,
    }

    /// One term of the glossary.
    pub struct TermView {
        /// The term.
        pub term: String,
        /// One sentence.
        pub text: String,
    }

    // ---- export ----

    /// What can be exported.
    pub struct ExportView {
        /// `full` and `short`, for the kinds that come in both.
        pub profiles: Vec<Choice>,
        /// The choices.
        pub items: Vec<ExportItem>,
    }

    /// One kind of export.
    pub struct ExportItem {
        /// `html`, `pdf`, `xlsx`, `auditReport`, `projectCsv`, `projectCsvExcel`, `report`.
        pub id: String,
        /// Its name.
        pub title: String,
        /// What it is.
        pub about: String,
        /// Proposed file name.
        pub file_name: String,
        /// "3 rows".
        pub size: String,
        /// Why it cannot be made; empty when it can.
        pub unavailable: String,
        /// Whether it is about one record, which the reviewer picks.
        pub per_record: bool,
        /// Whether it can be had short or in full.
        pub profiles: bool,
    }

    /// What was written.
    pub struct ExportedView {
        /// File name, or folder name for one file per record.
        pub file_name: String,
        /// The folder it lies in.
        pub place: String,
        /// "3 rows written, 3 records in the pack."
        pub sentence: String,
        /// Rows or documents written, read back from the file.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub rows: Count,
        /// Bytes.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub bytes: Count,
        /// SHA-256 of the file; absent for a folder.
        pub sha256: Option<String>,
    }

    /// An error of a command: the page decides by `code`, shows `message`.
    pub struct CommandError {
        /// Stable code.
        pub code: String,
        /// What happened, to which item, what to do next.
        pub message: String,
    }
}
