#!/usr/bin/env bash
# The fuzzer with the generators of nightly in the place of async functions that yield by hand: `gen fn`, `#[coroutine]`,
# `async gen fn`. Programs that borrow across a `yield` of `gen fn` are not accepted there, and are left out.
#
#     tests/fuzz/nightly.sh [seeds]        # such as 0..1000
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! rustup toolchain list | grep -q '^nightly'; then
    echo "nightly is not installed: rustup toolchain install nightly" >&2
    exit 1
fi

UNAWAIT_FUZZ="${1:-0..300}" UNAWAIT_FUZZ_NIGHTLY=1 UNAWAIT_FUZZ_DIR="$PWD/target/tests/fuzz-nightly" \
    cargo test --test fuzz programs_agree -- --nocapture
