//! Guards that a `break` leaves: each drops at the end of a block, behind which the job queue goes on.

use std::cell::RefCell;

use unawait::prelude::*;

#[coro]
pub fn batches(jobs: RefCell<Vec<u32>>, size: u32) -> impl Iterator<Item = u32> {
    let mut sum = 0;
    let last = loop {
        match jobs.borrow_mut().pop() {
            Some(0) => continue,
            Some(job) if job > size => break job,
            Some(job) => sum += job,
            None => return,
        }
        yield_!(sum);
    };
    yield_!(last);
}
