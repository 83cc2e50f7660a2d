//! What later passes ask of a type, as far as its text answers it.
//!
//! Input: a type of the signature or of an annotation in the body. Output: a yes only where the
//! text is sure, given that nobody names a type of his own `u8`, `Option` or `Result`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Path, PathArguments, Type, TypePath, TypeReference, parse_quote};

use super::{bare, type_arguments};

/// A type for which `?` returns early, taken apart at the type of its success.
///
/// `wrap` turns `Result<T, E>` into `Result<CoroutineState<Y, T>, E>`, which keeps `?` native in
/// the step.
pub(crate) struct TryShape {
    pub(crate) kind: TryKind,
    /// The type of success: the `T` of `Result<T, E>`.
    pub(crate) ok: Type,
    /// The type as written; one of its type arguments is the hole.
    wrapper: TypePath,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TryKind {
    Result,
    Option,
    ControlFlow,
}

impl TryShape {
    /// The type with `inner` as its success.
    pub(crate) fn wrap(&self, inner: TokenStream) -> Type {
        let mut wrapped = self.wrapper.clone();
        let segment = wrapped.path.segments.last_mut();
        if let Some(PathArguments::AngleBracketed(written)) = segment.map(|last| &mut last.arguments) {
            let hole = written.args.iter_mut().filter(is_type).nth(self.kind.hole());
            *hole.expect("`try_shape` saw it") = GenericArgument::Type(Type::Verbatim(inner));
        }
        Type::Path(wrapped)
    }

    /// What constructs success with the type of failure that is written: `Result::<_>::Ok`, `Ok::<_, Error>`, `Some`.
    /// An alias that leaves the failure to a default, as anyhow's, has it only where it is given an argument.
    pub(crate) fn typed_success(&self) -> Option<Path> {
        let mut path = self.wrapper.path.clone();
        let alone = path.segments.len() == 1;
        let last = path.segments.last_mut()?;
        let PathArguments::AngleBracketed(written) = &last.arguments else {
            return None;
        };
        let names_none = written.to_token_stream().into_iter().all(|token| match token {
            TokenTree::Ident(word) => word != "impl",
            _ => true,
        });
        match (self.kind, written.args.len()) {
            (TryKind::Option, _) => Some(self.success()),
            (TryKind::Result, 1) => {
                last.arguments = PathArguments::AngleBracketed(parse_quote!(::<_>));
                path.segments.push(Ident::new("Ok", Span::mixed_site()).into());
                Some(path)
            }
            (TryKind::Result, 2) if alone && names_none => {
                let failure = &written.args[1];
                Some(parse_quote!(Ok::<_, #failure>))
            }
            (TryKind::Result, 2) if names_none => {
                let name = &last.ident;
                let failure = &written.args[1];
                *last = parse_quote!(#name::<_, #failure>);
                path.segments.push(Ident::new("Ok", Span::mixed_site()).into());
                Some(path)
            }
            _ => None,
        }
    }

    /// What constructs success: `Ok`, `Some`, or `ControlFlow::Continue` by the path that the type is written with.
    pub(crate) fn success(&self) -> Path {
        let name = match self.kind {
            TryKind::Result => "Ok",
            TryKind::Option => "Some",
            TryKind::ControlFlow => "Continue",
        };
        let name = Ident::new(name, Span::mixed_site());
        if self.kind != TryKind::ControlFlow {
            return name.into();
        }
        let mut path = self.wrapper.path.clone();
        if let Some(last) = path.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        path.segments.push(name.into());
        path
    }

    /// Whether it is a guess by its name: a type of the user's own may be called so too.
    pub(crate) fn is_alias(&self) -> bool {
        let last = self.wrapper.path.segments.last();
        self.kind == TryKind::Result && last.is_some_and(|last| last.ident != "Result")
    }
}

impl TryKind {
    /// Which type argument is that of success.
    fn hole(self) -> usize {
        match self {
            TryKind::Result | TryKind::Option => 0,
            TryKind::ControlFlow => 1,
        }
    }

    /// What constructs failure.
    pub(crate) fn failure(self) -> &'static str {
        match self {
            TryKind::Result => "Err",
            TryKind::Option => "None",
            TryKind::ControlFlow => "Break",
        }
    }

    /// The method that changes success.
    pub(crate) fn map(self) -> &'static str {
        match self {
            TryKind::Result | TryKind::Option => "map",
            TryKind::ControlFlow => "map_continue",
        }
    }
}

/// `Poll<Result<..>>`, `Poll<Option<Result<..>>>`: what constructs a failure of it, from the outside in.
pub(crate) fn poll_shape(returned: &Type) -> Option<Vec<Path>> {
    let Type::Path(poll) = bare(returned) else {
        return None;
    };
    let last = poll.path.segments.last()?;
    let inner = try_shape(type_arguments(last).next().filter(|_| last.ident == "Poll")?)?;
    let mut ready = poll.path.clone();
    ready.segments.last_mut()?.arguments = PathArguments::None;
    ready.segments.push(Ident::new("Ready", Span::mixed_site()).into());
    match inner.kind {
        TryKind::Result => Some(vec![ready]),
        TryKind::Option => {
            let result = try_shape(&inner.ok)?.kind == TryKind::Result;
            result.then(|| vec![ready, inner.success()])
        }
        TryKind::ControlFlow => None,
    }
}

fn is_type(argument: &&mut GenericArgument) -> bool {
    matches!(argument, GenericArgument::Type(_))
}

/// Takes `Result<T, ..>` of any path (`io::Result<T>` too), `ApiResult<T>`, `Option<T>` and `ControlFlow<B, T>` apart. Aliases
/// that hide the type of success (`fmt::Result`) are not recognised.
pub(crate) fn try_shape(returned: &Type) -> Option<TryShape> {
    let Type::Path(wrapper) = bare(returned) else {
        return None;
    };
    let mut wrapper = wrapper.clone();
    let segment = wrapper.path.segments.last_mut()?;
    let count = type_arguments(segment).count();
    let kind = match segment.ident.to_string().as_str() {
        "Result" if count > 0 => TryKind::Result,
        // `type ApiResult<T> = Result<T, ApiError>;`
        name if name.ends_with("Result") && count == 1 && !names_error(&segment.arguments) => TryKind::Result,
        "Option" if count == 1 => TryKind::Option,
        "ControlFlow" if (1..=2).contains(&count) => TryKind::ControlFlow,
        _ => return None,
    };
    if let PathArguments::AngleBracketed(written) = &mut segment.arguments
        && count == kind.hole()
    {
        written.args.push(parse_quote!(()));
    }
    let ok = type_arguments(segment).nth(kind.hole())?.clone();
    wrapper.qself.is_none().then_some(TryShape { kind, ok, wrapper })
}

/// Whether the argument of an alias is rather the type of failure: `HandlerResult<ApiError>`, `HandlerResult<E>`.
fn names_error(arguments: &PathArguments) -> bool {
    let text = arguments.to_token_stream().to_string();
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "E" || word.ends_with("Error"))
}

/// Whether values of the type are known to have no drop glue: forgetting one forgets nothing.
pub(crate) fn is_plain(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(_) => true,
        Type::Slice(slice) => is_plain(&slice.elem),
        Type::Array(array) => is_plain(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().all(is_plain),
        Type::Path(path) => match name(path).as_deref() {
            Some("str") => is_alone(path),
            Some("Pin" | "Range" | "RangeFrom" | "RangeInclusive") => argument_is(path, is_plain),
            Some("Option" | "RangeTo" | "RangeToInclusive") => argument_is(path, is_plain),
            _ => is_copy(ty),
        },
        _ => is_copy(ty),
    }
}

/// A reference to a list: `&[T]`, `&mut [T; 4]`, `&Vec<T>`.
pub(crate) struct ListRef<'t> {
    pub reference: &'t TypeReference,
    /// What the list has, where the type says so.
    pub item: Option<&'t Type>,
}

