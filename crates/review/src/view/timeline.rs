//! The timeline: the numbers of each organisation as a ribbon, and when the events happened.
//!
//! Numbers of records are text here, with commas: they may be larger than the page can count.

use serde::{Deserialize, Serialize};

use super::{Count, OutcomeView, StatementView};

page_types! {
    /// What the timeline needs once.
    pub struct TimelineView {
        /// "organisation": what each sequence counts within.
        pub what: String,
        /// How many sequences there are.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub total: Count,
        /// The sequence that is opened first: the one with the gravest result.
        pub first: u32,
        /// "3 organisations, each numbered by itself. 1 has an open point."
        pub sentence: String,
        /// What is said where there is no sequence; empty where there is one.
        pub empty: String,
    }

    /// Which sequences are wanted.
    pub struct SequenceQuery {
        /// Echoed; the newest wins.
        pub request: u32,
        /// First row wanted, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// Rows wanted, at most 200.
        pub count: u32,
        /// A part of the name; empty for all.
        pub search: String,
    }

    /// A page of sequences, the gravest result first.
    pub struct SequencePage {
        /// The request it answers.
        pub request: u32,
        /// How many match.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub matching: Count,
        /// First row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// The rows.
        pub rows: Vec<SequenceRow>,
    }

    /// One sequence in the list of several.
    pub struct SequenceRow {
        /// Handle for later calls.
        pub sequence: u32,
        /// Its name in the evidence.
        pub name: String,
        /// What its numbers come to.
        pub outcome: OutcomeView,
        /// "Records missing."
        pub word: String,
        /// "1 to 48,230".
        pub numbers: String,
        /// "17 missing, 2 do not verify".
        pub counts: String,
        /// Its ribbon in small.
        pub marks: Vec<MarkView>,
    }

    /// What became of a number, for pattern, colour and place.
    #[derive(Copy)]
    pub enum StateView {
        /// There, once.
        Present,
        /// There, several times over.
        Twice,
        /// There, and a copy of it that does not verify.
        SpoiltCopy,
        /// Not there.
        Missing,
        /// There, but it does not verify.
        Unverified,
        /// There, and it does not continue the one before it.
        Unlinked,
        /// Two different records have it.
        Conflict,
        /// Before the first or after the last: nothing can be known.
        Unknowable,
    }

    /// One sequence opened: what it comes to, and what the sender says of it.
    pub struct SequenceView {
        /// Its handle.
        pub sequence: u32,
        /// "Organisation".
        pub label: String,
        /// Its name in the evidence.
        pub name: String,
        /// What its numbers come to.
        pub outcome: OutcomeView,
        /// "Undecided".
        pub outcome_word: String,
        /// Stable code of the result.
        pub code: String,
        /// "Records missing."
        pub lead: String,
        /// The facts, one sentence each; the last says what cannot be known of the end.
        pub facts: Vec<FactView>,
        /// What the result means.
        pub means: String,
        /// What to do next; empty when there is nothing.
        pub next: String,
        /// All of it as one workpaper sentence.
        pub copy_sentence: String,
        /// "It covers the whole log, as the reviewer stated."
        pub scope: String,
        /// How many numbers are in each state; together they are all from the first to the last.
        pub sums: Vec<SumView>,
        /// How many runs there are.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub runs: Count,
        /// How many of them need a look.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub troubled: Count,
        /// What the sender's service says of these numbers, beside ours.
        pub statement: Option<StatementView>,
        /// What is said where it says nothing.
        pub no_statement: String,
        /// Checkpoints beside a chain, the one before it first.
        pub anchors: Vec<AnchorView>,
        /// The file that shows it, of a chain; empty otherwise.
        pub path: String,
    }

    /// A checkpoint beside a chain.
    pub struct AnchorView {
        /// Whether it ties the window to its head, contradicts it, or says nothing of it.
        pub outcome: OutcomeView,
        /// "Before the first entry".
        pub side: String,
        /// Its file.
        pub path: String,
        /// Number of the head.
        pub number: String,
        /// When it was computed, as it claims; empty where it does not say.
        pub computed: String,
        /// What the two together show.
        pub text: String,
    }

    /// A sentence with its first words set apart.
    pub struct FactView {
        /// "Records missing."
        pub lead: String,
        /// The rest.
        pub text: String,
    }

    /// How many numbers are in one state, beside how it is drawn.
    pub struct SumView {
        /// Which.
        pub state: StateView,
        /// What it comes to, for its colour.
        pub outcome: OutcomeView,
        /// "missing".
        pub label: String,
        /// "17".
        pub count: String,
        /// Whether it is none, for greying.
        pub none: bool,
    }

    /// How the window of a ribbon is to change.
    #[derive(Copy)]
    pub enum RibbonStep {
        /// Shows what is asked for.
        Stay,
        /// Shows everything.
        All,
        /// A third of it.
        Nearer,
        /// Three times as much.
        Farther,
        /// Half a window towards the first number.
        Back,
        /// Half a window towards the last number.
        On,
        /// The numbers asked for, among their neighbours.
        Around,
        /// As many numbers about the place `at` of the strip that shows the whole.
        Centre,
    }

    /// Which part of a ribbon is wanted.
    pub struct RibbonQuery {
        /// Echoed; the newest wins.
        pub request: u32,
        /// Which sequence.
        pub sequence: u32,
        /// First number of the window, as the last answer gave it; empty for all.
        pub first: String,
        /// Its last number; empty for all.
        pub last: String,
        /// How it is to change.
        pub step: RibbonStep,
        /// A place of the ribbon in thousandths of its width: what stays where it is when zooming.
        pub at: u32,
        /// The most places that can be told apart, at most 400.
        pub columns: u32,
    }

    /// A window of a ribbon. Places and widths are in hundred-thousandths of its width.
    pub struct RibbonView {
        /// The request it answers.
        pub request: u32,
        /// First number, for the next question.
        pub first: String,
        /// Last number, for the next question.
        pub last: String,
        /// "Numbers 30,403 to 30,430: 28 of 48,230."
        pub sentence: String,
        /// Whether it shows everything.
        pub whole: bool,
        /// Whether it can be zoomed in further.
        pub deepest: bool,
        /// Where the window lies in the whole.
        pub window_left: u32,
        /// How much of the whole it is.
        pub window_width: u32,
        /// The marks, from left to right.
        pub marks: Vec<MarkView>,
        /// What may be written above them, the gravest first; not all of it has room.
        pub labels: Vec<TickView>,
        /// The numbers under them.
        pub ticks: Vec<TickView>,
    }

    /// A stretch of a ribbon.
    pub struct MarkView {
        /// Where it begins.
        pub left: u32,
        /// How wide it is.
        pub width: u32,
        /// The gravest state in it.
        pub state: StateView,
        /// How much of it is missing, in percent.
        pub missing: u32,
        /// "30,410 to 30,425: 16 missing".
        pub text: String,
        /// First number, for the next question; empty where nothing can be known.
        pub first: String,
        /// Last number, for the next question.
        pub last: String,
        /// Whether it is one number, or a run in one state: opening it leads to a record, not nearer.
        pub single: bool,
    }

    /// A text above or under a ribbon.
    pub struct TickView {
        /// Where its middle is.
        pub at: u32,
        /// The text.
        pub label: String,
    }

    /// Which runs are wanted.
    pub struct RunQuery {
        /// Echoed; the newest wins.
        pub request: u32,
        /// Which sequence.
        pub sequence: u32,
        /// First row wanted, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// Rows wanted, at most 200.
        pub count: u32,
        /// Only those that need a look.
        pub troubled: bool,
    }

    /// A page of runs.
    pub struct RunPage {
        /// The request it answers.
        pub request: u32,
        /// How many match.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub matching: Count,
        /// First row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub start: Count,
        /// The rows.
        pub rows: Vec<RunRow>,
    }

    /// Neighbouring numbers in one state.
    pub struct RunRow {
        /// Its place among all runs, from 0, the ends of which nothing can be known included.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub run: Count,
        /// What became of them.
        pub state: StateView,
        /// Icon.
        pub outcome: OutcomeView,
        /// "missing".
        pub word: String,
        /// "30,410 to 30,425".
        pub numbers: String,
        /// "16".
        pub count: String,
        /// "Between 2026-01-20 11:57:12 and 12:13:40 UTC, claimed."
        pub note: String,
        /// First number, for the ribbon; empty where nothing can be known.
        pub first: String,
        /// Last number, for the ribbon.
        pub last: String,
        /// The first record of the run, or the one before a gap.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        pub record: Option<Count>,
        /// "30,410"; "30,409 before it" for a gap.
        pub link: String,
    }

    /// When the events happened, by action.
    pub struct EventsView {
        /// "48,213 events from 2026-01-01 to 2026-01-31 UTC, by day."
        pub sentence: String,
        /// "These times are claimed: …"
        pub claimed: String,
        /// What one place stands for: "day".
        pub unit: String,
        /// The most events that one action has in one place.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub highest: Count,
        /// "The highest bar is 1,204 events in one day.".
        pub scale: String,
        /// The places, in order; none without times.
        pub slots: Vec<SlotView>,
        /// The most frequent actions, then the others together.
        pub actions: Vec<ActionView>,
    }

    /// One place on the line of time.
    pub struct SlotView {
        /// "2026-01-20".
        pub label: String,
        /// A shorter one for under the line; empty where none fits.
        pub tick: String,
        /// All its events.
        pub total: String,
    }

    /// One action over time.
    pub struct ActionView {
        /// As the events state it; "12 other actions" for the rest.
        pub label: String,
        /// The value to filter the records by; none for the rest.
        pub value: Option<u32>,
        /// How many events.
        pub total: String,
        /// How many in each place.
        #[cfg_attr(feature = "bindings", ts(type = "number[]"))]
        pub counts: Vec<Count>,
        /// The same as text.
        pub texts: Vec<String>,
    }
}
