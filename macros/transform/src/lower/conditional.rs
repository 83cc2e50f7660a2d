//! Variables that are moved on some paths only: what decides that is taken apart, so that each path knows.

use syn::{Block, Expr};

use super::Lower;
use crate::{desugar, effects, ir::Effect};

impl Lower<'_> {
    /// Whether the expression has to be taken apart rather than kept as it is.
    pub(super) fn takes_apart(&self, expr: &Expr) -> bool {
        desugar::suspends(expr) || self.moves_conditionally(expr) || self.breaks_into_shadowed(expr)
    }

    pub(super) fn block_takes_apart(&self, block: &Block) -> bool {
        desugar::block_suspends(block) || {
            let expr = Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block: block.clone(),
            });
            self.moves_conditionally(&expr) || self.breaks_into_shadowed(&expr)
        }
    }

    pub(super) fn moves_conditionally(&self, expr: &Expr) -> bool {
        !self.hints.conditional.is_empty() && {
            let effect = effects::of_expr(&self.machine, self.env, expr);
            self.has_conditional_move(&effect, matches!(expr, Expr::Block(_) | Expr::Unsafe(_)))
        }
    }

    /// Whether a variable that is moved on some paths only is moved here.
    pub(super) fn decides_on_path(&self, expr: &Expr) -> bool {
        !self.hints.conditional.is_empty() && {
            let (effect, taken) = effects::of_condition(&self.machine, self.env, expr);
            self.has_conditional_move(&effect, true) || self.has_conditional_move(&taken, true)
        }
    }

    fn has_conditional_move(&self, effect: &Effect, inside: bool) -> bool {
        match effect {
            Effect::Move(local) | Effect::Emptied(local) | Effect::Assign(local) if inside => {
                let name = self.machine.local(*local).ident.to_string();
                self.hints.conditional.contains(&name)
            }
            Effect::Part(part) if inside => {
                let name = self.machine.local(self.machine.whole(*part)).ident.to_string();
                self.hints.conditional.contains(&name)
            }
            Effect::Seq(list) => list.iter().any(|e| self.has_conditional_move(e, inside)),
            Effect::Branch(list) => list.iter().any(|e| self.has_conditional_move(e, true)),
            Effect::Loop(_, body) | Effect::Labelled(_, body) => self.has_conditional_move(body, true),
            _ => false,
        }
    }
}
