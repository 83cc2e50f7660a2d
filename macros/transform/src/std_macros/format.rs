//! Format strings, as far as they name variables.
//!
//! Input: the literal of a format string. Output: the variables that it captures (`{name}`,
//! `{:width$.precision$}`), or the literal with other names for them.
//!
//! Invariant: a malformed format string has some captures or none; rustc reports it.

use std::ops::Range;

use proc_macro2::{Ident, Span};
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::Parser;

/// The captured variables, each once, in the order of their first mention.
pub(super) fn captures(literal: &LitStr) -> Vec<Ident> {
    let (text, span) = (literal.value(), literal.span());
    let mut captures: Vec<Ident> = Vec::new();
    for range in names(&text) {
        if let Some(name) = variable(&text[range], span)
            && !captures.contains(&name)
        {
            captures.push(name);
        }
    }
    captures
}

/// The literal with other names for its captures; everything else stays as it is written.
pub(super) fn renamed(literal: &LitStr, rename: &dyn Fn(&Ident) -> Option<String>) -> LitStr {
    let (source, text) = (literal.token().to_string(), literal.value());
    let visible = without_escapes(&source);
    let found = |text: &str| names(text).into_iter().map(|name| text[name].to_owned()).collect();
    let (written, meant): (Vec<String>, Vec<String>) = (found(&visible), found(&text));
    let edited = match written == meant {
        true => syn::parse_str(&edited(&source, names(&visible), rename)).ok(),
        false => None,
    };
    // Only escapes in or around a name (`{:\u{2500}<width$}`) lead to the literal being rewritten.
    let rewritten = || LitStr::new(&self::edited(&text, names(&text), rename), Span::call_site());
    let mut renamed: LitStr = edited.unwrap_or_else(rewritten);
    renamed.set_span(literal.span());
    renamed
}

fn edited(text: &str, names: Vec<Range<usize>>, rename: &dyn Fn(&Ident) -> Option<String>) -> String {
    let mut edited = String::new();
    let mut copied = 0;
    for name in names {
        let new = variable(&text[name.clone()], Span::call_site()).and_then(|old| rename(&old));
        if let Some(new) = new {
            edited.push_str(&text[copied..name.start]);
            edited.push_str(new.strip_prefix("r#").unwrap_or(&new));
            copied = name.end;
        }
    }
    edited + &text[copied..]
}

/// The literal's source with blanks for its escapes, so that their braces (`\u{7d}`) do not count.
fn without_escapes(source: &str) -> String {
    let mut visible = String::new();
    let mut rest = source;
    while let Some(at) = rest.find('\\').filter(|_| !source.starts_with('r')) {
        let (before, escape) = rest.split_at(at);
        let length = match escape.as_bytes().get(1) {
            Some(b'u') => escape.find('}').map_or(2, |end| end + 1),
            _ => 2,
        };
        let length = length.min(escape.len());
        visible.push_str(before);
        visible.extend(std::iter::repeat_n(' ', length));
        rest = &escape[length..];
    }
    visible + rest
}

/// The variable that a name in a format string means: `{type}` means `r#type`.
fn variable(name: &str, span: Span) -> Option<Ident> {
    Ident::parse_any.parse_str(name).ok()?;
    let keyword = syn::parse_str::<Ident>(name).is_err();
    match name {
        "_" => None,
        "self" | "Self" | "super" | "crate" => Some(Ident::new(name, span)),
        _ if keyword => Some(Ident::new_raw(name, span)),
        _ => Some(Ident::new(name, span)),
    }
}

