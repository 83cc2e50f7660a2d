//! What tells a variable in every attempt to lower the function: others are there in each, so a number alone would not.

use std::collections::BTreeMap;

use proc_macro2::Ident;

/// A variable by its name, by the place where that stands, and by number among those of one place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    named: Named,
    nth: usize,
}

/// The place is that of a variable of ours, too: it stands at the user's expression that it is made for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    name: String,
    place: String,
}

impl Named {
    fn of(ident: &Ident) -> Self {
        Named {
            name: ident.to_string(),
            place: format!("{:?}", ident.span()),
        }
    }
}

/// The keys that were given out.
#[derive(Default)]
pub(crate) struct Keys(BTreeMap<Named, usize>);

impl Keys {
    /// That of the next variable of this name.
    pub fn next(&self, ident: &Ident) -> Key {
        let named = Named::of(ident);
        let nth = self.0.get(&named).copied().unwrap_or_default();
        Key { named, nth }
    }

    pub fn take(&mut self, ident: &Ident) -> Key {
        let key = self.next(ident);
        self.0.insert(key.named.clone(), key.nth + 1);
        key
    }
}
