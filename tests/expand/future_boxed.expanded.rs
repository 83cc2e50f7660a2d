use std::future::ready;
use std::pin::Pin;
use unawait::prelude::*;
pub trait Lookup {
    fn lookup<'a>(
        &'a self,
        key: &'a str,
    ) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>>;
}
impl Lookup for [String] {
    #[allow(unused_mut, unused_assignments)]
    fn lookup<'a>(
        &'a self,
        key: &'a str,
    ) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
        use ::core::prelude::v1::{IntoIterator, Iterator, None, Some};
        use ::unawait::machine::{
            Awaitable, Complete, CoroutineState, Yielded, async_to_generator,
            bounded_generator, generator, hold, put, received, resumed_after_completion,
            take,
        };
        /// As a generator, with `yield` for `await`:
        /// ```text
        /// for (index, text) in self.iter().enumerate() {
        ///     if yield ready(text == key) {
        ///         return index;
        ///     }
        /// }
        /// self.len()
        /// ```
        enum State<This, Key, Items, Index, HeldText> {
            Start { this: This, key: Key },
            /// the head of `for (index, text) in this.iter().enumerate()`
            For0 { items: Items, key: Key, this: This },
            /// at `ready(text == key).await`
            Await0 {
                held_text: HeldText,
                index: Index,
                items: Items,
                key: Key,
                this: This,
            },
            AfterFor0 { this: This },
            Done,
        }
        let generator = bounded_generator(
            State::Start { this: self, key },
            || |state, mut input| -> CoroutineState<_, usize> {
                let mut current = take(state, State::Done);
                loop {
                    current = match current {
                        State::Start { this, key } => {
                            let items = IntoIterator::into_iter(this.iter().enumerate());
                            State::For0 { this, key, items }
                        }
                        State::For0 { this, key, mut items } => {
                            match Iterator::next(&mut items) {
                                Some((index, text)) => {
                                    let awaited = ready(text == key).awaitable();
                                    put(
                                        state,
                                        State::Await0 {
                                            held_text: hold(&text).keep(text),
                                            this,
                                            key,
                                            items,
                                            index,
                                        },
                                    );
                                    return Yielded(awaited);
                                }
                                None => State::AfterFor0 { this },
                            }
                        }
                        State::Await0 {
                            this,
                            key,
                            items,
                            index,
                            held_text: _held_text,
                        } => {
                            if received(&mut input) {
                                return Complete(index);
                            }
                            State::For0 { this, key, items }
                        }
                        State::AfterFor0 { this } => return Complete(this.len()),
                        State::Done => resumed_after_completion("lookup"),
                    };
                }
            },
        );
        Box::pin(async_to_generator(generator))
    }
}
