//! The traits of `futures-io`, and libraries that use them.

use std::io;
use std::time::Duration;

use futures::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, StreamExt};
use unawait::prelude::*;
use unawait::task::spawn;
use unawait::time::timeout;

use super::{pair, pattern, test};

#[test]
fn futures_copies_from_end_to_end() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (one, other) = pair().await?;
        let echoing = spawn(async move {
            let (reader, mut writer) = other.into_split();
            let copied = futures::io::copy_buf(reader, &mut writer).await?;
            writer.close().await?;
            io::Result::Ok(copied)
        });
        let sent = pattern(2_000_000);
        let (mut reader, mut writer) = AsyncReadExt::split(one);
        let mut read = Vec::new();
        let writing = async {
            AsyncWriteExt::write_all(&mut writer, &sent).await?;
            AsyncWriteExt::flush(&mut writer).await?;
            writer.close().await
        };
        let (written, all_read) = futures::join!(writing, AsyncReadExt::read_to_end(&mut reader, &mut read));
        written?;
        all_read?;
        assert!(read == sent);
        assert_eq!(echoing.await.unwrap()?, 2_000_000);
        Ok(())
    }
    test(body());
}

#[test]
fn futures_reads_lines() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, other) = pair().await?;
        one.write_all(b"a\nb\r\nc").await?;
        drop(one);
        let lines: Vec<_> = AsyncBufReadExt::lines(other).map(Result::unwrap).collect().await;
        assert_eq!(lines, ["a", "b", "c"]);
        Ok(())
    }
    test(body());
}

#[test]
fn both_kinds_of_reads_take_from_one_buffer() {
    #[coro]
    async fn body() -> io::Result<()> {
        let (mut one, mut other) = pair().await?;
        one.write_all(b"one\ntwo\nthree").await?;
        let mut line = String::new();
        other.read_line(&mut line).await?;
        AsyncBufReadExt::read_line(&mut other, &mut line).await?;
        assert_eq!(line, "one\ntwo\n");
        let mut rest = [0; 5];
        AsyncReadExt::read_exact(&mut other, &mut rest).await?;
        assert_eq!(&rest, b"three");
        // Who gave up leaves nothing behind that keeps others from reading.
        let gave_up = timeout(Duration::from_millis(1), AsyncReadExt::read(&mut other, &mut rest)).await;
        assert!(gave_up.is_err());
        one.write_all(b"four").await?;
        assert_eq!(other.read(&mut rest).await?, 4);
        Ok(())
    }
    test(body());
}
