//! Code that leaves the statements which are to be enclosed -> a block that gives how it was left.
//!
//! ```text
//! // Input, at the end of a loop:
//! let guard = mutex.lock().await;
//! if guard.is_empty()? { break; }
//! // Output:
//! if async {
//!     let guard = mutex.lock().await;
//!     if guard.is_empty()? { return Ok(ControlFlow::Break(())); }
//!     io::Result::<_>::Ok(ControlFlow::Continue(()))
//! }.await?.is_break() { break; }
//! ```
//!
//! `?` leaves the block, and then the function, with the same error: the second time nothing is converted. A `return` whose
//! value can as well be computed behind the block stays there; of another one the block gives the value.
//!
//! Promises: the same, or `None`: where `?` is used and the function's type does not show what it is made of, or a macro hides
//! how the code leaves.

mod rewrite;
#[cfg(test)]
mod tests;
mod ways;

use proc_macro2::Span;
use quote::{ToTokens, quote_spanned};
use syn::{Block, Expr, Ident, Lifetime, Stmt, parse_quote_spanned, visit_mut::VisitMut};

use self::{rewrite::Rewrite, ways::Ways};
use super::exits::{Exits, MacrosAsExpressions};
use crate::{
    function::may_return,
    pattern,
    scoped::Scoped,
    signature::{TryKind, TryShape},
    span::ours,
    syntax,
};

/// What follows a block.
#[derive(Clone, PartialEq)]
pub(super) enum After {
    /// The end of the function.
    Function,
    /// The next round of a loop.
    Loop(Option<Lifetime>),
    Code,
}

/// Where the code goes that leaves the block for good.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one of it per block, and its size depends on the features of syn"
)]
enum Flow {
    None,
    /// The jump, which can be made behind the block.
    Jump(Expr),
    /// A `return` with a value of the block.
    Return,
    /// A `break` with a value of the block.
    Break(Option<Lifetime>),
    /// Both: the block gives the value of the `return`, or nothing for the jump.
    Either(Expr),
    /// A `break` and a `return`, each with a value of the block.
    Both(Option<Lifetime>),
    /// To several loops: the block gives the value of the one that is taken.
    Several(Ways),
}

/// The rewriting of one block.
struct Leave<'s> {
    at: Span,
    shape: Option<&'s TryShape>,
    flow: Flow,
}

/// The statements in a block of their own, and what follows it.
pub(super) fn enclose(stmts: &[Stmt], after: &After, shape: Option<&TryShape>, at: Span) -> Option<Stmt> {
    let mut exits = Exits::of(stmts);
    if exits.hidden {
        return None;
    }
    // A failure goes through the block as that of a `?`.
    if let Some(shape) = shape.filter(|shape| shape.typed_success().is_some()) {
        let returns = exits.returns.len();
        exits.returns.retain(|value| !is_failure(value.as_ref()));
        exits.tries |= exits.returns.len() < returns || !shape.is_alias() && may_return(stmts);
    }
    let shape = match (exits.tries, shape) {
        (true, Some(shape)) if shape.typed_success().is_some() => Some(shape),
        (true, _) => return None,
        (false, _) => None,
    };
    let flow = flow(&exits, stmts, after, shape, ours(at)).or_else(|| several(&exits, after, shape))?;
    let leave = Leave { at, shape, flow };
    let gives = match stmts.last() {
        Some(Stmt::Expr(_, semi)) => semi.is_none(),
        Some(Stmt::Macro(mac)) => mac.semi_token.is_none(),
        _ => false,
    };
    let unit = matches!(after, After::Loop(_)) || !gives;
    let block = leave.block(stmts, unit);
    Some(Stmt::Expr(leave.behind(&block, unit), None))
}

