//! Editions, as far as they decide when temporaries drop.

/// The edition of the crate that a function stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Edition {
    /// 2021 and older: the temporaries of a last expression drop behind the variables of its block, those of an `if let` at the
    /// end of the statement.
    Before2024,
    #[default]
    From2024,
}

impl Edition {
    /// The edition that rustc and rustdoc are asked for by their arguments: `--edition=2021`, `--edition 2021`. Where none is
    /// asked for, it is not known: an editor asks for none.
    pub fn of_arguments<A: AsRef<str>>(arguments: impl IntoIterator<Item = A>) -> Self {
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let Some(value) = argument.as_ref().strip_prefix("--edition") else {
                continue;
            };
            return match value.strip_prefix('=') {
                Some(year) => Self::of_year(year),
                None if value.is_empty() => arguments
                    .next()
                    .map_or_else(Self::default, |year| Self::of_year(year.as_ref())),
                None => continue,
            };
        }
        Self::default()
    }

    fn of_year(year: &str) -> Self {
        match year {
            "2015" | "2018" | "2021" => Edition::Before2024,
            _ => Edition::From2024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Edition::{self, Before2024, From2024};

    #[test]
    fn arguments_of_compilers() {
        let cases = [
            ("rustc --crate-name a --edition=2021 src/lib.rs", Before2024),
            ("rustdoc --edition 2018 --crate-name a src/lib.rs", Before2024),
            ("rustc --edition=2024 src/lib.rs", From2024),
            ("rustc --edition-of 2021 --edition 2024 src/lib.rs", From2024),
            ("rustc src/lib.rs", From2024),
            ("rustc --edition", From2024),
            ("proc-macro-srv", From2024),
        ];
        for (arguments, edition) in cases {
            assert_eq!(Edition::of_arguments(arguments.split(' ')), edition, "{arguments}");
        }
    }
}
