//! Branches that go on with the same state.
//!
//! ```text
//! // Input:
//! if received(&mut input) > 3 { n += 1; goto Loop } else { goto Loop }
//! // Output:
//! if received(&mut input) > 3 { n += 1; }
//! State::Loop0 { n }
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use super::{
    body::{Frame, Writer},
    leave::Leave,
};
use crate::ir::{BlockId, Body, End, LocalId};

impl Writer<'_> {
    /// The branches, with the state behind them, if each of them makes the same one.
    pub(super) fn joined(
        &mut self,
        condition: &Expr,
        (then, inside): (&Body, &Frame),
        (otherwise, frame): (&Body, &Frame),
    ) -> Option<TokenStream> {
        let Some(Way::To(target)) = way(then).filter(|way| self::way(otherwise).as_ref() == Some(way)) else {
            return None;
        };
        let next = self.state(target, frame, None);
        let carried: BTreeSet<_> = self.layout.state(target)?.kept().map(|field| field.local).collect();
        // What a branch declares ends with it.
        let declares = |body: &Body| !body.introduced().is_disjoint(&carried);
        if declares(then) || declares(otherwise) {
            return None;
        }
        let expected = (next.to_string(), &frame.declared);
        let then = self.until(then, inside.clone(), &expected)?;
        let otherwise = self.until(otherwise, frame.clone(), &expected)?;
        if then.is_empty() {
            return None;
        }
        let branches = if_else(condition, &then, &otherwise);
        let next = self.goes_to(target, next, Leave::Value);
        Some(quote!(#branches #next))
    }

    /// What a body does before it goes on with the state or leaves, if it declares no more variables by assigning them.
    fn until(&mut self, body: &Body, mut frame: Frame, next: &(String, &BTreeSet<LocalId>)) -> Option<TokenStream> {
        if self.block_start(0, body).is_some() {
            return None;
        }
        let nodes = self.nodes(0..body.nodes.len(), body, &mut frame);
        if frame.declared != *next.1 {
            return None;
        }
        match &body.end {
            End::Goto(target, _) => (self.state(*target, &frame, None).to_string() == next.0).then_some(nodes),
            End::If {
                condition,
                taken,
                then,
                otherwise,
            } => {
                self.run(&condition.effect, &mut frame);
                let syntax = self.condition(condition);
                let mut inside = frame.clone();
                self.run(taken, &mut inside);
                let leaves = way(then) == Some(Way::Out);
                let then = self.until(then, inside, next)?;
                let otherwise = self.until(otherwise, frame, next)?;
                Some(match leaves {
                    true => quote!(#nodes if #syntax { #then } #otherwise),
                    false => {
                        let branches = if_else(&syntax, &then, &otherwise);
                        quote!(#nodes #branches)
                    }
                })
            }
            End::Suspend(_) | End::Complete(_) => {
                let end = self.end(&body.end, Leave::Early, frame);
                Some(quote!(#nodes #end))
            }
            End::Match { .. } | End::Diverge => None,
        }
    }
}

/// Without an `else` that does nothing.
pub(super) fn if_else(condition: &Expr, then: &TokenStream, otherwise: &TokenStream) -> TokenStream {
    match otherwise.is_empty() {
        true => quote!(if #condition { #then }),
        false => quote!(if #condition { #then } else { #otherwise }),
    }
}

/// Where the paths of a body lead.
#[derive(PartialEq)]
enum Way {
    To(BlockId),
    /// All of them leave the step.
    Out,
}

/// The one state that all paths which do not leave the step go on with.
fn way(body: &Body) -> Option<Way> {
    match &body.end {
        End::Goto(target, _) => Some(Way::To(*target)),
        End::Suspend(_) | End::Complete(_) => Some(Way::Out),
        End::If { then, otherwise, .. } => match (way(then)?, way(otherwise)?) {
            (Way::Out, other) | (other, Way::Out) => Some(other),
            (one, other) => (one == other).then_some(one),
        },
        End::Match { .. } | End::Diverge => None,
    }
}
