//! Labelled blocks for the jumps that leave a guard: it drops at the end of the block, and what it borrows goes on behind that.
//!
//! ```text
//! 'after_loop0: {
//!     match jobs.lock().unwrap().pop() {
//!         Some(job) => count += job,
//!         None => break 'after_loop0,
//!     }
//!     put(state, State::Await0 { jobs, count });
//!     return Yielded(tick().awaitable());
//! }
//! State::AfterLoop0 { jobs, count }
//! ```

use std::{collections::BTreeSet, iter, mem, ops::Range};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Expr, ExprBlock, Lifetime, Local, Stmt, visit_mut::VisitMut};

use super::{
    body::{Frame, Writer},
    guarded,
    leave::Leave,
};
use crate::{
    effects,
    ir::{BlockId, Body, Code, Effect, End, EnvId, Jump, JumpId, LocalId, Node},
    names, pattern,
    simplify::guards,
};

/// A block that is being written, or several that begin at the same place.
pub(super) struct Labelled {
    /// What stands in it, and there only.
    declared: BTreeSet<LocalId>,
    /// What holds where it begins.
    outside: Frame,
    exits: Vec<Exit>,
}

/// How a block is left.
#[derive(Clone, Copy)]
enum Way<'a> {
    /// As its code ends.
    End,
    Break,
    /// With a value for what this declares.
    Value(&'a Local),
}

struct Exit {
    /// If something breaks out of the block, rather than to end with it.
    label: Option<Lifetime>,
    /// `let found =`, if it leaves with a value.
    bound: Option<TokenStream>,
    target: BlockId,
    /// The state that stands behind the block.
    next: TokenStream,
}

