//! Conditions and what is matched: `if`, `while`, let chains, scrutinees and their temporaries.

use proc_macro2::Ident;
use syn::{Expr, ExprLet, Lit, Pat, parse_quote, spanned::Spanned};

use super::{Lower, text};
use crate::{
    desugar, effects,
    ir::{BlockId, Body, Code, Effect, End, EnvId, Role},
    pattern,
    syntax::{self, Shape},
};

impl Lower<'_> {
    /// Goes on in a new block if `condition` holds, with what its `let`s bind, and with `otherwise` if not.
    /// `keeps`: that block is suspended, so what is matched has to last.
    pub(super) fn condition(&mut self, condition: Expr, otherwise: BlockId, keeps: bool) {
        self.with_own_temporaries(|lower| lower.decide(condition, otherwise, keeps));
    }

    fn decide(&mut self, condition: Expr, otherwise: BlockId, keeps: bool) {
        let before = self.env;
        let binds = syntax::has_let(&condition);
        let mut conjuncts = Vec::new();
        self.conjuncts(condition, &mut conjuncts);
        let mut together: Vec<Expr> = Vec::new();
        let last_suspended = conjuncts.iter().rposition(|conjunct| self.takes_apart(conjunct));
        let splits = conjuncts.iter().any(|conjunct| self.decides_on_path(conjunct));
        let count = conjuncts.len();
        for (index, conjunct) in conjuncts.into_iter().enumerate() {
            // What is matched ends before the other branch, wherever in the chain that is gone to.
            let keeps = keeps || last_suspended.is_some_and(|last| index < last) || splits && index + 1 < count;
            if binds_always(&conjunct) && self.stays_whole(&conjunct, true) && count > 1 {
                if !together.is_empty() {
                    self.test(std::mem::take(&mut together), otherwise);
                }
                self.bind_always(conjunct);
                continue;
            }
            if self.stays_whole(&conjunct, keeps) {
                // What it moves is moved only if those before it hold, and even if one behind it does not.
                let moves = self.decides_on_path(&conjunct);
                if moves && !together.is_empty() {
                    self.test(std::mem::take(&mut together), otherwise);
                }
                together.push(conjunct);
                if moves || keeps && matches!(together.last(), Some(Expr::Let(_))) {
                    self.test(std::mem::take(&mut together), otherwise);
                }
                continue;
            }
            if !together.is_empty() {
                self.test(std::mem::take(&mut together), otherwise);
            }
            let (alone, whole) = (!matches!(conjunct, Expr::Let(_)), self.env);
            let conjunct = match conjunct {
                Expr::Let(condition) => {
                    let expr = self.scrutinee(*condition.expr, &[&condition.pat], keeps);
                    Expr::Let(ExprLet {
                        expr: Box::new(expr),
                        ..condition
                    })
                }
                other => self.decision(other),
            };
            self.test(vec![conjunct], otherwise);
            // Temporaries end with the operand of `&&`, other than those of a `let`.
            if alone {
                self.end_temporaries(whole);
            }
        }
        if !together.is_empty() {
            self.test(together, otherwise);
        }
        // Without a `let`, the temporaries end when the condition is decided.
        if !binds {
            self.end_temporaries(before);
        }
    }

    /// `let x = value` in a chain that is taken apart: a statement.
    fn bind_always(&mut self, conjunct: Expr) {
        if let Expr::Let(condition) = conjunct {
            let value = self.verbatim(*condition.expr);
            let shape = self.shape(&value);
            let binding = self.new_binding(*condition.pat, None, &shape);
            self.bind(&binding, value);
        }
    }

    /// The end of a condition without `let`s that has been evaluated up to its last suspension.
    pub(super) fn decided(&mut self, condition: Expr, otherwise: BlockId, before: EnvId) {
        self.test(vec![condition], otherwise);
        self.end_temporaries(before);
    }

    /// A condition. What is awaited for it alone is a `bool`.
    pub(super) fn decision(&mut self, condition: Expr) -> Expr {
        match condition {
            Expr::Yield(suspension) if desugar::what(&suspension).awaits() => {
                self.await_value(&suspension, &syntax::Shape::Copy)
            }
            Expr::Unary(mut not) if matches!(not.op, syn::UnOp::Not(_)) => {
                *not.expr = self.decision(*not.expr);
                Expr::Unary(not)
            }
            other => {
                self.ends_temporaries = true;
                let value = self.value(other);
                let variable = syntax::variable(&value).and_then(|name| self.machine.lookup(self.env, name));
                if let Some(variable) = variable.map(|local| &mut self.machine.locals[local.0]) {
                    (variable.plain, variable.copy) = (true, true);
                }
                value
            }
        }
    }

    /// The parts of a chain of `&&`, if there is a reason to part them.
    fn conjuncts(&self, condition: Expr, list: &mut Vec<Expr>) {
        match condition {
            Expr::Binary(and)
                if matches!(and.op, syn::BinOp::And(_))
                    && (syntax::has_let(&and.left)
                        || syntax::has_let(&and.right)
                        || self.takes_apart(&and.left)
                        || self.takes_apart(&and.right)) =>
            {
                self.conjuncts(*and.left, list);
                self.conjuncts(*and.right, list);
            }
            Expr::Paren(paren) if self.takes_apart(&paren.expr) => self.conjuncts(*paren.expr, list),
            other => list.push(other),
        }
    }

    fn stays_whole(&self, conjunct: &Expr, keeps: bool) -> bool {
        match conjunct {
            Expr::Let(condition) => {
                let named = keeps && self.needs_name(&condition.expr, &[&condition.pat]);
                let indexed = keeps && self.indexes_anew(&condition.expr, &[&condition.pat]);
                !named && !indexed && !self.takes_apart(&condition.expr)
            }
            other => !self.takes_apart(other),
        }
    }

    /// `if first && second { go on in a new block } else { goto otherwise }`
    fn test(&mut self, conjuncts: Vec<Expr>, otherwise: BlockId) {
        let before = self.env;
        let mut locals = Vec::new();
        let mut parts = Vec::new();
        let mut again = Vec::new();
        for conjunct in conjuncts {
            let mut conjunct = self.verbatim(conjunct);
            match &mut conjunct {
                Expr::Let(condition) => {
                    let by_ref_mut = pattern::binds_by_ref_mut(&condition.pat);
                    *condition.expr = self.matched_in_unsafe((*condition.expr).clone(), by_ref_mut);
                }
                other => *other = self.in_unsafe(other.clone()),
            }
            if let Expr::Let(condition) = &mut conjunct {
                if self.keeps_nameless(&condition.expr, &condition.pat) {
                    self.declare_nameless(condition.let_token.span);
                }
                let (pat, variables) = self.name_rests(&condition.expr, (*condition.pat).clone());
                *condition.pat = pat;
                again.extend(variables);
                let shape = self.shape(&condition.expr);
                let binding = self.new_binding((*condition.pat).clone(), None, &shape);
                self.derive_pattern(&condition.expr, &condition.pat, &binding.locals);
                locals.extend(binding.locals.iter().copied());
                let effect = effects::of_place(&self.machine, self.env, &condition.expr);
                self.found_in(&binding.locals, &condition.expr, &effect);
                self.note_unwrapped(&condition.expr, &condition.pat, &binding.locals);
                self.declare(&binding.locals);
            }
            parts.push(conjunct);
        }
        let inside = self.env;
        self.env = before;
        let parts = parts.into_iter();
        let Some(condition) = parts.reduce(|left, right| parse_quote!(#left && #right)) else {
            return;
        };
        let (effect, taken) = effects::of_condition(&self.machine, before, &condition);
        let declared = locals.into_iter().map(Effect::Declare);
        let condition = Code {
            syntax: condition,
            env: before,
            effect: Effect::Seq(std::iter::once(effect).chain(declared).collect()),
        };
        let then = self.new_block(Role::Part("Then"), inside);
        self.end(End::If {
            condition,
            taken,
            then: Box::new(Body::goto(then, inside)),
            otherwise: Box::new(Body::goto(otherwise, before)),
        });
        self.enter(then);
        self.bind_again(again);
    }

    /// Whether the branch ends with the drop of something that has no name.
    fn keeps_nameless(&self, expr: &Expr, pat: &Pat) -> bool {
        let temporaries = match syntax::inner(expr) {
            Expr::Reference(reference) => !text::is_text(&reference.expr),
            other => self.has_temporaries(other) && !self.has_quiet_temporaries(other),
        };
        self.needs_name(expr, &[pat]) && (temporaries || !syntax::is_place(expr) && self.leaves(expr, &[pat]))
    }

    /// What lives to the end of the branch without a name. It is in scope there, so that nothing is put before its end.
    fn declare_nameless(&mut self, span: proc_macro2::Span) {
        let local = self.new_local(&Ident::new("nameless", span), false, &Shape::Copy);
        self.machine.locals[local.0].nameless = true;
        self.declare(&[local]);
    }

    /// The expression to match on, evaluated as far as it must be; `keeps`: an arm is suspended.
    pub(super) fn scrutinee(&mut self, expr: Expr, pats: &[&Pat], keeps: bool) -> Expr {
        let named = keeps && self.needs_name(&expr, pats);
        let is_new = !syntax::is_place(&expr);
        let expr = match self.takes_apart(&expr) {
            true => self.value(expr),
            false => self.verbatim(expr),
        };
        if is_new {
            self.outlives_given(&expr, pats);
        }
        if !keeps {
            return expr;
        }
        if let Expr::Reference(mut reference) = expr {
            *reference.expr = self.named_referent("matched", *reference.expr, reference.mutability.is_some());
            if self.indexes_anew(&Expr::Reference(reference.clone()), pats) {
                self.quiet_indices(&mut reference.expr, true);
            }
            return Expr::Reference(reference);
        }
        let mut expr = self.name_temporaries(expr);
        if syntax::is_place(&expr) {
            self.quiet_indices(&mut expr, false);
        }
        if let Expr::Tuple(tuple) = &mut expr {
            self.name_referents(tuple, pats);
        }
        match named && !syntax::is_place(&expr) && self.leaves(&expr, pats) {
            true => {
                let span = expr.span();
                self.bind_temporary("matched", expr, span)
            }
            false => expr,
        }
    }

    /// `&list[at..]` whose elements are bound: they are taken again of the same index.
    fn indexes_anew(&self, scrutinee: &Expr, pats: &[&Pat]) -> bool {
        let Expr::Reference(reference) = scrutinee else {
            return false;
        };
        let carried = self
            .owned_root(&reference.expr)
            .is_some_and(|root| !self.is_mut_reference(root));
        carried
            && syntax::is_place(&reference.expr)
            && !self.is_quiet_place(&reference.expr)
            && pats.iter().any(|pat| !pattern::bindings(pat).is_empty())
    }

    /// A new value that went to a variable is a temporary of the statement, which drops behind what is given away.
    pub(super) fn outlives_given(&mut self, scrutinee: &Expr, pats: &[&Pat]) {
        if self.given_variable(scrutinee).is_some() && self.leaves(scrutinee, pats) {
            self.bind_given_again();
        }
    }

    /// Whether something of the scrutinee outlives the binding of the pattern: a temporary, or what `_` leaves.
    fn needs_name(&self, expr: &Expr, pats: &[&Pat]) -> bool {
        match syntax::inner(expr) {
            other if syntax::is_place(other) => self.has_temporaries(other),
            Expr::Reference(reference) => !syntax::is_place(&reference.expr),
            other => self.has_temporaries(other) || self.leaves(other, pats),
        }
    }

    fn leaves(&self, expr: &Expr, pats: &[&Pat]) -> bool {
        let plain = self.shape(expr).is_plain() || pats.iter().any(|pat| is_literal(pat));
        // A guard that panics drops it, and before that what the statement has given away.
        let guarded = has_guard(pats) && !self.given.is_empty();
        let elements = match syntax::inner(expr) {
            Expr::Tuple(tuple) => tuple.elems.iter().cloned().collect(),
            _ => Vec::new(),
        };
        guarded || !plain && pats.iter().any(|pat| pattern::leaves_something_of(pat, &elements))
    }
}

