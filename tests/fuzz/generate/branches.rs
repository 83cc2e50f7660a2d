//! Blocks, `if`, `match`, and how they are left.

use super::patterns::Scrutinee;
use super::scope::{Pin, States, met};
use super::types::{Ty, VALUES};
use super::{Loop, Writer};
use crate::switches::Switch;

/// What a branch gives: a value, or nothing, or it leaves the function or a loop.
#[derive(Debug, Clone, Copy)]
pub enum Gives {
    Value(Ty),
    Nothing,
}

impl Writer<'_> {
    /// `{ statements }`.
    pub fn block(&mut self, most: usize) -> String {
        self.scoped(|writer| {
            let statements = writer.statements(most);
            format!("{{ {statements} }}")
        })
    }

    /// Statements until something leaves.
    pub fn statements(&mut self, most: usize) -> String {
        let count = self.random.below(most + 1);
        self.under(
            |writer| (writer.temporaries, writer.operand) = (true, false),
            |writer| {
                let mut text = String::new();
                for _ in 0..count {
                    if writer.left {
                        break;
                    }
                    text += &writer.statement();
                    text.push('\n');
                }
                text
            },
        )
    }

    /// The last expression of a block.
    pub fn tail(&mut self, ty: Ty) -> String {
        let temporaries = !self.suspends || self.allowed(Switch::TemporariesOfTails);
        self.under(
            |writer| (writer.temporaries, writer.operand) = (temporaries, false),
            |writer| writer.value(ty),
        )
    }

    pub fn block_value(&mut self, ty: Ty) -> String {
        self.scoped(|writer| {
            let statements = writer.statements(2);
            format!("{{ {statements} {} }}", writer.tail(ty))
        })
    }

    fn branch(&mut self, gives: Gives, may_leave: bool) -> String {
        if may_leave && self.random.chance(25) {
            return self.leaving();
        }
        match gives {
            Gives::Value(ty) => self.block_value(ty),
            Gives::Nothing => self.block(3),
        }
    }

    pub fn if_value(&mut self, ty: Ty) -> String {
        self.if_else(Gives::Value(ty))
    }

    /// `if condition { .. } else { .. }`, with `let` and chains of them.
    pub fn if_else(&mut self, gives: Gives) -> String {
        let before = self.variables.len();
        let can_leave = self.exits;
        let condition = self.condition();
        let bound: Vec<_> = self.variables.drain(before..).collect();
        let with_else = matches!(gives, Gives::Value(_)) || self.random.chance(50);
        let texts = self.branches(2, |writer, branch| match branch {
            0 => writer.scoped(|writer| {
                writer.variables.extend(bound.iter().cloned());
                writer.branch(gives, can_leave)
            }),
            _ if with_else && writer.random.chance(20) && writer.has_fuel() => {
                writer.fuel -= 1;
                writer.if_else(gives)
            }
            _ if with_else => {
                // One of the two goes on, or the value would have no type.
                writer.branch(gives, false)
            }
            _ => String::new(),
        });
        match with_else {
            true => format!("if {condition} {} else {}", texts[0], texts[1]),
            false => format!("if {condition} {}", texts[0]),
        }
    }

    /// A condition; what its patterns bind is declared.
    fn condition(&mut self) -> String {
        let count = 1 + self.random.below(2);
        let temporaries = !self.suspends || self.allowed(Switch::TemporariesOfTails);
        self.under(
            |writer| (writer.temporaries, writer.operand) = (temporaries, false),
            |writer| {
                let parts: Vec<_> = (0..count).map(|part| writer.part_of_condition(part > 0)).collect();
                parts.join(" && ")
            },
        )
    }

    fn part_of_condition(&mut self, later: bool) -> String {
        if later && !self.allowed(Switch::MoveInChain) {
            return self.kept(|writer| writer.any_part(true));
        }
        self.any_part(later)
    }

    /// Writes what gives nothing away of what is there.
    pub fn kept<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        self.whole(|writer| {
            for variable in 0..writer.variables.len() {
                let exclusive = false;
                writer.pins.push(Pin { variable, exclusive });
            }
            write(writer)
        })
    }

    fn any_part(&mut self, later: bool) -> String {
        if self.random.chance(50) {
            return match later {
                true => self.conditional(|writer| writer.value(Ty::Flag)),
                false => self.value(Ty::Flag),
            };
        }
        let ty = self.random.weighted(&[
            (2, Ty::MaybeNum),
            (3, Ty::MaybeTracer),
            (2, Ty::Outcome),
            (2, Ty::Token),
            (1, Ty::Both),
        ]);
        let before = self.states();
        let from = self.scrutinee(ty);
        if later {
            let after = self.states();
            self.meet(&before, &after);
        }
        let case = *self.random.pick(Self::cases(ty));
        let pattern = self.case(case, &from);
        format!("let {pattern} = {}", parenthesised(&from.text))
    }

    pub fn match_value(&mut self, ty: Ty) -> String {
        self.match_arms(Gives::Value(ty))
    }

    pub fn match_arms(&mut self, gives: Gives) -> String {
        let ty = self.random.weighted(&VALUES);
        let can_leave = self.exits;
        let from = self.scrutinee(ty);
        let mut cases = Self::cases(ty).to_vec();
        if ty != Ty::Num && self.random.chance(50) {
            cases.reverse();
        }
        let guards = self.random.chance(35) && (!from.new || self.allowed(Switch::GuardOfNewValue));
        let guarded = guards.then(|| self.random.below(cases.len()));
        if guarded.is_some() {
            cases.push("otherwise");
        }
        let arms = self.branches(cases.len(), |writer, arm| {
            let can_leave = can_leave && arm > 0;
            writer.scoped(|writer| writer.arm(cases[arm], &from, guarded == Some(arm), gives, can_leave))
        });
        format!("match {} {{ {} }}", parenthesised(&from.text), arms.join(" "))
    }

    fn arm(&mut self, case: &str, from: &Scrutinee, guarded: bool, gives: Gives, can_leave: bool) -> String {
        let mark = self.variables.len();
        let pattern = match case {
            "otherwise" if from.leaves || from.ty.is_copy() => "_".to_owned(),
            "otherwise" => self.bind(from.ty, from, mark),
            _ => self.case(case, from),
        };
        let guard = match guarded {
            true => format!(" if {}", self.guard()),
            false => String::new(),
        };
        let body = self.branch(gives, can_leave);
        format!("{pattern}{guard} => {body}")
    }

    /// The guard of an arm.
    fn guard(&mut self) -> String {
        // Neither bindings nor what is matched can be given away here; what else there is only seldom could.
        self.kept(|writer| {
            let temporaries = !writer.suspends || writer.allowed(Switch::TemporariesOfTails);
            writer.under(
                |writer| (writer.temporaries, writer.operand, writer.exits) = (temporaries, false, false),
                |writer| writer.value(Ty::Flag),
            )
        })
    }

    /// A block that leaves: by `return`, `break` or `continue`. All that is not needed there may be given away.
    pub fn leaving(&mut self) -> String {
        let before = (self.movable_from, self.exits);
        let target = self.target();
        self.movable_from = target.map_or(0, |target| self.loops[target].mark);
        let jumps = target.is_some_and(|target| self.loops[target].continues) && self.random.chance(30);
        if jumps {
            self.movable_from = self.loop_depth();
        }
        self.exits = false;
        let text = self.scoped(|writer| {
            let statements = writer.statements(2);
            let jump = match target {
                Some(target) if jumps => writer.continued(target),
                Some(target) => writer.broken(target),
                None => writer.returned(),
            };
            format!("{{ {statements} {jump}; }}")
        });
        self.left = true;
        (self.movable_from, self.exits) = before;
        text
    }

    /// A loop or block to leave, or the function.
    fn target(&mut self) -> Option<usize> {
        let count = self.loops.len();
        if count == 0 || self.random.chance(35) {
            return None;
        }
        let target = if self.random.chance(60) {
            count - 1
        } else {
            self.random.below(count)
        };
        let innermost = self.loops[target + 1..].iter().all(|inner| inner.block);
        let target_loop = &self.loops[target];
        let reached = target_loop.label.is_some() || !target_loop.block && innermost;
        reached.then_some(target)
    }

    fn continued(&mut self, target: usize) -> String {
        match &self.loops[target].label {
            Some(label) => format!("continue {label}"),
            None => "continue".to_owned(),
        }
    }

    pub fn broken(&mut self, target: usize) -> String {
        let value = match self.loops[target].gives {
            Some(ty) => self.jump_value(ty),
            None => String::new(),
        };
        let states = self.states();
        let after = met(&self.loops[target].after, &states);
        self.loops[target].after = after;
        let label = self.loops[target].label.clone().unwrap_or_default();
        format!("break {label} {value}")
    }

    fn jump_value(&mut self, ty: Ty) -> String {
        let temporaries = !self.suspends || self.allowed(Switch::TemporariesOfTails);
        let value = self.under(
            |writer| (writer.temporaries, writer.operand) = (temporaries, false),
            |writer| writer.value(ty),
        );
        parenthesised(&value)
    }

    fn returned(&mut self) -> String {
        match self.result {
            Ty::Unit => "return".to_owned(),
            ty => format!("return {}", self.jump_value(ty)),
        }
    }

    /// `'l: { .. value }` that is left early too.
    pub fn labelled_value(&mut self, ty: Ty) -> String {
        self.labelled(Gives::Value(ty))
    }

    pub fn labelled(&mut self, gives: Gives) -> String {
        let label = self.loop_label();
        let mark = self.loop_depth();
        self.loops.push(Loop {
            label: Some(label.clone()),
            block: true,
            gives: if let Gives::Value(ty) = gives { Some(ty) } else { None },
            mark,
            continues: false,
            after: None,
        });
        let text = self.branch(gives, false);
        self.end_loop();
        format!("{label}: {text}")
    }

    /// Goes on behind the loop or block.
    pub fn end_loop(&mut self) {
        let ended = self.loops.pop().expect("it has begun");
        let states: States = self.states();
        self.meet(&states, &ended.after);
    }

    pub fn loop_label(&mut self) -> String {
        self.labels += 1;
        format!("'l{}", self.labels)
    }

    pub fn loop_depth(&self) -> usize {
        self.loops.iter().filter(|around| !around.block).count()
    }
}

/// Where a block or a struct would be read as something else.
fn parenthesised(text: &str) -> String {
    format!("({text})")
}
