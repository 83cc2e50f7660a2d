//! Several places to which code leaves a block -> what the block gives for each, and what is done with it.
//!
//! ```text
//! // Input:
//! if a { break; }
//! if b { continue 'outer; }
//! // What the block gives, and where that leads:
//! Break(Break(()))    => break,
//! Break(Continue(())) => continue 'outer,
//! ```
//!
//! Promises: one value for each place, and an arm for each value.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Expr, Lifetime, parse_quote_spanned};

use super::{After, Exits};

/// A place that is no end of the function.
struct Jump {
    continues: bool,
    label: Option<Lifetime>,
    value: bool,
}

/// All places.
pub(super) struct Ways {
    returns: bool,
    jumps: Vec<Jump>,
    /// The label of the loop whose next round follows the block.
    around: Option<Lifetime>,
}

impl Ways {
    pub fn of(exits: &Exits, after: &After) -> Self {
        let (goes_on, around) = match after {
            After::Loop(label) => (true, label.clone()),
            After::Function | After::Code => (false, None),
        };
        let mut ways = Ways {
            returns: !exits.returns.is_empty(),
            jumps: Vec::new(),
            around,
        };
        let breaks = exits.breaks.iter().map(|(label, value)| (false, label, *value));
        let continues = exits.continues.iter().map(|label| (true, label, false));
        for (continues, label, value) in breaks.chain(continues) {
            let next = continues && goes_on && ways.is_same(label.as_ref(), None);
            if !next && ways.position(continues, label.as_ref()).is_none() {
                let label = label.clone();
                ways.jumps.push(Jump {
                    continues,
                    label,
                    value,
                });
            }
        }
        ways
    }

    /// One without a label leaves the innermost loop.
    fn is_same(&self, a: Option<&Lifetime>, b: Option<&Lifetime>) -> bool {
        a.or(self.around.as_ref()) == b.or(self.around.as_ref())
    }

    fn position(&self, continues: bool, label: Option<&Lifetime>) -> Option<usize> {
        let same = |jump: &Jump| jump.continues == continues && self.is_same(jump.label.as_ref(), label);
        Some(usize::from(self.returns) + self.jumps.iter().position(same)?)
    }

    /// The value for the place of that number: each but the last one is a `Break` within the `Continue`s of those before.
    fn way(&self, number: usize, value: TokenStream, at: Span) -> TokenStream {
        let last = usize::from(self.returns) + self.jumps.len() - 1;
        let own = match number == last {
            true => value,
            false => quote_spanned!(at=> ::core::ops::ControlFlow::Break(#value)),
        };
        (0..number).fold(
            own,
            |way, _| quote_spanned!(at=> ::core::ops::ControlFlow::Continue(#way)),
        )
    }

    /// What the block gives for `return value`.
    pub fn returning(&self, value: &Expr, at: Span) -> Expr {
        let way = self.way(0, quote_spanned!(at=> #value), at);
        parse_quote_spanned!(at=> #way)
    }

    /// What it gives for a `break`.
    pub fn breaking(&self, label: Option<&Lifetime>, value: Option<&Expr>, at: Span) -> Expr {
        let number = self.position(false, label).unwrap_or(0);
        let value = value.map_or_else(|| quote_spanned!(at=> ()), |value| quote_spanned!(at=> #value));
        let way = self.way(number, value, at);
        parse_quote_spanned!(at=> #way)
    }

    /// What it gives for a `continue`, if that is not the next round.
    pub fn continuing(&self, label: Option<&Lifetime>, at: Span) -> Option<Expr> {
        let way = self.way(self.position(true, label)?, quote_spanned!(at=> ()), at);
        Some(parse_quote_spanned!(at=> #way))
    }

    /// The arms of what the block gives, with what the function returns of `value`.
    pub fn arms(&self, returned: &Expr, at: Span) -> TokenStream {
        let mut arms = TokenStream::new();
        if self.returns {
            let way = self.way(0, quote_spanned!(at=> value), at);
            arms.extend(quote_spanned!(at=> ::core::ops::ControlFlow::Break(#way) => return #returned,));
        }
        for (number, jump) in (usize::from(self.returns)..).zip(&self.jumps) {
            let (label, name) = (&jump.label, quote_spanned!(at=> value));
            let (given, jump) = match (jump.continues, jump.value) {
                (true, _) => (quote_spanned!(at=> ()), quote_spanned!(at=> continue #label)),
                (false, true) => (name.clone(), quote_spanned!(at=> break #label #name)),
                (false, false) => (quote_spanned!(at=> ()), quote_spanned!(at=> break #label)),
            };
            let way = self.way(number, given, at);
            arms.extend(quote_spanned!(at=> ::core::ops::ControlFlow::Break(#way) => #jump,));
        }
        arms
    }
}
