//! What certainly borrows a variable: methods of std that are called on what is certainly one of std's own values.
//!
//! `text.split(' ')` of a `String` borrows it, whatever `split` is elsewhere. (`enclose` guesses; this does not.)

use proc_macro2::Ident;
use syn::{
    Expr, ExprMethodCall, GenericArgument, Path, PathSegment, Type,
    visit::{self, Visit},
};

use crate::{signature, syntax};

/// What a method gives that borrows its receiver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gives {
    Iterator,
    Guard,
    Reference,
}

/// The method that borrows a variable in an expression whose value keeps the borrow, and the variable.
pub(crate) fn borrower(value: &Expr) -> Option<(&ExprMethodCall, &Ident, Gives)> {
    let Expr::MethodCall(call) = syntax::inner(value) else {
        return None;
    };
    let unwraps = matches!(call.method.to_string().as_str(), "unwrap" | "expect");
    let inner = borrower(&call.receiver);
    match inner {
        Some((at, of, Gives::Iterator)) if adapts(&call.method) => Some((at, of, Gives::Iterator)),
        Some((at, of, Gives::Iterator)) if picks(&call.method) && gives_references(&call.receiver) => {
            Some((at, of, Gives::Reference))
        }
        Some((at, of, gives @ (Gives::Guard | Gives::Reference))) if unwraps => Some((at, of, gives)),
        Some(_) => None,
        None => Some((call, syntax::variable(&call.receiver)?, gives(call)?)),
    }
}

/// Methods whose results are guards: they borrow what they are called on, and have a drop, so that they end with their scope.
pub(crate) const GUARDS: [&str; 14] = [
    "begin",
    "borrow",
    "borrow_mut",
    "enter",
    "lock",
    "read",
    "transaction",
    "try_acquire",
    "try_borrow",
    "try_borrow_mut",
    "try_lock",
    "try_read",
    "try_write",
    "write",
];

/// Whether the value is a guard, going by its name: `list.lock().unwrap()`, `SpanGuard::new(&span)`, `BufWriter::new(&mut file)`.
/// Only the place where it ends depends on that.
pub(crate) fn makes_guard(value: &Expr) -> bool {
    match syntax::peeled(value) {
        Expr::MethodCall(call) if call.method == "unwrap_or_else" => makes_guard(&call.receiver),
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            GUARDS.contains(&name.as_str()) || matches!(name.as_str(), "drain" | "peek_mut")
        }
        Expr::Call(call) => matches!(syntax::inner(&call.func), Expr::Path(path) if is_of_guard(&path.path)),
        Expr::Struct(literal) => literal.path.segments.last().is_some_and(is_guard_name),
        _ => false,
    }
}

/// The same of a temporary: `file.read(&mut buffer)` has the name of one, and is none.
pub(crate) fn is_guard(expr: &Expr) -> bool {
    let lends = |call: &ExprMethodCall| call.args.is_empty() || call.method == "drain";
    match expr {
        Expr::MethodCall(call) => lends(call) && makes_guard(expr),
        Expr::Call(_) | Expr::Struct(_) => makes_guard(expr),
        _ => false,
    }
}

/// Whether the code makes a guard that jumps may have to leave.
pub(crate) fn has_guard(expr: &Expr) -> bool {
    struct Has(bool);
    impl<'ast> Visit<'ast> for Has {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            self.0 = self.0 || is_guard(expr);
            if !self.0 {
                visit::visit_expr(self, expr);
            }
        }
    }
    let mut has = Has(false);
    has.visit_expr(expr);
    has.0
}

/// `let _timer = Timer::start(&clock);`: what has such a name is there to be dropped.
pub(crate) fn is_kept_for_its_drop(name: &Ident, value: &Expr) -> bool {
    let called = matches!(syntax::peeled(value), Expr::Call(_) | Expr::MethodCall(_));
    called && name.to_string().starts_with('_')
}

/// `Guard(..)`, `Guard::new(..)`, `guard(..)`
fn is_of_guard(path: &Path) -> bool {
    path.segments.iter().rev().take(2).any(is_guard_name)
}

fn is_guard_name(segment: &PathSegment) -> bool {
    let name = segment.ident.to_string();
    name.ends_with("Guard") || name.ends_with("guard") || name == "BufWriter" || name == "LineWriter"
}

fn gives(call: &ExprMethodCall) -> Option<Gives> {
    match (call.method.to_string().as_str(), call.args.len()) {
        (
            "iter" | "iter_mut" | "chars" | "char_indices" | "bytes" | "lines" | "keys" | "values" | "values_mut"
            | "split_whitespace",
            0,
        )
        | ("windows" | "chunks" | "chunks_exact" | "chunks_mut" | "drain" | "split" | "rsplit" | "matches", 1)
        | ("splitn" | "rsplitn", 2) => Some(Gives::Iterator),
        ("lock" | "borrow" | "borrow_mut" | "read" | "write", 0) => Some(Gives::Guard),
        ("first" | "first_mut" | "last" | "last_mut" | "as_str" | "as_slice", 0) | ("get" | "get_mut", 1) => {
            Some(Gives::Reference)
        }
        _ => None,
    }
}

