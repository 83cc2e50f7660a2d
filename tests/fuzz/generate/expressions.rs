//! Expressions that give a value.

use super::Writer;
use super::scope::Form;
use super::types::Ty;
use crate::switches::Switch;

/// What any type's value can be.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Leaf,
    Made,
    Own,
    Suspended,
    Block,
    If,
    Match,
    Loop,
    Labelled,
    Swapped,
    Chosen,
    Closure,
    Tuple,
}

const SHAPES: [(usize, Shape); 13] = [
    (12, Shape::Leaf),
    (10, Shape::Made),
    (18, Shape::Own),
    (20, Shape::Suspended),
    (5, Shape::Block),
    (5, Shape::If),
    (5, Shape::Match),
    (2, Shape::Loop),
    (3, Shape::Labelled),
    (3, Shape::Swapped),
    (4, Shape::Chosen),
    (1, Shape::Closure),
    (2, Shape::Tuple),
];

impl Writer<'_> {
    /// An expression that gives an owned value.
    pub fn value(&mut self, ty: Ty) -> String {
        if !self.has_fuel() {
            return self.leaf(ty);
        }
        self.fuel -= 1;
        self.depth += 1;
        let text = self.whole(|writer| writer.shaped(ty));
        self.depth -= 1;
        text
    }

    fn shaped(&mut self, ty: Ty) -> String {
        if let Some(text) = self.everyday(ty) {
            return text;
        }
        let shape = self.random.weighted(&SHAPES);
        let text = match shape {
            Shape::Leaf => None,
            Shape::Made => Some(self.made(ty)).filter(|_| true),
            Shape::Own => self.own(ty),
            Shape::Suspended => self.suspended(ty),
            Shape::Block => Some(self.block_value(ty)),
            Shape::If => Some(self.if_value(ty)),
            Shape::Match => Some(self.match_value(ty)),
            Shape::Loop => self.loop_value(ty),
            Shape::Labelled => Some(self.labelled_value(ty)),
            Shape::Swapped => self.swapped(ty),
            Shape::Chosen => Some(self.chosen(ty)),
            Shape::Closure => self.called_closure(ty),
            Shape::Tuple => Some(self.tuple_part(ty)),
        };
        text.unwrap_or_else(|| self.leaf(ty))
    }

    /// A variable, or a value made of nothing.
    pub fn leaf(&mut self, ty: Ty) -> String {
        if self.random.chance(65)
            && let Some(text) = self.variable(ty)
        {
            return text;
        }
        self.made(ty)
    }

    /// A variable's value, given away or copied.
    fn variable(&mut self, ty: Ty) -> Option<String> {
        if ty.is_copy() {
            return self.copied(ty);
        }
        if self.random.chance(15) {
            let found = self.readable(|form| form == Form::Value(ty) || form == Form::Ref(ty));
            let variable = self.choose(&found)?;
            return Some(format!("{}.clone()", self.variables[variable].name));
        }
        let found = self.movable(|form| form == Form::Value(ty));
        let variable = self.choose(&found)?;
        Some(self.moved(variable))
    }

    fn copied(&mut self, ty: Ty) -> Option<String> {
        let found = self.readable(|form| matches!(form, Form::Value(t) | Form::Ref(t) | Form::Mut(t) if t == ty));
        let variable = self.choose(&found)?;
        let variable = &self.variables[variable];
        Some(match variable.form {
            Form::Value(_) => variable.name.clone(),
            _ => format!("*{}", variable.name),
        })
    }

    /// Several values in order; they are operands of something.
    pub fn operands(&mut self, types: &[Ty]) -> Vec<String> {
        self.under(
            |writer| writer.operand = true,
            |writer| types.iter().map(|ty| writer.value(*ty)).collect(),
        )
    }

    pub fn operand(&mut self, ty: Ty) -> String {
        self.operands(&[ty]).remove(0)
    }

    /// `swap(&mut x, value)`.
    fn swapped(&mut self, ty: Ty) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(ty) || form == Form::Mut(ty));
        let variable = self.choose(&found)?;
        let form = self.variables[variable].form;
        let name = self.pin(variable, true);
        let value = self.operand(ty);
        Some(match form {
            Form::Mut(_) => format!("swap({name}, {value})"),
            _ => format!("swap(&mut {name}, {value})"),
        })
    }

    /// One of two values, the other one of another type.
    fn chosen(&mut self, ty: Ty) -> String {
        let other = self.random.weighted(&super::types::VALUES);
        match self.random.chance(50) {
            true => format!("first({})", self.operands(&[ty, other]).join(", ")),
            false => format!("second({})", self.operands(&[other, ty]).join(", ")),
        }
    }

    fn tuple_part(&mut self, ty: Ty) -> String {
        if !ty.is_copy() && !self.allowed(Switch::PartOfNewValue) {
            return self.chosen(ty);
        }
        let other = self.random.weighted(&[(2, Ty::Num), (1, Ty::Flag)]);
        match self.random.chance(50) {
            true => format!("({}).0", self.operands(&[ty, other]).join(", ")),
            false => format!("({}).1", self.operands(&[other, ty]).join(", ")),
        }
    }

    /// `(|n: u32| ..)(value)`.
    fn called_closure(&mut self, ty: Ty) -> Option<String> {
        let argument = self.operand(Ty::Num);
        let body = self.closure_body(ty)?;
        Some(format!("(|n: u32| {body})({argument})"))
    }

    /// What a closure gives of `n` and what it captures by reference.
    pub fn closure_body(&mut self, ty: Ty) -> Option<String> {
        let states = self.states();
        let depth = self.loops.len();
        let before = self.captured.replace(self.variables.len());
        let body = self.scoped(|writer| {
            writer.declare("n", Form::Value(Ty::Num), false);
            writer.under(
                |writer| (writer.suspends, writer.exits) = (false, false),
                |writer| writer.value(ty),
            )
        });
        self.captured = before;
        debug_assert_eq!(depth, self.loops.len(), "each loop has its end");
        self.restore(&states);
        Some(body)
    }

    /// A reference to something of the type: a variable, a part of one, or a temporary.
    pub fn reference(&mut self, ty: Ty) -> String {
        let text = match self.random.below(10) {
            0..6 => self.borrowed(ty),
            6 | 7 => self.borrowed_part(ty),
            _ => None,
        };
        let text = text.or_else(|| self.borrowed(ty)).or_else(|| self.borrowed_part(ty));
        text.unwrap_or_else(|| self.temporary(ty))
    }

    /// A temporary that lives to the end of the statement.
    pub fn temporary(&mut self, ty: Ty) -> String {
        match self.temporaries || ty.is_copy() || ty == Ty::Unit {
            true => format!("&{}", self.operand(ty)),
            // Where a temporary with a drop must not stand there is a value without one.
            false => "&\"nothing\"".to_owned(),
        }
    }

    /// `&x`, or a variable that is a reference.
    pub fn borrowed(&mut self, ty: Ty) -> Option<String> {
        let found = self.readable(|form| matches!(form, Form::Value(t) | Form::Ref(t) | Form::Mut(t) if t == ty));
        let variable = self.choose(&found)?;
        let form = self.variables[variable].form;
        if let Form::Ref(_) = form {
            return Some(self.variables[variable].name.clone());
        }
        let name = self.pin(variable, false);
        Some(match form {
            Form::Mut(_) => format!("&*{name}"),
            _ => format!("&{name}"),
        })
    }

    /// `&x.left`.
    fn borrowed_part(&mut self, ty: Ty) -> Option<String> {
        let has = |owner: Ty| owner.fields().iter().any(|(_, field)| *field == ty);
        let found = self.readable(|form| matches!(form, Form::Value(t) | Form::Ref(t) if has(t)));
        let variable = self.choose(&found)?;
        let (Form::Value(owner) | Form::Ref(owner)) = self.variables[variable].form else {
            return None;
        };
        let fields: Vec<_> = owner.fields().iter().filter(|(_, field)| *field == ty).collect();
        let field = self.random.pick(&fields).0;
        let name = self.pin(variable, false);
        Some(format!("&{name}.{field}"))
    }

    /// `x.left` by value: of a variable, where the rest is not left behind for a suspension, or of a new value.
    pub fn part(&mut self, ty: Ty) -> Option<String> {
        let owners = [Ty::Pair, Ty::Both, Ty::Mixed, Ty::Ticket, Ty::Store];
        let owner = *self.random.pick(&owners);
        let (field, _) = owner.fields().iter().find(|(_, field)| *field == ty)?;
        if ty.is_copy() && self.random.chance(70) {
            let found = self.readable(|form| matches!(form, Form::Value(t) | Form::Ref(t) if t == owner));
            let variable = self.choose(&found)?;
            return Some(format!("{}.{field}", self.variables[variable].name));
        }
        if ty == Ty::Num {
            return None;
        }
        if self.awaiting.is_some() {
            return None;
        }
        let found = self.movable(|form| form == Form::Value(owner));
        let variable = self.choose(&found)?;
        let name = self.moved(variable);
        match self.random.chance(50) && self.allowed(Switch::PartialMove) {
            true => Some(format!("{name}.{field}")),
            false => Some(format!("{{ {name} }}.{field}")),
        }
    }
}
