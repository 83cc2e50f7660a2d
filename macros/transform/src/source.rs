//! Tokens as the text a programmer would have typed, for doc comments and messages.
//!
//! Input: any tokens, well-formed or not. Output: one line of text.
//!
//! Invariants: the text depends on the tokens alone (not on spans, so that an expansion is the same everywhere); it holds no
//! line break, no control character and no backtick, so that it can stand between backticks in a `///` comment.
//!
//! It works in two steps: [`Pieces`] flattens the tokens and decides from what came before which role each one plays
//! (the `-` of `a - b` is not that of `-a`); [`spaced`] then decides from the roles of two neighbours whether a space
//! stands between them.

mod lines;
mod mutation;
mod pieces;
mod whole;

use proc_macro2::TokenStream;

use self::pieces::Pieces;
pub(crate) use self::{
    lines::lines,
    mutation::{has_ref_mut, is_mutated},
    whole::{is_given, is_member, mentions_fields_only, mentions_whole, parted},
};

const CUT: &str = " ..";

/// The tokens on one line of at most `limit` characters; what is longer ends in ` ..`.
pub(crate) fn quote_source(tokens: &TokenStream, limit: usize) -> String {
    let mut pieces = Pieces::default();
    pieces.stream(tokens.clone());
    cut(join(&pieces.list), limit)
}

fn cut(text: String, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text;
    }
    let kept: String = text.chars().take(limit.saturating_sub(CUT.len())).collect();
    format!("{}{CUT}", kept.trim_end())
}

fn join(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && spaced(pieces[index - 1].role, piece.role) {
            text.push(' ');
        }
        text.push_str(&piece.text);
    }
    text
}

struct Piece {
    text: String,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// A name, literal or keyword after which `(` and `[` stand tight: `f(x)`, `self[0]`.
    Operand,
    /// A keyword or lifetime after which they do not: `return (x)`, `&'a [T]`.
    Keyword,
    /// `.`, `::`: tight on both sides.
    Joiner,
    /// `..`, `..=` after an operand: tight but for what needs its space (`0.. {`).
    Range,
    /// `..` without a start, `&`, `!x`, `#`: tight to what follows.
    Prefix,
    /// `?`, and the `!` of a macro: tight to what precedes.
    Postfix,
    /// `,`, `;`, `:`.
    Separator,
    /// `+`, `=`, `=>`, ..: a space on both sides.
    Binary,
    /// `(`, `[`, the `<` of generics.
    Open,
    /// `(`, `[`, `<` that stand apart from the word or operator before: `return (x)`, `as <T>::U`.
    OpenApart,
    /// `)`, `]`, the `>` of generics.
    Close,
    /// The first `|` of a closure.
    ClosureOpen,
    /// The second one, and `||`.
    ClosureClose,
    /// `{`.
    BraceOpen,
    /// `}`.
    BraceClose,
    /// `{}`.
    BraceEmpty,
}

