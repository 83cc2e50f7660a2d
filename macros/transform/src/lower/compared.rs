//! Places in front of a suspension in the same expression: the left side of a comparison, a receiver, what is indexed.
//!
//! ```text
//! // Input:
//! list[i()].push(yield x),  node.count == node.next().await
//! // Output:
//! let index = i();  suspend x    Yield0: list[index].push(received(..))
//! let t = compared(&node.count).early();  suspend ..    Await0: *t.or(&node.count) == received(..)
//! ```
//!
//! The place is borrowed, so it stays where it is, and is the same afterwards. But what is compared is read first if it is a number:
//! where the right side may change it, types decide; where it certainly does, it is one.

mod read_first;

use proc_macro2::Ident;
use syn::{
    Expr, ExprMethodCall, Member, UnOp, parse_quote_spanned,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{
    Lower,
    operand::{OPERAND, Use},
};
use crate::{
    ir::{Effect, LocalId, Node},
    span::ours,
    std_borrows, std_macros, syntax,
};

/// Whether something is another value afterwards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Changed {
    No,
    Perhaps,
    Surely,
}

impl Lower<'_> {
    /// Evaluates a place, as far as it does something.
    pub(super) fn place_before(&mut self, place: Expr, usage: Use, later: &[Expr]) -> Expr {
        let span = place.span();
        let place = self.value(place);
        let mut place = self.named_referent("temporary", place, false);
        self.indices_before(&mut place, later);
        match self.changed(&place, later) {
            Changed::Perhaps if usage == Use::Compared => {
                let (at, early) = (ours(span), self.early(&place));
                parse_quote_spanned!(at=> *#early.or(&#place))
            }
            Changed::No | Changed::Perhaps => {
                self.look_at(&place);
                place
            }
            Changed::Surely => self.copied(place),
        }
    }

    /// A variable that has what a number is now, and nothing of anything else.
    pub(super) fn early(&mut self, place: &Expr) -> Expr {
        let (span, compared) = (place.span(), self.names.path_at("compared", place.span()));
        let early = parse_quote_spanned!(ours(span)=> #compared(&#place).early());
        let early = self.bind_temporary(OPERAND, early, span);
        if let Some(local) = syntax::variable(&early).and_then(|name| self.machine.lookup(self.env, name)) {
            let variable = &mut self.machine.locals[local.0];
            (variable.plain, variable.copy) = (true, true);
        }
        early
    }

    /// A variable that has what a place of a `Copy` type is now.
    pub(super) fn copied(&mut self, place: Expr) -> Expr {
        let span = place.span();
        let copied = self.bind_temporary(OPERAND, place, span);
        if let Some(local) = syntax::variable(&copied).and_then(|name| self.machine.lookup(self.env, name)) {
            self.machine.locals[local.0].plain = true;
        }
        self.reads_only();
        copied
    }

    /// What the last statement takes by value is `Copy`.
    fn reads_only(&mut self) {
        let Some(Node::Code(code)) = self.machine.blocks[self.at.0].body.nodes.last_mut() else {
            return;
        };
        let mut effect = std::mem::replace(&mut code.effect, Effect::none());
        effect.each_mut(&mut |leaf| match *leaf {
            Effect::Move(local) => *leaf = Effect::Read(local),
            Effect::Part(part) => *leaf = Effect::Read(self.machine.whole(part)),
            _ => {}
        });
        if let Some(Node::Code(code)) = self.machine.blocks[self.at.0].body.nodes.last_mut() {
            code.effect = effect;
        }
    }

    /// Whether the place is another value once `later` has been evaluated.
    pub(super) fn changed(&self, place: &Expr, later: &[Expr]) -> Changed {
        let Some(path) = path(place) else {
            return Changed::No;
        };
        let Some(local) = self.machine.lookup(self.env, path.root) else {
            return Changed::No;
        };
        let mut changes = Changes {
            path,
            lends: self.may_lend_mutably(local),
            found: Changed::No,
        };
        later.iter().for_each(|expr| changes.visit_expr(expr));
        changes.found
    }

    /// Whether something can be changed by what the variable is given to: it is `mut`, or may be a `&mut`.
    fn may_lend_mutably(&self, local: LocalId) -> bool {
        let variable = self.machine.local(local);
        let typed = variable.ty.is_none() || self.is_mut_reference(local);
        // What is taken again may be a `&mut`.
        let number = variable.copy && variable.derived.is_none();
        !number && (variable.mutable || typed && !variable.ours)
    }
}

/// `user.name` of `user.name[0]`: a variable and fields of it.
struct Path<'e> {
    root: &'e Ident,
    fields: Vec<&'e Member>,
}

