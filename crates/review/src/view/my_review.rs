//! What *My review* shows, and the check of a note that somebody hands over.
//!
//! What a reviewer states herself has the types of the note ([`crate::note`]): the page sends it back as it got it.

use serde::{Deserialize, Serialize};

use super::{Choice, Count, Fact, HistoryView, OutcomeView, Target, VerdictView};
use crate::note::sample::Method;
use crate::note::{
    AnswerValue, Conclusion, Contradicting, Custody, Engagement, Exception, Procedure, Reliance, Retention, Role,
    Severity,
};

page_types! {
    /// The page *My review*: every part of the note beside notes and decisions.
    pub struct ReviewPage {
        /// Whether the parts can be changed now.
        pub editable: bool,
        /// Where the note stands, in one sentence.
        pub standing: String,
        /// The sections in order, and how far each is.
        pub outline: Vec<OutlineItem>,
        /// Client, period, references.
        pub engagement: Engagement,
        /// The hand-overs of the evidence.
        pub custody: Vec<Custody>,
        /// A hand-over to begin with.
        pub new_custody: Custody,
        /// What was received, as this program found it.
        pub received: Vec<Fact>,
        /// What was done and why.
        pub procedure: Procedure,
        /// What this program did, as the report has it.
        pub performed: Vec<Fact>,
        /// The sample.
        pub sample: SampleSection,
        /// The checklist.
        pub checklist: ChecklistSection,
        /// What is not as it should be.
        pub exceptions: ExceptionsSection,
        /// What speaks against the conclusion.
        pub contradicting: Vec<Contradicting>,
        /// The conclusion.
        pub conclusion: ConclusionSection,
        /// How long the note is kept.
        pub retention: Retention,
        /// Signing off.
        pub signing: SigningSection,
        /// Earlier versions, newest first.
        pub versions: Vec<VersionRow>,
    }

    /// A section of the page.
    pub struct OutlineItem {
        /// Its handle.
        pub id: String,
        /// Its heading.
        pub label: String,
        /// How far it is, in a few words.
        pub state: String,
        /// Whether something was stated.
        pub stated: bool,
    }

    /// The sample, and how one is drawn.
    pub struct SampleSection {
        /// What it is drawn from, in a sentence.
        pub population: String,
        /// How many records there are.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub records: Count,
        /// How many of them failed.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub failed: Count,
        /// The ways of drawing one.
        pub methods: Vec<MethodChoice>,
        /// The one that was drawn.
        pub drawn: Option<DrawnSample>,
    }

    /// A way of drawing a sample.
    pub struct MethodChoice {
        /// Its handle.
        pub id: Method,
        /// What it is called.
        pub label: String,
        /// What it does.
        pub about: String,
    }

    /// A sample that was drawn, with all that is needed to draw it again.
    pub struct DrawnSample {
        /// "5 of 1,000 records, drawn at random".
        pub sentence: String,
        /// How.
        pub method: Method,
        /// The seed.
        pub seed: String,
        /// How many were asked for.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub asked: Count,
        /// Digest of the population.
        pub population_sha256: String,
        /// How many were drawn.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub size: Count,
        /// Their numbers: `1-3,7`.
        pub numbers: String,
        /// That another machine draws the same.
        pub repeat: String,
    }

    /// A page of the records of a sample.
    pub struct SamplePage {
        /// How many records the sample has.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub size: Count,
        /// The first of these, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// The records.
        pub rows: Vec<SampleRow>,
    }

    /// A record of a sample.
    pub struct SampleRow {
        /// Its number in the report.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub number: Count,
        /// What it is called.
        pub label: String,
        /// Its verdict.
        pub verdict: VerdictView,
        /// The verdict in words.
        pub word: String,
        /// What was decided about it; empty before.
        pub decision: String,
        /// Where it is shown.
        pub target: Target,
    }

    /// The checklist.
    pub struct ChecklistSection {
        /// Those that come with this program, the one for this pack first.
        pub templates: Vec<Choice>,
        /// "NexArt Certified Execution Records, version 1"; empty before one is chosen.
        pub title: String,
        /// "4 of 13 answered"; empty before one is chosen.
        pub progress: String,
        /// The questions.
        pub items: Vec<ChecklistRow>,
        /// What can be answered.
        pub answers: Vec<AnswerChoice>,
    }

    /// What can be answered to a question.
    pub struct AnswerChoice {
        /// The answer.
        pub id: AnswerValue,
        /// In words.
        pub label: String,
    }

    /// A question with its answer.
    pub struct ChecklistRow {
        /// The question's id.
        pub item: String,
        /// The question.
        pub text: String,
        /// The answer.
        pub value: Option<AnswerValue>,
        /// What there is to say.
        pub remark: String,
        /// What shows it.
        pub evidence_refs: Vec<String>,
        /// Who answered, and when; empty before.
        pub by: String,
    }

    /// The exceptions, and what can be proposed.
    pub struct ExceptionsSection {
        /// Those of the note.
        pub rows: Vec<ExceptionRow>,
        /// How much one can weigh.
        pub severities: Vec<SeverityChoice>,
        /// What can be proposed from the failed checks, in a sentence.
        pub proposal: String,
        /// How many would be added.
        pub proposed: u32,
        /// One to begin with.
        pub fresh: Exception,
    }

    /// How much an exception can weigh.
    pub struct SeverityChoice {
        /// The word of the file.
        pub id: Severity,
        /// In words.
        pub label: String,
    }

    /// An exception.
    pub struct ExceptionRow {
        /// As it was stated.
        pub exception: Exception,
        /// How much it weighs, in words.
        pub severity: String,
        /// The check it came from.
        pub target: Option<Target>,
    }

    /// The conclusion, and what to begin with.
    pub struct ConclusionSection {
        /// As it was stated.
        pub stated: Option<Conclusion>,
        /// What the result allows, with the limits from what it does not show.
        pub proposed: Conclusion,
        /// What can be concluded.
        pub reliances: Vec<RelianceChoice>,
    }

    /// What can be concluded.
    pub struct RelianceChoice {
        /// The word of the file.
        pub id: Reliance,
        /// In words.
        pub label: String,
    }

    /// Signing off.
    pub struct SigningSection {
        /// Preparer, reviewer, approver.
        pub roles: Vec<RoleRow>,
        /// What a person is told before she signs; `{name}` is hers.
        pub confirm: String,
        /// Why nobody can sign now; empty otherwise.
        pub missing: String,
        /// Whether the note can be opened again.
        pub reopen: bool,
        /// What the finished note is called.
        pub file_name: String,
        /// Fewest characters of a passphrase.
        pub passphrase: u32,
    }

    /// A role, and who signed off in it.
    pub struct RoleRow {
        /// The role.
        pub role: Role,
        /// "Preparer".
        pub label: String,
        /// "Prepared".
        pub done: String,
        /// What is stated.
        pub statement: String,
        /// Who signed off.
        pub signed: Option<SignedRow>,
        /// Whether it is this role's turn.
        pub turn: bool,
        /// Why it is not.
        pub waits: String,
    }

    /// A sign-off.
    pub struct SignedRow {
        /// The typed name.
        pub name: String,
        /// Title.
        pub title: String,
        /// When.
        pub at: String,
        /// "Typed name", or that a key signed.
        pub how: String,
        /// Fingerprint of the key.
        pub fingerprint: Option<String>,
        /// What was stated.
        pub statement: String,
    }

    /// An earlier version.
    pub struct VersionRow {
        /// "Version 1, reviewed, superseded".
        pub title: String,
        /// "Opened again by J. Lindqvist on …".
        pub opened: String,
        /// Why.
        pub reason: String,
        /// Who had signed it off.
        pub signed: Vec<String>,
        /// Number and digest of its last entry.
        pub last_entry: String,
    }

    /// A key at hand for signing.
    pub struct SigningKeyView {
        /// Its file.
        pub file_name: String,
        /// Where it lies.
        pub place: String,
        /// Whether a passphrase is needed that was not given, or a right one.
        pub locked: bool,
        /// Why it cannot be used yet; empty once it can.
        pub trouble: String,
        /// The key's fingerprint, once it is open.
        pub fingerprint: Option<String>,
        /// Where the public half was saved; empty for a key that was there.
        pub public_name: String,
    }

    // ---- a note that somebody hands over ----

    /// The check of a note.
    pub struct HandedNoteView {
        /// The note's handle.
        pub token: u32,
        /// Its file.
        pub name: String,
        /// Its verdict, which is not the pack's.
        pub verdict: VerdictView,
        /// The verdict's word.
        pub word: String,
        /// The verdict's sentence.
        pub sentence: String,
        /// The three questions.
        pub questions: Vec<NoteQuestion>,
        /// Every check.
        pub checks: Vec<NoteCheckRow>,
        /// Kind, version, status, entries, what it says of its pack.
        pub facts: Vec<Fact>,
        /// The pack it is about.
        pub pack: Option<NotePack>,
        /// Who signed off.
        pub signers: Vec<NoteSigner>,
        /// What it concludes.
        pub conclusion: Option<NoteConclusion>,
        /// Its acts, the last one first.
        pub history: HistoryView,
        /// How to repeat the check.
        pub repeat: String,
    }

    /// A question about a note, answered.
    pub struct NoteQuestion {
        /// The question.
        pub question: String,
        /// How it ended.
        pub outcome: OutcomeView,
        /// The outcome's word.
        pub word: String,
        /// The answer.
        pub answer: String,
    }

    /// A check of a note.
    pub struct NoteCheckRow {
        /// How it ended.
        pub outcome: OutcomeView,
        /// The outcome's word.
        pub word: String,
        /// What it is called.
        pub title: String,
        /// About what; empty for the whole note.
        pub subject: String,
        /// What was found; empty when it passed.
        pub found: String,
        /// What to do; empty when there is nothing.
        pub next: String,
        /// The reason's code; empty when it passed.
        pub code: String,
        /// What is stated.
        pub expected: Option<String>,
        /// What was recomputed.
        pub recomputed: Option<String>,
    }

    /// The pack of a note.
    pub struct NotePack {
        /// Its name when the note was begun.
        pub name: String,
        /// Its digest.
        pub sha256: String,
        /// The pack at hand that is the same.
        pub open: Option<u32>,
        /// Whether it is at hand, in a sentence.
        pub sentence: String,
    }

    /// Somebody who signed off a note.
    pub struct NoteSigner {
        /// "Preparer".
        pub role: String,
        /// The typed name and title.
        pub name: String,
        /// When, by her own clock.
        pub at: String,
        /// "Typed name", whose key it is, or that nobody confirmed it.
        pub how: String,
        /// How far it can be relied upon.
        pub outcome: OutcomeView,
        /// Fingerprint of the key.
        pub fingerprint: Option<String>,
    }

    /// What a note concludes.
    pub struct NoteConclusion {
        /// In words.
        pub text: String,
        /// Whether the evidence may be relied upon.
        pub reliance: String,
        /// Within which limits.
        pub limits: Vec<String>,
    }
}
