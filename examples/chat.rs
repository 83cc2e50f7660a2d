//! A chat over TCP: each line that a client sends goes to all others.
//!
//! Each client has a task that reads its lines, another that writes to it, and a queue of lines that wait to be written. The
//! queue is bounded, and nobody ever waits for room in it: a client that reads so slowly that its queue is full is sent away, so
//! it costs the others neither time nor memory. So is one that sends what is no line of text.
//!
//! ```text
//! cargo run --example chat                   # at 127.0.0.1:7007
//! cargo run --example chat -- 127.0.0.1:0    # at some free port, which it prints
//! nc 127.0.0.1 7007                          # in several terminals
//! ```

#[path = "support/server.rs"]
mod server;
mod support;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use server::{address, until_ctrl_c};
use unawait::event_loop::run;
use unawait::net::{TcpListener, TcpReadHalf, TcpStream, TcpWriteHalf};
use unawait::prelude::*;
use unawait::sync::Queue;
use unawait::task::{Task, spawn};
use unawait::time::sleep;

/// Lines that may wait for one client.
const WAITING: usize = 1024;

/// The longest line that a client may send.
const LONGEST: usize = 4096;

/// Time for clients to leave, when there is no room for another one.
const A_MOMENT: Duration = Duration::from_millis(50);

#[derive(Default)]
struct Room {
    guests: RefCell<BTreeMap<u64, Guest>>,
    newest: Cell<u64>,
}

struct Guest {
    lines: Queue<Rc<str>>,
    /// Dropping it cancels the task, which closes the connection.
    _task: Task<()>,
}

impl Room {
    fn admit(self: Rc<Self>, stream: TcpStream) {
        let number = self.newest.get() + 1;
        self.newest.set(number);
        let lines = Queue::bounded(WAITING);
        let _ = lines.try_put(format!("* you are {number}\n").into());
        let task = spawn(attend(self.clone(), number, stream, lines.clone()));
        self.guests.borrow_mut().insert(number, Guest { lines, _task: task });
        self.tell_others(number, &format!("* {number} came\n"));
    }

    /// Puts a line into the queues of all but one. Who has no room for it is sent away.
    fn tell_others(&self, number: u64, line: &str) {
        let line: Rc<str> = line.into();
        let has_no_room = |guest: &Guest| guest.lines.try_put(line.clone()).is_err();
        let slow: Vec<u64> = self
            .guests
            .borrow()
            .iter()
            .filter(|&(&other, guest)| other != number && has_no_room(guest))
            .map(|(&other, _)| other)
            .collect();
        for other in slow {
            self.leave(other, "was too slow");
        }
    }

    fn leave(&self, number: u64, how: &str) {
        let guest = self.guests.borrow_mut().remove(&number);
        if guest.is_some() {
            self.tell_others(number, &format!("* {number} {how}\n"));
        }
    }
}

/// Serves one client.
#[coro]
async fn attend(room: Rc<Room>, number: u64, stream: TcpStream, lines: Queue<Rc<str>>) {
    let (reader, writer) = stream.into_split();
    // If this task is cancelled, that one is.
    let writing = spawn(write(lines, writer));
    match read(&room, number, reader).await {
        Ok(()) => room.leave(number, "left"),
        Err(error) => room.leave(number, &format!("left: {error}")),
    }
    writing.cancel();
}

#[coro]
async fn read(room: &Room, number: u64, mut reader: TcpReadHalf) -> io::Result<()> {
    reader.set_line_limit(LONGEST);
    let mut line = String::new();
    while reader.read_line(&mut line).await? > 0 {
        room.tell_others(number, &format!("{number}: {}\n", line.trim_end()));
        line.clear();
    }
    Ok(())
}

#[coro]
async fn write(lines: Queue<Rc<str>>, mut writer: TcpWriteHalf) -> io::Result<()> {
    while let Ok(line) = lines.get().await {
        writer.write_all(line.as_bytes()).await?;
    }
    Ok(())
}

#[coro]
async fn serve(address: String, out: &mut dyn Write) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    writeln!(out, "listening on {}", listener.local_addr()?)?;
    out.flush()?;
    let room = Rc::new(Room::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => room.clone().admit(stream),
            Err(error) => {
                eprintln!("chat: {error}");
                sleep(A_MOMENT).await;
            }
        }
    }
}

fn main() -> ExitCode {
    support::main("chat [ADDRESS]", address, |address, out| {
        until_ctrl_c(run(serve(address, out)))?;
        writeln!(out, "closed")?;
        Ok(())
    })
}
