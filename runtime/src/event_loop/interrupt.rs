//! Ctrl-C, for the loops that it stops.

use std::process;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use super::Shared;

/// The loops to stop. The handler runs on a thread of its own.
static LOOPS: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());
static HANDLER: Once = Once::new();

pub(super) fn stop_on_ctrl_c(shared: &Arc<Shared>) {
    let mut loops = LOOPS.lock().unwrap_or_else(PoisonError::into_inner);
    loops.retain(|other| other.strong_count() > 0 && !other.ptr_eq(&Arc::downgrade(shared)));
    loops.push(Arc::downgrade(shared));
    drop(loops);
    HANDLER.call_once(|| {
        // It fails if the program has a handler already: that one decides then.
        let _ = ctrlc::try_set_handler(interrupt_all);
    });
}

/// The status of a program that Ctrl-C ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// Stops all loops. If there is none, or one has not come to see the last Ctrl-C because a step of it blocks, the program ends
/// at once, as it would without a handler.
fn interrupt_all() {
    let loops = LOOPS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut is_stuck = true;
    for shared in loops.iter().filter_map(Weak::upgrade) {
        is_stuck = shared.interrupted.swap(true, Ordering::AcqRel);
        if is_stuck {
            break;
        }
        shared.notify();
    }
    if is_stuck {
        process::exit(INTERRUPTED);
    }
}
