//! The arguments of the attribute.
//!
//! Input: the tokens between the parentheses of `#[coro(first = name, recursive, crate = some::path)]`.
//! Output: [`Arguments`], with the default filled in for what is not written.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Path, Result, Token, parse_quote};

const ACCEPTED: &str = "help: accepted are `first = name` (the name that the body gives to the first input), `recursive` \
                        (`yield_from!` of the function itself runs on a stack of states) and `crate = path` (where the expansion \
                        finds the crate `unawait`)";

/// What `#[coro(..)]` was given.
#[derive(Clone)]
pub(crate) struct Arguments {
    /// `first = name`: the binding that receives the input of the first resume.
    pub(crate) first: Option<First>,
    /// `recursive`: the word.
    pub(crate) recursive: Option<Ident>,
    /// `crate = path`: the runtime crate; `::unawait` unless written.
    pub(crate) krate: Path,
}

/// `first = name`, as written.
#[derive(Clone)]
pub(crate) struct First {
    /// The word `first`.
    pub(crate) argument: Ident,
    pub(crate) name: Ident,
}

impl Default for Arguments {
    fn default() -> Self {
        Arguments {
            first: None,
            recursive: None,
            krate: parse_quote!(::unawait),
        }
    }
}

impl Arguments {
    /// Of what is malformed: that without which the body would be wrong as well.
    pub(crate) fn meant(attribute: &TokenStream) -> Self {
        let recursive = attribute.clone().into_iter().find_map(|token| match token {
            TokenTree::Ident(word) if word == "recursive" => Some(word),
            _ => None,
        });
        Arguments {
            recursive,
            ..Arguments::default()
        }
    }
}

impl Parse for Arguments {
    fn parse(input: ParseStream) -> Result<Self> {
        let (mut first, mut recursive, mut krate) = (None, None, None);
        while !input.is_empty() {
            let name = argument_name(input)?;
            match name.to_string().as_str() {
                "first" => {
                    let value = First {
                        name: first_value(&name, input)?,
                        argument: name.clone(),
                    };
                    set(&mut first, &name, value)?;
                }
                "recursive" if at_end_of_argument(input) => set(&mut recursive, &name, name.clone())?,
                "recursive" => return Err(input.error("`recursive` takes no value\nhelp: write `recursive`")),
                "crate" => set(&mut krate, &name, crate_value(&name, input)?)?,
                _ => return Err(unknown(&name)),
            }
            if !input.is_empty() {
                separator(input)?;
            }
        }
        let default = Arguments::default();
        Ok(Arguments {
            first,
            recursive,
            krate: krate.unwrap_or(default.krate),
        })
    }
}

/// The name of an argument. `crate` is a keyword.
fn argument_name(input: ParseStream) -> Result<Ident> {
    input
        .call(Ident::parse_any)
        .map_err(|error| Error::new(error.span(), format!("expected the name of an argument\n{ACCEPTED}")))
}

fn separator(input: ParseStream) -> Result<()> {
    match input.parse::<Token![,]>() {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::new(
            error.span(),
            format!("expected `,` after an argument of `#[coro]`\n{ACCEPTED}"),
        )),
    }
}

fn set<T>(slot: &mut Option<T>, name: &Ident, value: T) -> Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(Error::new(
            name.span(),
            format!("the argument `{name}` is given twice\nhelp: remove one of them"),
        )),
    }
}

fn unknown(name: &Ident) -> Error {
    Error::new(name.span(), format!("`#[coro]` has no argument `{name}`\n{ACCEPTED}"))
}

fn first_value(argument: &Ident, input: ParseStream) -> Result<Ident> {
    let help = "`first` takes the name of a binding\nhelp: write `first = name`";
    value(argument, input, help, |input| {
        let name: Ident = input.parse()?;
        match at_end_of_argument(input) {
            true => Ok(name),
            false => Err(input.error("only a name can stand here")),
        }
    })
}

