//! The runtime's enums of what is awaited at several places, [`Await2`](../../../../runtime/src/machine/awaits.rs) and so on.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::body::Writer;
use crate::span::ours;

/// The largest of the runtime's enums; a function that awaits at more places nests them.
pub(super) const MOST: usize = 16;

/// How many places each variant of an enum for so many stands for: one, or in the last ones as many as the next level has.
fn places(count: usize) -> Vec<usize> {
    let mut each = 1;
    while each * MOST < count {
        each *= MOST;
    }
    let (mut places, mut left) = (vec![1; count.min(MOST)], count.saturating_sub(MOST));
    for place in places.iter_mut().rev() {
        let more = left.min(each - 1);
        *place += more;
        left -= more;
    }
    places.sort_unstable();
    places
}

pub(super) fn type_of(writer: &Writer, count: usize) -> TokenStream {
    if count == 1 {
        return quote!(_);
    }
    let places = places(count);
    let name = writer.names.path(&format!("Await{}", places.len()));
    let arguments = places.into_iter().map(|count| type_of(writer, count));
    quote!(#name<#(#arguments),*>)
}

/// `Await2::Await1(..)` around something.
pub(super) fn variant(writer: &Writer, mut number: usize, count: usize, at: Span, value: TokenStream) -> TokenStream {
    if count == 1 {
        return value;
    }
    let places = places(count);
    let name = writer.names.path_at(&format!("Await{}", places.len()), at);
    let mut place = 0;
    while number >= places[place] {
        number -= places[place];
        place += 1;
    }
    let variant_name = format_ident!("Await{}", place, span = ours(at));
    let value = variant(writer, number, places[place], at, value);
    quote_spanned!(ours(at)=> #name::#variant_name(#value))
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn every_place_is_counted_once_and_nests_are_shallow() {
        assert_eq!(places(3), [1, 1, 1]);
        assert_eq!(places(17)[14..], [1, 2]);
        assert_eq!(places(31)[14..], [1, 16]);
        assert_eq!(places(33)[13..], [1, 3, 16]);
        assert_eq!(places(256), [16; 16]);
        for count in 2..2000 {
            assert_eq!(places(count).iter().sum::<usize>(), count);
            let depth = |count: usize| (1..).find(|depth| 16usize.pow(*depth) >= count).unwrap_or(0);
            assert!(
                places(count)
                    .iter()
                    .all(|inner| *inner < 17 || depth(*inner) < depth(count))
            );
        }
    }
}
