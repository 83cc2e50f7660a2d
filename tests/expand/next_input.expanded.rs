//! The next input is what an arm yields for, whose own variables end before it is looked at.
use unawait::prelude::*;
enum Packet {
    Data(Vec<u8>),
    End,
}
#[allow(
    unused_mut,
    unused_assignments,
    dropping_copy_types,
    dropping_references,
    clippy::drop_non_drop
)]
fn acknowledged() -> impl Coroutine<Packet, Yield = String, Return = usize> {
    use ::core::prelude::v1::{Option, drop};
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, hold, machine, put, received,
        resumed_after_completion, take,
    };
    enum State<Bytes, Packet, HeldData> {
        Start,
        /// the head of `loop`
        Loop0 { packet: Packet, bytes: Bytes },
        /// at `yield_!(format!("got {}", data.len()))`
        Yield0 { held_data: HeldData, bytes: Bytes },
        Done,
    }
    machine(
        State::Start,
        || |state, mut input: Option<Packet>| -> CoroutineState<String, usize> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start => {
                        let first = received(&mut input);
                        let mut bytes = 0;
                        let mut packet = first;
                        State::Loop0 { bytes, packet }
                    }
                    State::Loop0 { mut bytes, packet } => {
                        match packet {
                            Packet::Data(data) => {
                                bytes += data.len();
                                let value: String = format!("got {}", data.len());
                                put(
                                    state,
                                    State::Yield0 {
                                        held_data: hold(&data).keep(data),
                                        bytes,
                                    },
                                );
                                return Yielded(value);
                            }
                            Packet::End => return Complete(bytes),
                        }
                    }
                    State::Yield0 { bytes, held_data } => {
                        let mut packet = received(&mut input);
                        drop(held_data);
                        State::Loop0 { bytes, packet }
                    }
                    State::Done => resumed_after_completion("acknowledged"),
                };
            }
        },
    )
}
