//! The macro that makes a test from a body.

/// Tests, one per body:
///
/// ```ignore
/// differential! {
///     iterator name(mut count: u32, guard: D) yields (u32) with (3, D("guard")) {
///         while count > 0 { yield_!(count); count -= 1; }
///     }
///     coroutine name['a, T: Debug](text: &'a T) takes (u32) [1, 2, 3] yields (&'a T) returns (u32)
///         with (&list) given { let mut list = vec![1]; } then { log(list.len()) } { .. }
/// }
/// ```
///
/// `[1, 2, 3]` are the inputs, over and over; `with` has the arguments of the calls; `given` and `then` are what stands
/// before and after each call. `#[Clone]` adds the bound to the signature, and the comparison of clones.
macro_rules! differential {
    () => {};
    ($(#[$clone:ident])? $kind:ident $name:ident $([$($generic:tt)*])? ($($arg:tt)*)
        $(takes ($($input:tt)*) [$($script:expr),*])? yields ($($yielded:tt)*) $(returns ($($returned:tt)*))?
        $(with ($($value:expr),*))? $(given { $($given:tt)* })? $(then { $($then:tt)* })?
        { $($body:tt)* } $($rest:tt)*) => {
        #[test]
        #[allow(warnings, clippy::all, reason = "bodies are contrived, and each stands here twice")]
        fn $name() {
            subject!($kind $name [$($($generic)*)?] ($($arg)*)
                [$($($input)*)?] [$($yielded)*] [$($($returned)*)?] [$(+ $clone)?] { $($body)* });
            oracle!($kind [$($($generic)*)?] ($($arg)*)
                [$($($input)*)?] [$($yielded)*] [$($($returned)*)?] { $($body)* });
            let script = script!($kind [$($($script),*)?]);
            let script = &script[..];
            let machine = &|plan: &$crate::harness::Plan| {
                $($($given)*)?
                plan.drive(driven!($kind $name script ($($($value),*)?)));
                $($($then)*)?
            };
            let oracle = &|plan: &$crate::harness::Plan| {
                $($($given)*)?
                let talk = $crate::harness::Talk::new();
                plan.drive($crate::harness::Oracle::new(talk.clone(), script, oracle(talk, $($($value),*)?)));
                $($($then)*)?
            };
            $crate::harness::compare(stringify!($name), $crate::harness::drops(script), machine, oracle);
            clones!([$($clone)?] $kind $name script oracle ($($($value),*)?));
        }
        differential! { $($rest)* }
    };
}

/// The `#[coro]` function.
macro_rules! subject {
    (iterator $name:ident [$($generic:tt)*] ($($arg:tt)*) [] [$($yielded:tt)*] [] [$($bound:tt)*]
        { $($body:tt)* }) => {
        #[::unawait::coro]
        fn $name<$($generic)*>($($arg)*) -> impl Iterator<Item = $($yielded)*> $($bound)* { $($body)* }
    };
    (coroutine $name:ident [$($generic:tt)*] ($($arg:tt)*) [$($input:tt)*] [$($yielded:tt)*] [$($returned:tt)*]
        [$($bound:tt)*] { $($body:tt)* }) => {
        #[::unawait::coro]
        fn $name<$($generic)*>($($arg)*)
            -> impl ::unawait::Coroutine<$($input)*, Yield = $($yielded)*, Return = $($returned)*> $($bound)*
        {
            $($body)*
        }
    };
}

/// The `async fn`, in which `yield_!` gives the value to the driver and waits. As with rustc's own `yield`, the temporaries
/// of the value live to the end of the statement.
macro_rules! oracle {
    (iterator [$($generic:tt)*] ($($arg:tt)*) [] [$($yielded:tt)*] [] { $($body:tt)* }) => {
        async fn oracle<$($generic)*>(talk: $crate::harness::Talk<$($yielded)*, ()>, $($arg)*) {
            macro_rules! yield_ {
                () => { yield_!(()) };
                ($e:expr) => { talk.exchange($e).await };
            }
            macro_rules! yield_from {
                ($e:expr) => {
                    for value in $e {
                        yield_!(value)
                    }
                };
            }
            $($body)*
        }
    };
    (coroutine [$($generic:tt)*] ($($arg:tt)*) [$($input:tt)*] [$($yielded:tt)*] [$($returned:tt)*]
        { $($body:tt)* }) => {
        async fn oracle<$($generic)*>(talk: $crate::harness::Talk<$($yielded)*, $($input)*>, $($arg)*)
            -> $($returned)*
        {
            macro_rules! yield_ {
                () => { yield_!(()) };
                ($e:expr) => { talk.exchange($e).await };
            }
            macro_rules! yield_from {
                ($e:expr) => { talk.delegate($e).await };
            }
            $($body)*
        }
    };
}

/// The inputs; an iterator's are units.
macro_rules! script {
    (iterator []) => { [()] };
    (coroutine [$($script:expr),*]) => { [$($script),*] };
}

/// The machine for the driver.
macro_rules! driven {
    (iterator $name:ident $script:ident ($($value:expr),*)) => {
        $crate::harness::Iterated($name($($value),*))
    };
    (coroutine $name:ident $script:ident ($($value:expr),*)) => {
        $crate::harness::Resumed($name($($value),*), $script, stringify!($name))
    };
}

/// The comparison of clones, if the signature has `+ Clone`.
macro_rules! clones {
    ([] $($rest:tt)*) => {};
    ([Clone] $kind:ident $name:ident $script:ident $oracle:ident ($($value:expr),*)) => {
        $crate::harness::compare_clones(
            stringify!($name),
            &|plan| plan.drive_cloned(driven!($kind $name $script ($($value),*))),
            $oracle,
        );
    };
}
