//! Receivers that are `Copy`, and changed by an argument of their own method that awaits.

use super::harness::later;
use crate::harness::log;

#[derive(Clone, Copy, Debug)]
struct Position(u32);

impl Position {
    fn plus(self, n: u32) -> Position {
        Position(self.0 + n)
    }
}

struct Reader {
    position: Position,
    sum: u32,
}

impl Reader {
    async fn next(&mut self) -> u32 {
        self.position.0 += 10;
        self.sum += 1;
        later("next", self.sum).await
    }

    async fn read(&mut self) -> u32 {
        let position = self.position.plus(self.next().await);
        log(format!("{position:?}"));
        self.position = position;
        self.sum = self.sum.wrapping_add(self.next().await);
        self.sum
    }

    fn seen(&self) -> u32 {
        self.sum
    }
}

awaits! {
    of_a_local() -> u32 {
        let mut reader = Reader { position: Position(1), sum: 2 };
        reader.position = reader.position.plus(reader.next().await);
        reader.sum = reader.sum.saturating_add(reader.next().await);
        reader.position.plus(later("seen", reader.seen()).await).0 + reader.sum
    }

    of_an_argument(mut reader: Box<Reader>) with (Box::new(Reader { position: Position(1), sum: 2 })) -> u32 {
        let position = reader.position.plus(reader.next().await);
        log(format!("{position:?}"));
        reader.read().await + reader.position.plus(later("n", reader.seen()).await).0
    }
}
