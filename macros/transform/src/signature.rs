//! What the return type asks for.
//!
//! Input: the signature of the annotated function, such as `fn f(..) -> impl Iterator<Item = u8> + Clone`.
//! Output: [`Returned`]: which kind of machine, the types for annotating its step, and what the
//! bounds ask of its state.
//!
//! Invariants: the types of a [`Kind`] can annotate a closure, so they hold no `impl ..` (it became
//! `_`); a signature that no machine can meet does not come through, and its error names all that
//! is wrong with it (`refused.rs` holds the texts).
//!
//! `types.rs` answers what later passes ask of a type.

mod refused;
mod types;

use proc_macro2::{Ident, Span};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Error, GenericArgument, Path, PathArguments, PathSegment, Result, ReturnType, Signature, Token, TraitBound, Type,
    TypeInfer, TypeParamBound, TypePath, parse_quote,
};

pub(crate) use self::types::{
    TryKind, TryShape, is_copy, is_memory, is_mut_ref, is_pinned_reference, is_plain, is_shared_ref, is_text, list_ref,
    poll_shape, try_shape,
};

/// Which machine to build.
#[expect(clippy::large_enum_variant, reason = "there is one of it per function")]
#[derive(Clone)]
pub(crate) enum Kind {
    Iterator {
        item: Type,
    },
    Coroutine {
        input: Type,
        yielded: Type,
        returned: Type,
    },
    /// An `async fn`, or a function that returns a future.
    Future {
        output: Type,
    },
    Stream {
        item: Type,
    },
}

impl Kind {
    /// Whether the body may wait.
    pub(crate) fn is_async(&self) -> bool {
        matches!(self, Kind::Future { .. } | Kind::Stream { .. })
    }

    /// What the body yields, if the signature says that.
    pub(crate) fn yielded(&self) -> Option<&Type> {
        match self {
            Kind::Iterator { item } | Kind::Stream { item } => Some(item),
            Kind::Coroutine { yielded, .. } => Some(yielded),
            Kind::Future { .. } => None,
        }
    }

    /// What the body returns, if that is not `()`.
    pub(crate) fn returned(&self) -> Option<&Type> {
        match self {
            Kind::Coroutine { returned, .. } => Some(returned),
            Kind::Future { output } => Some(output),
            Kind::Iterator { .. } | Kind::Stream { .. } => None,
        }
    }
}

/// A return type that a machine can meet.
#[derive(Clone)]
pub(crate) struct Returned {
    pub(crate) kind: Kind,
    /// For `Box<dyn ..>` the path as written, without its arguments (`Box`, `std::boxed::Box`);
    /// `None` for `impl ..`.
    pub(crate) boxed: Option<Path>,
    /// Whether the box is pinned: `Pin<Box<dyn ..>>`.
    pub(crate) pinned: bool,
    /// What the state enum must derive for the bounds to hold: `Clone` and `Debug`, as written.
    pub(crate) derives: Vec<Path>,
    /// The whole `Box<dyn ..>`, fit for annotating a variable.
    pub(crate) object: Option<Type>,
    /// Whether the state's lifetime has to be shown.
    pub(crate) shows_lifetime: bool,
}

/// Reads the signature, or says all that keeps `#[coro]` from accepting it.
pub(crate) fn returned(sig: &Signature) -> Result<Returned> {
    let result = match &sig.output {
        _ if sig.asyncness.is_some() => Ok(of_async_fn(sig)),
        ReturnType::Default => Err(refused::no_type(sig)),
        ReturnType::Type(_, ty) => of_type(bare(ty)),
    };
    match (combined(refused::qualifiers(sig)), result) {
        (None, result) => result,
        (Some(error), Ok(_)) => Err(error),
        (Some(mut error), Err(of_type)) => {
            error.combine(of_type);
            Err(error)
        }
    }
}

/// `async fn f(..) -> T` is `fn f(..) -> impl Future<Output = T>`.
fn of_async_fn(sig: &Signature) -> Returned {
    let output = match &sig.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, ty) => inferred(ty),
    };
    Returned {
        kind: Kind::Future { output },
        boxed: None,
        pinned: false,
        derives: Vec::new(),
        object: None,
        shows_lifetime: false,
    }
}

fn combined(errors: impl IntoIterator<Item = Error>) -> Option<Error> {
    errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}