fn crate_value(argument: &Ident, input: ParseStream) -> Result<Path> {
    let help = "`crate` takes a path, without quotes and without generic arguments\nhelp: write `crate = some::path`";
    value(argument, input, help, |input| {
        let path = input.call(Path::parse_mod_style)?;
        match at_end_of_argument(input) {
            true => Ok(path),
            false => Err(input.error("only a path can stand here")),
        }
    })
}

/// `= value`; whatever is wrong with it is reported as `message`, at the token that is wrong.
fn value<T>(
    argument: &Ident,
    input: ParseStream,
    message: &str,
    parse: impl FnOnce(ParseStream) -> Result<T>,
) -> Result<T> {
    // Where the input ends there is no token to point at but the argument's name.
    let at = if input.is_empty() {
        argument.span()
    } else {
        input.span()
    };
    if input.parse::<Token![=]>().is_err() {
        return Err(Error::new(at, message));
    }
    match input.is_empty() {
        true => Err(Error::new(argument.span(), message)),
        false => parse(input).map_err(|error| Error::new(error.span(), message)),
    }
}

fn at_end_of_argument(input: ParseStream) -> bool {
    // A missing comma before the next argument has a message of its own.
    input.is_empty() || input.peek(Token![,]) || input.peek(Ident::peek_any) && input.peek2(Token![=])
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    fn parse(text: &str) -> Result<(Option<String>, String)> {
        let arguments: Arguments = syn::parse_str(text)?;
        let first = arguments.first.map(|first| first.name.to_string());
        Ok((first, arguments.krate.to_token_stream().to_string().replace(' ', "")))
    }

    fn error(text: &str) -> String {
        parse(text).expect_err("it must be refused").to_string()
    }

    #[test]
    fn accepted() {
        let first = || Some("name".to_owned());
        let path = |path: &str| path.to_owned();
        assert_eq!(parse("").unwrap(), (None, path("::unawait")));
        assert_eq!(parse("first = name").unwrap(), (first(), path("::unawait")));
        assert_eq!(parse("recursive").unwrap(), (None, path("::unawait")));
        assert_eq!(parse("recursive, first = name").unwrap(), (first(), path("::unawait")));
        assert_eq!(parse("crate = some::path,").unwrap(), (None, path("some::path")));
        assert_eq!(parse("crate = crate, first = name").unwrap(), (first(), path("crate")));
        assert_eq!(
            parse("first = name, crate = ::other::unawait,").unwrap(),
            (first(), path("::other::unawait"))
        );
    }

    #[test]
    fn unknown_and_duplicate() {
        let message = error("frist = name");
        assert!(
            message.starts_with("`#[coro]` has no argument `frist`\nhelp: accepted are `first = name`"),
            "{message}"
        );
        assert!(error("first = a, first = b").starts_with("the argument `first` is given twice"));
        assert!(error("crate = a, first = b, crate = c").starts_with("the argument `crate` is given twice"));
    }

    #[test]
    fn malformed() {
        for text in [
            "first",
            "first(name)",
            "first =",
            "first = \"name\"",
            "first = mut name",
            "first = self",
            "first = a::b",
            "first = _",
        ] {
            assert!(error(text).starts_with("`first` takes the name of a binding"), "{text}");
        }
        for text in [
            "crate",
            "crate = \"unawait\"",
            "crate =",
            "crate = a<b>",
            "crate = a::",
            "crate = 1",
        ] {
            assert!(
                error(text).starts_with("`crate` takes a path"),
                "{text}: {}",
                error(text)
            );
        }
        assert!(error("first = a crate = b").starts_with("expected `,`"));
        assert!(error("recursive = true").starts_with("`recursive` takes no value"));
        assert!(error("recursive, recursive").starts_with("the argument `recursive` is given twice"));
        assert!(error("\"first\"").starts_with("expected the name of an argument"));
        assert!(error(",").starts_with("expected the name of an argument"));
    }
}
