//! Whether code may change a variable, as far as its tokens tell: what it is called on, assigned, or borrowed by `&mut`.
//!
//! In doubt it may: then a binding has a `mut` too many, and never one too few.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// Whether tokens may change the variable: `&mut name`, `name.method()`, `name[0] = 1`, `name += 1`, `(name, ..) = ..`.
pub(crate) fn is_mutated(tokens: &TokenStream, name: &Ident) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let mut in_let = false;
    tokens.iter().enumerate().any(|(index, token)| {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        match token {
            TokenTree::Group(group) if is_unknown_macro(before) => mentions(&group.stream(), name),
            TokenTree::Group(group) => {
                is_mutated(&group.stream(), name)
                    || is_mutated_as_group(group, before, after, in_let) && mentions(&group.stream(), name)
            }
            TokenTree::Ident(word) if word == "let" => {
                in_let = true;
                false
            }
            TokenTree::Punct(mark) => {
                in_let &= !matches!(mark.as_char(), '=' | ';');
                false
            }
            TokenTree::Ident(ident) if ident == name => {
                let before = without_stars(before);
                follows_mut(before)
                    || is_accessed(after)
                    || !in_let && is_assigned(after)
                    || is_matched_by_ref_mut(before, after)
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        }
    })
}

/// Whether a pattern in the tokens binds by mutable reference.
pub(crate) fn has_ref_mut(tokens: &TokenStream) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens
        .iter()
        .any(|token| matches!(token, TokenTree::Group(group) if has_ref_mut(&group.stream())))
        || tokens
            .windows(2)
            .any(|pair| matches!(pair, [TokenTree::Ident(a), TokenTree::Ident(b)] if a == "ref" && b == "mut"))
}

/// `&mut (name)`, `(*name).push(1)`, `(name, other) = pair`, `Point { name, .. } = point`.
fn is_mutated_as_group(group: &Group, before: &[TokenTree], after: &[TokenTree], in_let: bool) -> bool {
    let encloses = match group.delimiter() {
        Delimiter::Parenthesis => !is_called(before),
        Delimiter::None => true,
        Delimiter::Brace | Delimiter::Bracket => false,
    };
    !in_let && is_assigned(after) || encloses && (follows_mut(without_stars(before)) || is_accessed(after))
}

/// Whether a parenthesis that follows the tokens has arguments in it.
fn is_called(tokens: &[TokenTree]) -> bool {
    match tokens.last() {
        Some(TokenTree::Ident(name)) => !is_keyword(name),
        Some(TokenTree::Group(_)) => true,
        _ => false,
    }
}

fn is_keyword(name: &Ident) -> bool {
    syn::parse_str::<Ident>(&name.to_string()).is_err()
}

/// The tokens without the `*`s at their end, which are those of a place: `*name = 1`.
fn without_stars(tokens: &[TokenTree]) -> &[TokenTree] {
    let is_star = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '*');
    let stars = tokens.iter().rev().take_while(|token| is_star(token)).count();
    &tokens[..tokens.len() - stars]
}

/// Whether the tokens end with `&mut` or `&raw mut`.
fn follows_mut(tokens: &[TokenTree]) -> bool {
    let [.., before, TokenTree::Ident(word)] = tokens else {
        return false;
    };
    word == "mut"
        && match before {
            TokenTree::Punct(and) => and.as_char() == '&',
            TokenTree::Ident(raw) => raw == "raw",
            _ => false,
        }
}

/// `let ref mut x = name`, `match name { ref mut x => .. }`
fn is_matched_by_ref_mut(before: &[TokenTree], after: &[TokenTree]) -> bool {
    let has_ref_mut = |tokens: &[TokenTree]| has_ref_mut(&tokens.iter().cloned().collect());
    match before.last() {
        Some(TokenTree::Punct(mark)) if mark.as_char() == '=' => {
            let word = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "let");
            before
                .iter()
                .rposition(word)
                .is_some_and(|start| has_ref_mut(&before[start..]))
        }
        Some(TokenTree::Ident(word)) => word == "match" && has_ref_mut(after),
        _ => false,
    }
}

/// Whether the tokens begin with `.field`, `.method()`, a call, or `[index]` of which such follows, or an assignment.
fn is_accessed(tokens: &[TokenTree]) -> bool {
    match tokens.first() {
        Some(TokenTree::Punct(dot)) => dot.as_char() == '.' && !starts_with_dot(&tokens[1..]),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => true,
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            is_accessed(&tokens[1..]) || is_assigned(&tokens[1..])
        }
        _ => false,
    }
}

fn starts_with_dot(tokens: &[TokenTree]) -> bool {
    matches!(tokens.first(), Some(TokenTree::Punct(mark)) if mark.as_char() == '.')
}

/// Whether the tokens begin with `=`, `+=`, `<<=` or the like.
fn is_assigned(tokens: &[TokenTree]) -> bool {
    let marks = tokens.iter().map_while(|token| match token {
        TokenTree::Punct(mark) => Some(mark.as_char()),
        _ => None,
    });
    let text: String = marks.take(4).collect();
    let operator = ["<<", ">>", "+", "-", "*", "/", "%", "^", "&", "|"];
    let rest = operator.iter().find_map(|operator| text.strip_prefix(operator));
    match rest {
        Some(rest) => rest.starts_with('='),
        None => text.starts_with('=') && !text.starts_with("==") && !text.starts_with("=>"),
    }
}

/// Whether the tokens end with the name of a macro that may do anything with its arguments, and `!`.
fn is_unknown_macro(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
            !is_keyword(name) && !reads(&name.to_string())
        }
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

fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_mutated(code: &str, expected: bool) {
        let tokens: TokenStream = code.parse().expect("tokens");
        let name = Ident::new("x", proc_macro2::Span::call_site());
        assert_eq!(is_mutated(&tokens, &name), expected, "{code}");
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
        ] {
            assert_mutated(code, false);
        }
    }
}
