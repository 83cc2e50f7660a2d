//! What is wrong with a suspension: what, why, and what to write instead.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Error, Expr, Macro, Result, Token, Type, parse::ParseStream};

use super::macros;
use crate::{
    signature::{self, Kind},
    source::quote_source,
    syntax,
};

/// A construct that is a function of its own.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Around {
    Closure,
    AsyncClosure,
    AsyncBlock,
    ConstBlock,
    /// The length of an array, the argument of a const parameter.
    Constant,
}

impl Around {
    pub fn awaits(self) -> bool {
        matches!(self, Around::AsyncClosure | Around::AsyncBlock)
    }

    fn name(self) -> &'static str {
        match self {
            Around::Closure => "a closure",
            Around::AsyncClosure => "an async closure",
            Around::AsyncBlock => "an async block",
            Around::ConstBlock => "a `const` block",
            Around::Constant => "a constant",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Around::Closure => {
                "move it out of the closure, for example by writing a `for` loop instead of an iterator adapter"
            }
            Around::AsyncClosure | Around::AsyncBlock => {
                "yield the future itself, or what it gave when it was awaited elsewhere"
            }
            Around::ConstBlock => "move it in front of the block",
            Around::Constant => "a length or a const argument cannot depend on it; a `Vec` may have any length",
        }
    }
}

pub(super) fn inside(suspension: &Ident, around: Around) -> Error {
    let what = around.name();
    let why = match around {
        Around::ConstBlock | Around::Constant => "which is evaluated at compile time".to_owned(),
        _ => format!("only the annotated function itself can be suspended, and {what} is a function of its own"),
    };
    let separator = match around {
        Around::ConstBlock | Around::Constant => ",",
        _ => ":",
    };
    let help = around.help();
    Error::new(
        suspension.span(),
        format!("`{suspension}!` cannot be used inside {what}{separator} {why}\nhelp: {help}"),
    )
}

/// The one expression between the parentheses.
pub(super) fn operand(suspension: &Ident, mac: &Macro) -> Result<Expr> {
    mac.parse_body_with(|input: ParseStream| {
        let operand = input.parse()?;
        let Ok(comma) = input.parse::<Token![,]>() else {
            return Ok(operand);
        };
        let help = match input.is_empty() {
            true => "remove the comma".to_owned(),
            false => format!(
                "write `{suspension}!(({}))` to yield a tuple",
                quote_source(&mac.tokens, 40)
            ),
        };
        // What follows is not looked at.
        input.parse::<proc_macro2::TokenStream>()?;
        Err(Error::new(
            comma.span,
            format!("`{suspension}!` takes one expression\nhelp: {help}"),
        ))
    })
}

pub(super) fn nothing_to_delegate_to(at: Span) -> Error {
    Error::new(
        at,
        "`yield_from!` needs the iterator or coroutine to delegate to\n\
         help: write `yield_from!(inner)`; to yield `()` it is `yield_!()`",
    )
}

pub(super) fn await_in_generator(at: Span) -> Error {
    Error::new(
        at,
        "`.await` cannot be used in a generator: its return type says that it yields values, not that it waits\n\
         help: return `impl Stream<Item = T>`, whose body may do both; or wait in an `async` function and pass the result to \
         the generator",
    )
}

/// `yield_!` in an `async fn`.
pub(super) fn yield_in_future(suspension: &Ident, output: &Type) -> Error {
    let item = quote_source(&output.to_token_stream(), 60);
    let item = if item == "()" { "T".to_owned() } else { item };
    let instead = match suspension == "yield_from" {
        true => "; to wait for another future, `.await` it",
        false => "",
    };
    Error::new(
        suspension.span(),
        format!(
            "`{suspension}!` cannot be used in an async function: a future gives one value, at its end\n\
             help: return `impl Stream<Item = {item}>`{instead}"
        ),
    )
}

pub(super) fn in_macro(mac: &Macro, at: Span) -> Error {
    Error::new(
        at,
        format!(
            "a suspension cannot be used in the arguments of `{}!`: without expanding the macro there is no telling when it \
             evaluates them\nhelp: bind the value first: `let value = yield_!(..);`",
            macros::name(mac)
        ),
    )
}

/// `tokio::pin!(future);`
pub(super) fn pins(name: &Ident, mac: &Macro) -> Error {
    let pinned = quote_source(&mac.tokens, 40);
    let path = macros::name(mac);
    Error::new(
        name.span(),
        format!(
            "`{path}!` pins to the stack frame, which a machine leaves at each suspension\n\
             help: pin it to the heap: `let mut {pinned} = Box::pin({pinned});`"
        ),
    )
}

/// `return`, `?` and so on in `select! { .. }`.
pub(super) fn leaves_macro(mac: &Macro, (token, at): &(String, Span)) -> Error {
    let name = macros::name(mac);
    Error::new(
        *at,
        format!(
            "`{token}` cannot leave `{name}!`: while it waits, what it waits for is a future of its own\n\
             help: take it out of the macro: `let value = ..;` in front, or `{token}` on what `{name}!` gives"
        ),
    )
}

/// Whether what the function returns is certainly nothing that `?` could leave it with.
pub(super) fn takes_no_error(kind: &Kind) -> bool {
    match kind.returned() {
        None | Some(Type::Tuple(_) | Type::Reference(_)) => true,
        Some(Type::Path(path)) => path
            .path
            .get_ident()
            .is_some_and(|name| syntax::is_primitive(name) || name == "String"),
        Some(_) => false,
    }
}

/// `?` where no error can go.
pub(super) fn question_mark(at: Span, kind: &Kind) -> Option<Error> {
    if let Some(returned) = kind.returned() {
        let (returned, unit) = (quote_source(&returned.to_token_stream(), 60), is_unit(returned));
        let (function, write) = match kind {
            Kind::Coroutine { .. } => ("a coroutine", format!("Return = Result<{returned}, E>")),
            _ => ("an async function", format!("-> Result<{returned}, E>")),
        };
        let end = if unit { "Ok(())" } else { "Ok(value)" };
        return Some(Error::new(
            at,
            format!(
                "`?` cannot be used in {function} that returns `{returned}`: there is nothing that could take the error\n\
                 help: write `{write}`, and `{end}` at the end"
            ),
        ));
    }
    let item = kind.yielded()?;
    let text = |ty: &Type| quote_source(&ty.to_token_stream(), 60);
    let (with, yielded) = match signature::try_shape(item) {
        Some(shape) => (String::new(), text(&shape.ok)),
        None => (format!(" (with `Item = Result<{}, E>`)", text(item)), text(item)),
    };
    let or = match kind {
        Kind::Iterator { .. } => {
            format!("\nhelp: or return `impl Coroutine<(), Yield = {yielded}, Return = Result<(), E>>`")
        }
        _ => String::new(),
    };
    Some(Error::new(
        at,
        format!(
            "`?` cannot be used in a generator that completes with `()`: there is nothing that could take the error\n\
             help: yield the error and end{with}: `let value = match value {{ Ok(value) => value, Err(error) => {{ \
             yield_!(Err(error)); return; }} }};`{or}"
        ),
    ))
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}
