//! Folds the graph back into code: what remains as a block is a state.
//!
//! ```text
//! // Input:
//! Start: let (a, b) = (0, 1); goto Loop    Loop: suspend a, resume at Yield0    Yield0: (a, b) = ..; goto Loop
//! // Output:
//! Start: let (a, b) = (0, 1); suspend a, resume at Yield0    Yield0: (a, b) = ..; suspend a, resume at Yield0
//! ```
//!
//! Three rules, until none applies: a block that only goes on is skipped; a block with one predecessor becomes a part of
//! it; a tiny block is repeated instead of being a state. Before that, what only ends scopes becomes a part of all that lead to it, and
//! suspensions after which the same happens get one block (`twins`). Promises: the paths and the order of evaluation are the same;
//! code after a loop stays behind the loop's own code, because types are inferred in the order of the text.

mod graph;
pub(crate) mod guards;
mod leave;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use syn::{BinOp, Expr, ExprCall, Stmt, visit::Visit};

use self::graph::Graph;
use crate::{
    flow::{self, Flow, Holds},
    ir::{Block, BlockId, Body, Effect, End, EnvId, LocalId, Machine, Node, Role},
    syntax,
};

pub(crate) fn simplify(machine: &mut Machine, flow: &Flow, pinned: &BTreeSet<BlockId>) {
    remove_unreachable(machine);
    let mut graph = Graph::of(machine);
    while end_scopes(machine, &mut graph, flow, pinned)
        || skip(machine, &mut graph, flow)
        || leave::jumps(machine, &mut graph, pinned)
    {}
    twins::share(machine, &mut graph, flow, pinned);
    while skip(machine, &mut graph, flow)
        || inline(machine, &mut graph, flow, pinned)
        || repeat(machine, &mut graph, flow, pinned)
        || leave::jumps(machine, &mut graph, pinned)
    {}
    guards::end(machine, &graph, flow);
    machine.order = graph.left();
}

fn remove_unreachable(machine: &mut Machine) {
    let mut reached = BTreeSet::new();
    let mut work: Vec<_> = machine.order.first().copied().into_iter().collect();
    while let Some(block) = work.pop() {
        if reached.insert(block) {
            successors(machine, &machine.block(block).body, &mut |target, _| work.push(target));
        }
    }
    machine.order.retain(|block| reached.contains(block));
}

/// Calls `visit` with each block that the body leads to, and whether by a `goto`.
pub(crate) fn successors(machine: &Machine, body: &Body, visit: &mut impl FnMut(BlockId, bool)) {
    body.each(&mut |body| {
        match &body.end {
            End::Goto(target, _) => visit(*target, true),
            End::Suspend(suspension) => visit(suspension.resume, false),
            _ => {}
        }
        body.own_effects(&mut |effect| {
            effect.each(&mut |leaf| {
                if let Effect::Jump(jump) = leaf {
                    visit(machine.jumps[jump.0].target, false);
                }
            });
        });
    });
}

/// Applies `change` to each end of the blocks' bodies.
fn each_end(machine: &mut Machine, blocks: &[BlockId], change: &mut impl FnMut(&mut Body)) {
    for block in blocks {
        machine.blocks[block.0].body.each_end_mut(change);
    }
}

/// A block that only goes on: whoever comes here goes there right away.
fn skip(machine: &mut Machine, graph: &mut Graph, flow: &Flow) -> bool {
    while let Some(from) = graph.next(0) {
        let Some(to) = skipped(machine, flow, from) else {
            continue;
        };
        lead_to(machine, graph, from, to);
        return true;
    }
    false
}

/// A block that only ends scopes: whoever comes here ends them right away, if each of them can do so without a word. What
/// a suspension on the way has given away does not end then.
fn end_scopes(machine: &mut Machine, graph: &mut Graph, flow: &Flow, pinned: &BTreeSet<BlockId>) -> bool {
    while let Some(block) = graph.next(3) {
        let body = &machine.block(block).body;
        let goes_on = matches!(&body.end, End::Goto(target, _) if *target != block);
        let only = body.nodes.is_empty() && goes_on && graph.entries(block).others == 0 && !pinned.contains(&block);
        if only
            && machine.block(block).role != Role::Start
            && replace_gotos(machine, graph, flow, block, &BTreeSet::is_empty)
        {
            return true;
        }
    }
    false
}

