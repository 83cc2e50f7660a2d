//! Walks over a body and those nested in it.

use std::collections::BTreeSet;

use super::{BlockId, Body, Effect, End, EnvId, LocalId, Node};

impl Body {
    pub fn goto(target: BlockId, env: EnvId) -> Self {
        Body {
            nodes: Vec::new(),
            end: End::Goto(target, env),
        }
    }

    /// Calls `f` on this body and on those nested in it, outermost first.
    pub fn each(&self, f: &mut impl FnMut(&Body)) {
        f(self);
        for node in &self.nodes {
            if let Node::LetElse { otherwise, .. } = node {
                otherwise.each(f);
            }
        }
        match &self.end {
            End::If { then, otherwise, .. } => {
                then.each(f);
                otherwise.each(f);
            }
            End::Match { arms, .. } => arms.iter().for_each(|arm| arm.body.each(f)),
            End::Goto(..) | End::Suspend(_) | End::Complete(_) | End::Diverge => {}
        }
    }

    /// The same, to change them.
    pub fn each_mut(&mut self, f: &mut impl FnMut(&mut Body)) {
        f(self);
        for node in &mut self.nodes {
            if let Node::LetElse { otherwise, .. } = node {
                otherwise.each_mut(f);
            }
        }
        match &mut self.end {
            End::If { then, otherwise, .. } => {
                then.each_mut(f);
                otherwise.each_mut(f);
            }
            End::Match { arms, .. } => arms.iter_mut().for_each(|arm| arm.body.each_mut(f)),
            End::Goto(..) | End::Suspend(_) | End::Complete(_) | End::Diverge => {}
        }
    }

    /// Calls `f` on the end of this body and of those nested in it.
    pub fn each_end_mut(&mut self, f: &mut impl FnMut(&mut Body)) {
        for node in &mut self.nodes {
            if let Node::LetElse { otherwise, .. } = node {
                otherwise.each_end_mut(f);
            }
        }
        match &mut self.end {
            End::If { then, otherwise, .. } => {
                then.each_end_mut(f);
                otherwise.each_end_mut(f);
            }
            End::Match { arms, .. } => arms.iter_mut().for_each(|arm| arm.body.each_end_mut(f)),
            End::Goto(..) | End::Suspend(_) | End::Complete(_) | End::Diverge => f(self),
        }
    }

    /// Calls `f` on the effects of the code of this body and of those nested in it.
    pub fn each_effect_mut(&mut self, f: &mut impl FnMut(&mut Effect)) {
        for node in &mut self.nodes {
            match node {
                Node::Code(code) => f(&mut code.effect),
                Node::LetElse { code, otherwise } => {
                    f(&mut code.effect);
                    otherwise.each_effect_mut(f);
                }
                Node::EndScope(_) => {}
            }
        }
        match &mut self.end {
            End::Suspend(suspension) => f(&mut suspension.value.effect),
            End::Complete(Some(code)) => f(&mut code.effect),
            End::If {
                condition,
                taken,
                then,
                otherwise,
            } => {
                f(&mut condition.effect);
                f(taken);
                then.each_effect_mut(f);
                otherwise.each_effect_mut(f);
            }
            End::Match { scrutinee, arms } => {
                f(&mut scrutinee.effect);
                for arm in arms {
                    f(&mut arm.pattern.effect);
                    arm.body.each_effect_mut(f);
                }
            }
            End::Goto(..) | End::Complete(None) | End::Diverge => {}
        }
    }

    /// The variables that the body and those in it declare.
    pub fn introduced(&self) -> BTreeSet<LocalId> {
        let mut found = BTreeSet::new();
        self.each(&mut |body| body.own_effects(&mut |effect| found.append(&mut effect.introduced())));
        found
    }

    /// Calls `f` on the effects of this body's own code, not of nested bodies.
    pub fn own_effects(&self, f: &mut impl FnMut(&Effect)) {
        self.effects_of_nodes(f);
        match &self.end {
            End::Suspend(suspension) => f(&suspension.value.effect),
            End::Complete(Some(code)) => f(&code.effect),
            End::If { condition, taken, .. } => {
                f(&condition.effect);
                f(taken);
            }
            End::Match { scrutinee, arms } => {
                f(&scrutinee.effect);
                arms.iter().for_each(|arm| f(&arm.pattern.effect));
            }
            End::Goto(..) | End::Complete(None) | End::Diverge => {}
        }
    }

    /// The same without those of its end.
    pub fn effects_of_nodes(&self, f: &mut impl FnMut(&Effect)) {
        for node in &self.nodes {
            match node {
                Node::Code(code) | Node::LetElse { code, .. } => f(&code.effect),
                Node::EndScope(_) => {}
            }
        }
    }
}
