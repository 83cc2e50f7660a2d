//! Receivers of methods whose arguments suspend, or leave by `?` in front of an await: a method that takes one by value has it
//! before its arguments are evaluated, so it drops before younger variables if the function ends there.
//!
//! What a method takes only types tell. It is taken for a borrow, and where that makes a difference, rustc is asked by a
//! mention behind the call, unless there is one anyway:
//!
//! ```text
//! // Input:
//! let job = make(); let guard = lock(); job.add(yield 1);
//! // Output, behind the suspension:
//! job.add(received(..));
//! let _ = &job;
//! ```

use proc_macro2::{Ident, Span};
use syn::{Expr, ExprMethodCall, Stmt, parse_quote_spanned, spanned::Spanned};

use super::{Lower, awaits::exits, operand::Spill};
use crate::{
    desugar, effects,
    ir::{BlockId, Body, Effect, End, EnvId, LocalId, Machine, Node},
    pattern,
    span::ours,
    std_borrows, syntax,
};

/// A variable that a method was taken to borrow.
#[derive(Clone)]
pub(super) struct Borrowed {
    local: LocalId,
    /// The receiver: the variable, or a field of it.
    receiver: Expr,
    /// Where the name of the method stands.
    method: Span,
    env: EnvId,
    /// Where the last of the arguments resumes.
    from: BlockId,
    /// What the method gives is assigned to the variable itself.
    assigned: bool,
}

/// A mention that asks rustc whether that is so.
pub(super) struct Asked {
    what: Borrowed,
    block: BlockId,
    node: usize,
}

impl Lower<'_> {
    /// The variable that the method may take, if it would drop before younger ones then.
    pub(super) fn receiver_in_doubt(&self, expr: &Expr, spill: Spill) -> Option<LocalId> {
        let Expr::MethodCall(call) = expr else { return None };
        let may_end = match spill {
            Spill::Suspensions => call.args.iter().any(desugar::suspends),
            Spill::Exits => call.args.iter().any(exits),
        };
        if !may_end || syntax::consumes_receiver(call) {
            return None;
        }
        let local = self.machine.lookup(self.env, receiver(call)?)?;
        let variable = self.machine.local(local);
        let in_doubt = !variable.plain && !variable.ours && !variable.quiet && variable.derived.is_none();
        let of_std = self.owns(local) && std_borrows::borrows(&call.method);
        (in_doubt && !of_std && self.has_younger(local)).then_some(local)
    }

    fn has_younger(&self, local: LocalId) -> bool {
        let mut younger = self.machine.visible(self.env).take_while(|other| *other != local);
        younger.any(|other| {
            let other = self.machine.local(other);
            !other.plain && !other.quiet && other.derived.is_none()
        })
    }

    /// The arguments of the call have been evaluated.
    pub(super) fn note_borrowed(&mut self, local: LocalId, expr: &Expr) {
        if let Expr::MethodCall(call) = expr {
            self.borrowed.push(Borrowed {
                local,
                receiver: (*call.receiver).clone(),
                method: call.method.span(),
                env: self.env,
                from: self.at,
                assigned: false,
            });
        }
    }

    /// Behind a statement; what a `let` has got may borrow the receivers in it, so they wait.
    pub(super) fn ask_behind(&mut self, first: usize) {
        for what in self.borrowed.split_off(first) {
            self.ask_of(what);
        }
    }

    /// In front of a statement that hides one of them, or assigns it; one that mentions it otherwise asks by itself.
    pub(super) fn ask_before(&mut self, first: usize, stmt: &Stmt) {
        if self.borrowed.len() == first {
            return;
        }
        let effect = effects::of_stmt(&self.machine, self.env, stmt, &[]);
        let hidden: Vec<Ident> = match stmt {
            Stmt::Local(local) => pattern::names(&local.pat),
            _ => Vec::new(),
        };
        for what in self.borrowed.split_off(first) {
            let (mut used, mut assigned) = (false, hidden.contains(&self.machine.local(what.local).ident));
            effect.each(&mut |leaf| match leaf {
                Effect::Read(local) | Effect::Move(local) => used |= *local == what.local && !assigned,
                Effect::Part(part) => used |= self.machine.whole(*part) == what.local && !assigned,
                Effect::Assign(local) => assigned |= *local == what.local,
                _ => {}
            });
            match (used, assigned) {
                (true, _) => {}
                (false, true) => self.ask_of(what),
                (false, false) => self.borrowed.push(what),
            }
        }
    }

    /// The value that the function returns, behind which no statement can be: it goes to a variable if it calls such a method.
    pub(super) fn ask_before_end(&mut self, value: Expr) -> Expr {
        let borrowed = self.borrowed.clone();
        self.ask_between(value, borrowed)
    }

    /// The same for what is assigned to the receiver itself: `job = job.add(yield_!(1));`
    pub(super) fn ask_before_assigned(&mut self, place: &Expr, value: Expr) -> Expr {
        let local = syntax::variable(place).and_then(|name| self.machine.lookup(self.env, name));
        let (mut assigned, others) = std::mem::take(&mut self.borrowed)
            .into_iter()
            .partition::<Vec<_>, _>(|what| Some(what.local) == local);
        self.borrowed = others;
        assigned.iter_mut().for_each(|what| what.assigned = true);
        self.ask_between(value, assigned)
    }

    fn ask_between(&mut self, value: Expr, borrowed: Vec<Borrowed>) -> Expr {
        if borrowed.is_empty() {
            return value;
        }
        let mentioned = self.machine.mentioned(&self.expr_code(value.clone()).effect);
        let value = match borrowed.iter().any(|what| mentioned.contains(&what.local)) {
            true => self.bind_temporary("value", value.clone(), value.span()),
            false => value,
        };
        borrowed.into_iter().for_each(|what| self.ask_of(what));
        value
    }

    fn ask_of(&mut self, what: Borrowed) {
        let (receiver, at) = (&what.receiver, what.method);
        let stmt: Stmt = parse_quote_spanned!(ours(at)=> let _ = &#receiver;);
        let env = std::mem::replace(&mut self.env, what.env);
        let code = self.stmt_code(stmt, &[]);
        self.env = env;
        self.asks.push(Asked {
            what,
            block: self.at,
            node: self.machine.block(self.at).body.nodes.len(),
        });
        self.push(Node::Code(code));
    }

    /// Removes the mentions that say nothing new: where the variable is mentioned again, or a state carries it.
    pub(super) fn remove_needless(&mut self) {
        for Asked { what, block, node } in std::mem::take(&mut self.asks).into_iter().rev() {
            let mut behind = self.machine.block(block).body.clone();
            behind.nodes.drain(..=node);
            let within = &self.machine.block(what.from).body;
            let said = self.says(&behind, what.local, true) || self.says(within, what.local, false);
            if said && !what.assigned {
                self.machine.blocks[block.0].body.nodes.remove(node);
            }
        }
    }

    /// Whether code from here on says that the variable has its value still: states that carry it, and `mentions`.
    fn says(&self, body: &Body, local: LocalId, mentions: bool) -> bool {
        let mut walk = Walk {
            machine: &self.machine,
            local,
            mentions,
            next: Vec::new(),
        };
        if walk.says(body) {
            return true;
        }
        let mut seen = 0;
        while let Some(&block) = walk.next.get(seen) {
            seen += 1;
            if walk.says(&self.machine.block(block).body) {
                return true;
            }
        }
        false
    }
}