fn of_type(ty: &Type) -> Result<Returned> {
    match ty {
        Type::ImplTrait(written) => {
            let (kind, derives) = of_bounds(ty, &written.bounds)?;
            Ok(Returned {
                kind,
                boxed: None,
                pinned: false,
                derives,
                object: None,
                shows_lifetime: shows_lifetime(ty),
            })
        }
        Type::Path(path) if let Some((boxed, bounds, pinned)) = boxed_bounds(path) => {
            let (kind, derives) = of_bounds(ty, bounds)?;
            if kind.is_async() != pinned {
                return Err(refused::pinned(ty, &kind));
            }
            let object = Some(inferred(ty));
            Ok(Returned {
                kind,
                boxed: Some(boxed),
                pinned,
                derives,
                object,
                shows_lifetime: true,
            })
        }
        Type::Path(path) if let Some(kind) = alias_of_box(path) => Ok(Returned {
            kind,
            boxed: Some(parse_quote!(Box)),
            pinned: true,
            derives: Vec::new(),
            object: Some(inferred(ty)),
            shows_lifetime: true,
        }),
        _ => Err(refused::other(ty)),
    }
}

/// `BoxFuture<'a, T>`, `BoxStream<'a, T>`: the names that `futures` gives to pinned boxes.
fn alias_of_box(ty: &TypePath) -> Option<Kind> {
    let segment = ty.path.segments.last()?;
    let PathArguments::AngleBracketed(written) = &segment.arguments else {
        return None;
    };
    let of = inferred(type_arguments(segment).next()?);
    match segment.ident.to_string().as_str() {
        _ if written.args.len() != 2 => None,
        "BoxFuture" | "LocalBoxFuture" => Some(Kind::Future { output: of }),
        "BoxStream" | "LocalBoxStream" => Some(Kind::Stream { item: of }),
        _ => None,
    }
}

/// The path `Box` and the bounds of `Box<dyn ..>`, and whether it stands in a `Pin<..>`.
pub(crate) fn boxed_bounds(ty: &TypePath) -> Option<(Path, &Bounds, bool)> {
    let segment = ty.path.segments.last()?;
    if segment.ident == "Pin" {
        return match bare(type_arguments(segment).next()?) {
            Type::Path(inner) => boxed_bounds(inner).map(|(boxed, bounds, _)| (boxed, bounds, true)),
            _ => None,
        };
    }
    let Type::TraitObject(object) = bare(type_arguments(segment).next()?) else {
        return None;
    };
    if segment.ident != "Box" || object.dyn_token.is_none() {
        return None;
    }
    let mut boxed = ty.path.clone();
    boxed.segments.last_mut()?.arguments = PathArguments::None;
    Some((boxed, &object.bounds, false))
}

pub(crate) type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// Whether a machine of this type has to show how long its state lives: a trait object, and a type with a lifetime or
/// with a trait that may ask for one.
fn shows_lifetime(ty: &Type) -> bool {
    let Type::ImplTrait(written) = bare(ty) else {
        return true;
    };
    written.bounds.iter().any(|bound| match bound {
        TypeParamBound::Lifetime(_) => true,
        TypeParamBound::Trait(bound) => {
            let quiet = [
                "Iterator",
                "Coroutine",
                "Future",
                "Stream",
                "Clone",
                "Debug",
                "Send",
                "Sync",
                "Unpin",
                "FusedIterator",
                "Sized",
            ];
            !bound
                .path
                .segments
                .last()
                .is_some_and(|segment| quiet.iter().any(|name| segment.ident == name))
        }
        _ => false,
    })
}

fn of_bounds(ty: &Type, bounds: &Bounds) -> Result<(Kind, Vec<Path>)> {
    let traits: Vec<&TraitBound> = bounds.iter().filter_map(as_trait).collect();
    let refused = combined(traits.iter().filter_map(|bound| refused::bound(bound)));
    let kinds: Vec<&TraitBound> = traits.iter().copied().filter(|bound| is_kind(&bound.path)).collect();
    let kind = match kinds.as_slice() {
        [] => Err(refused::no_kind(ty, &traits)),
        [bound] => kind_of(bound),
        [_, second, ..] => Err(refused::second_kind(second)),
    };
    match (refused, kind) {
        (None, kind) => Ok((kind?, derives(&traits))),
        // Of `impl DoubleEndedIterator`, one error says enough.
        (Some(refused), _) if kinds.is_empty() => Err(refused),
        (Some(refused), kind) => Err(combined([refused].into_iter().chain(kind.err())).expect("there is one")),
    }
}

