#!/usr/bin/env bash
# What `#[coro] async fn` costs the compiler, beside rustc's own `async fn` of the same bodies. Needs cargo only.
#
#   benches/compile_time.sh        # the least of three rounds
#   benches/compile_time.sh 5
#
# The sources are generated in target/compile_time. A time is the processor's for one crate, cargo and the expansion
# included, with all dependencies built before. So is `empty`, which is a crate without a function.
set -euo pipefail
export LC_ALL=C

rounds=${1:-3}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/target/compile_time
export CARGO_TARGET_DIR=$work/target
# Else a crate that has been built before is not built again.
export CARGO_INCREMENTAL=0

# Arguments: the attribute or nothing, how many. Each function awaits twice in a loop and once after it.
functions() {
    local attribute=$1 count=$2 i
    for ((i = 0; i < count; i++)); do
        cat <<RUST
$attribute
async fn function$i(n: u64) -> u64 {
    let mut sum = $i;
    for number in 0..n {
        sum += leaf(number).await;
        if sum > 1000 {
            sum -= leaf(sum).await / 2;
        }
    }
    sum + leaf(n).await
}
RUST
    done
    echo 'fn main() {'
    for ((i = 0; i < count; i++)); do echo "    poll(pin!(function$i(1)));"; done
    echo '}'
}

# Arguments: the attribute or nothing, how deep.
chain() {
    local attribute=$1 depth=$2 i
    echo "$attribute async fn level0(n: u64) -> u64 { leaf(n).await }"
    for ((i = 1; i <= depth; i++)); do
        echo "$attribute async fn level$i(n: u64) -> u64 { level$((i - 1))(n).await + 1 }"
    done
    echo "fn main() { poll(pin!(level$depth(1))); }"
}

# Arguments: the crate's name, and the command that prints its functions.
generate() {
    local folder=$work/$1
    mkdir -p "$folder/src"
    cat > "$folder/Cargo.toml" <<TOML
[package]
name = "$1"
version = "0.0.0"
edition = "2024"

[dependencies]
unawait = { path = "$root/runtime" }

[workspace]
TOML
    cp "$root/Cargo.lock" "$folder/"
    {
        cat <<RUST
#![allow(dead_code, unused_imports)]
use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

fn leaf(number: u64) -> Ready<u64> {
    ready(black_box(number))
}

fn poll(future: Pin<&mut dyn Future<Output = u64>>) {
    _ = black_box(black_box(future).poll(&mut Context::from_waker(Waker::noop())));
}
RUST
        "${@:2}"
    } > "$folder/src/main.rs"
}

# Processor time of one command on a crate whose source has changed, in seconds.
seconds() {
    local folder=$work/$1
    touch "$folder/src/main.rs"
    { TIMEFORMAT='%U %S'; time cargo "${@:2}" -q --manifest-path "$folder/Cargo.toml" >&2; } 2>&1 | tail -1 | awk '{ print $1 + $2 }'
}

cases=(empty functions200 chain10 chain20 chain30)
generate empty_rustc functions '' 0
generate empty_coro functions '' 0
generate functions200_rustc functions '' 200
generate functions200_coro functions '#[unawait::coro]' 200
for depth in 10 20 30; do
    generate "chain${depth}_rustc" chain '' $depth
    generate "chain${depth}_coro" chain '#[unawait::coro]' $depth
done

echo '| sources | command | rustc s | coro s | x rustc |'
echo '|---|---|---:|---:|---:|'
for command in check build 'build --release'; do
    for case in "${cases[@]}"; do
        # Builds the dependencies, for the first crate.
        for kind in rustc coro; do seconds "${case}_$kind" $command > /dev/null; done
        for ((round = 0; round < rounds; round++)); do
            for kind in rustc coro; do echo "$kind $(seconds "${case}_$kind" $command)"; done
        done | awk -v case="$case" -v command="$command" '
            !($1 in least) || $2 < least[$1] { least[$1] = $2 }
            END { printf "| %s | %s | %.2f | %.2f | %.2f |\n", case, command, least["rustc"], least["coro"], least["coro"] / least["rustc"] }'
    done
done
