//! What an await borrows: the variables that go into its future and come back with its output, instead of being fields.
//!
//! ```text
//! // Input: suspend stream.read(&mut buf), resume at Await0 { buf, stream, name }
//! // Output: Await0 { name }, lent: stream, buf
//! ```
//!
//! What is awaited is dropped before the fields of the state. So that a cancelled function drops its variables in their order,
//! the youngest first, whatever is younger than a variable that is lent goes along.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Expr,
    visit::{self, Visit},
};

use super::Form;
use crate::{
    desugar,
    ir::{BlockId, Effect, Form as Operand, LocalId, Machine, Suspension},
    names::Namespace,
    source, std_macros, syntax, tokens,
};

/// Variables in order of declaration, with the form in which they are carried.
type Carried = Vec<(LocalId, Form)>;

/// The carried variables as fields and as lent to the await that `block` answers.
pub(super) fn lend(
    machine: &Machine,
    numbers: &BTreeSet<LocalId>,
    block: BlockId,
    carried: Carried,
) -> (Carried, Carried) {
    let Some((suspension, awaits)) = machine.awaited_before(block) else {
        return (carried, Vec::new());
    };
    let mentioned = mentioned(machine, &suspension);
    let by_use = |local: LocalId| machine.local(local).proven && !numbers.contains(&local);
    let lent_to = |operand: Operand| -> BTreeSet<_> {
        let borrowed = |(local, form): &&(LocalId, Form)| {
            mentioned.contains(local) && may_be_borrowed(machine, *local, *form, by_use(*local), &suspension, operand)
        };
        carried.iter().filter(borrowed).copied().collect()
    };
    let lent = match awaits.form {
        // If anything is lent, the operand is evaluated in the block, with all that it looks at.
        Operand::Direct if !lent_to(Operand::Direct).is_empty() => lent_to(Operand::Lent),
        form => lent_to(form),
    };
    let drops = |(local, form): &(LocalId, Form)| shows_drop(machine, *local, *form);
    let scope = machine.in_scope(suspension.value.env);
    let age = |local: LocalId| scope.iter().position(|other| *other == local);
    let borrowed = lent.iter().filter(|field| drops(field)).map(|(local, _)| *local);
    let oldest = borrowed.chain(moved_late(machine, &suspension)).filter_map(age).min();
    let goes_along = |field: &(LocalId, Form)| oldest.is_some_and(|oldest| age(field.0) > Some(oldest)) && drops(field);
    let mut fields = Vec::new();
    let mut all = Vec::new();
    for field in carried {
        match lent.contains(&field) || goes_along(&field) {
            true => all.push(field),
            false => fields.push(field),
        }
    }
    (fields, all)
}

/// The variables that a lending await moves, but not at once: if what is evaluated before that panics, they drop in turn with
/// the others.
pub(crate) fn moved_late(machine: &Machine, suspension: &Suspension) -> Vec<LocalId> {
    let lending = suspension
        .awaits
        .as_ref()
        .is_some_and(|awaits| matches!(awaits.form, Operand::Lent | Operand::Macro));
    let mut moved = Vec::new();
    suspension.value.effect.each(&mut |leaf| match leaf {
        Effect::Move(local) if shows_drop(machine, *local, Form::Plain) => moved.push(*local),
        _ => {}
    });
    moved.retain(|local| lending && is_late(&suspension.value.syntax, &machine.local(*local).ident));
    moved
}

/// Whether something is called before the variable is mentioned.
fn is_late(value: &Expr, name: &Ident) -> bool {
    struct Walk<'n> {
        name: &'n Ident,
        called: bool,
        late: bool,
    }
    impl Visit<'_> for Walk<'_> {
        fn visit_expr(&mut self, expr: &Expr) {
            self.late |= self.called && syntax::variable(expr) == Some(self.name);
            match expr {
                Expr::Macro(mac) => match operands(&mac.mac) {
                    Some(operands) => operands.iter().for_each(|expr| self.visit_expr(expr)),
                    None => self.late |= Namespace::of(mac.mac.tokens.clone()).mentions(&self.name.to_string()),
                },
                _ => visit::visit_expr(self, expr),
            }
            self.called |= matches!(expr, Expr::Call(_) | Expr::MethodCall(_) | Expr::Macro(_));
        }
    }
    let mut walk = Walk {
        name,
        called: false,
        late: false,
    };
    walk.visit_expr(value);
    walk.late
}

/// What a macro evaluates, as far as it is known.
fn operands(mac: &syn::Macro) -> Option<Vec<Expr>> {
    let known = std_macros::parse(mac).map(|known| known.exprs());
    known.or_else(|| desugar::awaited_operands(mac))
}

/// Whether it can be told when the variable is dropped.
pub(crate) fn shows_drop(machine: &Machine, local: LocalId, form: Form) -> bool {
    let variable = machine.local(local);
    !variable.quiet && (form == Form::Held || !variable.plain)
}

/// The variables that the operand mentions, and those that the borrows among them are taken of.
fn mentioned(machine: &Machine, suspension: &Suspension) -> BTreeSet<LocalId> {
    machine.with_origins(machine.mentioned(&suspension.value.effect))
}

/// `by_use`: that it is `Copy` follows from how it is used, where it may be a reference.
fn may_be_borrowed(
    machine: &Machine,
    local: LocalId,
    form: Form,
    by_use: bool,
    suspension: &Suspension,
    operand: Operand,
) -> bool {
    let variable = machine.local(local);
    // A delegate gives nothing back at its end.
    if operand == Operand::Delegate {
        return false;
    }
    if operand == Operand::Direct {
        // What is used by value and again afterwards may be a `&mut` that is reborrowed.
        return by_use && form == Form::Plain;
    }
    // A copy that is changed in the future has to come back: a counter, a reader that is a `&[u8]`.
    let changed = || variable.mutable && is_changed(machine, suspension, &variable.ident);
    let shared = variable.ty.as_ref().is_some_and(crate::signature::is_shared_ref);
    let copied = shared || variable.copy && !by_use;
    !copied || changed()
}

/// Whether the operand may change the variable: `&mut n`, `n.add(1)`, a closure that does.
fn is_changed(machine: &Machine, suspension: &Suspension, name: &Ident) -> bool {
    let value = &suspension.value.syntax;
    let is_macro = suspension
        .awaits
        .as_ref()
        .is_some_and(|awaits| awaits.form == Operand::Macro);
    if is_macro || desugar::calls_unknown_macros(&syn::parse_quote!({ #value })) {
        return true;
    }
    let name = name.to_string();
    let changes = |tokens| {
        let tokens = tokens::read(tokens);
        source::is_mutated(&tokens, &name) || source::has_ref_mut(&tokens)
    };
    let here = syntax::variable(value).is_none() && changes(value.to_token_stream());
    let mentioned = mentioned(machine, suspension);
    let mut again = mentioned.iter().filter_map(|local| machine.local(*local).derived);
    here || again.any(|id| changes(machine.derivations[id.0].code.syntax.to_token_stream()))
}
