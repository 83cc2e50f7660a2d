//! The `echo_server` example, with clients of all kinds. Nothing is lost, and nothing is out of order.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use crate::run::{Running, run, start, start_with_descriptors};

/// What a test must not wait for longer.
const LIMIT: Duration = Duration::from_secs(60);

struct Server {
    program: Running,
    address: SocketAddr,
}

fn server() -> Server {
    Server::of(start("echo_server", &["127.0.0.1:0"]))
}

impl Server {
    fn of(mut program: Running) -> Self {
        let line = program.line();
        let address = line.strip_prefix("listening on ").expect("it says where");
        let address = address.parse().expect("an address");
        Server { program, address }
    }

    fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    /// Ctrl-C ends it.
    fn ends(self) {
        self.program.interrupt();
        assert_eq!(self.program.ends().succeeds(), "closed\n");
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server accepts");
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.set_write_timeout(Some(LIMIT)).unwrap();
    stream
}

/// Bytes that are different for each seed, and of which no part is like another.
fn pattern(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// Sends a message and awaits its echo.
fn exchange(stream: &mut TcpStream, message: &[u8]) {
    stream.write_all(message).expect("it is sent");
    let mut echo = vec![0; message.len()];
    stream.read_exact(&mut echo).expect("it comes back");
    assert!(echo == message);
}

/// Sends with one thread and reads with another, as a client must that sends more than fits. `pause` goes before the reading.
fn send_and_read(stream: TcpStream, message: &[u8], sizes: &[usize], pause: Duration) {
    let mut writer = stream.try_clone().unwrap();
    let mut echo = Vec::new();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut rest = message;
            for &size in sizes.iter().cycle() {
                let (chunk, behind) = rest.split_at(size.min(rest.len()));
                writer.write_all(chunk).expect("it is sent");
                rest = behind;
                if rest.is_empty() {
                    break;
                }
            }
            writer.shutdown(Shutdown::Write).unwrap();
        });
        thread::sleep(pause);
        (&stream).read_to_end(&mut echo).expect("it comes back");
    });
    assert!(echo == message);
}

#[test]
fn many_clients_at_once_get_their_own() {
    let server = server();
    thread::scope(|scope| {
        for seed in 0..40 {
            let mut stream = server.connect();
            scope.spawn(move || {
                for round in 0..50 {
                    exchange(&mut stream, &pattern(seed, 1 + round * 37));
                }
            });
        }
    });
    server.ends();
}

#[test]
fn megabytes_come_back_however_they_are_cut() {
    let server = server();
    let sizes: [&[usize]; 4] = [&[1_000_003], &[4093], &[1, 65_537, 13, 16_384, 16_385], &[16_383, 2]];
    thread::scope(|scope| {
        for (seed, sizes) in (1..).zip(sizes) {
            let stream = server.connect();
            scope.spawn(move || send_and_read(stream, &pattern(seed, 4_000_001), sizes, Duration::ZERO));
        }
    });
    server.ends();
}

#[test]
fn who_reads_late_gets_all() {
    let server = server();
    thread::scope(|scope| {
        let late = server.connect();
        let message = pattern(1, 20_000_000);
        scope.spawn(move || send_and_read(late, &message, &[100_000], Duration::from_millis(500)));
        // The others do not notice.
        let mut stream = server.connect();
        for round in 0..100 {
            exchange(&mut stream, &pattern(round, 100));
        }
    });
    server.ends();
}

#[test]
fn who_writes_slowly_is_served_and_keeps_nobody() {
    let server = server();
    thread::scope(|scope| {
        let mut slow = server.connect();
        scope.spawn(move || {
            for byte in 0..50 {
                exchange(&mut slow, &[byte]);
                thread::sleep(Duration::from_millis(4));
            }
        });
        for round in 0..20 {
            exchange(&mut server.connect(), &pattern(round, 1000));
        }
    });
    server.ends();
}

#[test]
fn who_has_finished_sending_gets_the_rest() {
    let server = server();
    let mut stream = server.connect();
    stream.write_all(b"the last words").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut echo = String::new();
    stream.read_to_string(&mut echo).unwrap();
    assert_eq!(echo, "the last words");
    // Nothing at all is a message, too.
    let mut stream = server.connect();
    stream.shutdown(Shutdown::Write).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    server.ends();
}

#[test]
fn resets_end_their_own_connections_only() {
    let server = server();
    let mut bystander = server.connect();
    for round in 0..100 {
        let mut stream = server.connect();
        stream.write_all(&pattern(round, 100_000)).unwrap();
        if round % 2 == 0 {
            socket2::SockRef::from(&stream)
                .set_linger(Some(Duration::ZERO))
                .unwrap();
        }
        // With an echo that is not read: that is a reset in any case.
        drop(stream);
        exchange(&mut bystander, &pattern(round, 100));
    }
    server.ends();
}

#[test]
fn ctrl_c_closes_the_connections() {
    let server = server();
    let mut stream = server.connect();
    exchange(&mut stream, b"hello");
    server.ends();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
}

#[test]
fn clients_wait_while_there_are_no_descriptors() {
    let server = Server::of(start_with_descriptors(32, "echo_server", &["127.0.0.1:0"]));
    let mut streams: Vec<_> = (0..60).map(|_| server.connect()).collect();
    for (number, stream) in (0..).zip(&mut streams) {
        stream.write_all(&pattern(number, 100)).unwrap();
    }
    // The first are served and stay; when they leave, the next are served.
    for (number, mut stream) in (0..).zip(streams) {
        let mut echo = vec![0; 100];
        stream.read_exact(&mut echo).expect("there is room at last");
        assert_eq!(echo, pattern(number, 100));
    }
    server.program.interrupt();
    let (out, complaints) = server.program.ends().succeeds_with_complaints();
    assert_eq!(out, "closed\n");
    assert!(complaints.contains("Too many open files"), "{complaints}");
}

#[test]
fn an_address_that_cannot_be_had_is_an_error() {
    let server = server();
    let error = run("echo_server", &[&server.address.to_string()]).fails(1);
    assert!(error.starts_with("echo_server: Address already in use"), "{error}");
    run("echo_server", &["nowhere"]).fails(1);
    assert_eq!(
        run("echo_server", &["a", "b"]).refuses(),
        "echo_server: one address at most"
    );
}