/// Whoever comes to the one block comes to the other.
fn lead_to(machine: &mut Machine, graph: &mut Graph, from: BlockId, to: BlockId) {
    each_end(machine, &graph.leading_to(from), &mut |body| match &mut body.end {
        End::Goto(target, _) if *target == from => *target = to,
        End::Suspend(suspension) if suspension.resume == from => suspension.resume = to,
        _ => {}
    });
    for jump in &mut machine.jumps {
        if jump.target == from {
            jump.target = to;
        }
    }
    graph.folded(machine, from);
}

/// Where a block goes on, if that is all that it does.
fn skipped(machine: &Machine, flow: &Flow, block: BlockId) -> Option<BlockId> {
    let Block { role, body, .. } = machine.block(block);
    match body {
        Body {
            nodes,
            end: End::Goto(target, _),
        } if nodes.is_empty() && *target != block => {
            let quiet = ended_quietly(machine, flow, block, *target);
            (*role != Role::Start && quiet).then_some(*target)
        }
        _ => None,
    }
}

/// Whether nothing is dropped between these two blocks.
fn ended_quietly(machine: &Machine, flow: &Flow, from: BlockId, to: BlockId) -> bool {
    let Some(moves) = &flow.moves[from.0] else {
        return true;
    };
    let ended = machine.ended(machine.block(from).env, machine.block(to).env);
    !ended
        .iter()
        .any(|&local| flow::ends_with_drop(machine, local, moves.get(local)))
}

/// A block with one predecessor becomes a part of it.
fn inline(machine: &mut Machine, graph: &mut Graph, flow: &Flow, pinned: &BTreeSet<BlockId>) -> bool {
    while let Some(block) = graph.next(1) {
        let entries = graph.entries(block);
        if entries.gotos != 1 || entries.others > 0 || pinned.contains(&block) {
            continue;
        }
        let Block { role, body, .. } = machine.block(block);
        let after_loop = matches!(role, Role::After("for" | "while" | "loop"));
        let allowed = !after_loop || is_free_of_inference(body) || graph.follows_predecessor(block);
        if allowed && replace_gotos(machine, graph, flow, block, &|_| true) {
            return true;
        }
    }
    false
}

/// A tiny block is repeated where it is gone to.
fn repeat(machine: &mut Machine, graph: &mut Graph, flow: &Flow, pinned: &BTreeSet<BlockId>) -> bool {
    while let Some(block) = graph.next(2) {
        let entries = graph.entries(block);
        let body = &machine.block(block).body;
        let leads_back = matches!(&body.end, End::Goto(target, _) if *target == block);
        let repeated = entries.gotos > 0 && entries.others == 0 && !leads_back && !pinned.contains(&block);
        if repeated && is_tiny(body, entries.gotos) && replace_gotos(machine, graph, flow, block, &|_| true) {
            return true;
        }
    }
    false
}

