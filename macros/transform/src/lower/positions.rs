//! Loops over a borrow of a local: what is carried is where they are, not their iterator.
//!
//! ```text
//! // Input:
//! for w in list.windows(2) { .. }
//! // Output:
//! match nth_of(list.windows(2), position) { Some(w) => { ..; position += 1; } None => .. }
//! // Of a text, which has no n-th character in constant time:
//! match next_of(text.chars(), &mut position) { Some(c) => .., None => .. }
//! // From the end, of `list.iter().rev()` and `text.chars().rev()`:
//! match nth_back_of(&list, position) { .. }
//! match next_back_of(text.chars(), &mut position) { .. }
//! ```
//!
//! An iterator of std's is made again at each step only where its owner is certainly one of std's, and which iterator that is rustc decides.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Expr, ExprForLoop, ExprMethodCall, Pat, Stmt, Type, parse_quote, parse_quote_spanned, punctuated::Punctuated,
    spanned::Spanned,
};

use super::{Lower, iterators::without_copies, loops::Items};
use crate::{
    ir::{BlockId, LocalId, Position, Role},
    span::ours,
    syntax::{self, Shape},
};

/// What a loop goes over by position.
pub(super) struct Positions {
    /// What each step borrows: `&list`, `list.windows(2)`.
    collection: Expr,
    /// `copied` or `cloned`, of what is found there.
    copies: Option<Ident>,
    number: usize,
    /// From the end.
    back: bool,
    /// Characters of a text, one behind the other.
    pub is_text: bool,
}

/// An iterator of std's over a variable, as its methods say.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Indexed,
    Text,
}

/// Methods of std's lists and texts that give all of them as a slice or a `str`.
const VIEWS: [&str; 3] = ["as_bytes", "as_slice", "as_str"];

