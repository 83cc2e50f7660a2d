//! Receivers that the arguments of their own method may change, in front of the suspension among these: natively a method that
//! takes a `Copy` value has it before its arguments are evaluated, where one that borrows has the place.
//!
//! ```text
//! // Input:
//! self.sum.wrapping_add(yield self.next()),  self.mode.after(yield self.next()),  parser.feed(yield parser.wanted())
//! // Output:
//! let t = this.sum;                     Yield0: t.wrapping_add(received(..))
//! let t = compared(&this.mode).early(); Yield0: t.receiver(&mut this.mode).after(received(..))
//! suspend unchanged(&parser, parser.wanted())     Yield0: parser.feed(received(..))
//! ```
//!
//! A number is read first. Of a field types decide, and the method of `t` is that of the field. A variable as a whole is hardly
//! ever both taken and changed, so it stays as it is, and rustc makes sure that nothing changes it. The same for what an operand
//! borrows behind a reference that may refer to something else then; where that is assigned, the borrow comes first.

use syn::{
    Block, Expr, ExprCall, ExprClosure, Item, Macro, Path, Stmt, Token, parse_quote_spanned,
    punctuated::Punctuated,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use super::{Changed, overlap};
use crate::{
    desugar, effects,
    ir::{Effect, LocalId},
    lower::{
        Lower,
        awaits::exits,
        operand::{Spill, Use},
    },
    span::ours,
    std_borrows, std_macros, syntax,
};

impl Lower<'_> {
    /// In front of the arguments of a method; the variable that has what the receiver or the callee was, where types decide.
    pub(in crate::lower) fn read_first(&mut self, expr: &mut Expr, spill: Spill) -> Option<Expr> {
        let call = match expr {
            Expr::MethodCall(call) => call,
            Expr::Call(call) => return self.callee_first(call, spill),
            _ => return None,
        };
        if syntax::consumes_receiver(call) || std_borrows::changes(&call.method) {
            return None;
        }
        let place = (*call.receiver).clone();
        let mut arguments = before_suspension(&call.args, spill);
        let mut changes = self.changes_of(&place, &arguments)?;
        if std_borrows::is_of_numbers(&call.method) {
            *call.receiver = self.copied(place);
        } else if self.is_lent_field(&place) {
            return Some(self.early(&place));
        } else {
            changes.unchanged = Some(self.names.path_at("unchanged", call.method.span()));
            changes.are_in(&mut arguments);
            call.args.iter_mut().zip(arguments).for_each(|(old, new)| *old = new);
        }
        None
    }

    /// `(self.operation)(yield self.next())`: what is `Copy`, as a function pointer is, is called as it was.
    fn callee_first(&mut self, call: &ExprCall, spill: Spill) -> Option<Expr> {
        let place = syntax::inner(&call.func);
        let early = matches!(place, Expr::Field(_)) && self.is_quiet_place(place);
        let changed = early && self.changes_of(place, &before_suspension(&call.args, spill)).is_some();
        changed.then(|| self.early(place))
    }

    /// Behind the arguments.
    pub(in crate::lower) fn read_early(expr: &mut Expr, early: &Expr) {
        match expr {
            Expr::MethodCall(call) => {
                let (place, at) = (&call.receiver, ours(call.receiver.span()));
                *call.receiver = parse_quote_spanned!(at=> #early.receiver(&mut #place));
            }
            Expr::Call(call) => {
                let (place, at) = (syntax::inner(&call.func), ours(call.func.span()));
                *call.func = parse_quote_spanned!(at=> (*#early.or(&#place)));
            }
            _ => {}
        }
    }

    /// What may change the place in these expressions, if anything does.
    fn changes_of(&self, place: &Expr, later: &[Expr]) -> Option<Changes> {
        let place = Some(place).filter(|place| syntax::is_place(place))?;
        let local = self.machine.lookup(self.env, syntax::root(place)?)?;
        let variable = self.machine.local(local);
        // Of std's own lists nothing is `Copy`; of what `&` points to nothing changes.
        if variable.ours && variable.ident != self.names.this || self.owns(local) && is_variable(place) {
            return None;
        }
        let untyped = variable.ty.is_none() && !variable.copy && variable.derived.is_none() && !variable.mutable;
        let reference = untyped || self.is_mut_reference(local);
        let mut changes = Changes {
            place: place.clone(),
            reference,
            borrows: false,
            unchanged: None,
            found: false,
        };
        let may_change = (variable.mutable || reference) && changes.are_in(&mut later.to_vec());
        may_change.then_some(changes)
    }

    /// `show(&self.node.name, yield self.next())`: what is behind a reference is borrowed without what the reference is in, which may
    /// refer to something else afterwards.
    pub(in crate::lower) fn hold_borrowed(&self, operands: &mut [(&mut Expr, Use)], last: usize) {
        for index in 0..last {
            let (before, later) = operands.split_at_mut(index + 1);
            let place = self.borrowed_place(before[index].0);
            let Some(place) = place.filter(|place| may_be_elsewhere(place)) else {
                continue;
            };
            let mut exprs: Vec<Expr> = later[..last - index].iter().map(|(expr, _)| (**expr).clone()).collect();
            if let Some(mut changes) = self.changes_of(place, &exprs) {
                changes.unchanged = Some(self.names.path_at("unchanged", place.span()));
                changes.are_in(&mut exprs);
                later.iter_mut().zip(exprs).for_each(|((old, _), new)| **old = new);
            }
        }
    }

    /// `for n in reader.rest.iter() { reader.next() }`, by position: a field that is a reference must not refer to something else
    /// meanwhile, so nothing changes what it is in.
    pub(in crate::lower) fn hold_iterated(&self, place: &Expr, body: &mut Block) {
        let root = |place| syntax::root(place).and_then(|root| self.machine.lookup(self.env, root));
        let taken_of = root(place)
            .and_then(|local| self.taken_of(local))
            .filter(|_| is_variable(place));
        let place = taken_of.as_ref().unwrap_or(place);
        let is_mutable =
            root(place).is_some_and(|local| self.machine.local(local).mutable || self.is_mut_reference(local));
        if is_variable(place) || !is_mutable {
            return;
        }
        let mut changes = Changes {
            place: place.clone(),
            reference: false,
            borrows: true,
            unchanged: Some(self.names.path_at("unchanged", place.span())),
            found: false,
        };
        changes.visit_block_mut(body);
    }

    /// `reader.rest` of a variable with `let rest = &reader.rest;`.
    fn taken_of(&self, local: LocalId) -> Option<Expr> {
        let derivation = &self.machine.derivations[self.machine.local(local).derived?.0];
        let Stmt::Local(declared) = &derivation.code.syntax else {
            return None;
        };
        match syntax::inner(&declared.init.as_ref()?.expr) {
            Expr::Reference(reference) => Some((*reference.expr).clone()),
            _ => None,
        }
    }

    /// Whether what the operand borrows is assigned meanwhile: natively that is a reference on the way to it, so it is taken first.
    pub(in crate::lower) fn borrows_first(&self, operand: &Expr, later: &[Expr]) -> bool {
        if let Expr::Closure(ExprClosure { capture: None, .. }) = syntax::inner(operand) {
            let captured = self
                .machine
                .mentioned(&effects::of_expr(&self.machine, self.env, operand));
            return later.iter().any(|expr| {
                let mut assigned = false;
                effects::of_expr(&self.machine, self.env, expr)
                    .each(&mut |leaf| assigned |= matches!(leaf, Effect::Assign(local) if captured.contains(local)));
                assigned
            });
        }
        let place = self.borrowed_place(operand);
        place.is_some_and(|place| self.changed(place, later) == Changed::Surely)
    }

    /// A field of what can be borrowed by `&mut`.
    fn is_lent_field(&self, place: &Expr) -> bool {
        let root = syntax::root(place).and_then(|root| self.machine.lookup(self.env, root));
        let lent = root.is_some_and(|root| self.machine.local(root).mutable || self.is_mut_reference(root));
        lent && !is_variable(place) && self.is_quiet_place(place)
    }
}

/// The arguments that are evaluated before the last suspension.
fn before_suspension(arguments: &Punctuated<Expr, Token![,]>, spill: Spill) -> Vec<Expr> {
    let last = arguments.iter().rposition(|argument| match spill {
        Spill::Suspensions => desugar::suspends(argument),
        Spill::Exits => exits(argument),
    });
    arguments
        .iter()
        .take(last.map_or(0, |last| last + 1))
        .cloned()
        .collect()
}

/// Whether there may be a reference on the way to the place, behind its variable.
fn may_be_elsewhere(place: &Expr) -> bool {
    match syntax::inner(place) {
        Expr::Field(field) => !is_variable(&field.base),
        Expr::Index(_) | Expr::Unary(_) => true,
        _ => false,
    }
}

/// Whether it has been done for another operand.
fn calls(expr: &Expr, function: &Path) -> bool {
    let Expr::Call(call) = expr else { return false };
    let Expr::Path(path) = &*call.func else { return false };
    let (one, other) = (&path.path.segments, &function.segments);
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.ident == other.ident)
}

fn is_variable(place: &Expr) -> bool {
    syntax::variable(syntax::inner(place)).is_some()
}

/// Finds the calls that may change the receiver of the call around them.
struct Changes {
    place: Expr,
    /// Whether the variable may be a `&mut`, which a function that is given it may change.
    reference: bool,
    /// Whether a `&mut` borrow of it may be made for that, too.
    borrows: bool,
    /// What such a call is put into.
    unchanged: Option<Path>,
    found: bool,
}

impl Changes {
    fn are_in(&mut self, later: &mut [Expr]) -> bool {
        later.iter_mut().for_each(|expr| self.visit_expr_mut(expr));
        self.found
    }

    /// The place that the call may change.
    fn changed_by(&self, call: &Expr) -> Option<Expr> {
        let given = |arguments: &Punctuated<Expr, Token![,]>| {
            let given = arguments
                .iter()
                .find(|argument| is_variable(argument) && overlap(&self.place, argument));
            given.filter(|_| self.reference).cloned()
        };
        match call {
            Expr::MethodCall(call) => {
                let looks = std_borrows::only_looks(&call.method) || std_borrows::is_of_numbers(&call.method);
                let on_it = syntax::is_place(&call.receiver) && overlap(&self.place, &call.receiver);
                let changed = (on_it && !looks).then(|| (*call.receiver).clone());
                changed.or_else(|| given(&call.args))
            }
            Expr::Call(call) if !syntax::is_constructor(&call.func) => given(&call.args),
            Expr::Reference(borrow) if self.borrows && borrow.mutability.is_some() => {
                let changed = overlap(&self.place, &borrow.expr);
                changed.then(|| (*borrow.expr).clone())
            }
            _ => None,
        }
    }
}

impl VisitMut for Changes {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if self.unchanged.as_ref().is_some_and(|unchanged| calls(expr, unchanged)) {
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        let Some(place) = self.changed_by(expr) else { return };
        self.found = true;
        if let Some(unchanged) = &self.unchanged {
            // rustc shows the borrow where the receiver is.
            let place = if is_variable(&self.place) { &self.place } else { &place };
            let at = ours(place.span());
            *expr = parse_quote_spanned!(at=> #unchanged(&#place, #expr));
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(known) = std_macros::parse(mac) {
            let mut arguments = known.exprs();
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            *mac = known.rewritten(arguments);
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
