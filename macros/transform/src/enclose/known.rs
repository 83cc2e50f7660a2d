//! Methods and types of std and of tokio, by name, that say what borrows a local.

use syn::{Expr, ExprMethodCall};

use crate::syntax;

/// Methods that return what borrows their receiver.
pub(super) const BORROWERS: [&str; 57] = [
    "iter",
    "iter_mut",
    "chars",
    "char_indices",
    "bytes",
    "lines",
    "keys",
    "values",
    "values_mut",
    "windows",
    "chunks",
    "chunks_exact",
    "chunks_mut",
    "drain",
    "enter",
    "entry",
    "first",
    "first_mut",
    "front",
    "front_mut",
    "back",
    "back_mut",
    "last",
    "last_mut",
    "get",
    "get_mut",
    "peek",
    "peek_mut",
    "range",
    "range_mut",
    "begin",
    "by_ref",
    "matches",
    "match_indices",
    "trim",
    "trim_start",
    "trim_end",
    "borrow",
    "borrow_mut",
    "lock",
    "read",
    "write",
    "split",
    "rsplit",
    "split_mut",
    "splitn",
    "rsplitn",
    "transaction",
    "notified",
    "try_borrow",
    "try_borrow_mut",
    "try_lock",
    "try_read",
    "try_write",
    "try_acquire",
    "get_or_insert",
    "get_or_insert_with",
];

/// Methods that pass on what their receiver borrows.
pub(super) const ADAPTERS: [&str; 32] = [
    "or_insert",
    "or_insert_with",
    "or_default",
    "and_modify",
    "map",
    "filter",
    "filter_map",
    "flat_map",
    "enumerate",
    "peekable",
    "rev",
    "skip",
    "skip_while",
    "step_by",
    "take",
    "take_while",
    "zip",
    "chain",
    "fuse",
    "inspect",
    "scan",
    "map_while",
    "flatten",
    "cycle",
    "ok_or",
    "ok_or_else",
    "ok",
    "map_err",
    "context",
    "with_context",
    "wrap_err",
    "wrap_err_with",
];

/// Those that pass on a guard, with or without an error.
pub(super) const PASSING: [&str; 8] = [
    "ok",
    "ok_or",
    "ok_or_else",
    "map_err",
    "context",
    "with_context",
    "wrap_err",
    "wrap_err_with",
];

/// Methods that cut a part from a text.
pub(super) const CUTTING: [&str; 10] = [
    "trim",
    "trim_start",
    "trim_end",
    "trim_matches",
    "trim_start_matches",
    "trim_end_matches",
    "strip_prefix",
    "strip_suffix",
    "split_once",
    "rsplit_once",
];

/// Methods that pick what their receiver refers to.
pub(super) const PICKERS: [&str; 10] = [
    "next",
    "nth",
    "last",
    "find",
    "max",
    "max_by",
    "max_by_key",
    "min",
    "min_by",
    "min_by_key",
];

/// Collections without positions: a loop over a borrow of one cannot be continued by position.
pub(super) const MAPS: [&str; 8] = [
    "HashMap",
    "HashSet",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "LinkedList",
    "IndexMap",
    "IndexSet",
];

/// Types whose values borrow what they are made of, by a shared reference too.
pub(super) const VIEWS: [&str; 5] = ["Cursor", "IoSlice", "Path", "OsStr", "Context"];

/// How the names of types end that go through what they are made of.
pub(super) const READERS: [&str; 12] = [
    "Parser",
    "Lexer",
    "Tokenizer",
    "Scanner",
    "Reader",
    "Cursor",
    "Iter",
    "View",
    "Walker",
    "Tokens",
    "Lines",
    "Decoder",
];

/// Methods that end what they are called on.
pub(super) const TAKING: [&str; 24] = [
    "run",
    "join",
    "finish",
    "finalize",
    "build",
    "complete",
    "commit",
    "rollback",
    "detach",
    "forget",
    "leak",
    "release",
    "unlock",
    "respond",
    "reply",
    "answer",
    "upgrade",
    "downgrade",
    "serve",
    "stop",
    "aggregate",
    "to_bytes",
    "freeze",
    "oneshot",
];

/// Those that do so as often as not: by `&mut self` where the local is `mut`.
pub(super) const ENDING: [&str; 11] = [
    "close",
    "shutdown",
    "start",
    "accept",
    "apply",
    "submit",
    "connect",
    "listen",
    "disconnect",
    "terminate",
    "merge",
];

/// Those of what people get from libraries, where they are not awaited at once.
pub(super) const OF_LIBRARIES: [&str; 5] = ["json", "text", "bytes", "body", "extract"];

/// `map.keys()`, `list.iter().skip(1)`: an iterator over a collection.
pub(super) fn is_over_collection(value: &Expr) -> bool {
    let Expr::MethodCall(call) = syntax::inner(value) else {
        return false;
    };
    let name = call.method.to_string();
    match name.as_str() {
        "iter" | "keys" | "values" | "range" => true,
        name => ADAPTERS.contains(&name) && is_over_collection(&call.receiver),
    }
}

/// Whether the method returns what borrows its receiver, as far as its name tells.
pub(super) fn lends(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    let splits = ["split_", "rsplit_", "strip_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        && name != "split_off";
    // `cell.get()` is another.
    let of_collection = !matches!(name.as_str(), "get" | "get_mut") || call.args.len() == 1;
    BORROWERS.contains(&name.as_str()) && of_collection || splits
}

/// Whether the name of the method says that it borrows what it is called on.
pub(super) fn borrows(call: &ExprMethodCall) -> bool {
    const PREFIXES: [&str; 24] = [
        "as_", "is_", "has_", "get", "set", "to_", "iter", "len", "push", "insert", "add", "remove", "clear", "next",
        "read", "write", "poll", "send", "recv", "flush", "update", "check", "validate", "can_",
    ];
    let name = call.method.to_string();
    let known =
        BORROWERS.contains(&name.as_str()) || CUTTING.contains(&name.as_str()) || syntax::returns_owned(&call.method);
    known || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
