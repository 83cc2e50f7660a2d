//! Branches and loops that are suspended.

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::{
    Block, Expr, ExprBreak, ExprContinue, ExprForLoop, ExprIf, ExprLoop, ExprMatch, ExprWhile, Lifetime, Pat, Stmt,
    parse_quote, parse_quote_spanned, spanned::Spanned,
};

use super::{Dest, Inputs, Lower, Target};
use crate::{
    check, desugar, effects,
    ir::{Arm, BlockId, Body, Code, Effect, End, LocalId, Role},
    pattern,
    source::quote_source,
    span::{self, ours, shown_at},
    syntax::{self, Shape},
};

impl Lower<'_> {
    pub(super) fn if_(&mut self, expr: ExprIf, dest: &Dest) {
        let join = self.join("if", dest);
        let otherwise = self.new_block(Role::Part("Else"), self.env);
        let keeps = self.block_takes_apart(&expr.then_branch);
        self.condition(*expr.cond, otherwise, keeps);
        self.block(expr.then_branch, dest);
        self.goto(join);
        self.enter(otherwise);
        match expr.else_branch {
            Some((_, branch)) => self.into(*branch, dest),
            None => self.finish_unit(dest),
        }
        self.goto(join);
        self.enter(join);
    }

    pub(super) fn match_(&mut self, mut expr: ExprMatch, dest: &Dest) {
        let guarded = expr
            .arms
            .iter()
            .any(|arm| guard(&arm.pat).is_some_and(|guard| self.takes_apart(guard)));
        let branches = expr.arms.iter().any(|arm| self.takes_apart(&arm.body));
        if !guarded && !branches {
            if self.takes_apart(&expr.expr) {
                *expr.expr = self.value(*expr.expr);
            }
            if !self.moves_conditionally(&Expr::Match(expr.clone())) {
                let expr = self.verbatim(Expr::Match(expr));
                return self.finish(expr, dest);
            }
        }
        let join = self.join("match", dest);
        let pats: Vec<_> = expr.arms.iter().map(|arm| arm.pat.clone()).collect();
        let pats: Vec<_> = pats.iter().collect();
        let mut scrutinee = self.scrutinee(*expr.expr, &pats, true);
        if guarded {
            if !syntax::is_place(&scrutinee) {
                let span = scrutinee.span();
                scrutinee = self.bind_temporary("matched", scrutinee, span);
            }
            self.arms_in_turn(&scrutinee, expr.arms, dest, join);
        } else {
            self.arms(&scrutinee, expr.arms, dest, join);
        }
        self.enter(join);
    }

    fn arms(&mut self, scrutinee: &Expr, arms: Vec<syn::Arm>, dest: &Dest, join: BlockId) {
        let before = self.env;
        let mut lowered = Vec::new();
        let mut bodies = Vec::new();
        for arm in arms {
            let (arm, block, body) = self.arm(scrutinee, arm);
            lowered.push(arm);
            bodies.push((block, body));
            self.env = before;
        }
        let pats: Vec<_> = lowered.iter().map(|arm: &Arm| &arm.pattern.syntax).collect();
        let scrutinee = Code {
            syntax: self.in_unsafe(scrutinee.clone()),
            env: before,
            effect: effects::of_matched(&self.machine, before, scrutinee, &pats),
        };
        self.end(End::Match {
            scrutinee,
            arms: lowered,
        });
        for (block, body) in bodies {
            self.enter(block);
            self.into(body, dest);
            self.goto(join);
        }
    }

    /// An arm whose body is a block of its own, still to be filled.
    fn arm(&mut self, scrutinee: &Expr, arm: syn::Arm) -> (Arm, BlockId, Expr) {
        let pat = self.verbatim_guard(arm.pat);
        let (mut lowered, block) = self.arm_to_block(scrutinee, pat);
        lowered.attrs = arm.attrs;
        lowered.end = span::end(&arm.body);
        (lowered, block, *arm.body)
    }

    fn arm_to_block(&mut self, scrutinee: &Expr, pat: Pat) -> (Arm, BlockId) {
        let before = self.env;
        let shape = self.shape(scrutinee);
        let binding = self.new_binding(pat.clone(), None, &shape);
        self.derive_pattern(scrutinee, &pat, &binding.locals);
        let taken = effects::of_arm(&self.machine, before, scrutinee, &pat);
        let env = self.extended(before, &binding.locals);
        let block = self.new_block(Role::Part("Arm"), env);
        let declared = binding.locals.iter().map(|&local| Effect::Declare(local));
        let end = pat.span();
        let pattern = Code {
            syntax: pat,
            env: before,
            effect: Effect::Seq(std::iter::once(taken).chain(declared).collect()),
        };
        let body = Body::goto(block, env);
        (
            Arm {
                attrs: Vec::new(),
                pattern,
                body,
                end,
            },
            block,
        )
    }

    /// A match with a guard that is suspended: one arm after the other, as if each were an `if let`. In its guard an arm
    /// has references to what it binds; if the guard holds, the scrutinee is matched again by value.
    fn arms_in_turn(&mut self, scrutinee: &Expr, arms: Vec<syn::Arm>, dest: &Dest, join: BlockId) {
        let before = self.env;
        for arm in arms {
            let next = self.new_block(Role::Part("Next"), before);
            match arm.pat {
                Pat::Guard(guarded) if self.takes_apart(&guarded.guard) => {
                    let (pat, mut guard) = (*guarded.pat, *guarded.guard);
                    let by_ref = pattern::by_reference(&pat);
                    pattern::dereference(&pat, &mut guard);
                    self.arm_or_next(scrutinee, by_ref, next);
                    self.condition(guard, next, true);
                    self.env_of_arm(before);
                    self.arm_or_unreachable(scrutinee, pat);
                }
                pat => {
                    let pat = self.verbatim_guard(pat);
                    self.arm_or_next(scrutinee, pat, next);
                }
            }
            self.into(*arm.body, dest);
            self.goto(join);
            self.enter(next);
        }
        let unreachable = self.names.path("unreachable_pattern");
        self.push_stmt(parse_quote!(#unreachable();), &[]);
        self.end(End::Diverge);
    }

    /// The references of the guard end where the arm is taken.
    fn env_of_arm(&mut self, before: crate::ir::EnvId) {
        self.go_on(Role::Part("Arm"), before);
    }

    /// `match scrutinee { pat => .., _ => goto next }`; goes on in the arm.
    fn arm_or_next(&mut self, scrutinee: &Expr, pat: Pat, next: BlockId) {
        let before = self.env;
        let always = pattern::single(&pat).is_some() || matches!(pat, Pat::Wild(_));
        let (taken, block) = self.arm_to_block(scrutinee, pat);
        let taken_end = taken.end;
        let mut arms = vec![taken];
        if !always {
            arms.push(wildcard(before, Body::goto(next, before), taken_end));
        }
        self.end_match(scrutinee, arms);
        self.enter(block);
    }

    /// The same where the pattern is known to match.
    fn arm_or_unreachable(&mut self, scrutinee: &Expr, pat: Pat) {
        let before = self.env;
        let unreachable = self.new_block(Role::Part("Next"), before);
        self.arm_or_next(scrutinee, pat, unreachable);
        let (at, env) = (self.at, self.env);
        self.enter(unreachable);
        let call = self.names.path("unreachable_pattern");
        self.push_stmt(parse_quote!(#call();), &[]);
        self.end(End::Diverge);
        (self.at, self.env) = (at, env);
    }

    fn end_match(&mut self, scrutinee: &Expr, arms: Vec<Arm>) {
        let scrutinee = Code {
            syntax: scrutinee.clone(),
            env: self.env,
            effect: effects::of_place(&self.machine, self.env, scrutinee),
        };
        self.end(End::Match { scrutinee, arms });
    }

    pub(super) fn loop_(&mut self, expr: ExprLoop, dest: &Dest) {
        let after = self.join("loop", dest);
        let label = &expr.label;
        self.here = expr.loop_token.span;
        let head = self.go_on(Role::Loop(quote_source(&quote!(#label loop), 60)), self.env);
        self.targets.push(Target {
            label: expr.label.map(|label| label.name.ident),
            after,
            dest: dest.clone(),
            next: Some(head),
        });
        self.block(expr.body, &Dest::Discard);
        self.goto(head);
        self.targets.pop();
        self.enter(after);
    }

    pub(super) fn while_(&mut self, expr: ExprWhile, dest: &Dest) {
        let after = self.new_block(Role::After("while"), self.env);
        let (label, cond) = (&expr.label, &desugar::resugared(&expr.cond));
        self.here = expr.while_token.span;
        let head = self.go_on(Role::While(quote_source(&quote!(#label while #cond), 60)), self.env);
        let keeps = self.block_takes_apart(&expr.body);
        self.targets.push(Target {
            label: expr.label.map(|label| label.name.ident),
            after,
            dest: Dest::Discard,
            next: Some(head),
        });
        self.condition(*expr.cond, after, keeps);
        self.block(expr.body, &Dest::Discard);
        self.goto(head);
        self.targets.pop();
        self.enter(after);
        self.finish_unit(dest);
    }

    pub(super) fn for_(&mut self, mut expr: ExprForLoop, dest: &Dest) {
        let (label, pat, iterated) = (&expr.label, &expr.pat, &desugar::resugared(&expr.expr));
        let text = quote_source(&quote!(#label for #pat in #iterated), 60);
        let after = self.new_block(Role::After("for"), self.env);
        self.here = expr.for_token.span;
        let number = self.loops;
        self.loops += 1;
        self.name_iterated(&mut expr.expr);
        let (counted, iterated) = match enumerated(&expr) {
            Some((count, pat, iterated)) if self.borrowed_collection(&iterated, number).is_some() => {
                (Some((count, pat)), iterated)
            }
            _ => (None, (*expr.expr).clone()),
        };
        match self.borrowed_collection(&iterated, number) {
            Some(collection) => self.for_by_position(expr, counted, &collection, text, after),
            None => self.for_by_iterator(expr, number, text, after),
        }
        self.enter(after);
        self.finish_unit(dest);
    }

    /// `for x in &value` and `for x in value.iter()`: the value gets a variable, which the loop borrows.
    fn name_iterated(&mut self, iterated: &mut Expr) {
        if self.takes_apart(iterated) {
            return;
        }
        let (span, constant) = (iterated.span(), syntax::is_constant(iterated));
        let value = match iterated {
            Expr::Reference(reference) if !constant => &mut reference.expr,
            Expr::MethodCall(call) if call.args.is_empty() && (call.method == "iter" || call.method == "iter_mut") => {
                &mut call.receiver
            }
            Expr::MethodCall(call) if call.method == "enumerate" => return self.name_iterated(&mut call.receiver),
            _ => return,
        };
        let range = matches!(syntax::inner(value), Expr::Range(_));
        if !syntax::is_place(value) && !syntax::is_constant(value) && !range {
            let named = self.verbatim((**value).clone());
            let named = self.name_temporaries(named);
            **value = self.bind_temporary("collection", named, span);
        }
    }

    fn for_by_iterator(&mut self, expr: ExprForLoop, number: usize, text: String, after: BlockId) {
        let items = syntax::of_items(&expr.expr, &|name| self.variable_shape(name));
        let lent = self.lent_root(&expr.expr);
        let span = expr.expr.span();
        let iterated = match self.takes_apart(&expr.expr) {
            true => self.value(*expr.expr),
            false => self.verbatim(*expr.expr),
        };
        let iterated = self.name_temporaries(iterated);
        let into_iter = self.names.path_at("IntoIterator", span);
        let into_iter = parse_quote_spanned!(ours(span)=> #into_iter::into_iter(#iterated));
        let (iter, name) = self.bind_hidden("iter", into_iter, span);
        self.borrowing.extend(lent.map(|lent| (number, iter, lent)));
        let head = self.go_on(Role::For(text), self.env);
        let iterator = self.names.path_at("Iterator", span);
        let next: Expr = parse_quote_spanned!(ours(span)=> #iterator::next(&mut #name));
        let target = (expr.label.map(|label| label.name.ident), head);
        self.each_item(next, *expr.pat, &items, expr.body, target, after);
        self.goto(head);
    }

    /// `for x in &list`: the position is carried, not the iterator, and each step takes the borrow again.
    fn for_by_position(
        &mut self,
        mut expr: ExprForLoop,
        counted: Option<(Pat, Pat)>,
        collection: &Expr,
        text: String,
        after: BlockId,
    ) {
        let at = expr.expr.span();
        let (_, name) = self.bind_hidden("position", parse_quote_spanned!(ours(at)=> 0), at);
        let head = self.go_on(Role::For(text), self.env);
        let step = self.new_block(Role::Part("Next"), self.env);
        let nth_of = self.names.path_at("nth_of", at);
        let next: Expr = parse_quote_spanned!(ours(at)=> #nth_of(#collection, #name));
        if let Some((count, pat)) = counted {
            *expr.pat = pat;
            let declare = Stmt::Local(syn::Local {
                attrs: Vec::new(),
                let_token: Default::default(),
                modifiers: syn::LocalModifiers::default(),
                pat: count,
                init: Some(syn::LocalInit {
                    eq_token: Default::default(),
                    expr: parse_quote!(#name),
                    diverge: None,
                }),
                semi_token: Default::default(),
            });
            expr.body.stmts.insert(0, declare);
        }
        let target = (expr.label.map(|label| label.name.ident), step);
        self.each_item(next, *expr.pat, &Shape::Unknown, expr.body, target, after);
        self.goto(step);
        self.enter(step);
        self.push_stmt(parse_quote_spanned!(ours(at)=> #name += 1;), &[]);
        self.goto(head);
    }

    /// `match next { Some(pat) => body, None => goto after }`
    fn each_item(
        &mut self,
        next: Expr,
        pat: Pat,
        items: &Shape,
        body: Block,
        target: (Option<Ident>, BlockId),
        after: BlockId,
    ) {
        let before = self.env;
        let at = pat.span();
        let (some, none) = (self.names.path_at("Some", at), self.names.path_at("None", at));
        let by_position = matches!(&next, Expr::Call(call) if call.args.len() == 2);
        let whole = pattern::leaves_something(&pat) && !items.is_plain() && !by_position;
        let shape = if items.is_copy() { Shape::Copy } else { Shape::Unknown };
        let outer: Pat = match whole {
            true => {
                let item = self.new_temporary("item", &Shape::Unknown, pat.span());
                let name = self.machine.local(item.locals[0]).ident.clone();
                parse_quote_spanned!(ours(at)=> #some(#name))
            }
            false => parse_quote_spanned!(ours(at)=> #some(#pat)),
        };
        let (arm, block) = self.item_arm(&next, outer, items, &shape, by_position);
        let none = Arm {
            attrs: Vec::new(),
            pattern: Code {
                syntax: parse_quote!(#none),
                env: before,
                effect: Effect::none(),
            },
            body: Body::goto(after, before),
            end: at,
        };
        let scrutinee = Code {
            effect: effects::of_expr(&self.machine, before, &next),
            syntax: next,
            env: before,
        };
        self.end(End::Match {
            scrutinee,
            arms: vec![arm, none],
        });
        self.enter(block);
        if whole {
            let item = self.machine.visible(self.env).next();
            if let Some(item) = item {
                let name = self.machine.local(item).ident.clone();
                let binding = self.new_binding(pat.clone(), None, items);
                let item: Expr = parse_quote!(#name);
                self.derive_pattern(&item, &pat, &binding.locals);
                self.bind(&binding, item);
            }
        }
        let (label, next) = target;
        self.targets.push(Target {
            label,
            after,
            dest: Dest::Discard,
            next: Some(next),
        });
        self.block(body, &Dest::Discard);
        self.targets.pop();
    }

    fn item_arm(&mut self, next: &Expr, outer: Pat, items: &Shape, _: &Shape, by_position: bool) -> (Arm, BlockId) {
        let before = self.env;
        let pat = match &outer {
            Pat::TupleStruct(tuple) => tuple.elems.first().cloned(),
            _ => None,
        };
        let binding = self.new_binding(pat.unwrap_or_else(|| outer.clone()), None, items);
        if by_position {
            self.derive_matched(next, &outer, &binding.locals);
        }
        let env = self.extended(before, &binding.locals);
        let block = self.new_block(Role::Part("Arm"), env);
        let declared = binding.locals.iter().map(|&local| Effect::Declare(local)).collect();
        let pattern = Code {
            syntax: outer,
            env: before,
            effect: Effect::Seq(declared),
        };
        (
            Arm {
                attrs: Vec::new(),
                pattern,
                body: Body::goto(block, env),
                end: self.here,
            },
            block,
        )
    }

    /// A variable of ours that lives until the end of the statement.
    pub(super) fn bind_hidden(&mut self, wish: &str, value: Expr, span: proc_macro2::Span) -> (LocalId, Ident) {
        let shape = self.shape(&value);
        let binding = self.new_temporary(wish, &shape, span);
        let local = binding.locals[0];
        self.bind(&binding, value);
        (local, self.machine.local(local).ident.clone())
    }

    pub(super) fn labelled_block(&mut self, label: Ident, block: Block, dest: &Dest) {
        let after = self.join("block", dest);
        self.targets.push(Target {
            label: Some(label),
            after,
            dest: dest.clone(),
            next: None,
        });
        self.block(block, dest);
        self.goto(after);
        self.targets.pop();
        self.enter(after);
    }

    /// The loop or block that a jump leaves, if it is taken apart.
    pub(super) fn target(&self, label: Option<&Lifetime>) -> Option<usize> {
        match label {
            Some(label) => self
                .targets
                .iter()
                .rposition(|t| t.label.as_ref() == Some(&label.ident)),
            None => self.targets.iter().rposition(|t| t.next.is_some()),
        }
    }

    pub(super) fn break_(&mut self, expr: ExprBreak) {
        let Some(target) = self.target(expr.label.as_ref()) else {
            return;
        };
        let (after, dest) = (self.targets[target].after, self.targets[target].dest.clone());
        match expr.expr {
            Some(value) => self.into(*value, &dest),
            None if matches!(dest, Dest::Discard) => {}
            None => self.finish(super::unit_at(expr.break_token.span), &dest),
        }
        self.goto(after);
    }

    pub(super) fn continue_(&mut self, expr: &ExprContinue) {
        if let Some(next) = self
            .target(expr.label.as_ref())
            .and_then(|target| self.targets[target].next)
        {
            self.goto(next);
        }
    }

    /// `yield_from!(inner)`; its value.
    pub(super) fn delegate(&mut self, suspension: &syn::ExprYield) -> Expr {
        let source = desugar::source(suspension);
        let operand = suspension.expr.as_ref().map(|operand| (**operand).clone());
        let Some(operand) = operand else {
            return super::unit_at(source.span);
        };
        let span = operand.span();
        let recursive = self.boxes_itself(&operand);
        let operand = match self.takes_apart(&operand) {
            true => self.value(operand),
            false => self.verbatim(operand),
        };
        let is_iterator = !self.names.is_coroutine;
        let into_iter = self.names.path_at("IntoIterator", span);
        let before = self.env;
        let inner = match &self.function.object {
            Some(object) if recursive => {
                let binding = self.new_temporary("inner", &Shape::Unknown, span);
                let name = self.machine.local(binding.locals[0]).ident.clone();
                self.push_stmt(parse_quote!(let mut #name: #object = #operand;), &binding.locals);
                name
            }
            _ if is_iterator => {
                let into_iter = parse_quote_spanned!(ours(span)=> #into_iter::into_iter(#operand));
                self.bind_hidden("inner", into_iter, span).1
            }
            _ => self.bind_hidden("inner", operand, span).1,
        };
        let result = (!is_iterator).then(|| self.new_temporary("returned", &Shape::Unknown, span));
        let after_locals = result.as_ref().map_or_else(Vec::new, |binding| binding.locals.clone());
        let after_env = self.extended(before, &after_locals);
        let after = self.new_block(Role::After("yield_from"), after_env);
        let head = self.go_on(Role::From, self.env);
        self.step_inner(&inner, head, after, &after_locals, source);
        self.enter(after);
        match after_locals.first() {
            Some(&local) => {
                let name = &self.machine.local(local).ident;
                parse_quote!(#name)
            }
            None => super::unit_at(span),
        }
    }

    /// One step of the inner iterator or coroutine: what it yields is yielded, and the next step comes back here.
    fn step_inner(
        &mut self,
        inner: &Ident,
        head: BlockId,
        after: BlockId,
        result: &[LocalId],
        source: desugar::Source,
    ) {
        let (before, at) = (self.env, inner.span());
        let desugar::Source { text, span, .. } = source;
        let value = self.new_temporary("value", &Shape::Unknown, span);
        let value_name = self.machine.local(value.locals[0]).ident.clone();
        let next: Expr;
        let (yielded, complete): (Pat, Pat);
        if self.names.is_coroutine {
            let (delegate, input) = (self.names.path_at("delegate", at), shown_at(&self.names.input, at));
            next = match self.function.inputs {
                Inputs::Unit => {
                    let some = self.names.path_at("Some", at);
                    parse_quote_spanned!(ours(at)=> #delegate(&mut #inner, #some(())))
                }
                _ => parse_quote_spanned!(ours(at)=> #delegate(&mut #inner, #input.take())),
            };
            let (is_yielded, is_complete) = (self.names.path_at("Yielded", at), self.names.path_at("Complete", at));
            let result = &self.machine.local(result[0]).ident;
            (yielded, complete) = (
                parse_quote_spanned!(ours(at)=> #is_yielded(#value_name)),
                parse_quote_spanned!(ours(at)=> #is_complete(#result)),
            );
        } else {
            let (iterator, some, none) = (
                self.names.path_at("Iterator", at),
                self.names.path_at("Some", at),
                self.names.path_at("None", at),
            );
            next = parse_quote_spanned!(ours(at)=> #iterator::next(&mut #inner));
            (yielded, complete) = (
                parse_quote_spanned!(ours(at)=> #some(#value_name)),
                parse_quote_spanned!(ours(at)=> #none),
            );
        }
        let value_env = self.extended(before, &value.locals);
        let block = self.new_block(Role::Part("Arm"), value_env);
        let done_env = self.extended(before, result);
        let arm = |syntax: Pat, locals: &[LocalId], body: Body| Arm {
            attrs: Vec::new(),
            pattern: Code {
                syntax,
                env: before,
                effect: Effect::Seq(locals.iter().map(|&local| Effect::Declare(local)).collect()),
            },
            body,
            end: at,
        };
        let arms = vec![
            arm(yielded, &value.locals, Body::goto(block, value_env)),
            arm(complete, result, Body::goto(after, done_env)),
        ];
        let scrutinee = self.expr_code(next);
        self.end(End::Match { scrutinee, arms });
        self.enter(block);
        self.end_suspended(parse_quote!(#value_name), head, text, span);
    }

    /// Whether the operand is a box of this function's own machine: a call of itself, or `Box::new(..)` around one.
    fn boxes_itself(&self, operand: &Expr) -> bool {
        let name = &self.function.name;
        let is_method = self
            .function
            .arguments
            .iter()
            .any(|argument| argument.ident == self.names.this);
        let this = is_method.then_some(&self.names.this);
        if check::call_of_itself(operand, name, this).is_some() {
            return true;
        }
        match syntax::inner(operand) {
            Expr::Call(call) => {
                let function = &call.func;
                let boxes = quote!(#function).to_string().ends_with("Box :: new");
                boxes && crate::names::Namespace::of(quote!(#operand)).mentions(&name.to_string())
            }
            _ => false,
        }
    }
}

/// `for (count, pat) in iterated.enumerate()`
fn enumerated(expr: &ExprForLoop) -> Option<(Pat, Pat, Expr)> {
    let Expr::MethodCall(call) = syntax::inner(&expr.expr) else {
        return None;
    };
    let Pat::Tuple(tuple) = &*expr.pat else {
        return None;
    };
    let pair = tuple.elems.len() == 2 && !tuple.elems.iter().any(|pat| matches!(pat, Pat::Rest(_)));
    (call.method == "enumerate" && pair)
        .then(|| (tuple.elems[0].clone(), tuple.elems[1].clone(), (*call.receiver).clone()))
}

/// `_ => body`
fn wildcard(env: crate::ir::EnvId, body: Body, end: Span) -> Arm {
    Arm {
        attrs: Vec::new(),
        pattern: Code {
            syntax: parse_quote!(_),
            env,
            effect: Effect::none(),
        },
        body,
        end,
    }
}

fn guard(pat: &Pat) -> Option<&Expr> {
    match pat {
        Pat::Guard(guard) => Some(&guard.guard),
        _ => None,
    }
}
