//! Generators of `#[coro]` beside a struct written by hand and beside the other crates for generators on stable Rust; its
//! futures beside rustc's own.
//!
//! ```text
//! cargo bench -p unawait-bench                    # everything, with divan
//! cargo bench -p unawait-bench -- csv             # one workload
//! cargo bench -p unawait-bench -- --sizes         # the size of each machine
//! cargo bench -p unawait-bench -- --corpus        # the sizes of a few more futures
//! cargo bench -p unawait-bench -- --run csv dyn coro 3   # runs one case thrice, for a profiler
//! ```

// Two of the crates compared expand to `unsafe`.
#![allow(unsafe_code)]
// A chain of fifty futures.
#![recursion_limit = "256"]

mod adapters;
mod buffer;
mod chain;
mod create;
mod csv;
mod delegate;
mod drive;
mod echo;
mod fib;
mod flatten;
mod lagged;
mod locals;
mod mean;
mod pending;
mod ready;
mod sizes;
mod tree;
mod visit;

use chain::{poll as chain_poll, run as chain_run};
use echo::{large as echo_4096, medium as echo_256, small as echo_16};
use std::process::exit;

use crate::visit::Peer;

/// What the machines are given to do. The first peer is the one that the others are compared with.
struct Workload {
    name: &'static str,
    peers: &'static [Peer],
}

/// Names the workloads once: for divan, and for the table of them all.
macro_rules! workloads {
    ($($name:ident)*) => {
        const WORKLOADS: &[Workload] = &[$(Workload { name: stringify!($name), peers: $name::PEERS }),*];

        mod run {
            $(mod $name {
                use crate::visit::Peer;
                use divan::counter::ItemsCount;

                /// The consumer sees the type of the machine, and can inline it.
                #[divan::bench(name = "static", max_time = 0.2, args = crate::$name::PEERS)]
                fn inlined(bencher: divan::Bencher, peer: &Peer) {
                    bencher.counter(ItemsCount::new((peer.items)())).bench(peer.inlined);
                }

                /// The consumer has a trait object: one real call for each item, and the state in memory.
                #[divan::bench(name = "dyn", max_time = 0.2, args = crate::$name::PEERS)]
                fn dynamic(bencher: divan::Bencher, peer: &Peer) {
                    bencher.counter(ItemsCount::new((peer.items)())).bench(peer.dynamic);
                }
            })*
        }
    };
}

workloads! {
    fib flatten csv mean tree locals buffer delegate create
    ready pending chain_poll chain_run echo_16 echo_256 echo_4096
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "--bench")
        .collect();
    match words[..] {
        ["--sizes"] => print_sizes(),
        ["--corpus"] => print_corpus(),
        ["--run", workload, mode, peer, times] => run(workload, mode, peer, times),
        _ => {
            check_sums();
            divan::main();
        }
    }
}

/// All peers of a workload compute the same.
fn check_sums() {
    for workload in WORKLOADS {
        let [hand, ..] = workload.peers else { continue };
        let expected = ((hand.items)(), (hand.inlined)());
        for peer in workload.peers {
            let name = format!("{} {}", workload.name, peer.name);
            assert_eq!(((peer.items)(), (peer.inlined)()), expected, "{name}, static");
            assert_eq!(((peer.items)(), (peer.dynamic)()), expected, "{name}, dyn");
        }
    }
}

/// A line for each machine: the workload, the peer, its bytes, how many items one run makes.
fn print_sizes() {
    for workload in WORKLOADS {
        for peer in workload.peers {
            println!(
                "{}\t{}\t{}\t{}",
                workload.name,
                peer.name,
                (peer.size)(),
                (peer.items)()
            );
        }
    }
}

/// A line for each body: its name, the bytes of `#[coro]`'s future, those of rustc's.
fn print_corpus() {
    for (name, coro, rustc) in sizes::corpus() {
        println!("{name}\t{coro}\t{rustc}");
    }
}

fn run(workload: &str, mode: &str, peer: &str, times: &str) {
    let named = WORKLOADS.iter().find(|known| known.name == workload);
    let Some(peer) = named.and_then(|workload| workload.peers.iter().find(|known| known.name == peer)) else {
        eprintln!("no such case");
        exit(2);
    };
    let case = if mode == "dyn" { peer.dynamic } else { peer.inlined };
    for _ in 0..times.parse().unwrap_or(1) {
        divan::black_box(case());
    }
}
