//! What `#[coro]` does not accept in a signature: what, why, and what to write instead.
//!
//! Input: the part of the signature at fault. Output: an error on its smallest token.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{BoundLifetimes, Error, FnArg, PathSegment, Signature, TraitBound, Type, TypePath};

use super::{Kind, as_trait, associated, bare, is_kind, last_name, type_arguments};
use crate::{pattern, source::quote_source};

const ACCEPTED: &str = "help: accepted are `async fn`, and `impl Iterator<Item = T>`, \
    `impl Coroutine<Input, Yield = Y, Return = R>`, `impl Future<Output = T>` and \
    `impl Stream<Item = T>`, or a box: `Box<dyn Iterator<Item = T>>`, \
    `Pin<Box<dyn Future<Output = T>>>`";

/// The words before `fn` that do not go with a machine, C's variadic arguments, and `self` in a pattern.
pub(super) fn qualifiers(sig: &Signature) -> Vec<Error> {
    let mut errors = Vec::new();
    if let Some(token) = sig.constness {
        let what = "`#[coro]` does not accept `const fn`: building a machine calls functions that \
                    are not `const`\nhelp: remove `const`";
        errors.push(Error::new(token.span, what));
    }
    if let Some(variadic) = &sig.variadic {
        let what = "`#[coro]` does not accept variadic arguments: a suspended function outlives \
                    the call that they belong to\nhelp: read them in another function, and pass \
                    what was read";
        errors.push(Error::new_spanned(variadic.dots, what));
    }
    let patterns = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.pat),
        FnArg::Receiver(_) => None,
    });
    let names = patterns.flat_map(pattern::bindings).map(|binding| binding.ident);
    let what = "`self` is no variable of a pattern: it is the first argument, or none";
    errors.extend(
        names
            .filter(|name| name == "self")
            .map(|name| Error::new(name.span(), what)),
    );
    errors
}

pub(super) fn no_type(sig: &Signature) -> Error {
    let name = &sig.ident;
    let what = format!("`{name}` has no return type: it must say what the function yields");
    let order = match name == "main" {
        true => "help: `#[coro]` goes above `#[tokio::main]` and the like, which take `async` away\n",
        false => "",
    };
    Error::new(name.span(), format!("{what}\n{order}{ACCEPTED}"))
}

pub(super) fn second_input(second: &Type) -> Error {
    let what = "`Coroutine` takes one type argument: all inputs are of one type";
    let help = "help: write `Coroutine<Input, Yield = Y, Return = R>`, with a tuple or an enum as \
                `Input` if need be";
    Error::new_spanned(second, format!("{what}\n{help}"))
}

pub(super) fn higher_ranked(lifetimes: &BoundLifetimes) -> Error {
    let what = "a machine cannot take a lifetime of its own at each resume: all inputs are of one \
                type";
    let help = "help: make it a lifetime parameter of the function, or pass owned inputs";
    Error::new_spanned(lifetimes, format!("{what}\n{help}"))
}

pub(super) fn second_kind(bound: &TraitBound) -> Error {
    let what = "a `#[coro]` function returns one `Iterator`, `Coroutine`, `Future` or `Stream`: its \
                body can only be suspended in one of these ways";
    Error::new_spanned(&bound.path, format!("{what}\nhelp: remove one of the two bounds"))
}

/// `Iterator` and `Stream` without `Item`, `Future` without `Output`, `Coroutine` without `Yield` or `Return`.
pub(super) fn missing(segment: &PathSegment) -> Error {
    let (names, help): (&[&str], _) = match segment.ident.to_string().as_str() {
        "Iterator" => (&["Item"], "help: write `Iterator<Item = T>`"),
        "Stream" => (&["Item"], "help: write `Stream<Item = T>`"),
        "Future" => (
            &["Output"],
            "help: write `Future<Output = T>`, with `Output = ()` if the function returns nothing",
        ),
        _ => (
            &["Yield", "Return"],
            "help: write `Coroutine<Input, Yield = Y, Return = R>`, with `Return = ()` if the \
             function returns nothing",
        ),
    };
    let absent = names.iter().filter(|name| associated(segment, name).is_none());
    let absent: Vec<String> = absent.map(|name| format!("`{name}`")).collect();
    let what = format!("`{}` does not say its {}", segment.ident, absent.join(" and "));
    let why = "the machine takes its types from the signature";
    Error::new(segment.ident.span(), format!("{what}: {why}\n{help}"))
}

