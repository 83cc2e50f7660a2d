//! `yield_!` and `yield_from!` where no `#[coro]` has taken them away: each is an error that says so.

/// Suspends a function under [`#[coro]`](crate::coro), and gives `value` to whoever resumed it.
///
/// `yield_!(value)` is an expression: its value is the input of the next resume, and `()` in an iterator.
/// `yield_!()` is short for `yield_!(())`.
///
/// `#[coro]` replaces it before it is expanded. Anywhere else it is an error:
///
/// ```compile_fail
/// fn plain() {
///     unawait::yield_!(1);
/// }
/// ```
#[macro_export]
macro_rules! yield_ {
    ($($value:tt)*) => {
        ::core::compile_error!(
            "`yield_!` suspends the function under `#[coro]` that it stands in, and there is none here\n\
             help: put `#[coro]` on the function; a closure, an `async` block or a nested item inside it is a function of its own"
        )
    };
}

/// Gives out whatever `inner` yields, as if its body stood here, inside a function under [`#[coro]`](crate::coro).
///
/// In an iterator `inner` is anything that can be iterated. In a coroutine it is a coroutine with the same input
/// and yield types, and the value of `yield_from!(inner)` is what `inner` returns.
///
/// `#[coro]` replaces it before it is expanded. Anywhere else it is an error:
///
/// ```compile_fail
/// fn plain() {
///     unawait::yield_from!(0..3);
/// }
/// ```
#[macro_export]
macro_rules! yield_from {
    ($($inner:tt)*) => {
        ::core::compile_error!(
            "`yield_from!` delegates for the function under `#[coro]` that it stands in, and there is none here\n\
             help: put `#[coro]` on the function; a closure, an `async` block or a nested item inside it is a function of its own"
        )
    };
}