struct Walk<'m> {
    machine: &'m Machine,
    local: LocalId,
    mentions: bool,
    next: Vec<BlockId>,
}

impl Walk<'_> {
    fn says(&mut self, body: &Body) -> bool {
        for node in &body.nodes {
            if let Node::Code(code) | Node::LetElse { code, .. } = node {
                match self.of_code(&code.effect) {
                    Says::Nothing => {}
                    Says::Yes => return true,
                    Says::Assigned => return false,
                }
            }
        }
        let mut said = false;
        body.each(&mut |body| said |= self.end(&body.end));
        said
    }

    fn of_code(&mut self, effect: &Effect) -> Says {
        let mut says = Says::Nothing;
        effect.each(&mut |leaf| {
            let of = match leaf {
                Effect::Assign(local) if *local == self.local => Says::Assigned,
                Effect::Read(local) | Effect::Move(local) | Effect::Emptied(local)
                    if self.mentions && *local == self.local =>
                {
                    Says::Yes
                }
                Effect::Part(part) if self.mentions && self.machine.whole(*part) == self.local => Says::Yes,
                Effect::Jump(jump) => return self.go(self.machine.jumps[jump.0].target),
                _ => return,
            };
            if says == Says::Nothing {
                says = of;
            }
        });
        says
    }

    fn end(&mut self, end: &End) -> bool {
        match end {
            End::Goto(target, _) => {
                self.go(*target);
                false
            }
            End::Suspend(suspension) => {
                let effect = &suspension.value.effect;
                let mut carried = self.machine.visible(self.machine.block(suspension.resume).env);
                // What awaits it may have it for good.
                let given = suspension.awaits.is_some() && self.machine.mentioned(effect).contains(&self.local);
                self.go(suspension.resume);
                self.of_code(effect) == Says::Yes || !given && carried.any(|local| local == self.local)
            }
            End::Complete(Some(code)) => self.of_code(&code.effect) == Says::Yes,
            End::If { condition, .. } => self.of_code(&condition.effect) == Says::Yes,
            End::Match { scrutinee, .. } => self.of_code(&scrutinee.effect) == Says::Yes,
            End::Complete(None) | End::Diverge => false,
        }
    }

    fn go(&mut self, target: BlockId) {
        if !self.next.contains(&target) {
            self.next.push(target);
        }
    }
}

/// What code says of a variable.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    Nothing,
    /// That it has a value.
    Yes,
    Assigned,
}

/// The variable of a receiver that is one, or a field of one.
fn receiver(call: &ExprMethodCall) -> Option<&Ident> {
    let mut place = syntax::inner(&call.receiver);
    while let Expr::Field(field) = place {
        place = syntax::inner(&field.base);
    }
    syntax::variable(place)
}
