//! The whole program: arguments, the body, and what its callers write.

use super::Writer;
use super::scope::Form;
use super::types::Ty;
use crate::program::{Argument, Kind, Program};
use crate::random::Random;

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
    pub fn program(mut self, seed: u64) -> Program {
        let movable = matches!(self.kind, Kind::Iterator | Kind::Coroutine);
        self.clone = movable && self.random.chance(25);
        self.generic = self.random.chance(20);
        let inner = self.random.chance(25).then(|| self.inner(seed));
        self.has_inner = inner.is_some();
        let count = self.random.below(5);
        let mut arguments: Vec<Argument> = Vec::new();
        for number in 0..count {
            let shape = self.argument(number);
            let name = match self.random.chance(30) {
                true => ["a", "b", "c", "x"][number % 4].to_owned(),
                false => format!("p{number}"),
            };
            arguments.push(self.declared(shape, name));
        }
        self.finish(seed, arguments, inner)
    }

    fn declared(&mut self, shape: Shape, name: String) -> Argument {
        let mutable = matches!(shape.form, Form::Value(_)) && self.random.chance(40);
        self.declare(&name, shape.form, mutable);
        Argument {
            name,
            mutable,
            ty: shape.ty.to_owned(),
            value: shape.value,
            given: shape.given,
            then: shape.then,
        }
    }

    fn finish(mut self, seed: u64, arguments: Vec<Argument>, inner: Option<Program>) -> Program {
        let body = self.body();
        let generic = arguments.iter().any(|argument| argument.ty == "T");
        let generics = if generic { "<T: Tracer + Clone>" } else { "" };
        let mut tags = self.tags;
        tags.extend(inner.iter().flat_map(|inner| &inner.tags));
        Program {
            seed,
            kind: self.kind,
            arguments,
            item: self.item.text().to_owned(),
            result: self.result.text().to_owned(),
            clone: self.clone,
            generics,
            recursive: self.recursive,
            body,
            inner: inner.map(Box::new),
            tags,
        }
    }

    /// A function of the same kind, which the program awaits or delegates to.
    fn inner(&mut self, seed: u64) -> Program {
        let mut writer = Writer::new(Random::new(!seed), self.switches, self.kind);
        writer.item = self.item;
        writer.clone = self.clone;
        writer.result = match self.kind {
            Kind::Iterator | Kind::Stream => Ty::Unit,
            Kind::Async | Kind::Coroutine => Ty::Num,
        };
        writer.fuel = 3 + writer.random.below(12);
        writer.recursive = !self.clone && writer.random.chance(30);
        writer.left_suspensions = if writer.recursive { 1 } else { 3 };
        let shapes = [(Form::Value(Ty::Tracer), "D"), (Form::Value(Ty::Num), "u32")];
        let mut arguments = Vec::new();
        for (number, (form, ty)) in shapes.into_iter().enumerate() {
            let shape = Shape::owned(form, ty, String::new());
            arguments.push(writer.declared(shape, format!("q{number}")));
        }
        writer.finish(seed, arguments, None)
    }

    fn body(&mut self) -> String {
        let mut text = self.recursion();
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

    /// At the beginning, where the number is what was given: it calls itself at most twice.
    fn recursion(&mut self) -> String {
        let call = "inner(q0.clone(), q1 % 3 - 1)";
        match (self.recursive, self.kind) {
            (false, _) => String::new(),
            (true, Kind::Async) => format!("if q1 % 3 > 0 {{ Box::pin({call}).await; }}"),
            (true, _) => format!("if q1 % 3 > 0 {{ yield_from!({call}); }}"),
        }
    }

    fn argument(&mut self, number: usize) -> Shape {
        if self.generic && self.random.chance(50) {
            return Shape::owned(Form::Any, "T", format!("D(\"any{number}\")"));
        }
        let owner = format!("given_{number}");
        let given = |form, ty, by: &str, value: &str| Shape {
            form,
            ty,
            value: format!("{by}{owner}"),
            given: format!("let mut {owner} = {value};"),
            then: format!("show(&{owner});"),
        };
        let own = Shape::owned;
        // What borrows or mutates can hardly be cloned.
        let kinds = if self.clone { 7 } else { 17 };
        match self.random.below(kinds) {
            0..4 => own(Form::Value(Ty::Tracer), "D", format!("D(\"arg{number}\")")),
            4 => own(Form::Value(Ty::Num), "u32", format!("{}", self.random.below(4))),
            5 => own(
                Form::Value(Ty::MaybeTracer),
                "Option<D>",
                format!("Some(D(\"arg{number}\"))"),
            ),
            6 => own(
                Form::Value(Ty::Pair),
                "Pair",
                format!("Pair {{ left: D(\"arg{number}l\"), right: D(\"arg{number}r\") }}"),
            ),
            7 => given(Form::Ref(Ty::Tracer), "&D", "&", &format!("D(\"of{number}\")")),
            8 => given(
                Form::Ref(Ty::List),
                "&Vec<D>",
                "&",
                &format!("vec![D(\"of{number}\"), D(\"of{number}b\")]"),
            ),
            9 => given(Form::Mut(Ty::Num), "&mut u32", "&mut ", "1"),
            10 => given(Form::Mut(Ty::Tracer), "&mut D", "&mut ", &format!("D(\"of{number}\")")),
            11 => given(
                Form::Mut(Ty::Store),
                "&mut Store",
                "&mut ",
                &format!("Store {{ items: vec![D(\"of{number}\")], count: 0 }}"),
            ),
            12 | 13 => own(
                Form::Closure,
                "impl Fn(u32) -> u32",
                format!("|n| num(\"arg{number}\", n + 1)"),
            ),
            15 => given(
                Form::Shelf,
                "&RefCell<D>",
                "&",
                &format!("RefCell::new(D(\"of{number}\"))"),
            ),
            16 => given(Form::Mutex, "&Mutex<D>", "&", &format!("Mutex::new(D(\"of{number}\"))")),
            _ => given(Form::Cell, "&std::cell::Cell<u32>", "&", "std::cell::Cell::new(1)"),
        }
    }

    /// `yield_from!(inner)`, as a statement.
    pub fn delegated(&mut self) -> Option<String> {
        if !self.kind.yields() || !self.suspends || self.left_suspensions < 3 * self.weight {
            return None;
        }
        if self.has_inner {
            self.left_suspensions -= 3 * self.weight;
            let values = self.operands(&[Ty::Tracer, Ty::Num]).join(", ");
            return Some(format!("yield_from!(inner({values}));"));
        }
        if self.kind != Kind::Iterator {
            return None;
        }
        self.left_suspensions -= 2 * self.weight;
        let items = self.operands(&[self.item, self.item]).join(", ");
        Some(format!("yield_from!([{items}]);"))
    }

    /// The inner function as an expression.
    pub fn inner_value(&mut self) -> Option<String> {
        if !self.has_inner || self.left_suspensions < 3 * self.weight {
            return None;
        }
        let (before, after) = match self.kind {
            Kind::Async => ("", ".await"),
            Kind::Coroutine => ("yield_from!(", ")"),
            Kind::Iterator | Kind::Stream => return None,
        };
        self.left_suspensions -= 3 * self.weight;
        let values = self.operands(&[Ty::Tracer, Ty::Num]).join(", ");
        Some(format!("{before}inner({values}){after}"))
    }
}

impl Shape {
    fn owned(form: Form, ty: &'static str, value: String) -> Self {
        Shape {
            form,
            ty,
            value,
            given: String::new(),
            then: String::new(),
        }
    }
}
