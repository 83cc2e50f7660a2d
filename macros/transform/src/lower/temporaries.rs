//! Temporaries that outlive the part of an expression that makes them.
//!
//! `f(&make()).len()` drops what `make` returned at the end of the statement, or of the `match` whose scrutinee it is. A
//! machine that is suspended in between has to carry it, so it gets a variable.
//!
//! ```text
//! // Input:
//! match queue.lock().unwrap().pop() { Some(job) => .. yield .. }
//! // Output:
//! let mut temporary = queue.lock().unwrap();
//! match temporary.pop() { Some(job) => .. yield .. }
//! ```

use syn::{Expr, Pat, parse_quote_spanned, spanned::Spanned};

use super::{
    Lower,
    compared::Changed,
    condition,
    operand::{self, OPERAND, Use},
    text,
};
use crate::{
    ir::{EnvId, LocalId},
    pattern,
    std_macros::{self, Usage},
    syntax::{self, Shape},
};

/// An operand, and whether the expression around it borrows it.
pub(super) type Operand<'e> = (&'e mut Expr, bool);

impl Lower<'_> {
    /// Whether the expression borrows from values that it makes itself.
    pub(super) fn has_temporaries(&self, expr: &Expr) -> bool {
        with_operands(&mut expr.clone(), |operands| {
            operands
                .into_iter()
                .any(|(operand, borrowed)| self.makes_temporary(operand, borrowed))
        })
    }

    fn makes_temporary(&self, operand: &Expr, borrowed: bool) -> bool {
        self.needs_a_name(operand, borrowed) || self.lends_temporary(operand)
    }

    /// A borrowed value that is no place: a temporary.
    pub(super) fn needs_a_name(&self, operand: &Expr, borrowed: bool) -> bool {
        let new = borrowed && !syntax::is_place(operand) && !self.shape(operand).is_plain();
        new && !self.is_plain_input(operand) && !self.only_borrows(operand) && !self.iterates_plainly(operand)
            || self.variable_in_braces(operand).is_some()
    }

    /// `&value`, or something that has temporaries itself.
    fn lends_temporary(&self, operand: &Expr) -> bool {
        match syntax::inner(operand) {
            Expr::Reference(reference) => {
                let value = syntax::inner(&reference.expr);
                let constant = syntax::is_constant(value) && reference.mutability.is_none();
                let nothing = syntax::is_place(value) || constant || self.only_borrows(value);
                !nothing && !self.shape(value).is_plain() || self.has_temporaries(value)
            }
            other => self.has_temporaries(other),
        }
    }

    /// Gives names to the temporaries of an expression, in order of evaluation, so that they live as long as Rust's own.
    pub(super) fn name_temporaries(&mut self, mut expr: Expr) -> Expr {
        Self::name_received(&mut expr);
        // Nothing is compared with a guard itself.
        let guards = !matches!(syntax::inner(&expr), Expr::Binary(_));
        with_operands(&mut expr, |operands| self.name_operands(operands, guards));
        match syntax::inner(&expr) {
            Expr::Match(taken) if self.moves_conditionally(syntax::inner(&expr)) || self.names_rests(taken) => {
                self.branching(expr)
            }
            _ => expr,
        }
    }

    fn name_operands(&mut self, operands: Vec<Operand>, guards: bool) {
        let last = operands
            .iter()
            .rposition(|(operand, borrowed)| self.makes_temporary(operand, *borrowed));
        let Some(last) = last else {
            return;
        };
        let given = self.given.len();
        let all: Vec<Expr> = operands[..=last]
            .iter()
            .map(|(operand, _)| (**operand).clone())
            .collect();
        for (index, (operand, borrowed)) in operands.into_iter().enumerate().take(last + 1) {
            let before = index < last;
            // `n == { n = 0; n }`: what is assigned behind it has its value from before.
            if before && syntax::is_place(operand) && self.changed(operand, &all[index + 1..]) == Changed::Surely {
                let span = operand.span();
                *operand = self.bind_temporary(OPERAND, operand.clone(), span);
            }
            self.name_operand(operand, borrowed, before, guards);
            if before && !borrowed {
                self.gives(operand);
            }
        }
        self.given.truncate(given);
    }

    /// An operand that is given away by value: if it is a variable of ours, it drops before the temporaries of its statement.
    pub(super) fn gives(&mut self, operand: &Expr) {
        self.given.extend(self.given_variable(operand));
    }

    /// The variable of ours that the operand is, if it has a drop.
    pub(super) fn given_variable(&self, operand: &Expr) -> Option<LocalId> {
        let local = self.machine.lookup(self.env, syntax::variable(operand)?)?;
        self.is_droppable_temporary(local).then_some(local)
    }

    pub(super) fn is_droppable_temporary(&self, local: LocalId) -> bool {
        let variable = self.machine.local(local);
        variable.ours && !variable.plain && self.is_temporary(local)
    }

    /// Whether a temporary with a drop has got a name behind `before`, other than those that the expression has again.
    pub(super) fn has_temporaries_since(&self, before: EnvId, expr: &Expr) -> bool {
        let again = self.temporaries_again(expr);
        let mut named = self.machine.ended(self.env, before).into_iter();
        named.any(|local| self.is_droppable_temporary(local) && !again.contains(&local))
    }

    /// Whether a temporary with a drop, other than `given`, has got a name after `older`.
    pub(super) fn has_younger_temporary(&self, older: LocalId, given: &[LocalId]) -> bool {
        let mut younger = self.machine.visible(self.env).take_while(|local| *local != older);
        younger.any(|local| !given.contains(&local) && self.is_droppable_temporary(local))
    }

    /// The same where the statement is about to suspend, if a temporary has got a variable since: what an await gave.
    pub(super) fn bind_given_behind_temporaries(&mut self) {
        let oldest = self.given.first().copied();
        if oldest.is_some_and(|oldest| self.has_younger_temporary(oldest, &self.given)) {
            self.bind_given_again();
        }
    }

    /// `let t = t;` of each: a temporary of the statement has just got a variable, and drops after them.
    pub(super) fn bind_given_again(&mut self) {
        let given = std::mem::take(&mut self.given);
        self.given = given.into_iter().map(|local| self.bound_again(local)).collect();
    }

    pub(super) fn bound_again(&mut self, local: LocalId) -> LocalId {
        let name = self.machine.local(local).ident.clone();
        let binding = self.new_binding(parse_quote_spanned!(name.span()=> mut #name), None, &Shape::Unknown);
        self.bind(&binding, parse_quote_spanned!(name.span()=> #name));
        binding.locals[0]
    }

    /// Lowers code whose temporaries end with it.
    pub(super) fn with_own_temporaries(&mut self, lower: impl FnOnce(&mut Self)) {
        let (given, asked) = (std::mem::take(&mut self.given), self.asked.take());
        lower(self);
        (self.given, self.asked) = (given, asked);
    }

    /// The same for what is yielded: nothing borrows its temporaries once it is computed, so those whose drop only frees
    /// memory need no name.
    pub(super) fn name_suspended_temporaries(&mut self, expr: Expr) -> Expr {
        match self.has_quiet_temporaries(&expr) {
            true => expr,
            false => self.name_value_temporaries(expr),
        }
    }

    /// Whether at most memory is freed at the end of the expression's temporaries.
    pub(super) fn has_quiet_temporaries(&self, expr: &Expr) -> bool {
        with_operands(&mut expr.clone(), |operands| {
            operands.into_iter().all(|(operand, borrowed)| {
                if text::is_text(operand) || !self.makes_temporary(operand, borrowed) {
                    return true;
                }
                match operand {
                    Expr::Reference(reference) => text::is_text(&reference.expr),
                    other => !self.needs_a_name(other, borrowed) && self.has_quiet_temporaries(other),
                }
            })
        })
    }

    /// The last expression of a block, which is one no longer: `{ f(make(), log().len()) }` if its temporaries drop in turn with
    /// the operands before them. Elsewhere operands drop first.
    pub(super) fn in_turn(&self, expr: Expr) -> Expr {
        let mut parts = expr.clone();
        let Some(operands) = operand::list(&mut parts) else {
            return expr;
        };
        let first = operands
            .iter()
            .position(|(operand, usage)| *usage == Use::Value && self.owns_something(operand));
        let mut behind = operands.into_iter().skip(first.map_or(usize::MAX, |first| first + 1));
        match behind.any(|(operand, _)| self.has_temporaries(operand) && !self.has_quiet_temporaries(operand)) {
            true => parse_quote_spanned!(expr.span()=> { #expr }),
            false => expr,
        }
    }

    fn owns_something(&self, operand: &Expr) -> bool {
        match syntax::inner(operand) {
            Expr::Lit(_) | Expr::Closure(_) | Expr::Reference(_) => false,
            Expr::Path(_) => {
                let local = syntax::variable(operand).and_then(|name| self.machine.lookup(self.env, name));
                local.is_some_and(|local| !self.machine.local(local).plain)
            }
            _ => !self.shape(operand).is_plain(),
        }
    }

    /// A guard of a local cannot be carried beside it; rustc would say so of the machine.
    fn refuse_guard(&mut self, value: &Expr) {
        let Some(call) = guard(value) else { return };
        let Some(owner) = self.owned_root(&call.receiver) else {
            return;
        };
        let variable = self.machine.local(owner);
        if matches!(variable.ty, Some(syn::Type::Reference(_))) || variable.derived.is_some() {
            return;
        }
        let (owner, method) = (&variable.ident, &call.method);
        self.errors.push(syn::Error::new(
            method.span(),
            format!(
                "what `{method}` gives is kept to the end of the statement, across a suspension, and borrows `{owner}`, which a \
                 machine moves\nhelp: bind what is needed of it first, with a `let` of its own: `let value = ..;`\n\
                 help: or take `{owner}` as an argument by reference"
            ),
        ));
    }

    /// `t` of `{ t }`, a variable of ours: it has a name already.
    fn variable_in_braces(&self, operand: &Expr) -> Option<Expr> {
        let Expr::Block(block) = operand else {
            return None;
        };
        match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(variable, None)] => self.given_variable(variable).map(|_| variable.clone()),
            _ => None,
        }
    }

    /// What is borrowed, as a place: of `make()[1..]` and `make().name` it is `make()` that lives on.
    pub(super) fn named_referent(&mut self, wish: &str, value: Expr, mutable: bool) -> Expr {
        let span = value.span();
        let mut value = self.name_temporaries(value);
        if !self.borrows_again(&value) {
            self.name_owner(wish, &mut value, mutable, span);
        }
        value
    }

    /// `value`, or the `value` of `value[..]`, if it is no place yet.
    fn name_owner(&mut self, wish: &str, value: &mut Expr, mutable: bool, span: proc_macro2::Span) {
        match value {
            Expr::Paren(paren) => self.name_owner(wish, &mut paren.expr, mutable, span),
            Expr::Index(index) => self.name_owner(wish, &mut index.expr, mutable, span),
            Expr::Field(field) => self.name_owner(wish, &mut field.base, mutable, span),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                self.name_owner(wish, &mut unary.expr, mutable, span);
            }
            value if syntax::is_place(value) || syntax::is_constant(value) && !mutable || self.borrows_place(value) => {
            }
            value => *value = self.bind_temporary(wish, value.clone(), span),
        }
    }

    /// `before`: something behind the operand gets a name, and must not be evaluated first.
    fn name_operand(&mut self, operand: &mut Expr, borrowed: bool, before: bool, guards: bool) {
        let span = operand.span();
        if let Some(variable) = self.variable_in_braces(operand) {
            return *operand = variable;
        }
        if let Expr::Reference(reference) = operand
            && self.lends_temporary(&Expr::Reference(reference.clone()))
        {
            let mutable = reference.mutability.is_some();
            let value = self.name_temporaries((*reference.expr).clone());
            // A list of references has no drop, and its type may be that of where it stands.
            *reference.expr = match self.shape(&value).is_plain() {
                true => value,
                false => self.named_referent("temporary", value, mutable),
            };
            return;
        }
        let value = match borrowed {
            true => self.name_temporaries(operand.clone()),
            false => self.name_value_temporaries(operand.clone()),
        };
        let gives = !borrowed && syntax::variable(&value).is_some() && self.owns_something(&value);
        let quiet =
            syntax::is_place(&value) && !gives || matches!(value, Expr::Lit(_) | Expr::Closure(_) | Expr::Reference(_));
        *operand = if self.needs_a_name(&value, borrowed) {
            if guards {
                self.refuse_guard(&value);
            }
            self.bind_temporary("temporary", value, span)
        } else if before && !quiet {
            self.bind_temporary(OPERAND, value, span)
        } else {
            value
        };
    }
}

/// Methods whose results are guards: they borrow what they are called on, and have a drop.
const GUARDS: [&str; 8] = [
    "borrow",
    "borrow_mut",
    "lock",
    "try_lock",
    "read",
    "try_read",
    "write",
    "try_write",
];

/// `list.lock().unwrap()`: the call of `lock`.
fn guard(value: &Expr) -> Option<&syn::ExprMethodCall> {
    match syntax::peeled(value) {
        Expr::MethodCall(call) if call.args.is_empty() && GUARDS.iter().any(|name| call.method == name) => Some(call),
        _ => None,
    }
}

/// Hands out the operands of an expression; those of std's macros too, if their temporaries outlive the macro.
pub(super) fn with_operands<T>(expr: &mut Expr, take: impl FnOnce(Vec<Operand>) -> T) -> T {
    let known = match expr {
        Expr::Paren(paren) => return with_operands(&mut paren.expr, take),
        Expr::Group(group) => return with_operands(&mut group.expr, take),
        Expr::Macro(mac) if !std_macros::ends_temporaries(&mac.mac) => std_macros::parse(&mac.mac),
        _ => None,
    };
    let (Some(known), Expr::Macro(mac)) = (known, &mut *expr) else {
        let taken = take(operands(expr));
        if let Expr::Struct(literal) = expr {
            literal.fields.iter_mut().for_each(name_field);
        }
        return taken;
    };
    let mut arguments = known.exprs();
    let borrowed = known.arguments.iter().map(|argument| match &argument.usage {
        Usage::Value => false,
        Usage::Reference | Usage::Place => true,
        Usage::Scrutinee(pat) => outlives_match([pat]),
    });
    let taken = take(arguments.iter_mut().zip(borrowed).collect());
    mac.mac = known.rewritten(arguments);
    taken
}

/// `x: t` of `Point { x }`, where the variable has become another one.
fn name_field(field: &mut syn::FieldValue) {
    let is_named = matches!((&field.member, syntax::variable(&field.expr)), (syn::Member::Named(name), Some(variable)) if name == variable);
    if !is_named {
        field.colon_token.get_or_insert_default();
    }
}

/// Whether a value that is matched certainly is whole behind the arms, and may have something to drop then.
fn outlives_match<'p>(pats: impl IntoIterator<Item = &'p Pat> + Clone) -> bool {
    let any = |of: &dyn Fn(&Pat) -> bool| pats.clone().into_iter().any(of);
    any(&pattern::leaves_something) && !any(&condition::is_literal)
}

/// The operands of an expression that evaluates them first and once, in order of evaluation.
fn operands(expr: &mut Expr) -> Vec<Operand<'_>> {
    let place = syntax::is_place(expr);
    match expr {
        Expr::MethodCall(call) => {
            let borrowed = !syntax::consumes_receiver(call);
            let receiver: Operand = (&mut call.receiver, borrowed);
            std::iter::once(receiver)
                .chain(call.args.iter_mut().map(|argument| (argument, false)))
                .collect()
        }
        Expr::Call(call) => call.args.iter_mut().map(|argument| (argument, false)).collect(),
        Expr::Match(expr) => {
            let borrowed = outlives_match(expr.arms.iter().map(|arm| &arm.pat));
            vec![(&mut expr.expr, borrowed)]
        }
        Expr::Try(expr) => vec![(&mut expr.expr, false)],
        Expr::Cast(cast) => vec![(&mut cast.expr, false)],
        Expr::Unary(unary) => {
            let borrowed = matches!(unary.op, syn::UnOp::Deref(_));
            vec![(&mut unary.expr, borrowed)]
        }
        Expr::Field(field) => vec![(&mut field.base, !place)],
        Expr::Reference(reference) => vec![(&mut reference.expr, true)],
        Expr::Index(index) => vec![(&mut index.expr, true), (&mut index.index, false)],
        Expr::Binary(binary) if !syntax::is_lazy(&binary.op) => {
            let borrows = syntax::is_comparison(&binary.op);
            vec![(&mut binary.left, borrows), (&mut binary.right, borrows)]
        }
        Expr::Array(array) => array.elems.iter_mut().map(|element| (element, false)).collect(),
        Expr::Tuple(tuple) => tuple.elems.iter_mut().map(|element| (element, false)).collect(),
        Expr::Repeat(repeat) => vec![(&mut repeat.expr, false)],
        Expr::Struct(literal) => {
            // What `..make()` leaves is a temporary.
            let leaves = syntax::left_in_base(literal).next().is_some();
            let fields = literal.fields.iter_mut().map(|field| (&mut field.expr, false));
            fields
                .chain(literal.rest.iter_mut().map(|rest| (&mut **rest, leaves)))
                .collect()
        }
        Expr::Range(range) => range
            .start
            .iter_mut()
            .chain(&mut range.end)
            .map(|end| (&mut **end, false))
            .collect(),
        _ => Vec::new(),
    }
}
