//! The next input is what an arm yields for, whose own variables end before it is looked at.

use unawait::prelude::*;

enum Packet {
    Data(Vec<u8>),
    End,
}

#[coro(first = first)]
fn acknowledged() -> impl Coroutine<Packet, Yield = String, Return = usize> {
    let mut bytes = 0;
    let mut packet = first;
    loop {
        packet = match packet {
            Packet::Data(data) => {
                bytes += data.len();
                yield_!(format!("got {}", data.len()))
            }
            Packet::End => return bytes,
        };
    }
}
