//! Last expressions of blocks: their temporaries drop in turn with the operands that were evaluated before them.

use super::harness::later;
use crate::harness::{D, log, v};

#[derive(Debug)]
#[allow(dead_code, reason = "their drops are logged")]
struct Pair {
    left: D,
    right: D,
}

struct Log(D);

impl Log {
    fn len(&self) -> u32 {
        log("len");
        self.0.0.len() as u32
    }
}

fn make(name: &'static str) -> D {
    v(name, D(name))
}

fn mix(given: D, n: u32) -> u32 {
    log(format!("mix {}", given.0));
    n
}

awaits! {
    of_the_function() -> u32 {
        later("work", 1).await;
        mix(make("given"), Log(make("log")).len())
    }
    of_a_moved_variable(job: D) with (D("job")) -> u32 {
        later("work", 1).await;
        mix(job, Log(make("log")).len())
    }
    of_what_an_await_gave() -> Pair {
        Pair { left: later("work", make("left")).await, right: match make("matched") { _ => make("right") } }
    }
    of_an_inner_block() -> u32 {
        let n = { later("work", 1).await; mix(make("given"), Log(make("log")).len()) };
        later("more", n).await
    }
    of_branches(c: bool) with (true) -> (D, u32) {
        if c {
            (later("work", make("value")).await, Log(make("log")).len())
        } else {
            later("more", 2).await;
            (make("other"), Log(make("log")).len())
        }
    }
    of_a_statement() {
        if later("work", true).await {
            mix(make("given"), Log(make("log")).len())
        } else {
            mix(later("more", make("given")).await, Log(make("log")).len())
        };
        later("last", ()).await;
    }
    of_an_arm() -> (D, u32) {
        match later("work", 1).await {
            1 => (later("more", make("value")).await, Log(make("log")).len()),
            _ => (make("value"), 3),
        }
    }
    under_cfg(job: D) with (D("job")) -> (D, u32) {
        let n = later("work", 1).await;
        #[cfg(any())]
        {
            (missing(), n)
        }
        #[cfg(not(any()))]
        {
            (job, Log(make("log")).len() + n)
        }
    }
    of_an_inner_block_under_cfg() -> u32 {
        let n = {
            let n = later("work", make("value")).await;
            #[cfg(not(any()))]
            { mix(n, Log(make("log")).len()) }
            #[cfg(any())]
            { missing() }
        };
        later("more", n).await
    }
    of_branches_under_cfg(c: bool) with (false) -> u32 {
        let guard = make("guard");
        if c {
            later("work", 1).await
        } else {
            let given = make("given");
            log("between");
            #[cfg(any())]
            { missing() }
            #[cfg(not(any()))]
            { mix(given, Log(make("log")).len()) + guard.0.len() as u32 }
        }
    }
    under_attributes_of_lints() -> Result<u32, D> {
        let n = {
            let n = later("work", make("value")).await;
            #[allow(clippy::let_and_return)]
            mix(n, Log(make("log")).len())
        };
        let result: Result<u32, D> = if n > 100 { Err(later("more", make("error")).await) } else { Ok(n) };
        #[allow(unreachable_code)]
        result
    }
}
