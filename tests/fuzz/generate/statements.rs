//! Statements.

use super::Writer;
use super::branches::Gives;
use super::scope::{Form, State};
use super::types::{Ty, VALUES};
use crate::switches::Switch;

#[derive(Debug, Clone, Copy)]
enum Statement {
    Let,
    LetPattern,
    LetElse,
    LetLater,
    Reference,
    Closure,
    Guard,
    Assign,
    Compound,
    Field,
    Expression,
    Ignored,
    Suspend,
    If,
    Match,
    Loop,
    Block,
    Leave,
    Drop,
    MoveAndRestore,
    Delegate,
    Owner,
    Lease,
    Leased,
    Any,
}

const STATEMENTS: [(usize, Statement); 25] = [
    (16, Statement::Let),
    (6, Statement::LetPattern),
    (4, Statement::LetElse),
    (2, Statement::LetLater),
    (5, Statement::Reference),
    (2, Statement::Closure),
    (4, Statement::Guard),
    (5, Statement::Assign),
    (4, Statement::Compound),
    (2, Statement::Field),
    (6, Statement::Expression),
    (2, Statement::Ignored),
    (8, Statement::Suspend),
    (7, Statement::If),
    (5, Statement::Match),
    (7, Statement::Loop),
    (3, Statement::Block),
    (3, Statement::Leave),
    (3, Statement::Drop),
    (2, Statement::MoveAndRestore),
    (3, Statement::Delegate),
    (3, Statement::Owner),
    (4, Statement::Lease),
    (2, Statement::Leased),
    (3, Statement::Any),
];

