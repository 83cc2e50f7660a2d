//! The flattening: which role each token plays.
//!
//! Input: a token stream. Output: its [`Piece`]s in order, delimiters among them.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

use super::{Piece, Role};

/// The flattened tokens so far.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) list: Vec<Piece>,
    /// Whether what was pushed last ends an operand, so that an operator after it is binary.
    after_operand: bool,
    /// How many `<` of generics are open in the current group.
    generics: usize,
    /// Whether the first `|` of a closure waits for its second one in the current group.
    closure: bool,
}

impl Pieces {
    pub(super) fn stream(&mut self, tokens: TokenStream) {
        let outer = (std::mem::take(&mut self.generics), std::mem::take(&mut self.closure));
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [token, ..] = rest {
            let used = match token {
                TokenTree::Group(group) => self.group(group),
                TokenTree::Ident(ident) => self.word(ident.to_string()),
                TokenTree::Literal(literal) => self.push(literal_text(&literal.to_string()), Role::Operand, true),
                TokenTree::Punct(_) => self.punct(rest),
            };
            rest = &rest[used..];
        }
        (self.generics, self.closure) = outer;
    }

    /// Returns how many tokens a piece is made of, as everything below: one, except for [`punct`](Self::punct).
    fn push(&mut self, text: impl Into<String>, role: Role, ends_operand: bool) -> usize {
        self.list.push(Piece {
            text: text.into(),
            role,
        });
        self.after_operand = ends_operand;
        1
    }

    fn last(&self) -> Option<&Piece> {
        self.list.last()
    }

    fn last_text(&self) -> &str {
        self.last().map_or("", |piece| &piece.text)
    }

    fn last_role(&self) -> Option<Role> {
        self.last().map(|piece| piece.role)
    }

    /// Names after `.` and `::` are never keywords.
    fn word(&mut self, word: String) -> usize {
        let keyword = is_prefix_keyword(&word) && self.last_role() != Some(Role::Joiner);
        let role = if keyword { Role::Keyword } else { Role::Operand };
        self.push(word, role, !keyword)
    }

    fn group(&mut self, group: &Group) -> usize {
        match group.delimiter() {
            Delimiter::None => self.stream(group.stream()),
            Delimiter::Brace if self.last_role() == Some(Role::Joiner) => {
                self.delimited("{", group, "}");
            }
            Delimiter::Brace => self.braces(group),
            Delimiter::Parenthesis => self.delimited("(", group, ")"),
            Delimiter::Bracket => self.delimited("[", group, "]"),
        }
        1
    }

    fn braces(&mut self, group: &Group) {
        // Of `}`, only that of a struct literal can be followed by a binary `-` in practice.
        let struct_literal = starts_uppercase(self.last_text()) || self.last_role() == Some(Role::Close);
        if group.stream().is_empty() {
            self.push("{}", Role::BraceEmpty, struct_literal);
            return;
        }
        self.push("{", Role::BraceOpen, false);
        self.stream(group.stream());
        self.push("}", Role::BraceClose, struct_literal);
    }

    fn delimited(&mut self, open: &str, group: &Group, close: &str) {
        let attribute = matches!(self.list.as_slice(), [.., last] if last.text == "#")
            || matches!(self.list.as_slice(), [.., first, last] if first.text == "#" && last.text == "!");
        let tight = self.after_operand || matches!(self.last_text(), "fn" | "pub");
        self.push(open, if tight { Role::Open } else { Role::OpenApart }, false);
        self.stream(group.stream());
        self.push(close, Role::Close, !attribute);
    }

    fn punct(&mut self, rest: &[TokenTree]) -> usize {
        if let [TokenTree::Punct(quote), TokenTree::Ident(name), ..] = rest
            && quote.as_char() == '\''
        {
            self.push(format!("'{name}"), Role::Keyword, false);
            return 2;
        }
        let operator = operator(rest);
        if operator.starts_with('<') && self.opens_generics(rest) {
            return self.open_generics();
        }
        if operator.starts_with('>') && self.generics > 0 {
            self.generics -= 1;
            return self.push(">", Role::Close, true);
        }
        let (role, ends_operand) = self.role(&operator);
        let used = operator.len();
        self.push(operator, role, ends_operand);
        used
    }

    /// The role of an operator, and whether it ends an operand.
    fn role(&mut self, operator: &str) -> (Role, bool) {
        let after_block = matches!(self.last_role(), Some(Role::BraceClose | Role::BraceEmpty));
        match operator {
            "," | ";" | ":" => (Role::Separator, false),
            // No statement begins so.
            "&&" | "||" if after_block => (Role::Binary, false),
            "." => (Role::Joiner, false),
            "::" if self.after_operand => (Role::Joiner, false),
            ".." | "..=" | "..." if self.after_operand => (Role::Range, false),
            "?" if self.after_operand || after_block => (Role::Postfix, true),
            "!" if self.after_operand => (Role::Postfix, true),
            "!" if self.last_text() == "->" => (Role::Operand, true),
            "|" if std::mem::take(&mut self.closure) => (Role::ClosureClose, false),
            "|" if !self.after_operand => {
                self.closure = true;
                (Role::ClosureOpen, false)
            }
            "||" if !self.after_operand => (Role::Keyword, false),
            "&" | "&&" | "*" | "-" | "!" | "?" | "::" | ".." | "..=" | "..." if !self.after_operand => {
                (Role::Prefix, false)
            }
            "#" | "$" | "~" => (Role::Prefix, false),
            _ => (Role::Binary, false),
        }
    }

