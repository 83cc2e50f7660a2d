use unawait::prelude::*;

#[coro]
pub fn lengths(words: Vec<String>, shortest: usize) -> impl Iterator<Item = usize> {
    for word in words.iter().filter(|word| word.len() >= shortest) {
        yield_!(word.len());
        println!("{word}");
    }
    for n in words.iter().map(|w| w.len()).take_while(|n| *n < 10) {
        yield_!(n);
    }
}
