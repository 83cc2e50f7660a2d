//! Whether code mentions a variable as a whole, so that a block of it captures all of the variable: of `name.field`, and of a
//! `name` that a pattern takes apart, it captures a part.
//!
//! In doubt it does not.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// Whether the tokens have `name.method()`, `name.await`, `name?`, `&name`, or `name` as an argument.
pub(crate) fn mentions_whole(tokens: &TokenStream, name: &Ident) -> bool {
    within(tokens, name, false)
}

/// Whether the tokens use the variable by value, as an argument, a value or an operand by itself; in doubt they do.
pub(crate) fn is_given(tokens: &TokenStream, name: &Ident) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => is_given(&group.stream(), name),
        TokenTree::Ident(ident) if ident == name => {
            let (before, after) = (&tokens[..index], &tokens[index + 1..]);
            let borrowed =
                ends_with(before, '&') || matches!(before.last(), Some(TokenTree::Ident(word)) if word == "mut");
            let place =
                is_member(before) || starts_with(after, '.') || matches!(after.first(), Some(TokenTree::Group(_)));
            let changed = starts_with(after, '+') || starts_with(after, '-') || starts_with(after, '=');
            !borrowed && !place && !changed
        }
        _ => false,
    })
}

/// Whether all mentions of the variable are such of its fields: `job.id`.
pub(crate) fn mentions_fields_only(tokens: &TokenStream, name: &Ident) -> bool {
    let mut fields = Vec::new();
    parted(tokens.clone(), &mut fields);
    fields.iter().filter(|field| *field == name).count() == count(tokens, name)
}

fn count(tokens: &TokenStream, name: &Ident) -> usize {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let counts = tokens.iter().enumerate().map(|(index, token)| match token {
        TokenTree::Group(group) => count(&group.stream(), name),
        TokenTree::Ident(ident) => usize::from(ident == name && !is_member(&tokens[..index])),
        TokenTree::Literal(_) | TokenTree::Punct(_) => 0,
    });
    counts.sum()
}

/// The names of which a field stands there: `job.id`.
pub(crate) fn parted(tokens: TokenStream, found: &mut Vec<Ident>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => parted(group.stream(), found),
            TokenTree::Ident(ident) if !is_member(&tokens[..index]) => {
                let after = &tokens[index + 1..];
                if starts_with(after, '.') && !is_called(after) {
                    found.push(ident.clone());
                }
            }
            _ => {}
        }
    }
}

/// `in_macro`: a macro may take what stands alone apart.
fn within(tokens: &TokenStream, name: &Ident, in_macro: bool) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        match token {
            TokenTree::Group(group) if is_in_parentheses(before, group, name) => false,
            TokenTree::Group(group) => within(&group.stream(), name, in_macro || ends_with(before, '!')),
            TokenTree::Ident(ident) if ident == name && !is_member(before) => {
                is_called(after) || !in_macro && is_argument(before, after)
            }
            _ => false,
        }
    })
}

/// `(name)` that is no list of arguments: what is around it may take the variable apart.
fn is_in_parentheses(before: &[TokenTree], group: &Group, name: &Ident) -> bool {
    let inside: Vec<_> = group.stream().into_iter().collect();
    let called = match before.last() {
        Some(TokenTree::Ident(word)) => !["match", "in", "if", "while", "return", "break"]
            .iter()
            .any(|known| word == known),
        Some(TokenTree::Punct(mark)) => mark.as_char() == '>',
        Some(TokenTree::Group(_)) => true,
        Some(TokenTree::Literal(_)) | None => false,
    };
    let alone = matches!(&inside[..], [TokenTree::Ident(inside)] if inside == name);
    alone && !called && group.delimiter() == Delimiter::Parenthesis
}

/// `.method()`, `.await`, `?`
fn is_called(after: &[TokenTree]) -> bool {
    match after {
        [TokenTree::Punct(mark), ..] if mark.as_char() == '?' => true,
        [TokenTree::Punct(dot), TokenTree::Ident(word), rest @ ..] if dot.as_char() == '.' => {
            let parentheses =
                matches!(rest.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            word == "await" || parentheses || starts_with(rest, ':')
        }
        _ => false,
    }
}

/// `(name, ..)`, `(.., &name)`, `(&mut name)`
fn is_argument(before: &[TokenTree], after: &[TokenTree]) -> bool {
    let before = match before {
        [rest @ .., TokenTree::Ident(word)] if word == "mut" => rest,
        all => all,
    };
    let starts = before.is_empty() || ends_with(before, ',') || ends_with(before, '&');
    starts && (after.is_empty() || starts_with(after, ','))
}

/// Whether what follows is a field or a method: behind a `.` that is not that of a range or of `..base`.
pub(crate) fn is_member(before: &[TokenTree]) -> bool {
    ends_with(before, '.') && !ends_with(&before[..before.len() - 1], '.')
}

fn starts_with(tokens: &[TokenTree], mark: char) -> bool {
    matches!(tokens.first(), Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

fn ends_with(tokens: &[TokenTree], mark: char) -> bool {
    matches!(tokens.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests {
    use super::mentions_whole;

    #[test]
    fn wholes_and_parts() {
        let name = quote::format_ident!("x");
        for (code, whole) in [
            ("x.run().await", true),
            ("x.run::<u32>(1)", true),
            ("x.await", true),
            ("f(&x, x.y)", true),
            ("f(1, &mut x)", true),
            ("f(x)", true),
            ("join!(x.run(), other)", true),
            ("x.y.run()", false),
            ("f(&x.y)", false),
            ("match x { Pair(a, _) => a }", false),
            ("matches!(x, Pair(..))", false),
            ("match (x) { Pair(a, _) => a }", false),
            ("match f(x) { _ => a }", true),
            ("match f::<u32>(x) { _ => a }", true),
            ("y.x.run()", false),
            ("other.x", false),
            ("f(0..x.len())", true),
        ] {
            assert_eq!(mentions_whole(&code.parse().unwrap(), &name), whole, "{code}");
        }
    }
}