impl Writer<'_> {
    fn own_statement(&mut self) -> String {
        if !self.has_fuel() {
            return self.simple_let();
        }
        self.fuel -= 1;
        self.depth += 1;
        let text = self.whole(|writer| {
            let statement = writer.random.weighted(&STATEMENTS);
            writer.chosen_statement(statement)
        });
        self.depth -= 1;
        text.unwrap_or_else(|| self.simple_let())
    }

    /// A statement, and what else stands there.
    pub fn statement(&mut self) -> String {
        let before = [self.beside(), self.shape(), self.guarded()];
        let before: String = before.into_iter().flatten().collect();
        format!("{before} {}", self.own_statement())
    }

    fn chosen_statement(&mut self, statement: Statement) -> Option<String> {
        Some(match statement {
            Statement::Let => self.simple_let(),
            Statement::LetPattern => self.let_pattern(),
            Statement::LetElse => self.let_else()?,
            Statement::LetLater => self.let_later(),
            Statement::Reference => self.let_reference()?,
            Statement::Closure => self.let_closure()?,
            Statement::Guard => self.let_guard()?,
            Statement::Assign => self.assign()?,
            Statement::Compound => self.compound()?,
            Statement::Field => self.assign_field()?,
            Statement::Expression => self.expression_statement(),
            Statement::Ignored => self.ignored(),
            Statement::Suspend => self.suspend_statement()?,
            Statement::If => self.if_else(Gives::Nothing),
            Statement::Match => self.match_arms(Gives::Nothing),
            Statement::Loop => self.loop_or_block(),
            Statement::Block => self.block(4),
            Statement::Leave => self.leave()?,
            Statement::Drop => self.drop_variable()?,
            Statement::MoveAndRestore => self.move_and_restore()?,
            Statement::Delegate => self.delegate()?,
            Statement::Owner => self.let_owner(),
            Statement::Lease => self.let_lease()?,
            Statement::Leased => self.assign_leased()?,
            Statement::Any => self.let_any()?,
        })
    }

    fn simple_let(&mut self) -> String {
        let ty = self.random.weighted(&VALUES);
        let value = self.whole(|writer| writer.value(ty));
        let mutable = self.random.chance(45);
        let name = self.name();
        self.declare(&name, Form::Value(ty), mutable);
        let mutable = if mutable { "mut " } else { "" };
        let annotation = match self.random.chance(30) {
            true => format!(": {}", ty.text()),
            false => String::new(),
        };
        format!("let {mutable}{name}{annotation} = {value};")
    }

    fn let_pattern(&mut self) -> String {
        let ty = self.random.weighted(&[
            (3, Ty::Pair),
            (2, Ty::Both),
            (2, Ty::Mixed),
            (1, Ty::Ticket),
            (1, Ty::Tracer),
        ]);
        let from = self.scrutinee(ty);
        // The references of a temporary would end with the statement.
        let pattern = self.irrefutable(&from);
        format!("let {pattern} = {};", from.text)
    }

    fn let_else(&mut self) -> Option<String> {
        if !self.exits {
            return None;
        }
        let ty = self.random.weighted(&[
            (2, Ty::MaybeNum),
            (3, Ty::MaybeTracer),
            (2, Ty::Outcome),
            (2, Ty::Token),
        ]);
        let from = match self.allowed(Switch::MoveInLetElse) {
            true => self.scrutinee(ty),
            false => self.kept(|writer| writer.scrutinee(ty)),
        };
        if let Some(base) = from.base {
            self.pin(base, false);
        }
        let cases: Vec<_> = Self::cases(ty).iter().filter(|case| case.contains('(')).collect();
        let case = **self.random.pick(&cases);
        let states = self.states();
        let leaving = self.leaving();
        self.restore(&states);
        let pattern = self.case(case, &from);
        Some(format!("let {pattern} = ({}) else {leaving};", from.text))
    }

    /// `let x; if .. { x = ..; } else { x = ..; }`.
    fn let_later(&mut self) -> String {
        let ty = self.random.weighted(&VALUES);
        let name = self.name();
        let condition = self.whole(|writer| writer.flag());
        let texts = self.branches(2, |writer, _| {
            writer.scoped(|writer| {
                let statements = writer.statements(1);
                format!("{{ {statements} {name} = {}; }}", writer.value(ty))
            })
        });
        // Statements of the branches may mention one that it hides: they would mean the new one.
        let hidden = self.variables.iter().any(|variable| variable.name == name);
        let text = format!("if {condition} {} else {}", texts[0], texts[1]);
        match hidden {
            true => {
                let fresh = self.fresh();
                let text = text.replace(&format!(" {name} = "), &format!(" {fresh} = "));
                self.declare(&fresh, Form::Value(ty), false);
                format!("let {fresh}; {text}")
            }
            false => {
                self.declare(&name, Form::Value(ty), false);
                format!("let {name}; {text}")
            }
        }
    }

    /// `let r = &x;`.
    fn let_reference(&mut self) -> Option<String> {
        let ty = self.random.weighted(&VALUES);
        let found = self.readable(|form| form == Form::Value(ty));
        let of = self.choose(&found)?;
        let path = self.variables[of].name.clone();
        let name = self.name();
        let variable = self.declare(&name, Form::Ref(ty), false);
        self.variables[variable].borrows = Some(of);
        Some(format!("let {name} = &{path};"))
    }

    fn let_closure(&mut self) -> Option<String> {
        let body = self.whole(|writer| writer.closure_body(Ty::Num))?;
        self.named += 1;
        let name = format!("f{}", self.named);
        // What the body mentions is borrowed; the text says what that is.
        let variable = self.declare(&name, Form::Closure, false);
        let mentioned = (0..variable).filter(|&other| mentions(&body, &self.variables[other].name));
        let mentioned: Vec<_> = mentioned.collect();
        for other in mentioned.iter().skip(1) {
            // One borrower is declared for each.
            let hidden = self.declare("", Form::Closure, false);
            self.variables[hidden].state = State::Empty;
            self.variables[hidden].borrows = Some(*other);
        }
        self.variables[variable].borrows = mentioned.first().copied();
        Some(format!("let {name} = |n: u32| {body};"))
    }

    fn let_guard(&mut self) -> Option<String> {
        let found = self.readable(|form| form == Form::Cell);
        let cell = self.choose(&found)?;
        let cell = self.variables[cell].name.clone();
        let name = self.name();
        self.declare(&name, Form::Guard, false);
        Some(format!("let {name} = guard({cell}, {});", self.label("g")))
    }

    fn assign(&mut self) -> Option<String> {
        let ty = self.random.weighted(&VALUES);
        let found = self.assignable(|form| form == Form::Value(ty) || form == Form::Mut(ty));
        let variable = self.choose(&found)?;
        let value = self.value(ty);
        Some(self.assigned(variable, &value))
    }

    fn assigned(&mut self, variable: usize, value: &str) -> String {
        let name = &self.variables[variable].name;
        let text = match self.variables[variable].form {
            Form::Mut(_) => format!("*{name} = {value};"),
            _ => format!("{name} = {value};"),
        };
        self.variables[variable].state = State::Full;
        text
    }

    fn compound(&mut self) -> Option<String> {
        if self.random.chance(30) {
            let found = self.changeable(|form| form == Form::Value(Ty::Nums));
            let list = self.choose(&found)?;
            let name = self.variables[list].name.clone();
            let index = self.operand(Ty::Num);
            let value = self.operand(Ty::Num);
            let operator = *self.random.pick(&["+=", "=", "^="]);
            return Some(format!("{name}[{index} as usize % 3] {operator} {value};"));
        }
        let found = self.changeable(|form| form == Form::Value(Ty::Num) || form == Form::Mut(Ty::Num));
        let variable = self.choose(&found)?;
        let value = self.operand(Ty::Num);
        let dereferenced = if let Form::Mut(_) = self.variables[variable].form {
            "*"
        } else {
            ""
        };
        let operator = *self.random.pick(&["+=", "*=", "|="]);
        Some(format!(
            "{dereferenced}{} {operator} {value};",
            self.variables[variable].name
        ))
    }

    fn assign_field(&mut self) -> Option<String> {
        let found = self.changeable(|form| matches!(form, Form::Value(Ty::Pair | Ty::Both | Ty::Mixed | Ty::Ticket)));
        let variable = self.choose(&found)?;
        let Form::Value(owner) = self.variables[variable].form else {
            return None;
        };
        let (field, ty) = *self.random.pick(owner.fields());
        let name = self.variables[variable].name.clone();
        let value = self.value(ty);
        let full = self.variables[variable].state == State::Full;
        full.then(|| format!("{name}.{field} = {value};"))
    }

    /// `value;`, where the value is no block: what that discards drops otherwise.
    fn expression_statement(&mut self) -> String {
        let ty = self.random.weighted(&VALUES);
        let text = match self.random.below(3) {
            0 => self.own(Ty::Num),
            1 => self.part(Ty::Tracer),
            _ => None,
        };
        let text = text.unwrap_or_else(|| format!("first({})", self.operands(&[ty, Ty::Num]).join(", ")));
        format!("{text};")
    }

    fn ignored(&mut self) -> String {
        let ty = self.random.weighted(&VALUES);
        format!("let _ = {};", self.value(ty))
    }

    pub fn suspend_statement(&mut self) -> Option<String> {
        let ty = match self.kind.yields() {
            true => Ty::Unit,
            false => self.random.weighted(&[(2, Ty::Unit), (2, Ty::Num), (3, Ty::Tracer)]),
        };
        let text = self.suspended(ty)?;
        let text = match text.starts_with('{') {
            true => format!("let _ = {text}"),
            false => text,
        };
        Some(format!("{text};"))
    }

    /// `if condition { return; }`.
    fn leave(&mut self) -> Option<String> {
        if !self.exits {
            return None;
        }
        let condition = self.value(Ty::Flag);
        let states = self.states();
        let leaving = self.leaving();
        self.restore(&states);
        Some(format!("if {condition} {leaving}"))
    }

    fn drop_variable(&mut self) -> Option<String> {
        let found = self.movable(|form| {
            matches!(form, Form::Value(ty) if !ty.is_copy()) || matches!(form, Form::Guard | Form::Lease | Form::Any)
        });
        let variable = self.choose(&found)?;
        let conditional = self.random.chance(40);
        match conditional {
            true => {
                let condition = self.value(Ty::Flag);
                let still = self.variables[variable].state == State::Full;
                let name = self.variables[variable].name.clone();
                self.variables[variable].state = State::Maybe;
                still.then(|| format!("if {condition} {{ drop({name}); }}"))
            }
            false => Some(format!("drop({});", self.moved(variable))),
        }
    }

    /// `eat(x); suspension; x = ..;`, in a loop too.
    fn move_and_restore(&mut self) -> Option<String> {
        let mut found = self.assignable(|form| matches!(form, Form::Value(ty) if !ty.is_copy()));
        found.retain(|&variable| self.variables[variable].state == State::Full);
        let variable = self.choose(&found)?;
        let Form::Value(ty) = self.variables[variable].form else {
            return None;
        };
        let name = self.moved(variable);
        let between = self.under(|writer| writer.exits = false, |writer| writer.suspend_statement());
        let value = self.under(|writer| writer.exits = false, |writer| writer.value(ty));
        let assigned = self.assigned(variable, &value);
        Some(format!("eat({name}); {} {assigned}", between.unwrap_or_default()))
    }

    fn delegate(&mut self) -> Option<String> {
        self.delegated()
    }
}

/// Whether the name stands in the text as a word.
fn mentions(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    !name.is_empty() && text.split(|c| !is_word(c)).any(|word| word == name)
}