/// Bounds that no machine meets.
pub(super) fn bound(bound: &TraitBound) -> Option<Error> {
    let name = last_name(&bound.path)?;
    let (why, help) = unmet(&name.to_string())?;
    let what = format!("what a `#[coro]` function returns is not `{name}`: {why}");
    Some(Error::new(name.span(), format!("{what}\nhelp: remove the bound{help}")))
}

fn unmet(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "ExactSizeIterator" => (
            "a generator does not know how many items remain",
            ", and collect the items where their number is needed",
        ),
        "DoubleEndedIterator" => (
            "a generator cannot run backwards",
            ", and collect the items where they are needed from the end",
        ),
        "Copy" => (
            "copies made unawares would each go their own way",
            ", or ask for `Clone`",
        ),
        "Default" => ("a generator starts from the arguments of its function", ""),
        "PartialEq" | "Eq" => (
            "suspended functions cannot be compared",
            ", and compare what they yield (`Iterator::eq`)",
        ),
        "PartialOrd" | "Ord" => (
            "suspended functions cannot be compared",
            ", and compare what they yield (`Iterator::cmp`)",
        ),
        "Hash" => ("suspended functions cannot be compared, so neither hashed", ""),
        _ => return None,
    })
}

/// An `impl ..` or `Box<dyn ..>` that is neither an `Iterator` nor a `Coroutine`.
pub(super) fn no_kind(ty: &Type, traits: &[&TraitBound]) -> Error {
    let named = |known: &[&str]| {
        let mut segments = traits.iter().filter_map(|bound| bound.path.segments.last());
        segments.find(|segment| known.iter().any(|known| segment.ident == known))
    };
    if let Some(segment) = named(&["IntoFuture", "AsyncIterator"]) {
        return awaited(ty, segment);
    }
    let help = match named(&["FusedIterator", "IntoIterator"]) {
        Some(segment) if segment.ident == "FusedIterator" => {
            format!("help: write `-> {}`", iterator(ty, segment, " + FusedIterator"))
        }
        Some(segment) => format!(
            "help: write `-> {}`, which is `IntoIterator` too",
            iterator(ty, segment, "")
        ),
        None => ACCEPTED.to_owned(),
    };
    let what = format!("`{}` does not say what the function yields", text(ty));
    let why = "none of `Iterator`, `Coroutine`, `Future` and `Stream` is among its bounds";
    Error::new_spanned(ty, format!("{what}: {why}\n{help}"))
}

/// The accepted form of an `impl ..` or `dyn ..` that says what it yields as the `Item` of `segment`.
fn iterator(ty: &Type, segment: &PathSegment, more: &str) -> String {
    let item = associated(segment, "Item");
    let item = item.map_or_else(|| "T".to_owned(), |item| text(&item));
    match ty {
        Type::ImplTrait(_) => format!("impl Iterator<Item = {item}>{more}"),
        _ => format!("Box<dyn Iterator<Item = {item}>{more}>"),
    }
}

/// `IntoFuture`, and the unstable `AsyncIterator`.
fn awaited(ty: &Type, segment: &PathSegment) -> Error {
    let (kind, associated_type) = match segment.ident == "IntoFuture" {
        true => ("Future", "Output"),
        false => ("Stream", "Item"),
    };
    let given = associated(segment, associated_type).map_or_else(|| "T".to_owned(), |given| text(&given));
    let form = format!("{kind}<{associated_type} = {given}>");
    let form = match ty {
        Type::ImplTrait(_) => format!("impl {form}"),
        _ => format!("Pin<Box<dyn {form}>>"),
    };
    let name = &segment.ident;
    let what = format!("what a `#[coro]` function returns is a `{kind}`, not just a `{name}`");
    Error::new(name.span(), format!("{what}\nhelp: write `-> {form}`"))
}