/// Adapters of iterators: what they give goes through what they were given.
pub(crate) fn adapts(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "map"
            | "filter"
            | "filter_map"
            | "flat_map"
            | "enumerate"
            | "peekable"
            | "rev"
            | "skip"
            | "skip_while"
            | "step_by"
            | "take"
            | "take_while"
            | "fuse"
            | "inspect"
            | "copied"
            | "cloned"
            | "zip"
            | "chain"
            | "map_while"
            | "scan"
            | "cycle"
    )
}

fn picks(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "next" | "max" | "min" | "max_by_key" | "min_by_key" | "nth" | "find"
    )
}

/// Whether the items are references: those of the plain iterators are, but of characters and bytes.
pub(crate) fn gives_references(iterator: &Expr) -> bool {
    match syntax::inner(iterator) {
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let computes = matches!(
                name.as_str(),
                "map"
                    | "filter_map"
                    | "flat_map"
                    | "copied"
                    | "cloned"
                    | "chars"
                    | "char_indices"
                    | "bytes"
                    | "drain"
                    | "enumerate"
            );
            !computes && gives_references(&call.receiver)
        }
        _ => true,
    }
}

/// Types of std that own what their methods lend.
const OWNERS: [&str; 14] = [
    "String",
    "Vec",
    "VecDeque",
    "HashMap",
    "HashSet",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "LinkedList",
    "Mutex",
    "RwLock",
    "RefCell",
    "PathBuf",
    "OsString",
];

pub(crate) fn is_owner_type(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| is_owner(&last.ident) || is_boxed_list(last)),
        Type::Paren(inner) => is_owner_type(&inner.elem),
        Type::Group(inner) => is_owner_type(&inner.elem),
        _ => false,
    }
}

/// `Box<[T]>`, `Box<str>`
fn is_boxed_list(last: &PathSegment) -> bool {
    let is_list = |ty: &Type| match ty {
        Type::Slice(_) => true,
        Type::Path(path) => path.path.is_ident("str"),
        _ => false,
    };
    last.ident == "Box" && signature::type_arguments(last).next().is_some_and(is_list)
}

fn is_owner(name: &Ident) -> bool {
    OWNERS.iter().any(|owner| name == owner)
}

/// `String::from(..)`, `vec![..]`, `x.to_string()`, `x.collect::<Vec<_>>()`
pub(crate) fn makes_owner(value: &Expr) -> bool {
    match syntax::inner(value) {
        Expr::Macro(mac) => mac.mac.path.is_ident("vec") || mac.mac.path.is_ident("format"),
        Expr::MethodCall(call) => {
            let into = call.turbofish.as_ref().and_then(|types| types.args.first());
            let collects = matches!(into, Some(GenericArgument::Type(ty)) if is_owner_type(ty));
            let boxes = call.method == "into_boxed_slice" || call.method == "into_boxed_str";
            let makes = boxes || call.method == "to_string" || call.method == "collect" && collects;
            makes && call.args.is_empty()
        }
        Expr::Call(call) => {
            let Expr::Path(path) = syntax::inner(&call.func) else {
                return false;
            };
            let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
            let makes = names.next().is_some_and(|name| {
                matches!(
                    name.to_string().as_str(),
                    "new" | "from" | "with_capacity" | "from_iter" | "default"
                )
            });
            makes && names.next().is_some_and(is_owner)
        }
        _ => false,
    }
}

/// Whether what the value's methods point to stays where it is when the value moves: it owns that on the heap, or is a pointer.
pub(crate) fn points(value: &Expr) -> bool {
    match syntax::peeled(value) {
        Expr::Reference(_) => true,
        Expr::MethodCall(call) => {
            matches!(
                call.method.to_string().as_str(),
                "to_vec" | "to_owned" | "into_boxed_slice" | "into_boxed_str" | "into_bytes" | "into_vec"
            ) || call.method == "collect" && call.turbofish.is_some()
                || makes_owner(value)
        }
        Expr::Call(call) => match syntax::inner(&call.func) {
            Expr::Path(path) => {
                let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
                names.next();
                makes_owner(value) || names.next().is_some_and(is_pointing)
            }
            _ => false,
        },
        other => makes_owner(other),
    }
}

/// The same of a type.
pub(crate) fn is_pointing_type(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) | Type::Ptr(_) => true,
        Type::Path(path) => path.path.segments.last().is_some_and(|last| is_pointing(&last.ident)),
        Type::Paren(inner) => is_pointing_type(&inner.elem),
        Type::Group(inner) => is_pointing_type(&inner.elem),
        _ => false,
    }
}

fn is_pointing(name: &Ident) -> bool {
    let heap = name != "Mutex" && name != "RwLock" && name != "RefCell" && is_owner(name);
    let pointers = ["Box", "Rc", "Arc", "NonNull", "CString"];
    heap || pointers.iter().any(|pointer| name == pointer)
}

