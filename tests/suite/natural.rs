//! Functions that people would write.

mod adapters;
mod algorithms;
mod dialogs;
mod everyday;
mod graphs;
mod interpreters;
mod methods;
mod numbers;
mod parsers;
mod protocols;
mod puzzles;
mod readers;
mod resources;
mod search_trees;
mod sequences;
mod simulations;
mod text;
mod walks;
