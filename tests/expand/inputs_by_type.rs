//! Inputs whose type says that they have no drop: nothing of them is held.

use unawait::prelude::*;

#[coro]
fn handshake() -> impl Coroutine<(u16, &'static str), Yield = &'static str, Return = Result<u16, String>> {
    let (code, greeting) = yield_!("");
    if code != 220 {
        return Err(format!("{code} {greeting}"));
    }
    let (code, text) = yield_!("HELO");
    if code != 250 {
        return Err(text.to_owned());
    }
    let (code, _) = yield_!("QUIT");
    yield_!("closed");
    Ok(code)
}
