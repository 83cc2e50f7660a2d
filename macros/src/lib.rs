//! The attribute macro of [`unawait`](https://docs.rs/unawait), which re-exports it: name that crate, not this one.
//!
//! Nothing is decided here. The work is done by `unawait-transform`, an ordinary library.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use unawait_transform::Edition;

// The examples need the crate `unawait`, which needs this one: they are tested over there.
#[cfg_attr(not(doctest), doc = include_str!("coro.md"))]
#[proc_macro_attribute]
pub fn coro(arguments: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(arguments.into(), item.into()).into()
}

/// The expansion; if it panics, one error that says so.
fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let original = item.clone();
    // Nothing outlives a panic but `original`, so no broken invariant can be seen.
    catch_unwind(AssertUnwindSafe(|| {
        unawait_transform::expand_for(edition(), arguments, item)
    }))
    .unwrap_or_else(|panic| unawait_transform::refuse(&report(&*panic), original))
}

/// The edition of the crate that is being compiled: no span tells it, but the compiler was asked for it.
fn edition() -> Edition {
    let arguments = std::env::args_os();
    Edition::of_arguments(arguments.map(|argument| argument.to_string_lossy().into_owned()))
}

/// What the user reads instead of rustc's "custom attribute panicked".
fn report(panic: &(dyn Any + Send)) -> String {
    const BUG: &str =
        "`#[coro]` panicked: this is a bug in unawait, not in your code; please report it with the function";
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    match text {
        Some(text) => format!("{BUG}\nthe panic said: {text}"),
        None => BUG.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{catch_unwind, report};

    #[test]
    fn a_panic_is_reported_as_a_bug_with_its_text() {
        let panic = catch_unwind(|| panic!("no state {}", 7)).unwrap_err();
        let text = report(&*panic);
        assert!(
            text.starts_with("`#[coro]` panicked: this is a bug in unawait"),
            "{text}"
        );
        assert!(text.ends_with("\nthe panic said: no state 7"), "{text}");
    }

    #[test]
    fn a_panic_without_a_text_is_reported_too() {
        let panic = catch_unwind(|| std::panic::panic_any(7)).unwrap_err();
        assert!(report(&*panic).ends_with("please report it with the function"));
    }
}