/// Puts the block's body in place of all that go to it; `false` if a scope that ends on the way forbids it, or the places are not
/// `allowed` from which drops have to be written down.
fn replace_gotos(
    machine: &mut Machine,
    graph: &mut Graph,
    flow: &Flow,
    block: BlockId,
    allowed: &dyn Fn(&BTreeSet<EnvId>) -> bool,
) -> bool {
    let Block { body, env, .. } = machine.block(block);
    let (env, leading) = (*env, graph.leading_to(block));
    let plans = plans(machine, flow, block, env, &leading);
    let quiet = body.nodes.iter().all(|node| counts(machine, node)) && does_nothing(&body.end);
    let follows = !quiet || !body.nodes.is_empty();
    let either = |plan: &[(LocalId, Holds)]| plan.iter().any(|(_, holds)| *holds == Holds::Either);
    // What may have been moved drops at the end of the arm as well, if nobody can tell.
    let matters = |from: EnvId, plan: &[(LocalId, Holds)]| {
        outlived(machine, from, env, plan) || follows && !(quiet && either(plan))
    };
    if plans.iter().any(|(from, plan)| matters(*from, plan) && either(plan)) {
        return false;
    }
    let explicit: BTreeSet<_> = plans
        .iter()
        .filter(|(from, plan)| matters(**from, plan))
        .map(|(from, _)| *from)
        .collect();
    let early = plans.keys().filter(|from| follows || explicit.contains(from));
    if !allowed(&explicit) || early.into_iter().any(|from| outlives_nameless(machine, *from, env)) {
        return false;
    }
    let body = body.clone();
    each_end(machine, &leading, &mut |at| {
        if let End::Goto(target, from) = at.end
            && target == block
        {
            let ended: Vec<_> = plans
                .get(&from)
                .into_iter()
                .flatten()
                .map(|(local, _)| *local)
                .collect();
            if !ended.is_empty() && explicit.contains(&from) {
                at.nodes.push(Node::EndScope(ended));
            }
            at.nodes.extend(body.nodes.iter().cloned());
            at.end = body.end.clone();
            if let End::Goto(_, onward) = &mut at.end
                && !explicit.contains(&from)
            {
                *onward = from;
            }
        }
    });
    graph.folded(machine, block);
    true
}

/// Whether something that has no name ends on the way: nothing could be put behind that.
fn outlives_nameless(machine: &Machine, from: EnvId, to: EnvId) -> bool {
    let ended = machine.ended(from, to);
    ended.iter().any(|local| machine.local(*local).nameless)
}

/// Whether a variable that goes on is younger than one that ends: at the end of the arm it would be dropped first.
fn outlived(machine: &Machine, from: EnvId, to: EnvId, ended: &[(LocalId, Holds)]) -> bool {
    let scope = machine.in_scope(from);
    let first = scope
        .iter()
        .position(|local| ended.iter().any(|(other, _)| other == local));
    let mut kept = machine.visible(to);
    first.is_some_and(|first| kept.any(|local| scope[first..].contains(&local) && !machine.local(local).plain))
}

/// `position += 1;` of ours, which no drop can see, and which does not panic.
fn counts(machine: &Machine, node: &Node) -> bool {
    let Node::Code(code) = node else {
        return false;
    };
    let Stmt::Expr(Expr::Binary(counting), Some(_)) = &code.syntax else {
        return false;
    };
    let counted = syntax::variable(&counting.left).and_then(|name| machine.lookup(code.env, name));
    counted.is_some_and(|local| machine.local(local).ours)
        && matches!((&counting.op, &*counting.right), (BinOp::AddAssign(_), Expr::Lit(_)))
}

/// Whether variables may as well be dropped after this.
fn does_nothing(end: &End) -> bool {
    match end {
        End::Goto(..) | End::Complete(None) | End::Diverge => true,
        End::Complete(Some(value)) => trivial(&value.syntax),
        // A drop that panics must not leave a machine that can go on.
        End::Suspend(_) | End::If { .. } | End::Match { .. } => false,
    }
}

/// A literal or `()`, which has no drop, perhaps as that of a variant: `Ok(())`.
fn trivial(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Tuple(tuple) => tuple.elems.is_empty(),
        Expr::Call(call) => succeeds(call) && call.args.iter().all(trivial),
        _ => false,
    }
}

/// `Ok(value)`, `Some(value)`
fn succeeds(call: &ExprCall) -> bool {
    let named = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok") || path.path.is_ident("Some"));
    named && call.args.len() == 1
}

