//! The expressions that one type has: operators, calls, methods, macros.

use super::Writer;
use super::scope::Form;
use super::types::{Ty, VALUES};
use crate::program::Kind;
use crate::switches::Switch;

impl Writer<'_> {
    /// Something that only this type can be.
    pub fn own(&mut self, ty: Ty) -> Option<String> {
        match ty {
            Ty::Num => self.own_num(),
            Ty::Flag => Some(self.own_flag()),
            Ty::Tracer => self.own_tracer(),
            Ty::MaybeTracer => self.own_maybe(),
            Ty::Unit => self.own_unit(),
            _ => None,
        }
    }

    fn own_num(&mut self) -> Option<String> {
        match self.random.below(27) {
            0..3 => {
                let operator = *self.random.pick(&["+", "*", "^", "|"]);
                Some(format!(
                    "({})",
                    self.operands(&[Ty::Num, Ty::Num]).join(&format!(" {operator} "))
                ))
            }
            3..5 => Some(self.seen()),
            5 => Some(self.sized()),
            6 | 7 => {
                let ty = self.random.weighted(&VALUES);
                Some(format!("eat({})", self.operand(ty)))
            }
            8 => self.read_cell(),
            9 | 10 => self.call_closure(),
            11 => Some(self.indexed()),
            12 => self.of_store(),
            13 => Some(self.formatted()),
            14 => Some(format!("u32::from({})", self.operand(Ty::Flag))),
            15 | 16 => self.bumped(),
            17 => self.part(Ty::Num),
            18 | 19 => self.asked(),
            20 => self.assigned_in_block(),
            21 | 22 => self.leased(),
            23 | 24 => self.of_any(),
            _ => Some(format!(
                "{}.wrapping_add({})",
                self.operand_in_parentheses(),
                self.operand(Ty::Num)
            )),
        }
    }

    fn operand_in_parentheses(&mut self) -> String {
        format!("({} as u32)", self.operand(Ty::Num))
    }

    /// `see(&x)`, `seen(&x, n)`.
    fn seen(&mut self) -> String {
        let ty = self.random.weighted(&VALUES);
        let reference = self.reference(ty);
        match self.random.chance(60) {
            true => format!("see({reference})"),
            false => format!("seen({reference}, {})", self.operand(Ty::Num)),
        }
    }

    /// A method that borrows a tracer.
    fn sized(&mut self) -> String {
        let receiver = match self.random.chance(60) || !self.temporaries {
            true => self
                .borrowed(Ty::Tracer)
                .map(|text| text.trim_start_matches(['&', '*']).to_owned()),
            false => None,
        };
        let receiver = match receiver {
            Some(receiver) => receiver,
            None if self.temporaries => format!("({})", self.operand(Ty::Tracer)),
            None => return "1".to_owned(),
        };
        match self.random.chance(50) {
            true => format!("{receiver}.size()"),
            false => format!("{receiver}.plus({})", self.operand(Ty::Num)),
        }
    }

    fn read_cell(&mut self) -> Option<String> {
        let found = self.readable(|form| form == Form::Cell);
        let variable = self.choose(&found)?;
        Some(format!("{}.get()", self.variables[variable].name))
    }

    fn call_closure(&mut self) -> Option<String> {
        let found = self.readable(|form| form == Form::Closure);
        let variable = self.choose(&found)?;
        let name = self.pin(variable, false);
        Some(format!("{name}({})", self.operand(Ty::Num)))
    }

    fn indexed(&mut self) -> String {
        let list = match self.copied_name(Ty::Nums) {
            Some(name) => name,
            None => format!("[{}]", self.operands(&[Ty::Num, Ty::Num, Ty::Num]).join(", ")),
        };
        format!("{list}[{} as usize % 3]", self.operand(Ty::Num))
    }

    fn copied_name(&mut self, ty: Ty) -> Option<String> {
        let found = self.readable(|form| form == Form::Value(ty));
        let variable = self.choose(&found)?;
        Some(self.variables[variable].name.clone())
    }

    fn of_store(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::Store) || form == Form::Mut(Ty::Store));
        let variable = self.choose(&found)?;
        match self.random.chance(60) {
            true => {
                let name = self.pin_late(variable);
                Some(format!("{name}.put({})", self.operand(Ty::Tracer)))
            }
            false => Some(format!("{}.size()", self.variables[variable].name)),
        }
    }

    /// A receiver that a method borrows mutably: the borrow starts in two phases, so it may be read, but not moved.
    pub fn pin_late(&mut self, variable: usize) -> String {
        self.pin(variable, true)
    }

    /// Writes arguments of one of std's macros.
    pub fn arguments_of_macro<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let exits = self.exits && self.allowed(Switch::JumpInMacro);
        self.under(|writer| (writer.exits, writer.in_macro) = (exits, true), write)
    }

    fn formatted(&mut self) -> String {
        let ty = self.random.weighted(&VALUES);
        let (one, other) = self.arguments_of_macro(|writer| (writer.operand(Ty::Num), writer.reference(ty)));
        format!("(format!(\"{{}} {{:?}}\", {one}, {other}).len() as u32)")
    }

    fn bumped(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::Num) || form == Form::Mut(Ty::Num));
        let variable = self.choose(&found)?;
        let name = &self.variables[variable].name;
        Some(match self.variables[variable].form {
            Form::Mut(_) => format!("bump({name})"),
            _ => format!("bump(&mut {name})"),
        })
    }

    /// `value?`.
    fn asked(&mut self) -> Option<String> {
        if !self.exits || self.captured.is_some() {
            return None;
        }
        match self.result {
            Ty::Outcome => Some(format!("({})?", self.operand(Ty::Outcome))),
            Ty::Converted => {
                let value = self.operand(Ty::Outcome);
                let converts = !value.ends_with(".await") || self.allowed(Switch::ConvertedBehindAwait);
                converts.then(|| format!("({value})?"))
            }
            _ => None,
        }
    }

    /// `{ x += value; x }`.
    fn assigned_in_block(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::Num));
        let variable = self.choose(&found)?;
        let name = self.variables[variable].name.clone();
        let value = self.whole(|writer| writer.operand(Ty::Num));
        let again = &self.variables[variable];
        let operator = *self.random.pick(&["+=", "=", "|="]);
        (again.state == super::scope::State::Full).then(|| format!("{{ {name} {operator} {value}; {name} }}"))
    }

    /// `(x.1 == { x.1 = value; x.1 })`: what is compared is a number, which is read before it changes.
    fn compared_with_changed(&mut self) -> Option<String> {
        let form = |form| match form {
            Form::Value(Ty::Num) => Some(""),
            Form::Mut(Ty::Num) => Some("*"),
            Form::Value(Ty::Mixed) | Form::Mut(Ty::Mixed) => Some(".1"),
            Form::Value(Ty::Store) | Form::Mut(Ty::Store) => Some(".count"),
            _ => None,
        };
        let found = self.changeable(|found| form(found).is_some());
        let variable = self.choose(&found)?;
        let (name, part) = (&self.variables[variable].name, form(self.variables[variable].form)?);
        let place = match part {
            "*" => format!("*{name}"),
            part => format!("{name}{part}"),
        };
        let value = self.whole(|writer| writer.operand(Ty::Num));
        let operator = *self.random.pick(&["==", "<", ">="]);
        let there = self.variables[variable].state == super::scope::State::Full;
        there.then(|| format!("({place} {operator} {{ {place} = {value}; {place} }})"))
    }

    fn own_flag(&mut self) -> String {
        if self.random.chance(12)
            && let Some(compared) = self.compared_with_changed()
        {
            return compared;
        }
        match self.random.below(10) {
            0 | 1 => format!("({})", self.operands(&[Ty::Num, Ty::Num]).join(" < ")),
            2 => format!("({} == {})", self.operand(Ty::Num), self.random.below(5)),
            3 => format!("!{}", self.operand(Ty::Flag)),
            4..8 => {
                let operator = *self.random.pick(&["&&", "||"]);
                let left = self.operand(Ty::Flag);
                let right = self.conditional(|writer| writer.operand(Ty::Flag));
                format!("({left} {operator} {right})")
            }
            _ => {
                let value = self.arguments_of_macro(|writer| writer.operand(Ty::MaybeNum));
                format!("matches!({value}, Some(0..3))")
            }
        }
    }

    fn own_tracer(&mut self) -> Option<String> {
        match self.random.below(8) {
            0 | 1 => self.mixed(),
            2..4 => self.part(Ty::Tracer),
            4 if self.awaiting.is_none() => {
                let value = self.operand(Ty::MaybeTracer);
                Some(format!("{value}.unwrap_or_else(|| D({}))", self.label("t")))
            }
            5 => Some(format!("Vec::from([{}]).remove(0)", self.operand(Ty::Tracer))),
            _ => Some(format!(
                "first({})",
                self.operands(&[Ty::Tracer, Ty::Tracer]).join(", ")
            )),
        }
    }

    /// A method that takes what it is called on, without a name that says so.
    fn mixed(&mut self) -> Option<String> {
        let found = self.movable(|form| form == Form::Value(Ty::Tracer));
        let variable = self.choose(&found)?;
        let name = self.moved(variable);
        let other = self.operand(Ty::Tracer);
        // The receiver counts as borrowed until the call.
        let suspends = other.contains("yield_!") || other.contains(".await");
        let known = !suspends || self.allowed(Switch::ReceiverOfSuspended);
        match self.random.below(3) {
            0 if known && self.allowed(Switch::UnknownMethod) => Some(format!("{name}.mix({other})")),
            1 if self.awaiting.is_none() => Some(format!("{{ {name} }}.mix({other})")),
            _ => Some(format!("D::mix({name}, {other})")),
        }
    }

    fn own_maybe(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::Store) || form == Form::Mut(Ty::Store));
        if let Some(variable) = self.choose(&found) {
            return Some(format!("{}.pull()", self.variables[variable].name));
        }
        let found = self.changeable(|form| form == Form::Value(Ty::List));
        let variable = self.choose(&found)?;
        Some(format!("{}.pop()", self.variables[variable].name))
    }

    fn own_unit(&mut self) -> Option<String> {
        match self.kind {
            Kind::Async => None,
            Kind::Iterator | Kind::Stream | Kind::Coroutine => self.suspended(Ty::Unit),
        }
    }
}
