//! Whether code may change a variable, as far as its tokens tell: what it is called on, assigned, or borrowed by `&mut`.
//!
//! In doubt it may: then a binding has a `mut` too many, and never one too few.

use proc_macro2::Delimiter;

use crate::{
    names,
    tokens::{Token, has_word},
};

/// Whether tokens may change the variable: `&mut name`, `name.method()`, `name[0] = 1`, `name += 1`, `(name, ..) = ..`.
pub(crate) fn is_mutated(tokens: &[Token], name: &str) -> bool {
    let mut in_let = false;
    tokens.iter().enumerate().any(|(index, token)| {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        match token {
            Token::Group(_, inside) if is_unknown_macro(before) => has_word(inside, name),
            Token::Group(delimiter, inside) => {
                is_mutated(inside, name)
                    || is_mutated_as_group(*delimiter, before, after, in_let) && has_word(inside, name)
            }
            Token::Word(word) if word == "let" => {
                in_let = true;
                false
            }
            Token::Mark(mark) => {
                in_let &= !matches!(mark, '=' | ';');
                false
            }
            Token::Word(word) if word == name => {
                let before = without_stars(before);
                follows_mut(before)
                    || is_accessed(after)
                    || !in_let && is_assigned(after)
                    || is_matched_by_ref_mut(before, after)
            }
            Token::Word(_) | Token::Literal(_) => false,
        }
    })
}

/// Whether a pattern in the tokens binds by mutable reference.
pub(crate) fn has_ref_mut(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|token| matches!(token, Token::Group(_, inside) if has_ref_mut(inside)))
        || tokens
            .windows(2)
            .any(|pair| pair[0].is_word("ref") && pair[1].is_word("mut"))
}

/// `&mut (name)`, `(*name).push(1)`, `(name, other) = pair`, `Point { name, .. } = point`.
fn is_mutated_as_group(delimiter: Delimiter, before: &[Token], after: &[Token], in_let: bool) -> bool {
    let encloses = match delimiter {
        Delimiter::Parenthesis => !is_called(before),
        Delimiter::None => true,
        Delimiter::Brace | Delimiter::Bracket => false,
    };
    !in_let && is_assigned(after) || encloses && (follows_mut(without_stars(before)) || is_accessed(after))
}

/// Whether a parenthesis that follows the tokens has arguments in it.
fn is_called(tokens: &[Token]) -> bool {
    match tokens.last() {
        Some(Token::Word(name)) => !names::is_keyword(name),
        Some(Token::Group(..)) => true,
        _ => false,
    }
}

/// The tokens without the `*`s at their end, which are those of a place: `*name = 1`.
fn without_stars(tokens: &[Token]) -> &[Token] {
    let stars = tokens.iter().rev().take_while(|token| token.is_mark('*')).count();
    &tokens[..tokens.len() - stars]
}

/// Whether the tokens end with `&mut` or `&raw mut`.
fn follows_mut(tokens: &[Token]) -> bool {
    let [.., before, last] = tokens else {
        return false;
    };
    last.is_word("mut") && (before.is_mark('&') || before.is_word("raw"))
}

/// `let ref mut x = name`, `match name { ref mut x => .. }`
fn is_matched_by_ref_mut(before: &[Token], after: &[Token]) -> bool {
    match before.last() {
        Some(Token::Mark('=')) => before
            .iter()
            .rposition(|token| token.is_word("let"))
            .is_some_and(|start| has_ref_mut(&before[start..])),
        Some(Token::Word(word)) => word == "match" && has_ref_mut(after),
        _ => false,
    }
}

/// Whether the tokens begin with `.field`, `.method()`, a call, or `[index]` of which such follows, or an assignment.
fn is_accessed(tokens: &[Token]) -> bool {
    match tokens {
        [Token::Mark('.'), Token::Mark('.'), ..] => false,
        // A field, which is read.
        [Token::Mark('.'), _] | [Token::Mark('.'), _, Token::Mark(',' | ';'), ..] => false,
        [Token::Mark('.'), ..] => true,
        [Token::Group(Delimiter::Parenthesis, _), ..] => true,
        [Token::Group(Delimiter::Bracket, _), rest @ ..] => is_accessed(rest) || is_assigned(rest),
        _ => false,
    }
}

