//! The macros of std whose arguments are expressions that they evaluate in order.
//!
//! Input: a macro call, such as `println!("{name}: {}", f(x))`.
//! Output: [`StdMacro`]: its arguments as expressions, what it does with each, the variables that
//! its format string captures; and, with other expressions for the arguments, the call again.
//!
//! Invariants: what is not an argument comes back verbatim; a call that does not parse is unknown
//! (`None`), and left to rustc.

mod format;
mod logged;
mod read;
mod shown;

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, LitStr, Macro, Pat, Path, visit::Visit};

pub(crate) use self::logged::{Names, logging, rewritten};
pub(crate) use self::shown::{failed, named};
use crate::syntax;

/// A call of a macro that we know.
pub(crate) struct StdMacro {
    /// In the order of their evaluation, which is that of the source. The format string is none.
    pub(crate) arguments: Vec<Argument>,
    /// The call as it was; its tokens are in `parts`.
    original: Macro,
    parts: Vec<Part>,
    format: Option<LitStr>,
    /// Named arguments: `{x}` does not capture where `x = ..` is given.
    named: Vec<Ident>,
}

pub(crate) struct Argument {
    pub(crate) expr: Expr,
    pub(crate) usage: Usage,
    /// Evaluated only sometimes: the message of an assertion, all of a `debug_assert!`.
    pub(crate) lazy: bool,
    /// Its source is shown: that of a `dbg!`, and of an assertion without a message.
    shown: bool,
}

/// What the macro does with the value of an argument.
#[allow(clippy::large_enum_variant, reason = "short-lived, and patterns are not worth a box")]
pub(crate) enum Usage {
    /// Takes a shared reference to it.
    Reference,
    /// Calls methods on it: the destination of `write!`.
    Place,
    /// Takes it by value.
    Value,
    /// Matches it against the pattern, a [`Pat::Guard`] if there is a guard.
    Scrutinee(Pat),
}

/// A piece of the call's tokens.
enum Part {
    Tokens(TokenStream),
    Format,
    Argument(usize),
    /// The pattern that this argument is matched against.
    Pattern(usize),
}

/// Whether temporaries of the arguments are dropped within the macro, not at the end of the statement around it.
pub(crate) fn ends_temporaries(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| segment.ident.to_string());
    matches!(
        name.as_deref(),
        Some("format" | "print" | "println" | "eprint" | "eprintln")
    )
}

/// `stringify!(..)`, which evaluates nothing.
pub(crate) fn only_shows(mac: &Macro) -> bool {
    known_name(&mac.path).is_some_and(|name| name == "stringify")
}

/// Whether the value of the macro is certainly `()`, or none.
pub(crate) fn gives_unit(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| segment.ident.to_string());
    let prefixes = [
        "print",
        "eprint",
        "assert",
        "debug_assert",
        "panic",
        "unreachable",
        "todo",
        "unimplemented",
    ];
    name.is_some_and(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
}

/// Visits the arguments of one of std's macros, as far as they parse.
pub(crate) fn visit_arguments(mac: &Macro, visitor: &mut impl for<'e> Visit<'e>) {
    if let Some(known) = parse(mac) {
        known
            .arguments
            .iter()
            .for_each(|argument| visitor.visit_expr(&argument.expr));
    }
}

/// Takes a call apart, if the macro is one of std's and its arguments parse.
pub(crate) fn parse(mac: &Macro) -> Option<StdMacro> {
    let family = read::family(&known_name(&mac.path)?)?;
    let read = |input: ParseStream| {
        let mut known = StdMacro::empty(mac);
        known.read(family, input)?;
        Ok(known)
    };
    read.parse2(mac.tokens.clone()).ok()
}

/// Whether what stands for the call is a literal: `include_bytes!("logo.png")`.
pub(crate) fn is_literal(mac: &Macro) -> bool {
    const LITERALS: [&str; 9] = [
        "column",
        "concat",
        "env",
        "file",
        "include_bytes",
        "include_str",
        "line",
        "module_path",
        "stringify",
    ];
    known_name(&mac.path).is_some_and(|name| LITERALS.contains(&name.as_str()))
}

