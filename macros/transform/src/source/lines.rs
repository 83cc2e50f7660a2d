//! Statements on lines of their own, for a doc comment that shows code.
//!
//! Input: the tokens of a block's or a `match`'s inside. Output: lines, indented; a statement that is short stays on one line.

use std::cell::OnceCell;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::quote_source;

const WIDTH: usize = 90;
const INDENT: &str = "    ";

/// The lines of a block's inside.
pub(crate) fn lines(tokens: TokenStream) -> Vec<String> {
    let mut lines = Vec::new();
    statements(tokens, 0, &mut lines);
    lines
}

fn statements(tokens: TokenStream, depth: usize, lines: &mut Vec<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut start = 0;
    for index in 0..tokens.len() {
        if ends_statement(&tokens[start..=index], tokens.get(index + 1)) {
            statement(&tokens[start..=index], depth, lines);
            start = index + 1;
        }
    }
    statement(&tokens[start..], depth, lines);
}

/// Whether the tokens are a whole statement or arm.
fn ends_statement(tokens: &[TokenTree], next: Option<&TokenTree>) -> bool {
    match tokens.last() {
        Some(TokenTree::Punct(mark)) if mark.as_char() == ';' => true,
        Some(TokenTree::Punct(mark)) if mark.as_char() == ',' => !is_among_types(tokens),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let goes_on = match next {
                Some(TokenTree::Punct(mark)) => ".?;,=+-*/<>&|".contains(mark.as_char()),
                Some(TokenTree::Ident(word)) => word == "else",
                _ => false,
            };
            !goes_on && is_block_like(tokens)
        }
        _ => false,
    }
}

/// Whether the end of the tokens is in angle brackets: `Vec::<_,`, `let map: HashMap<String,`.
fn is_among_types(tokens: &[TokenTree]) -> bool {
    let (mut depth, mut before): (usize, Option<&TokenTree>) = (0, None);
    for token in tokens {
        match (before, token) {
            (Some(TokenTree::Punct(arrow)), TokenTree::Punct(mark))
                if mark.as_char() == '>' && "-=".contains(arrow.as_char()) => {}
            (_, TokenTree::Punct(mark)) if mark.as_char() == '>' => depth = depth.saturating_sub(1),
            (Some(before), TokenTree::Punct(mark)) if mark.as_char() == '<' => {
                let of_type = match before {
                    TokenTree::Punct(mark) => mark.as_char() == ':',
                    TokenTree::Ident(name) => name.to_string().starts_with(char::is_uppercase),
                    _ => false,
                };
                depth += usize::from(of_type || depth > 0);
            }
            _ => {}
        }
        before = Some(token);
    }
    depth > 0
}

/// `if ..`, `match ..`, `'a: loop ..`, `pattern => { .. }`
fn is_block_like(tokens: &[TokenTree]) -> bool {
    let keywords = [
        "if", "match", "for", "while", "loop", "unsafe", "fn", "struct", "impl", "mod", "enum", "async",
    ];
    let arrow = tokens
        .windows(2)
        .any(|pair| is_mark(&pair[0], '=') && is_mark(&pair[1], '>'));
    let starts = match tokens {
        [TokenTree::Ident(word), ..] => keywords.iter().any(|keyword| word == keyword),
        [TokenTree::Punct(mark), ..] => mark.as_char() == '\'',
        [TokenTree::Group(_)] => true,
        _ => false,
    };
    starts || arrow
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn statement(tokens: &[TokenTree], depth: usize, lines: &mut Vec<String>) {
    if tokens.is_empty() {
        return;
    }
    let writer = Writer {
        statement: tokens,
        depth,
        wide: OnceCell::new(),
    };
    let mut line = INDENT.repeat(depth);
    writer.write(tokens, &mut line, lines);
    lines.push(line);
}

struct Writer<'t> {
    statement: &'t [TokenTree],
    depth: usize,
    /// Asked for few statements: what has statements in it is open, however wide it is.
    wide: OnceCell<bool>,
}