/// The type as a reference to a slice, an array or a vector, if it is one.
pub(crate) fn list_ref(ty: &Type) -> Option<ListRef<'_>> {
    let Type::Reference(reference) = bare(ty) else {
        return None;
    };
    let item = match bare(&reference.elem) {
        Type::Slice(slice) => Some(&*slice.elem),
        Type::Array(array) => Some(&*array.elem),
        Type::Path(path) if name(path).is_some_and(|name| name == "Vec") => {
            path.path.segments.last().and_then(|list| type_arguments(list).next())
        }
        _ => return None,
    };
    Some(ListRef { reference, item })
}

/// Whether the type is text: `&str`, `String`, `&String`.
pub(crate) fn is_text(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => is_text(&reference.elem),
        Type::Path(path) => matches!(name(path).as_deref(), Some("str" | "String")),
        _ => false,
    }
}

/// Whether values of the type own memory at most: `String`, `Vec<u8>`.
pub(crate) fn is_memory(ty: &Type) -> bool {
    match bare(ty) {
        Type::Path(path) => match name(path).as_deref() {
            Some("String" | "PathBuf" | "OsString") => true,
            Some("Vec" | "VecDeque" | "Box" | "Option") => argument_is(path, |ty| is_memory(ty) || is_plain(ty)),
            _ => is_plain(ty),
        },
        _ => is_plain(ty),
    }
}

/// Whether the type is known to be `Copy`.
pub(crate) fn is_copy(ty: &Type) -> bool {
    match bare(ty) {
        Type::FnPtr(_) | Type::Never(_) | Type::Ptr(_) => true,
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::Array(array) => is_copy(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().all(is_copy),
        Type::Path(path) => match name(path).as_deref() {
            Some("PhantomData") => argument_is(path, |_| true),
            Some("Option" | "RangeTo" | "RangeToInclusive") => argument_is(path, is_copy),
            Some("RangeFull") => true,
            Some(name) => is_alone(path) && is_primitive(name),
            None => false,
        },
        _ => false,
    }
}

/// Whether the type is `&T`.
pub(crate) fn is_shared_ref(ty: &Type) -> bool {
    matches!(bare(ty), Type::Reference(reference) if reference.mutability.is_none())
}

pub(crate) fn is_mut_ref(ty: &Type) -> bool {
    matches!(ty, Type::Reference(reference) if reference.mutability.is_some())
}

/// `Pin<&mut T>`
pub(crate) fn is_pinned_reference(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if name(path).is_some_and(|name| name == "Pin")
        && argument_is(path, |ty| matches!(ty, Type::Reference(_))))
}