/// Whether the tokens begin with `=`, `+=`, `<<=` or the like.
fn is_assigned(tokens: &[Token]) -> bool {
    let mut marks = tokens.iter().map_while(|token| match token {
        Token::Mark(mark) => Some(*mark),
        _ => None,
    });
    let [first, second, third] = [(); 3].map(|()| marks.next().unwrap_or(' '));
    match (first, second, third) {
        ('<', '<', third) | ('>', '>', third) => third == '=',
        ('+' | '-' | '*' | '/' | '%' | '^' | '&' | '|', second, _) => second == '=',
        ('=', second, _) => second != '=' && second != '>',
        _ => false,
    }
}

/// Whether the tokens end with the name of a macro that may do anything with its arguments, and `!`.
fn is_unknown_macro(tokens: &[Token]) -> bool {
    match tokens {
        [.., Token::Word(name), Token::Mark('!')] => !names::is_keyword(name) && !reads(name),
        _ => false,
    }
}

/// Whether a macro of std only reads what its arguments name.
fn reads(name: &str) -> bool {
    const READING: [&str; 19] = [
        "assert",
        "assert_eq",
        "assert_ne",
        "dbg",
        "debug_assert",
        "debug_assert_eq",
        "debug_assert_ne",
        "eprint",
        "eprintln",
        "format",
        "format_args",
        "matches",
        "panic",
        "print",
        "println",
        "todo",
        "unimplemented",
        "unreachable",
        "vec",
    ];
    READING.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_mutated(code: &str, expected: bool) {
        let tokens = crate::tokens::read(code.parse().expect("tokens"));
        assert_eq!(is_mutated(&tokens, "x"), expected, "{code}");
    }

    #[test]
    fn what_may_change() {
        for code in [
            "x = 1;",
            "x += 1;",
            "x <<= 1;",
            "*x = 1;",
            "**x -= 1;",
            "let y; x = 1;",
            "(x, y) = (y, x);",
            "[x, ..] = list;",
            "Point { x, .. } = point;",
            "f(&mut x)",
            "f(&mut *x)",
            "f(&mut x.y)",
            "f(&mut (x))",
            "f(&raw mut x)",
            "x.push(1)",
            "x.y = 1;",
            "(x).push(1)",
            "return (x).push(1)",
            "(*x).y = 1;",
            "x[0] = 1;",
            "x[0][1] += 1;",
            "x[0].push(1)",
            "x[0](1)",
            "x(1)",
            "(x)(1)",
            "let ref mut y = x;",
            "let ref mut y = x.z;",
            "(x.y, z) = pair;",
            "*x.y = 1;",
            "match x { Some(ref mut y) => {} None => {} }",
            "if let Some(ref mut y) = x {}",
            "write!(x, \"\")",
            "change!(x)",
            "|| x += 1",
            "async { x.next().await }",
        ] {
            assert_mutated(code, true);
        }
    }

    #[test]
    fn what_only_reads() {
        for code in [
            "f(x)",
            "f(&x)",
            "f(*x)",
            "y * x",
            "x + 1",
            "x == 1",
            "x <= 1",
            "x >= 1",
            "x..y",
            "match x { 1 => {} _ => {} }",
            "let x = 1;",
            "let (x, y) = pair;",
            "y = x;",
            "list[x]",
            "x[0] + 1",
            "println!(\"{x} {}\", x)",
            "x?",
            "Some(x)",
            "(x, y)",
            "x as u64",
            "while x < 1 {}",
            "if !(x) {}",
            "f(x).g()",
            "f(&x.y)",
            "f(x.0, 1)",
            "let y = x.z;",
        ] {
            assert_mutated(code, false);
        }
    }
}