/// The trait of a bound; `?Sized`, lifetimes and `use<..>` ask nothing of a machine.
fn as_trait(bound: &TypeParamBound) -> Option<&TraitBound> {
    match bound {
        TypeParamBound::Trait(bound) if bound.maybe.is_none() => Some(bound),
        _ => None,
    }
}

const KINDS: [&str; 4] = ["Iterator", "Coroutine", "Future", "Stream"];

fn is_kind(path: &Path) -> bool {
    last_name(path).is_some_and(|name| KINDS.iter().any(|kind| name == kind))
}

fn derives(traits: &[&TraitBound]) -> Vec<Path> {
    let mut derives: Vec<Path> = Vec::new();
    for TraitBound { path, .. } in traits {
        let Some(name) = last_name(path).filter(|name| *name == "Clone" || *name == "Debug") else {
            continue;
        };
        if derives.iter().all(|derived| last_name(derived) != Some(name)) {
            derives.push(path.clone());
        }
    }
    derives
}

fn kind_of(bound: &TraitBound) -> Result<Kind> {
    let segment = bound.path.segments.last().expect("a path has segments");
    if let Some(lifetimes) = &bound.lifetimes {
        return Err(refused::higher_ranked(lifetimes));
    }
    if segment.ident == "Iterator" {
        let item = associated(segment, "Item").ok_or_else(|| refused::missing(segment))?;
        return Ok(Kind::Iterator { item });
    }
    if segment.ident == "Future" {
        let output = associated(segment, "Output").ok_or_else(|| refused::missing(segment))?;
        return Ok(Kind::Future { output });
    }
    if segment.ident == "Stream" {
        let item = associated(segment, "Item").ok_or_else(|| refused::missing(segment))?;
        return Ok(Kind::Stream { item });
    }
    let input = input(segment)?;
    match (associated(segment, "Yield"), associated(segment, "Return")) {
        (Some(yielded), Some(returned)) => Ok(Kind::Coroutine {
            input,
            yielded,
            returned,
        }),
        _ => Err(refused::missing(segment)),
    }
}

/// The type argument of `Coroutine<Input, ..>`, which defaults to `()`.
fn input(segment: &PathSegment) -> Result<Type> {
    let mut inputs = type_arguments(segment);
    match (inputs.next(), inputs.next()) {
        (None, _) => Ok(parse_quote!(())),
        (Some(input), None) => Ok(inferred(input)),
        (_, Some(second)) => Err(refused::second_input(second)),
    }
}

/// The type of `Name = Type`; that of `Name: Bounds` is left to inference.
fn associated(segment: &PathSegment, name: &str) -> Option<Type> {
    arguments(segment).find_map(|argument| match argument {
        GenericArgument::AssocType(written) if written.ident == name => Some(inferred(&written.ty)),
        GenericArgument::Constraint(written) if written.ident == name => Some(infer(written.ident.span())),
        _ => None,
    })
}

/// The type as it can stand in a body, where `impl ..` cannot.
fn inferred(ty: &Type) -> Type {
    struct Infer;
    impl VisitMut for Infer {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::ImplTrait(written) => *ty = infer(written.impl_token.span),
                _ => visit_mut::visit_type_mut(self, ty),
            }
        }
    }
    let mut ty = ty.clone();
    Infer.visit_type_mut(&mut ty);
    ty
}

fn infer(span: Span) -> Type {
    Type::Infer(TypeInfer {
        attrs: Vec::new(),
        underscore_token: Token![_](span),
    })
}

/// The type without parentheses and without the invisible groups of macros.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Paren(inner) => bare(&inner.elem),
        Type::Group(inner) => bare(&inner.elem),
        _ => ty,
    }
}

fn last_name(path: &Path) -> Option<&Ident> {
    path.segments.last().map(|segment| &segment.ident)
}

fn arguments(segment: &PathSegment) -> impl Iterator<Item = &GenericArgument> {
    let written = match &segment.arguments {
        PathArguments::AngleBracketed(written) => Some(&written.args),
        _ => None,
    };
    written.into_iter().flatten()
}

