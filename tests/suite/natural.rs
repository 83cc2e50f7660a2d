//! Functions that people would write.

mod everyday;
mod graphs;
mod numbers;
mod parsers;
mod protocols;
mod sequences;
mod text;
