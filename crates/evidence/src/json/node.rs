//! The tree of a JSON document.

use super::{Span, Text};

/// One value and its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// From its first to its last byte, quotes and brackets included.
    pub span: Span,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The literal as written: what it means is the format's business.
    Number(&'a str),
    /// A string.
    String(Text<'a>),
    /// The elements in their order.
    Array(Box<[Node<'a>]>),
    /// The members in their order, repeated names included.
    Object(Box<[Member<'a>]>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'a> {
    /// The name after unescaping.
    pub name: Text<'a>,
    /// The name's literal, quotes included.
    pub name_span: Span,
    /// Its value.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The value of the first member with this name; none if this is no object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        let found = self.members().iter().find(|member| member.name.as_str() == Some(name));
        found.map(|member| &member.value)
    }

    /// The members; none if this is no object.
    #[must_use]
    pub fn members(&self) -> &[Member<'a>] {
        if let Value::Object(members) = &self.value {
            members
        } else {
            &[]
        }
    }

    /// The elements; none if this is no array.
    #[must_use]
    pub fn items(&self) -> &[Node<'a>] {
        if let Value::Array(items) = &self.value {
            items
        } else {
            &[]
        }
    }

    /// The string, if this is one without a lone surrogate.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value {
            text.as_str()
        } else {
            None
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(truth) = self.value {
            Some(truth)
        } else {
            None
        }
    }

    /// The number, if it is written as a non-negative integer (no sign, point or exponent) that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        if let Value::Number(literal) = self.value {
            literal.parse().ok()
        } else {
            None
        }
    }

    /// The literal as written, if this is a number.
    #[must_use]
    pub fn as_number(&self) -> Option<&'a str> {
        if let Value::Number(literal) = self.value {
            Some(literal)
        } else {
            None
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Whether this is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Whether this is an array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    /// The value that a JSON Pointer (RFC 6901, not percent-encoded) leads to from here.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Node<'a>> {
        let mut tokens = pointer.split('/');
        if tokens.next() != Some("") {
            return None;
        }
        tokens.try_fold(self, |node, token| node.step(token))
    }

    fn step(&self, token: &str) -> Option<&Node<'a>> {
        if self.is_array() {
            let canonical = token == "0" || !token.starts_with(['0', '+']);
            return self.items().get(token.parse::<usize>().ok().filter(|_| canonical)?);
        }
        self.get(&token.replace("~1", "/").replace("~0", "~"))
    }

    /// How deep it nests: 0 for a scalar, 1 for an object or array of scalars. At most [`super::DEPTH_CEILING`].
    #[must_use]
    pub fn depth(&self) -> usize {
        let inside = match &self.value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return 0,
            Value::Array(items) => items.iter().map(Node::depth).max(),
            Value::Object(members) => members.iter().map(|member| member.value.depth()).max(),
        };
        1 + inside.unwrap_or(0)
    }
}
