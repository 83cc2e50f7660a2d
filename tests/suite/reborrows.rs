//! Borrows through `&mut` references: they are carried, and what they refer to may be yielded for as long as the argument lives.

use crate::harness::{D, log};

#[derive(Debug)]
#[allow(dead_code, reason = "they are logged")]
struct Row {
    cells: Vec<u32>,
    name: D,
    kind: Kind,
}

#[derive(Debug)]
#[allow(dead_code, reason = "they are logged")]
enum Kind {
    One(u32),
    Many(Vec<u32>),
}

fn row() -> Row {
    Row {
        cells: vec![1, 2, 3],
        name: D("name"),
        kind: Kind::Many(vec![4, 5]),
    }
}

differential! {
    iterator field['a](row: &'a mut Row) yields (&'a mut u32) with (&mut row) given { let mut row = row(); } {
        let cells = &mut row.cells;
        for cell in cells {
            yield_!(cell);
        }
    }
    iterator field_by_iter_mut['a](row: &'a mut Row) yields (&'a mut u32)
        with (&mut row) given { let mut row = row(); }
    {
        let cells = &mut row.cells;
        log(cells.len());
        for cell in cells.iter_mut() {
            yield_!(cell);
        }
    }
    iterator matched['a](row: &'a mut Row) yields (&'a mut u32) with (&mut row) given { let mut row = row(); } {
        match &mut row.kind {
            Kind::One(n) => yield_!(n),
            Kind::Many(list) => {
                for n in list {
                    yield_!(n);
                }
            }
        }
        log("end");
    }
    iterator matched_by_ref_mut['a](row: &'a mut Row) yields (&'a mut u32)
        with (&mut row) given { let mut row = row(); }
    {
        match row.kind {
            Kind::One(ref mut n) => yield_!(n),
            Kind::Many(ref mut list) => {
                for n in list.iter_mut() {
                    yield_!(n);
                }
            }
        }
    }
    iterator items_matched['a](rows: &'a mut [Row]) yields (&'a mut u32)
        with (&mut rows) given { let mut rows = [row(), row()]; }
    {
        for row in rows {
            match &mut row.kind {
                Kind::One(n) => yield_!(n),
                Kind::Many(list) => {
                    for n in list {
                        yield_!(n);
                    }
                }
            }
        }
    }
    iterator slice_pattern['a](row: &'a mut Row) yields (&'a mut u32) with (&mut row) given { let mut row = row(); } {
        let [first, rest @ ..] = &mut row.cells[..] else { return };
        yield_!(first);
        for n in rest {
            yield_!(n);
        }
    }
    iterator split['a](row: &'a mut Row) yields (&'a mut u32) with (&mut row) given { let mut row = row(); } {
        let (left, right) = row.cells.split_at_mut(1);
        for (a, b) in left.iter_mut().zip(right) {
            yield_!(a);
            yield_!(b);
        }
    }
    iterator taken_apart['a](row: &'a mut Row) yields (&'a mut u32) with (&mut row) given { let mut row = row(); } {
        let Row { cells, kind, .. } = row;
        for cell in cells.iter_mut() {
            yield_!(cell);
        }
        if let Kind::Many(list) = kind {
            for n in list.iter_mut() {
                yield_!(n);
            }
        }
    }
    iterator element['a](row: &'a mut Row) yields (&'a mut u32) with (&mut row) given { let mut row = row(); } {
        let first = &mut row.cells[0];
        yield_!(first);
    }
    iterator used_afterwards(row: &mut Row) yields (u32)
        with (&mut row) given { let mut row = row(); } then { log(format!("{row:?}")); }
    {
        let first = &mut row.cells[0];
        *first += 1;
        yield_!(*first);
        *first += 1;
        yield_!(*first);
        row.cells.push(3);
        yield_!(row.cells.len() as u32);
    }
    iterator two_fields(row: &mut Row) yields (u32)
        with (&mut row) given { let mut row = row(); } then { log(format!("{row:?}")); }
    {
        let cells = &mut row.cells;
        let name = &mut row.name;
        for cell in cells.iter_mut() {
            *cell += 1;
            *name = D("changed");
            yield_!(*cell);
        }
        cells.clear();
        yield_!(name.name().len() as u32);
    }
    iterator drained(row: &mut Row) yields (u32)
        with (&mut row) given { let mut row = row(); } then { log(format!("{row:?}")); }
    {
        if let Kind::Many(list) = &mut row.kind {
            while let Some(n) = list.pop() {
                yield_!(n);
            }
        }
        row.name = D("drained");
        yield_!(0);
    }
    coroutine changed_with_inputs(row: &mut Row) takes (u32) [5, 6, 7] yields (u32) returns (usize)
        with (&mut row) given { let mut row = row(); } then { log(format!("{row:?}")); }
    {
        let cells = &mut row.cells;
        cells[0] = yield_!(cells[0]);
        let last = cells.last_mut().unwrap();
        *last = yield_!(*last);
        *last += yield_!(*last);
        3
    }

    iterator a_slice_that_shrinks(mut x: &mut [u32]) yields (u32) with (&mut list) given { let mut list = [1, 2, 3]; } then { log(format!("{list:?}")); } {
        while let Some((first, rest)) = std::mem::take(&mut x).split_first_mut() {
            *first += rest.len() as u32;
            yield_!(*first);
            *first *= 10;
            x = rest;
        }
    }

    iterator parts_behind_a_reference(pair: &mut (Vec<u32>, D)) yields (usize) with (&mut p) given { let mut p = (vec![1, 2], D("p")); } then { log(format!("{p:?}")) } {
        let (list, d) = pair;
        list.push(3);
        yield_!(list.len());
        for x in list.iter_mut() { *x += 1; yield_!(*x as usize); }
        *d = D("q");
        yield_!(d.name().len());
        let [a, rest @ ..] = &mut list[..] else { return };
        *a = 9;
        yield_!(rest.len());
        rest[0] = 7;
    }
}
