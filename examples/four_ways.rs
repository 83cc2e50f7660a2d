//! Two functions take turns, four ways, and say the same each time:
//!
//! 1. switching: each says whom to go on with and hands something over, as greenlets do;
//! 2. generators: each suspends with `yield_!`, and a loop resumes them in turn;
//! 3. delegation: one generator runs others to their ends with `yield_from!`;
//! 4. async: each lets the other one go on with `.await`, and the event loop polls both in turn.
//!
//! Beside them, by hand, without coroutines: what is remembered between two turns is a struct.
//!
//! ```text
//! cargo run --example four_ways        # two rounds
//! cargo run --example four_ways -- 5
//! ```

mod support;

use std::cell::RefCell;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

/// Plays a number of rounds.
type Way = fn(&Log, u32);

/// One more way is one more module and one more line.
const WAYS: [(&str, Way); 5] = [
    ("switching", switching::play),
    ("generators", generators::play),
    ("delegation", delegation::play),
    ("async", asynchronous::play),
    ("by hand", by_hand::play),
];

/// What was said, in order. Both functions hold it at once.
#[derive(Default)]
struct Log(RefCell<Vec<String>>);

impl Log {
    fn say(&self, name: &str, round: u32) {
        self.0.borrow_mut().push(format!("{name} {round}"));
    }
}

mod switching {
    use super::Log;
    use unawait::prelude::*;

    const PING: usize = 0;
    const PONG: usize = 1;

    /// Whom to go on with, and what to hand over.
    struct Switch {
        to: usize,
        ball: u32,
    }

    type Player<'a> = Box<dyn Coroutine<u32, Yield = Switch, Return = ()> + 'a>;

    /// The ball that a player starts with is the first input, all others are values of `yield_!`.
    #[coro(first = ball)]
    fn ping(log: &Log, rounds: u32) -> impl Coroutine<u32, Yield = Switch, Return = ()> {
        let mut ball = ball;
        while ball <= rounds {
            log.say("ping", ball);
            ball = yield_!(Switch { to: PONG, ball });
        }
    }

    #[coro(first = ball)]
    fn pong(log: &Log) -> impl Coroutine<u32, Yield = Switch, Return = ()> {
        let mut ball = ball;
        loop {
            log.say("pong", ball);
            ball = yield_!(Switch {
                to: PING,
                ball: ball + 1
            });
        }
    }

    /// The trampoline: no player calls another, so the stack does not grow.
    pub fn play(log: &Log, rounds: u32) {
        let mut players: [Player<'_>; 2] = [Box::new(ping(log, rounds)), Box::new(pong(log))];
        let mut switch = Switch { to: PING, ball: 1 };
        while let CoroutineState::Yielded(next) = players[switch.to].resume(switch.ball) {
            switch = next;
        }
    }
}

mod generators {
    use super::Log;
    use unawait::prelude::*;

    #[coro]
    fn player(log: &Log, name: &str, rounds: u32) -> impl Iterator<Item = ()> {
        for round in 1..=rounds {
            log.say(name, round);
            yield_!();
        }
    }

    pub fn play(log: &Log, rounds: u32) {
        let mut ping = player(log, "ping", rounds);
        let mut pong = player(log, "pong", rounds);
        while ping.next().is_some() && pong.next().is_some() {}
    }
}

mod delegation {
    use super::Log;
    use unawait::prelude::*;

    #[coro]
    fn hit(name: &'static str, round: u32) -> impl Iterator<Item = (&'static str, u32)> {
        yield_!((name, round));
    }

    #[coro]
    fn game(rounds: u32) -> impl Iterator<Item = (&'static str, u32)> {
        for round in 1..=rounds {
            yield_from!(hit("ping", round));
            yield_from!(hit("pong", round));
        }
    }

    pub fn play(log: &Log, rounds: u32) {
        for (name, round) in game(rounds) {
            log.say(name, round);
        }
    }
}

mod asynchronous {
    use super::Log;
    use std::time::Duration;

    use unawait::event_loop::run;
    use unawait::prelude::*;
    use unawait::task::gather;
    use unawait::time::sleep;

    #[coro]
    async fn player(log: &Log, name: &str, rounds: u32) {
        for round in 1..=rounds {
            log.say(name, round);
            sleep(Duration::ZERO).await;
        }
    }

    pub fn play(log: &Log, rounds: u32) {
        let game = gather((player(log, "ping", rounds), player(log, "pong", rounds)));
        run(game).expect("both go on until they are done");
    }
}

mod by_hand {
    use super::Log;

    /// A function taken apart: its arguments, and where it is in its loop.
    struct Player<'a> {
        log: &'a Log,
        name: &'a str,
        rounds: u32,
        round: u32,
    }

    impl Player<'_> {
        fn turn(&mut self) -> bool {
            if self.round > self.rounds {
                return false;
            }
            self.log.say(self.name, self.round);
            self.round += 1;
            true
        }
    }

    pub fn play(log: &Log, rounds: u32) {
        let mut ping = Player {
            log,
            name: "ping",
            rounds,
            round: 1,
        };
        let mut pong = Player {
            log,
            name: "pong",
            rounds,
            round: 1,
        };
        while ping.turn() && pong.turn() {}
    }
}

fn main() -> ExitCode {
    support::main("four_ways [ROUNDS]", rounds, print)
}

fn rounds(words: &[String]) -> Result<u32, String> {
    match words {
        [] => Ok(2),
        [word] => match word.parse() {
            Ok(rounds) if (1..1_000_000).contains(&rounds) => Ok(rounds),
            _ => Err(format!("`{word}` is not a number from 1 to 999999")),
        },
        _ => Err("one number at most".into()),
    }
}

fn print(rounds: u32, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    for (way, play) in WAYS {
        let log = Log::default();
        play(&log, rounds);
        writeln!(out, "{way}: {}", log.0.into_inner().join(", "))?;
    }
    Ok(())
}
