//! Expressions that are suspended on the way to their value (*spill*).
//!
//! Operands that are evaluated before the suspension are bound to variables first; what is evaluated after it stays:
//!
//! ```text
//! // Input:
//! f(g(), yield x, h())
//! // Output:
//! let mut t = g();  suspend x, resume at Yield0    Yield0: f(t, received(..), h())
//! ```

use std::rc::Rc;

use syn::{Expr, ExprBinary, ExprMacro, Token, parse_quote, punctuated::Punctuated, spanned::Spanned};

use super::{
    Dest, Lower, awaits,
    binding::Binding,
    compared::Changed,
    condition::branches,
    received::{Received, temporary_of},
};
use crate::{
    desugar::{self, What},
    effects,
    ir::{self, Effect, LocalId},
    std_macros::{self, Usage},
    syntax::{self, Shape},
};

/// How an operand is used by the expression around it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    Value,
    /// Borrowed: a place stays where it is.
    Place,
    /// Borrowed, or copied if it is a number.
    Compared,
}

/// What must not stay in an expression.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Spill {
    Suspensions,
    /// What may leave the function: `?` in the operand of an await.
    Exits,
}

/// The wish for the name of an operand's variable.
pub(super) const OPERAND: &str = "t";

impl Lower<'_> {
    /// Evaluates everything up to the last suspension in `expr`. The result is to be evaluated next.
    pub(super) fn value(&mut self, expr: Expr) -> Expr {
        let ends_temporaries = std::mem::take(&mut self.ends_temporaries);
        if !self.takes_apart(&expr) {
            return self.verbatim(expr);
        }
        match expr {
            Expr::Yield(suspension) => match desugar::what(&suspension) {
                What::Yield => self.suspend(&suspension),
                What::Delegate => self.delegate(&suspension),
                What::Await | What::AwaitMacro => self.await_value(&suspension, &Shape::Unknown),
            },
            Expr::Match(mut expr) => match self.match_stays_whole(&mut expr, true, false) {
                true => self.verbatim(Expr::Match(expr)),
                false => self.branching(Expr::Match(expr)),
            },
            Expr::If(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) | Expr::Block(_) | Expr::Unsafe(_) => {
                self.branching(expr)
            }
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => {
                self.into(expr, &Dest::Discard);
                let unreachable = self.names.path("unreachable_pattern");
                parse_quote!(#unreachable())
            }
            Expr::Binary(binary) if syntax::is_lazy(&binary.op) => self.lazy(binary),
            Expr::Assign(_) => {
                self.assignment(expr);
                parse_quote!(())
            }
            Expr::Binary(binary) if syntax::is_compound_assignment(&binary.op) => {
                self.assignment(Expr::Binary(binary));
                parse_quote!(())
            }
            Expr::Reference(mut reference) => {
                let (place, mutable) = (syntax::is_place(&reference.expr), reference.mutability.is_some());
                let mut value = self.value(*reference.expr);
                Self::name_received(&mut value);
                *reference.expr = match place || syntax::is_place(&value) {
                    true => value,
                    false => self.named_referent("temporary", value, mutable),
                };
                Expr::Reference(reference)
            }
            Expr::Macro(mac) => self.macro_within(mac),
            mut other => {
                self.ends_temporaries = ends_temporaries;
                self.operands_of(&mut other, Spill::Suspensions);
                other
            }
        }
    }

    /// A control structure whose value is used: it goes to a variable on each path.
    pub(super) fn branching(&mut self, expr: Expr) -> Expr {
        let shape = self.shape(&expr);
        let binding = self.new_temporary("t", &shape, expr.span());
        self.bound_on_each_path(expr, binding)
    }

    /// The name of the variable; until it is there, nothing else gets it.
    fn bound_on_each_path(&mut self, expr: Expr, binding: Rc<Binding>) -> Expr {
        let name = self.machine.local(binding.locals[0]).ident.clone();
        self.pending.push(name.clone());
        self.into(expr, &Dest::Bind(binding));
        self.pending.pop();
        parse_quote!(#name)
    }

    pub(super) fn operands_of(&mut self, expr: &mut Expr, spill: Spill) {
        let received = Received::within(expr);
        let new = matches!(expr, Expr::MethodCall(call) if !syntax::is_place(&call.receiver));
        let given = matches!(expr, Expr::MethodCall(call) if matches!(*call.receiver, Expr::Block(_)));
        let in_doubt = self.receiver_in_doubt(expr, spill);
        let early = self.read_first(expr, spill);
        if let Some(operands) = list(expr) {
            self.operands(operands, spill, received);
        }
        if let Some(early) = early {
            Self::read_early(expr, &early);
        }
        if let Some(local) = in_doubt {
            self.note_borrowed(local, expr);
        }
        let Expr::MethodCall(call) = expr else { return };
        // A block that has become a variable still says that the method takes it.
        if given && let Some(name) = syntax::variable(&call.receiver) {
            *call.receiver = parse_quote!({ #name });
        } else if new && spill == Spill::Suspensions {
            self.give_receiver(call);
        }
    }

    /// `{ t }.method(..)`: a new value, of which the method may take all; if it borrows, the value ends with the statement.
    fn give_receiver(&mut self, call: &mut syn::ExprMethodCall) {
        let receiver = &call.receiver;
        let local = self
            .given_variable(receiver)
            .filter(|_| !syntax::consumes_receiver(call));
        let arguments: Vec<_> = call.args.iter().filter_map(|arg| self.given_variable(arg)).collect();
        if local.is_some_and(|local| !self.has_younger_temporary(local, &arguments)) {
            *call.receiver = temporary_of(receiver);
        }
    }

    /// Evaluates operands, which go from left to right, up to the last that is suspended or may leave.
    fn operands(&mut self, mut operands: Vec<(&mut Expr, Use)>, spill: Spill, received: Received) {
        let last = operands.iter().rposition(|(expr, _)| match spill {
            Spill::Suspensions => self.takes_apart(expr),
            Spill::Exits => awaits::exits(expr),
        });
        let Some(last) = last else {
            return;
        };
        self.hold_borrowed(&mut operands, last);
        let (given, nested) = (self.given.len(), !std::mem::take(&mut self.ends_temporaries));
        let (mut older, mut moved) = (None, Vec::new());
        for index in 0..operands.len() {
            let expr = operands[index].0.clone();
            let span = expr.span();
            let new = match (index.cmp(&last), spill) {
                (std::cmp::Ordering::Less, _) => {
                    let later: Vec<_> = operands[index + 1..=last]
                        .iter()
                        .map(|(expr, _)| (**expr).clone())
                        .collect();
                    self.settle(expr, operands[index].1, &later)
                }
                (std::cmp::Ordering::Equal, Spill::Suspensions) => {
                    self.last_operand(expr, operands[index].1, received.at(index))
                }
                (std::cmp::Ordering::Equal, Spill::Exits) => self.without_exits(expr),
                (std::cmp::Ordering::Greater, _) => self.verbatim(expr),
            };
            if index < last && operands[index].1 == Use::Value {
                match nested {
                    true => self.gives(&new),
                    false => older = older.or_else(|| self.given_variable(&new)),
                }
            }
            let waits = older.filter(|_| index >= last && spill == Spill::Suspensions && self.may_panic(&new));
            if spill == Spill::Suspensions {
                moved.extend(self.temporaries_again(&new));
                moved.extend(self.moved_first(&new));
            }
            *operands[index].0 = match waits.is_some_and(|older| self.has_younger_temporary(older, &moved)) {
                // A panic here drops the temporary first, so what is older must not be an operand yet.
                true => self.bind_temporary(OPERAND, new, span),
                false => new,
            };
        }
        self.given.truncate(given);
    }

    /// Whether something is evaluated with the operand.
    pub(super) fn may_panic(&self, operand: &Expr) -> bool {
        let quiet = match syntax::inner(operand) {
            Expr::Lit(_) | Expr::Closure(_) => true,
            Expr::Reference(reference) => self.is_quiet_place(&reference.expr),
            other => self.is_quiet_place(other) || self.is_input(other),
        };
        !quiet
    }

    /// Evaluates an operand before something suspends, unless it can as well be evaluated afterwards.
    fn settle(&mut self, expr: Expr, usage: Use, later: &[Expr]) -> Expr {
        if self.borrows_first(&expr, later) {
            let span = expr.span();
            return self.settled(OPERAND, expr, span);
        }
        if !self.takes_apart(&expr) && self.can_wait(&expr, usage, later) {
            let expr = self.verbatim(expr);
            self.look_at(&expr);
            return expr;
        }
        if usage != Use::Value && (syntax::is_place(&expr) || is_part_of_value(&expr)) {
            return self.place_before(expr, usage, later);
        }
        let span = expr.span();
        match expr {
            Expr::Reference(mut reference)
                if !syntax::is_place(&reference.expr) || self.has_temporaries(&reference.expr) =>
            {
                let value = self.value(*reference.expr);
                let value = self.name_temporaries(value);
                let place = syntax::is_place(&value);
                *reference.expr = self.named_referent("temporary", value, reference.mutability.is_some());
                self.quiet_indices(&mut reference.expr, false);
                let waits = !place || self.is_quiet_place(&reference.expr);
                let expr = Expr::Reference(reference);
                match waits {
                    true => self.look_at(&expr),
                    false => return self.bind_temporary(OPERAND, expr, span),
                }
                expr
            }
            Expr::Reference(mut reference) if self.owned_root(&reference.expr).is_some() => {
                *reference.expr = self.place_before(*reference.expr, Use::Place, later);
                Expr::Reference(reference)
            }
            other => {
                let borrowed = usage != Use::Value && !syntax::is_place(&other);
                let settled = self.settled(OPERAND, other, span);
                if borrowed {
                    self.bind_given_again();
                }
                settled
            }
        }
    }

    /// An index that is out of bounds panics before the suspension, not when the place is used after it.
    pub(super) fn look_at(&mut self, expr: &Expr) {
        if syntax::indexes(expr) {
            let place = match syntax::inner(expr) {
                Expr::Reference(reference) => &reference.expr,
                other => other,
            };
            self.push_stmt(parse_quote!(let _ = &#place;), &[]);
        }
    }

    pub(super) fn settled(&mut self, wish: &str, expr: Expr, span: proc_macro2::Span) -> Expr {
        let branches = matches!(
            expr,
            Expr::Match(_) | Expr::If(_) | Expr::Loop(_) | Expr::Block(_) | Expr::Unsafe(_)
        );
        let value = self.value(expr);
        if branches && wish == OPERAND && syntax::variable(&value).is_some_and(|name| self.names.is_temporary(name)) {
            return value;
        }
        let value = match wish == OPERAND {
            true => self.name_value_temporaries(value),
            false => self.name_temporaries(value),
        };
        self.bind_temporary(wish, value, span)
    }

    /// Whether evaluating the operand after `later` makes no difference.
    fn can_wait(&self, expr: &Expr, usage: Use, later: &[Expr]) -> bool {
        match syntax::inner(expr) {
            Expr::Lit(_) => true,
            Expr::Closure(closure) => closure.capture.is_none(),
            Expr::Reference(reference) => syntax::is_constant(expr) || self.is_quiet_place(&reference.expr),
            Expr::Path(path) => match path
                .path
                .get_ident()
                .and_then(|name| self.machine.lookup(self.env, name))
            {
                None => usage != Use::Value || self.unsafe_depth == 0 || !syntax::is_static(path),
                Some(local) => {
                    let untouched = !later.iter().any(|expr| self.touches(expr, local));
                    match usage {
                        Use::Compared => untouched,
                        _ => {
                            untouched && (usage == Use::Place || self.machine.local(local).copy)
                                || self.is_callee(local, usage) && self.changed(expr, later) != Changed::Surely
                        }
                    }
                }
            },
            other if self.borrows_place(other) => true,
            other => match usage {
                Use::Value => false,
                Use::Place => self.is_quiet_place(other) && self.changed(other, later) != Changed::Surely,
                Use::Compared => self.is_quiet_place(other) && self.changed(other, later) == Changed::No,
            },
        }
    }

    /// The receiver or callee itself: it is borrowed only when the call happens.
    fn is_callee(&self, local: LocalId, usage: Use) -> bool {
        usage == Use::Place && !self.machine.local(local).copy
    }

    /// A place whose evaluation does nothing: variables, fields, dereferences, constant indices.
    pub(super) fn is_quiet_place(&self, expr: &Expr) -> bool {
        match syntax::inner(expr) {
            Expr::Path(_) => true,
            Expr::Field(field) => self.is_quiet_place(&field.base),
            Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && self.is_quiet_place(&unary.expr),
            Expr::Index(index) => self.is_quiet_place(&index.expr) && self.is_quiet_index(&index.index),
            _ => false,
        }
    }

    pub(super) fn is_quiet_index(&self, index: &Expr) -> bool {
        match syntax::inner(index) {
            Expr::Lit(_) => true,
            Expr::Path(_) => match syntax::variable(index).and_then(|name| self.machine.lookup(self.env, name)) {
                Some(local) => {
                    let variable = self.machine.local(local);
                    !variable.mutable || self.names.is_ours(&variable.ident) || self.steady.contains(&local)
                }
                None => true,
            },
            Expr::Reference(key) if key.mutability.is_none() => self.is_quiet_index(&key.expr),
            Expr::Range(range) => [&range.start, &range.end]
                .into_iter()
                .flatten()
                .all(|end| self.is_quiet_index(end)),
            _ => false,
        }
    }

    /// Whether `expr` assigns or mutably borrows the variable.
    fn touches(&self, expr: &Expr, local: LocalId) -> bool {
        let mut touched = false;
        effects::of_expr(&self.machine, self.env, expr).each(&mut |effect| {
            touched |= matches!(effect, Effect::Assign(l) | Effect::Move(l) if *l == local);
        });
        // A read may be `x += 1`, `&mut x` or a call through it.
        let mut read = false;
        effects::of_expr(&self.machine, self.env, expr).each(&mut |effect| {
            read |= matches!(effect, Effect::Read(l) if *l == local);
        });
        touched || read && self.machine.local(local).mutable
    }

    /// `a && suspended`, `a || suspended`
    fn lazy(&mut self, binary: ExprBinary) -> Expr {
        let binding = self.new_temporary("t", &Shape::Copy, binary.left.span());
        self.bound_on_each_path(Expr::If(branches(binary)), binding)
    }

    /// The argument of a macro: still in the user's syntax, since it has to go through tokens.
    fn desugared(&self, mut expr: Expr) -> Expr {
        let rules = desugar::Rules {
            this: &self.names.this.to_string(),
            kind: &self.names.kind,
            branch: &|number, count| self.names.branch(number, count),
        };
        desugar::desugar_expr(&mut expr, &rules);
        expr
    }

    /// `format!(..)` in an expression: it has statements of its own, at whose ends its temporaries are dropped.
    fn macro_within(&mut self, mac: ExprMacro) -> Expr {
        let before = self.env;
        let (ends, span) = (std_macros::ends_temporaries(&mac.mac), mac.span());
        let value = self.macro_(mac);
        let added = self.machine.ended(self.env, before);
        if !ends || added.iter().all(|local| self.machine.local(*local).plain) {
            return value;
        }
        let binding = self.new_temporary("t", &self.shape(&value), span);
        let name = self.machine.local(binding.locals[0]).ident.clone();
        self.bind(&binding, value);
        let env = self.extended(before, &binding.locals);
        self.go_on(ir::Role::Part("Next"), env);
        parse_quote!(#name)
    }

    /// A macro of std's with a suspension among its arguments.
    pub(super) fn macro_(&mut self, mut mac: ExprMacro) -> Expr {
        let Some(known) = std_macros::parse(&mac.mac) else {
            return Expr::Macro(mac);
        };
        let mut exprs: Vec<_> = known
            .arguments
            .iter()
            .map(|argument| self.desugared(argument.expr.clone()))
            .collect();
        let operands = exprs
            .iter_mut()
            .zip(&known.arguments)
            .map(|(expr, argument)| match argument.usage {
                Usage::Value => (expr, Use::Value),
                Usage::Reference | Usage::Place | Usage::Scrutinee(_) => (expr, Use::Place),
            })
            .collect();
        self.operands(operands, Spill::Suspensions, Received::Variable);
        let exprs: Punctuated<Expr, Token![,]> = exprs.into_iter().collect();
        mac.mac = known.rewritten(exprs.into_iter().collect());
        Expr::Macro(mac)
    }
}

/// `make().name`, `make().names[0]`
fn is_part_of_value(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::Field(_) | Expr::Index(_))
}

/// The operands of an expression that evaluates each of them once, from left to right; `None` for any other.
pub(super) fn list(expr: &mut Expr) -> Option<Vec<(&mut Expr, Use)>> {
    let mut operands: Vec<(&mut Expr, Use)> = Vec::new();
    match expr {
        Expr::Paren(paren) => operands.push((&mut paren.expr, Use::Place)),
        Expr::Group(group) => operands.push((&mut group.expr, Use::Place)),
        Expr::Call(call) => {
            operands.push((&mut call.func, Use::Place));
            operands.extend(call.args.iter_mut().map(|e| (e, Use::Value)));
        }
        Expr::MethodCall(call) => {
            let by_value = syntax::consumes_receiver(call);
            operands.push((&mut call.receiver, if by_value { Use::Value } else { Use::Place }));
            operands.extend(call.args.iter_mut().map(|e| (e, Use::Value)));
        }
        Expr::Binary(binary) => {
            let usage = if syntax::is_comparison(&binary.op) {
                Use::Compared
            } else {
                Use::Value
            };
            operands.push((&mut binary.left, usage));
            operands.push((&mut binary.right, usage));
        }
        Expr::Array(array) => operands.extend(array.elems.iter_mut().map(|e| (e, Use::Value))),
        Expr::Tuple(tuple) => operands.extend(tuple.elems.iter_mut().map(|e| (e, Use::Value))),
        Expr::Struct(literal) => {
            for field in &mut literal.fields {
                field.colon_token.get_or_insert_default();
            }
            operands.extend(literal.fields.iter_mut().map(|f| (&mut f.expr, Use::Value)));
            operands.extend(literal.rest.iter_mut().map(|rest| (&mut **rest, Use::Place)));
        }
        Expr::Repeat(repeat) => operands.push((&mut repeat.expr, Use::Value)),
        Expr::Range(range) => {
            let ends = range.start.iter_mut().chain(&mut range.end);
            operands.extend(ends.map(|end| (&mut **end, Use::Value)));
        }
        Expr::Index(index) => {
            operands.push((&mut index.expr, Use::Place));
            operands.push((&mut index.index, Use::Value));
        }
        Expr::Field(field) => operands.push((&mut field.base, Use::Place)),
        Expr::Unary(unary) => operands.push((&mut unary.expr, Use::Value)),
        Expr::Cast(cast) => operands.push((&mut cast.expr, Use::Value)),
        Expr::Try(expr) => operands.push((&mut expr.expr, Use::Value)),
        Expr::Let(condition) => operands.push((&mut condition.expr, Use::Place)),
        Expr::RawAddr(address) => operands.push((&mut address.expr, Use::Place)),
        _ => return None,
    }
    Some(operands)
}
