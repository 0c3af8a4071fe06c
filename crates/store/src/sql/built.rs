//! Statements whose conditions depend on a filter. Only fixed pieces of text go in; values are always parameters.

use super::value::Value;

/// A statement being built.
#[derive(Debug, Clone)]
pub(crate) struct Built<'a> {
    pub(crate) text: String,
    pub(crate) values: Vec<Value<'a>>,
}

impl<'a> Built<'a> {
    pub(crate) fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds a fixed piece.
    pub(crate) fn push(&mut self, piece: &'static str) -> &mut Self {
        self.text.push_str(piece);
        self
    }

    /// Adds a parameter: `$n`.
    pub(crate) fn value(&mut self, value: impl Into<Value<'a>>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds a fixed piece and after it a parameter.
    pub(crate) fn with(&mut self, piece: &'static str, value: impl Into<Value<'a>>) -> &mut Self {
        self.push(piece).value(value)
    }

    /// ` AND column = ANY(list)`; nothing for an empty list.
    pub(crate) fn any_of_codes<T>(
        &mut self,
        column: &'static str,
        list: &[T],
        code: impl Fn(&T) -> std::borrow::Cow<'a, str>,
    ) -> &mut Self {
        if list.is_empty() {
            return self;
        }
        let codes = Value::Texts(list.iter().map(code).collect());
        self.push(" AND ").push(column).with(" = ANY(", codes).push("::text[])")
    }

    /// ` AND column = ANY(ids)`, even for an empty list, which nothing is in.
    pub(crate) fn among(&mut self, column: &'static str, ids: impl Into<Value<'a>>) -> &mut Self {
        self.push(" AND ").push(column).with(" = ANY(", ids).push("::uuid[])")
    }
}