/// For each environment from which `block` is gone to: what ends on the way with a drop.
fn plans(
    machine: &Machine,
    flow: &Flow,
    block: BlockId,
    env: EnvId,
    leading: &[BlockId],
) -> BTreeMap<EnvId, Vec<(LocalId, Holds)>> {
    let mut plans = BTreeMap::new();
    for &from in leading {
        let Some(moves) = &flow.moves[from.0] else {
            continue;
        };
        goto_moves(machine, from, moves, &mut |target, at, moves| {
            if target == block {
                let ended = machine.ended(at, env).into_iter();
                let dropped: Vec<_> = ended
                    .map(|local| (local, moves.whole(machine, local)))
                    .filter(|(local, holds)| flow::ends_with_drop(machine, *local, *holds))
                    .collect();
                let plan: &mut Vec<(LocalId, Holds)> = plans.entry(at).or_default();
                for (local, holds) in dropped {
                    match plan.iter_mut().find(|(other, _)| *other == local) {
                        Some((_, before)) if *before != holds => *before = Holds::Either,
                        Some(_) => {}
                        None => plan.push((local, holds)),
                    }
                }
            }
        });
    }
    // Where paths differ in what they drop, still in order of declaration.
    for (at, plan) in &mut plans {
        let scope = machine.in_scope(*at);
        plan.sort_by_key(|(local, _)| scope.iter().position(|other| other == local));
    }
    plans
}

/// Calls `visit` for each `goto` of a block with what the variables hold there.
fn goto_moves(
    machine: &Machine,
    block: BlockId,
    moves: &flow::Moves,
    visit: &mut impl FnMut(BlockId, EnvId, flow::Moves),
) {
    flow::gotos(machine, &machine.block(block).body, moves.clone(), visit);
}

fn is_tiny(body: &Body, copies: usize) -> bool {
    let small = |tokens: usize| tokens <= if copies > 2 { 4 } else { 9 };
    let end = match &body.end {
        End::Suspend(suspension) => {
            let value = &suspension.value.syntax;
            // What is awaited may be an `async` block, and each of them has a type of its own.
            suspension.awaits.is_none() && body.nodes.is_empty() && is_free(value) && small(size(value))
        }
        End::Complete(None) => true,
        End::Complete(Some(value)) => is_free(&value.syntax) && small(size(&value.syntax)),
        End::Goto(..) => true,
        End::If { .. } | End::Match { .. } | End::Diverge => false,
    };
    let nodes = match body.nodes.as_slice() {
        [] => true,
        [Node::Code(code)] => {
            copies <= 2 && small(size(&code.syntax)) && is_free_stmt(&code.syntax) && no_jump(&code.effect)
        }
        _ => false,
    };
    end && nodes
}

fn no_jump(effect: &Effect) -> bool {
    let mut found = false;
    effect.each(&mut |leaf| found |= matches!(leaf, Effect::Jump(_)));
    !found
}

fn size(syntax: &impl quote::ToTokens) -> usize {
    fn count(tokens: proc_macro2::TokenStream) -> usize {
        tokens
            .into_iter()
            .map(|token| match token {
                proc_macro2::TokenTree::Group(group) => 1 + count(group.stream()),
                _ => 1,
            })
            .sum()
    }
    count(syntax.to_token_stream())
}

/// Whether the code can stand before the code that fixes the types of its variables.
fn is_free_of_inference(body: &Body) -> bool {
    let nodes = body.nodes.iter().all(|node| match node {
        Node::Code(code) => is_free_stmt(&code.syntax) && size(&code.syntax) <= 12,
        Node::LetElse { .. } | Node::EndScope(_) => false,
    });
    let end = match &body.end {
        End::Goto(..) | End::Complete(None) | End::Diverge => true,
        End::Suspend(suspension) => is_free(&suspension.value.syntax),
        End::Complete(Some(value)) => is_free(&value.syntax),
        End::If { .. } | End::Match { .. } => false,
    };
    nodes && end && body.nodes.len() <= 2
}

fn is_free(expr: &Expr) -> bool {
    let mut find = NeedsTypes(false);
    find.visit_expr(expr);
    !find.0
}

fn is_free_stmt(stmt: &Stmt) -> bool {
    let mut find = NeedsTypes(false);
    find.visit_stmt(stmt);
    !find.0
}

/// Finds what needs to know the type of an operand.
struct NeedsTypes(bool);

impl Visit<'_> for NeedsTypes {
    fn visit_expr(&mut self, expr: &Expr) {
        self.0 |= matches!(
            expr,
            Expr::MethodCall(_)
                | Expr::Field(_)
                | Expr::Index(_)
                | Expr::Closure(_)
                | Expr::Match(_)
                | Expr::ForLoop(_)
                | Expr::Try(_)
        );
        syn::visit::visit_expr(self, expr);
    }
}
