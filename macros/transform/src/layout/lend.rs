//! What an await borrows: the variables that go into its future and come back with its output, instead of being fields.
//!
//! ```text
//! // Input: suspend stream.read(&mut buf), resume at Await0 { buf, stream, name }
//! // Output: Await0 { name }, lent: stream, buf
//! ```
//!
//! What is awaited is dropped before the fields of the state. So that a cancelled function drops its variables in their order,
//! the youngest first, whatever is younger than a variable that is lent goes along.
//!
//! A variable whose scope ends with the await does not come back: it drops at the end of the future, if it is still there.
//! So a method may as well take it by value: `server.run().await` at the end of a block.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Expr, Stmt,
    visit::{self, Visit},
};

use super::Form;
use crate::{
    desugar,
    flow::{Flow, Holds, Moves},
    ir::{BlockId, Code, Effect, End, EnvId, Form as Operand, LocalId, Machine, Node, PartId, Suspension},
    lower::is_unit,
    names::Namespace,
    pattern, source, std_macros, syntax, tokens,
};

/// Variables in order of declaration, with the form in which they are carried.
type Carried = Vec<(LocalId, Form)>;

/// Where the variables are while an await goes on.
#[derive(Default)]
pub(super) struct Places {
    pub fields: Carried,
    /// In the future, which gives them back.
    pub lent: Carried,
    /// In the future, with which they end.
    pub given: Carried,
    /// What the future does with its output for that.
    pub tried: Option<Tried>,
}

/// The `?` behind an await. It converts the error before the scope ends, and a statement drops the value before that.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Tried {
    Statement,
    Value,
}

/// What the await is followed by.
#[derive(Default)]
struct Ended {
    locals: BTreeSet<LocalId>,
    tried: Option<Tried>,
}

