//! Suspensions, as expressions: awaits of leaves, of functions that own or borrow, and what is yielded.

use super::Writer;
use super::scope::Form;
use super::types::{Ty, VALUES};
use crate::program::Kind;
use crate::switches::Switch;

impl Writer<'_> {
    /// An expression that suspends and gives a value of the type.
    pub fn suspended(&mut self, ty: Ty) -> Option<String> {
        if !self.suspends || self.left_suspensions < self.weight {
            return None;
        }
        self.left_suspensions -= self.weight;
        match self.kind {
            Kind::Async => self.awaiting(ty),
            Kind::Stream if self.random.chance(50) => self.awaiting(ty),
            Kind::Iterator | Kind::Stream => Some(self.yielded(ty)),
            Kind::Coroutine if ty == Ty::Num && self.random.chance(70) => {
                let inner = self.random.chance(30).then(|| self.inner_value()).flatten();
                Some(inner.unwrap_or_else(|| self.yield_item()))
            }
            Kind::Coroutine => Some(self.yielded(ty)),
        }
    }

    /// `yield_!(item)`.
    fn yield_item(&mut self) -> String {
        format!("yield_!({})", self.operand(self.item))
    }

    /// A value beside a `yield_!`, before or after it.
    fn yielded(&mut self, ty: Ty) -> String {
        if ty == Ty::Unit && self.kind != Kind::Coroutine {
            return self.yield_item();
        }
        self.under(
            |writer| writer.operand = true,
            |writer| match writer.random.below(3) {
                0 => format!("second({}, {})", writer.yield_item(), writer.value(ty)),
                1 => format!("first({}, {})", writer.value(ty), writer.yield_item()),
                _ => {
                    let item = writer.yield_item();
                    format!("{{ {item}; {} }}", writer.value(ty))
                }
            },
        )
    }

    fn awaiting(&mut self, ty: Ty) -> Option<String> {
        let within = self.nested;
        let mark = (!self.allowed(Switch::MoveInAwaited)).then_some(self.variables.len());
        self.under(
            |writer| (writer.operand, writer.awaiting) = (true, mark),
            |writer| writer.awaited(ty, within),
        )
    }

    fn awaited(&mut self, ty: Ty, within: bool) -> Option<String> {
        if ty == Ty::Num
            && self.random.chance(30)
            && let Some(text) = self.inner_value()
        {
            return Some(text);
        }
        if ty == Ty::Num && self.random.chance(50) {
            let lending = match self.random.below(5) {
                0 => Some(self.looked(within)),
                1 => self.bumped_later(),
                2 | 3 => self.of_lent_store(),
                _ => self.read(),
            };
            if lending.is_some() {
                return lending;
            }
        }
        Some(match self.random.below(13) {
            2 if self.can_be_together() => self.joined(ty),
            3 if !within && self.awaiting.is_none() && self.can_be_together() => self.selected(ty),
            0 => format!("pass({}).await", self.operand(ty)),
            1 => format!("async {{ {} }}.await", self.in_async(ty)),
            _ => format!("later({}, {}).await", self.label("f"), self.operand(ty)),
        })
    }

    /// What an `async` block of its own gives: it borrows what it mentions.
    pub fn in_async(&mut self, ty: Ty) -> String {
        let before = self.captured.replace(self.variables.len());
        let states = self.states();
        let value = self.under(
            |writer| {
                writer.exits = false;
                // No item can be yielded from there.
                writer.suspends &= !writer.kind.yields();
            },
            |writer| writer.scoped(|writer| format!("later(\"in\", {}).await", writer.leaf(ty))),
        );
        self.restore(&states);
        self.captured = before;
        value
    }

    /// `look(&x).await`.
    fn looked(&mut self, within: bool) -> String {
        let ty = self.random.weighted(&VALUES);
        let temporaries = self.temporaries && (!within || self.allowed(Switch::LentTemporary));
        let reference = self.under(|writer| writer.temporaries = temporaries, |writer| writer.reference(ty));
        format!("look({reference}).await")
    }

    fn bumped_later(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::Num) || form == Form::Mut(Ty::Num));
        let variable = self.choose(&found)?;
        let name = &self.variables[variable].name;
        Some(match self.variables[variable].form {
            Form::Mut(_) => format!("bump_later({name}).await"),
            _ => format!("bump_later(&mut {name}).await"),
        })
    }

    fn of_lent_store(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::Store) || form == Form::Mut(Ty::Store));
        let variable = self.choose(&found)?;
        let name = self.pin_late(variable);
        Some(match self.random.chance(60) {
            true => format!("{name}.push({}).await", self.operand(Ty::Tracer)),
            false => format!("{name}.peek({}).await", self.operand(Ty::Num)),
        })
    }

    /// Lends two at once.
    fn read(&mut self) -> Option<String> {
        let from = self.borrowed(Ty::Tracer)?;
        Some(format!("read({from}, &mut Vec::new()).await"))
    }
}