/// `name`, `std::name`, `core::name` or `alloc::name`.
fn known_name(path: &Path) -> Option<String> {
    let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match names.as_slice() {
        [name] if path.leading_colon.is_none() => Some(name.clone()),
        [krate, name] if ["std", "core", "alloc"].contains(&krate.as_str()) => Some(name.clone()),
        _ => None,
    }
}

impl StdMacro {
    fn empty(mac: &Macro) -> Self {
        let original = Macro {
            tokens: TokenStream::new(),
            ..mac.clone()
        };
        let (arguments, parts, named) = (Vec::new(), Vec::new(), Vec::new());
        StdMacro {
            arguments,
            original,
            parts,
            format: None,
            named,
        }
    }

    /// Whether the call never returns.
    pub(crate) fn diverges(&self) -> bool {
        let name = known_name(&self.original.path);
        matches!(
            name.as_deref(),
            Some("panic" | "todo" | "unimplemented" | "unreachable")
        )
    }

    /// The arguments' expressions.
    pub(crate) fn exprs(&self) -> Vec<Expr> {
        self.arguments.iter().map(|argument| argument.expr.clone()).collect()
    }

    /// The variables that the format string captures (`{name}`), each once, with its span.
    pub(crate) fn captures(&self) -> Vec<Ident> {
        let mut captures = self.format.as_ref().map(format::captures).unwrap_or_default();
        captures.retain(|name| !self.named.contains(&name.unraw()));
        captures
    }

    /// Gives captured variables other names, in the format string.
    pub(crate) fn rename_captures(&mut self, rename: &dyn Fn(&str) -> Option<String>) {
        let captures = self.captures();
        let rename = |name: &Ident| match captures.contains(name) {
            true => rename(&name.to_string()),
            false => None,
        };
        if let Some(format) = &mut self.format {
            *format = format::renamed(format, &rename);
        }
    }

    /// The call with these expressions for its arguments; those that are missing stay.
    pub(crate) fn rebuild(&self, exprs: Vec<Expr>) -> Macro {
        Macro {
            tokens: self.written(&self.parts, &exprs),
            ..self.original.clone()
        }
    }

    /// What stands behind the operands of an assertion: the format string and its arguments.
    pub(crate) fn message(&self) -> TokenStream {
        let operands = self.arguments.iter().filter(|argument| !argument.lazy).count();
        // With the comma behind each of them.
        let message = self.parts.get(2 * operands..).unwrap_or_default();
        self.written(message, &[])
    }

    fn written(&self, parts: &[Part], exprs: &[Expr]) -> TokenStream {
        let mut tokens = TokenStream::new();
        for part in parts {
            match part {
                Part::Tokens(verbatim) => verbatim.to_tokens(&mut tokens),
                Part::Format => self.format.to_tokens(&mut tokens),
                Part::Argument(index) => {
                    exprs
                        .get(*index)
                        .unwrap_or(&self.arguments[*index].expr)
                        .to_tokens(&mut tokens);
                }
                Part::Pattern(index) => {
                    if let Usage::Scrutinee(pattern) = &self.arguments[*index].usage {
                        pattern.to_tokens(&mut tokens);
                    }
                }
            }
        }
        tokens
    }
}

