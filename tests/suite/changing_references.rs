//! References in patterns: those that change are carried, the others are taken again.

use crate::harness::D;

differential! {
    iterator fixed(list: Vec<(u32, D)>) yields (u32) with (vec![(1, D("a")), (2, D("b"))]) {
        for (n, d) in &list {
            yield_!(*n);
            yield_!(d.name().len() as u32);
        }
        let (a, b) = (&list[0], &list[1]);
        yield_!(a.0);
        yield_!(b.0);
        if let [(x, _), rest @ ..] = &list[..] {
            yield_!(*x);
            yield_!(rest.len() as u32);
        }
        let (mut n, text) = (list.len() as u32, &list[0].1);
        yield_!(n);
        n += 1;
        yield_!(text.name().len() as u32 + n);
    }
    iterator of_arguments['a](list: &'a [u32], other: &'a [u32]) yields (u32) with (&[1, 2], &[3, 4]) {
        let (mut left, mut right) = (&list[..], &other[..]);
        for _ in 0..2 {
            yield_!(left[0]);
            yield_!(right[0]);
            std::mem::swap(&mut left, &mut right);
        }
        for mut n in list {
            yield_!(*n);
            n = &other[0];
            yield_!(*n);
        }
        match (list, other) {
            (mut a, b) => {
                yield_!(a[0]);
                a = b;
                yield_!(a[0]);
            }
        }
        if let (Some(mut a), Some(b)) = (list.first(), other.last()) {
            yield_!(*a);
            std::mem::swap(&mut a, &mut &*b);
            yield_!(*a);
        }
    }
}