    /// Whether the `<` at the start of `rest` opens generic arguments; without types only a guess,
    /// a good one.
    fn opens_generics(&self, rest: &[TokenTree]) -> bool {
        let after_fn_name = matches!(self.list.as_slice(), [.., first, _] if first.text == "fn");
        if !self.after_operand || after_fn_name {
            return true;
        }
        // `A << b` is a shift, `Vec<<T as Iterator>::Item>` is not.
        let possible = !operator(rest).starts_with("<<") || has_cast(rest);
        let after_name = self.last_role() == Some(Role::Operand);
        after_name && starts_uppercase(self.last_text()) && possible && generics_end(&rest[1..])
    }

    fn open_generics(&mut self) -> usize {
        self.generics += 1;
        let tight = self.after_operand || matches!(self.last_text(), "impl" | "for" | "use");
        self.push("<", if tight { Role::Open } else { Role::OpenApart }, false)
    }
}

/// The operator at the start of `rest`: the longest one that the joint puncts there spell.
fn operator(rest: &[TokenTree]) -> String {
    const LONG: [&str; 24] = [
        "<<=", ">>=", "..=", "...", "::", "->", "=>", "..", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=",
        "%=", "^=", "&=", "|=", "<<", ">>",
    ];
    let joined = joined_puncts(rest);
    let long = LONG.iter().find(|long| joined.starts_with(**long));
    match long {
        Some(long) => (*long).to_owned(),
        None => joined.chars().take(1).collect(),
    }
}

fn joined_puncts(rest: &[TokenTree]) -> String {
    let mut joined = String::new();
    for token in rest.iter().take(3) {
        let TokenTree::Punct(punct) = token else {
            break;
        };
        joined.push(punct.as_char());
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    joined
}

fn has_cast(tokens: &[TokenTree]) -> bool {
    tokens
        .iter()
        .any(|token| matches!(token, TokenTree::Ident(ident) if ident == "as"))
}

/// Whether what follows a `<` reads as generic arguments up to their `>`.
fn generics_end(rest: &[TokenTree]) -> bool {
    let mut depth = 1;
    let mut previous: Option<&TokenTree> = None;
    for token in rest {
        let after_operand = !matches!(previous, None | Some(TokenTree::Punct(_)));
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' => depth += 1,
                '>' if joins(previous, '-') => {}
                '>' => depth -= 1,
                ';' | '.' | '|' | '/' | '%' | '^' | '@' | '#' => return false,
                '&' if after_operand => return false,
                '=' if joins(previous, '=') => return false,
                _ => {}
            },
            // `dyn for<'a> Fn(&'a str)` is a type.
            TokenTree::Ident(ident) if ident != "for" && is_statement_keyword(&ident.to_string()) => {
                return false;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && after_operand => {
                return false;
            }
            _ => {}
        }
        if depth == 0 {
            return true;
        }
        previous = Some(token);
    }
    false
}

/// Whether `previous` is the punct `expected`, written without a space after it.
fn joins(previous: Option<&TokenTree>, expected: char) -> bool {
    let is_expected = |punct: &Punct| punct.as_char() == expected && punct.spacing() == Spacing::Joint;
    matches!(previous, Some(TokenTree::Punct(punct)) if is_expected(punct))
}

fn starts_uppercase(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

/// The keywords that begin something; `self`, `crate`, `true` and the like are operands instead.
fn is_prefix_keyword(word: &str) -> bool {
    is_statement_keyword(word)
        || matches!(
            word,
            "as" | "async"
                | "const"
                | "dyn"
                | "enum"
                | "extern"
                | "fn"
                | "impl"
                | "mod"
                | "move"
                | "mut"
                | "pub"
                | "ref"
                | "static"
                | "struct"
                | "trait"
                | "type"
                | "unsafe"
                | "use"
                | "where"
                | "yield"
        )
}

fn is_statement_keyword(word: &str) -> bool {
    matches!(
        word,
        "break" | "continue" | "else" | "for" | "if" | "in" | "let" | "loop" | "match" | "return" | "while"
    )
}

/// A literal without line breaks, other invisible characters and backticks.
fn literal_text(literal: &str) -> String {
    let mut text = String::new();
    for char in literal.chars() {
        match char {
            '`' => text.push_str("\\x60"),
            _ if char.is_control() => text.extend(char.escape_default()),
            // These turn the direction of the text around; rustc refuses them in comments.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => text.extend(char.escape_unicode()),
            _ => text.push(char),
        }
    }
    text
}