/// Methods that borrow what they are called on by `&`, under names that nobody gives to another one.
pub(crate) fn only_looks(method: &Ident) -> bool {
    let name = method.to_string();
    let prefixes = [
        "is_", "as_ref", "as_str", "as_slice", "as_bytes", "to_", "starts_", "ends_", "contains", "fmt",
    ];
    prefixes.iter().any(|prefix| name.starts_with(prefix))
        || syntax::returns_owned(method)
        || matches!(
            name.as_str(),
            "iter"
                | "keys"
                | "values"
                | "get"
                | "first"
                | "last"
                | "chars"
                | "bytes"
                | "lines"
                | "find"
                | "position"
                | "eq"
                | "ne"
                | "cmp"
                | "partial_cmp"
                | "hash"
                | "display"
                | "split"
                | "split_whitespace"
                | "windows"
                | "chunks"
                | "borrow"
                | "lock"
                | "peek"
        )
}

/// Methods of numbers, which are `Copy`, of more than one.
pub(crate) fn is_of_numbers(method: &Ident) -> bool {
    let name = method.to_string();
    let prefixes = [
        "wrapping_",
        "saturating_",
        "checked_",
        "overflowing_",
        "rotate_",
        "div_",
        "rem_",
    ];
    prefixes.iter().any(|prefix| name.starts_with(prefix))
        || matches!(
            name.as_str(),
            "pow"
                | "powi"
                | "powf"
                | "abs_diff"
                | "min"
                | "max"
                | "clamp"
                | "mul_add"
                | "hypot"
                | "atan2"
                | "next_multiple_of"
        )
}

/// Methods of what owns something in std that borrow it.
pub(crate) fn borrows(method: &Ident) -> bool {
    only_looks(method)
        || changes(method)
        || matches!(
            method.to_string().as_str(),
            "push_str"
                | "insert_str"
                | "write"
                | "write_all"
                | "write_str"
                | "write_fmt"
                | "entry"
                | "remove_entry"
                | "get_or_insert_with"
                | "replace"
                | "replacen"
                | "repeat"
                | "range"
                | "copy_from_slice"
                | "set_extension"
        )
}

/// Methods of the lists of std that change them.
pub(crate) fn changes(method: &Ident) -> bool {
    matches!(
        method.to_string().as_str(),
        "push"
            | "push_back"
            | "push_front"
            | "pop"
            | "pop_back"
            | "pop_front"
            | "insert"
            | "remove"
            | "swap_remove"
            | "clear"
            | "truncate"
            | "extend"
            | "extend_from_slice"
            | "append"
            | "retain"
            | "retain_mut"
            | "drain"
            | "sort"
            | "sort_unstable"
            | "sort_by"
            | "sort_by_key"
            | "dedup"
            | "dedup_by_key"
            | "reverse"
            | "swap"
            | "rotate_left"
            | "rotate_right"
            | "resize"
            | "fill"
            | "split_off"
            | "iter_mut"
            | "get_mut"
    )
}

#[cfg(test)]
mod tests {
    use super::{Gives, borrower, makes_owner};

    fn gives(value: &str) -> Option<(String, String, Gives)> {
        let value = syn::parse_str(value).unwrap();
        borrower(&value).map(|(call, of, gives)| (call.method.to_string(), of.to_string(), gives))
    }

    #[test]
    fn values_that_keep_a_borrow() {
        for (value, method, kind) in [
            ("x.split(' ')", "split", Gives::Iterator),
            ("x.iter().enumerate().skip(1)", "iter", Gives::Iterator),
            ("x.chars().map(f).peekable()", "chars", Gives::Iterator),
            ("x.lock().unwrap()", "lock", Gives::Guard),
            ("x.borrow_mut()", "borrow_mut", Gives::Guard),
            ("x.first().unwrap()", "first", Gives::Reference),
            ("x.iter().max().unwrap()", "iter", Gives::Reference),
        ] {
            assert_eq!(gives(value), Some((method.to_owned(), "x".to_owned(), kind)), "{value}");
        }
    }

    #[test]
    fn values_of_their_own() {
        for value in [
            "x.len()",
            "x.first().map(f)",
            "x.get(1).copied()",
            "x.chars().max()",
            "x.iter().map(f).max()",
            "x.iter().copied().min().unwrap()",
            "x.iter().count()",
            "x.split(' ').collect()",
            "x.field.iter()",
            "x.split_off(1)",
            "x.get()",
            "make().iter()",
        ] {
            assert_eq!(gives(value), None, "{value}");
        }
    }

    #[test]
    fn values_of_std() {
        let owner = |value| makes_owner(&syn::parse_str(value).unwrap());
        for value in [
            "String::from(a)",
            "std::collections::HashMap::new()",
            "vec![1]",
            "1.to_string()",
        ] {
            assert!(owner(value), "{value}");
        }
        for value in ["a.trim()", "String::leak(a)", "Table::new()", "name.to_owned()"] {
            assert!(!owner(value), "{value}");
        }
    }
}
