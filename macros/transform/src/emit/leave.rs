//! How the code of an arm ends: it goes on with another state, or leaves the step.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Lifetime, spanned::Spanned};

use super::body::{Frame, Writer};
use crate::{
    flow::{self, Holds},
    ir::{BlockId, Body, End, EnvId, Jump, JumpId, LocalId},
    simplify::guards,
    span::{ours, shown_at},
};

/// How a body leaves: as the value of the arm, or from the middle of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Leave {
    Value,
    Early,
}

impl Writer<'_> {
    pub(super) fn leave(&self, outcome: &TokenStream, leave: Leave, at: Span) -> TokenStream {
        match leave == Leave::Early || self.loops {
            true => quote_spanned!(self.last(at)=> return #outcome),
            false => outcome.clone(),
        }
    }

    /// Goes on with the state of a block.
    pub(super) fn goes_to(&mut self, target: BlockId, next: TokenStream, leave: Leave) -> TokenStream {
        match leave {
            Leave::Early => self.go_on(target, &next, false),
            Leave::Value if self.delegates.is_empty() => {
                self.goes_on_by_value = true;
                next
            }
            Leave::Value => self.put(target, &next),
        }
    }

    /// `current = State::Next { .. }; continue;`; `within`: from a loop or block of the user's.
    fn go_on(&mut self, target: BlockId, next: &TokenStream, within: bool) -> TokenStream {
        let current = &self.names.current;
        let within = within || self.is_in_block();
        let label = within.then(|| self.label());
        self.labelled |= within;
        let goes = match self.delegates.is_empty() {
            true => quote!(#current = #next;),
            false => self.put(target, next),
        };
        quote!(#goes continue #label;)
    }

    /// `put(state, State::Next { .. });`
    fn put(&self, target: BlockId, next: &TokenStream) -> TokenStream {
        let at = ours(self.machine.block(target).span);
        let (put, state) = (self.names.path_at("put", at), shown_at(&self.names.state, at));
        quote_spanned!(at=> #put(#state, #next);)
    }

    fn label(&self) -> Lifetime {
        Lifetime::new(&format!("'{}", self.names.label), self.names.label.span())
    }

    /// A jump in the middle of verbatim code; `within`: from a loop or block of its own.
    pub(super) fn jump(&mut self, jump: JumpId, within: bool) -> TokenStream {
        let Jump {
            target,
            env,
            returns,
            plain,
            ..
        } = &self.machine.jumps[jump.0];
        if let Some(code) = returns {
            let value = self.expr(code);
            let complete = self.completed(&value, value.span());
            return quote!(return #complete);
        }
        let (target, env, plain) = (*target, *env, *plain);
        let frame = self.jumps.get(&jump).cloned();
        let (ended, next) = match frame {
            Some(mut frame) => {
                if let Some(leaves) = self.leaves_block(target, env, &frame) {
                    return leaves;
                }
                let ended = plain.then(|| self.end_guards(target, env, &mut frame));
                (ended, self.state(target, &frame, None))
            }
            // The code before it diverges.
            None => {
                let unreachable = self.names.path("unreachable_pattern");
                return quote!(#unreachable());
            }
        };
        let go_on = self.go_on(target, &next, within);
        quote!({ #ended #go_on })
    }

    /// What ends before a jump out of the middle of code: a guard of what goes on, and all that is younger.
    fn end_guards(&mut self, target: BlockId, env: EnvId, frame: &mut Frame) -> TokenStream {
        let (machine, there) = (self.machine, self.machine.block(target).env);
        let Some(moves) = &frame.moves else {
            return TokenStream::new();
        };
        let mut ended = machine.ended(env, there);
        ended
            .retain(|local| machine.local(*local).nameless || flow::ends_with_drop(machine, *local, moves.get(*local)));
        let first = guards::first_guard(machine, ended.iter().copied(), there);
        let ended = &ended[first.unwrap_or(ended.len())..];
        // One that may have been moved, as a whole or in part, cannot be ended by its name.
        let clear = |local: &LocalId| moves.whole(machine, *local) == Holds::Value && !machine.local(*local).nameless;
        match ended.iter().all(clear) {
            true => ended.iter().rev().map(|local| self.end_scope(*local, frame)).collect(),
            false => TokenStream::new(),
        }
    }
}

/// Whether the body ends with a suspension or completes on every path.
pub(super) fn leaves_early(body: &Body) -> bool {
    match &body.end {
        End::Suspend(_) | End::Complete(_) => true,
        End::Goto(..) | End::If { .. } | End::Match { .. } | End::Diverge => false,
    }
}

/// Whether that is all one expression; [`expression`] makes it one.
pub(super) fn is_single_expression(end: &End, leave: Leave, loops: bool) -> bool {
    match end {
        End::Goto(..) => leave == Leave::Value,
        End::Complete(_) => leave == Leave::Value || loops,
        _ => false,
    }
}

/// Without the semicolon at its end.
pub(super) fn expression(code: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = code.into_iter().collect();
    let last = tokens.last();
    if matches!(last, Some(TokenTree::Punct(mark)) if mark.as_char() == ';') {
        tokens.pop();
    }
    tokens.into_iter().collect()
}
