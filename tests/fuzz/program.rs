//! A program, and the text of its two sides and of what compares them.

use std::collections::BTreeSet;

use crate::switches::Switch;

/// What the function becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Async,
    Iterator,
    Coroutine,
    Stream,
}

impl Kind {
    pub fn awaits(self) -> bool {
        matches!(self, Kind::Async | Kind::Stream)
    }

    pub fn yields(self) -> bool {
        self != Kind::Async
    }
}

/// What rustc's side is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// An `async fn` that gives what it yields to the driver.
    Stable,
    /// `gen fn`, `#[coroutine]` and `async gen fn`.
    Nightly,
}

#[derive(Debug, Clone)]
pub struct Argument {
    pub name: String,
    pub mutable: bool,
    pub ty: String,
    /// What the caller passes, after `given`; `then` looks at what is left.
    pub value: String,
    pub given: String,
    pub then: String,
}

#[derive(Debug, Clone)]
pub struct Program {
    pub seed: u64,
    pub kind: Kind,
    pub arguments: Vec<Argument>,
    pub item: String,
    pub result: String,
    /// The signature asks for `Clone`.
    pub clone: bool,
    /// The type of an argument, with its bounds.
    pub generics: &'static str,
    /// It calls itself, and is boxed therefore.
    pub recursive: bool,
    pub body: String,
    /// A function that it calls.
    pub inner: Option<Box<Program>>,
    /// The shapes that it has.
    pub tags: BTreeSet<Switch>,
}

const USES: &str = "use support::*;\nuse unawait::prelude::*;\n";

impl Program {
    fn parameters(&self) -> String {
        let parameters = self.arguments.iter().map(|argument| {
            let mutable = if argument.mutable { "mut " } else { "" };
            format!("{mutable}{}: {}", argument.name, argument.ty)
        });
        parameters.collect::<Vec<_>>().join(", ")
    }

    fn output(&self) -> String {
        if self.recursive {
            return self.boxed();
        }
        let clone = if self.clone { " + Clone" } else { "" };
        match self.kind {
            Kind::Async => self.result.clone(),
            Kind::Iterator => format!("impl Iterator<Item = {}>{clone}", self.item),
            Kind::Stream => format!("impl Stream<Item = {}>", self.item),
            Kind::Coroutine => format!(
                "impl Coroutine<u32, Yield = {}, Return = {}>{clone}",
                self.item, self.result
            ),
        }
    }

    fn boxed(&self) -> String {
        match self.kind {
            Kind::Async => self.result.clone(),
            Kind::Iterator => format!("Box<dyn Iterator<Item = {}>>", self.item),
            Kind::Stream => format!("std::pin::Pin<Box<dyn Stream<Item = {}>>>", self.item),
            Kind::Coroutine => format!(
                "Box<dyn Coroutine<u32, Yield = {}, Return = {}>>",
                self.item, self.result
            ),
        }
    }

    /// The function as a user writes it, without the attribute.
    pub fn function(&self) -> String {
        format(&self.named("subject"))
    }

    fn named(&self, name: &str) -> String {
        let asynchronous = if self.kind == Kind::Async { "async " } else { "" };
        let (parameters, output) = (self.parameters(), self.output());
        format!(
            "pub {asynchronous}fn {name}{}({parameters}) -> {output} {{ {} }}",
            self.generics, self.body
        )
    }

    /// The annotated side.
    pub fn machine(&self) -> String {
        self.with_machine(&format!("#[coro]\n{}", self.function()))
    }

    /// The annotated side with something in the place of the function.
    pub fn with_machine(&self, machine: &str) -> String {
        let inner = self
            .inner
            .as_ref()
            .map(|inner| format!("#[coro]\n{}", format(&inner.named("inner"))));
        format!("{USES}{}{machine}", inner.unwrap_or_default())
    }

    /// rustc's side.
    pub fn oracle(&self, dialect: Dialect) -> String {
        if dialect == Dialect::Nightly && self.kind != Kind::Async {
            return self.native_oracle();
        }
        let inner = self.inner.as_ref().map(|inner| format(&inner.told("inner")));
        format!("{USES}{}{}", inner.unwrap_or_default(), format(&self.told("subject")))
    }