/// Whether an assertion, a `matches!` or a `dbg!` may be called among the tokens.
pub(crate) fn names_taken_apart(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "dbg" || name == "matches" || name.to_string().contains("assert"),
        TokenTree::Group(group) => names_taken_apart(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// What a string literal would capture as a format string; nothing if it is another literal.
pub(crate) fn captures_of(literal: &Literal) -> Vec<Ident> {
    if !literal.to_string().contains('{') {
        return Vec::new();
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => format::captures(&text),
        _ => Vec::new(),
    }
}

/// Finds `yield_!(..)`, `yield_from!(..)` or `.await` in tokens that are not parsed.
pub(crate) fn hidden_suspension(tokens: TokenStream) -> Option<Span> {
    let waits = hidden(tokens.clone(), &is_await);
    hidden_yield(tokens).or(waits)
}

/// Finds `yield_!(..)` or `yield_from!(..)`.
pub(crate) fn hidden_yield(tokens: TokenStream) -> Option<Span> {
    hidden(tokens, &|tokens, index| match &tokens[index] {
        TokenTree::Ident(name) => is_suspension(name, &tokens[index + 1..]),
        _ => false,
    })
}

/// Whether `.await` stands in tokens that are not parsed, outside of what follows `async`.
pub(crate) fn hidden_await(tokens: TokenStream) -> bool {
    hidden(tokens, &is_await).is_some()
}

fn is_await(tokens: &[TokenTree], index: usize) -> bool {
    let after_dot = index > 0 && matches!(&tokens[index - 1], TokenTree::Punct(dot) if dot.as_char() == '.');
    after_dot && matches!(&tokens[index], TokenTree::Ident(name) if name == "await")
}

/// The first token for which `is` holds, given the tokens beside it, outside of what follows `async`.
pub(crate) fn hidden(tokens: TokenStream, is: &dyn Fn(&[TokenTree], usize) -> bool) -> Option<Span> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_async = |index: usize| {
        tokens[..index]
            .iter()
            .rev()
            .take(2)
            .any(|token| matches!(token, TokenTree::Ident(name) if name == "async"))
    };
    (0..tokens.len()).find_map(|index| match &tokens[index] {
        _ if is(&tokens, index) => Some(tokens[index].span()),
        TokenTree::Group(group) if !is_async(index) => hidden(group.stream(), is),
        _ => None,
    })
}

fn is_suspension(name: &Ident, rest: &[TokenTree]) -> bool {
    let called = matches!(rest, [TokenTree::Punct(bang), TokenTree::Group(arguments), ..]
        if bang.as_char() == '!' && arguments.delimiter() != Delimiter::None);
    called && (name == "yield_" || name == "yield_from")
}

/// `panic!(..)`, `unreachable!()`
pub(crate) fn never_returns(expr: &Expr) -> bool {
    matches!(syntax::inner(expr), Expr::Macro(mac) if parse(&mac.mac).is_some_and(|known| known.diverges()))
}

/// Whether one of the names stands in the tokens, in format strings too.
pub(crate) fn mentions(tokens: TokenStream, names: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&ident),
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Literal(literal) => captures_of(&literal).iter().any(|name| names.contains(name)),
        TokenTree::Punct(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;
    use crate::source::quote_source;

    fn known(text: &str) -> Option<StdMacro> {
        parse(&syn::parse_str(text).unwrap())
    }

    fn text(tokens: &impl ToTokens) -> String {
        quote_source(&tokens.to_token_stream(), usize::MAX)
    }

    /// The arguments: `&` reference, `.` place, `=` value, `? pattern` scrutinee, `~` lazy.
    #[track_caller]
    fn arguments(call: &str) -> String {
        let known = known(call).unwrap_or_else(|| panic!("`{call}` must be known"));
        let argument = |argument: &Argument| {
            let expr = text(&argument.expr);
            let lazy = if argument.lazy { "~" } else { "" };
            match &argument.usage {
                Usage::Reference => format!("{lazy}&{expr}"),
                Usage::Place => format!("{lazy}.{expr}"),
                Usage::Value => format!("{lazy}={expr}"),
                Usage::Scrutinee(pat) => format!("{lazy}{expr} ? {}", text(pat)),
            }
        };
        known.arguments.iter().map(argument).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn format_arguments() {
        assert_eq!(arguments("println!()"), "");
        assert_eq!(arguments(r#"print!("{}")"#), "");
        assert_eq!(arguments(r#"std::format!("{} {b}", a, b = c + 1,)"#), "&a &c + 1");
        assert_eq!(arguments(r#"eprintln!(concat!("{}", "!"), a == b)"#), "&a == b");
        assert_eq!(arguments(r#"write!(f, "{}", self.x)"#), ".f &self.x");
        assert_eq!(arguments("writeln!(f)"), ".f");
        assert_eq!(arguments("::core::writeln!(&mut out,)"), ".&mut out");
        assert_eq!(arguments(r#"panic!("{}", x)"#), "&x");
        assert_eq!(arguments("todo! {}"), "");
        assert_eq!(arguments(r#"format_args!["{type}", type = a]"#), "&a");
    }

    #[test]
    fn assertions() {
        assert_eq!(arguments("assert!(a)"), "=a");
        assert_eq!(arguments(r#"assert!(a && b, "{}", c)"#), "=a && b ~&c");
        assert_eq!(arguments(r#"assert_eq!(a, b, "{}", c)"#), "&a &b ~&c");
        assert_eq!(arguments("assert_ne!(a, b,)"), "&a &b");
        assert_eq!(arguments("debug_assert!(a)"), "~=a");
        assert_eq!(arguments("debug_assert_eq!(a, b)"), "~&a ~&b");
    }

    #[test]
    fn values_and_scrutinees() {
        assert_eq!(arguments("vec![]"), "");
        assert_eq!(arguments("vec![a, b(c),]"), "=a =b(c)");
        assert_eq!(arguments("alloc::vec![x; n]"), "=x =n");
        assert_eq!(arguments("dbg!()"), "");
        assert_eq!(arguments("dbg!(a, &b)"), "=a =&b");
        assert_eq!(arguments("matches!(x.y, Some(1) | None)"), "x.y ? Some(1) | None");
        assert_eq!(arguments("matches!(x, Some(y) if y > z,)"), "x ? Some(y) if y > z");
    }

    #[test]
    fn unknown_calls() {
        for call in ["my::println!()", "::println!()", "select!(a)", "std::a::vec![]"] {
            assert!(known(call).is_none(), "{call}");
        }
        for call in [
            "println!(a => b)",
            "vec![a; b; c]",
            "assert!()",
            "matches!(a)",
            "panic!(e)",
        ] {
            assert!(known(call).is_none(), "{call}");
        }
    }

    #[test]
    fn what_diverges() {
        for call in ["panic!()", "todo!()", "unimplemented!()", "core::unreachable!()"] {
            assert!(known(call).unwrap().diverges(), "{call}");
        }
        assert!(!known("assert!(false)").unwrap().diverges());
    }

    #[track_caller]
    fn rebuilt(call: &str) -> String {
        let known = known(call).unwrap();
        let exprs = (0..known.arguments.len()).map(|index| {
            let name = quote::format_ident!("e{index}");
            syn::parse_quote!(#name)
        });
        text(&known.rebuild(exprs.collect()))
    }

    #[test]
    fn calls_are_rebuilt_verbatim() {
        let cases = [
            (
                r#"write!(a, "{} {b} {{}}", f(x), b = y,)"#,
                r#"write!(e0, "{} {b} {{}}", e1, b = e2,)"#,
            ),
            (r#"assert_eq!(a, 1, r"\{}", c)"#, r#"assert_eq!(e0, e1, r"\{}", e2)"#),
            ("std::vec![a; 3]", "std::vec![e0; e1]"),
            ("matches!(a, Some(x) if x > 1)", "matches!(e0, Some(x) if x > 1)"),
            (r#"print!(concat!("{}", a), b)"#, r#"print!(concat!("{}", a), e0)"#),
            ("dbg! { a, b }", "dbg! { e0, e1 }"),
        ];
        for (call, expected) in cases {
            assert_eq!(rebuilt(call), expected);
        }
    }

    #[test]
    fn missing_expressions_stay() {
        assert_eq!(text(&known("vec![a, b]").unwrap().rebuild(Vec::new())), "vec![a, b]");
    }

    #[test]
    fn captures_are_not_named_arguments() {
        let call = r#"println!("{a} {b} {type} {a:b$} {} {0}", c, b = d, type = e)"#;
        let mut known = known(call).unwrap();
        assert_eq!(known.captures(), ["a"]);
        known.rename_captures(&|name| Some(format!("{name}_1")));
        let expected = r#"println!("{a_1} {b} {type} {a_1:b$} {} {0}", c, b = d, type = e)"#;
        assert_eq!(text(&known.rebuild(known.exprs())), expected);
    }

    #[test]
    fn captures_of_any_literal() {
        let captures = |text: &str| captures_of(&text.parse().unwrap());
        assert_eq!(captures(r#""{x} {y:?}""#), ["x", "y"]);
        assert!(captures("1").is_empty() && captures(r#"b"{x}""#).is_empty());
    }

    #[test]
    fn hidden_suspensions() {
        let found = |tokens| hidden_suspension(tokens).is_some();
        assert!(found(quote!(a => { b(yield_!(c)) })));
        assert!(found(quote!(unawait::yield_from![x])));
        assert!(!found(quote!(yield_ != x, yield_, await!(x), "yield_!()")));
    }
}
