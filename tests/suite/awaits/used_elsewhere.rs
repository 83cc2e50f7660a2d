//! Borrows through a `&mut` argument that one path keeps across an await, where another path changes what is borrowed.

use super::harness::later;
use crate::harness::{D, log, v};

struct Row {
    slot: Option<u32>,
    n: u32,
    guard: D,
}

fn row(slot: Option<u32>, n: u32) -> Row {
    Row {
        slot,
        n,
        guard: D("row"),
    }
}

impl Row {
    async fn load(&mut self) -> u32 {
        self.n += 1;
        later("load", self.n).await
    }
}

struct Pool {
    row: Option<Row>,
    made: u32,
}

fn fill(slot: &mut Option<u32>) -> u32 {
    *slot = Some(v("fill", 3));
    3
}

awaits! {
    found_as_operand(p: &mut u32, guard: D) with (&mut p, D("g")) given { let mut p = 3; } -> Result<u32, D> {
        let name = (guard, match &*p {
            1 | 2 => D("low"),
            n @ 3..=4 => { later("a", 3).await; return Ok(*n); }
            _ => D("high"),
        });
        *p += 1;
        Err(name.1)
    }

    not_found_as_operand(p: &mut u32, guard: D) with (&mut p, D("g")) given { let mut p = 7; } -> (D, D, u32) {
        let names = (guard, match &*p {
            n @ 3..=4 => { later("a", 3).await; log(n); return (D("x"), D("y"), *n); }
            _ => D("high"),
        });
        *p += 1;
        (names.0, names.1, *p)
    }

    assigned_in_another_arm(rows: &mut [Row; 2]) with (&mut rows) given { let mut rows = [row(None, 1), row(Some(4), 2)]; } -> u32 {
        let mut sum = 0;
        for p in rows {
            let got = async {
                match &mut p.slot {
                    Some(n) => { later("a", 3).await; *n += 1; return *n; }
                    None => p.slot = Some(2),
                }
                p.slot.unwrap_or(9)
            }.await;
            sum += got;
        }
        sum
    }

    assigned_after(p: &mut Row) with (&mut p) given { let mut p = row(None, 1); } -> (Option<u32>, u32) {
        if let Some(n) = &p.slot {
            later("a", 3).await;
            return (None, *n);
        }
        p.slot = Some(v("new", 5));
        log(p.guard.name());
        (p.slot, p.n)
    }

    kept_before_assigned(p: &mut Row) with (&mut p) given { let mut p = row(Some(8), 1); } -> (Option<u32>, u32) {
        if let Some(n) = &mut p.slot {
            later("a", 3).await;
            *n += 1;
            return (None, *n);
        }
        p.slot = Some(5);
        (p.slot, p.n)
    }

    lent_on_one_path(p: &mut Pool) with (&mut p) given { let mut p = Pool { row: Some(row(None, 1)), made: 0 }; } -> u32 {
        if let Some(row) = &mut p.row {
            let first = row.load().await;
            return first + row.load().await;
        }
        p.row = Some(row(None, 6));
        p.made += 1;
        p.made
    }

    given_away_after(p: &mut Option<u32>) with (&mut p) given { let mut p = None; } -> u32 {
        match &mut *p {
            Some(n) => { later("a", 1).await; *n += 1; return *n; }
            None => {}
        }
        fill(p)
    }

    read_after(p: &mut Row) with (&mut p) given { let mut p = row(None, 2); } -> u32 {
        let n = &mut p.n;
        if *n > 3 {
            later("a", 1).await;
            *n += 1;
            return *n;
        }
        p.n
    }

    changed_by_the_next_round(p: &mut Row) with (&mut p) given { let mut p = row(None, 2); } -> u32 {
        loop {
            p.n += 1;
            if let Some(n) = &mut p.slot {
                later("a", 3).await;
                *n += 1;
                return *n + p.n;
            }
            p.slot.replace(1);
        }
    }
}

differential! {
    iterator yielded_on_one_path(p: &mut Option<u32>) yields (u32) with (&mut p) given { let mut p = Some(2); } then { log(format!("{p:?}")) } {
        match &mut *p {
            Some(n) => {
                yield_!(1);
                *n += 1;
                yield_!(*n);
                return;
            }
            None => *p = Some(2),
        }
    }
}