/// Where a format string names arguments.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut scan = Scan {
        text,
        at: 0,
        names: Vec::new(),
    };
    while let Some(next) = scan.rest().find('{') {
        scan.at += next + 1;
        if !scan.eat("{") {
            scan.argument();
        }
    }
    scan.names
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    names: Vec<Range<usize>>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// What stands between braces: `name:specification`, both optional.
    fn argument(&mut self) {
        self.blanks();
        match self.word() {
            Some(name) => self.names.push(name),
            None => self.number(),
        }
        self.blanks();
        if self.eat(":") {
            self.specification();
        }
        let end = self.rest().find('}').map_or(self.text.len(), |end| self.at + end + 1);
        self.at = end;
    }

    /// `[[fill]align][sign]['#']['0'][width]['.' precision]type`
    fn specification(&mut self) {
        let mut chars = self.rest().chars();
        match (chars.next(), chars.next()) {
            (Some(fill), Some('<' | '^' | '>')) => self.at += fill.len_utf8() + 1,
            (Some('<' | '^' | '>'), _) => self.at += 1,
            _ => {}
        }
        let _ = self.eat("+") || self.eat("-");
        self.eat("#");
        if !self.rest().starts_with("0$") {
            self.eat("0");
        }
        self.count();
        if self.eat(".") {
            self.count();
        }
    }

    /// A number, or a name and `$`; a name without `$` is the type.
    fn count(&mut self) {
        let start = self.at;
        let name = self.word();
        match name {
            Some(name) if self.eat("$") => self.names.push(name),
            Some(_) => self.at = start,
            None => {
                self.number();
                self.eat("$");
            }
        }
    }

    fn number(&mut self) {
        let end = self.rest().find(|char: char| !char.is_ascii_digit());
        self.at += end.unwrap_or(self.rest().len());
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn word(&mut self) -> Option<Range<usize>> {
        let rest = self.rest();
        if rest.starts_with(|char: char| char.is_numeric()) {
            return None;
        }
        let length = rest.find(|char: char| !char.is_alphanumeric() && char != '_');
        let word = self.at..self.at + length.unwrap_or(rest.len());
        self.at = word.end;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(source: &str) -> LitStr {
        syn::parse_str(source).unwrap()
    }

    #[track_caller]
    fn captures_are(format: &str, expected: &[&str]) {
        let found = captures(&LitStr::new(format, Span::call_site()));
        assert_eq!(found, expected, "{format}");
    }

    #[test]
    fn names_and_specifications() {
        captures_are("{v} {v:?} { w } {x:#?}", &["v", "w", "x"]);
        captures_are("{v:>w$} {:.p$} {0:w$.q$} {:.*}", &["v", "w", "p", "q"]);
        captures_are("{v:_^+#0w$.p$x}", &["v", "w", "p"]);
        captures_are("{:0$} {:00$} {:05} {:5.3} {:?} {:x?} {:e}", &[]);
        captures_are("{a:é<b$}{a:<<c$}{a:<d$}{a:-e$}", &["a", "b", "c", "d", "e"]);
        captures_are("{größe}{_x}{x_1}", &["größe", "_x", "x_1"]);
    }

    #[test]
    fn escapes_and_positions_capture_nothing() {
        captures_are("{{v}} {} {0} {1:?} }} {_}", &[]);
        captures_are("{{{v}}}", &["v"]);
        captures_are("{{{{v}}}}", &[]);
    }

    #[test]
    fn keywords_are_raw() {
        captures_are("{self} {type}", &["self", "r#type"]);
    }

    #[test]
    fn malformed_strings_do_no_harm() {
        for format in [
            "{", "{v", "{v:", "{v:.", "}", "{:", "{v!}", "{²}", "{v:w", "{v{w}}", "{:{<5}",
        ] {
            captures(&LitStr::new(format, Span::call_site()));
        }
    }

    #[track_caller]
    fn becomes(source: &str, expected: &str) {
        let rename = |name: &Ident| match name.to_string().as_str() {
            "v" | "r#type" => Some("value".to_owned()),
            "w" => Some("r#in".to_owned()),
            _ => None,
        };
        assert_eq!(renamed(&literal(source), &rename).token().to_string(), expected);
    }

    #[test]
    fn renames_captures_alone() {
        becomes(r#""v {v} {v:>w$} {{v}} {x}""#, r#""v {value} {value:>in$} {{v}} {x}""#);
        becomes(r#""{type}""#, r#""{value}""#);
        becomes(r#""nothing""#, r#""nothing""#);
    }

    #[test]
    fn keeps_how_the_literal_is_written() {
        becomes(r##"r#"\n{v}""#"##, r##"r#"\n{value}""#"##);
        becomes(r#""\u{7b}\u{7b} \"\\\x41{v}\n""#, r#""\u{7b}\u{7b} \"\\\x41{value}\n""#);
        becomes("\"a\\\n  {v}\"", "\"a\\\n  {value}\"");
        becomes(r#""\x7bv}""#, r#""{value}""#);
        becomes(r#""{:\u{2500}<w$}""#, r#""{:─<in$}""#);
    }
}
