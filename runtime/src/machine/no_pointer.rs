//! [`no_pointer`]: whether what was made of a borrow of a local may point to it, decided by its type.

/// The types that hold no raw pointer, as far as rustc's own `Send` tells.
///
/// A local of a machine moves from state to state. References to it are the borrow checker's business, but nobody follows a
/// pointer.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may point to a local, which moves at a suspension",
    label = "made of a borrow of the local, kept across the suspension, and given to `unsafe` code",
    note = "put the local into a `Box` and borrow what is in it, or take it as an argument by reference"
)]
pub trait NoPointer {}

#[diagnostic::do_not_recommend]
impl<T: Send> NoPointer for T {}

/// The value, which does not point to the local that it was made of: for what `unsafe` code gets later.
///
/// ```
/// use unawait::machine::no_pointer;
///
/// let list = vec![1, 2, 3];
/// let length = no_pointer(Vec::len(&list));
/// assert_eq!(length, 3);
/// ```
///
/// ```compile_fail,E0277
/// use unawait::machine::no_pointer;
///
/// let list = vec![1, 2, 3];
/// let start = no_pointer(Vec::as_ptr(&list));
/// ```
#[inline(always)]
pub fn no_pointer<T: NoPointer>(value: T) -> T {
    value
}
