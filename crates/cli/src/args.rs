//! What can be typed.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use evidence::{EcosystemName, Layer, Limits, Scope};

const KEY_EXAMPLES: &str = "\
Examples:
  sealcheck keys list --suggestions                 published keys, to be confirmed
  sealcheck keys add --suggestion 1 --confirmed-by 'A. Auditor' --how 'phone: Ms Berg'
  sealcheck keys add --key <TEXT> --issuer 'Loan node' --key-id k1 --signs-for node-1 \\
      --confirmed-by 'A. Auditor' --how inPerson
  sealcheck keys add --reviewer 'Anna Berg' --key 'ssh-ed25519 AAAA...' \\
      --confirmed-by 'A. Auditor' --how inPerson     a person who signs review notes
  sealcheck keys export --output keybook.json       to hand over; compare its SHA-256
  sealcheck keys import keybook.json --sha256 <HEX> nothing is added when the digest differs
Exit codes: 0 done, 2 wrong usage or an unusable file, 70 could not be written.";

const NOTE_EXAMPLES: &str = "\
Exit codes:
  0    VERIFIED: unchanged, and every sign-off by a key you confirmed
  1    FAILED: a mismatch is proven
  2    wrong usage
  3    INDETERMINATE: not signed off, not signed, or by a key nobody confirmed
  4    not a review note
  5    unreadable
  70   internal fault, or the result could not be written

Examples:
  sealcheck note verify pack.zip.review.json
  sealcheck note verify --pack pack.zip --keys anna.pub pack.zip.review.json
  sealcheck note verify pack.zip.sealnote           a case file, as far as it goes";

const PACK_EXAMPLES: &str = "\
NexArt records become an evidence pack with a list, their receipts and keys, and what was left out by digest; rows of
an Invoance log stay lines of a log; a Keel export goes along whole or not at all. The new pack is checked before it
is kept: no record comes to another result in it.

Exit codes, by what the new pack comes to:
  0    VERIFIED
  1    FAILED: a chosen record does not match, and still does not in the new pack
  2    wrong usage, a Keel export in part, or records that cannot stand without their pack
  3    INDETERMINATE, as every selection of an Invoance log: it is filtered
  4    no record fits, nothing was written
  5    unreadable, empty, or over a limit
  70   internal fault, or the result could not be written
  130  interrupted

Examples:
  sealcheck pack --record run-7 --output run-7.zip pack.zip
  sealcheck pack --project Q3 --from 2026-07-01 --to 2026-09-30 --output q3.zip year.zip
  sealcheck pack --together cer.json receipt.json --output pack.zip     build one from loose files
  sealcheck pack --form folder --output out one.zip two.zip";

const EXIT_CODES: &str = "\
Exit codes:
  0    every pack VERIFIED
  1    a pack FAILED: a mismatch is proven
  2    wrong usage
  3    INDETERMINATE: something needed is absent
  4    NOT_EVIDENCE, or nothing to check
  5    unreadable, empty, or over a limit
  70   internal fault, or the result could not be written
  130  interrupted
Several packs: 70 before 1 before 5 before 3 before 4 before 0.

Examples:
  sealcheck sample                                  write the built-in sample packs
  sealcheck verify pack.zip                         check one pack
  sealcheck verify --format json pack.zip           the full report
  sealcheck verify --keys node.json pack.zip        check with a key set for this run
  sealcheck export pdf --note pack.zip.sealnote --output report.pdf pack.zip
  sealcheck export project-csv --output s.csv pack.zip
  sealcheck export audit-report --record run-7 pack.zip
  sealcheck export --raw --record run-7 --output run-7.json pack.zip
  sealcheck pack --record run-7 --output run-7.zip pack.zip";

/// Checks evidence packs on this computer, without a network.
#[derive(Debug, Parser)]
#[command(name = "sealcheck", version, after_long_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check packs and say what they come to
    #[command(after_long_help = EXIT_CODES)]
    Verify(VerifyArgs),
    /// List what a pack holds, without checking it
    #[command(
        after_long_help = "Exit codes: 0 listed, 2 wrong usage, 5 unreadable, empty, or over a limit.\n\nExample:\n  sealcheck inspect pack.zip"
    )]
    Inspect(InspectArgs),
    /// Look after the key book: the keys you have confirmed
    #[command(after_long_help = KEY_EXAMPLES)]
    Keys(KeysArgs),
    /// Check a pack and write a report (HTML, PDF, XLSX, JSON), an audit report, a project summary or exact bytes of records
    #[command(after_long_help = EXIT_CODES)]
    Export(Box<ExportArgs>),
    /// Take records out of packs, with what belongs to them, as a pack of their own
    #[command(after_long_help = PACK_EXAMPLES)]
    Pack(PackOutArgs),
    /// Check a review note that somebody handed over
    #[command(after_long_help = NOTE_EXAMPLES)]
    Note(NoteArgs),
    /// Write the built-in sample packs and their key book
    Sample(SampleArgs),
    /// Print the JSON Schema of the report or of the review note
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one page per command into a folder
    Man(ManArgs),
}

