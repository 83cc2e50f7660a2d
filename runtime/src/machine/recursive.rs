//! Generators that run themselves: a stack of states, instead of a box within a box.

use alloc::vec::Vec;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::{fmt, mem};

use super::{Code, Complete, Outcome, Yielded, put, take};

/// What a step of a [`recursive`] generator yields.
pub enum Recursion<State, Item> {
    /// It calls itself: a run of the same function from this state, up to its end. Then the caller goes on.
    Call(State),
    /// It calls itself at its very end, with nothing left of its own: the run from this state takes its place.
    Become(State),
    /// An item.
    Emit(Item),
}

/// A generator that calls itself, as a stack of states: made by [`recursive()`].
///
/// It is `Clone`, `Debug`, `Send` and `Sync` when the state is. Dropping it drops the innermost state first, as a box in
/// a box would.
#[derive(Clone)]
#[must_use = "a machine does nothing until it is resumed"]
pub struct Recursive<F: Code, Lives = ()> {
    /// Drops first.
    state: F::State,
    callers: Callers<F::State>,
    code: F,
    lives: PhantomData<Lives>,
}

/// The states that wait for the end of what they called, the innermost last.
#[derive(Clone)]
struct Callers<S>(Vec<S>);

/// Makes a generator of its first state and its code, which may call itself.
///
/// What `#[coro(recursive)]` stands on. The step is that of [`machine()`](super::machine()), but yields a [`Recursion`]:
/// an item, or a state to run first. However deep the recursion, an item costs one step, not one at each level, and the
/// whole is one allocation that grows. Memory is released when it is dropped.
///
/// ```
/// use unawait::machine::{Call, Complete, CoroutineState, Emit, Recursion, Yielded, put, recursive, take};
///
/// struct Tree { value: u32, children: Vec<Tree> }
///
/// fn walk(tree: &Tree) -> impl Iterator<Item = u32> {
///     enum State<A, B> { Start { tree: A }, For0 { iter: B }, Done }
///     recursive(State::Start { tree }, || |state: &mut State<_, _>, _: Option<()>| -> CoroutineState<Recursion<_, u32>, ()> {
///         match take(state, State::Done) {
///             State::Start { tree } => {
///                 put(state, State::For0 { iter: tree.children.iter() });
///                 Yielded(Emit(tree.value))
///             }
///             State::For0 { mut iter } => match iter.next() {
///                 Some(tree) => {
///                     put(state, State::For0 { iter });
///                     Yielded(Call(State::Start { tree }))
///                 }
///                 None => Complete(()),
///             },
///             State::Done => Complete(()),
///         }
///     })
/// }
///
/// let leaf = |value| Tree { value, children: vec![] };
/// let tree = Tree { value: 1, children: vec![leaf(2), Tree { value: 3, children: vec![leaf(4)] }] };
/// assert!(walk(&tree).eq([1, 2, 3, 4]));
/// ```
#[inline]
pub fn recursive<S, T, O, F>(state: S, code: F) -> Recursive<F>
where
    O: Outcome<Yield = Recursion<S, T>>,
    F: Fn() -> fn(&mut S, Option<()>) -> O,
{
    Recursive::new(state, code)
}

/// [`recursive()`] as [`bounded()`](super::bounded()) is [`machine()`](super::machine()).
#[inline]
pub fn bounded_recursive<'a, S: 'a, T, O, F>(state: S, code: F) -> Recursive<F, &'a ()>
where
    O: Outcome<Yield = Recursion<S, T>>,
    F: Fn() -> fn(&mut S, Option<()>) -> O,
{
    Recursive::new(state, code)
}

impl<F: Code, Lives> Recursive<F, Lives> {
    #[inline]
    fn new(state: F::State, code: F) -> Self {
        Recursive {
            state,
            callers: Callers(Vec::new()),
            code,
            lives: PhantomData,
        }
    }
}

impl<F, T, Lives> Iterator for Recursive<F, Lives>
where
    F: Code<Input = (), Yield = Recursion<<F as Code>::State, T>, Return = ()>,
{
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        loop {
            // A panic of the step leaves the callers, too.
            let unwinding = Unwinding(&mut self.callers.0);
            let step = self.code.step(&mut self.state, Some(()));
            mem::forget(unwinding);
            match step {
                Yielded(Recursion::Emit(item)) => return Some(item),
                Yielded(Recursion::Call(state)) => self.callers.0.push(take(&mut self.state, state)),
                Yielded(Recursion::Become(state)) => put(&mut self.state, state),
                Complete(()) => put(&mut self.state, self.callers.0.pop()?),
            }
        }
    }
}

/// As of a [`Machine`](super::Machine).
impl<F, T, Lives> FusedIterator for Recursive<F, Lives> where
    F: Code<Input = (), Yield = Recursion<<F as Code>::State, T>, Return = ()>
{
}

impl<F: Code, Lives> Unpin for Recursive<F, Lives> {}

/// Shows the states, the innermost first.
impl<F: Code<State: fmt::Debug>, Lives> fmt::Debug for Recursive<F, Lives> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let callers = self.callers.0.iter().rev();
        formatter.debug_list().entry(&self.state).entries(callers).finish()
    }
}

impl<S> Drop for Callers<S> {
    fn drop(&mut self) {
        drop(Unwinding(&mut self.0));
    }
}

/// Drops all callers, the innermost first, and goes on with the others if one of these drops panics.
struct Unwinding<'c, S>(&'c mut Vec<S>);

impl<S> Drop for Unwinding<'_, S> {
    fn drop(&mut self) {
        while let Some(caller) = self.0.pop() {
            let others = Unwinding(self.0);
            drop(caller);
            mem::forget(others);
        }
    }
}
