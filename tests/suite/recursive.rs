//! `#[coro(recursive)]`: nobody can tell a stack of states from rustc's own future in a box in a box, nor from a machine in a
//! box.

use unawait::prelude::*;

use crate::harness::{D, Iterated, Oracle, Plan, Talk, compare, log, take_log, v};

/// `recursive! { name(arguments) yields (T) with (values) { .. yield_from!(name(..)); .. } }`: a test of one body, as a stack
/// of states, in boxes, and as an `async fn` that awaits itself in a box. `+ '_`: it borrows its arguments.
macro_rules! recursive {
    () => {};
    ($(#[$clone:ident])? $name:ident($($arg:tt)*) yields ($yielded:ty) $(+ $lives:lifetime)? with ($($value:expr),*)
        { $($body:tt)* } $($rest:tt)*) => {
        #[allow(warnings, clippy::all, reason = "bodies are contrived, and each stands here thrice")]
        mod $name {
            use super::*;

            mod oracle {
                use super::*;

                thread_local!(static TALK: Talk<$yielded, ()> = Talk::new());

                pub fn talk() -> Talk<$yielded, ()> {
                    TALK.with(Talk::clone)
                }

                pub async fn $name($($arg)*) {
                    let talk = talk();
                    macro_rules! yield_ {
                        ($e:expr) => { talk.exchange($e).await };
                    }
                    macro_rules! yield_from {
                        ($e:expr) => { Box::pin($e).await };
                    }
                    $($body)*
                }
            }

            #[coro]
            fn $name($($arg)*) -> Box<dyn Iterator<Item = $yielded> $(+ $lives)?> { $($body)* }

            mod stack {
                use super::*;

                #[coro(recursive)]
                pub fn $name($($arg)*) -> impl Iterator<Item = $yielded> $(+ $clone)? { $($body)* }
            }

            #[test]
            fn is_the_same() {
                let oracle = &|plan: &Plan| {
                    plan.drive(Oracle::new(oracle::talk(), &[()], oracle::$name($($value),*)));
                };
                compare(stringify!($name), false, &|plan| plan.drive(Iterated(stack::$name($($value),*))), oracle);
                compare(stringify!($name), false, &|plan| plan.drive(Iterated($name($($value),*))), oracle);
                use stack::$name;
                clones!([$($clone)?] iterator $name script oracle ($($value),*));
            }
        }
        recursive! { $($rest)* }
    };
}

mod bodies;
mod methods;
