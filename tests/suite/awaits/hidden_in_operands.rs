//! Macros that hide a `return` of an error or a `?`, in what is pinned or locked and goes on behind it, and in operands of awaits.

use std::pin::pin;

use tokio::sync::Mutex;

use super::harness::later;
use crate::harness::{D, log};

#[derive(Debug)]
struct Fail;

type ApiResult<T> = Result<T, Fail>;

macro_rules! get_or_fail {
    ($value:expr) => {
        match $value {
            Some(value) => value,
            None => return Err(Fail),
        }
    };
}

macro_rules! get_or_none {
    ($value:expr) => {
        match $value {
            Some(value) => value,
            None => return None,
        }
    };
}

macro_rules! tried {
    ($value:expr) => {
        $value.ok_or(Fail)?
    };
}

macro_rules! demand {
    ($condition:expr) => {
        if !$condition {
            return Err(Fail);
        }
    };
}

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

macro_rules! doubled {
    ($value:expr) => {
        $value * 2
    };
}

fn small(n: u32) -> Option<u32> {
    log(format!("is {n} small"));
    (n < 8).then_some(n)
}

awaits! {
    in_a_value(n: u32) with (9) -> Result<u32, Fail> {
        demand!(n > 0);
        let result: Result<u32, Fail> = {
            let pinned = pin!(later("pinned", 1));
            let n = get_or_fail!(small(n));
            later("inside", ()).await;
            Ok(pinned.await + n)
        };
        later("behind", ()).await;
        result
    }
    in_a_value_that_goes_on(n: u32) with (7) -> Result<u32, Fail> {
        demand!(n > 0);
        let result: Result<u32, Fail> = {
            let pinned = pin!(later("pinned", 1));
            let n = get_or_fail!(small(n));
            later("inside", ()).await;
            Ok(pinned.await + n)
        };
        later("behind", ()).await;
        result
    }
    of_an_alias(n: u32) with (9) -> ApiResult<u32> {
        let result: ApiResult<u32> = {
            let pinned = pin!(later("pinned", 1));
            demand!(n < 9);
            later("inside", ()).await;
            Ok(pinned.await)
        };
        later("behind", ()).await;
        result?;
        Ok(n)
    }
    by_a_question_mark(n: u32) with (9) -> ApiResult<u32> {
        let first = D("first");
        let result = {
            let pinned = pin!(later("pinned", 1));
            let n = tried!(small(n));
            later("inside", first.name()).await;
            ApiResult::Ok(pinned.await + n)
        };
        later("behind", ()).await;
        result?;
        Ok(n)
    }
    of_an_option(n: u32) with (9) -> Option<u32> {
        small(n - 2)?;
        let result = {
            let pinned = pin!(later("pinned", 1));
            let n = get_or_none!(small(n));
            later("inside", ()).await;
            Some(pinned.await + n)
        };
        later("behind", ()).await;
        result
    }
    beside_a_guard(n: u32) with (9) -> ApiResult<u32> {
        let mutex = Mutex::new(D("value"));
        let result: Result<u32, Fail> = {
            let guard = mutex.lock().await;
            let n = get_or_fail!(small(n));
            later("inside", guard.name()).await;
            Ok(n)
        };
        later("behind", ()).await;
        Ok(result?)
    }
    in_a_loop(n: u32) with (6) -> ApiResult<()> {
        let mutex = Mutex::new(D("value"));
        for n in n.. {
            let inside = D("inside");
            let guard = mutex.lock().await;
            let n = get_or_fail!(small(n));
            later("inside", (n, guard.name())).await;
        }
        later("behind", n).await;
        Ok(())
    }
    beside_a_jump(n: u32) with (6) -> ApiResult<u32> {
        let mutex = Mutex::new(D("value"));
        for n in n.. {
            let guard = mutex.lock().await;
            if guard.name().len() as u32 == n {
                break;
            }
            let n = doubled!(get_or_fail!(small(n)));
            later("inside", n).await;
        }
        Ok(later("behind", n).await)
    }
    nothing_hidden(n: u32) with (9) {
        {
            let pinned = pin!(later("pinned", 1));
            let n = doubled!(n);
            later("inside", n).await;
            pinned.await;
        }
        let value = {
            let pinned = pin!(later("pinned", 1));
            later("inside", doubled!(n)).await + pinned.await
        };
        {
            let guard = D("guard");
            later(guard.name(), doubled!(n)).await;
        }
        let sum = {
            let guard = D("guard");
            later(guard.name(), doubled!(n)).await
        };
        later("behind", value + sum).await;
    }
    nothing_hidden_beside_an_error(n: u32) with (9) -> Result<(), Fail> {
        {
            let guard = D("guard");
            later(guard.name(), small(doubled!(n))).await.ok_or(Fail)?;
        }
        {
            let guard = D("guard");
            later(guard.name(), Ok::<u32, Fail>(doubled!(n))).await?;
        }
        later("behind", ()).await;
        Ok(())
    }
    at_the_end_of_an_operand(n: u32) with (9) -> Option<u32> {
        later("a", ()).await;
        let text = D("text");
        later(text.name(), get_or_none!(small(n)).checked_mul(2)).await
    }
    at_the_end_of_one_without_a_value(n: u32) with (9) {
        later("a", ()).await;
        let text = D("text");
        later(text.name(), stop_if!(n > 8)).await;
    }
}