/// The packs of a run.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// A zip, tar, folder or single file; each is one pack. `-` reads one document from standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// All paths form one pack, e.g. an export and its manifest
    #[arg(long)]
    pub(crate) together: bool,
    /// Raise a limit for this run, e.g. entry-ratio=1000 for very repetitive rows. Limits: pack-size, entries,
    /// directory-size, entry-size, whole-entry-size, total-size, line-length, summary-size (bytes), entry-ratio,
    /// pack-ratio, json-depth, json-nodes, records (numbers)
    #[arg(long = "limit", value_name = "NAME=NUMBER", value_parser = limit)]
    pub(crate) limits: Vec<(String, u64)>,
}

impl PackArgs {
    /// The limits of the run.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for (name, value) in &self.limits {
            // Whatever is wrong with one was said when the arguments were read.
            let _ = limits.raise(name, *value);
        }
        limits
    }
}

/// Keys and statements that a run goes by.
#[derive(Debug, Args)]
pub(crate) struct TrustArgs {
    /// A key book, key set, trust root, single public key or authority's certificate; counts as confirmed for this run
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Vec<PathBuf>,
    /// One public key as text; counts as confirmed for this run
    #[arg(long, value_name = "TEXT")]
    pub(crate) key: Vec<String>,
    /// A layer that must be there
    #[arg(long, value_name = "LAYER", value_parser = layer)]
    pub(crate) require: Vec<Layer>,
    /// Your own statement of what an export covers: full, time-range, seq-range, filtered or unknown
    #[arg(long, value_name = "SCOPE", value_parser = scope)]
    pub(crate) scope: Option<Scope>,
    /// Reference time (RFC 3339) for questions about "now"; none without it
    #[arg(long, value_name = "TIME", value_parser = reference_time)]
    pub(crate) at: Option<String>,
}

/// Where a result goes.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Write to this file instead of standard output: whole or not at all, never into a pack
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    /// Form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Colour of text
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// No progress on the error stream
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// The report; with several packs an array of reports
    Json,
    /// One report per line
    Ndjson,
    /// The project summary, one row per record
    Csv,
    /// The report to read, as one HTML file; one pack only
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    /// Form of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    pub(crate) kind: Option<ExportKind>,
    /// The exact bytes of the chosen records; several into the folder --output, or a line each where each is one line
    #[arg(long, required = true)]
    pub(crate) raw: bool,
    #[command(flatten)]
    pub(crate) of: RawArgs,
}

/// Which exact bytes, and where they go.
#[derive(Debug, Args)]
pub(crate) struct RawArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    #[command(flatten)]
    pub(crate) chosen: ChosenArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// A new pack.
