//! Macros that show names and capture them in their texts: those that log, and any of the user's.

use unawait::coro;

use crate::harness::{log, v};

/// As `tracing` has it: fields by name, then a format string.
macro_rules! info {
    (@field [$($done:tt)*] % $($name:ident).+ = $value:expr, $($rest:tt)*) => { info!(@field [$($done)*] $($name).+ = $value, $($rest)*) };
    (@field [$($done:tt)*] $($name:ident).+ = % $value:expr, $($rest:tt)*) => { info!(@field [$($done)*] $($name).+ = $value, $($rest)*) };
    (@field [$($done:tt)*] $($name:ident).+ = $value:expr, $($rest:tt)*) => {
        info!(@field [$($done)* (concat!($("/", stringify!($name)),+), format!("{}", $value))] $($rest)*)
    };
    (@field [$($done:tt)*] % $($name:ident).+, $($rest:tt)*) => { info!(@field [$($done)*] $($name).+ = $($name).+, $($rest)*) };
    (@field [$($done:tt)*] $($name:ident).+, $($rest:tt)*) => { info!(@field [$($done)*] $($name).+ = $($name).+, $($rest)*) };
    (@field [$(($name:expr, $value:expr))*] $($format:tt)+) => {
        log([$(format!("{}={}", $name, $value),)* format!($($format)+)].join(" "))
    };
    (target: $target:expr, $($all:tt)*) => { { log($target); info!($($all)*) } };
    ($($all:tt)*) => { info!(@field [] $($all)*) };
}

/// A macro of which nothing is known.
macro_rules! show {
    ($($all:tt)*) => { log(format!($($all)*)) };
}

macro_rules! sum {
    ($range:expr) => {
        $range.sum::<u32>()
    };
}

differential! {
    iterator captured_by_what_logs(n: u32) yields (u32) with (3) {
        let name = "outer";
        for n in 0..n {
            let name = format!("inner{n}");
            yield_!(n);
            info!("{name} {n:>3} {}", name.len());
            info!(n, %name, "{name}");
            info!(size = n + 1, name, "{n} {other} {}", name, other = n);
            info!(n = name, "{n}", n = 7);
        }
        info!(name, "{n}");
        yield_!(n);
    }
    iterator fields_beside_a_format_string() yields (u32) {
        let (name, target) = (1, 2);
        {
            let (name, target) = (3, 4);
            yield_!(name);
            info!(name = 5, "{name}");
            info!(target: "of {target}", target, "{target} {name}", name = 7);
        }
        yield_!(name + target);
    }
    iterator ranges_in_unknown_macros(n: u32) yields (u32) with (3) {
        {
            let n = n * 2;
            yield_!(n);
            yield_!(sum!(0..n) + sum!(0..=n));
        }
        yield_!(n);
    }
    iterator captured_without_another_of_its_name(n: u32) yields (u32) with (3) {
        {
            let m = n * 2;
            yield_!(m);
            show!("{m} {n}");
        }
        let n = v("n", n + 1);
        yield_!(n);
        show!("{n}");
    }
}

struct Connection {
    id: u32,
    peer: Peer,
}

struct Peer {
    name: &'static str,
}

impl Connection {
    #[coro]
    fn talk(&self) -> impl Iterator<Item = u32> {
        info!(self.id, %self.peer.name, id = self.id, "{} opens", self.peer.name);
        yield_!(self.id);
        info!(self.id, "closes");
    }
}

#[test]
fn fields_of_self_keep_their_names() {
    let connection = Connection {
        id: 7,
        peer: Peer { name: "ann" },
    };
    crate::harness::take_log();
    assert!(connection.talk().eq([7]));
    let logged = ["/self/id=7 /self/peer/name=ann /id=7 ann opens", "/self/id=7 closes"];
    assert_eq!(crate::harness::take_log(), logged);
}
