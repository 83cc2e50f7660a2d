//! Variables that lend guards: a cell and a mutex, whose guards log their drops.

use super::Writer;
use super::scope::Form;
use super::types::Ty;

impl Writer<'_> {
    /// `let c = RefCell::new(value);`.
    pub fn let_owner(&mut self) -> String {
        let value = self.whole(|writer| writer.value(Ty::Tracer));
        let name = self.fresh();
        let (maker, form) = match self.kind.awaits() && self.random.chance(50) {
            true => ("Mutex", Form::Mutex),
            false => ("RefCell", Form::Shelf),
        };
        self.declare(&name, form, false);
        format!("let {name} = {maker}::new({value});")
    }

    /// `let g = c.borrow();`, `let g = m.lock().await;`.
    pub fn let_lease(&mut self) -> Option<String> {
        if self.clone {
            return None;
        }
        let (owner, guard) = self.lease()?;
        let name = self.name();
        let variable = self.declare(&name, Form::Lease, true);
        self.variables[variable].borrows = Some(owner);
        Some(format!("let mut {name} = {guard};"))
    }

    /// A guard, and of which variable it is.
    fn lease(&mut self) -> Option<(usize, String)> {
        let awaits = self.kind.awaits() && self.suspends && self.left_suspensions >= self.weight;
        let found = self.readable(|form| form == Form::Shelf || awaits && form == Form::Mutex);
        let owner = self.choose(&found)?;
        let name = &self.variables[owner].name;
        if self.variables[owner].form == Form::Mutex {
            self.left_suspensions -= self.weight;
            return Some((owner, format!("{name}.lock().await")));
        }
        let method = if self.random.chance(60) { "borrow" } else { "borrow_mut" };
        Some((owner, format!("{}.{method}()", self.variables[owner].name)))
    }

    /// A number of what is behind a guard, which is a variable or a temporary.
    pub fn leased(&mut self) -> Option<String> {
        let found = self.readable(|form| form == Form::Lease);
        let guard = match self.choose(&found) {
            Some(variable) if self.random.chance(60) => self.variables[variable].name.clone(),
            // A guard is no `Clone`.
            _ if self.temporaries && !self.clone => self.lease()?.1,
            _ => return None,
        };
        Some(match self.random.below(3) {
            0 => format!("{guard}.size()"),
            1 => format!("{guard}.plus({})", self.operand(Ty::Num)),
            _ => format!("see(&*{guard})"),
        })
    }

    /// `*c.borrow_mut() = value;`.
    pub fn assign_leased(&mut self) -> Option<String> {
        if self.clone {
            return None;
        }
        let found = self.readable(|form| form == Form::Shelf || form == Form::Lease);
        let place = self.choose(&found)?;
        let (name, form) = (self.variables[place].name.clone(), self.variables[place].form);
        let value = self.operand(Ty::Tracer);
        Some(match form {
            Form::Lease => format!("swap(&mut *{name}, {value});"),
            _ if self.random.chance(50) => format!("*{name}.borrow_mut() = {value};"),
            _ => format!("swap(&mut *{name}.borrow_mut(), {value});"),
        })
    }

    /// A number of what has a type of the caller's.
    pub fn of_any(&mut self) -> Option<String> {
        if self.random.chance(40) {
            let found = self.movable(|form| form == Form::Any);
            let variable = self.choose(&found)?;
            return Some(format!("eat({})", self.moved(variable)));
        }
        let found = self.readable(|form| form == Form::Any);
        let variable = self.choose(&found)?;
        let name = self.pin(variable, false);
        Some(match self.random.below(3) {
            0 => format!("{name}.size()"),
            1 => format!("{name}.plus({})", self.operand(Ty::Num)),
            _ => format!("eat({name}.clone())"),
        })
    }

    /// `let x = t;` of such a one.
    pub fn let_any(&mut self) -> Option<String> {
        let found = self.movable(|form| form == Form::Any);
        let variable = self.choose(&found)?;
        let value = self.moved(variable);
        let value = match self.random.chance(50) {
            true => format!("second({}, {value})", self.operand(Ty::Num)),
            false => value,
        };
        let name = self.name();
        self.declare(&name, Form::Any, false);
        Some(format!("let {name} = {value};"))
    }
}
