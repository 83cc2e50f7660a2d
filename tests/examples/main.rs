//! Runs the example programs as a user would, and checks what they print, how they fail and that
//! a closed output is no failure.

mod burgers;
#[cfg(unix)]
mod chat;
mod csv;
#[cfg(unix)]
mod echo_server;
mod event_loop;
mod expand;
mod http_request;
mod run;
mod small;
