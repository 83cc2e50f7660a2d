//! What an arm has to have before its code can run: borrows that are taken again, variables that it assigns first.

use super::body::{Frame, Writer};
use crate::{
    flow::Holds,
    ir::{Body, Code, DerivationId, Effect, End, LocalId, Machine, Node},
    layout::{Form, State},
    pattern, syntax,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::{Expr, Stmt};

impl Writer<'_> {
    /// The variables that the code mentions, other than those it declares first.
    pub fn mentioned(machine: &Machine, body: &Body) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        body.each(&mut |body| {
            body.own_effects(&mut |effect| found.extend(machine.mentioned(effect)));
        });
        found
    }

    /// What the code mentions, and what the borrows that it uses are taken of.
    pub(super) fn needed(machine: &Machine, body: &Body) -> BTreeSet<LocalId> {
        machine.with_origins(Self::mentioned(machine, body))
    }

    /// The borrows that this arm needs.
    pub(super) fn taken_again(&mut self, state: &State, body: &Body) -> TokenStream {
        if self.machine.derivations.is_empty() {
            return TokenStream::new();
        }
        let scope: BTreeSet<_> = self.machine.visible(self.machine.block(state.block).env).collect();
        let work = self.mentioned_apart(body).into_iter().collect();
        let live = &self.flow.live[state.block.0];
        self.derivations_of(work, &|local| scope.contains(&local) && live.contains(&local))
    }

    /// The `let`s of the borrows among these variables and of what they are taken of.
    pub(super) fn derivations_of(
        &mut self,
        mut work: Vec<LocalId>,
        is_needed: &dyn Fn(LocalId) -> bool,
    ) -> TokenStream {
        let mut needed: BTreeSet<DerivationId> = BTreeSet::new();
        let mut mentioned = BTreeSet::new();
        while let Some(local) = work.pop() {
            mentioned.insert(local);
            let Some(id) = self.machine.local(local).derived else {
                continue;
            };
            if is_needed(local) && needed.insert(id) {
                work.extend(self.machine.derivations[id.0].code.effect.used());
            }
        }
        let apart = std::mem::replace(&mut self.apart, mentioned);
        let mut tokens = TokenStream::new();
        for id in needed {
            let derivation = &self.machine.derivations[id.0];
            let declared = derivation.locals.iter().map(|&local| Effect::Declare(local));
            let mut code = derivation.code.clone();
            code.effect = Effect::Seq(declared.collect());
            let stmt = self.stmt(&code);
            tokens.extend(quote!(#stmt));
        }
        self.apart = apart;
        tokens
    }

    /// Variables that this arm assigns without having them: `let x;`, or `let x = ..;` where it assigns them at once.
    /// Those that only a future of the arm assigns are declared there.
    pub(super) fn redeclared(&mut self, state: &State, body: &Body) -> TokenStream {
        (self.at_once, self.in_future) = Default::default();
        if super::is_start(self.machine, state) {
            return TokenStream::new();
        }
        let fields: BTreeSet<_> = state
            .carried()
            .filter(|f| f.form == Form::Plain)
            .map(|f| f.local)
            .collect();
        let mut missing = self.machine.in_scope(self.machine.block(state.block).env);
        missing.retain(|local| self.machine.local(*local).is_carried() && !fields.contains(local));
        if missing.is_empty() {
            return TokenStream::new();
        }
        let mentioned = Self::mentioned(self.machine, body);
        let missing = missing.into_iter().filter(|local| mentioned.contains(local));
        let (in_future, missing): (Vec<_>, Vec<_>) =
            missing.partition(|local| self.machine.local(*local).plain && !self.apart.contains(local));
        let (at_once, missing): (BTreeSet<_>, Vec<_>) = {
            let alone = |local: LocalId| {
                let first = self.younger(state, local).is_empty() && !self.is_assigned_late(body, local, false);
                ends_with_assignment(self.machine, body, local) || first
            };
            let (at_once, missing): (Vec<_>, Vec<_>) = missing
                .into_iter()
                .partition(|local| assigned_at_once(body, *local) && alone(*local));
            (at_once.into_iter().collect(), missing)
        };
        let declarations = missing.into_iter().map(|local| {
            let (declared, younger) = (self.declared_empty(local), self.younger(state, local));
            quote!(#declared #(#younger)*)
        });
        let declarations = declarations.collect();
        (self.at_once, self.in_future) = (at_once, in_future.into_iter().collect());
        declarations
    }

    /// `let x;`
    fn declared_empty(&self, local: LocalId) -> TokenStream {
        let variable = self.machine.local(local);
        let name = self.layout.display(self.machine, local);
        let ty = variable.ty.as_ref().map(|ty| quote!(: #ty));
        let mutable = variable.mutable.then(|| quote!(mut));
        quote!(let #mutable #name #ty;)
    }

    /// The same of those that the operand of an await assigns and the arm does not have.
    pub(super) fn declared_within(&self, operand: &Effect) -> TokenStream {
        let assigned = self.in_future.iter().filter(|local| mentions(operand, **local));
        assigned.map(|local| self.declared_empty(*local)).collect()
    }

    /// Whether the body declares something with a drop before it assigns the variable. `late`: it has done so already.
    fn is_assigned_late(&self, body: &Body, local: LocalId, mut late: bool) -> bool {
        let mut declares = |effect: &Effect| {
            effect
                .each(&mut |leaf| late |= matches!(leaf, Effect::Declare(other) if !self.machine.local(*other).plain));
        };
        for node in &body.nodes {
            match node {
                Node::Code(code) if mentions(&code.effect, local) => return late,
                Node::Code(code) | Node::LetElse { code, .. } => declares(&code.effect),
                Node::EndScope(_) => {}
            }
        }
        match &body.end {
            End::If {
                condition,
                then,
                otherwise,
                ..
            } => {
                declares(&condition.effect);
                self.is_assigned_late(then, local, late) || self.is_assigned_late(otherwise, local, late)
            }
            End::Match { arms, .. } => arms.iter().any(|arm| {
                let mut late = late;
                arm.pattern
                    .effect
                    .each(&mut |leaf| late |= matches!(leaf, Effect::Declare(_)));
                self.is_assigned_late(&arm.body, local, late)
            }),
            _ => false,
        }
    }

    /// `let x = x;` of the fields that are dropped before this variable, which the arm has to declare.
    pub(super) fn younger(&self, state: &State, local: LocalId) -> Vec<TokenStream> {
        if self.machine.local(local).plain {
            return Vec::new();
        }
        let scope = self.machine.in_scope(self.machine.block(state.block).env);
        let younger: Vec<_> = scope.into_iter().skip_while(|other| *other != local).skip(1).collect();
        let fields = state.carried().filter(|field| younger.contains(&field.local));
        let fields = fields.filter(|field| field.form == Form::Held || !self.machine.local(field.local).plain);
        let again = fields.map(|field| {
            let name = &field.name;
            let mutable = (field.form == Form::Plain && self.machine.local(field.local).mutable).then(|| quote!(mut));
            quote!(let #mutable #name = #name;)
        });
        again.collect()
    }

    /// `x = value;` as the `let` of a variable that the arm does not have yet.
    pub(super) fn let_instead(&mut self, code: &Code<Stmt>, frame: &mut Frame) -> Option<TokenStream> {
        let (local, value) = plain_assignment(code)?;
        if !self.at_once.contains(&local) || !frame.declared.insert(local) {
            return None;
        }
        let variable = self.machine.local(local);
        let name = self.layout.display(self.machine, local);
        let ty = variable.ty.as_ref().map(|ty| quote!(: #ty));
        let mutable = variable.mutable.then(|| quote!(mut));
        let value = self.expr(&Code {
            syntax: value.clone(),
            env: code.env,
            effect: code.effect.clone(),
        });
        Some(quote!(let #mutable #name #ty = #value;))
    }

    /// Whether the arm leaves the variable to the arms that take it again.
    pub(super) fn is_left_to_others(&self, local: LocalId) -> bool {
        let derived = self.machine.local(local).derived.is_some();
        derived && !self.apart.contains(&local) && self.all_mentions.contains(&local)
    }

    /// Whether a state carries the variable though it may hold nothing: with its `let`, rustc says so.
    pub(super) fn is_used_before_assignment(&self, local: LocalId) -> bool {
        self.layout.states.iter().any(|state| {
            let carried = state
                .carried()
                .any(|field| field.local == local && field.form == Form::Plain);
            let holds = self.flow.moves[state.block.0].as_ref().map(|moves| moves.get(local));
            carried && holds.is_some_and(|holds| holds != Holds::Value)
        })
    }

    /// A borrow that this arm does not use, and whose evaluation does nothing.
    pub(super) fn is_for_later(&self, code: &Code<Stmt>) -> bool {
        let Stmt::Local(local) = &code.syntax else {
            return false;
        };
        if local.init.is_none() {
            let mut elsewhere = false;
            code.effect.each(&mut |leaf| {
                if let Effect::Unset(local) = leaf {
                    elsewhere |= !self.mentions.contains(local) && self.all_mentions.contains(local);
                    elsewhere &= !self.is_used_before_assignment(*local);
                }
            });
            return elsewhere;
        }
        let (mut any, mut all) = (false, true);
        code.effect.each(&mut |leaf| {
            if let Effect::Declare(local) = leaf {
                any = true;
                all &= self.is_left_to_others(*local);
            }
        });
        let quiet = local
            .init
            .as_ref()
            .is_some_and(|init| init.diverge.is_none() && !syntax::indexes(&init.expr));
        any && all && quiet
    }

    /// What is left to other arms is declared here too if its type is one of the user's: with a drop of its own it would have to be
    /// there at the suspension, and rustc refuses it.
    pub(super) fn shown_to_rustc(&mut self, code: &Code<Stmt>) -> TokenStream {
        let Stmt::Local(local) = &code.syntax else {
            return TokenStream::new();
        };
        let value = local
            .init
            .as_ref()
            .filter(|init| syntax::makes_type_of_user(&init.expr));
        let (Some(value), Some(name)) = (value, pattern::single(&local.pat)) else {
            return TokenStream::new();
        };
        let unused = self.names.unused(&name.ident);
        let value = self.expr(&Code {
            syntax: (*value.expr).clone(),
            env: code.env,
            effect: code.effect.clone(),
        });
        quote!(let #unused = #value;)
    }
}

/// `x = value;` of a variable that `value` does not mention.
pub(super) fn plain_assignment(code: &Code<Stmt>) -> Option<(LocalId, &Expr)> {
    let Stmt::Expr(Expr::Assign(assign), Some(_)) = &code.syntax else {
        return None;
    };
    let mut assigned = None;
    let mut mentioned = BTreeSet::new();
    code.effect.each(&mut |leaf| match leaf {
        Effect::Assign(local) => assigned = Some(*local),
        Effect::Read(local) | Effect::Move(local) => drop(mentioned.insert(*local)),
        _ => {}
    });
    syntax::variable(&assign.left)?;
    assigned
        .filter(|local| !mentioned.contains(local))
        .map(|local| (local, &*assign.right))
}

/// Whether the variable is assigned by a statement before anything else mentions it, on each path of the body.
pub(super) fn assigned_at_once(body: &Body, local: LocalId) -> bool {
    for node in &body.nodes {
        match node {
            Node::Code(code) if mentions(&code.effect, local) => {
                return plain_assignment(code).is_some_and(|(assigned, _)| assigned == local);
            }
            Node::LetElse { code, otherwise } => {
                let mut found = mentions(&code.effect, local);
                otherwise.each(&mut |body| body.own_effects(&mut |effect| found |= mentions(effect, local)));
                if found {
                    return false;
                }
            }
            Node::Code(_) | Node::EndScope(_) => {}
        }
    }
    match &body.end {
        End::If {
            condition,
            then,
            otherwise,
            ..
        } => !mentions(&condition.effect, local) && assigned_at_once(then, local) && assigned_at_once(otherwise, local),
        End::Match { scrutinee, arms } => {
            let early =
                mentions(&scrutinee.effect, local) || arms.iter().any(|arm| mentions(&arm.pattern.effect, local));
            !early && arms.iter().all(|arm| assigned_at_once(&arm.body, local))
        }
        End::Suspend(suspension) => !mentions(&suspension.value.effect, local),
        End::Complete(value) => !value.as_ref().is_some_and(|value| mentions(&value.effect, local)),
        End::Goto(..) | End::Diverge => true,
    }
}

pub(super) fn mentions(effect: &Effect, local: LocalId) -> bool {
    let mut found = false;
    effect.each(&mut |leaf| {
        found |= matches!(leaf, Effect::Read(l) | Effect::Move(l) | Effect::Emptied(l) | Effect::Assign(l) if *l == local);
    });
    found
}

/// Whether the arm ends as soon as it has assigned the variable, so that the two are not dropped by it.
fn ends_with_assignment(machine: &Machine, body: &Body, local: LocalId) -> bool {
    let mut always = true;
    body.each(&mut |body| {
        let assigned = body.nodes.iter().rposition(|node| match node {
            Node::Code(code) => mentions(&code.effect, local),
            Node::LetElse { .. } | Node::EndScope(_) => false,
        });
        if let Some(index) = assigned {
            let Node::Code(code) = &body.nodes[index] else {
                return;
            };
            let last =
                body.nodes[index + 1..].iter().all(|node| is_reset(machine, node)) && plain_assignment(code).is_some();
            always &= last && matches!(body.end, End::Goto(..));
        }
    });
    always
}

/// `count = 1;`, `let mut count = 1;`: nothing drops, and nothing can panic.
fn is_reset(machine: &Machine, node: &Node) -> bool {
    let Node::Code(code) = node else { return false };
    match &code.syntax {
        Stmt::Local(syn::Local {
            init: Some(init), pat, ..
        }) => init.diverge.is_none() && pattern::single(pat).is_some() && syntax::is_constant(&init.expr),
        _ => plain_assignment(code)
            .is_some_and(|(assigned, value)| machine.local(assigned).plain && syntax::is_constant(value)),
    }
}
