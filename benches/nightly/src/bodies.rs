//! The generators.

/// Compiles the functions as `coro`, and as `native` ones, which `$boxed` puts into a box.
macro_rules! both {
    ($(fn $name:ident($($argument:ident: $ty:ty),*) -> $returned:ty $(; $boxed:path)? {$($body:tt)*})*) => {
        pub mod coro {
            use super::*;
            use unawait::prelude::*;

            $(
                #[coro]
                pub fn $name($($argument: $ty),*) -> $returned {
                    $($body)*
                }
            )*
        }

        #[allow(unused_parens)]
        pub mod native {
            use super::*;

            macro_rules! yield_ {
                ($value:expr) => { yield $value };
            }

            macro_rules! yield_from {
                ($inner:expr) => { for item in $inner { yield item } };
            }

            $(
                pub fn $name($($argument: $ty),*) -> $returned {
                    $($boxed)?(gen move { $($body)* })
                }
            )*
        }
    };
}

/// The length of the field that begins there, and its end.
fn field(text: &[u8], at: usize) -> (u64, usize) {
    let rest = &text[at..];
    let length = match rest.first() {
        Some(b'"') => rest[1..]
            .iter()
            .position(|byte| *byte == b'"')
            .map_or(rest.len(), |end| end + 2),
        _ => rest
            .iter()
            .position(|byte| matches!(byte, b',' | b'\n'))
            .unwrap_or(rest.len()),
    };
    (length as u64, at + length)
}

both! {
    fn fib() -> impl Iterator<Item = u64> {
        let (mut a, mut b) = (0_u64, 1_u64);
        loop {
            yield_!(a);
            (a, b) = (b, a.wrapping_add(b));
        }
    }

    fn flatten(lists: &'static [Vec<u64>]) -> impl Iterator<Item = u64> {
        for list in lists {
            for item in list {
                yield_!(*item);
            }
        }
    }

    fn fields(text: &'static [u8]) -> impl Iterator<Item = u64> {
        let (mut at, mut record) = (0, 0);
        while at < text.len() {
            let (length, end) = field(text, at);
            yield_!(length);
            if text.get(end) == Some(&b'\n') {
                record += 1;
                yield_!(record);
            }
            at = end + 1;
        }
    }

    fn merge(left: std::ops::Range<u64>, right: std::ops::Range<u64>) -> impl Iterator<Item = u64> {
        let (mut left, mut right) = (left, right);
        let (mut a, mut b) = (left.next(), right.next());
        loop {
            match (a, b) {
                (Some(x), Some(y)) if x <= y => {
                    yield_!(x);
                    a = left.next();
                }
                (_, Some(y)) => {
                    yield_!(y);
                    b = right.next();
                }
                (Some(x), None) => {
                    yield_!(x);
                    a = left.next();
                }
                (None, None) => return,
            }
        }
    }

    fn locals() -> impl Iterator<Item = u64> {
        let (mut a, mut b, mut c, mut d) = (1u8, 2u16, 3u32, 4u64);
        let (mut e, mut f, mut g, mut h) = (5.0f64, false, 'h', (7u32, 8u64));
        let (mut i, mut j, k) = ([9u16; 4], None, 11u128);
        let mut l = Vec::from([12u64; 8]);
        loop {
            a = a.wrapping_add(1);
            b ^= u16::from(a) << 3;
            d = d.wrapping_mul(5).wrapping_add(u64::from(b));
            j = j.filter(|old| old & 1 == 0).or(Some(d));
            l[(d >> 60) as usize / 2] ^= d;
            yield_!(d);
            c = c.wrapping_add(u32::from(i[a as usize % 4]));
            e += h.1 as f64;
            f = !f;
            g = if g == 'h' { 'g' } else { 'h' };
            h = (h.0 ^ c, h.1 + 1);
            i[c as usize % 4] ^= b;
            yield_!(l[a as usize % 8] ^ e.to_bits() ^ u64::from(g) ^ u64::from(h.0) ^ j.unwrap_or(0) ^ k as u64 ^ u64::from(f));
        }
    }

    fn buffer() -> impl Iterator<Item = u64> {
        let mut buffer = [0u8; 4096];
        let mut n = 0usize;
        loop {
            buffer[n % 4096] |= n as u8 | 1;
            yield_!(n as u64);
            yield_!(u64::from(buffer[n * 7 % 4096]));
            n += 1;
        }
    }

    fn passed_on(first: u64, inner: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
        yield_!(first);
        yield_from!(inner);
    }

    fn each(inner: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
        for item in inner {
            yield_!(item + 1);
        }
    }

    fn walk(levels: u64) -> Box<dyn Iterator<Item = u64>>; Box::new {
        if levels > 0 {
            yield_from!(walk(levels - 1));
            yield_!(levels);
            yield_from!(walk(levels - 1));
        }
    }
}

/// 300 bytes behind three `yield_from!`.
macro_rules! delegated {
    ($form:ident) => {
        $form::passed_on(
            1,
            $form::passed_on(2, $form::passed_on(3, crate::lagged::Lagged::new(7))),
        )
    };
}

/// Eight loops over one another.
macro_rules! nested {
    ($form:ident) => {
        $form::each($form::each($form::each($form::each($form::each($form::each(
            $form::each($form::each(0..)),
        ))))))
    };
}

pub(crate) use {delegated, nested};