pub(crate) fn type_arguments(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    arguments(segment).filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;
    use crate::source::quote_source;

    fn text(tokens: &impl ToTokens) -> String {
        quote_source(&tokens.to_token_stream(), 100)
    }

    fn read(ty: &str) -> Result<Returned> {
        returned(&syn::parse_str(&format!("fn f() -> {ty}")).unwrap())
    }

    /// Kind with its types, `Box`, derives, object.
    #[track_caller]
    fn summary(ty: &str) -> String {
        let returned = read(ty).unwrap_or_else(|error| panic!("{error}"));
        let kind = match &returned.kind {
            Kind::Iterator { item } => text(item),
            Kind::Coroutine {
                input,
                yielded,
                returned,
            } => [input, yielded, returned].map(text).join(" | "),
            Kind::Future { output } => format!("-> {}", text(output)),
            Kind::Stream { item } => format!("{} ..", text(item)),
        };
        let boxed = returned.boxed.iter().map(text);
        let rest = boxed.chain(returned.derives.iter().map(text));
        let rest = rest.chain(returned.object.iter().map(text));
        [kind].into_iter().chain(rest).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn iterators() {
        assert_eq!(summary("impl Iterator<Item = u8>"), "u8");
        assert_eq!(summary("(impl core::iter::Iterator<Item = &'a str> + 'a)"), "&'a str");
        assert_eq!(summary("impl Send + 'static + (Iterator<Item = u8>)"), "u8");
        assert_eq!(
            summary("impl ?Sized + Iterator<Item = u8> + use<'a, T> + FusedIterator"),
            "u8"
        );
        assert_eq!(summary("impl Iterator<Item: Display>"), "_");
        assert_eq!(
            summary("impl Iterator<Item = (impl Fn(u8) -> u8, Box<dyn Fn(&str)>)>"),
            "(_, Box<dyn Fn(&str)>)"
        );
    }

    #[test]
    fn coroutines() {
        assert_eq!(summary("impl Coroutine<Yield = Y, Return = R>"), "() | Y | R");
        assert_eq!(
            summary("impl unawait::Coroutine<&'a [u8], Return = Result<T, E>, Yield = ()>"),
            "&'a [u8] | () | Result<T, E>"
        );
        assert_eq!(
            summary("impl Coroutine<impl A, Yield = impl B, Return = Vec<impl C>>"),
            "_ | _ | Vec<_>"
        );
    }

    #[test]
    fn boxes() {
        assert_eq!(
            summary("Box<dyn Iterator<Item = u8> + '_>"),
            "u8; Box; Box<dyn Iterator<Item = u8> + '_>"
        );
        assert_eq!(
            summary("std::boxed::Box<(dyn Coroutine<u8, Yield = impl A, Return = ()> + Send)>"),
            "u8 | _ | (); std::boxed::Box; \
             std::boxed::Box<(dyn Coroutine<u8, Yield = _, Return = ()> + Send)>"
        );
    }

    #[test]
    fn futures_and_streams() {
        assert_eq!(summary("impl Future<Output = u8> + Send + 'static"), "-> u8");
        assert_eq!(summary("impl futures_core::Stream<Item = u8>"), "u8 ..");
        assert_eq!(
            summary("Pin<Box<dyn Future<Output = u8> + Send + 'a>>"),
            "-> u8; Box; Pin<Box<dyn Future<Output = u8> + Send + 'a>>"
        );
        let sig = syn::parse_str("async fn f() -> Vec<impl Debug>").unwrap();
        let returned = returned(&sig).unwrap();
        assert_eq!(returned.kind.returned().map(text).as_deref(), Some("Vec<_>"));
    }

    #[test]
    fn derives_are_as_written() {
        assert_eq!(
            summary("impl Clone + Iterator<Item = u8> + std::fmt::Debug + Send + Clone"),
            "u8; Clone; std::fmt::Debug"
        );
    }

    #[test]
    fn all_errors_at_once() {
        let sig = "const fn f() -> impl Iterator + Copy + Hash";
        let error = returned(&syn::parse_str(sig).unwrap()).err().unwrap();
        let messages: Vec<String> = error.into_iter().map(|error| error.to_string()).collect();
        let starts = ["`#[coro]` does not accept `const fn`"];
        assert_eq!(messages.len(), 4, "{messages:#?}");
        assert!(
            messages
                .iter()
                .zip(starts)
                .all(|(message, start)| message.starts_with(start))
        );
    }
}
