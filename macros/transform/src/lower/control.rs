//! Branches and loops that are suspended.

use std::rc::Rc;

use proc_macro2::{Ident, Span};
use syn::{
    Block, Expr, ExprBreak, ExprContinue, ExprIf, ExprMatch, Lifetime, Pat, PatIdent, Token, parse_quote,
    spanned::Spanned,
};

use super::{
    Binding, Dest, Lower, Target,
    received::{begins_with_await, temporary_of},
    value::is_await,
};
use crate::{
    effects,
    ir::{Arm, BlockId, Body, Code, Effect, End, LocalId, Role},
    pattern,
    span::{self, written_at},
    syntax::{self, Shape},
};

impl Lower<'_> {
    pub(super) fn if_(&mut self, mut expr: ExprIf, dest: &Dest) {
        if let Some(matched) = self.older_if_let(&expr) {
            return self.match_(matched, dest);
        }
        let before = self.env;
        let awaited = self.condition_alone_awaits(&expr);
        if awaited {
            *expr.cond = self.decision(*expr.cond);
            let whole = Expr::If(expr.clone());
            if !self.has_temporaries_since(before, &expr.cond) && !self.moves_conditionally(&whole) {
                let whole = self.verbatim(whole);
                return self.finish(whole, dest);
            }
        }
        let join = self.join_in("if", dest, before);
        let otherwise = self.new_block(Role::Part("Else"), before);
        match awaited {
            true => self.decided(*expr.cond, otherwise, before),
            false => {
                // Code behind it runs when what was matched has ended.
                let keeps = !matches!(dest, Dest::Return) || self.block_takes_apart(&expr.then_branch);
                self.condition(*expr.cond, otherwise, keeps);
            }
        }
        self.block(expr.then_branch, dest);
        self.goto(join);
        self.enter(otherwise);
        match expr.else_branch {
            Some((_, branch)) => self.branch(*branch, dest),
            None => self.finish_unit(dest),
        }
        self.goto(join);
        self.enter(join);
    }

    /// Whether the condition begins with the only suspension, an await whose value is an operand and no variable that has to end
    /// with the condition: then the `if` can be evaluated behind that.
    fn condition_alone_awaits(&self, expr: &ExprIf) -> bool {
        let otherwise = expr.else_branch.as_ref();
        !self.block_takes_apart(&expr.then_branch)
            && otherwise.is_none_or(|(_, branch)| !self.takes_apart(branch))
            && begins_with_await(&expr.cond)
    }

    /// What stands in a branch: its own braces are not needed.
    pub(super) fn branch(&mut self, expr: Expr, dest: &Dest) {
        match expr {
            Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => self.block(block.block, dest),
            other => self.with_own_temporaries(|lower| lower.into(other, dest)),
        }
    }

    pub(super) fn match_(&mut self, mut expr: ExprMatch, dest: &Dest) {
        let goes_on = super::rest::goes_on(dest, self);
        let ends = !goes_on && !matches!(dest, Dest::Return);
        if self.match_stays_whole(&mut expr, goes_on, ends) {
            let expr = self.verbatim(Expr::Match(expr));
            return self.finish(expr, dest);
        }
        let guarded = self.guards_suspend(&expr);
        let pats: Vec<_> = expr.arms.iter().map(|arm| arm.pat.clone()).collect();
        let outside = self.env;
        let mut scrutinee = self.scrutinee(*expr.expr, &pats.iter().collect::<Vec<_>>(), true);
        if guarded && !syntax::is_place(&scrutinee) && !self.borrows_again(&scrutinee) {
            let span = scrutinee.span();
            scrutinee = self.bind_temporary("matched", scrutinee, span);
        }
        self.bind_given_behind_temporaries();
        // What is matched lives to the end of the statement; where nothing of that follows, it ends with the `match`.
        let kept = expr.arms.iter_mut().map(|arm| match goes_on {
            true => self.keep_rests(&scrutinee, &mut arm.pat),
            false => Vec::new(),
        });
        let kept: Vec<_> = kept.collect();
        if kept.iter().any(|kept| !kept.is_empty()) {
            self.bind_given_again();
        }
        let join = match goes_on {
            true => self.join("match", dest),
            false => self.join_in("match", dest, outside),
        };
        let arms = std::iter::zip(expr.arms, kept);
        match guarded {
            true => self.arms_in_turn(&scrutinee, std::iter::zip(pats, arms), dest, join),
            false => self.arms(&scrutinee, arms, dest, join),
        }
        self.enter(join);
    }

    /// Whether at most the scrutinee is suspended, so that the `match` can be evaluated behind that. `names_rests`: what an arm
    /// leaves outlives it. `ends`: the statement ends with the `match`.
    pub(super) fn match_stays_whole(&mut self, expr: &mut ExprMatch, names_rests: bool, ends: bool) -> bool {
        if !self.has_whole_arms(expr) {
            return false;
        }
        if self.takes_apart(&expr.expr) {
            let awaited = is_await(&expr.expr);
            *expr.expr = self.value((*expr.expr).clone());
            self.outlives_given(&expr.expr, &expr.arms.iter().map(|arm| &arm.pat).collect::<Vec<_>>());
            let leaves = |pat: &Pat| pattern::leaves_something(pat) || pattern::only_looks(pat);
            if ends && awaited && expr.arms.iter().any(|arm| leaves(&arm.pat)) {
                // As a temporary it drops with the statement, whatever an arm has taken of it.
                *expr.expr = temporary_of(&expr.expr);
            }
        }
        let leaves = names_rests && self.names_rests(expr);
        let stays = !leaves && !self.moves_conditionally(&Expr::Match(expr.clone()));
        if !stays {
            Self::name_received(&mut expr.expr);
        }
        stays
    }

    /// Whether more than what is matched has to be taken apart.
    pub(super) fn arms_take_apart(&self, expr: &ExprMatch) -> bool {
        !self.has_whole_arms(expr) || self.moves_conditionally(&Expr::Match(expr.clone()))
    }

    fn has_whole_arms(&self, expr: &ExprMatch) -> bool {
        !self.guards_suspend(expr) && !expr.arms.iter().any(|arm| self.takes_apart(&arm.body))
    }

    fn guards_suspend(&self, expr: &ExprMatch) -> bool {
        let guards = expr.arms.iter().filter_map(|arm| guard(&arm.pat));
        guards.into_iter().any(|guard| self.takes_apart(guard))
    }

    /// `arms`: each with what of its own goes on behind it, and the names under which it does.
    fn arms(
        &mut self,
        scrutinee: &Expr,
        arms: impl Iterator<Item = (syn::Arm, Vec<(Ident, Ident)>)>,
        dest: &Dest,
        join: BlockId,
    ) {
        let before = self.env;
        let mut by_ref_mut = false;
        let mut lowered = Vec::new();
        let mut bodies = Vec::new();
        for (arm, kept) in arms {
            by_ref_mut |= pattern::binds_by_ref_mut(&arm.pat);
            let (arm, block, again, body) = self.arm(scrutinee, arm, dest);
            lowered.push(arm);
            bodies.push((block, again, kept, body));
            self.env = before;
        }
        let scrutinee = Code {
            syntax: self.matched_in_unsafe(scrutinee.clone(), by_ref_mut),
            env: before,
            effect: effects::of_scrutinee(&self.machine, before, scrutinee),
        };
        self.end(End::Match {
            scrutinee,
            arms: lowered,
        });
        for (block, again, kept, body) in bodies {
            self.enter(block);
            self.bind_again(again);
            self.assign_kept(kept);
            self.branch(body, dest);
            self.goto(join);
        }
    }

    pub(super) fn assign_kept(&mut self, kept: Vec<(Ident, Ident)>) {
        for (name, rest) in kept {
            let (kept, part) = (
                self.machine.lookup(self.env, &name),
                self.machine.lookup(self.env, &rest),
            );
            if let (Some(kept), Some(part)) = (kept, part) {
                self.made_of(&[kept], &Effect::Move(part));
            }
            self.push_stmt(parse_quote!(#name = #rest;), &[]);
        }
    }

    /// An arm whose body is a block of its own, still to be filled.
    fn arm(&mut self, scrutinee: &Expr, arm: syn::Arm, dest: &Dest) -> (Arm, BlockId, Vec<PatIdent>, Expr) {
        let pat = self.verbatim_guard(arm.pat);
        let (pat, again) = match self.takes_apart(&arm.body) && !super::rest::goes_on(dest, self) {
            true => self.name_rests(scrutinee, pat),
            false => (pat, Vec::new()),
        };
        let boxes = self.boxes(scrutinee, &pat, &arm.body);
        let (mut lowered, block) = self.arm_to_block(scrutinee, pat);
        if let Some(boxes) = boxes {
            self.note_given_boxes(&boxes, self.machine.block(block).env);
        }
        lowered.attrs = arm.attrs;
        lowered.end = span::end(&arm.body);
        (lowered, block, again, *arm.body)
    }

    pub(super) fn arm_to_block(&mut self, scrutinee: &Expr, pat: Pat) -> (Arm, BlockId) {
        let before = self.env;
        let shape = self.shape(scrutinee);
        let binding = self.new_binding(pat.clone(), None, &shape);
        self.derive_pattern(scrutinee, &pat, &binding.locals);
        let effect = effects::of_place(&self.machine, before, scrutinee);
        self.found_in(&binding.locals, scrutinee, &effect);
        self.note_unwrapped(scrutinee, &pat, &binding.locals);
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

    /// A variable of ours that a value goes to later.
    pub(super) fn new_temporary(&mut self, wish: &str, shape: &Shape, span: Span) -> Rc<Binding> {
        let name = self.temporary_name(wish, &self.pending, span);
        self.named_temporary(name, shape)
    }

    pub(super) fn named_temporary(&mut self, name: Ident, shape: &Shape) -> Rc<Binding> {
        let pat = Pat::Ident(PatIdent {
            attrs: Vec::new(),
            by_ref: None,
            mutability: Some(Token![mut](name.span())),
            ident: name,
            subpat: None,
        });
        self.new_binding(pat, None, shape)
    }

    /// A variable of ours that lives until the end of the statement.
    pub(super) fn bind_hidden(&mut self, wish: &str, value: Expr, span: Span) -> (LocalId, Ident) {
        let shape = self.shape(&value);
        let binding = self.new_temporary(wish, &shape, span);
        let local = binding.locals[0];
        self.bind(&binding, value);
        (local, self.machine.local(local).ident.clone())
    }

    /// [`bind_hidden`](Self::bind_hidden) of what is stepped through; the name is mentioned at `span` as if the user had written
    /// it there, so that of what is no iterator rustc says so once: at one place, and not of `into_iter` and of `next`. It is
    /// declared at `keyword`: were that at `span` too, rustc would take it for the user's pattern.
    pub(super) fn bind_stepped(&mut self, wish: &str, value: Expr, span: Span, keyword: Span) -> (LocalId, Ident) {
        let shape = self.shape(&value);
        let name = self.temporary_name(wish, &self.pending, span);
        let binding = self.named_temporary(written_at(&name, span.located_at(keyword)), &shape);
        self.bind(&binding, value);
        (binding.locals[0], written_at(&name, span))
    }

    pub(super) fn labelled_block(&mut self, label: Ident, block: Block, dest: &Dest) {
        let after = self.join("block", dest);
        let hides = self.hides(&block, dest);
        self.targets.push(Target {
            label: Some(label),
            after,
            dest: dest.clone(),
            next: None,
            hides,
        });
        self.inner_block(block, dest);
        self.goto(after);
        self.targets.pop();
        self.enter(after);
    }

    /// Whether a variable in the block has the name of one that its value goes to.
    pub(super) fn hides(&self, block: &Block, dest: &Dest) -> bool {
        let inside = pattern::bound_within(&syntax::block_of(block.stmts.clone()));
        let bound = self.bound_by(dest);
        bound
            .iter()
            .any(|local| inside.contains(&self.machine.local(*local).ident))
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

    /// Whether the `break` is none of Rust's any more: it leaves a set of blocks, or suspends.
    pub(super) fn breaks(&self, expr: &ExprBreak) -> bool {
        let suspends = expr.expr.as_ref().is_some_and(|value| self.takes_apart(value));
        suspends || self.target(expr.label.as_ref()).is_some()
    }

    pub(super) fn break_(&mut self, expr: ExprBreak) {
        let Some(target) = self.target(expr.label.as_ref()) else {
            // It is refused, and the rest is looked at.
            return expr
                .expr
                .into_iter()
                .for_each(|value| self.into(*value, &Dest::Discard));
        };
        let (after, dest) = (self.targets[target].after, self.targets[target].dest.clone());
        match expr.expr {
            Some(value) => self.into(*value, &dest),
            None if matches!(dest, Dest::Discard) => {}
            None => self.finish(super::value::unit_at(expr.break_token.span), &dest),
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
}

fn guard(pat: &Pat) -> Option<&Expr> {
    match pat {
        Pat::Guard(guard) => Some(&guard.guard),
        _ => None,
    }
}
