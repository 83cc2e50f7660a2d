//! From a resume back to its suspension.

use super::{Awaits, BlockId, End, Machine, Role, Suspension};

impl Machine {
    /// The await that a resume at this block answers.
    pub fn awaited_before(&self, resume: BlockId) -> Option<(Suspension, Awaits)> {
        if self.block(resume).role != Role::Await {
            return None;
        }
        let mut found = None;
        // It is likely to be the block before.
        let (before, after) = self
            .order
            .split_at(self.order.iter().position(|block| *block == resume)?);
        for &block in before.iter().rev().chain(after) {
            self.block(block).body.each(&mut |body| match &body.end {
                End::Suspend(suspension) if suspension.resume == resume && found.is_none() => {
                    let awaits = suspension.awaits.clone();
                    found = awaits.map(|awaits| (suspension.clone(), awaits));
                }
                _ => {}
            });
            if found.is_some() {
                break;
            }
        }
        found
    }
}
