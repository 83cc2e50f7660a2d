//! A simultaneous exhibition. The master moves in 5 seconds, each opponent in 55, and a game has 30 pairs of moves. With 24
//! opponents, one game after the other takes 12 hours. If the master goes on to the next board while an opponent thinks, all
//! of it takes one. On virtual time, so it takes milliseconds.
//!
//! ```text
//! cargo run --example chess
//! cargo run --example chess -- 6    # boards
//! ```

mod support;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use unawait::event_loop::{EventLoop, RunError};
use unawait::prelude::*;
use unawait::sync::Lock;
use unawait::task::gather;
use unawait::time::sleep;

const MASTER: Duration = Duration::from_secs(5);
const OPPONENT: Duration = Duration::from_secs(55);
const MOVES: u32 = 30;

/// There is one master: who has the lock has her at the board.
type Master = Rc<Lock<()>>;

#[coro]
async fn game(master: Master) {
    for _ in 0..MOVES {
        {
            let _at_the_board = master.lock().await;
            sleep(MASTER).await;
        }
        sleep(OPPONENT).await;
    }
}

#[coro]
async fn in_turn(boards: usize) {
    let master = Master::default();
    for _ in 0..boards {
        game(master.clone()).await;
    }
}

#[coro]
async fn together(boards: usize) {
    let master = Master::default();
    let games = (0..boards).map(|_| game(master.clone()));
    gather(games.collect::<Vec<_>>()).await;
}

/// How long it takes.
fn duration(exhibition: impl Future<Output = ()> + 'static) -> Result<String, RunError> {
    let event_loop = EventLoop::with_virtual_time();
    event_loop.run_until_complete(exhibition)?;
    let minutes = event_loop.time().as_secs() / 60;
    Ok(format!("{} h {:02} min", minutes / 60, minutes % 60))
}

fn main() -> ExitCode {
    support::main("chess [BOARDS]", boards, print)
}

fn boards(words: &[String]) -> Result<usize, String> {
    match words {
        [] => Ok(24),
        [word] => match word.parse() {
            Ok(boards @ 1..=1000) => Ok(boards),
            _ => Err(format!("`{word}` is not a number from 1 to 1000")),
        },
        _ => Err("one number at most".into()),
    }
}

fn print(boards: usize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(out, "one after the other: {}", duration(in_turn(boards))?)?;
    writeln!(out, "together:            {}", duration(together(boards))?)?;
    Ok(())
}
