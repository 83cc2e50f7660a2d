//! The whole program: arguments, the body, and what its callers write.

use super::Writer;
use super::scope::Form;
use super::types::Ty;
use crate::program::{Argument, Kind, Program};

/// An argument: its type, the value, and what stands before the call.
struct Shape {
    form: Form,
    ty: &'static str,
    value: String,
    given: String,
    /// Shows afterwards what became of it.
    then: String,
}

impl Writer<'_> {
    pub fn program(&mut self, seed: u64) -> Program {
        let count = self.random.below(5);
        let mut arguments: Vec<Argument> = Vec::new();
        for number in 0..count {
            let shape = self.argument(number);
            let name = match self.random.chance(30) {
                true => ["a", "b", "c", "x"][number % 4].to_owned(),
                false => format!("p{number}"),
            };
            if arguments.iter().any(|other| other.name == name) {
                continue;
            }
            let mutable = matches!(shape.form, Form::Value(_)) && self.random.chance(40);
            self.declare(&name, shape.form, mutable);
            arguments.push(Argument {
                name,
                mutable,
                ty: shape.ty.to_owned(),
                value: shape.value,
                given: shape.given,
                then: shape.then,
            });
        }
        let statements = self.body();
        let generic = arguments.iter().any(|argument| argument.ty == "F");
        Program {
            seed,
            kind: self.kind,
            generics: if generic {
                "F: Fn(u32) -> u32".to_owned()
            } else {
                String::new()
            },
            arguments,
            item: self.item.text().to_owned(),
            result: self.result.text().to_owned(),
            clone: false,
            body: statements,
            tags: self.tags.clone(),
        }
    }

    fn body(&mut self) -> String {
        let mut text = String::new();
        let count = 2 + self.random.below(6);
        let fuel = self.fuel;
        for _ in 0..count {
            // Each has its share, or the first one would take it all.
            self.fuel = fuel / count + self.random.below(8);
            if !self.left {
                text += &self.statement();
                text.push('\n');
            }
        }
        if self.left {
            return text;
        }
        match (self.kind, self.result) {
            (Kind::Iterator | Kind::Stream, _) | (_, Ty::Unit) => text,
            (_, ty) => text + &self.tail(ty),
        }
    }

    fn argument(&mut self, number: usize) -> Shape {
        let own = |form, ty, value: String| Shape {
            form,
            ty,
            value,
            given: String::new(),
            then: String::new(),
        };
        let owner = format!("given_{number}");
        let given = |form, ty, by: &str, value: &str| Shape {
            form,
            ty,
            value: format!("{by}{owner}"),
            given: format!("let mut {owner} = {value};"),
            then: format!("show(&{owner});"),
        };
        match self.random.below(14) {
            0..4 => own(Form::Value(Ty::Tracer), "D", format!("D(\"arg{number}\")")),
            4 => own(Form::Value(Ty::Num), "u32", format!("{}", self.random.below(4))),
            5 => own(
                Form::Value(Ty::MaybeTracer),
                "Option<D>",
                format!("Some(D(\"arg{number}\"))"),
            ),
            6 => given(Form::Ref(Ty::Tracer), "&D", "&", &format!("D(\"of{number}\")")),
            7 => given(
                Form::Ref(Ty::List),
                "&Vec<D>",
                "&",
                &format!("vec![D(\"of{number}\"), D(\"of{number}b\")]"),
            ),
            8 => given(Form::Mut(Ty::Num), "&mut u32", "&mut ", "1"),
            9 => given(Form::Mut(Ty::Tracer), "&mut D", "&mut ", &format!("D(\"of{number}\")")),
            10 => given(
                Form::Mut(Ty::Store),
                "&mut Store",
                "&mut ",
                &format!("Store {{ items: vec![D(\"of{number}\")], count: 0 }}"),
            ),
            11 => own(
                Form::Closure,
                "impl Fn(u32) -> u32",
                format!("|n| num(\"arg{number}\", n + 1)"),
            ),
            12 => own(
                Form::Value(Ty::Pair),
                "Pair",
                format!("Pair {{ left: D(\"arg{number}l\"), right: D(\"arg{number}r\") }}"),
            ),
            _ => given(Form::Cell, "&std::cell::Cell<u32>", "&", "std::cell::Cell::new(1)"),
        }
    }

    /// `yield_from!(inner)`.
    pub fn delegated(&mut self) -> Option<String> {
        if !self.kind.yields() || !self.suspends || self.left_suspensions < 3 * self.weight {
            return None;
        }
        self.left_suspensions -= 3 * self.weight;
        let items = self.operands(&[self.item, self.item]).join(", ");
        match self.kind {
            Kind::Iterator => Some(format!("yield_from!([{items}]);")),
            _ => None,
        }
    }
}
