//! The channels of the programs, in small.

#![allow(dead_code, reason = "some of it is there to be dropped only")]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::harness::later;
use super::stubs::{Error, Result};
use crate::harness::{D, log, record};

pub mod mpsc {
    use super::*;
    pub struct Sender<T>(Rc<RefCell<VecDeque<T>>>, D);
    pub struct Receiver<T>(Rc<RefCell<VecDeque<T>>>, D);
    impl<T> Clone for Sender<T> {
        fn clone(&self) -> Self {
            Sender(self.0.clone(), self.1.clone())
        }
    }
    pub fn channel<T>(_n: usize) -> (Sender<T>, Receiver<T>) {
        let queue = Rc::new(RefCell::new(VecDeque::new()));
        (Sender(queue.clone(), D("sender")), Receiver(queue, D("receiver")))
    }
    impl<T> Sender<T> {
        pub async fn send(&self, value: T) -> Result<()> {
            later("send", ()).await;
            self.0.borrow_mut().push_back(value);
            Ok(())
        }
        pub fn try_send(&self, value: T) -> Result<()> {
            record("try_send".into());
            self.0.borrow_mut().push_back(value);
            Ok(())
        }
    }
    impl<T> Receiver<T> {
        pub async fn recv(&mut self) -> Option<T> {
            later("recv", ()).await;
            self.0.borrow_mut().pop_front()
        }
        pub fn close(&mut self) {
            log("close");
        }
    }
}
pub mod oneshot {
    use super::*;
    pub struct Sender<T>(Rc<RefCell<Option<T>>>, D);
    pub struct Receiver<T>(Rc<RefCell<Option<T>>>, D);
    pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
        let slot = Rc::new(RefCell::new(None));
        (Sender(slot.clone(), D("reply")), Receiver(slot, D("answer")))
    }
    impl<T> Sender<T> {
        pub fn send(self, value: T) -> Result<(), T> {
            log("reply");
            *self.0.borrow_mut() = Some(value);
            Ok(())
        }
    }
    impl<T: 'static> IntoFuture for Receiver<T> {
        type Output = Result<T>;
        type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Result<T>>>>;
        fn into_future(self) -> Self::IntoFuture {
            let (slot, d) = (self.0, self.1);
            Box::pin(async move {
                let _d = d;
                later("answer", ()).await;
                slot.borrow_mut().take().ok_or(Error::Closed)
            })
        }
    }
}
