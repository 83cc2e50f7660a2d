//! The grammars of the macros that we know.
//!
//! Input: the tokens of a call. Output: the call's parts and arguments, as [`StdMacro`] keeps them.
//!
//! Invariant: all of the input ends up in `parts`, in order.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{ExprMacro, LitStr, Pat, PatGuard, Result, Token};

use super::{Argument, Part, StdMacro, Usage};

/// Macros that read their arguments alike.
#[derive(Clone, Copy)]
pub(super) enum Family {
    Format,
    Write,
    /// One condition or two operands, then the message.
    Assert {
        operands: usize,
        debug: bool,
    },
    Vec,
    Dbg,
    Matches,
}

pub(super) fn family(name: &str) -> Option<Family> {
    let assert = |operands| {
        let debug = name.starts_with("debug_");
        Some(Family::Assert { operands, debug })
    };
    match name {
        "format" | "format_args" | "print" | "println" | "eprint" | "eprintln" => Some(Family::Format),
        "panic" | "todo" | "unimplemented" | "unreachable" => Some(Family::Format),
        "write" | "writeln" => Some(Family::Write),
        "assert" | "debug_assert" => assert(1),
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => assert(2),
        "vec" => Some(Family::Vec),
        "dbg" => Some(Family::Dbg),
        "matches" => Some(Family::Matches),
        _ => None,
    }
}

impl StdMacro {
    pub(super) fn read(&mut self, family: Family, input: ParseStream) -> Result<()> {
        match family {
            Family::Format => self.format_arguments(input, false),
            Family::Write => {
                self.argument(input, Usage::Place, false)?;
                self.comma(input)?;
                self.format_arguments(input, false)
            }
            Family::Assert { operands, debug } => {
                for _ in 0..operands {
                    let usage = if operands == 1 { Usage::Value } else { Usage::Reference };
                    self.argument(input, usage, debug)?;
                    self.comma(input)?;
                }
                if let [condition] = &mut self.arguments[..] {
                    condition.shown = input.is_empty();
                }
                self.format_arguments(input, true)
            }
            Family::Vec => self.elements(input),
            Family::Dbg => self.debugged(input),
            Family::Matches => self.scrutinee(input),
        }
    }

    fn tokens(&mut self, tokens: impl ToTokens) {
        self.parts.push(Part::Tokens(tokens.into_token_stream()));
    }

    fn comma(&mut self, input: ParseStream) -> Result<()> {
        if !input.is_empty() {
            self.tokens(input.parse::<Token![,]>()?);
        }
        Ok(())
    }

    fn argument(&mut self, input: ParseStream, usage: Usage, lazy: bool) -> Result<()> {
        let expr = input.parse()?;
        self.parts.push(Part::Argument(self.arguments.len()));
        self.arguments.push(Argument {
            expr,
            usage,
            lazy,
            shown: false,
        });
        Ok(())
    }

    /// `"format string", a, name = b`, or nothing.
    fn format_arguments(&mut self, input: ParseStream, lazy: bool) -> Result<()> {
        if input.is_empty() {
            return Ok(());
        }
        self.format_string(input)?;
        self.comma(input)?;
        while !input.is_empty() {
            if is_named(input) {
                let name = input.call(Ident::parse_any)?;
                self.tokens(&name);
                self.tokens(input.parse::<Token![=]>()?);
                self.named.push(name.unraw());
            }
            self.argument(input, Usage::Reference, lazy)?;
            self.comma(input)?;
        }
        Ok(())
    }

    /// A literal, or a macro that makes one (`concat!(..)`), which captures nothing.
    fn format_string(&mut self, input: ParseStream) -> Result<()> {
        if input.peek(LitStr) {
            self.format = Some(input.parse()?);
            self.parts.push(Part::Format);
            return Ok(());
        }
        let concat: ExprMacro = input.parse()?;
        self.tokens(concat);
        Ok(())
    }

    fn elements(&mut self, input: ParseStream) -> Result<()> {
        if input.is_empty() {
            return Ok(());
        }
        self.argument(input, Usage::Value, false)?;
        if input.peek(Token![;]) {
            self.tokens(input.parse::<Token![;]>()?);
            return self.argument(input, Usage::Value, false);
        }
        self.comma(input)?;
        self.values(input)
    }

    fn values(&mut self, input: ParseStream) -> Result<()> {
        while !input.is_empty() {
            self.argument(input, Usage::Value, false)?;
            self.comma(input)?;
        }
        Ok(())
    }

    /// `value`, or `"text" => value` where the text is no longer that of the value.
    fn debugged(&mut self, input: ParseStream) -> Result<()> {
        while !input.is_empty() {
            let has_text = input.peek(LitStr) && input.peek2(Token![=>]);
            if has_text {
                self.tokens(input.parse::<LitStr>()?);
                self.tokens(input.parse::<Token![=>]>()?);
            }
            self.argument(input, Usage::Value, false)?;
            self.arguments.last_mut().expect("it was just read").shown = !has_text;
            self.comma(input)?;
        }
        Ok(())
    }

    fn scrutinee(&mut self, input: ParseStream) -> Result<()> {
        let expr = input.parse()?;
        self.parts.push(Part::Argument(0));
        self.tokens(input.parse::<Token![,]>()?);
        let usage = Usage::Scrutinee(guarded(input)?);
        self.parts.push(Part::Pattern(0));
        self.arguments.push(Argument {
            expr,
            usage,
            lazy: false,
            shown: false,
        });
        self.comma(input)
    }
}

/// Whether `name = ..` follows.
fn is_named(input: ParseStream) -> bool {
    input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>])
}

/// A pattern and its guard.
fn guarded(input: ParseStream) -> Result<Pat> {
    let pat = input.call(Pat::parse_multi_with_leading_vert)?;
    if !input.peek(Token![if]) {
        return Ok(pat);
    }
    let (if_token, guard) = (input.parse()?, input.parse()?);
    Ok(Pat::Guard(PatGuard {
        attrs: Vec::new(),
        pat: Box::new(pat),
        if_token,
        guard,
    }))
}