impl Writer<'_> {
    /// Whether the statement is too wide for a line.
    fn is_wide(&self) -> bool {
        let width = || INDENT.len() * self.depth + text(self.statement).len();
        *self.wide.get_or_init(|| width() > WIDTH)
    }

    /// Behind what is in the line already.
    fn write(&self, tokens: &[TokenTree], line: &mut String, lines: &mut Vec<String>) {
        let mut from = 0;
        for (index, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            if is_open(group, || self.is_wide()) {
                *line += &text(&tokens[from..index]);
                let begins = line.trim_start().is_empty() || line.ends_with([' ', '(']);
                *line += if begins { "{" } else { " {" };
                lines.push(std::mem::take(line));
                statements(group.stream(), self.depth + 1, lines);
                *line = INDENT.repeat(self.depth) + "}";
            } else if group.delimiter() == Delimiter::Parenthesis && opens(group) && self.is_wide() {
                *line += &text(&tokens[from..index]);
                line.push('(');
                self.write(&group.stream().into_iter().collect::<Vec<_>>(), line, lines);
                line.push(')');
            } else {
                continue;
            }
            from = index + 1;
            let tight = tokens
                .get(from)
                .is_none_or(|next| matches!(next, TokenTree::Punct(mark) if ".?;,".contains(mark.as_char())));
            if !tight {
                line.push(' ');
            }
        }
        *line += &text(&tokens[from..]);
    }
}

/// Whether there are braces with statements in it, to be on several lines.
fn opens(group: &Group) -> bool {
    match group.delimiter() {
        Delimiter::Brace => has_statements(group),
        Delimiter::Parenthesis => {
            let mut inside = group.stream().into_iter();
            inside.any(|token| matches!(&token, TokenTree::Group(group) if opens(group)))
        }
        _ => false,
    }
}

/// Whether the braces are to be on several lines.
fn is_open(group: &Group, is_wide: impl Fn() -> bool) -> bool {
    if group.delimiter() != Delimiter::Brace || group.stream().is_empty() {
        return false;
    }
    has_statements(group) || is_wide()
}

fn has_statements(group: &Group) -> bool {
    group.stream().into_iter().any(|token| match &token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && has_statements(group),
        other => is_mark(other, ';'),
    })
}

fn text(tokens: &[TokenTree]) -> String {
    quote_source(&tokens.iter().cloned().collect(), usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn keeps(text: &str) {
        assert_eq!(lines(text.parse().unwrap()).join("\n"), text);
    }

    #[test]
    fn a_statement_a_line() {
        keeps("let a = 1;\nf(a, [1, 2])");
        keeps("let x = if a { b } else { c };\nx");
    }

    #[test]
    fn blocks_with_statements_are_open() {
        keeps("for x in list {\n    f(x);\n    if x > 1 {\n        break;\n    }\n}\ndone()");
        keeps("let Some(x) = y else {\n    return;\n};");
        keeps("if a {\n    b();\n} else if c {\n    d();\n} else {\n    e();\n}");
    }

    #[test]
    fn types_are_not_split() {
        keeps("let map: HashMap<String, Vec<u32>> = HashMap::new();\nOk::<_, Error>(n)");
        keeps("match x {\n    n if n < 3 => {\n        a();\n    }\n    _ => b(),\n}");
    }

    #[test]
    fn wide_arguments_are_open() {
        keeps("spawn(async move { f(); });");
        let long = "x".repeat(WIDTH);
        keeps(&format!("spawn(async move {{\n    f({long});\n}});"));
        keeps(&format!(
            "join(a, async {{\n    f({long});\n}}, g(|x| {{\n    x;\n}}, 1)).await"
        ));
    }

    #[test]
    fn arms() {
        keeps("match x {\n    Some(y) => {\n        f(y);\n    }\n    None => g(),\n}");
    }
}
