//! What becomes of values: statements, variables, the end of the function, suspensions.

use super::*;
use crate::{
    desugar, effects,
    ir::{BlockId, Code, End, LocalId, Role, Suspension},
    span::Place,
    std_borrows::{self, Gives},
    std_macros, syntax, variants,
};
use proc_macro2::{Ident, Span};
use std::rc::Rc;
use syn::{Block, Expr, Stmt, parse_quote_spanned, spanned::Spanned};

impl Lower<'_> {
    /// Evaluates `expr` and does with its value what `dest` says.
    pub(super) fn into(&mut self, expr: Expr, dest: &Dest) {
        let ends_temporaries = std::mem::take(&mut self.ends_temporaries);
        match expr {
            // A statement that begins with a `match`, as `value? + 1` does, needs the parentheses.
            Expr::Paren(paren)
                if self.takes_apart(&paren.expr)
                    && !(matches!(dest, Dest::Discard) && matches!(*paren.expr, Expr::Binary(_))) =>
            {
                self.ends_temporaries = ends_temporaries;
                self.into(*paren.expr, dest);
            }
            Expr::Group(group) if self.takes_apart(&group.expr) => {
                self.ends_temporaries = ends_temporaries;
                self.into(*group.expr, dest);
            }
            Expr::Return(expr) => match expr.expr {
                Some(value) => self.into(*value, &Dest::Return),
                None => self.finish(unit_at(expr.return_token.span), &Dest::Return),
            },
            Expr::Break(expr) if self.breaks(&expr) => self.break_(expr),
            Expr::Continue(expr) if self.target(expr.label.as_ref()).is_some() => self.continue_(&expr),
            Expr::Match(expr) if super::rest::goes_on(dest, self) && self.names_rests(&expr) => self.match_(expr, dest),
            _ if !self.takes_apart(&expr) => {
                let expr = self.verbatim(expr);
                let expr = if ends_temporaries { self.in_turn(expr) } else { expr };
                self.finish(expr, dest);
            }
            Expr::If(expr) => self.if_(expr, dest),
            Expr::Match(expr) => self.match_(expr, dest),
            Expr::Binary(binary) if syntax::is_lazy(&binary.op) && !matches!(dest, Dest::Discard) => {
                self.if_(super::condition::branches(binary), dest);
            }
            Expr::Loop(expr) => self.loop_(expr, dest),
            Expr::While(expr) => self.while_(expr, dest),
            Expr::ForLoop(expr) => self.for_(expr, dest),
            Expr::Unsafe(block) => {
                self.unsafe_depth += 1;
                self.inner_block(block.block, dest);
                self.unsafe_depth -= 1;
            }
            Expr::Block(block) => match block.label {
                Some(label) => self.labelled_block(label.name.ident, block.block, dest),
                None => self.inner_block(block.block, dest),
            },
            Expr::Assign(assign) if is_discarded_await(&assign) => {
                self.into(*assign.right, &Dest::Discard);
                self.finish_unit(dest);
            }
            Expr::Assign(_) | Expr::Binary(_) if self.assigns(&expr) => {
                self.assignment(expr);
                self.finish_unit(dest);
            }
            Expr::Yield(suspension) if desugar::what(&suspension).awaits() && Self::takes_at_once(dest) => {
                self.last_in_statement = !leaves_something(dest);
                self.await_into(
                    &suspension,
                    match dest {
                        Dest::Bind(binding) => Some(Rc::clone(binding)),
                        Dest::Discard | Dest::Return => None,
                    },
                );
            }
            Expr::Macro(mac) if !matches!(dest, Dest::Return) => {
                let value = self.macro_(mac);
                self.finish(value, dest);
            }
            other => {
                // A new value that nobody takes drops at the end of the statement.
                let unbound = match dest {
                    Dest::Discard => true,
                    Dest::Bind(binding) => matches!(binding.pat, syn::Pat::Wild(_)),
                    Dest::Return => false,
                };
                let drops = unbound && matches!(syntax::inner(&other), Expr::Call(_));
                self.last_in_statement = !drops && !leaves_something(dest) && self.ends_with_await(&other);
                self.ends_temporaries = ends_temporaries;
                let value = self.value(other);
                self.last_in_statement = false;
                let value = if ends_temporaries { self.in_turn(value) } else { value };
                self.finish(value, dest);
            }
        }
    }

    /// A branch, or the body of a loop: its locals end with it.
    pub(super) fn block(&mut self, block: Block, dest: &Dest) {
        self.nested_block(block, dest, Ends::Alone);
    }

    /// A block that is a part of an expression.
    pub(super) fn inner_block(&mut self, block: Block, dest: &Dest) {
        self.nested_block(block, dest, Ends::WithStatement);
    }

    fn nested_block(&mut self, mut block: Block, dest: &Dest, ends: Ends) {
        if variants::configured_values(&mut block) > 0 && !self.block_takes_apart(&block) {
            let whole = self.verbatim(syntax::block_of(block.stmts));
            return self.finish(whole, dest);
        }
        let before = self.env;
        self.statements(block.stmts, dest, ends);
        let bound = self.bound_by(dest);
        let mut added = self.machine.ended(self.env, before);
        added.retain(|local| !bound.contains(local));
        if !added.is_empty() {
            let env = self.extended(before, &bound);
            self.go_on(Role::Part("Next"), env);
        }
    }

    /// The locals that are there once a value has gone to `dest`.
    pub(super) fn bound_by(&self, dest: &Dest) -> Vec<LocalId> {
        match dest {
            Dest::Bind(binding) => binding.locals.clone(),
            Dest::Discard | Dest::Return => Vec::new(),
        }
    }

    /// A block where all paths meet once the value has gone to `dest`.
    pub(super) fn join(&mut self, what: &'static str, dest: &Dest) -> BlockId {
        self.join_in(what, dest, self.env)
    }

    /// The same, with what is in scope at `outside`.
    pub(super) fn join_in(&mut self, what: &'static str, dest: &Dest, outside: EnvId) -> BlockId {
        let bound = self.bound_by(dest);
        let env = self.extended(outside, &bound);
        self.new_block(Role::After(what), env)
    }

    /// Does with a value what `dest` says. Nothing suspends between the evaluation of `value` and here.
    pub(super) fn finish(&mut self, value: Expr, dest: &Dest) {
        let value = match dest {
            Dest::Discard => value,
            Dest::Return | Dest::Bind(_) => operand(value),
        };
        match dest {
            Dest::Discard if is_empty(&value) => {}
            Dest::Discard if is_unit(&value) || self.is_unneeded_input(&value) => {}
            Dest::Discard => {
                let semi = Some(<syn::Token![;]>::default());
                self.push_stmt(Stmt::Expr(value, semi), &[]);
            }
            Dest::Return => self.complete(value),
            Dest::Bind(binding) if std_macros::never_returns(&value) => {
                let semi = Some(<syn::Token![;]>::default());
                self.push_stmt(Stmt::Expr(value, semi), &[]);
                self.declare(&binding.locals);
            }
            Dest::Bind(binding) => {
                let binding = Rc::clone(binding);
                self.bind(&binding, value);
            }
        }
    }

    pub(super) fn complete(&mut self, value: Expr) {
        let value = self.ask_before_end(value);
        let code = self.expr_code(value);
        if code.effect.diverges() {
            let semi = Some(<syn::Token![;]>::default());
            return self.push_stmt(Stmt::Expr(code.syntax, semi), &[]);
        }
        if is_statement_like(&code.syntax) {
            let unit = unit_at(code.syntax.span());
            let assigns = matches!(code.syntax, Expr::Assign(_) | Expr::Binary(_));
            let semi = assigns.then(<syn::Token![;]>::default);
            self.push_stmt(Stmt::Expr(code.syntax, semi), &[]);
            let code = self.expr_code(unit);
            return self.end(End::Complete(Some(code)));
        }
        self.end(End::Complete(Some(code)));
    }

    pub(super) fn finish_unit(&mut self, dest: &Dest) {
        if !matches!(dest, Dest::Discard) {
            let at = match dest {
                Dest::Return => self.function.end,
                Dest::Discard | Dest::Bind(_) => self.here,
            };
            self.finish(unit_at(at), dest);
        }
    }

    /// Suspends with `value`; the result is what the resume brings.
    pub(super) fn suspend(&mut self, suspension: &syn::ExprYield) -> Expr {
        let source = desugar::source(suspension);
        let value = match &suspension.expr {
            Some(value) => {
                self.refuse_yielded_borrow(value);
                let value = self.value((**value).clone());
                self.name_suspended_temporaries(value)
            }
            None => unit_at(source.place.parens),
        };
        self.bind_given_behind_temporaries();
        self.here = source.place.name;
        let resume = self.new_block(Role::Yield, self.env);
        self.end_suspended(value, resume, source.text(), source.place);
        self.enter(resume);
        self.received(source.place)
    }

    /// A reference into a value that ends with the function: the caller keeps what it gets.
    fn refuse_yielded_borrow(&mut self, value: &Expr) {
        let Some((owner, at)) = self.borrowed_own(value) else {
            return;
        };
        self.errors.push(Error::new(
            at,
            format!(
                "what is yielded borrows `{owner}`, which ends with the function: the caller may keep it for longer\n\
                 help: yield a value instead, such as `.to_owned()` or `.clone()` of it\n\
                 help: or take `{owner}` as an argument by reference"
            ),
        ));
    }

    /// The variable with a value of its own that the value certainly borrows, and where.
    pub(super) fn borrowed_own(&self, value: &Expr) -> Option<(Ident, Span)> {
        let (of, at) = match syntax::inner(value) {
            Expr::Reference(reference) if syntax::is_place(&reference.expr) => {
                (syntax::root(&reference.expr), reference.and_token.span)
            }
            _ => match std_borrows::borrower(value) {
                Some((call, of, Gives::Reference)) => (Some(of), call.method.span()),
                _ => (None, Span::call_site()),
            },
        };
        let of = of.and_then(|of| self.machine.lookup(self.env, of))?;
        self.owns(of).then(|| (self.machine.local(of).ident.clone(), at))
    }

    /// Suspends for what is called, a run of the function itself.
    pub(super) fn end_suspended_for(&mut self, call: Expr, resume: BlockId, source: &desugar::Source) {
        self.end(End::Suspend(Suspension {
            value: self.expr_code(call),
            resume,
            text: source.text(),
            place: source.place,
            awaits: None,
            calls: true,
        }));
    }

    pub(super) fn end_suspended(&mut self, value: Expr, resume: BlockId, text: String, place: Place) {
        let variable = syntax::variable(&value).and_then(|name| self.machine.lookup(self.env, name));
        if let Some(local) = variable
            && self.function.yields_copy
        {
            // Its type is what is yielded, or another reference.
            let variable = &mut self.machine.locals[local.0];
            variable.proven |= !variable.copy;
            (variable.plain, variable.copy) = (true, true);
        }
        let value = match self.function.yields_copy && syntax::is_place(&value) {
            true => Code {
                effect: effects::of_place(&self.machine, self.env, &value),
                syntax: self.in_unsafe(value),
                env: self.env,
            },
            false => self.expr_code(value),
        };
        self.end(End::Suspend(Suspension {
            value,
            resume,
            text,
            place,
            awaits: None,
            calls: false,
        }));
    }

    /// The input of a resume that nobody looks at and that needs no drop.
    pub(super) fn is_unneeded_input(&self, value: &Expr) -> bool {
        !self.must_take() && self.is_input(value)
    }

    /// The input of the last resume, if it needs no drop.
    pub(super) fn is_plain_input(&self, value: &Expr) -> bool {
        self.function.inputs != Inputs::Owned && matches!(value, Expr::Call(_)) && self.is_input(value)
    }

    /// The input of the last resume.
    pub(super) fn is_input(&self, value: &Expr) -> bool {
        let received = self.received(Place::at(self.here));
        quote::quote!(#value).to_string() == quote::quote!(#received).to_string()
    }
}