fn is_primitive(name: &str) -> bool {
    matches!(
        name,
        "bool" | "char" | "f32" | "f64" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize"
    ) || matches!(name, "u8" | "u16" | "u32" | "u64" | "u128" | "usize")
}

fn name(ty: &TypePath) -> Option<String> {
    let last = ty.path.segments.last()?;
    ty.qself.is_none().then(|| last.ident.to_string())
}

/// Whether the path is one name, as primitive types are written.
fn is_alone(ty: &TypePath) -> bool {
    ty.path.get_ident().is_some()
}

/// Whether the path has one type argument, and it passes.
fn argument_is(ty: &TypePath, test: impl Fn(&Type) -> bool) -> bool {
    let Some(segment) = ty.path.segments.last() else {
        return false;
    };
    let mut types = type_arguments(segment);
    types.next().is_some_and(test) && types.next().is_none()
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    use super::*;
    use crate::source::quote_source;

    fn parse(ty: &str) -> Type {
        syn::parse_str(ty).unwrap()
    }

    /// The type around `CoroutineState<Y, success>`.
    fn wrapped(ty: &str) -> Option<String> {
        let shape = try_shape(&parse(ty))?;
        let (ok, success) = (&shape.ok, shape.success().to_token_stream());
        let wrapped = shape.wrap(quote!(CoroutineState<Y, #ok>)).to_token_stream();
        Some(format!(
            "{} {}",
            quote_source(&success, 100),
            quote_source(&wrapped, 100)
        ))
    }

    #[test]
    fn shapes_of_try() {
        let cases = [
            ("Result<T, E>", "Ok Result<CoroutineState<Y, T>, E>"),
            ("io::Result<()>", "Ok io::Result<CoroutineState<Y, ()>>"),
            ("(Option<Vec<u8>>)", "Some Option<CoroutineState<Y, Vec<u8>>>"),
            (
                "::my::Result<'a, &'a str>",
                "Ok ::my::Result<'a, CoroutineState<Y, &'a str>>",
            ),
            (
                "ops::ControlFlow<B, C>",
                "ops::ControlFlow::Continue ops::ControlFlow<B, CoroutineState<Y, C>>",
            ),
            (
                "ControlFlow<B>",
                "ControlFlow::Continue ControlFlow<B, CoroutineState<Y, ()>>",
            ),
            (
                "Result<Result<A, B>, C>",
                "Ok Result<CoroutineState<Y, Result<A, B>>, C>",
            ),
        ];
        for (ty, expected) in cases {
            assert_eq!(wrapped(ty).as_deref(), Some(expected));
        }
        for ty in [
            "fmt::Result",
            "Option",
            "Option<A, B>",
            "Vec<T>",
            "<A as B>::Result<T>",
            "&T",
        ] {
            assert_eq!(wrapped(ty), None, "{ty}");
        }
    }

    #[test]
    fn copy_types_are_plain() {
        let copy = [
            "u8",
            "f64",
            "(usize)",
            "()",
            "!",
            "&str",
            "&'a Vec<T>",
            "*const T",
            "*mut T",
            "fn(String) -> String",
            "(u8, &T)",
            "[u8; 4]",
            "PhantomData<String>",
            "Option<u8>",
            "std::option::Option<&T>",
            "RangeTo<u8>",
            "RangeFull",
        ];
        for ty in copy {
            assert!(is_copy(&parse(ty)) && is_plain(&parse(ty)), "{ty}");
        }
    }

    #[test]
    fn plain_types_that_are_not_copy() {
        for ty in ["&mut T", "str", "[u8]", "Range<u8>", "Option<&mut T>", "(u8, &mut T)"] {
            assert!(is_plain(&parse(ty)) && !is_copy(&parse(ty)), "{ty}");
        }
    }

    #[test]
    fn other_types_are_neither() {
        let other = [
            "T",
            "String",
            "Vec<u8>",
            "(u8, String)",
            "[T; 4]",
            "Option<String>",
            "Range<T>",
            "_",
            "a::u8",
            "u8<T>",
            "<T as U>::u8",
            "Box<dyn Tr>",
            "Option",
            "impl Copy",
            "m!()",
        ];
        for ty in other {
            assert!(!is_plain(&parse(ty)) && !is_copy(&parse(ty)), "{ty}");
        }
    }

    #[test]
    fn shared_references() {
        assert!(is_shared_ref(&parse("&T")) && is_shared_ref(&parse("(&'a str)")));
        assert!(!is_shared_ref(&parse("&mut T")) && !is_shared_ref(&parse("T")));
    }
}
