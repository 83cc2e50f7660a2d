//! Functions that people would write.

mod algorithms;
mod everyday;
mod graphs;
mod numbers;
mod parsers;
mod protocols;
mod puzzles;
mod readers;
mod search_trees;
mod sequences;
mod text;
