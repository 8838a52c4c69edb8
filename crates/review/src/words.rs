//! The one table of words: the same event has the same words in the window, the command line and the reports.
//!
//! Each table is matched without a catch-all arm, so that a code without words does not compile. Sentences have at most
//! 20 words, state the fact first and accuse nobody; a mismatch names its two most likely causes.

mod checks;
mod glossary;
mod keys;
mod my_review;
pub mod note;
mod raised;
mod reasons;
mod roles;
mod scopes;
pub mod sentence;
mod statements;
mod states;
mod verdicts;

pub use checks::{CheckWords, check};
pub use glossary::{GLOSSARY, Term};
pub use keys::{KeyWords, TIME_STAMP_ROOTS, WAYS, key_state};
pub use my_review::{SIGNING, answer, method, reliance, severity, signed_as, statement_of};
pub use raised::{limit, limit_value};
pub use reasons::{ReasonWords, reason, refusal, refused};
pub use roles::{cover, file_role, format_name, record_type};
pub use scopes::{SCOPES, ScopeWords, scope, scope_of};
pub use statements::statement;
pub use states::{StateWords, UNKNOWABLE, state};
pub use verdicts::{outcome, question, record_verdict, tile_lead, verdict};

#[cfg(test)]
mod tests;