/// Whether a space stands between two neighbours.
fn spaced(before: Role, after: Role) -> bool {
    use Role::*;
    match (before, after) {
        // `.. => ..`, `.. = ..`, `(..).rev()`: what would read as another operator.
        (Prefix | Range, Binary | Joiner) => true,
        (_, Separator | Postfix | Close | Joiner | Range) => false,
        (BraceOpen, _) | (_, BraceClose) => true,
        (_, ClosureClose) => false,
        (Open | OpenApart | Prefix | Joiner | ClosureOpen, _) => false,
        (_, BraceOpen | BraceEmpty | Binary) => true,
        (Range, Keyword) => true,
        (Range, _) => false,
        (_, Open) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, Group, TokenTree};

    use super::*;

    /// `text` is what it must look like, so the same comes back whatever its spaces were.
    #[track_caller]
    fn keeps(text: &str) {
        let tokens: TokenStream = text.parse().unwrap();
        assert_eq!(quote_source(&tokens, usize::MAX), text);
    }

    #[test]
    fn calls_and_paths() {
        keeps("yield_!(&text[start..i])");
        keeps("std::mem::take(&mut self.items)[0].0.len()?");
        keeps("vec![1, 2, 3]");
        keeps("vec![(0, a); n]");
        keeps("select! { a => b }");
        keeps("f()()[1](x)");
        keeps("x.await?.y");
        keeps("return ::std::mem::take(x)");
        keeps("Promise::resolve(\"Hello\").await");
        keeps("[(), (1,), ([],)]");
    }

    #[test]
    fn operators() {
        keeps("a - b * -c + !d & &e | *f << 2 >= g && !h || -i == j");
        keeps("x = -1; y += 2; z >>= 3");
        keeps("return -x");
        keeps("&&x");
        keeps("&raw const x");
        keeps("p as *const u8 as usize");
        keeps("(a, b) = (b, a + b)");
        keeps("match (a) { _ if b => -1, _ => 2 }");
        keeps("a[i] -= b[-1]");
        keeps("async { 1 }?");
        keeps("{ a } && [b].c() || unsafe { d } && -e");
    }

    #[test]
    fn generics_and_comparisons() {
        keeps("Vec<u8>");
        keeps("HashMap<&'a str, Vec<Option<(u8, [T; 4])>>>::new()");
        keeps("iter.collect::<Vec<_>>()");
        keeps("<T as Iterator>::Item");
        keeps("Vec<<T as Iterator>::Item>");
        keeps("x as <T as U>::V");
        keeps("fn f<T>(x: T) -> Vec<T> where T: Fn(u8) -> bool + 'static {}");
        keeps("impl<'a, T: ?Sized> Tr for [T] {}");
        keeps("impl Iterator<Item = u8> + use<'a, T>");
        keeps("Box<dyn for<'a> Fn(&'a str) -> &'a [u8]>");
        keeps("i < n && m > 2");
        keeps("N < 3 && M > 2");
        keeps("if MAX < x { y > 2 }");
        keeps("MASK << 2 >> 1");
        keeps("(a < b, c > d)");
        keeps("Array<{ N + 1 }, 3>");
        keeps("fn f() -> ! {}");
    }

    #[test]
    fn generics_that_end_in_one_operator() {
        let tokens: TokenStream = "let x:Vec<Vec<u8>>=y".parse().unwrap();
        assert_eq!(quote_source(&tokens, 80), "let x: Vec<Vec<u8>> = y");
    }

    #[test]
    fn ranges() {
        keeps("x[..]");
        keeps("x[1..][..=2][a..=b]");
        keeps("for i in 0.. {}");
        keeps("Point { x, .. }");
        keeps("Point { x: 1, ..base }");
        keeps("[first, .., last]");
        keeps("let .. = a");
        keeps("match x { 0..=9 => a, 10.. => b, n @ 1.. if c => d }");
    }

    #[test]
    fn closures() {
        keeps("|x| x + 1");
        keeps("f(|&x, y: &str| -> u8 { *x }, || -1, move |a| |b| a | b)");
        keeps("xs.map(|(a, b)| (b, a))");
        keeps("|| ()");
    }

    #[test]
    fn blocks_and_attributes() {
        keeps("'a: loop { break 'a (1, 2); }");
        keeps("if let Some(x) = y && x > 1 { a } else { &b }");
        keeps("unsafe { *p }.x");
        keeps("#[allow(dead_code)] (a, b)");
        keeps("pub(crate) fn f(self: &Self) {}");
        keeps("let Some(x) = y else { return };");
        keeps("use a::{b, c};");
        keeps("use a::*;");
    }

    #[test]
    fn fits_between_backticks() {
        let tokens: TokenStream = "f(\"a\nb\\n`\", '`', r#\"\t\u{202e}\"#)".parse().unwrap();
        let expected = r##"f("a\nb\n\x60", '\x60', r#"\t\u{202e}"#)"##;
        assert_eq!(quote_source(&tokens, 80), expected);
    }

    #[test]
    fn cuts_at_a_char() {
        let tokens: TokenStream = "größe + länge".parse().unwrap();
        assert_eq!(quote_source(&tokens, 13), "größe + länge");
        assert_eq!(quote_source(&tokens, 12), "größe + l ..");
        assert_eq!(quote_source(&tokens, 11), "größe + ..");
        assert_eq!(quote_source(&tokens, 0), " ..");
        assert_eq!(quote_source(&TokenStream::new(), 10), "");
    }

    #[test]
    fn invisible_groups_leave_no_trace() {
        let inner: TokenStream = "a + b".parse().unwrap();
        let group = TokenTree::Group(Group::new(Delimiter::None, inner));
        assert_eq!(quote_source(&quote::quote!(-#group.c), 80), "-a + b.c");
    }

    #[test]
    fn any_tokens_are_accepted() {
        for text in [
            "| | |",
            "< < > >",
            "> >= ! ?",
            "'a 'b",
            "= = & *",
            "$ @ ~",
            "fn < > ( ) { }",
            ".. ..= ...",
            ": :: ,",
        ] {
            quote_source(&text.parse().unwrap(), 10);
        }
    }
}