/// Any other type.
pub(super) fn other(ty: &Type) -> Error {
    match (ty, argument(ty)) {
        (Type::Path(path), Some(Type::Path(inner))) if is_named(path, "Box") && is_kind(&inner.path) => {
            not_a_type(ty, &quote!(Box<dyn #inner>))
        }
        (Type::Path(path), _) if is_kind(&path.path) => not_a_type(ty, &quote!(impl #path)),
        (Type::TraitObject(_), _) if let Some(form) = accepted_form(ty) => not_a_type(ty, &form),
        (_, Some(inner)) if let Some(form) = accepted_form(inner) => wrapped(ty, &form),
        _ => not_lazy(ty, &item(ty)),
    }
}

fn is_named(path: &TypePath, name: &str) -> bool {
    last_name(&path.path).is_some_and(|last| last == name)
}

/// The type that the type is about: `T` of `Rc<T>`, of `Result<T, E>`, of `&T`.
fn argument(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Path(path) => type_arguments(path.path.segments.last()?).next().map(bare),
        Type::Reference(reference) => Some(bare(&reference.elem)),
        _ => None,
    }
}

/// The type itself, if [`returned`](super::returned) accepts it, or a box around it.
fn accepted_form(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::TraitObject(object) => {
            let mut traits = object.bounds.iter().filter_map(as_trait);
            traits.any(|bound| is_kind(&bound.path)).then(|| quote!(Box<#ty>))
        }
        _ => super::of_type(ty).is_ok().then(|| ty.to_token_stream()),
    }
}

/// `Pin<Box<dyn Iterator>>`, `Box<dyn Future>`
pub(super) fn pinned(ty: &Type, kind: &Kind) -> Error {
    let (what, help) = match (kind.is_async(), argument(ty)) {
        (true, _) => (
            "a boxed future or stream has to be pinned before it can be polled",
            format!("Pin<{}>", text(ty)),
        ),
        (false, inner) => (
            "a suspended generator can be moved: it needs no `Pin`",
            inner.map_or_else(|| "T".to_owned(), |inner| text(&inner)),
        ),
    };
    Error::new_spanned(ty, format!("{what}\nhelp: write `-> {help}`"))
}

/// `Result<impl Iterator<..>, E>`, `Box<impl ..>`, `Rc<dyn ..>`, `&mut dyn ..`
fn wrapped(ty: &Type, form: &TokenStream) -> Error {
    let what = format!("a `#[coro]` function cannot return `{}`", text(ty));
    let why = "it returns the machine alone, before any of its body has run";
    let help = match ty {
        Type::Path(path) if is_named(path, "Result") || is_named(path, "Option") => {
            ", and check what can fail in a function that calls this one"
        }
        _ => "",
    };
    Error::new_spanned(ty, format!("{what}: {why}\nhelp: write `-> {}`{help}", text(form)))
}

/// `Iterator<..>`, `Box<Iterator<..>>`, `dyn Iterator<..>`
fn not_a_type(ty: &Type, form: &TokenStream) -> Error {
    let what = format!(
        "`{}` cannot be returned: a trait is not a type of a known size",
        text(ty)
    );
    Error::new_spanned(ty, format!("{what}\nhelp: write `-> {}`", text(form)))
}

/// A type that would come all at once, such as `Vec<T>`.
fn not_lazy(ty: &Type, item: &TokenStream) -> Error {
    let what = format!("a `#[coro]` function cannot return `{}`", text(ty));
    let why = "its return type must say what it yields";
    let help = format!("help: write `-> impl Iterator<Item = {}>`", text(item));
    Error::new_spanned(ty, format!("{what}: {why}\n{help}\n{ACCEPTED}"))
}

/// What the function would yield instead of returning `ty` all at once.
fn item(ty: &Type) -> TokenStream {
    match bare(ty) {
        Type::Tuple(tuple) if tuple.elems.is_empty() => quote!(T),
        Type::Never(_) | Type::Infer(_) => quote!(T),
        Type::Array(array) => array.elem.to_token_stream(),
        Type::Reference(reference) => match bare(&reference.elem) {
            Type::Slice(slice) => {
                let (and, lifetime, elem) = (reference.and_token, &reference.lifetime, &slice.elem);
                let mutability = reference.mutability;
                quote!(#and #lifetime #mutability #elem)
            }
            _ => ty.to_token_stream(),
        },
        Type::Path(path) => collection_item(path).unwrap_or_else(|| ty.to_token_stream()),
        _ => ty.to_token_stream(),
    }
}

fn collection_item(path: &TypePath) -> Option<TokenStream> {
    let segment = path.path.segments.last()?;
    let mut types = type_arguments(segment);
    let first = types.next()?;
    match segment.ident.to_string().as_str() {
        "Vec" | "VecDeque" | "LinkedList" | "BinaryHeap" | "HashSet" | "BTreeSet" | "IndexSet" => {
            Some(first.to_token_stream())
        }
        "HashMap" | "BTreeMap" | "IndexMap" => {
            let value = types.next()?;
            Some(quote!((#first, #value)))
        }
        "Box" | "Rc" | "Arc" => match bare(first) {
            Type::Slice(slice) => Some(slice.elem.to_token_stream()),
            _ => None,
        },
        _ => None,
    }
}

fn text(tokens: &impl ToTokens) -> String {
    quote_source(&tokens.to_token_stream(), 80)
}

#[cfg(test)]
mod tests {
    use crate::signature::returned;

    /// The first error of `fn f() -> ty`.
    fn error(ty: &str) -> String {
        error_of(&format!("fn f() -> {ty}"))
    }

    fn error_of(sig: &str) -> String {
        let result = returned(&syn::parse_str(sig).unwrap());
        result
            .err()
            .unwrap_or_else(|| panic!("`{sig}` must be refused"))
            .to_string()
    }

    #[track_caller]
    fn says(message: &str, parts: &[&str]) {
        for part in parts {
            assert!(message.contains(part), "no `{part}` in: {message}");
        }
    }

    #[test]
    fn qualifiers() {
        let rest = "fn f() -> impl Iterator<Item = u8>";
        says(
            &error_of(&format!("const {rest}")),
            &["`const fn`", "help: remove `const`"],
        );
        let variadic = "unsafe extern \"C\" fn f(x: u8, ...) -> impl Iterator<Item = u8>";
        says(&error_of(variadic), &["variadic"]);
        says(&error_of("fn f(x(self): D) -> impl Iterator<Item = u8>"), &["`self`"]);
    }

    #[test]
    fn no_kind() {
        says(
            &error_of("fn f()"),
            &["`f` has no return type", "help: accepted are `async fn`"],
        );
        says(
            &error("impl Fn()"),
            &["`impl Fn()` does not say what", "help: accepted are"],
        );
        says(
            &error("impl FusedIterator<Item = u8>"),
            &["`-> impl Iterator<Item = u8> + FusedIterator`"],
        );
        says(
            &error("impl IntoIterator<Item = Vec<u8>>"),
            &["`-> impl Iterator<Item = Vec<u8>>`, which is `IntoIterator` too"],
        );
        says(
            &error("Box<dyn IntoIterator<Item = u8>>"),
            &["`-> Box<dyn Iterator<Item = u8>>`"],
        );
        says(&error("impl ?Iterator"), &["none of `Iterator`"]);
    }

    #[test]
    fn async_kinds() {
        says(
            &error("Box<dyn Future<Output = u8>>"),
            &["has to be pinned", "help: write `-> Pin<Box<dyn Future<Output = u8>>>`"],
        );
        says(
            &error("Pin<Box<dyn Iterator<Item = u8>>>"),
            &["needs no `Pin`", "help: write `-> Box<dyn Iterator<Item = u8>>`"],
        );
        says(
            &error("impl IntoFuture<Output = u8>"),
            &[
                "`Future`, not just a `IntoFuture`",
                "help: write `-> impl Future<Output = u8>`",
            ],
        );
        says(&error("impl Stream + Send"), &["`Stream` does not say its `Item`:"]);
    }

    #[test]
    fn missing_types() {
        says(&error("impl Iterator"), &["`Iterator` does not say its `Item`:"]);
        says(
            &error("impl Coroutine"),
            &["its `Yield` and `Return`:", "`Return = ()`"],
        );
        says(
            &error("impl Coroutine<u8, Yield = u8>"),
            &["does not say its `Return`:"],
        );
        says(
            &error("Box<dyn Coroutine<u8, Return = u8>>"),
            &["does not say its `Yield`:"],
        );
    }

    #[test]
    fn kinds_that_no_machine_is() {
        let both = "impl Iterator<Item = u8> + Coroutine<u8, Yield = u8, Return = ()>";
        says(&error(both), &["one `Iterator`, `Coroutine`, `Future` or `Stream`"]);
        let two = "impl Coroutine<u8, u8, Yield = u8, Return = ()>";
        says(&error(two), &["takes one type argument"]);
        let many = "impl for<'a> Coroutine<&'a u8, Yield = u8, Return = ()>";
        says(&error(many), &["a lifetime of its own at each resume"]);
    }

    #[test]
    fn bounds_that_no_machine_meets() {
        let cases = [
            ("ExactSizeIterator", "how many items remain"),
            ("std::iter::DoubleEndedIterator", "cannot run backwards"),
            ("Copy", "or ask for `Clone`"),
            ("Default", "starts from the arguments"),
            ("PartialEq", "cannot be compared"),
            ("Ord", "cannot be compared"),
            ("std::hash::Hash", "neither hashed"),
        ];
        for (bound, why) in cases {
            says(
                &error(&format!("impl Iterator<Item = u8> + {bound}")),
                &["is not `", why],
            );
        }
        says(
            &error("impl DoubleEndedIterator<Item = u8>"),
            &["is not `DoubleEndedIterator`"],
        );
    }

    #[test]
    fn other_types() {
        let cases = [
            ("()", "help: write `-> impl Iterator<Item = T>`"),
            ("u64", "help: write `-> impl Iterator<Item = u64>`"),
            ("Vec<T>", "help: write `-> impl Iterator<Item = T>`"),
            ("&'a mut [u8]", "help: write `-> impl Iterator<Item = &'a mut u8>`"),
            ("[String; 4]", "help: write `-> impl Iterator<Item = String>`"),
            ("Box<[u8]>", "help: write `-> impl Iterator<Item = u8>`"),
            (
                "HashMap<K, Vec<V>>",
                "help: write `-> impl Iterator<Item = (K, Vec<V>)>`",
            ),
            ("Option<u8>", "help: write `-> impl Iterator<Item = Option<u8>>`"),
        ];
        for (ty, help) in cases {
            says(
                &error(ty),
                &[&format!("cannot return `{ty}`"), help, "help: accepted are"],
            );
        }
    }

    #[test]
    fn types_around_an_accepted_one() {
        let boxed = "Box<dyn Iterator<Item = u8>>";
        let help = "help: write `-> Box<dyn Iterator<Item = u8>>`";
        says(&error(&format!("Pin<{boxed}>")), &["can be moved", help]);
        says(
            &error(&format!("Result<{boxed}, E>")),
            &["cannot return `Result<Box", help],
        );
        says(
            &error("Box<impl Iterator<Item = u8>>"),
            &["`-> impl Iterator<Item = u8>`"],
        );
    }

    #[test]
    fn traits_where_a_type_must_stand() {
        says(
            &error("Iterator<Item = u8>"),
            &["help: write `-> impl Iterator<Item = u8>`"],
        );
        says(
            &error("Box<Iterator<Item = u8>>"),
            &["`-> Box<dyn Iterator<Item = u8>>`"],
        );
        says(
            &error("dyn Iterator<Item = u8>"),
            &["help: write `-> Box<dyn Iterator<Item"],
        );
    }
}
