//! Macros that await, in the arguments of std's.

#![allow(dead_code, reason = "some of it is there to be dropped only")]

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log, v};

/// Of tokio-test's.
macro_rules! assert_ok {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => panic!("{error:?}"),
        }
    };
}

struct Socket(D);

impl Socket {
    async fn connect(self, port: u16) -> Result<u16> {
        later("connect", ()).await;
        Ok(port)
    }

    async fn shutdown(self) -> u16 {
        later("shutdown", ()).await;
        1
    }

    async fn close(&self) -> u16 {
        later("close", ()).await;
        2
    }

    fn listen(self, backlog: u16) -> Result<D> {
        log("listen");
        drop(self);
        Ok(D("listener")).filter_backlog(backlog)
    }
}

trait Filter: Sized {
    fn filter_backlog(self, backlog: u16) -> Self {
        log(format!("backlog {backlog}"));
        self
    }
}

impl Filter for Result<D> {}

async fn load(n: u32) -> Result<u32> {
    later("load", ()).await;
    match n {
        0 => Err(Error::Closed),
        n => Ok(n),
    }
}

awaits! {
    one_that_is_not_known() -> u32 {
        let _d = D("d");
        assert_eq!(1, assert_ok!(load(1).await));
        let list = vec![assert_ok!(load(2).await), v("three", 3), assert_ok!(load(4).await)];
        list[0] + list[2]
    }
    one_that_panics() -> u32 {
        let _d = D("d");
        println!("{} {}", v("one", 1), assert_ok!(load(0).await));
        1
    }
    within_others() -> String {
        format!("{:?} {}", vec![assert_ok!(load(1).await)], assert_ok!(load(2).await))
    }
    as_statements() -> u32 {
        let list = vec![
            {
                let _d = D("d");
                assert_ok!(load(1).await);
                v("one", 1)
            },
            {
                futures::join!(load(2), load(3));
                v("two", 2)
            },
            {
                tokio::select! {
                    biased;
                    n = load(4) => n.unwrap(),
                    n = load(5) => n.unwrap(),
                }
            },
            { assert_ok!(load(6).await) },
        ];
        list.iter().sum()
    }
    what_takes_a_local() -> u16 {
        let socket = Socket(D("client"));
        let server = Socket(D("server"));
        let listener = assert_ok!(server.listen(128));
        let port = assert_ok!(socket.connect(80).await);
        later("x", ()).await;
        port + listener.name().len() as u16
    }
    what_takes_a_local_in_a_select() -> u16 {
        let socket = Socket(D("socket"));
        let _d = D("d");
        tokio::select! {
            biased;
            n = socket.shutdown() => {
                later("x", ()).await;
                n
            }
            _ = later("y", ()) => 2,
        }
    }
    what_takes_a_local_in_a_join() -> u16 {
        let socket = Socket(D("socket"));
        let other = Socket(D("other"));
        let (a, b, _) = futures::join!(socket.shutdown(), other.close(), later("x", D("value")));
        later("y", ()).await;
        a + b
    }
}