impl Exit {
    /// The block, and what follows it.
    fn around(self, code: &TokenStream, goes_on: &TokenStream) -> TokenStream {
        let label = self.label.map(|label| quote!(#label:));
        match self.bound {
            Some(bound) => quote!(#bound #label { #code }; #goes_on),
            None => quote!(#label { #code } #goes_on),
        }
    }
}

impl Writer<'_> {
    pub(super) fn is_in_block(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// The node at which a block has to begin, since something leaves a guard that was made there or later.
    pub(super) fn block_start(&self, first: usize, body: &Body) -> Option<usize> {
        let mut start = None;
        let mut from = |at: Option<usize>| start = start.into_iter().chain(at).min();
        for (index, node) in body.nodes.iter().enumerate().skip(first) {
            let Node::Code(code) = node else {
                continue;
            };
            let jumps = self.jumps_of(code);
            if jumps.is_empty() {
                continue;
            }
            let guarded = guarded::jumps(self.machine, code, self.parts.function.edition);
            for jump in jumps {
                let Jump { target, env, plain, .. } = self.machine.jumps[jump.0];
                from(guarded.contains(&jump).then_some(index));
                // Otherwise it can be dropped right before.
                from(self.made(target, env, first..index, body).filter(|_| !plain));
            }
        }
        body.each(&mut |inner| {
            if let End::Goto(target, env) = inner.end {
                from(self.made(target, env, first..body.nodes.len(), body));
            }
        });
        start
    }

    /// Which of the nodes makes the first guard that ends where a block is gone to.
    fn made(&self, target: BlockId, from: EnvId, nodes: Range<usize>, body: &Body) -> Option<usize> {
        let guard = guards::ended_guard(self.machine, from, self.machine.block(target).env)?;
        let declares = |at: &usize| match &body.nodes[*at] {
            Node::Code(code) | Node::LetElse { code, .. } => code.effect.introduced().contains(&guard),
            Node::EndScope(_) => false,
        };
        nodes.into_iter().find(declares)
    }

    fn jumps_of(&self, code: &Code<Stmt>) -> Vec<JumpId> {
        let mut jumps = Vec::new();
        code.effect.each(&mut |leaf| {
            if let Effect::Jump(jump) = leaf
                && self.machine.jumps[jump.0].returns.is_none()
            {
                jumps.push(*jump);
            }
        });
        jumps
    }

    /// The rest of a body, in a block for each state that its jumps lead to.
    pub(super) fn in_blocks(&mut self, start: usize, body: &Body, leave: Leave, frame: Frame) -> TokenStream {
        let rest = Body {
            nodes: body.nodes[start..].to_vec(),
            end: body.end.clone(),
        };
        self.blocks.push(Labelled {
            declared: rest.introduced(),
            outside: frame.clone(),
            exits: Vec::new(),
        });
        let mut code = self.rest(start, body, frame);
        let mut exits = self
            .blocks
            .last_mut()
            .map(|block| mem::take(&mut block.exits))
            .unwrap_or_default();
        let last = exits.pop();
        for exit in exits {
            let next = self.goes_to(exit.target, exit.next.clone(), Leave::Early);
            code = exit.around(&code, &next);
        }
        self.blocks.pop();
        // Without one, nothing could leave it.
        let Some(exit) = last else {
            return code;
        };
        let next = self.goes_to(exit.target, exit.next.clone(), leave);
        exit.around(&code, &next)
    }

    /// What stands in the block. Where it ends as a jump does, it ends with the block of that.
    fn rest(&mut self, start: usize, body: &Body, mut frame: Frame) -> TokenStream {
        let all = body.nodes.len();
        let ended = match (&body.end, body.nodes.last()) {
            (End::Goto(..), Some(Node::EndScope(locals))) if self.is_within(locals) => all - 1,
            _ => all,
        };
        let mut code = self.nodes(start..ended, body, &mut frame);
        if let End::Goto(target, from) = body.end {
            let falls = self.exit(target, from, &frame, Way::End);
            let exits = self.blocks.last_mut().map(|block| &mut block.exits);
            if let (Some(exits), Some(exit)) = (exits, falls) {
                exits.swap(0, exit);
                return code;
            }
        }
        code.extend(self.nodes(ended..all, body, &mut frame));
        code.extend(self.end(&body.end, Leave::Early, frame));
        code
    }

    /// Whether variables are those of the innermost block.
    fn is_within(&self, locals: &[LocalId]) -> bool {
        let block = self.blocks.last();
        block.is_some_and(|block| locals.iter().all(|local| block.declared.contains(local)))
    }

    /// `break 'after_loop0`, out of the block, if what goes on is there behind that.
    pub(super) fn leaves_block(&mut self, target: BlockId, from: EnvId, frame: &Frame) -> Option<TokenStream> {
        let exit = self.exit(target, from, frame, Way::Break)?;
        let label = &self.blocks.last()?.exits[exit].label;
        Some(quote!(break #label))
    }

    /// The same of `{ let found = value; <jump> }`, without the value.
    pub(super) fn leaves_block_with_value(&mut self, block: &ExprBlock) -> Option<TokenStream> {
        let [Stmt::Local(local), jump] = block.block.stmts.as_slice() else {
            return None;
        };
        let mac = match jump {
            Stmt::Macro(jump) => &jump.mac,
            Stmt::Expr(Expr::Macro(jump), _) => &jump.mac,
            _ => return None,
        };
        let jump = effects::jump_of(mac)?;
        let Jump {
            target,
            env,
            returns: None,
            ..
        } = self.machine.jumps[jump.0]
        else {
            return None;
        };
        if !self.gives(local, env, target) {
            return None;
        }
        let frame = self.jumps.get(&jump).cloned()?;
        let exit = self.exit(target, env, &frame, Way::Value(local))?;
        let label = &self.blocks.last()?.exits[exit].label;
        Some(quote!(break #label))
    }

    /// Whether what the statement declares is what the `break` gives its value, and no variable of the code around it.
    fn gives(&self, local: &Local, from: EnvId, target: BlockId) -> bool {
        let (names, there) = (pattern::names(&local.pat), self.machine.block(target).env);
        let (before, given) = (self.machine.in_scope(from), |name| self.machine.lookup(there, name));
        let new = |name| given(name).is_some_and(|local| !before.contains(&local));
        !names.is_empty() && names.iter().all(new)
    }

    /// The same where what ends is a guard of the block.
    pub(super) fn ends_block(&mut self, target: BlockId, from: EnvId, frame: &Frame) -> Option<TokenStream> {
        let guard = guards::ended_guard(self.machine, from, self.machine.block(target).env)?;
        let leaves = self.is_within(&[guard]).then(|| self.leaves_block(target, from, frame));
        leaves.flatten()
    }

    /// Which of the block's exits leads there.
    fn exit(&mut self, target: BlockId, from: EnvId, frame: &Frame, way: Way) -> Option<usize> {
        let block = self.blocks.last()?;
        let state = self.layout.state(target)?;
        let mut scope = self.machine.in_scope(from);
        let bound = match way {
            Way::Value(local) => {
                let names = pattern::names(&local.pat);
                let there = self.machine.block(target).env;
                scope.extend(names.iter().filter_map(|name| self.machine.lookup(there, name)));
                Some(self.bound_behind(local, there))
            }
            Way::End | Way::Break => None,
        };
        let inside = |local: &LocalId| {
            let new =
                |now: &BTreeSet<LocalId>, before: &BTreeSet<LocalId>| now.contains(local) && !before.contains(local);
            // What a `break` gives is not in scope before.
            !scope.contains(local)
                || block.declared.contains(local)
                || new(&frame.declared, &block.outside.declared)
                || new(&frame.held, &block.outside.held)
        };
        if state.kept().any(|field| inside(&field.local)) {
            return None;
        }
        let next = self.state(target, frame, None);
        let label = (!matches!(way, Way::End)).then(|| self.free_label(&names::snake(&state.name.to_string())));
        let exits = &mut self.blocks.last_mut()?.exits;
        let text = |bound: &Option<TokenStream>| bound.as_ref().map(TokenStream::to_string);
        let same = |exit: &Exit| {
            let given = text(&exit.bound) == text(&bound);
            exit.target == target && given && exit.next.to_string() == next.to_string()
        };
        if let Some(at) = exits.iter().position(same) {
            exits[at].label = exits[at].label.take().or(label);
            return Some(at);
        }
        exits.push(Exit {
            label,
            bound,
            target,
            next,
        });
        Some(exits.len() - 1)
    }

    /// `let found =`, with the names that the variables have behind the block.
    fn bound_behind(&self, local: &Local, there: EnvId) -> TokenStream {
        let mut pat = local.pat.clone();
        let displayed = |name: &Ident| {
            let local = self.machine.lookup(there, name)?;
            Some((name.clone(), self.layout.display(self.machine, local)))
        };
        let names = pattern::names(&pat);
        pattern::Renamed(names.iter().filter_map(displayed).collect()).visit_pat_mut(&mut pat);
        quote!(let #pat =)
    }

    fn free_label(&self, wish: &str) -> Lifetime {
        let exits = self.blocks.iter().flat_map(|block| &block.exits);
        let exits: Vec<_> = exits.filter_map(|exit| exit.label.as_ref()).collect();
        let taken = |name: &String| exits.iter().any(|label| label.to_string() == *name);
        let numbered = (1..).map(|number| format!("'{wish}_{number}"));
        let mut labels = iter::once(format!("'{wish}")).chain(numbered);
        let label = labels.find(|name| !self.names.mentions(name) && !taken(name));
        Lifetime::new(&label.unwrap_or_default(), Span::call_site())
    }
}
