//! Where the user mentions a variable again: if it was used by value before and is not `Copy`, rustc says it there.
//!
//! ```text
//! // Input:
//! send(name).await; name.len()
//! // Error:
//! send(name).await; name.len()
//!      ---- moved   ^^^^ used here after move
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;

use super::{body::Writer, carry::targets};
use crate::{
    ir::{BlockId, Body, Code, End, LocalId, Machine, Node, Suspension},
    layout::{Field, Form},
    span::{shown_at, written_at},
    std_macros::captures_of,
};

impl Writer<'_> {
    /// The variable of a field, as it moves into the state of `block` or comes back in it; `at`: the suspension.
    pub(super) fn carried_name(&self, field: &Field, block: BlockId, at: Span) -> Ident {
        let variable = self.machine.local(field.local);
        if field.form == Form::Plain
            && variable.proven
            && let Some(mention) = next_mention(self.machine, block, field.local)
        {
            return shown_at(&field.name, mention);
        }
        shown_at(&field.name, at)
    }

    /// A name for what is yielded, which no variable has that goes into the state: as it is bound, and as it is mentioned at the
    /// value. Were both there, rustc would take it for a pattern of the user's, and propose `ref`.
    pub(super) fn yielded_name(&self, suspension: &Suspension) -> (Ident, Ident) {
        let wish = &self.names.value;
        let mut carried = self.layout.state(suspension.resume).into_iter().flat_map(|s| &s.fields);
        let name = match carried.any(|field| self.layout.display(self.machine, field.local) == *wish) {
            true => self.names.another(wish),
            false => wish.clone(),
        };
        let at = suspension.value.syntax.span();
        let bound = written_at(&name, at.located_at(suspension.place.name));
        (bound, written_at(&name, at))
    }
}

/// Where the code from `block` on mentions the variable first, unless that is where it was suspended.
fn next_mention(machine: &Machine, block: BlockId, local: LocalId) -> Option<Span> {
    let (mut seen, mut work) = (BTreeSet::from([block]), vec![block]);
    // The blocks in the order of the source: what stands behind a suspension is read first.
    while let Some(next) = work.pop() {
        let body = &machine.block(next).body;
        match first_in(machine, body, block, local) {
            Found::At(span) => return Some(span),
            Found::Suspension => return None,
            Found::Nothing => {}
        }
        let targets = targets(machine, body).into_iter().rev();
        work.extend(targets.filter(|target| seen.insert(*target)));
    }
    None
}

enum Found {
    Nothing,
    At(Span),
    /// What is suspended there mentions it itself, as in a loop.
    Suspension,
}

impl Found {
    fn or(self, other: impl FnOnce() -> Found) -> Found {
        match self {
            Found::Nothing => other(),
            found => found,
        }
    }
}

fn first_in(machine: &Machine, body: &Body, block: BlockId, local: LocalId) -> Found {
    let nodes = body.nodes.iter().fold(Found::Nothing, |found, node| {
        found.or(|| match node {
            Node::Code(code) => in_code(machine, code, local),
            Node::LetElse { code, otherwise } => {
                in_code(machine, code, local).or(|| first_in(machine, otherwise, block, local))
            }
            Node::EndScope(_) => Found::Nothing,
        })
    });
    nodes.or(|| match &body.end {
        End::Suspend(suspension) => match in_code(machine, &suspension.value, local) {
            Found::At(_) if suspension.resume == block => Found::Suspension,
            found => found,
        },
        End::Complete(Some(value)) => in_code(machine, value, local),
        End::If {
            condition,
            then,
            otherwise,
            ..
        } => in_code(machine, condition, local)
            .or(|| first_in(machine, then, block, local))
            .or(|| first_in(machine, otherwise, block, local)),
        End::Match { scrutinee, arms } => arms.iter().fold(in_code(machine, scrutinee, local), |found, arm| {
            found
                .or(|| in_code(machine, &arm.pattern, local))
                .or(|| first_in(machine, &arm.body, block, local))
        }),
        End::Complete(None) | End::Goto(..) | End::Diverge => Found::Nothing,
    })
}

fn in_code(machine: &Machine, code: &Code<impl ToTokens>, local: LocalId) -> Found {
    if !machine.mentioned(&code.effect).contains(&local) {
        return Found::Nothing;
    }
    let tokens = code.syntax.to_token_stream();
    token(tokens, &machine.local(local).ident).map_or(Found::Nothing, Found::At)
}

fn token(tokens: TokenStream, name: &Ident) -> Option<Span> {
    tokens.into_iter().find_map(|token_tree| match token_tree {
        TokenTree::Ident(word) if word == *name => Some(word.span()),
        TokenTree::Group(group) => token(group.stream(), name),
        TokenTree::Literal(text) => captures_of(&text).contains(name).then(|| text.span()),
        _ => None,
    })
}