#[derive(Debug, Args)]
pub(crate) struct PackOutArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    #[command(flatten)]
    pub(crate) chosen: ChosenArgs,
    /// Where the new pack goes: whole or not at all, never into a pack that is read
    #[arg(long, short, value_name = "FILE", required = true)]
    pub(crate) output: PathBuf,
    /// Replace an existing file; a folder is never replaced
    #[arg(long)]
    pub(crate) force: bool,
    /// Form of the new pack
    #[arg(long, value_enum, default_value_t = PackForm::Zip)]
    pub(crate) form: PackForm,
    /// Who hands it over, as it stands in its list
    #[arg(long, value_name = "NAME", default_value = "not stated")]
    pub(crate) exported_by: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PackForm {
    /// One zip
    Zip,
    /// A folder that is not there yet
    Folder,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExportKind {
    /// The single-record audit report (JSON); with several records one file each, into the folder --output
    #[command(after_long_help = EXIT_CODES)]
    AuditReport(AuditArgs),
    /// The project summary (CSV, eleven columns), one row per record
    #[command(after_long_help = EXIT_CODES)]
    ProjectCsv(CsvArgs),
    /// The full report (JSON)
    #[command(after_long_help = EXIT_CODES)]
    Report(ReportArgs),
    /// The report to read, as one HTML file without scripts
    #[command(after_long_help = EXIT_CODES)]
    Html(DocumentArgs),
    /// The report to file, as PDF
    #[command(after_long_help = EXIT_CODES)]
    Pdf(DocumentArgs),
    /// The report as a workbook, with every record and every check
    #[command(after_long_help = EXIT_CODES)]
    Xlsx(DocumentArgs),
}

#[derive(Debug, Args)]
pub(crate) struct DocumentArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    /// How much of the report: short has the result, the conclusion and the sign-offs
    #[arg(long, value_enum, default_value_t = DocumentProfile::Full)]
    pub(crate) profile: DocumentProfile,
    /// The review note of this pack (.sealnote or .review.json), to put the reviewer's work in the report
    #[arg(long, value_name = "FILE")]
    pub(crate) note: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentProfile {
    /// Sections 1 to 5 and 13
    Short,
    /// All fourteen sections
    Full,
}

#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CsvArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Form of the file
    #[arg(long, value_enum, default_value_t = CsvProfile::Standard)]
    pub(crate) profile: CsvProfile,
    /// Leave fields that a spreadsheet could run as a formula exactly as they are
    #[arg(long)]
    pub(crate) no_guard: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CsvProfile {
    /// The form of the NexArt dashboard
    Standard,
    /// For spreadsheet programs: byte-order mark, CRLF, every field quoted
    Excel,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Which records an export is about; several scopes narrow each other.
#[derive(Debug, Args)]
pub(crate) struct ScopeArgs {
    #[command(flatten)]
    pub(crate) chosen: ChosenArgs,
    /// Project to write where the evidence names none
    #[arg(long, value_name = "NAME")]
    pub(crate) project_label: Option<String>,
}

/// The scopes themselves.
#[derive(Debug, Args)]
pub(crate) struct ChosenArgs {
    /// Records with this execution id
    #[arg(long, value_name = "ID")]
    pub(crate) record: Vec<String>,
    /// Records with this certificate hash
    #[arg(long, value_name = "HASH")]
    pub(crate) hash: Vec<String>,
    /// Records of this project, as stated
    #[arg(long, value_name = "NAME")]
    pub(crate) project: Option<String>,
    /// Records of this app, as stated
    #[arg(long, value_name = "NAME")]
    pub(crate) app: Option<String>,
    /// Records of this surface, as stated
    #[arg(long, value_name = "NAME")]
    pub(crate) surface: Option<String>,
    /// Records created at this time or day, or later
    #[arg(long, value_name = "TIME", value_parser = crate::clock::first_moment)]
    pub(crate) from: Option<jiff::Timestamp>,
    /// Records created until this time or the end of this day
    #[arg(long, value_name = "TIME", value_parser = crate::clock::last_moment)]
    pub(crate) to: Option<jiff::Timestamp>,
}

#[derive(Debug, Args)]
pub(crate) struct KeysArgs {
    /// Another key book file than your own
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) book: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) action: KeysAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysAction {
    /// List the confirmed keys
    List(KeysListArgs),
    /// Show one entry in full
    Show {
        /// Its number in the list
        #[arg(value_name = "NUMBER")]
        number: usize,
    },
    /// Add a key you have confirmed outside the pack
    Add(Box<KeysAddArgs>),
    /// Take a key out
    Remove {
        /// Its number in the list
        #[arg(value_name = "NUMBER")]
        number: usize,
        /// It is the number of a reviewer
        #[arg(long)]
        reviewer: bool,
        /// It is the number of a time-stamp authority
        #[arg(long, conflicts_with = "reviewer")]
        authority: bool,
    },
    /// Write the key book, to hand over or to compare its digest
    Export(OutputArgs),
    /// Add the entries of another key book
    Import {
        /// The key book file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The digest you were told over another channel; nothing is added when it differs
        #[arg(long, value_name = "HEX")]
        sha256: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct KeysListArgs {
    /// List the published keys that could be confirmed instead
    #[arg(long)]
    pub(crate) suggestions: bool,
    /// Form of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct KeysAddArgs {
    /// The public key as text
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["suggestion", "certificate"])]
    pub(crate) key: Option<String>,
    /// Confirm the published key of that number (`keys list --suggestions`)
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["key", "key_id", "signs_for", "purpose"])]
    pub(crate) suggestion: Option<usize>,
    /// It is the key of a person of that name, who signs review notes
    #[arg(long, value_name = "NAME", conflicts_with_all = ["suggestion", "issuer", "ecosystem", "key_id", "signs_for", "purpose"])]
    pub(crate) reviewer: Option<String>,
    /// It is the root certificate of a time-stamp authority: a file of PEM or DER; --issuer names the authority
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "suggestion", "reviewer", "key_id", "signs_for", "purpose", "valid_from", "valid_to"])]
    pub(crate) certificate: Option<PathBuf>,
    /// What you call the issuer
    #[arg(long, value_name = "NAME", required_unless_present_any = ["suggestion", "reviewer"])]
    pub(crate) issuer: Option<String>,
    /// Whose evidence it signs
    #[arg(long, value_name = "ECOSYSTEM", value_parser = ecosystem, default_value = "nexart")]
    pub(crate) ecosystem: EcosystemName,
    /// The key's name in that ecosystem
    #[arg(long, value_name = "ID")]
    pub(crate) key_id: Option<String>,
    /// Node id, organisation or project that it signs for
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub(crate) signs_for: Vec<String>,
    /// Keel purpose
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: Option<String>,
    /// Where it came from
    #[arg(long, value_name = "TEXT", default_value = "typed on the command line")]
    pub(crate) source: String,
    /// Start of its period (RFC 3339)
    #[arg(long, value_name = "TIME", value_parser = reference_time)]
    pub(crate) valid_from: Option<String>,
    /// End of its period (RFC 3339)
    #[arg(long, value_name = "TIME", value_parser = reference_time)]
    pub(crate) valid_to: Option<String>,
    /// Who confirmed it
    #[arg(long, value_name = "NAME")]
    pub(crate) confirmed_by: String,
    /// How: phone, inPerson, signedLetter, published or other, with free text behind a colon
    #[arg(long, value_name = "HOW", value_parser = way)]
    pub(crate) how: String,
    /// The last eight characters of the fingerprint, as you were told; asked for when left out
    #[arg(long, value_name = "CHARACTERS")]
    pub(crate) last_characters: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NoteArgs {
    #[command(subcommand)]
    pub(crate) action: NoteAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NoteAction {
    /// Check that a note is unchanged, from whom it is, and that it is complete
    #[command(after_long_help = NOTE_EXAMPLES)]
    Verify(NoteVerifyArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NoteVerifyArgs {
    /// A finished note (.review.json) or a case file (.sealnote)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The pack at hand, to compare with the one the note is about
    #[arg(long, value_name = "PATH")]
    pub(crate) pack: Option<PathBuf>,
    /// A key book or the public key of a reviewer; counts as confirmed for this run
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Vec<PathBuf>,
    /// The public key of a reviewer as text; counts as confirmed for this run
    #[arg(long, value_name = "TEXT")]
    pub(crate) key: Vec<String>,
    /// Form of the result
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Of which file
    #[arg(value_enum, default_value_t = Schema::Report)]
    pub(crate) of: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Schema {
    /// sealcheck.report/1
    Report,
    /// sealcheck.review/1
    Review,
}

#[derive(Debug, Args)]
pub(crate) struct SampleArgs {
    /// Folder to write into
    #[arg(value_name = "FOLDER", default_value = "sealcheck-samples")]
    pub(crate) folder: PathBuf,
    /// Replace existing files
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Folder for one page per command
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
}

fn layer(text: &str) -> Result<Layer, String> {
    text.parse().map_err(|_| "expected chain or closures".to_owned())
}

/// A limit and its new value, both of which exist.
fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=NUMBER")?;
    let value = value.parse().map_err(|_| "expected NAME=NUMBER")?;
    let raised = Limits::default().raise(name, value);
    raised
        .map(|()| (name.to_owned(), value))
        .map_err(|fault| fault.to_string())
}

fn scope(text: &str) -> Result<Scope, String> {
    text.parse()
        .map_err(|_| "expected full, time-range, seq-range, filtered or unknown".to_owned())
}

fn ecosystem(text: &str) -> Result<EcosystemName, String> {
    match text {
        "nexart" => Ok(EcosystemName::NexArt),
        "keel" => Ok(EcosystemName::Keel),
        "invoance" => Ok(EcosystemName::Invoance),
        _ => Err("expected nexart, keel or invoance".to_owned()),
    }
}

/// One spelling for one moment, so that two stations write the same report.
fn reference_time(text: &str) -> Result<String, String> {
    let time: jiff::Timestamp = text
        .parse()
        .map_err(|_| "expected a time like 2026-11-25T09:00:00Z".to_owned())?;
    Ok(time.to_string())
}

fn way(text: &str) -> Result<String, String> {
    let word = text.split(':').next().unwrap_or_default().trim();
    if review::keybook_file::WAYS.iter().any(|(id, _)| *id == word) {
        return Ok(text.to_owned());
    }
    Err("expected phone, inPerson, signedLetter, published or other, with free text behind a colon".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_reference_time_has_one_spelling() {
        assert_eq!(
            reference_time("2026-11-25T10:00:00+01:00").unwrap(),
            "2026-11-25T09:00:00Z"
        );
        assert!(reference_time("yesterday").is_err());
    }

    #[test]
    fn a_limit_has_a_known_name_and_stays_below_its_ceiling() {
        assert_eq!(limit("entry-ratio=900"), Ok(("entry-ratio".to_owned(), 900)));
        for text in ["entry-ratio", "entry-ratio=x", "entry-ratio=1001", "depth=5"] {
            assert!(limit(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_way_may_have_free_text() {
        assert!(way("phone: number from the contract").is_ok());
        assert!(way("guess").is_err());
    }
}
