//! Branches that suspend, after which the same happens; and a loop that is left where the function ends.

use unawait::prelude::*;

#[coro]
fn ask(polite: bool) -> impl Coroutine<String, Yield = &'static str, Return = usize> {
    let name = if polite { yield_!("what is your name, please?") } else { yield_!("name?") };
    let city = match name.as_str() {
        "" => yield_!("nobody, from where?"),
        _ => yield_!("from where?"),
    };
    name.len() + city.len()
}

#[coro]
fn until(lines: Vec<String>, last: String) -> impl Iterator<Item = String> {
    for line in lines {
        if line == last {
            break;
        }
        yield_!(line);
    }
}
