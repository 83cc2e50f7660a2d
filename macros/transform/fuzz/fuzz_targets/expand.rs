//! Whatever is a function becomes something that parses, and never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

fuzz_target!(|text: &str| {
    let Ok(item) = text.parse::<TokenStream>() else {
        return;
    };
    let is_function = syn::parse2::<syn::ItemFn>(item.clone()).is_ok();
    let expansion = unawait_transform::expand(TokenStream::new(), item);
    if is_function {
        syn::parse2::<syn::File>(expansion).expect("the expansion parses");
    }
});
