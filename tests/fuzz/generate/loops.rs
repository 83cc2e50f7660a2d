//! Loops. All of them come to an end, whatever the body does: a counter, a collection, or a `break` that is always reached.

use super::branches::Gives;
use super::scope::Form;
use super::types::Ty;
use super::{Loop, Writer};
use crate::switches::Switch;

impl Writer<'_> {
    /// A loop as a statement.
    pub fn loop_statement(&mut self) -> Option<String> {
        Some(match self.random.below(8) {
            0 => self.for_range(),
            1 => self.for_owned(),
            2 | 3 => self.for_borrowed()?,
            4 | 5 => self.while_counter(),
            6 => self.while_let()?,
            _ => format!("{};", self.loop_with(None)),
        })
    }

    /// A `loop` that gives a value.
    pub fn loop_value(&mut self, ty: Ty) -> Option<String> {
        (self.weight < 3).then(|| self.loop_with(Some(ty)))
    }

    /// Writes the body of a loop that runs about so often.
    fn looped(&mut self, times: usize, gives: Option<Ty>, write: impl FnOnce(&mut Self) -> String) -> (String, String) {
        let label = (self.random.chance(50)).then(|| self.loop_label());
        let prefix = label.as_ref().map(|label| format!("{label}: ")).unwrap_or_default();
        let before = (self.weight, self.movable_from);
        self.weight *= times;
        self.loops.push(Loop {
            label,
            block: false,
            gives,
            mark: self.loop_depth(),
            continues: true,
            after: None,
        });
        self.movable_from = self.loop_depth();
        let text = self.scoped(write);
        (self.weight, self.movable_from) = before;
        (prefix, text)
    }

    /// A body that may be run or not, and is left at its end.
    fn passing(&mut self, times: usize, declare: impl FnOnce(&mut Self)) -> (String, String) {
        let before = self.states();
        let result = self.looped(times, None, |writer| {
            declare(writer);
            writer.block(4)
        });
        let after = self.states();
        self.meet(&before, &after);
        self.end_loop();
        result
    }

    fn for_range(&mut self) -> String {
        let times = 1 + self.random.below(2);
        let name = self.name();
        let head = match self.random.chance(70) {
            true => format!("0..{times}"),
            false => format!("0..({} % 3)", self.operand(Ty::Num)),
        };
        let (label, body) = self.passing(times, |writer| {
            writer.declare(&name, Form::Value(Ty::Num), false);
        });
        format!("{label}for {name} in {head} {body}")
    }

    fn for_owned(&mut self) -> String {
        let name = self.name();
        let found = self.movable(|form| form == Form::Value(Ty::List));
        let head = match self.choose(&found) {
            Some(list) if self.random.chance(60) => self.moved(list),
            _ => format!("[{}]", self.operands(&[Ty::Tracer, Ty::Tracer]).join(", ")),
        };
        let head = match self.random.chance(20) {
            true => format!("{head}.into_iter().rev()"),
            false => head,
        };
        let mutable = self.random.chance(20);
        let (label, body) = self.passing(2, |writer| {
            writer.declare(&name, Form::Value(Ty::Tracer), mutable);
        });
        let mutable = if mutable { "mut " } else { "" };
        format!("{label}for {mutable}{name} in {head} {body}")
    }

    fn for_borrowed(&mut self) -> Option<String> {
        let found = self.readable(|form| matches!(form, Form::Value(Ty::List | Ty::Nums) | Form::Ref(Ty::List)));
        let list = self.choose(&found)?;
        let (form, list_name) = (self.variables[list].form, self.variables[list].name.clone());
        let item = match form {
            Form::Value(Ty::Nums) => Ty::Num,
            _ => Ty::Tracer,
        };
        let head = match form {
            Form::Ref(_) => list_name,
            _ if self.random.chance(50) => format!("{list_name}.iter()"),
            _ => format!("&{list_name}"),
        };
        let name = self.name();
        let (label, body) = self.passing(2, |writer| {
            writer.pin(list, false);
            let variable = writer.declare(&name, Form::Ref(item), false);
            writer.variables[variable].borrows = Some(list);
        });
        self.pins.pop();
        Some(format!("{label}for {name} in {head} {body}"))
    }

    fn counter(&mut self) -> String {
        self.named += 1;
        format!("counter_{}", self.named)
    }

    fn while_counter(&mut self) -> String {
        let counter = self.counter();
        let times = 1 + self.random.below(2);
        let flag = self.random.chance(40);
        let before = self.states();
        let mut condition = format!("{counter} < {times}");
        let (label, body) = self.looped(times, None, |writer| {
            if flag {
                let temporaries = !writer.suspends || writer.allowed(Switch::TemporariesOfTails);
                let part = writer.under(
                    |writer| (writer.temporaries, writer.operand) = (temporaries, false),
                    |writer| writer.conditional(|writer| writer.value(Ty::Flag)),
                );
                condition = format!("{condition} && {part}");
            }
            let statements = writer.statements(4);
            format!("{{ {counter} += 1; {statements} }}")
        });
        let after = self.states();
        self.meet(&before, &after);
        self.end_loop();
        format!("let mut {counter} = 0; {label}while {condition} {body}")
    }

    /// `while let Some(x) = list.pop()`. Nothing is added to the list inside.
    fn while_let(&mut self) -> Option<String> {
        let found = self.changeable(|form| form == Form::Value(Ty::List));
        let list = self.choose(&found)?;
        let head = format!("{}.pop()", self.variables[list].name);
        let head = match self.suspends && self.left_suspensions > 4 * self.weight && self.kind.awaits() {
            true if self.random.chance(50) => {
                self.left_suspensions -= 2 * self.weight;
                format!("later({}, {head}).await", self.label("f"))
            }
            _ => head,
        };
        let name = self.name();
        self.variables[list].mutable = false;
        let (label, body) = self.passing(2, |writer| {
            writer.declare(&name, Form::Value(Ty::Tracer), false);
        });
        self.variables[list].mutable = true;
        Some(format!("{label}while let Some({name}) = {head} {body}"))
    }

    fn loop_with(&mut self, gives: Option<Ty>) -> String {
        let counter = self.counter();
        let times = 1 + self.random.below(2);
        let (label, body) = self.looped(times, gives, |writer| {
            // What would go on before the end is reached would go on for ever.
            writer.loops.last_mut().expect("the loop").continues = false;
            let first = writer.statements(2);
            let end = writer.ending(&counter, times);
            writer.loops.last_mut().expect("the loop").continues = true;
            let then = writer.statements(3);
            format!("{{ {counter} += 1; {first} {end} {then} }}")
        });
        // The end is reached by `break` only.
        self.left = true;
        self.end_loop();
        format!("{{ let mut {counter} = 0; {label}loop {body} }}")
    }

    /// `if i >= 2 { break value; }`.
    fn ending(&mut self, counter: &str, times: usize) -> String {
        if self.left {
            return String::new();
        }
        let states = self.states();
        let jump = self.last_break();
        self.restore(&states);
        format!("if {counter} >= {times} {jump}")
    }

    fn last_break(&mut self) -> String {
        let before = (self.movable_from, self.exits, self.weight);
        let target = self.loops.len() - 1;
        self.movable_from = self.loops[target].mark;
        self.exits = false;
        let text = self.scoped(|writer| format!("{{ {}; }}", writer.broken(target)));
        (self.movable_from, self.exits, self.weight) = before;
        text
    }

    /// Values that a loop statement can give away.
    pub fn loop_or_block(&mut self) -> String {
        match self.random.chance(30) {
            true => format!("{};", self.labelled(Gives::Nothing)),
            false => self.loop_statement().unwrap_or_else(|| self.block(3)),
        }
    }
}
