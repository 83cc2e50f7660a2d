//! What a stream has read and nobody has taken yet.

use std::io;

/// How much is read at once.
const CHUNK: usize = 8 * 1024;

/// An empty buffer of more than this is given back.
const KEPT: usize = 64 * 1024;

/// Bytes that are added behind and taken in front. It allocates when it is first used.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    /// Where the bytes that nobody has taken yet begin in `bytes`, and where they end.
    start: usize,
    end: usize,
    /// How many of those are known to hold no line feed.
    searched: usize,
}

impl Buffer {
    pub(super) fn data(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Adds what `read` reads, and says how much that is.
    pub(super) fn fill(&mut self, read: impl FnOnce(&mut [u8]) -> io::Result<usize>) -> io::Result<usize> {
        if self.bytes.len() - self.end < CHUNK {
            self.make_room();
        }
        let count = read(&mut self.bytes[self.end..])?;
        self.end += count;
        Ok(count)
    }

    /// Makes room for a chunk behind the data: by moving them to the front, if half of the room is there, else by growing.
    fn make_room(&mut self) {
        if self.start >= self.len() {
            self.bytes.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.len());
        }
        if self.bytes.len() - self.end < CHUNK {
            let room = (2 * self.bytes.len()).max(self.end + CHUNK);
            self.bytes.resize(room, 0);
        }
    }

    /// Takes bytes in front.
    pub(super) fn consume(&mut self, count: usize) {
        self.start += count;
        assert!(self.start <= self.end, "more was consumed than the buffer holds");
        self.searched = self.searched.saturating_sub(count);
        if self.is_empty() {
            (self.start, self.end) = (0, 0);
            if self.bytes.len() > KEPT {
                self.bytes = Vec::new();
            }
        }
    }

    /// Moves as many bytes as there are and as fit.
    pub(super) fn take_into(&mut self, into: &mut [u8]) -> usize {
        let count = self.len().min(into.len());
        into[..count].copy_from_slice(&self.data()[..count]);
        self.consume(count);
        count
    }

    /// Puts bytes in front that were taken.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.searched = 0;
        if let Some(start) = self.start.checked_sub(bytes.len()) {
            self.bytes[start..self.start].copy_from_slice(bytes);
            self.start = start;
        } else {
            self.bytes = [bytes, self.data()].concat();
            (self.start, self.end) = (0, self.bytes.len());
        }
    }

    /// The length of the first line, with its line feed, if that has come.
    pub(super) fn line_length(&mut self) -> Option<usize> {
        let rest = &self.data()[self.searched..];
        match rest.iter().position(|&byte| byte == b'\n') {
            Some(at) => Some(self.searched + at + 1),
            None => {
                self.searched = self.len();
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Buffer;

    /// Adds these bytes.
    fn add(buffer: &mut Buffer, bytes: &[u8]) {
        let count = buffer.fill(|room| {
            room[..bytes.len()].copy_from_slice(bytes);
            Ok(bytes.len())
        });
        assert_eq!(count.unwrap(), bytes.len());
    }

    #[test]
    fn what_is_added_is_taken_in_order() {
        let mut buffer = Buffer::default();
        let (mut added, mut taken) = (Vec::new(), Vec::new());
        for round in 0..2000_usize {
            let bytes: Vec<u8> = (0..round * 7 % 900).map(|n| (n + round) as u8).collect();
            add(&mut buffer, &bytes);
            added.extend(bytes);
            let mut into = vec![0; round * 11 % 800];
            let count = buffer.take_into(&mut into);
            taken.extend(&into[..count]);
            if round % 3 == 0 {
                let back = taken.split_off(taken.len() - count / 2);
                buffer.put_back(&back);
            }
        }
        taken.extend(buffer.data());
        assert!(added == taken);
    }

    #[test]
    fn what_is_put_back_comes_first() {
        let mut buffer = Buffer::default();
        buffer.put_back(b"bc");
        add(&mut buffer, b"d");
        buffer.put_back(b"a");
        assert_eq!(buffer.data(), b"abcd");
        buffer.consume(3);
        buffer.put_back(b"xyz");
        assert_eq!(buffer.data(), b"xyzd");
    }

    #[test]
    fn lines_are_found_however_they_come() {
        let mut buffer = Buffer::default();
        add(&mut buffer, b"on");
        assert_eq!(buffer.line_length(), None);
        add(&mut buffer, b"e\ntwo");
        assert_eq!(buffer.line_length(), Some(4));
        buffer.consume(4);
        assert_eq!(buffer.line_length(), None);
        buffer.put_back(b"\n");
        assert_eq!(buffer.line_length(), Some(1));
    }

    #[test]
    fn a_great_buffer_is_given_back_once_it_is_empty() {
        let mut buffer = Buffer::default();
        buffer.put_back(&[1; 1_000_000]);
        buffer.consume(1_000_000);
        assert_eq!(buffer.bytes.capacity(), 0);
    }
}
