//! Receivers of methods whose arguments suspend: what borrows them stays as it is, whatever it gives.

use crate::harness::{D, log, v};

struct Job(D);

impl Job {
    fn add(&self, n: u32) -> u32 {
        log(format!("add {n}"));
        n + 1
    }

    fn slot(&mut self, n: u32) -> &mut D {
        log(format!("slot {n}"));
        &mut self.0
    }

    fn with(&self, n: u32, other: D) -> Option<D> {
        log(format!("with {n}"));
        (n > 1).then_some(other)
    }
}

differential! {
    coroutine borrowed_in_the_end(job: D, guard: D) takes (u32) [3] yields (u32) returns (u32) with (D("job"), D("guard")) {
        let job = Job(job);
        let _guard = guard;
        job.add(yield_!(v("argument", 1)))
    }

    coroutine borrowed_by_what_is_bound(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let mut job = Job(job);
        let _guard = D("guard");
        let slot = job.slot(yield_!(1));
        log(slot.name());
        *slot = D("another");
        5
    }

    coroutine moved_after_it_was_borrowed(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let job = Job(job);
        let _guard = D("guard");
        let n = job.add(yield_!(1));
        drop(job);
        n
    }

    coroutine assigned_after_it_was_borrowed(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let mut job = Job(job);
        let _guard = D("guard");
        let n = job.add(yield_!(1));
        log(n);
        job = Job(D("another"));
        job.add(n)
    }

    coroutine assigned_what_it_gave() takes (u32) [3, 4] yields (u32) returns (u32) {
        let mut text = String::from("text");
        let _guard = D("guard");
        while text.len() < 9 {
            text = text.replacen("t", "tt", yield_!(1) as usize);
        }
        9
    }

    coroutine hidden_by_what_it_gave(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let job = Job(job);
        let _guard = D("guard");
        let job = job.add(yield_!(1));
        job + 1
    }

    coroutine in_a_condition(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let job = Job(job);
        let _guard = D("guard");
        if job.add(yield_!(1)) > 3 {
            return 1;
        }
        2
    }

    coroutine in_a_match_at_the_end(job: D) takes (u32) [1, 3] yields (u32) returns (u32) with (D("job")) {
        let job = Job(job);
        let _guard = D("guard");
        match job.with(yield_!(1), D("other")) {
            Some(other) => v(other.name(), 1),
            None => job.add(yield_!(2)),
        }
    }

    coroutine beside_other_operands(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let job = Job(job);
        let _guard = D("guard");
        v("left", 1) + job.with(yield_!(1), v("other", D("other"))).map_or(0, |other| v(other.name(), 2))
    }

    coroutine a_field(job: D) takes (u32) [3] yields (u32) returns (u32) with (D("job")) {
        let both = (Job(job), D("beside"));
        let _guard = D("guard");
        both.0.add(yield_!(1))
    }
}