fn has_guard(pats: &[&Pat]) -> bool {
    pats.iter().any(|pat| matches!(pat, Pat::Guard(_)))
}

fn binds_always(conjunct: &Expr) -> bool {
    matches!(conjunct, Expr::Let(condition) if pattern::single(&condition.pat).is_some())
}

/// A pattern that only numbers, characters, booleans and strings match.
pub(super) fn is_literal(pat: &Pat) -> bool {
    match pat {
        Pat::Lit(lit) => !matches!(lit.lit, Lit::Verbatim(_)),
        Pat::Range(_) => true,
        Pat::Or(or) => or.cases.iter().any(is_literal),
        Pat::Paren(paren) => is_literal(&paren.pat),
        Pat::Guard(guard) => is_literal(&guard.pat),
        Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, pat)| is_literal(pat)),
        _ => false,
    }
}

/// `a && b` as `if a { b } else { false }`, and `a || b` as `if a { true } else { b }`.
pub(super) fn branches(binary: syn::ExprBinary) -> syn::ExprIf {
    let syn::ExprBinary { left, op, right, .. } = binary;
    let (then, otherwise) = match op {
        syn::BinOp::And(_) => (*right, parse_quote!(false)),
        _ => (parse_quote!(true), *right),
    };
    let otherwise = Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: block_of(otherwise),
    });
    syn::ExprIf {
        attrs: Vec::new(),
        if_token: Default::default(),
        cond: left,
        then_branch: block_of(then),
        else_branch: Some((Default::default(), Box::new(otherwise))),
    }
}

fn block_of(expr: Expr) -> syn::Block {
    syn::Block {
        brace_token: Default::default(),
        stmts: vec![syn::Stmt::Expr(expr, None)],
    }
}
