//! Ctrl-C, for the loops that it stops.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use super::Shared;

/// The loops to stop. The handler runs on a thread of its own.
static LOOPS: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());
static HANDLER: Once = Once::new();

pub(super) fn stop_on_ctrl_c(shared: &Arc<Shared>) {
    let mut loops = LOOPS.lock().unwrap_or_else(PoisonError::into_inner);
    loops.retain(|other| other.strong_count() > 0);
    loops.push(Arc::downgrade(shared));
    drop(loops);
    HANDLER.call_once(|| {
        // It fails if the program has a handler already: that one decides then.
        let _ = ctrlc::try_set_handler(interrupt_all);
    });
}

fn interrupt_all() {
    let loops = LOOPS.lock().unwrap_or_else(PoisonError::into_inner);
    for shared in loops.iter().filter_map(Weak::upgrade) {
        shared.interrupted.store(true, Ordering::Release);
        shared.notify();
    }
}
