//! A `match` with a guard that is suspended: its arms are tried one after the other.

use super::{Dest, Lower, condition::is_literal};
use crate::{
    effects,
    ir::{Arm, BlockId, Body, Code, Effect, End, Role},
    pattern, std_macros, syntax,
};
use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::{
    Error, Expr, ExprBlock, ExprClosure, ExprLet, Pat, parse_quote,
    visit::{self, Visit},
    visit_mut::VisitMut,
};

impl Lower<'_> {
    /// A match with a guard that is suspended: one arm after the other, as if each were an `if let`. In its guard an arm
    /// has references to what it binds; if the guard holds, the scrutinee is matched again by value. `arms`: each with the
    /// pattern as the user wrote it.
    pub(super) fn arms_in_turn(
        &mut self,
        scrutinee: &Expr,
        arms: impl Iterator<Item = (Pat, (syn::Arm, Vec<(Ident, Ident)>))>,
        dest: &Dest,
        join: BlockId,
    ) {
        let before = self.env;
        for (written, (arm, kept)) in arms {
            let next = self.new_block(Role::Part("Next"), before);
            match arm.pat {
                Pat::Guard(guarded) if self.takes_apart(&guarded.guard) => {
                    let (pat, mut guard) = (*guarded.pat, *guarded.guard);
                    self.errors.extend(lets_of_the_arm(&guard, &arm.body));
                    let pat = of_the_arm(pat, &guard, &arm.body);
                    // What is matched by reference binds references already.
                    let written = &pattern::without(pattern::unguarded(&written), &|binding| {
                        !mentions(&guard, &binding.ident)
                    });
                    let by_ref = match syntax::is_place(scrutinee) {
                        true => {
                            pattern::dereference(written, &mut guard);
                            pattern::by_reference(written)
                        }
                        false => written.clone(),
                    };
                    self.arm_or_next(scrutinee, by_ref, next);
                    self.condition(guard, next, true);
                    self.env_of_arm(before);
                    if !pattern::names(&pat).is_empty() {
                        self.arm_or_unreachable(scrutinee, pat);
                    }
                }
                Pat::Wild(_) => {}
                pat => {
                    let pat = self.verbatim_guard(pat);
                    self.arm_or_next(scrutinee, pat, next);
                }
            }
            self.assign_kept(kept);
            self.branch(*arm.body, dest);
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
        let by_ref_mut = arms.iter().any(|arm| pattern::binds_by_ref_mut(&arm.pattern.syntax));
        let scrutinee = Code {
            syntax: self.matched_in_unsafe(scrutinee.clone(), by_ref_mut),
            env: self.env,
            effect: effects::of_place(&self.machine, self.env, scrutinee),
        };
        self.end(End::Match { scrutinee, arms });
    }
}

/// The pattern of an arm whose guard holds: what the guard alone mentions is not used any more.
fn of_the_arm(mut pat: Pat, guard: &Expr, body: &Expr) -> Pat {
    let done = |binding: &syn::PatIdent| mentions(guard, &binding.ident) && !mentions(body, &binding.ident);
    // A number is bound for nobody.
    let number = |binding: &syn::PatIdent| binding.subpat.as_ref().is_some_and(|(_, pat)| is_literal(pat));
    pat = pattern::without(&pat, &|binding| number(binding) && done(binding));
    let names = pattern::names(&pat);
    let unused = |name: &Ident| format_ident!("_{name}", span = name.span());
    let free = |name: &Ident| !names.contains(name) && !mentions(body, name);
    let done = names
        .iter()
        .filter(|name| mentions(guard, name) && !mentions(body, name));
    let renamed = done
        .map(|name| (name.clone(), unused(name)))
        .filter(|(_, new)| free(new));
    pattern::Renamed(renamed.collect()).visit_pat_mut(&mut pat);
    pat
}

/// The variables of the guard end where the arm is taken, and those of its `let`s with them.
fn lets_of_the_arm(guard: &Expr, body: &Expr) -> Option<Error> {
    struct Lets<'b>(&'b Expr, Option<Ident>);
    impl Visit<'_> for Lets<'_> {
        fn visit_expr_let(&mut self, condition: &ExprLet) {
            let names = pattern::names(&condition.pat);
            self.1 = self
                .1
                .take()
                .or_else(|| names.into_iter().find(|name| mentions(self.0, name)));
            visit::visit_expr_let(self, condition);
        }
        fn visit_expr_closure(&mut self, _: &ExprClosure) {}
        fn visit_expr_block(&mut self, _: &ExprBlock) {}
    }
    let mut lets = Lets(body, None);
    lets.visit_expr(guard);
    lets.1.map(|name| {
        let message = format!(
            "`{name}` is bound by a guard that suspends, and the arm cannot have it\nhelp: bind it in the arm, or write \
             `if let` for the `match`"
        );
        Error::new(name.span(), message)
    })
}

fn mentions(expr: &Expr, name: &Ident) -> bool {
    std_macros::mentions(expr.to_token_stream(), std::slice::from_ref(name))
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
