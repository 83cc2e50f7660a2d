//! [`dbg_as!`](crate::dbg_as): a `dbg!` that is told what to show.

/// `dbg!(value)` that shows `text` for the source of the value: the user's, where a machine has another expression.
///
/// ```
/// use unawait::machine::dbg_as;
///
/// assert_eq!(dbg_as!("load().await" => 1 + 1), 2);
/// assert_eq!(dbg_as!("self.count" => 1, "name" => "fib"), (1, "fib"));
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! dbg_as {
    ($text:literal => $value:expr $(,)?) => {
        match $value {
            value => {
                ::std::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    ::core::file!(),
                    ::core::line!(),
                    ::core::column!(),
                    $text,
                    &&value as &dyn ::core::fmt::Debug
                );
                value
            }
        }
    };
    ($($text:literal => $value:expr),+ $(,)?) => {
        ($($crate::dbg_as!($text => $value)),+)
    };
}
