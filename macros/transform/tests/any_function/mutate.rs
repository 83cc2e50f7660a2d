//! Random changes of token streams.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::random::Random;

/// Code whose place is the question.
const SNIPPETS: [&str; 28] = [
    "yield_!(1)",
    "yield_!()",
    "yield_from!(f())",
    "x.await",
    ".await",
    "?",
    "return",
    "break",
    "continue",
    "break 'a 1",
    "loop { yield_!(2); }",
    "match x { Some(y) if yield_!(y) => y, _ => yield_!(3) }",
    "if let Some(D(x)) = f().await { x } else { yield_!(4) }",
    "let Some(x) = yield_!(5) else { return };",
    "&mut",
    "ref",
    "move |x| x",
    "async move { x.await }",
    "unsafe { yield_!(6) }",
    "'a: { yield_!(7); break 'a }",
    "x[yield_!(8)] += g(yield_!(9))",
    "#[cfg(a)]",
    "self",
    "let (x, _, ref mut y) = z;",
    "println!(\"{x} {}\", yield_!(x))",
    "const X: u32 = 1;",
    "..",
    "x @ 0..=9 | x",
];

/// What is inserted: the snippets, and whatever stands in the functions, groups with all that is in them.
pub fn pool(functions: &[String]) -> Vec<TokenStream> {
    let parse = |text: &str| text.parse::<TokenStream>().expect("tokens");
    let mut pool: Vec<_> = SNIPPETS.iter().map(|text| parse(text)).collect();
    let of_functions = functions.iter().step_by(7).flat_map(|text| parse(text));
    pool.extend(of_functions.flat_map(|token| match token {
        TokenTree::Group(group) => group.stream().into_iter().step_by(5).map(TokenStream::from).collect(),
        other => vec![TokenStream::from(other)],
    }));
    pool
}

/// One change, somewhere in the tokens, in groups too.
pub fn mutate(tokens: TokenStream, random: &mut Random, pool: &[TokenStream]) -> TokenStream {
    let place = random.below(count(&tokens));
    at(tokens, &mut place.clone(), &mut |list, index| {
        change(list, index, random, pool);
    })
}

fn count(tokens: &TokenStream) -> usize {
    let inside = |token: TokenTree| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    };
    tokens.clone().into_iter().map(inside).sum()
}

/// Calls `change` with the tokens around the one that is `place` tokens away, and its index.
fn at(tokens: TokenStream, place: &mut usize, change: &mut dyn FnMut(&mut Vec<TokenStream>, usize)) -> TokenStream {
    let mut list = Vec::new();
    let mut here = None;
    for (index, token) in tokens.into_iter().enumerate() {
        let found = *place == 0;
        *place = place.wrapping_sub(1);
        if found {
            here = Some(index);
        }
        list.push(match token {
            TokenTree::Group(group) if !found && *place < count(&group.stream()) => {
                let inside = at(group.stream(), place, change);
                *place = usize::MAX;
                TokenTree::from(Group::new(group.delimiter(), inside)).into()
            }
            TokenTree::Group(group) => {
                *place = place.wrapping_sub(count(&group.stream()));
                TokenTree::from(group).into()
            }
            other => TokenStream::from(other),
        });
    }
    if let Some(index) = here {
        change(&mut list, index);
    }
    list.into_iter().collect()
}

fn change(list: &mut Vec<TokenStream>, index: usize, random: &mut Random, pool: &[TokenStream]) {
    let other = random.below(list.len());
    match random.below(8) {
        0 => drop(list.remove(index)),
        1 => list.insert(index, list[index].clone()),
        2 => list.swap(index, other),
        3 => list[index] = unwrapped(&list[index]),
        4 | 5 => list[index] = random.pick(pool).clone(),
        _ => list.insert(index, random.pick(pool).clone()),
    }
}

/// What stands in the group.
fn unwrapped(tokens: &TokenStream) -> TokenStream {
    let inside = |token: TokenTree| match token {
        TokenTree::Group(group) => group.stream(),
        other => other.into(),
    };
    tokens.clone().into_iter().map(inside).collect()
}