impl Lower<'_> {
    /// How the loop goes over a borrow of a local, if it does so by position.
    pub(super) fn positions(&self, iterated: &Expr, number: usize) -> Option<Positions> {
        let (list, copies) = without_copies(iterated);
        let positions = |collection, copies: Option<&Ident>, back, is_text| Positions {
            collection,
            copies: copies.cloned(),
            number,
            back,
            is_text,
        };
        if let Some(reversed) = reversed(list) {
            let (forward, copied) = without_copies(reversed);
            if copies.is_none() || copied.is_none() {
                let collection = iterates(forward)
                    .then(|| self.borrowed_collection(forward, number))
                    .flatten();
                if let Some(collection) = collection {
                    return Some(positions(collection, copies.or(copied), true, false));
                }
            }
            if self.made_again(reversed, number) == Some(Kind::Text) {
                return Some(positions(reversed.clone(), copies, true, true));
            }
        }
        match self.borrowed_collection(list, number) {
            Some(collection) => Some(positions(collection, copies, false, false)),
            None => {
                let is_text = self.made_again(list, number)? == Kind::Text;
                Some(positions(list.clone(), copies, false, is_text))
            }
        }
    }

    /// `list.windows(2)`, `text.chars()`, of a local that certainly owns them.
    pub(super) fn made_again(&self, iterated: &Expr, number: usize) -> Option<Kind> {
        let (owner, kind) = iterator_of(iterated)?;
        let local = self.machine.lookup(self.env, owner)?;
        let variable = self.machine.local(local);
        let is_array = variable.array || matches!(variable.ty, Some(Type::Array(_)));
        let owns = self.owns(local) || is_array;
        (owns && variable.is_carried() && !self.hints.iterated.contains(&number)).then_some(kind)
    }

    /// The arguments of an iterator that is made again are evaluated once.
    pub(super) fn name_arguments(&mut self, iterated: &mut Expr, number: usize) {
        let list = without_copies(iterated).0;
        let again = match syntax::inner(list) {
            Expr::MethodCall(call) if call.method == "enumerate" => without_copies(&call.receiver).0,
            _ => list,
        };
        if self.made_again(again, number).is_none() || self.borrowed_collection(again, number).is_some() {
            return;
        }
        let mut arguments = Vec::new();
        each_argument(iterated, &mut |argument| arguments.push(argument.clone()));
        let named = arguments
            .into_iter()
            .map(|argument| match syntax::is_constant(&argument) {
                true => argument,
                false => {
                    let span = argument.span();
                    self.settled("count", argument, span)
                }
            });
        let mut named = named.collect::<Vec<_>>().into_iter();
        each_argument(iterated, &mut |argument| {
            if let Some(named) = named.next() {
                *argument = named;
            }
        });
    }

    /// `for x in &list`: the position is carried, not the iterator, and each step takes the borrow again.
    pub(super) fn for_by_position(
        &mut self,
        mut expr: ExprForLoop,
        counted: Option<(Pat, Pat)>,
        positions: Positions,
        text: String,
        after: BlockId,
    ) {
        let at = expr.expr.span();
        let (position, name) = self.bind_hidden("position", parse_quote_spanned!(ours(at)=> 0), at);
        self.note_position(position, &positions);
        self.hold_iterated(iterated_place(&positions.collection), &mut expr.body);
        // A text goes on by itself, but by bytes.
        let counter = match (positions.is_text, &counted) {
            (true, None) => None,
            (true, Some(_)) => Some(self.bind_hidden("count", parse_quote_spanned!(ours(at)=> 0), at).1),
            (false, _) => Some(name.clone()),
        };
        let head = self.go_on(Role::For(text), self.env);
        let step = match counter {
            None => head,
            Some(_) => self.new_block(Role::Part("Next"), self.env),
        };
        let (next, items) = self.next_by_position(positions, &name, at);
        if let (Some((count, pat)), Some(counter)) = (counted, &counter) {
            *expr.pat = pat;
            expr.body.stmts.insert(0, count_is(count, counter));
        }
        let target = (expr.label.map(|label| label.name.ident), step);
        self.each_item(next, *expr.pat, &items, expr.body, target, after);
        self.goto(step);
        if let Some(counter) = counter {
            self.enter(step);
            self.push_stmt(parse_quote_spanned!(ours(at)=> #counter += 1;), &[]);
            self.goto(head);
        }
    }

    /// What the step takes, and what that gives.
    fn next_by_position(&self, positions: Positions, name: &Ident, at: Span) -> (Expr, Items) {
        let collection = positions.collection;
        let mut items = Items::UNKNOWN;
        if positions.is_text {
            let next_of = self
                .names
                .path_at(if positions.back { "next_back_of" } else { "next_of" }, at);
            (items.shape, items.is_text) = (Shape::Copy, true);
            return (
                parse_quote_spanned!(ours(at)=> #next_of(#collection, &mut #name)),
                items,
            );
        }
        let nth_of = self
            .names
            .path_at(if positions.back { "nth_back_of" } else { "nth_of" }, at);
        let next: Expr = parse_quote_spanned!(ours(at)=> #nth_of(#collection, #name));
        match positions.copies {
            Some(copies) => {
                if copies == "copied" {
                    items.shape = Shape::Copy;
                }
                (parse_quote_spanned!(ours(at)=> #next.#copies()), items)
            }
            None => (next, items),
        }
    }

    /// What must not change while the loop goes on.
    fn note_position(&mut self, position: LocalId, positions: &Positions) {
        let place = iterated_place(&positions.collection);
        let root = syntax::root(place).and_then(|name| self.machine.lookup(self.env, name));
        if let Some(of) = root {
            let place = syntax::inner(place).to_token_stream().to_string();
            let number = positions.number;
            self.machine.positions.insert(position, Position { of, place, number });
        }
    }
}

/// What an iterator borrows.
fn iterated_place(collection: &Expr) -> &Expr {
    match collection {
        Expr::Reference(reference) => &reference.expr,
        Expr::MethodCall(_) => owner_of(collection),
        other => other,
    }
}

/// `let count = position;`
fn count_is(count: Pat, position: &Ident) -> Stmt {
    Stmt::Local(syn::Local {
        attrs: Vec::new(),
        let_token: Default::default(),
        modifiers: syn::LocalModifiers::default(),
        pat: count,
        init: Some(syn::LocalInit {
            eq_token: Default::default(),
            expr: parse_quote!(#position),
            diverge: None,
        }),
        semi_token: Default::default(),
    })
}

/// The variable that an iterator of std's borrows, if it is one that can be made again at any of its items.
fn iterator_of(iterated: &Expr) -> Option<(&Ident, Kind)> {
    let Expr::MethodCall(call) = syntax::inner(iterated) else {
        return None;
    };
    let owner = || syntax::variable(without_view(&call.receiver));
    match (call.method.to_string().as_str(), call.args.len()) {
        ("iter" | "iter_mut" | "bytes" | "as_bytes" | "as_slice", 0)
        | ("windows" | "chunks" | "chunks_exact" | "rchunks" | "rchunks_exact", 1)
        | ("chunks_mut" | "chunks_exact_mut" | "rchunks_mut" | "rchunks_exact_mut", 1) => {
            Some((owner()?, Kind::Indexed))
        }
        ("chars" | "char_indices", 0) => Some((owner()?, Kind::Text)),
        ("rev" | "enumerate" | "copied", 0) | ("skip" | "take" | "step_by", 1) => {
            iterator_of(&call.receiver).filter(|(_, kind)| *kind == Kind::Indexed)
        }
        _ => None,
    }
}

/// `text` of `text.as_bytes()`
fn without_view(expr: &Expr) -> &Expr {
    match syntax::inner(expr) {
        Expr::MethodCall(call) if call.args.is_empty() && VIEWS.iter().any(|view| call.method == view) => {
            &call.receiver
        }
        other => other,
    }
}

/// `list.iter()` of `list.iter().rev()`
fn reversed(iterated: &Expr) -> Option<&Expr> {
    match syntax::inner(iterated) {
        Expr::MethodCall(call) if call.method == "rev" && call.args.is_empty() => Some(&call.receiver),
        _ => None,
    }
}

/// `list.iter()`, `list.iter_mut()`
fn iterates(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::MethodCall(call) if call.method == "iter" || call.method == "iter_mut")
}

/// What the first of a chain of methods is called on.
pub(super) fn owner_of(expr: &Expr) -> &Expr {
    match syntax::inner(expr) {
        Expr::MethodCall(call) => owner_of(&call.receiver),
        other => other,
    }
}

/// The arguments of a chain of methods, in order of evaluation.
fn each_argument(expr: &mut Expr, f: &mut dyn FnMut(&mut Expr)) {
    match expr {
        Expr::Paren(paren) => each_argument(&mut paren.expr, f),
        Expr::MethodCall(ExprMethodCall { receiver, args, .. }) => {
            each_argument(receiver, f);
            Punctuated::iter_mut(args).for_each(f);
        }
        _ => {}
    }
}
