//! Large arrays of literals, and small ones that are changed by index: they stay where they are, and behave as if they moved with
//! the state.

use std::io::Read;

use crate::harness::{D, log, v};

const LENGTH: usize = 200;
const TEXT: &str =
    "some bytes that are read, more of them than the buffer holds at once: it takes several rounds to get them all";

fn fill(buffer: &mut [u8], with: u8) -> usize {
    buffer.fill(with);
    buffer.len()
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

fn by_value(mut array: [u8; LENGTH]) -> u32 {
    array[0] = 99;
    sum(&array)
}

trait Twice {
    fn twice(self) -> u32;
}

impl Twice for [u8; LENGTH] {
    fn twice(self) -> u32 {
        2 * sum(&self)
    }
}

differential! {
    #[Clone]
    iterator elements() yields (u8) {
        let mut buffer = [0u8; 256];
        let mut n = 0usize;
        while n < 5 {
            buffer[n % 256] = buffer[n % 7].wrapping_add(n as u8 + 1);
            yield_!(buffer[n]);
            buffer[n] += 1;
            n += 1;
        }
        yield_!(buffer[0]);
    }

    #[Clone]
    iterator sieve(limit: usize) yields (usize) with (30) {
        let mut composite = [false; LENGTH];
        for n in 2..limit {
            if composite[n] {
                continue;
            }
            yield_!(n);
            let mut multiple = n * n;
            while multiple < limit {
                composite[multiple] = true;
                multiple += n;
            }
        }
    }

    #[Clone]
    iterator moving_sums(guard: D) yields (i64) with (D("guard")) {
        let (mut window, mut sum, held) = ([0; 4], 0, D("held"));
        for n in 0..7usize {
            sum += 3 - window[n % 4];
            window[n % 4] = v("next", n as i64);
            yield_!(sum);
            sum += window[(n + 1) % 4];
        }
        log(held.name());
    }

    coroutine small_and_panics_halfway() takes (usize) [1, 2, 0, 7] yields (u8) returns ([u8; 3]) {
        let guard = D("guard");
        let mut counts = [0u8; 3];
        let mut n = yield_!(0);
        while n < 3 {
            counts[n] += 1;
            let old = counts;
            counts[v("index", n)] += v("more", 2);
            n = yield_!(old[n] + counts[n]);
        }
        counts
    }

    iterator small_in_a_loop_and_in_tuples() yields (char) {
        for n in 0..3usize {
            let (mut one, mut other) = (['a'; 2], ['b'; 2]);
            let (mut flags, x) = ([false; 2], v("x", n));
            one[x % 2] = 'c';
            yield_!(other[n % 2]);
            other[n % 2] = one[0];
            flags[x % 2] = true;
            yield_!(if flags[0] { other[1] } else { one[1] });
        }
    }

    iterator small_beside_what_a_tuple_takes(guard: D, pair: (D, D)) yields (u8) with (D("guard"), (D("left"), D("right"))) {
        let n = v("n", 1usize);
        let (mut flags, _) = ([0u8; 2], guard);
        flags[n] += 1;
        yield_!(flags[n]);
        let (mut counts, (_, right)) = ([3u8; 2], pair);
        counts[n] += flags[n];
        yield_!(counts[n]);
        let (mut others, ref name, (_, x)) = ([5u8; 2], right, (D("gone"), 2));
        others[n] += x;
        yield_!(others[n] + counts[n]);
        log(name.name());
    }

    iterator small_by_value_and_in_parts() yields (u16) {
        let mut ring = [1u16; 3];
        let [first, .., last] = ring;
        for n in 0..2usize {
            ring[n] += first + last;
            yield_!(ring[n + 1]);
            for one in ring {
                yield_!(one);
            }
        }
        let copy = ring;
        ring[copy[0] as usize % 3] = 0;
        yield_!(copy[0] + ring.iter().sum::<u16>());
    }

    iterator read_in_pieces(text: &'static str) yields (u32) with (TEXT) {
        let mut reader = text.as_bytes();
        let mut buffer = [0; 128];
        while let Ok(n) = reader.read(&mut buffer) && n > 0 {
            for byte in buffer.iter().take(n / 40) {
                log(if *byte > 100 { "high" } else { "low" });
            }
            for i in 0..n / 40 {
                yield_!(u32::from(buffer[i]));
            }
        }
    }

    #[Clone]
    iterator annotated(guard: D) yields (u64) with (D("guard")) {
        let mut counts: [u64; 32] = [0u64; 32];
        counts[3] = 7;
        yield_!(counts[3]);
        counts[4] += counts[3];
        yield_!(counts.iter().sum::<u64>());
        log(guard.name());
    }

    #[Clone]
    iterator made_again_in_each_round() yields (u8) {
        for n in 0..3u8 {
            let mut buffer = [1u8; LENGTH];
            yield_!(buffer[0]);
            buffer[0] += n;
            yield_!(buffer[0] + buffer[1]);
        }
    }

    #[Clone]
    iterator two_of_them(mut list: Vec<u8>) yields (u8) with (vec![3, 1, 2]) {
        let mut left = [0u8; LENGTH];
        let mut right = [0i8; LENGTH];
        while let Some(n) = list.pop() {
            left[usize::from(n)] = n;
            right[usize::from(n)] = -1;
            yield_!(left[usize::from(n)]);
            left.swap(0, usize::from(n));
        }
        yield_!(left[0] + right[3].unsigned_abs());
    }

    #[Clone]
    iterator copied() yields (u32) {
        let mut buffer = [1u8; LENGTH];
        yield_!(1);
        let before = buffer;
        buffer[0] = 5;
        yield_!(sum(&buffer));
        yield_!(sum(&before));
        yield_!(by_value(buffer));
        yield_!(buffer.twice());
        yield_!(u32::from(buffer[0]));
    }

    #[Clone]
    iterator in_rows() yields (u32) {
        let mut grid = [[0u8; 16]; 16];
        for y in 0..3 {
            for x in 0..3 {
                grid[y][x] = (x * y) as u8;
                yield_!(u32::from(grid[y][x]));
            }
            grid[y][15] = 1;
        }
        yield_!(grid.iter().map(|row| sum(row)).sum());
        yield_!(sum(&grid[1]));
    }

    #[Clone]
    iterator printed() yields (String) {
        let mut flags = [false; 128];
        flags[1] = true;
        yield_!(format!("{:?}", &flags[..2]));
        yield_!(format!("{flags:?}"));
        yield_!(format!("{:?} {}", flags, flags.len()));
        assert_eq!(flags, flags.clone());
    }

    coroutine inputs_go_in() takes (u8) [1, 2, 3] yields (u8) returns (u32) {
        let mut buffer = [0u8; LENGTH];
        buffer[0] = yield_!(0);
        buffer[usize::from(yield_!(buffer[0]))] += yield_!(buffer[1]);
        sum(&buffer)
    }

    #[Clone]
    iterator operands_before(n: u8) yields (u8) with (4) {
        let mut buffer = [3u8; LENGTH];
        buffer[1] = n;
        yield_!(buffer[1]);
        buffer[1] += 1;
        yield_!(v("sum", buffer[1] + buffer[2]));
    }

    coroutine left_of_a_suspension() takes (u8) [10, 20, 30] yields (u8) returns (u8) {
        let mut buffer = [3u8; LENGTH];
        buffer[0] = 1;
        let sum = buffer[0] + yield_!(buffer[0]);
        buffer[0] = 2;
        sum + (buffer[0] + yield_!(sum))
    }

    // What keeps a borrow moves as ever.
    #[Clone]
    iterator borrowed_across() yields (u8) {
        let mut buffer = [0u8; LENGTH];
        buffer[1] = 4;
        let part = &buffer[1..3];
        yield_!(part[0]);
        yield_!(part[1]);
    }

    #[Clone]
    iterator looped_over() yields (u8) {
        let mut buffer = [1u8; 130];
        buffer[1] = 4;
        for byte in &mut buffer {
            yield_!(*byte);
            *byte += 1;
            if *byte > 4 {
                break;
            }
        }
        yield_!(buffer[0] + buffer[1]);
    }

    #[Clone]
    iterator closures() yields (u8) {
        let mut buffer = [1u8; LENGTH];
        yield_!(buffer[0]);
        let largest = (0..3).map(|n| buffer[n] + n as u8).max();
        buffer[0] = largest.unwrap_or(0);
        yield_!(buffer[0]);
        let copies = move || buffer[0];
        buffer[0] = 9;
        yield_!(copies() + buffer[0]);
    }

    #[Clone]
    iterator shadowed() yields (u8) {
        let buffer = [1u8; LENGTH];
        yield_!(buffer[0]);
        let buffer = [buffer[0] + 1; LENGTH];
        yield_!(buffer[0]);
    }

    iterator filled(guard: D) yields (usize) with (D("guard")) {
        let mut buffer = [0u8; LENGTH];
        let n = fill(&mut buffer, 3);
        yield_!(n);
        yield_!(fill(&mut buffer[..n / 2], 4));
        let _inner = D("inner");
        yield_!(sum(&buffer) as usize);
        log(guard.name());
    }

    #[Clone]
    iterator named_as_function() yields (u8) {
        fn buffer(n: u8) -> u8 { n + 1 }
        yield_!(buffer(1));
        {
            let mut buffer = [0u8; LENGTH];
            yield_!(buffer[0]);
            buffer[0] = 4;
            yield_!(buffer[0]);
        }
        yield_!(buffer(2));
    }
}

#[test]
fn immutable_lent() {
    async fn show(b: &[u8]) -> usize {
        b.len()
    }
    #[unawait::coro]
    async fn run() -> usize {
        let key = [1u8; 300];
        let n = show(&key).await;
        n + show(&key[1..]).await + usize::from(key[2])
    }
    use std::{future::Future, pin::pin, task::*};
    let mut f = pin!(run());
    assert_eq!(
        f.as_mut().poll(&mut Context::from_waker(Waker::noop())),
        Poll::Ready(600)
    );
}

#[test]
fn assertions_show_what_is_written() {
    #[unawait::coro]
    fn checked() -> impl Iterator<Item = u8> {
        let mut buffer = [0u8; LENGTH];
        yield_!(buffer[0]);
        buffer[0] += 1;
        assert!(buffer == [0; LENGTH]);
        yield_!(buffer[0]);
    }
    let panic = std::panic::catch_unwind(|| checked().count()).expect_err("it is not");
    let text = panic.downcast_ref::<&str>().expect("a text");
    assert_eq!(*text, "assertion failed: buffer == [0; LENGTH]");
}
