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

fn main() {
    let mut machine = acknowledged();
    assert_eq!(machine.resume(Packet::Data(vec![1, 2])), Yielded("got 2".to_owned()));
    assert_eq!(machine.resume(Packet::Data(Vec::new())), Yielded("got 0".to_owned()));
    assert_eq!(machine.resume(Packet::End), Complete(2));
}
