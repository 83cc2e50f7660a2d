//! Runs the example programs as a user would, and checks what they print, how they fail and that
//! a closed output is no failure.

mod burgers;
mod csv;
mod event_loop;
mod expand;
mod http_request;
mod run;
mod small;
