//! The `chat` example: what one says goes to all others, and nobody is kept by anybody.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

use crate::run::{Running, run, start};

struct Server {
    program: Running,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut program = start("chat", &["127.0.0.1:0"]);
        let line = program.line();
        let address = line.strip_prefix("listening on ").expect("it says where").into();
        Server { program, address }
    }

    /// A client, once it has been told its number.
    fn guest(&self, number: u64) -> Guest {
        let stream = TcpStream::connect(&self.address).expect("the server accepts");
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut guest = Guest {
            lines: BufReader::new(stream),
        };
        assert_eq!(guest.line(), format!("* you are {number}"));
        guest
    }

    /// Ctrl-C ends it.
    fn ends(self) {
        self.program.interrupt();
        assert_eq!(self.program.ends().succeeds(), "closed\n");
    }
}

struct Guest {
    lines: BufReader<TcpStream>,
}

impl Guest {
    fn say(&self, text: impl AsRef<[u8]>) {
        self.lines.get_ref().write_all(text.as_ref()).expect("it is sent");
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let count = self.lines.read_line(&mut line).expect("a line comes");
        assert!(count > 0, "the server has closed the connection");
        line.trim_end().to_owned()
    }

    #[track_caller]
    fn hears(&mut self, line: &str) {
        assert_eq!(self.line(), line);
    }

    /// The server has closed the connection, or reset it, if there is something that it has not read.
    fn ends(mut self) {
        let mut rest = Vec::new();
        if let Err(error) = self.lines.read_to_end(&mut rest) {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        }
    }
}

#[test]
fn lines_go_to_all_others() {
    let server = Server::start();
    let mut one = server.guest(1);
    let mut two = server.guest(2);
    let mut three = server.guest(3);
    one.hears("* 2 came");
    one.hears("* 3 came");
    two.hears("* 3 came");

    two.say("Hello, ");
    two.say("you!\n\r\nHow are you?\n");
    for guest in [&mut one, &mut three] {
        guest.hears("2: Hello, you!");
        guest.hears("2:");
        guest.hears("2: How are you?");
    }
    one.say("Fine.\n");
    two.hears("1: Fine.");
    three.hears("1: Fine.");

    two.lines.get_ref().shutdown(Shutdown::Write).unwrap();
    one.hears("* 2 left");
    three.hears("* 2 left");
    two.ends();
    server.ends();
    one.ends();
}

#[test]
fn all_hear_all_in_the_order_of_each() {
    const GUESTS: u64 = 8;
    const LINES: u64 = 100;
    let server = Server::start();
    let mut guests: Vec<_> = (1..=GUESTS).map(|number| server.guest(number)).collect();
    for (mine, guest) in (1..).zip(&mut guests) {
        for number in mine + 1..=GUESTS {
            guest.hears(&format!("* {number} came"));
        }
    }
    thread::scope(|scope| {
        for (mine, guest) in (1..).zip(&mut guests) {
            let writer = guest.lines.get_ref().try_clone().unwrap();
            scope.spawn(move || {
                for line in 0..LINES {
                    writeln!(&writer, "line {line}").unwrap();
                }
            });
            scope.spawn(move || {
                let mut next = [0; GUESTS as usize + 1];
                for _ in 0..(GUESTS - 1) * LINES {
                    let line = guest.line();
                    let (from, text) = line.split_once(": ").expect("somebody said it");
                    let from: usize = from.parse().expect("a number");
                    assert_eq!(text, format!("line {}", next[from]));
                    next[from] += 1;
                }
                assert_eq!(next[mine], 0, "nobody hears what he says");
            });
        }
    });
    server.ends();
}

#[test]
fn a_guest_who_does_not_read_is_sent_away_and_nobody_waits() {
    let server = Server::start();
    let mut slow = server.guest(1);
    let mut speaker = server.guest(2);
    let mut listener = server.guest(3);
    speaker.hears("* 3 came");
    let text = "x".repeat(4000);
    let (mut said, mut heard) = (0, 0);
    // The system's buffers are full first, then the queue.
    let (news, at) = 'said: loop {
        assert!(said < 20_000, "80 megabytes wait for somebody who does not read");
        for _ in 0..50 {
            speaker.say(format!("{said} {text}\n"));
            said += 1;
        }
        while heard < said {
            let line = listener.line();
            if line.starts_with('*') {
                break 'said (line, heard);
            }
            assert_eq!(line, format!("2: {heard} {text}"));
            heard += 1;
        }
    };
    assert_eq!(news, "* 1 was too slow");
    assert!(at > 1000, "{at} lines");
    for number in heard..said {
        assert_eq!(listener.line(), format!("2: {number} {text}"));
    }
    speaker.hears("* 1 was too slow");

    // What has come before is whole.
    slow.hears("* 2 came");
    slow.hears("* 3 came");
    for number in 0..100 {
        slow.hears(&format!("2: {number} {text}"));
    }
    slow.ends();
    listener.say("We go on.\n");
    speaker.hears("3: We go on.");
    server.ends();
}

#[test]
fn who_does_not_send_lines_of_text_is_sent_away() {
    let server = Server::start();
    let mut one = server.guest(1);
    let two = server.guest(2);
    one.hears("* 2 came");
    two.say(vec![b'a'; 10_000]);
    one.hears("* 2 left: the line is longer than 4096 bytes");
    two.ends();

    let three = server.guest(3);
    one.hears("* 3 came");
    three.say(b"caf\xe9\n");
    let line = one.line();
    assert!(line.starts_with("* 3 left: invalid utf-8 sequence"), "{line}");
    three.ends();
    server.ends();
}

#[test]
fn it_asks_for_one_address() {
    assert_eq!(run("chat", &["a", "b"]).refuses(), "chat: one address at most");
    run("chat", &["nowhere"]).fails(1);
}
