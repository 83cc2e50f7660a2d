//! `read_line`, and what it leaves to other reads.

use std::io::{self, ErrorKind};
use std::time::Duration;

use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::sleep;

use super::{pair, test};

#[test]
fn lines_come_however_they_are_cut() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let sending = spawn(async move {
            for part in ["fir", "st\n\nthi", "rd\r\nla", "st"] {
                one.write_all(part.as_bytes()).await?;
                sleep(Duration::from_millis(2)).await;
            }
            io::Result::Ok(())
        });
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if other.read_line(&mut line).await? == 0 {
                break;
            }
            lines.push(line);
        }
        assert_eq!(lines, ["first\n", "\n", "third\r\n", "last"]);
        assert_eq!(other.read_line(&mut String::new()).await?, 0);
        sending.await.unwrap()
    }
    test(body());
}

#[test]
fn a_line_is_added_to_what_is_there() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all("ä\nb\n".as_bytes()).await?;
        let mut lines = String::from(">");
        assert_eq!(other.read_line(&mut lines).await?, 3);
        assert_eq!(other.read_line(&mut lines).await?, 2);
        assert_eq!(lines, ">ä\nb\n");
        Ok(())
    }
    test(body());
}

#[test]
fn other_reads_begin_behind_the_line() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(b"line\nabcdefghijkl\nz").await?;
        other.read_line(&mut String::new()).await?;
        let mut part = [0; 2];
        assert_eq!(other.read(&mut part).await?, 2);
        assert_eq!(&part, b"ab");
        other.read_exact(&mut part).await?;
        assert_eq!(&part, b"cd");
        let mut line = String::new();
        other.read_line(&mut line).await?;
        assert_eq!(line, "efghijkl\n");
        drop(one);
        let mut rest = Vec::new();
        assert_eq!(other.read_to_end(&mut rest).await?, 1);
        assert_eq!(rest, b"z");
        Ok(())
    }
    test(body());
}

#[test]
fn a_line_that_is_too_long_is_refused_and_stays() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        other.set_line_limit(5);
        one.write_all(b"four\nfifth\nlong without end").await?;
        let mut line = String::new();
        assert_eq!(other.read_line(&mut line).await?, 5);
        for _ in 0..2 {
            let error = other.read_line(&mut line).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidData);
            assert_eq!(error.to_string(), "the line is longer than 5 bytes");
        }
        let mut skipped = [0; 6];
        other.read_exact(&mut skipped).await?;
        assert_eq!(&skipped, b"fifth\n");
        other.read_line(&mut line).await.unwrap_err();
        other.set_line_limit(100);
        drop(one);
        other.read_line(&mut line).await?;
        assert_eq!(line, "four\nlong without end");
        Ok(())
    }
    test(body());
}

#[test]
fn a_line_without_end_does_not_fill_the_memory() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        let sending = spawn(async move { one.write_all(&vec![b'a'; 50_000_000]).await });
        let error = other.read_line(&mut String::new()).await.unwrap_err();
        assert_eq!(error.to_string(), "the line is longer than 65536 bytes");
        assert!(!sending.is_finished());
        Ok(())
    }
    test(body());
}

#[test]
fn a_line_that_is_no_text_is_skipped() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(b"caf\xe9\nnext\n").await?;
        let mut line = String::new();
        let error = other.read_line(&mut line).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
        other.read_line(&mut line).await?;
        assert_eq!(line, "next\n");
        Ok(())
    }
    test(body());
}
