use unawait::prelude::*;
pub struct Node {
    count: u32,
    rows: Vec<Vec<u32>>,
}
impl Node {
    async fn next(&mut self) -> u32 {
        self.count += 1;
        self.count
    }
}
#[allow(unused_mut, unused_assignments)]
pub fn is_next(node: Node) -> impl ::core::future::Future<Output = bool> {
    use ::unawait::machine::{
        Complete, CoroutineState, Yielded, async_to_generator, compared, generator, put,
        received, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// node.count == (yield node.next())
    /// ```
    enum State<Node, T> {
        Start { node: Node },
        /// at `node.next().await`
        Await0 { t: T },
        Done,
    }
    let generator = generator(
        State::Start { node },
        || |state, mut input| -> CoroutineState<_, bool> {
            match take(state, State::Done) {
                State::Start { mut node } => {
                    let t = compared(&node.count).early();
                    put(state, State::Await0 { t });
                    Yielded(async move {
                        let output = node.next().await;
                        (node, output)
                    })
                }
                State::Await0 { mut t } => {
                    let (node, value) = received(&mut input);
                    Complete(*t.or(&node.count) == value)
                }
                State::Done => resumed_after_completion("is_next"),
            }
        },
    );
    async_to_generator(generator)
}
#[allow(unused_mut, unused_assignments)]
pub fn pushed(
    node: Node,
    last: usize,
) -> impl ::core::future::Future<Output = Vec<Vec<u32>>> {
    use ::unawait::machine::{
        Awaitable, Complete, CoroutineState, Yielded, async_to_generator, generator, put,
        received, resumed_after_completion, take,
    };
    /// As a generator, with `yield` for `await`:
    /// ```text
    /// let mut index = 0;
    /// while index < last {
    ///     node.rows[index].push(yield std::future::ready(1));
    ///     index += 1;
    /// }
    /// node.rows
    /// ```
    enum State<Node, Last, Index> {
        Start { node: Node, last: Last },
        /// the head of `while index < last`
        While0 { index: Index, last: Last, node: Node },
        /// at `std::future::ready(1).await`
        Await0 { index: Index, last: Last, node: Node },
        AfterWhile0 { node: Node },
        Done,
    }
    let generator = generator(
        State::Start { node, last },
        || |state, mut input| -> CoroutineState<_, Vec<Vec<u32>>> {
            let mut current = take(state, State::Done);
            loop {
                current = match current {
                    State::Start { node, last } => {
                        let mut index = 0;
                        State::While0 { node, last, index }
                    }
                    State::While0 { mut node, last, index } => {
                        if index < last {
                            let _ = &node.rows[index];
                            let awaited = std::future::ready(1).awaitable();
                            put(state, State::Await0 { node, last, index });
                            return Yielded(awaited);
                        }
                        State::AfterWhile0 { node }
                    }
                    State::Await0 { mut node, last, mut index } => {
                        node.rows[index].push(received(&mut input));
                        index += 1;
                        State::While0 { node, last, index }
                    }
                    State::AfterWhile0 { node } => return Complete(node.rows),
                    State::Done => resumed_after_completion("pushed"),
                };
            }
        },
    );
    async_to_generator(generator)
}
