//! `join!` and `select!`.

use super::Writer;
use super::scope::Form;
use super::types::{Ty, VALUES};
use crate::switches::Switch;

impl Writer<'_> {
    /// Whether one of the two may stand here.
    pub fn can_be_together(&mut self) -> bool {
        let allowed = self.allowed(Switch::Together);
        allowed && (!self.in_macro || self.allowed(Switch::TogetherInMacro))
    }

    /// One of two values that are awaited together.
    pub fn joined(&mut self, ty: Ty) -> String {
        let other = self.random.weighted(&VALUES);
        match self.random.chance(50) {
            true => format!("{}.0", self.join(&[ty, other])),
            false => format!("{}.1", self.join(&[other, ty])),
        }
    }

    /// `tokio::join!(..)`.
    pub fn join(&mut self, types: &[Ty]) -> String {
        let futures = types.iter().map(|ty| self.future(*ty));
        format!("tokio::join!({})", futures.collect::<Vec<_>>().join(", "))
    }

    /// What may stand in such a macro: nothing leaves it, and no item is yielded from there.
    fn future(&mut self, ty: Ty) -> String {
        self.under(
            |writer| {
                writer.exits = false;
                writer.suspends &= !writer.kind.yields();
            },
            |writer| match writer.random.below(6) {
                0 => format!("pass({})", writer.operand(ty)),
                1 if ty == Ty::Num => {
                    let of = writer.random.weighted(&VALUES);
                    format!("look({})", writer.reference(of))
                }
                2 => format!("async {{ {} }}", writer.in_async(ty)),
                _ => format!("later({}, {})", writer.label("f"), writer.operand(ty)),
            },
        )
    }

    /// `tokio::select! { .. }`, of which the first branch that is ready gives the value.
    pub fn selected(&mut self, ty: Ty) -> String {
        let awaited: Vec<_> = (0..2).map(|_| self.random.weighted(&VALUES)).collect();
        let refutable = self.random.chance(40);
        let heads: Vec<_> = self.whole(|writer| {
            let heads = awaited
                .iter()
                .enumerate()
                .map(|(branch, ty)| match (branch, refutable) {
                    (0, true) => writer.future(Ty::MaybeTracer),
                    _ => writer.future(*ty),
                });
            heads.collect()
        });
        let condition = match self.random.chance(30) {
            true => format!(", if {}", self.flag()),
            false => String::new(),
        };
        let branches = self.branches(2, |writer, branch| {
            writer.scoped(|writer| {
                let name = writer.name();
                let (pattern, bound) = match (branch, refutable) {
                    (0, true) => (format!("Some({name})"), Ty::Tracer),
                    _ => (name.clone(), awaited[branch]),
                };
                writer.declare(&name, Form::Value(bound), false);
                let condition = if branch == 0 { condition.as_str() } else { "" };
                format!(
                    "{pattern} = {}{condition} => {},",
                    heads[branch],
                    writer.block_value(ty)
                )
            })
        });
        format!("tokio::select! {{ biased; {} }}", branches.join(" "))
    }
}
