//! A guard ends before what it borrows goes on into the next state.
//!
//! ```text
//! // Input:
//! let mut count = counts.lock().unwrap();  *count += 1;  goto Loop
//! // Output:
//! let mut count = counts.lock().unwrap();  *count += 1;  drop(count);  goto Loop
//! ```

use syn::{Expr, ExprMatch, Pat, Stmt, UnOp};

use super::{each_end, graph::Graph, outlives_nameless, plans};
use crate::{
    effects,
    flow::{Flow, Holds},
    ir::{BlockId, End, EnvId, JumpId, LocalId, Machine, Node},
    pattern, syntax,
};

pub(super) fn end(machine: &mut Machine, graph: &Graph, flow: &Flow) {
    if !machine.locals.iter().any(|local| local.guard) {
        return;
    }
    for block in graph.left() {
        end_before(machine, graph, flow, block);
        for jump in plain_jumps(machine, block) {
            machine.jumps[jump.0].plain = true;
        }
    }
}

/// Ends what has a guard in it where the block is gone to.
fn end_before(machine: &mut Machine, graph: &Graph, flow: &Flow, block: BlockId) {
    let (env, leading) = (machine.block(block).env, graph.leading_to(block));
    let mut plans = plans(machine, flow, block, env, &leading);
    plans.retain(|from, plan| {
        let first = first_guard(machine, plan.iter().map(|(local, _)| *local), env);
        // What is older drops at the end of the arm.
        plan.drain(..first.unwrap_or(plan.len()));
        let clear = plan.iter().all(|(_, holds)| *holds != Holds::Either);
        !plan.is_empty() && clear && !outlives_nameless(machine, *from, env)
    });
    if plans.is_empty() {
        return;
    }
    each_end(machine, &leading, &mut |at| {
        if let End::Goto(target, from) = &mut at.end
            && *target == block
            && let Some(plan) = plans.get(from)
        {
            *from = env;
            let ended = plan.iter().map(|(local, _)| *local).collect();
            at.nodes.push(Node::EndScope(ended));
        }
    });
}

/// The first of what ends, in order of declaration, that is a guard of what is there afterwards.
pub(crate) fn first_guard(machine: &Machine, mut ended: impl Iterator<Item = LocalId>, there: EnvId) -> Option<usize> {
    ended.position(|local| {
        let local = machine.local(local);
        local.guard && machine.visible(there).any(|other| local.sources.contains(&other))
    })
}

/// The first guard of what is there afterwards, of all that ends.
pub(crate) fn ended_guard(machine: &Machine, from: EnvId, there: EnvId) -> Option<LocalId> {
    let ended = machine.ended(from, there);
    first_guard(machine, ended.iter().copied(), there).map(|first| ended[first])
}

/// The jumps out of the block's statements that no value of the statement's own drops at.
fn plain_jumps(machine: &Machine, block: BlockId) -> Vec<JumpId> {
    let mut plain = Vec::new();
    machine.block(block).body.each(&mut |body| {
        for node in &body.nodes {
            if let Node::Code(code) = node {
                of_statement(&code.syntax, &mut plain);
            }
        }
    });
    plain
}

fn of_statement(stmt: &Stmt, plain: &mut Vec<JumpId>) {
    match stmt {
        Stmt::Expr(expr, _) => of_expression(expr, plain),
        // What does not match is gone before the `else`.
        Stmt::Local(local) => {
            let diverges = local.init.as_ref().and_then(|init| init.diverge.as_ref());
            diverges
                .into_iter()
                .for_each(|(_, otherwise)| of_expression(otherwise, plain));
        }
        Stmt::Macro(mac) => plain.extend(effects::jump_of(&mac.mac)),
        Stmt::Item(_) => {}
    }
}

fn of_expression(expr: &Expr, plain: &mut Vec<JumpId>) {
    match expr {
        Expr::Macro(mac) => plain.extend(effects::jump_of(&mac.mac)),
        Expr::Block(block) if block.label.is_none() => of_block(&block.block, plain),
        Expr::If(branches) if !syntax::has_let(&branches.cond) => {
            of_block(&branches.then_branch, plain);
            let otherwise = branches.else_branch.as_ref();
            otherwise
                .into_iter()
                .for_each(|(_, otherwise)| of_expression(otherwise, plain));
        }
        Expr::Match(matched) if gives_literal(matched) => {
            matched.arms.iter().for_each(|arm| of_expression(&arm.body, plain));
        }
        _ => {}
    }
}

/// Up to the first variable of its own.
fn of_block(block: &syn::Block, plain: &mut Vec<JumpId>) {
    let declares = |stmt: &&Stmt| matches!(stmt, Stmt::Local(_));
    let stmts = block.stmts.iter().take_while(|stmt| !declares(stmt));
    stmts.for_each(|stmt| of_statement(stmt, plain));
}

/// `match list.len() { 3 => .. }`: nothing drops with what is matched, which has a literal for a pattern, and is found without
/// temporaries.
fn gives_literal(matched: &ExprMatch) -> bool {
    let literal = |pat: &Pat| matches!(pat, Pat::Lit(_) | Pat::Range(_));
    let of_place = match &*matched.expr {
        Expr::MethodCall(call) => is_named(&call.receiver) && call.args.is_empty(),
        place => is_named(place),
    };
    let binds = matched.arms.iter().any(|arm| !pattern::bindings(&arm.pat).is_empty());
    of_place && !binds && matched.arms.iter().any(|arm| literal(pattern::unguarded(&arm.pat)))
}

/// A place that names lead to: `list[0].name`, `*self.counts[n]`.
fn is_named(place: &Expr) -> bool {
    match syntax::inner(place) {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(field) => is_named(&field.base),
        Expr::Index(index) => is_named(&index.expr) && is_named(&index.index),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_named(&unary.expr),
        _ => false,
    }
}
