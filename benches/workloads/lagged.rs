//! An iterator of 300 bytes.

const WORDS: usize = 36;

/// An additive generator of numbers: each is a sum of two earlier ones.
pub struct Lagged {
    words: [u64; WORDS],
    at: usize,
}

impl Lagged {
    pub fn new(seed: u64) -> Self {
        let mut words = [seed; WORDS];
        for at in 1..WORDS {
            words[at] = words[at - 1].wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        }
        Lagged { words, at: 0 }
    }

    #[inline]
    pub fn step(&mut self) -> u64 {
        self.at = (self.at + 1) % WORDS;
        self.words[self.at] = self.words[self.at].wrapping_add(self.words[(self.at + 7) % WORDS]);
        self.words[self.at]
    }
}

impl Iterator for Lagged {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        Some(self.step())
    }
}
