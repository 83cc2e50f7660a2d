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
    pub generics: String,
    pub arguments: Vec<Argument>,
    pub item: String,
    pub result: String,
    /// The signature asks for `Clone`.
    pub clone: bool,
    pub body: String,
    /// The shapes that it has.
    pub tags: BTreeSet<Switch>,
}

pub const USES: &str = "use support::*;\nuse unawait::prelude::*;\n";

impl Program {
    fn parameters(&self) -> String {
        let parameters = self.arguments.iter().map(|argument| {
            let mutable = if argument.mutable { "mut " } else { "" };
            format!("{mutable}{}: {}", argument.name, argument.ty)
        });
        parameters.collect::<Vec<_>>().join(", ")
    }

    fn output(&self) -> String {
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

    /// The function as a user writes it, without the attribute.
    pub fn function(&self) -> String {
        let asynchronous = if self.kind == Kind::Async { "async " } else { "" };
        let text = format!(
            "pub {asynchronous}fn subject<{}>({}) -> {} {{ {} }}",
            self.generics,
            self.parameters(),
            self.output(),
            self.body
        );
        format(&text)
    }

    /// The annotated side.
    pub fn machine(&self) -> String {
        format!("{USES}#[coro]\n{}", self.function())
    }

    /// rustc's side.
    pub fn oracle(&self) -> String {
        if self.kind == Kind::Async {
            return format!("{USES}{}", self.function());
        }
        let (input, result) = match self.kind {
            Kind::Coroutine => ("u32", self.result.as_str()),
            _ => ("()", "()"),
        };
        let call = if self.kind == Kind::Stream { "hand" } else { "exchange" };
        let text = format!(
            "pub async fn subject<{}>(talk: Talk<{}, {input}>, {}) -> {result} {{
                macro_rules! yield_ {{
                    () => {{ yield_!(()) }};
                    ($e:expr) => {{ talk.{call}($e).await }};
                }}
                {}
                {}
            }}",
            self.generics,
            self.item,
            self.parameters(),
            self.delegation(),
            self.body
        );
        format!("{USES}{}", format(&text))
    }

    fn delegation(&self) -> &'static str {
        match self.kind {
            Kind::Async => "",
            Kind::Iterator => "macro_rules! yield_from { ($e:expr) => { for value in $e { yield_!(value) } }; }",
            Kind::Coroutine => "macro_rules! yield_from { ($e:expr) => { talk.delegate($e).await }; }",
            Kind::Stream => {
                "macro_rules! yield_from { ($e:expr) => {{
                    let mut inner = ::std::pin::pin!($e);
                    while let Some(item) = ::std::future::poll_fn(|context| Stream::poll_next(inner.as_mut(), context)).await {
                        yield_!(item);
                    }
                }}; }"
            }
        }
    }

    /// `run`, which compares `machine::subject` with `oracle::subject`.
    pub fn comparison(&self) -> String {
        let all = |part: fn(&Argument) -> &String| {
            let parts = self.arguments.iter().map(part).cloned();
            parts.collect::<Vec<_>>()
        };
        let given = all(|argument| &argument.given).join(" ");
        let then = all(|argument| &argument.then).join(" ");
        let values = all(|argument| &argument.value).join(", ");
        let (machine, oracle) = self.drivers(&values);
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
            }}"
        );
        format(&text)
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