fn flow(exits: &Exits, stmts: &[Stmt], after: &After, shape: Option<&TryShape>, at: Span) -> Option<Flow> {
    let goes_on = |label: &Option<Lifetime>| match after {
        After::Loop(of) => label.is_none() || label == of,
        After::Function | After::Code => false,
    };
    // One without a label leaves the innermost loop.
    let of = match after {
        After::Loop(of) => of,
        After::Function | After::Code => &None,
    };
    let of_same = |a: &Option<Lifetime>, b: &Option<Lifetime>| a.as_ref().or(of.as_ref()) == b.as_ref().or(of.as_ref());
    let onward = exits.continues.iter().find(|label| !goes_on(label));
    let known = shape.is_none_or(|shape| shape.kind != TryKind::ControlFlow);
    if let (None, [(label, true), rest @ ..]) = (onward, exits.breaks.as_slice()) {
        let same = rest.iter().all(|(other, value)| of_same(other, label) && *value);
        return match exits.returns.is_empty() {
            true => same.then(|| Flow::Break(label.clone())),
            false => (same && known).then(|| Flow::Both(label.clone())),
        };
    }
    let jump = match (onward, exits.breaks.as_slice()) {
        (None, []) => None,
        (Some(label), []) => {
            let same = exits.continues.iter().all(|other| other == label);
            Some(same.then(|| parse_quote_spanned!(at=> continue #label))?)
        }
        (None, [(label, false), rest @ ..]) => {
            let same = rest.iter().all(|(other, value)| of_same(other, label) && !value);
            Some(same.then(|| parse_quote_spanned!(at=> break #label))?)
        }
        _ => return None,
    };
    match (jump, exits.returns.as_slice()) {
        (None, []) => Some(Flow::None),
        (Some(jump), []) => Some(Flow::Jump(jump)),
        (Some(jump), _) => known.then_some(Flow::Either(jump)),
        (None, [value, rest @ ..]) => {
            let text = |value: &Option<Expr>| value.to_token_stream().to_string();
            let same = rest.iter().all(|other| text(other) == text(value));
            if same && value.as_ref().is_none_or(|value| is_the_same_behind(value, stmts)) {
                return Some(Flow::Jump(parse_quote_spanned!(at=> return #value)));
            }
            known.then_some(Flow::Return)
        }
    }
}

fn several(exits: &Exits, after: &After, shape: Option<&TryShape>) -> Option<Flow> {
    let known = shape.is_none_or(|shape| shape.kind != TryKind::ControlFlow);
    (known || exits.returns.is_empty()).then(|| Flow::Several(Ways::of(exits, after)))
}

/// `Err(error)`, `None`
fn is_failure(value: Option<&Expr>) -> bool {
    match value.map(syntax::inner) {
        Some(Expr::Call(call)) => is_named(&call.func, &["Err"]),
        Some(value @ Expr::Path(_)) => is_named(value, &["None"]),
        _ => false,
    }
}

/// Whether the value can be computed behind the block: nobody can tell when, and it has nothing of the block in it.
fn is_the_same_behind(value: &Expr, stmts: &[Stmt]) -> bool {
    match syntax::inner(value) {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.path.get_ident().is_none_or(|name| !binds(stmts, name)),
        Expr::Tuple(tuple) => tuple.elems.iter().all(|value| is_the_same_behind(value, stmts)),
        Expr::Call(call) => {
            syntax::is_constructor(&call.func) && call.args.iter().all(|value| is_the_same_behind(value, stmts))
        }
        _ => false,
    }
}

fn binds(stmts: &[Stmt], name: &Ident) -> bool {
    pattern::bound_within(&syntax::block_of(stmts.to_vec())).contains(name)
}

impl Leave<'_> {
    fn has_flow(&self) -> bool {
        !matches!(self.flow, Flow::None)
    }

    /// `async { stmts; value }.await?`
    fn block(&self, stmts: &[Stmt], unit: bool) -> Expr {
        let mut inside = Block {
            brace_token: syn::token::Brace::default(),
            stmts: stmts.to_vec(),
        };
        let mut block = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: inside.clone(),
        });
        MacrosAsExpressions.visit_expr_mut(&mut block);
        Scoped::new(&mut Rewrite(self)).visit_expr_mut(&mut block);
        if let Expr::Block(block) = block {
            inside = block.block;
        }
        let tail = match inside.stmts.pop() {
            Some(Stmt::Expr(tail, None)) if !unit => Some(tail),
            Some(Stmt::Expr(tail, None)) if !is_block_like(&tail) => {
                inside.stmts.push(Stmt::Expr(tail, Some(Default::default())));
                None
            }
            last => {
                inside.stmts.extend(last);
                None
            }
        };
        let (at, stmts) = (ours(self.at), &inside.stmts);
        let ends = matches!(stmts.last(), Some(Stmt::Expr(Expr::Return(_), _))) && tail.is_none();
        let value = (!ends).then(|| self.success(tail));
        let question = self.shape.map(|_| quote_spanned!(at=> ?));
        parse_quote_spanned!(at=> async { #(#stmts)* #value }.await #question)
    }

    /// What the block gives where it is not left.
    fn success(&self, tail: Option<Expr>) -> proc_macro2::TokenStream {
        let at = ours(self.at);
        if self.shape.is_none() && !self.has_flow() {
            return tail.to_token_stream();
        }
        let value = tail.map_or_else(|| quote_spanned!(at=> ()), |tail| tail.to_token_stream());
        let value = match self.has_flow() {
            true => quote_spanned!(at=> ::core::ops::ControlFlow::Continue(#value)),
            false => value,
        };
        match self.shape.and_then(TryShape::typed_success) {
            Some(path) => quote_spanned!(at=> #path(#value)),
            None => value,
        }
    }

    /// The value of a `return` of the block.
    fn given(&self, value: &Expr) -> Expr {
        let at = ours(self.at);
        match self.shape.map(TryShape::success) {
            Some(path) => parse_quote_spanned!(at=> #path(#value)),
            None => value.clone(),
        }
    }

    fn broken(&self, value: &Expr) -> Expr {
        let value = parse_quote_spanned!(ours(self.at)=> ::core::ops::ControlFlow::Break(#value));
        self.given(&value)
    }

    /// What stands for the jump.
    fn jumped(&self) -> Expr {
        let at = ours(self.at);
        self.broken(&match self.flow {
            Flow::Either(_) => parse_quote_spanned!(at=> None),
            _ => parse_quote_spanned!(at=> ()),
        })
    }

    /// What stands for a `return` of the value.
    fn returning(&self, value: &Expr) -> Expr {
        self.broken(&self.way_of_return(value))
    }

    fn way_of_return(&self, value: &Expr) -> Expr {
        let at = ours(self.at);
        match &self.flow {
            Flow::Either(_) => parse_quote_spanned!(at=> Some(#value)),
            Flow::Both(_) => parse_quote_spanned!(at=> ::core::ops::ControlFlow::Break(#value)),
            Flow::Several(ways) => ways.returning(value, at),
            _ => value.clone(),
        }
    }

    /// What stands for a `break` with the value.
    fn breaking(&self, value: &Expr) -> Expr {
        match self.flow {
            Flow::Both(_) => {
                self.broken(&parse_quote_spanned!(ours(self.at)=> ::core::ops::ControlFlow::Continue(#value)))
            }
            _ => self.broken(value),
        }
    }

    /// `return value` in the block.
    fn returned(&self, value: Option<&Expr>) -> Expr {
        let at = ours(self.at);
        let unit: Expr = parse_quote_spanned!(at=> ());
        let value = value.unwrap_or(&unit);
        if self.shape.is_none() {
            return self.returning(value);
        }
        match value {
            Expr::Call(call) if call.args.len() == 1 && is_named(&call.func, &["Ok", "Some"]) => {
                self.returning(&call.args[0])
            }
            value if is_failure(Some(value)) => value.clone(),
            value => match self.flow {
                Flow::Either(_) | Flow::Both(_) | Flow::Several(_) => {
                    let name: Expr = parse_quote_spanned!(at=> value);
                    let given = self.way_of_return(&name);
                    parse_quote_spanned!(at=> (#value).map(|#name| ::core::ops::ControlFlow::Break(#given)))
                }
                _ => parse_quote_spanned!(at=> (#value).map(::core::ops::ControlFlow::Break)),
            },
        }
    }

    /// What is done with what the block gives.
    fn behind(&self, block: &Expr, unit: bool) -> Expr {
        let at = ours(self.at);
        let flow = quote_spanned!(at=> ::core::ops::ControlFlow);
        let jump = match &self.flow {
            Flow::None => return block.clone(),
            Flow::Jump(jump) if unit => return parse_quote_spanned!(at=> if #block.is_break() { #jump; }),
            Flow::Jump(jump) => {
                return parse_quote_spanned! {at=>
                    match #block { #flow::Continue(value) => value, #flow::Break(()) => #jump }
                };
            }
            Flow::Return => {
                let returned = self.given(&parse_quote_spanned!(at=> value));
                quote_spanned!(at=> return #returned)
            }
            Flow::Break(label) => quote_spanned!(at=> break #label value),
            Flow::Either(_) | Flow::Both(_) | Flow::Several(_) => return self.behind_several(block, unit),
        };
        match unit {
            true => parse_quote_spanned!(at=> if let #flow::Break(value) = #block { #jump; }),
            false => parse_quote_spanned! {at=>
                match #block { #flow::Continue(value) => value, #flow::Break(value) => #jump }
            },
        }
    }
}

impl Leave<'_> {
    /// Where the block leaves to more than one place.
    fn behind_several(&self, block: &Expr, unit: bool) -> Expr {
        let at = ours(self.at);
        let flow = quote_spanned!(at=> ::core::ops::ControlFlow);
        let returned = self.given(&parse_quote_spanned!(at=> value));
        let goes_on = match unit {
            true => quote_spanned!(at=> #flow::Continue(()) => {}),
            false => quote_spanned!(at=> #flow::Continue(value) => value,),
        };
        let leaves = match &self.flow {
            Flow::Both(label) => quote_spanned! {at=>
                #flow::Break(#flow::Break(value)) => return #returned,
                #flow::Break(#flow::Continue(value)) => break #label value,
            },
            Flow::Either(jump) => quote_spanned! {at=>
                #flow::Break(Some(value)) => return #returned,
                #flow::Break(None) => #jump,
            },
            Flow::Several(ways) => ways.arms(&returned, at),
            _ => return block.clone(),
        };
        parse_quote_spanned!(at=> match #block { #goes_on #leaves })
    }
}

fn is_named(path: &Expr, names: &[&str]) -> bool {
    syntax::variable(path).is_some_and(|path| names.iter().any(|name| path == name))
}

fn is_block_like(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Unsafe(_)
    )
}
