//! Suspensions in `unsafe` blocks: what is left of the block on each side of them is unsafe still.

#![allow(unsafe_code, reason = "the blocks are the test")]

use crate::harness::D;

union Bits {
    number: u32,
    bytes: [u8; 4],
}

differential! {
    coroutine what_a_pointer_points_to(list: Vec<(u32, Option<u32>)>) takes (u32) [1, 2] yields (u32) returns (u32)
        with (vec![(4, Some(6)), (5, None)])
    {
        let pointer = list.as_ptr();
        unsafe {
            let first = *pointer;
            yield_!(first.0);
            let n = (*pointer).0;
            yield_!(n);
            let next = pointer.add(1);
            let (a, b) = *next;
            yield_!(a + b.unwrap_or(9));
            match *pointer {
                (4, Some(m)) => { yield_!(m); }
                _ => {}
            }
            if let (_, Some(m)) = *pointer {
                yield_!(m);
            }
            let Some(m) = (*pointer).1 else { return 3 };
            yield_!(m)
        }
    }

    coroutine what_an_unsafe_method_gives(mut list: Vec<u32>) takes (u32) [1, 2] yields (u32) returns (u32) with (vec![4, 5]) {
        unsafe {
            let first = *list.get_unchecked(0);
            yield_!(first);
            *list.get_unchecked_mut(0) = yield_!(*list.get_unchecked(1));
            match *list.get_unchecked(yield_!(7) as usize & 1) {
                n if n > 4 => { yield_!(n); }
                n => { yield_!(n + 10); }
            }
            list.set_len(1);
        }
        list.len() as u32
    }

    coroutine what_is_moved_out_of_a_box(b: Box<Option<D>>) takes (u32) [1, 2] yields (u32) returns (u32) with (Box::new(Some(D("d")))) {
        unsafe {
            match *b {
                Some(d) => { yield_!(d.name().len() as u32); }
                None => {}
            }
            yield_!(2)
        }
    }

    coroutine field_of_a_union() takes (u32) [1, 2] yields (u32) returns (u32) {
        let bits = Bits { number: 0x01010101 };
        unsafe {
            let n = bits.number;
            yield_!(n);
            let bytes = bits.bytes;
            yield_!(u32::from(bytes[0]))
        }
    }
    iterator what_is_yielded_of_a_pointer(list: Vec<u32>) yields (u32) with (vec![1, 2]) {
        let n = unsafe { *list.get_unchecked(0) };
        yield_!(n);
        unsafe {
            yield_!(*list.get_unchecked(1));
            let p = list.as_ptr();
            yield_!(*p.add(1));
        }
        union U {
            a: u32,
            b: i32,
        }
        let u = U { a: 5 };
        yield_!(unsafe { u.a });
        let k = unsafe { u.b } as u32 + {
            yield_!(1);
            2
        };
        yield_!(k);
    }
    coroutine what_a_guard_matches_behind_a_pointer(list: Vec<(u32, Option<u32>)>) takes (bool) [false, true] yields (u32) returns (u32)
        with (vec![(4, Some(6)), (5, None)])
    {
        let pointer = list.as_ptr();
        let n = unsafe {
            match (*pointer).1 {
                Some(ref m) if yield_!(*m) => *m,
                Some(m) => m + 1,
                None => 1,
            }
        };
        unsafe {
            match *pointer.add(1) {
                (5, None) if yield_!(n) => n,
                _ => 0,
            }
        }
    }
    iterator an_index_that_a_pointer_changes(mut top: usize) yields (u32) with (1) {
        let matrix = vec![vec![1, 2], vec![3, 4], vec![5, 6]];
        let pointer = &raw mut top;
        for cell in &matrix[top] {
            yield_!(*cell);
            unsafe { *pointer = 0; }
        }
        yield_!(top as u32);
    }
}
