//! What the generator knows of the variables in scope: enough that nearly all programs compile.

use super::Writer;
use super::types::Ty;
use crate::switches::Switch;

/// Whether a variable holds a value at this point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Full,
    Empty,
    /// It depends on the path.
    Maybe,
}

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Value(Ty),
    Ref(Ty),
    Mut(Ty),
    /// A `Fn(u32) -> u32`.
    Closure,
    /// A `&Cell<u32>`.
    Cell,
    /// Known by its drop only.
    Guard,
    /// A `RefCell<D>`, a `Mutex<D>`, and what they lend.
    Shelf,
    Mutex,
    Lease,
    /// A type of the caller's, with a bound.
    Any,
    /// A large array of numbers.
    Row,
}

#[derive(Debug, Clone)]
pub struct Variable {
    pub name: String,
    pub form: Form,
    pub mutable: bool,
    pub state: State,
    /// How many loops are around its declaration.
    pub loops: usize,
    /// The variable that it borrows.
    pub borrows: Option<usize>,
}

/// The states of all variables, or nothing if the path does not go on.
pub type States = Option<Vec<State>>;

/// A variable that a part of the current expression borrows.
#[derive(Debug, Clone, Copy)]
pub struct Pin {
    pub variable: usize,
    pub exclusive: bool,
}

impl Writer<'_> {
    /// Declares a variable, which may hide one.
    pub fn declare(&mut self, name: &str, form: Form, mutable: bool) -> usize {
        self.variables.push(Variable {
            name: name.to_owned(),
            form,
            mutable,
            state: State::Full,
            loops: self.loop_depth(),
            borrows: None,
        });
        self.variables.len() - 1
    }

    /// A name for a variable: few of them, so that they hide each other.
    pub fn name(&mut self) -> String {
        const NAMES: [&str; 8] = ["a", "b", "c", "x", "y", "z", "item", "_g"];
        let name = *self.random.pick(&NAMES);
        let hides = self.variables.iter().any(|variable| variable.name == name);
        match self.random.chance(60) && (!hides || !self.nested || self.allowed(Switch::HiddenInOperand)) {
            true => name.to_owned(),
            false => self.fresh(),
        }
    }

    pub fn fresh(&mut self) -> String {
        self.named += 1;
        format!("v{}", self.named)
    }

    fn is_visible(&self, variable: usize) -> bool {
        let name = &self.variables[variable].name;
        self.variables[variable + 1..].iter().all(|later| later.name != *name)
    }

    fn is_pinned(&self, variable: usize, exclusively: bool) -> bool {
        self.pins
            .iter()
            .any(|pin| pin.variable == variable && (pin.exclusive || !exclusively))
    }

    /// Whether something that is in scope borrows it.
    fn is_borrowed(&self, variable: usize) -> bool {
        self.variables.iter().any(|other| other.borrows == Some(variable))
    }

    /// Variables of these forms that can be read now.
    pub fn readable(&self, accept: impl Fn(Form) -> bool) -> Vec<usize> {
        let fits = |&index: &usize| {
            let variable = &self.variables[index];
            variable.state == State::Full
                && accept(variable.form)
                && self.is_visible(index)
                && !self.is_pinned(index, true)
        };
        (0..self.variables.len()).filter(fits).collect()
    }

    /// Those that can be given away now.
    pub fn movable(&self, accept: impl Fn(Form) -> bool) -> Vec<usize> {
        let mut found = self.readable(accept);
        found.retain(|&index| {
            self.variables[index].loops >= self.movable_from
                && index >= self.barrier
                && !self.is_pinned(index, false)
                && !self.is_borrowed(index)
                && self.captured.is_none_or(|mark| index >= mark)
        });
        found
    }

    /// Those that can be changed in place.
    pub fn changeable(&self, accept: impl Fn(Form) -> bool) -> Vec<usize> {
        let mut found = self.readable(accept);
        found.retain(|&index| {
            let variable = &self.variables[index];
            (variable.mutable || matches!(variable.form, Form::Mut(_)))
                && !self.is_pinned(index, false)
                && !self.is_borrowed(index)
                && self.captured.is_none_or(|mark| index >= mark)
        });
        found
    }

    /// Those that can be assigned, whether they hold a value or not.
    pub fn assignable(&self, accept: impl Fn(Form) -> bool) -> Vec<usize> {
        let fits = |&index: &usize| {
            let variable = &self.variables[index];
            variable.mutable
                && accept(variable.form)
                && self.is_visible(index)
                && !self.is_pinned(index, false)
                && !self.is_borrowed(index)
                && self.captured.is_none_or(|mark| index >= mark)
        };
        (0..self.variables.len()).filter(fits).collect()
    }

    pub fn choose(&mut self, from: &[usize]) -> Option<usize> {
        (!from.is_empty()).then(|| *self.random.pick(from))
    }

    /// Gives the variable away.
    pub fn moved(&mut self, variable: usize) -> String {
        self.variables[variable].state = State::Empty;
        self.variables[variable].name.clone()
    }

    pub fn pin(&mut self, variable: usize, exclusive: bool) -> String {
        self.pins.push(Pin { variable, exclusive });
        self.variables[variable].name.clone()
    }

    /// Writes something of several parts: what these borrow is free afterwards.
    pub fn whole<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let pins = self.pins.len();
        let result = write(self);
        self.pins.truncate(pins);
        result
    }

    /// Writes a block: what it declares is gone afterwards.
    pub fn scoped<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.variables.len();
        let result = write(self);
        self.variables.truncate(mark);
        result
    }

    pub fn states(&self) -> States {
        (!self.left).then(|| self.variables.iter().map(|variable| variable.state).collect())
    }

    /// Goes on with these states.
    pub fn restore(&mut self, states: &States) {
        self.left = states.is_none();
        for (variable, state) in self.variables.iter_mut().zip(states.iter().flatten()) {
            variable.state = *state;
        }
    }

    /// Goes on where two paths meet.
    pub fn meet(&mut self, one: &States, other: &States) {
        let states = met(one, other);
        self.restore(&states);
    }

    /// Writes what is done on some paths only.
    pub fn conditional<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.states();
        let result = write(self);
        let after = self.states();
        self.meet(&before, &after);
        result
    }

    /// Writes branches, one of which is taken.
    pub fn branches<T>(&mut self, count: usize, mut write: impl FnMut(&mut Self, usize) -> T) -> Vec<T> {
        let before = self.states();
        let mut after = None;
        let mut results = Vec::new();
        for branch in 0..count {
            self.restore(&before);
            results.push(write(self, branch));
            after = met(&after, &self.states());
        }
        self.restore(&after);
        results
    }
}

pub fn met(one: &States, other: &States) -> States {
    let (Some(one), Some(other)) = (one, other) else {
        return one.clone().or_else(|| other.clone());
    };
    let meet = |(one, other): (&State, &State)| if one == other { *one } else { State::Maybe };
    Some(one.iter().zip(other).map(meet).collect())
}
