//! What everyday code does besides: options that are emptied and filled, iterators over a list, slices, struct updates,
//! boxed futures.
//!
//! A random number of its own decides where, so that most programs are the same with and without it.

use super::Writer;
use super::scope::Form;
use super::types::Ty;
use crate::switches::Switch;

/// In so many of a hundred expressions.
const SHARE: usize = 7;

impl Writer<'_> {
    pub fn everyday(&mut self, ty: Ty) -> Option<String> {
        if !self.habits.chance(SHARE) || !self.allowed(Switch::Everyday) {
            return None;
        }
        if self.kind.awaits() && self.habits.chance(20) {
            return self.boxed(ty);
        }
        match ty {
            Ty::Num => match self.habits.below(3) {
                0 => self.summed(),
                1 => self.of_slice(),
                _ => self.mapped_or(),
            },
            Ty::Tracer => match self.habits.below(2) {
                0 => self.last_of_list(),
                _ => {
                    let taken = self.taken()?;
                    Some(format!("{taken}.unwrap_or_else(|| D({}))", self.label("t")))
                }
            },
            Ty::MaybeTracer => match self.habits.below(3) {
                0 => self.taken(),
                1 => self.replaced(),
                _ => Some(self.combined()),
            },
            Ty::Pair if self.allowed(Switch::StructUpdate) => Some(self.updated()),
            Ty::List => self.collected(),
            _ => None,
        }
    }

    /// `boxed(later("f", value)).await`.
    fn boxed(&mut self, ty: Ty) -> Option<String> {
        if !self.suspends || self.left_suspensions < self.weight {
            return None;
        }
        self.left_suspensions -= self.weight;
        let value = self.operand(ty);
        Some(match self.habits.chance(50) {
            true => format!("boxed(later({}, {value})).await", self.label("f")),
            false => format!("Box::pin(pass({value})).await"),
        })
    }

    /// `list.iter().map(|t| t.size()).sum::<u32>()`.
    fn summed(&mut self) -> Option<String> {
        let found = self.readable(|form| matches!(form, Form::Value(Ty::List) | Form::Ref(Ty::List)));
        let variable = self.choose(&found)?;
        let name = &self.variables[variable].name;
        Some(format!("{name}.iter().map(|t| t.size()).sum::<u32>()"))
    }

    /// `match list.as_slice() { [] => .., [one] => .., [one, .., last] => .. }`.
    fn of_slice(&mut self) -> Option<String> {
        let found = self.readable(|form| matches!(form, Form::Value(Ty::List) | Form::Ref(Ty::List)));
        let variable = self.choose(&found)?;
        let name = self.pin(variable, false);
        let values = self.branches(3, |writer, _| writer.scoped(|writer| writer.operand(Ty::Num)));
        Some(format!(
            "(match {name}.as_slice() {{ [] => {}, [one] => see(one) + {}, [one, .., last] => seen(one, see(last)) + {} }})",
            values[0], values[1], values[2]
        ))
    }

    /// `maybe.as_ref().map_or(value, |t| t.size())`.
    fn mapped_or(&mut self) -> Option<String> {
        let found = self.readable(|form| matches!(form, Form::Value(Ty::MaybeTracer) | Form::Ref(Ty::MaybeTracer)));
        let variable = self.choose(&found)?;
        let name = self.variables[variable].name.clone();
        Some(format!(
            "{name}.as_ref().map_or({}, |t| t.size())",
            self.random.below(5)
        ))
    }

    /// `list.into_iter().rev().next()`, whose iterator has what is left.
    fn last_of_list(&mut self) -> Option<String> {
        let found = self.movable(|form| form == Form::Value(Ty::List));
        let variable = self.choose(&found)?;
        if !self.temporaries {
            return None;
        }
        let name = self.moved(variable);
        let end = if self.habits.chance(50) { "rev().next" } else { "next" };
        Some(format!(
            "{name}.into_iter().{end}().unwrap_or_else(|| D({}))",
            self.label("t")
        ))
    }

    /// `maybe.take()`.
    fn taken(&mut self) -> Option<String> {
        let variable = self.changeable_maybe()?;
        Some(format!("{}.take()", self.variables[variable].name))
    }

    /// `maybe.replace(value)`.
    fn replaced(&mut self) -> Option<String> {
        let variable = self.changeable_maybe()?;
        let name = self.pin_late(variable);
        Some(format!("{name}.replace({})", self.operand(Ty::Tracer)))
    }

    fn changeable_maybe(&mut self) -> Option<usize> {
        let found = self.changeable(|form| matches!(form, Form::Value(Ty::MaybeTracer) | Form::Mut(Ty::MaybeTracer)));
        self.choose(&found)
    }

    /// `value.or(other)`, `value.filter(..)`.
    fn combined(&mut self) -> String {
        let value = self.operand(Ty::MaybeTracer);
        match self.habits.below(3) {
            0 => format!("({value}).or({})", self.operand(Ty::MaybeTracer)),
            1 => format!("({value}).map(|t| first(t, {}))", self.random.below(5)),
            _ => format!("({value}).filter(|t| t.size() < {})", self.random.below(3)),
        }
    }

    /// `Pair { left: value, ..base }`.
    fn updated(&mut self) -> String {
        let field = if self.habits.chance(50) { "left" } else { "right" };
        let values = self.operands(&[Ty::Tracer, Ty::Pair]);
        format!("Pair {{ {field}: {}, ..{} }}", values[0], values[1])
    }

    /// `list.into_iter().map(..).collect::<Vec<_>>()`.
    fn collected(&mut self) -> Option<String> {
        let found = self.movable(|form| form == Form::Value(Ty::List));
        let variable = self.choose(&found)?;
        let name = self.moved(variable);
        let adapter = match self.habits.below(3) {
            0 => "map(|t| first(t, 1))",
            1 => "filter(|t| t.size() < 9)",
            _ => "skip(1)",
        };
        Some(format!("{name}.into_iter().{adapter}.collect::<Vec<D>>()"))
    }
}
