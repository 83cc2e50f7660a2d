//! Patterns and what they are matched against.

use super::Writer;
use super::scope::Form;
use super::types::Ty;
use crate::switches::Switch;

/// How a pattern binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Move,
    /// The scrutinee is a reference.
    Ref,
    /// The scrutinee is a place, and the pattern says `ref`.
    Keyword,
}

/// What is matched against.
#[derive(Debug, Clone)]
pub struct Scrutinee {
    pub text: String,
    pub ty: Ty,
    pub mode: Mode,
    /// Whether a part may be left by `_` and `..`.
    pub leaves: bool,
    /// The variable of which it is.
    pub base: Option<usize>,
    /// A value with a drop that has no name yet.
    pub new: bool,
}

impl Writer<'_> {
    /// Something to take apart. What it borrows stays pinned until the whole is written.
    pub fn scrutinee(&mut self, ty: Ty) -> Scrutinee {
        let found = match self.random.below(10) {
            0..2 => self.moved_scrutinee(ty),
            2..4 => self.borrowed_scrutinee(ty),
            4 => self.place_scrutinee(ty),
            5 => self.joined_scrutinee(ty),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let mut leaves = !self.operand || self.allowed(Switch::MatchInOperand);
            let text = self.operand(ty);
            if text.contains("yield_!") || text.contains(".await") {
                leaves &= self.allowed(Switch::PartOfSuspended);
            }
            let variable = text.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
            Scrutinee {
                text,
                ty,
                mode: Mode::Move,
                leaves,
                base: None,
                new: !ty.is_copy() && !variable,
            }
        })
    }

    /// `join!` gives a tuple.
    fn joined_scrutinee(&mut self, ty: Ty) -> Option<Scrutinee> {
        let awaits = self.kind.awaits() && self.suspends && self.left_suspensions >= self.weight;
        if !awaits || !matches!(ty, Ty::Both | Ty::Mixed) || !self.can_be_together() {
            return None;
        }
        self.left_suspensions -= self.weight;
        let types: Vec<_> = ty.fields().iter().map(|(_, part)| *part).collect();
        Some(Scrutinee {
            text: self.join(&types),
            ty,
            mode: Mode::Move,
            leaves: self.allowed(Switch::PartOfSuspended),
            base: None,
            new: true,
        })
    }

    fn moved_scrutinee(&mut self, ty: Ty) -> Option<Scrutinee> {
        let found = self.movable(|form| form == Form::Value(ty));
        let variable = self.choose(&found)?;
        let text = match ty.is_copy() {
            true => self.variables[variable].name.clone(),
            false => self.moved(variable),
        };
        let leaves = ty.is_copy() || self.random.chance(20) && self.allowed(Switch::PartialMove);
        Some(Scrutinee {
            text,
            ty,
            mode: Mode::Move,
            leaves,
            base: None,
            new: false,
        })
    }

    fn borrowed_scrutinee(&mut self, ty: Ty) -> Option<Scrutinee> {
        let text = self.borrowed(ty)?;
        let name = text.trim_start_matches(['&', '*']);
        let base = self.variables.iter().rposition(|variable| variable.name == name);
        Some(Scrutinee {
            text,
            ty,
            mode: Mode::Ref,
            leaves: true,
            base,
            new: false,
        })
    }

    fn place_scrutinee(&mut self, ty: Ty) -> Option<Scrutinee> {
        let found = self.readable(|form| form == Form::Value(ty));
        let variable = self.choose(&found)?;
        Some(Scrutinee {
            text: self.pin(variable, false),
            ty,
            mode: Mode::Keyword,
            leaves: true,
            base: Some(variable),
            new: false,
        })
    }

    /// A pattern that always matches.
    pub fn irrefutable(&mut self, from: &Scrutinee) -> String {
        let mark = self.variables.len();
        self.part_pattern(from.ty, from, mark, true)
    }

    /// The patterns that together match all values.
    pub fn cases(ty: Ty) -> &'static [&'static str] {
        match ty {
            Ty::Flag => &["true", "false"],
            Ty::Num => &["0", "1 | 2", "@ 3..=4", "_"],
            Ty::MaybeNum => &["Some(Num)", "None"],
            Ty::MaybeTracer => &["Some(Tracer)", "None"],
            Ty::Outcome => &["Ok(Num)", "Err(Tracer)"],
            Ty::Token => &["Token::Number(Tracer, Num)", "Token::Word(Tracer)", "Token::Empty"],
            _ => &["_"],
        }
    }

    /// One of these cases as a pattern.
    pub fn case(&mut self, case: &str, from: &Scrutinee) -> String {
        let mark = self.variables.len();
        if case == "_" {
            return self.part_pattern(from.ty, from, mark, true);
        }
        if case.contains('|') && from.mode == Mode::Ref && !self.allowed(Switch::OrOfReference) {
            return "1".to_owned();
        }
        if let Some(range) = case.strip_prefix('@') {
            return format!("{} @ {range}", self.bind(from.ty, from, mark));
        }
        let Some((head, fields)) = case.split_once('(') else {
            return case.to_owned();
        };
        let fields = fields.trim_end_matches(')').split(", ");
        let fields: Vec<_> = fields
            .map(|field| {
                let ty = if field == "Num" { Ty::Num } else { Ty::Tracer };
                self.part_pattern(ty, from, mark, false)
            })
            .collect();
        format!("{head}({})", fields.join(", "))
    }

    /// Of a variable, what `_` and `..` stand for is left there.
    fn left_in(&mut self, from: &Scrutinee) {
        if from.mode == Mode::Move && !from.new {
            self.allowed(Switch::PartialMove);
        }
    }

    fn part_pattern(&mut self, ty: Ty, from: &Scrutinee, mark: usize, whole: bool) -> String {
        if (from.leaves || ty.is_copy()) && self.random.chance(20) {
            self.left_in(from);
            return "_".to_owned();
        }
        if whole && self.random.chance(60) {
            match ty {
                Ty::Both | Ty::Mixed => return self.tuple_pattern(ty, from, mark),
                Ty::Pair => return self.struct_pattern(from, mark),
                Ty::Ticket if from.mode == Mode::Ref || self.allowed(Switch::CopiedParts) => {
                    return format!("Ticket {{ n: {} }}", self.bind(Ty::Num, from, mark));
                }
                _ => {}
            }
        }
        self.bind(ty, from, mark)
    }

    fn tuple_pattern(&mut self, ty: Ty, from: &Scrutinee, mark: usize) -> String {
        if from.leaves && self.random.chance(20) {
            self.left_in(from);
            return match self.random.chance(50) {
                true => format!("({}, ..)", self.bind(Ty::Tracer, from, mark)),
                false => format!("(.., {})", self.bind(ty.fields()[1].1, from, mark)),
            };
        }
        let parts = ty.fields().iter();
        let parts: Vec<_> = parts
            .map(|(_, part)| self.part_pattern(*part, from, mark, false))
            .collect();
        format!("({})", parts.join(", "))
    }

    fn struct_pattern(&mut self, from: &Scrutinee, mark: usize) -> String {
        if from.leaves && self.random.chance(30) {
            self.left_in(from);
            return format!("Pair {{ right: {}, .. }}", self.bind(Ty::Tracer, from, mark));
        }
        let right = self.part_pattern(Ty::Tracer, from, mark, false);
        let left = self.part_pattern(Ty::Tracer, from, mark, false);
        match self.random.chance(50) {
            true => format!("Pair {{ right: {right}, left: {left} }}"),
            false => format!("Pair {{ left: {left}, right: {right} }}"),
        }
    }

    /// A binding of the scrutinee or a part of it.
    pub fn bind(&mut self, ty: Ty, from: &Scrutinee, mark: usize) -> String {
        let mut name = self.name();
        while self.variables[mark..].iter().any(|variable| variable.name == name) {
            name = self.name();
        }
        let by_value = from.mode == Mode::Move || from.mode == Mode::Keyword && ty.is_copy();
        let mutable = by_value && self.random.chance(30);
        let form = if by_value { Form::Value(ty) } else { Form::Ref(ty) };
        let variable = self.declare(&name, form, mutable);
        if !by_value {
            self.variables[variable].borrows = from.base;
        }
        match from.mode {
            Mode::Keyword if !by_value => format!("ref {name}"),
            _ if mutable => format!("mut {name}"),
            _ => name,
        }
    }
}