    /// As an `async fn`, which gives what it yields to the driver.
    fn told(&self, name: &str) -> String {
        if self.kind == Kind::Async {
            return self.named(name);
        }
        let (input, result) = match self.kind {
            Kind::Coroutine => ("u32", self.result.as_str()),
            _ => ("()", "()"),
        };
        let call = if self.kind == Kind::Stream { "hand" } else { "exchange" };
        format!(
            "pub async fn {name}{}(talk: Talk<{}, {input}>, {}) -> {result} {{
                macro_rules! yield_ {{
                    () => {{ yield_!(()) }};
                    ($e:expr) => {{ talk.{call}($e).await }};
                }}
                macro_rules! yield_from {{
                    (inner($($e:expr),*)) => {{ Box::pin(inner(talk.clone(), $($e),*)).await }};
                    ($e:expr) => {{ for value in $e {{ yield_!(value) }} }};
                }}
                {}
            }}",
            self.generics,
            self.item,
            self.parameters(),
            self.body
        )
    }

    /// With the generators of nightly.
    fn native_oracle(&self) -> String {
        let inner = self.inner.as_ref().map(|inner| format!("{}\n", inner.native("inner")));
        // `gen fn` is more than syn knows, so this text stays as it is.
        format!("{USES}{}{}", inner.unwrap_or_default(), self.native("subject"))
    }

    fn native(&self, name: &str) -> String {
        let (parameters, item, body) = (self.parameters(), &self.item, &self.body);
        let generics = self.generics;
        let macros = "macro_rules! yield_ { ($e:expr) => { (yield $e) }; }";
        match self.kind {
            Kind::Iterator => format!(
                "pub gen fn {name}{generics}({parameters}) -> {item} {{ {macros}
                macro_rules! yield_from {{ ($e:expr) => {{ for value in $e {{ yield_!(value) }} }}; }}
                {body} }}"
            ),
            Kind::Stream => format!(
                "pub async gen fn {name}{generics}({parameters}) -> {item} {{ {macros}
                macro_rules! yield_from {{ ($e:expr) => {{
                    let mut inner = std::pin::pin!($e);
                    while let Some(item) = std::future::poll_fn(|context| inner.as_mut().poll_next(context)).await {{
                        yield_!(item);
                    }}
                }}; }}
                {body} }}"
            ),
            _ => {
                let arguments = self.arguments.iter().map(|argument| {
                    let mutable = if argument.mutable { "mut " } else { "" };
                    format!("let {mutable}{0} = {0};", argument.name)
                });
                let arguments: String = arguments.collect();
                let plain = self
                    .arguments
                    .iter()
                    .map(|argument| format!("{}: {}", argument.name, argument.ty));
                let plain = plain.collect::<Vec<_>>().join(", ");
                format!(
                    "pub fn {name}{generics}({plain}) -> impl std::ops::Coroutine<u32, Yield = {item}, Return = {}> {{
                    #[coroutine] static move |_first: u32| {{ {macros}
                    macro_rules! yield_from {{ ($e:expr) => {{{{
                        let mut inner = std::pin::pin!($e);
                        let mut input = 0;
                        loop {{
                            match std::ops::Coroutine::resume(inner.as_mut(), input) {{
                                std::ops::CoroutineState::Yielded(item) => input = yield_!(item),
                                std::ops::CoroutineState::Complete(value) => break value,
                            }}
                        }}
                    }}}}; }}
                    {arguments} {body} }} }}",
                    self.result
                )
            }
        }
    }

    /// `run`, which compares `machine::subject` with `oracle::subject`.
    pub fn comparison(&self, dialect: Dialect) -> String {
        let all = |part: fn(&Argument) -> &String| {
            let parts = self.arguments.iter().map(part).cloned();
            parts.collect::<Vec<_>>()
        };
        let given = all(|argument| &argument.given).join(" ");
        let then = all(|argument| &argument.then).join(" ");
        let values = all(|argument| &argument.value).join(", ");
        let (machine, mut oracle) = self.drivers(&values);
        if dialect == Dialect::Nightly && self.kind != Kind::Async {
            oracle = match self.kind {
                Kind::Iterator => format!("step(plan, genned(oracle::subject({values})));"),
                Kind::Stream => format!("poll_items(plan, Box::new(|| async_genned(oracle::subject({values}))));"),
                _ => format!("step(plan, native(oracle::subject({values}), &[1, 2, 3]));"),
            };
        }
        let (compare, plan) = match self.kind {
            Kind::Async | Kind::Stream => ("support::awaits::harness::compare(\"subject\",", "Polls"),
            Kind::Iterator | Kind::Coroutine => ("support::harness::compare(\"subject\", false,", "Plan"),
        };
        let text = format!(
            "use super::{{machine, oracle}};
            use support::*;
            pub fn run() {{
                {compare}
                    &|plan: &{plan}| {{ {given} {machine} {then} }},
                    &|plan: &{plan}| {{ {given} {oracle} {then} }},
                );
                {}
            }}",
            self.clones(&values, &oracle)
        );
        format(&text)
    }

    /// The comparison of machines that are cloned at each suspension.
    fn clones(&self, values: &str, oracle: &str) -> String {
        let machine = match self.kind {
            _ if !self.clone => return String::new(),
            Kind::Iterator => format!("Iterated(machine::subject({values}))"),
            _ => format!("Resumed(machine::subject({values}), &[1, 2, 3], \"subject\")"),
        };
        format!(
            "support::harness::compare_clones(
                \"subject\",
                &|plan: &Plan| plan.drive_cloned({machine}),
                &|plan: &Plan| {{ {oracle} }},
            );"
        )
    }

    fn drivers(&self, values: &str) -> (String, String) {
        match self.kind {
            Kind::Async => {
                let side = |side| format!("poll(plan, Box::new(|| Box::pin({side}::subject({values}))));");
                (side("machine"), side("oracle"))
            }
            Kind::Stream => (
                format!("poll_items(plan, Box::new(|| Box::pin(machine::subject({values}))));"),
                format!(
                    "let talk = Talk::new();
                    poll_items(plan, Box::new(|| told(talk.clone(), Box::pin(oracle::subject(talk, {values})))));"
                ),
            ),
            Kind::Iterator => (
                format!("step(plan, iterated(machine::subject({values})));"),
                format!(
                    "let talk = Talk::new();
                    step(plan, oracle(&talk, &[()], Box::pin(oracle::subject(talk.clone(), {values}))));"
                ),
            ),
            Kind::Coroutine => (
                format!("step(plan, resumed(machine::subject({values}), &[1, 2, 3]));"),
                format!(
                    "let talk = Talk::new();
                    step(plan, oracle(&talk, &[1, 2, 3], Box::pin(oracle::subject(talk.clone(), {values}))));"
                ),
            ),
        }
    }
}

/// The text of items, as people would have it.
fn format(text: &str) -> String {
    match syn::parse_file(text) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("the generator wrote what does not parse: {error}\n{text}"),
    }
}
