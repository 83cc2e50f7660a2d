//! Large arrays of literals, which stay where they are while all else moves with the state.
//!
//! A random number of its own decides, so that the rest of a program is the same with and without them.

use super::Writer;
use super::scope::Form;

impl Writer<'_> {
    /// A statement about an array, in front of another one.
    pub fn beside(&mut self) -> Option<String> {
        if self.in_macro || self.captured.is_some() || !self.arrays.chance(15) {
            return None;
        }
        let rows = self.changeable(|form| form == Form::Row);
        match rows.is_empty() || self.arrays.chance(20) {
            true => Some(self.let_array()),
            false => {
                let row = rows[self.arrays.below(rows.len())];
                let name = self.variables[row].name.clone();
                Some(self.change(&name))
            }
        }
    }

    /// `let mut row_1 = [0u32; ROW];`
    fn let_array(&mut self) -> String {
        self.rows += 1;
        let name = format!("row_{}", self.rows);
        self.declare(&name, Form::Row, true);
        let element = self.arrays.below(3);
        match self.arrays.chance(30) {
            true => format!("let mut {name}: [u32; ROW] = [{element}; ROW];"),
            false => format!("let mut {name} = [{element}u32; ROW];"),
        }
    }

    /// The array is changed or looked at, as a whole or in a part; an await may borrow it.
    fn change(&mut self, name: &str) -> String {
        let (element, number) = (self.arrays.below(4), self.arrays.below(9));
        let awaits = self.kind.awaits() && self.suspends;
        match self.arrays.below(9) {
            0 if awaits => format!("{name}[{element}] += refill(&mut {name}, {number}).await;"),
            1 | 2 if awaits => format!("refill(&mut {name}[{element}..], {number}).await;"),
            3 => format!("fill(&mut {name}, {number});"),
            4 => format!("{name} = [{number}; ROW];"),
            5 => format!("log(&total(&{name}).to_string());"),
            6 => format!("log(&total_of({name}).to_string());"),
            7 => format!("log(&{name}.iter().sum::<u32>().to_string());"),
            _ => format!("{name}[{element}] = total(&{name}[{element}..]) + {number};"),
        }
    }
}