/// Whether a part of the value goes to no variable: it drops before the temporaries of its statement.
fn leaves_something(dest: &Dest) -> bool {
    matches!(dest, Dest::Bind(binding) if pattern::leaves_something(&binding.pat))
}

/// `_ = future.await`
fn is_discarded_await(assign: &syn::ExprAssign) -> bool {
    matches!(*assign.left, Expr::Infer(_)) && is_await(&assign.right)
}

pub(super) fn is_await(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::Yield(suspension) if desugar::what(suspension).awaits())
}

/// `()`
pub(super) fn unit_at(at: Span) -> Expr {
    parse_quote_spanned!(at=> ())
}

pub(crate) fn is_unit(expr: &Expr) -> bool {
    matches!(expr, Expr::Tuple(tuple) if tuple.elems.is_empty())
}

pub(super) fn is_empty(expr: &Expr) -> bool {
    matches!(expr, Expr::Block(block) if block.block.stmts.is_empty() && block.label.is_none())
}

/// An expression of type `()` that reads better as a statement.
pub(super) fn is_statement_like(expr: &Expr) -> bool {
    match expr {
        Expr::While(_) | Expr::ForLoop(_) | Expr::Assign(_) => true,
        Expr::If(branches) => branches.else_branch.is_none(),
        Expr::Binary(binary) => syntax::is_compound_assignment(&binary.op),
        _ => false,
    }
}

/// A last expression as an operand, where attributes of lints are not stable. Of a variable, as `#[async_trait]` writes it, they
/// have nothing to say.
fn operand(mut value: Expr) -> Expr {
    const LINTS: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];
    let is_variable = matches!(value, Expr::Path(_));
    let Some(attrs) = variants::attributes_of(&mut value) else {
        return value;
    };
    let is_lint = |attr: &syn::Attribute| LINTS.iter().any(|lint| attr.path().is_ident(lint));
    if !attrs.iter().any(is_lint) {
        return value;
    }
    if is_variable {
        attrs.retain(|attr| !is_lint(attr));
        return value;
    }
    syntax::block_of(vec![Stmt::Expr(value, None)])
}