impl Path<'_> {
    /// Whether one is a part of the other.
    fn overlaps(&self, other: &Path) -> bool {
        let mut fields = self.fields.iter().zip(&other.fields);
        self.root == other.root && fields.all(|(one, other)| one == other)
    }
}

/// Whether one place is a part of the other.
pub(super) fn overlap(one: &Expr, other: &Expr) -> bool {
    let paths = path(one).zip(path(other));
    paths.is_some_and(|(one, other)| one.overlaps(&other))
}

/// What is behind an index or a reference may be any part.
fn path(place: &Expr) -> Option<Path<'_>> {
    match syntax::inner(place) {
        Expr::Field(field) => {
            let mut path = path(&field.base)?;
            // Of an element nobody knows which.
            if !matches!(syntax::inner(&field.base), Expr::Index(_)) {
                path.fields.push(&field.member);
            }
            Some(path)
        }
        Expr::Index(index) => path(&index.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => path(&unary.expr),
        other => Some(Path {
            root: syntax::variable(other)?,
            fields: Vec::new(),
        }),
    }
}

/// Finds what changes a place.
struct Changes<'e> {
    path: Path<'e>,
    lends: bool,
    found: Changed,
}

impl Changes<'_> {
    fn overlaps(&self, place: &Expr) -> bool {
        path(place).is_some_and(|other| self.path.overlaps(&other))
    }

    fn found(&mut self, changed: Changed) {
        self.found = self.found.max(changed);
    }

    fn assigned(&mut self, place: &Expr) {
        match syntax::inner(place) {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|place| self.assigned(place)),
            place if self.overlaps(place) => self.found(Changed::Surely),
            _ => {}
        }
    }

    /// It is given away, or borrowed in a way that its name does not tell.
    fn given(&mut self, place: &Expr) {
        if self.lends && self.overlaps(place) {
            self.found(Changed::Perhaps);
        }
    }
}

impl<'e> Visit<'e> for Changes<'_> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Assign(assign) => self.assigned(&assign.left),
            Expr::Binary(binary) if syntax::is_compound_assignment(&binary.op) => self.assigned(&binary.left),
            Expr::Reference(reference) if reference.mutability.is_some() => self.assigned(&reference.expr),
            Expr::RawAddr(_) | Expr::Closure(_) | Expr::Async(_) | Expr::Macro(_) => {}
            Expr::Path(_) => return self.given(expr),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_method_call(&mut self, call: &'e ExprMethodCall) {
        if syntax::is_place(&call.receiver) {
            if !std_borrows::only_looks(&call.method) {
                self.given(&call.receiver);
            }
        } else {
            self.visit_expr(&call.receiver);
        }
        call.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    /// What is read as a part only is not given away.
    fn visit_expr_field(&mut self, field: &'e syn::ExprField) {
        if syntax::root(&field.base).is_none() {
            visit::visit_expr_field(self, field);
        }
    }

    fn visit_expr_index(&mut self, index: &'e syn::ExprIndex) {
        if syntax::root(&index.expr).is_none() {
            self.visit_expr(&index.expr);
        }
        self.visit_expr(&index.index);
    }

    fn visit_expr_reference(&mut self, reference: &'e syn::ExprReference) {
        if !syntax::is_place(&reference.expr) {
            visit::visit_expr_reference(self, reference);
        }
    }

    fn visit_macro(&mut self, mac: &'e syn::Macro) {
        std_macros::visit_arguments(mac, self);
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}
