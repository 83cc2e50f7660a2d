//! What is evaluated in front of a suspension in the same expression, and changed by what suspends.

use std::cell::{Cell, RefCell};

use super::harness::later;
use crate::harness::{D, log, v};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    x: u32,
    y: u32,
}

struct Three {
    a: u32,
    b: u32,
    c: u32,
}

fn point() -> Point {
    Point { x: 1, y: 2 }
}

fn d(name: &'static str) -> D {
    log(name);
    D(name)
}

fn sum(a: u32, b: u32, c: u32) -> u32 {
    a * 100 + b * 10 + c
}

fn two(one: &D, n: usize) -> usize {
    one.name().len() * 10 + n
}

async fn id<T>(value: T) -> T {
    later("id", ()).await;
    value
}

awaits! {
    arguments() -> u32 {
        let mut a = point();
        let r = sum(a.x, { a.x = 5; id(a.x).await }, a.x);
        later("r", r).await
    }

    an_array() -> [u32; 3] {
        let mut a = point();
        let r = [a.x, { a.x = 5; id(a.x).await }, a.x];
        later("r", r).await
    }

    a_tuple() -> (u32, u32, Point, u32) {
        let mut a = point();
        let r = (a.x, { a.x = 5; id(a.x).await }, a, { a.x = 7; id(a.y).await });
        later("r", r).await
    }

    fields() -> (u32, u32, u32) {
        let mut a = point();
        let r = Three { c: a.x, a: { a.x = 5; id(a.x).await }, b: a.x };
        later("r", (r.a, r.b, r.c)).await
    }

    a_range() -> std::ops::Range<u32> {
        let mut a = point();
        let r = a.x..{ a.x = 5; id(a.x).await };
        later("r", ()).await;
        r
    }

    a_negated_number() -> i32 {
        let mut a = (1i32, true);
        let r = -a.0 + { a.0 = 5; id(a.0).await };
        later("r", ()).await;
        r
    }

    a_negated_flag() -> bool {
        let mut a = (1i32, true);
        let r = !a.1 & { a.1 = false; id(true).await };
        later("r", ()).await;
        r
    }

    a_cast() -> u64 {
        let mut a = point();
        let r = a.x as u64 + { a.x = 5; id(a.x).await } as u64;
        later("r", ()).await;
        r
    }

    behind_a_reference() -> u32 {
        let mut a = 1;
        let r = &mut a;
        let s = *r + { *r += 5; id(*r).await } + *r;
        later("r", s).await
    }

    a_field_behind_a_reference() -> u32 {
        let mut a = point();
        let r = &mut a;
        let s = r.x * 10 + { r.x += 5; id(r.x).await } + r.x;
        later("r", s).await
    }

    a_field_in_a_box() -> u32 {
        let mut a = Box::new(point());
        let s = a.x * 10 + { a.x += 5; id(a.x).await } + a.x;
        later("r", s).await
    }

    an_element_of_a_row() -> u32 {
        let grid = vec![vec![1, 2], vec![3, 4]];
        let mut y = 0;
        let mut s = 0;
        while y < 2 { s = s * 10 + grid[y][id(1).await]; y += 1; }
        s
    }

    an_index_that_changes() -> u32 {
        let grid = vec![vec![1, 2], vec![3, 4]];
        let mut y = 0;
        let s = grid[y][{ y = 1; id(1).await }];
        later("s", s + y as u32).await
    }

    elements_of_rows_are_assigned() -> Vec<Vec<u32>> {
        let mut grid = vec![vec![1, 2], vec![3, 4]];
        let mut y = 0;
        while y < 2 { grid[y][id(1).await] = 9; y += 1; grid[0][0] += id(1).await; }
        grid
    }

    a_row_that_gets_an_element() -> Vec<Vec<D>> {
        let mut grid = vec![vec![], vec![]];
        let mut y = 0;
        grid[y].push(id(d("a")).await);
        y += 1;
        grid[y].push({ id(d("b")).await });
        grid
    }

    a_row_whose_index_changes() -> Vec<Vec<D>> {
        let mut grid = vec![vec![], vec![]];
        let mut y = 0;
        while y < 2 { grid[y].push({ y += 1; id(d("b")).await }); }
        grid
    }

    a_row_whose_index_logs() -> Vec<Vec<D>> {
        let mut grid = vec![vec![], vec![]];
        let mut y = 0;
        while y < 2 { grid[v("i", y)].push({ y += 1; id(d("b")).await }); }
        grid
    }

    a_borrowed_element() -> usize {
        let grid = vec![d("a"), d("bb")];
        let mut y = 0;
        let n = two(&grid[y], { y += 1; id(y).await });
        later("n", n).await + two(&grid[v("y", y)], id(1).await)
    }

    a_field_of_an_element() -> u32 {
        let list = vec![point(), Point { x: 7, y: 8 }];
        let mut i = 0;
        let s = list[i].x + list[{ i += 1; id(i).await }].y + list[i].x;
        later("s", s).await
    }

    a_matched_field() -> u32 {
        let mut a = point();
        if let 1 = a.x && { a.x = 3; id(true).await } && let n = a.x { return id(n).await; }
        0
    }

    a_copy() -> (Point, Point) {
        let mut a = point();
        let r = (a, { a.x = 9; id(a).await });
        r
    }

    an_option_that_is_taken() -> Option<u32> {
        let mut a = Some(1);
        let r = a.or({ a = None; id(Some(3)).await });
        later("x", r).await
    }

    an_option_in_a_field() -> u32 {
        let mut a = (Some(1), 2);
        let r = a.0.unwrap_or({ a.0 = None; id(3).await });
        later("x", r).await
    }

    methods_of_numbers() -> u32 {
        let mut a = point();
        let r = a.x.wrapping_add({ a.x = 5; id(1).await });
        let t = a.x.max({ a.x = 1; id(2).await });
        later("x", r * 10 + t).await
    }

    methods_of_a_number() -> u32 {
        let mut n = 2u32;
        let r = n.pow({ n = 5; id(2).await });
        let q = n.min(later("n", { n += 1; 7 }).await);
        later("x", r * 10 + q).await
    }

    a_new_text() -> bool {
        let mut n = 2u32;
        let r = n.to_string() == { n = 5; id("2".to_string()).await };
        later("x", r).await
    }

    flags() -> bool {
        let mut a = (true, 1);
        let r = a.0 && { a.0 = false; id(true).await } && !a.0 || id(a.0).await;
        later("x", r).await
    }

    shifts() -> u32 {
        let mut a = point();
        let r = a.x << { a.x = 3; id(2).await } ^ a.x;
        later("x", r).await
    }

    a_returned_sum() -> u32 {
        let mut a = point();
        return a.x + { a.x = 4; id(a.x).await };
    }

    what_a_loop_gives() -> (u32, u32) {
        let mut a = point();
        let n = loop { break (a.x, { a.x = 4; id(a.x).await }); };
        n
    }

    a_matched_tuple() -> u32 {
        let mut a = point();
        match (a.x, { a.x = 4; id(a.x).await }) { (1, n) => n + a.x, (m, n) => id(m + n).await }
    }

    a_matched_field_that_changes() -> u32 {
        let mut a = point();
        match a.x { 1 if { id(true).await } => { a.x = 3; id(a.x).await } n => id(n).await }
    }

    an_assigned_tuple() -> Point {
        let mut a = point();
        (a.x, a.y) = (a.y, { a.y = 7; id(a.x).await });
        a
    }

    an_assigned_sum() -> Point {
        let mut a = point();
        a.x = a.y + { a.y = 7; id(a.x).await };
        a
    }

    a_reference_that_changes() -> u32 {
        let mut a = 1;
        let mut b = 2;
        let mut r = &mut a;
        *r = { let k = *r; r = &mut b; id(k + 5).await };
        *r += 1;
        later("x", 0).await;
        a * 10 + b
    }

    a_formatted_field() -> String {
        let a = point();
        format!("{} {}", a.x, id(a.y).await)
    }

    a_cell() -> u32 {
        let c = Cell::new(1);
        let r = c.get() + { c.set(5); id(c.get()).await } + c.get();
        later("x", r).await
    }

    a_compared_cell() -> bool {
        let c = RefCell::new(vec![1]);
        let r = c == { c.borrow_mut().push(2); id(RefCell::new(vec![1, 2])).await };
        later("x", r).await
    }
}

// rustc's own future of these reads at a wrong place (1.95): an index into an array that is in front of an await.
#[test]
fn rows_of_an_array() {
    #[unawait::coro]
    async fn rows() -> ([[u32; 2]; 2], u32) {
        let mut grid = [[1, 2], [3, 4]];
        let mut y = 0;
        let n = grid[y][{
            y = 1;
            id(1).await
        }];
        grid[y][{
            y = 0;
            id(1).await
        }] = 9;
        grid[y][id(0).await] += {
            y = 1;
            id(5).await
        };
        (grid, n)
    }
    assert_eq!(pollster::block_on(rows()), ([[1, 2], [8, 9]], 2));
}
