//! The numbers that records claim, by what they count within.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A record's claim to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// What the number counts within, as a place in a list of names.
    pub scope: u32,
    /// The number.
    pub number: i64,
    /// Whether the record verifies: only then it fills its place.
    pub fills: bool,
    /// Whether it continues the record before it, where records say so.
    pub linked: bool,
    /// Whether it is proven not to match.
    pub failed: bool,
}

/// What numbers count within: an organisation, or a chain as one file shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thread<'t> {
    /// Its name in the evidence; empty for a chain without one.
    pub scope: &'t str,
    /// The file, of a chain.
    pub path: Option<&'t str>,
}

impl Thread<'_> {
    /// One text for both.
    #[must_use]
    pub fn name(&self) -> String {
        thread(self.scope, self.path)
    }
}

/// Scope and file as one text.
pub(crate) fn thread(scope: &str, path: Option<&str>) -> String {
    match path {
        Some(path) => format!("{path}\n{scope}"),
        None => scope.to_owned(),
    }
}

/// The claims of every record.
#[derive(Debug, Default)]
pub struct Claims {
    claims: Vec<Claim>,
    scopes: HashMap<Arc<str>, Range<usize>>,
}

impl Claims {
    /// Claims in any order, and the names of what they count within.
    #[must_use]
    pub fn new(names: &[Arc<str>], mut claims: Vec<Claim>) -> Claims {
        claims.sort_unstable();
        let mut scopes = HashMap::new();
        let mut start = 0;
        for same in claims.chunk_by(|one, other| one.scope == other.scope) {
            let scope = same.first().and_then(|claim| usize::try_from(claim.scope).ok());
            if let Some(name) = scope.and_then(|scope| names.get(scope)) {
                scopes.insert(Arc::clone(name), start..start + same.len());
            }
            start += same.len();
        }
        Claims { claims, scopes }
    }

    /// Those within one scope, in ascending order of their numbers.
    #[must_use]
    pub fn of(&self, thread: Thread<'_>) -> &[Claim] {
        let range = self.scopes.get(thread.name().as_str()).cloned().unwrap_or_default();
        self.claims.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_has_its_own_claims_in_order() {
        let names = ["b".into(), "a".into()];
        let claim = |scope, number| Claim {
            scope,
            number,
            fills: true,
            linked: true,
            failed: false,
        };
        let claims = Claims::new(&names, vec![claim(0, 3), claim(1, 9), claim(0, 1)]);
        let of = |scope| claims.of(Thread { scope, path: None });
        let numbers = |scope| of(scope).iter().map(|claim| claim.number).collect::<Vec<_>>();
        assert_eq!(
            (numbers("b"), numbers("a"), numbers("c")),
            (vec![1, 3], vec![9], vec![])
        );
    }
}
