//! Functions that people would write.

mod algorithms;
mod everyday;
mod graphs;
mod numbers;
mod parsers;
mod protocols;
mod readers;
mod sequences;
mod text;
