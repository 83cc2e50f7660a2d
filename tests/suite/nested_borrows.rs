//! Loops in loops over what the outer one borrows by `&mut`: rows and their cells.

use std::collections::BTreeMap;

use crate::harness::{D, log};

type Grid = Vec<Vec<u32>>;

#[derive(Debug)]
#[allow(dead_code, reason = "its drop is logged")]
struct Row {
    cells: Vec<u32>,
    name: D,
}

#[derive(Debug)]
struct Board {
    rows: Vec<Row>,
    hits: u32,
}

impl Row {
    fn cells_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        log("cells");
        self.cells.iter_mut()
    }
}

fn rows() -> Vec<Row> {
    vec![
        Row {
            cells: vec![1, 2],
            name: D("first"),
        },
        Row {
            cells: vec![],
            name: D("second"),
        },
        Row {
            cells: vec![3],
            name: D("third"),
        },
    ]
}

differential! {
    iterator iter_mut_twice['a](grid: &'a mut Grid) yields (&'a mut u32)
        with (&mut grid) given { let mut grid = vec![vec![1, 2], vec![], vec![3]]; }
    {
        for row in grid.iter_mut() {
            for cell in row.iter_mut() {
                yield_!(cell);
            }
        }
    }
    iterator into_iter_twice['a](grid: &'a mut Grid) yields (&'a mut u32)
        with (&mut grid) given { let mut grid = vec![vec![1, 2], vec![], vec![3]]; }
    {
        for row in grid {
            for cell in row {
                yield_!(cell);
            }
        }
    }
    iterator method_of_item['a](rows: &'a mut [Row]) yields (&'a mut u32)
        with (&mut rows) given { let mut rows = rows(); }
    {
        for row in rows {
            for cell in row.cells_mut() {
                yield_!(cell);
            }
            log("row");
        }
    }
    iterator field_of_item['a](rows: &'a mut [Row]) yields (&'a mut u32)
        with (&mut rows) given { let mut rows = rows(); }
    {
        for row in rows {
            for cell in &mut row.cells {
                yield_!(cell);
            }
        }
    }
    iterator first_of_item['a](rows: &'a mut [Row]) yields (&'a mut u32)
        with (&mut rows) given { let mut rows = rows(); }
    {
        for row in rows.iter_mut() {
            if let Some(cell) = row.cells.first_mut() {
                yield_!(cell);
            }
            log("next");
        }
    }
    iterator adapters['a](rows: &'a mut [Row]) yields (&'a mut u32) with (&mut rows) given { let mut rows = rows(); } {
        for (i, row) in rows.iter_mut().enumerate() {
            if i == 1 {
                continue;
            }
            for cell in row.cells.iter_mut().rev() {
                yield_!(cell);
            }
        }
    }
    iterator fields_apart['a](board: &'a mut Board) yields (&'a mut u32)
        with (&mut board) given { let mut board = Board { rows: rows(), hits: 7 }; }
    {
        let Board { rows, hits } = board;
        for row in rows {
            for cell in row.cells_mut() {
                *hits += 1;
                yield_!(cell);
            }
        }
        yield_!(hits);
    }
    iterator iterator_in_a_variable['a](board: &'a mut Board) yields (&'a mut u32)
        with (&mut board) given { let mut board = Board { rows: rows(), hits: 7 }; }
    {
        for row in board.rows.iter_mut() {
            let cells = row.cells_mut();
            for cell in cells {
                yield_!(cell);
            }
        }
    }
    iterator by_hand['a](board: &'a mut Board) yields (&'a mut u32)
        with (&mut board) given { let mut board = Board { rows: rows(), hits: 7 }; }
    {
        let mut rows = board.rows.iter_mut();
        while let Some(row) = rows.next() {
            let mut cells = row.cells_mut();
            while let Some(cell) = cells.next() {
                yield_!(cell);
            }
        }
    }
    iterator values_of_a_map(map: &mut BTreeMap<&str, Vec<u32>>) yields (u32)
        with (&mut map) given { let mut map = BTreeMap::from([("a", vec![1, 2]), ("b", vec![3])]); } then { log(format!("{map:?}")); }
    {
        for list in map.values_mut() {
            for n in list.iter_mut() {
                *n += 1;
                yield_!(*n);
                *n += 1;
            }
            list.push(0);
            yield_!(0);
        }
    }
    iterator rest_of_a_slice['a](list: &'a mut [u32]) yields (&'a mut u32)
        with (&mut list) given { let mut list = [1, 2, 3]; }
    {
        let mut rest = list;
        while let [first, tail @ ..] = rest {
            yield_!(first);
            rest = tail;
        }
    }
    iterator items_with_a_drop(rows: Vec<Row>) yields (u32) with (rows()) {
        for mut row in rows {
            if let Some(cell) = row.cells.first_mut() {
                *cell += 1;
                yield_!(*cell);
            }
            yield_!(10);
        }
    }
    iterator options_with_a_drop(mut rows: Vec<Row>) yields (u32) with (rows()) {
        while let Some(mut row) = rows.pop() {
            let sum: u32 = row.cells_mut().map(|n| *n).sum();
            yield_!(sum);
            if let Some(last) = row.cells.last_mut() {
                *last = 5;
            }
            yield_!(row.cells.len() as u32);
        }
    }
}
