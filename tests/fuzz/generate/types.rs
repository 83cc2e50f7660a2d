//! The types of generated programs, with the values that are made without anything else.

use super::Writer;

/// A type of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ty {
    Unit,
    Num,
    Flag,
    Text,
    Nums,
    MaybeNum,
    Tracer,
    MaybeTracer,
    Pair,
    Both,
    Mixed,
    Token,
    Ticket,
    Outcome,
    /// A result whose error is made of that of an `Outcome`.
    Converted,
    List,
    Store,
}

/// Types of which variables are made, with weights.
pub const VALUES: [(usize, Ty); 15] = [
    (8, Ty::Num),
    (2, Ty::Flag),
    (1, Ty::Text),
    (1, Ty::Nums),
    (2, Ty::MaybeNum),
    (10, Ty::Tracer),
    (4, Ty::MaybeTracer),
    (4, Ty::Pair),
    (3, Ty::Both),
    (3, Ty::Mixed),
    (3, Ty::Token),
    (2, Ty::Ticket),
    (2, Ty::Outcome),
    (3, Ty::List),
    (2, Ty::Store),
];

impl Ty {
    pub fn text(self) -> &'static str {
        match self {
            Ty::Unit => "()",
            Ty::Num => "u32",
            Ty::Flag => "bool",
            Ty::Text => "&'static str",
            Ty::Nums => "[u32; 3]",
            Ty::MaybeNum => "Option<u32>",
            Ty::Tracer => "D",
            Ty::MaybeTracer => "Option<D>",
            Ty::Pair => "Pair",
            Ty::Both => "(D, D)",
            Ty::Mixed => "(D, u32)",
            Ty::Token => "Token",
            Ty::Ticket => "Ticket",
            Ty::Outcome => "Result<u32, D>",
            Ty::Converted => "Result<u32, Wrapped>",
            Ty::List => "Vec<D>",
            Ty::Store => "Store",
        }
    }

    pub fn is_copy(self) -> bool {
        matches!(self, Ty::Unit | Ty::Num | Ty::Flag | Ty::Text | Ty::Nums | Ty::MaybeNum)
    }

    /// The fields that can be named, with their types.
    pub fn fields(self) -> &'static [(&'static str, Ty)] {
        match self {
            Ty::Pair => &[("left", Ty::Tracer), ("right", Ty::Tracer)],
            Ty::Both => &[("0", Ty::Tracer), ("1", Ty::Tracer)],
            Ty::Mixed => &[("0", Ty::Tracer), ("1", Ty::Num)],
            Ty::Ticket => &[("n", Ty::Num)],
            Ty::Store => &[("count", Ty::Num)],
            _ => &[],
        }
    }
}

impl Writer<'_> {
    /// A value made of others, each of which may suspend.
    pub fn made(&mut self, ty: Ty) -> String {
        match ty {
            Ty::Unit => "()".to_owned(),
            Ty::Num => {
                let value = self.random.below(5);
                match self.random.chance(50) {
                    true => format!("num({}, {value})", self.label("n")),
                    false => format!("{value}"),
                }
            }
            Ty::Flag => self.flag(),
            Ty::Text => self.label("text"),
            Ty::Nums => format!("[{}, {}, {}]", self.random.below(5), self.num(), self.num()),
            Ty::MaybeNum if self.random.chance(30) => "None::<u32>".to_owned(),
            Ty::MaybeNum => format!("Some({})", self.num()),
            Ty::Tracer if self.random.chance(15) => format!("D({})", self.label("t")),
            Ty::Tracer => format!("d({})", self.label("t")),
            Ty::MaybeTracer if self.random.chance(20) => "None::<D>".to_owned(),
            Ty::MaybeTracer => format!("Some({})", self.value(Ty::Tracer)),
            Ty::Pair => self.made_pair(),
            Ty::Both => format!("({}, {})", self.value(Ty::Tracer), self.value(Ty::Tracer)),
            Ty::Mixed => format!("({}, {})", self.value(Ty::Tracer), self.num()),
            Ty::Token => self.made_token(),
            Ty::Ticket => format!("ticket({})", self.num()),
            Ty::Outcome if self.random.chance(25) => format!("Err::<u32, D>({})", self.value(Ty::Tracer)),
            Ty::Outcome => format!("Ok::<u32, D>({})", self.num()),
            Ty::Converted if self.random.chance(25) => {
                format!("Err::<u32, Wrapped>(Wrapped({}))", self.value(Ty::Tracer))
            }
            Ty::Converted => format!("Ok::<u32, Wrapped>({})", self.num()),
            Ty::List => self.made_list(),
            Ty::Store => format!("store({})", self.value(Ty::Tracer)),
        }
    }

    fn made_pair(&mut self) -> String {
        let (first, second) = (self.value(Ty::Tracer), self.value(Ty::Tracer));
        match self.random.below(3) {
            0 => format!("Pair {{ right: {first}, left: {second} }}"),
            1 => format!("Pair {{ left: {first}, right: {second} }}"),
            _ => format!("pair({first}, {second})"),
        }
    }

    fn made_token(&mut self) -> String {
        match self.random.below(5) {
            0 => "Token::Empty".to_owned(),
            1 => format!("Token::Word({})", self.value(Ty::Tracer)),
            _ => format!("Token::Number({}, {})", self.value(Ty::Tracer), self.num()),
        }
    }

    fn made_list(&mut self) -> String {
        let count = self.random.below(3);
        let items = self.arguments_of_macro(|writer| writer.operands(&vec![Ty::Tracer; count]));
        match count {
            0 => "Vec::<D>::new()".to_owned(),
            _ => format!("vec![{}]", items.join(", ")),
        }
    }

    /// What decides a branch: known to the generator, so each path is taken in some program.
    pub fn flag(&mut self) -> String {
        let value = self.random.chance(60);
        format!("flag({}, {value})", self.label("c"))
    }

    pub fn num(&mut self) -> String {
        self.value(Ty::Num)
    }
}
