//! What an export can cover, as the reviewer states it.

use evidence::Scope;

/// The words for one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeWords {
    /// The answer's handle, and the report's word.
    pub id: &'static str,
    /// The answer.
    pub lead: &'static str,
    /// What it means, and what it does to the result.
    pub text: &'static str,
    /// As it stands in "You stated: the whole log."
    pub clause: &'static str,
}

/// The answers, in the order in which they are asked.
pub const SCOPES: [Scope; 5] = [
    Scope::Full,
    Scope::SeqRange,
    Scope::TimeRange,
    Scope::Filtered,
    Scope::Unknown,
];

/// The words for an answer.
#[must_use]
pub fn scope(scope: Scope) -> ScopeWords {
    match scope {
        Scope::Full => ScopeWords {
            id: "full",
            lead: "The whole log.",
            text: "All events were asked for. Then every missing number is a mismatch.",
            clause: "the whole log",
        },
        Scope::SeqRange => ScopeWords {
            id: "seq_range",
            lead: "A range of numbers.",
            text: "It may start above 1. Every number missing inside it is a mismatch.",
            clause: "a range of numbers",
        },
        Scope::TimeRange => ScopeWords {
            id: "time_range",
            lead: "A time range.",
            text: "Events reported late can leave innocent gaps, so gaps stay undecided.",
            clause: "a time range",
        },
        Scope::Filtered => ScopeWords {
            id: "filtered",
            lead: "A filtered selection.",
            text: "Certain actions, people or targets were asked for. Then Complete? is not answered.",
            clause: "a filtered selection",
        },
        Scope::Unknown => ScopeWords {
            id: "unknown",
            lead: "Not known.",
            text: "Gaps stay undecided until somebody says what was asked for.",
            clause: "not known",
        },
    }
}

/// The scope of a report's word or a page's handle.
#[must_use]
pub fn scope_of(id: &str) -> Option<Scope> {
    SCOPES.into_iter().find(|one| scope(*one).id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_back_to_its_scope() {
        for one in SCOPES {
            assert_eq!(scope_of(scope(one).id), Some(one));
        }
        assert_eq!(scope_of("everything"), None);
    }
}