/// Where the carried variables are until the await is done that `block` answers.
pub(super) fn lend(
    machine: &Machine,
    flow: &Flow,
    numbers: &BTreeSet<LocalId>,
    block: BlockId,
    carried: Carried,
    tries: bool,
) -> Places {
    let Some((suspension, awaits)) = machine.awaited_before(block) else {
        return Places {
            fields: carried,
            ..Places::default()
        };
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
    let (lent, fields): (Carried, _) = carried
        .into_iter()
        .partition(|field| lent.contains(field) || goes_along(field));
    let ended = match awaits.form {
        Operand::Lent | Operand::Macro => ended_with(machine, block),
        Operand::Direct | Operand::Delegate => Ended::default(),
    };
    let ended = match ended.tried {
        Some(_) if !tries || awaits.form == Operand::Macro => Ended::default(),
        _ => ended,
    };
    let (given, lent): (Carried, Carried) = lent.into_iter().partition(|(local, _)| ended.locals.contains(local));
    let tried = ended.tried.filter(|_| given.iter().any(drops));
    let moved_here = parts_moved(&suspension);
    // Those that may have been moved before come back as what is left of them, and what is younger drops before them.
    let is_whole = |(local, _): &(LocalId, Form)| {
        let moves = flow.moves[block.0].as_ref();
        let here = |moves: &Moves| moves.parts(*local).iter().all(|part| moved_here.contains(part));
        moves.is_some_and(|moves| moves.get(*local) == Holds::Value && here(moves))
    };
    match given.iter().all(is_whole) {
        true => Places {
            fields,
            lent,
            given,
            tried,
        },
        false => {
            let mut lent: Carried = given.into_iter().chain(lent).collect();
            lent.sort_by_key(|(local, _)| age(*local));
            Places {
                fields,
                lent,
                ..Places::default()
            }
        }
    }
}

fn parts_moved(suspension: &Suspension) -> BTreeSet<PartId> {
    let mut parts = BTreeSet::new();
    suspension.value.effect.each(&mut |leaf| {
        if let Effect::Part(part) = leaf {
            parts.insert(*part);
        }
    });
    parts
}

/// The variables whose scope ends at the beginning of the block, once it has its input, before anything else happens.
fn ended_with(machine: &Machine, block: BlockId) -> Ended {
    let body = &machine.block(block).body;
    let Some((Node::Code(received), rest)) = body.nodes.split_first() else {
        return Ended::default();
    };
    let mut outputs = received.effect.declared();
    let mut whole = is_whole(received);
    let (mut tried, mut rest) = (None, rest);
    if let [Node::Code(code), behind @ ..] = rest
        && let Some(found) = tries(machine, code, &outputs)
    {
        (tried, rest) = (Some(found), behind);
        if found == Tried::Value {
            outputs = code.effect.declared();
            whole = whole && is_whole(code);
        }
    }
    let quiet = rest.iter().take_while(|node| changes_number(machine, node)).count();
    rest = &rest[quiet..];
    let scopes = rest.iter().map_while(|node| match node {
        Node::EndScope(locals) => Some(locals),
        Node::Code(_) | Node::LetElse { .. } => None,
    });
    let mut locals: BTreeSet<_> = scopes.clone().flatten().copied().collect();
    if scopes.count() == rest.len() {
        match &body.end {
            End::Goto(target, env) => locals.extend(machine.ended(*env, machine.block(*target).env)),
            End::Complete(value) => {
                locals.extend(machine.visible(received.env));
                match value.as_ref().filter(|value| !is_unit(&value.syntax)) {
                    Some(value) if gives_one_of(machine, value, &outputs) => {}
                    Some(value) if tried.is_none() && tries_one_of(machine, value, &outputs) => {
                        tried = Some(Tried::Value);
                    }
                    Some(_) => return Ended::default(),
                    None => locals.extend(&outputs),
                }
            }
            _ => {}
        }
    }
    if tried == Some(Tried::Statement) {
        return Ended { locals, tried };
    }
    // What the output leaves, or all of it, would have to drop before them.
    let stays = |local: &LocalId| !locals.contains(local) || machine.local(*local).plain;
    match outputs.is_empty() || whole && outputs.iter().all(stays) {
        true => Ended { locals, tried },
        false => Ended::default(),
    }
}

/// Whether the `let` binds all that it is given.
fn is_whole(code: &Code<Stmt>) -> bool {
    matches!(&code.syntax, Stmt::Local(local) if pattern::single(&local.pat).is_some())
}

/// `output?;`, `let x = output?;`
fn tries(machine: &Machine, code: &Code<Stmt>, outputs: &[LocalId]) -> Option<Tried> {
    let (value, found) = match &code.syntax {
        Stmt::Expr(value, Some(_)) => (value, Tried::Statement),
        Stmt::Local(local) => {
            let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
            (&*init.expr, Tried::Value)
        }
        _ => return None,
    };
    let Expr::Try(tried) = value else { return None };
    is_one_of(machine, &tried.expr, code.env, outputs).then_some(found)
}

/// `output?`, `Ok(output?)`
fn tries_one_of(machine: &Machine, value: &Code<Expr>, outputs: &[LocalId]) -> bool {
    let tried = match syntax::inner(&value.syntax) {
        Expr::Call(call) if call.args.len() == 1 && syntax::is_constructor(&call.func) => &call.args[0],
        other => other,
    };
    matches!(tried, Expr::Try(tried) if is_one_of(machine, &tried.expr, value.env, outputs))
}

/// `n += 1;` of a number
fn changes_number(machine: &Machine, node: &Node) -> bool {
    let Node::Code(code) = node else { return false };
    let Stmt::Expr(Expr::Binary(binary), Some(_)) = &code.syntax else {
        return false;
    };
    let local = syntax::variable(&binary.left).and_then(|name| machine.lookup(code.env, name));
    let plain = local.is_some_and(|local| machine.local(local).plain && machine.local(local).copy);
    plain && syntax::is_compound_assignment(&binary.op) && syntax::is_number(&binary.right)
}

/// Whether the value is one of the variables.
fn gives_one_of(machine: &Machine, value: &Code<Expr>, variables: &[LocalId]) -> bool {
    is_one_of(machine, &value.syntax, value.env, variables)
}

fn is_one_of(machine: &Machine, value: &Expr, env: EnvId, variables: &[LocalId]) -> bool {
    let local = syntax::variable(value).and_then(|name| machine.lookup(env, name));
    local.is_some_and(|local| variables.contains(&local))
}

/// The variables that a lending await moves, but not at once: if what is evaluated before that panics, they drop in turn with
/// the others. So do those of which it has blocks and closures that take fields only: the rest of them lives on.
pub(crate) fn moved_late(machine: &Machine, suspension: &Suspension) -> Vec<LocalId> {
    let lending = suspension
        .awaits
        .as_ref()
        .is_some_and(|awaits| matches!(awaits.form, Operand::Lent | Operand::Macro));
    let mut moved = Vec::new();
    suspension.value.effect.each(&mut |leaf| match leaf {
        // What is taken again is made within.
        Effect::Move(local) if machine.local(*local).derived.is_none() && shows_drop(machine, *local, Form::Plain) => {
            moved.push(*local);
        }
        _ => {}
    });
    let value = &suspension.value.syntax;
    let parted = |name: &Ident| source::mentions_fields_only(&value.to_token_stream(), name);
    moved.retain(|local| {
        let name = &machine.local(*local).ident;
        lending && (is_late(value, name) || parted(name))
    });
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
                    Some(operands) => {
                        // Preconditions come first: `_ = load(), if ready() => ..`.
                        let name = mac.mac.path.segments.last();
                        self.called |= name.is_some_and(|name| name.ident == "select");
                        operands.iter().for_each(|expr| self.visit_expr(expr));
                    }
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
