//! How clients connect: parts of addresses, builders, bodies behind references.

#![allow(dead_code, reason = "some of it is there to be dropped only")]

use super::harness::later;
use crate::harness::{D, log, v};

struct Address(D, String);

impl Address {
    fn host(&self) -> Option<&str> {
        log("host");
        self.1.split(':').next().filter(|host| !host.is_empty())
    }
    fn port(&self) -> u32 {
        log("port");
        self.1.split(':').nth(1).map_or(80, |port| port.parse().unwrap())
    }
}

fn address(text: &str) -> Address {
    Address(D("address"), text.to_owned())
}

struct Builder(D, u32);
struct Client(D, u32);
struct Request(D, u32);

impl Builder {
    fn build(self) -> Result<Client, String> {
        log("build");
        if self.1 > 5 {
            Err("no client".to_owned())
        } else {
            Ok(Client(D("client"), self.1))
        }
    }
}

impl Client {
    fn builder(n: u32) -> Builder {
        log("builder");
        Builder(D("builder"), n)
    }
    fn get(&self, n: u32) -> Request {
        log("get");
        Request(D("request"), self.1 + n)
    }
}

impl Request {
    async fn send(self) -> Result<u32, String> {
        let _inside = D("inside");
        later("send", ()).await;
        if self.1 == 4 {
            Err("not sent".to_owned())
        } else {
            Ok(self.1)
        }
    }
}

struct Body(D, u32);

impl Body {
    async fn frame(&mut self) -> Option<Result<u32, String>> {
        self.1 += 1;
        later("frame", ()).await;
        match self.1 {
            1 => Some(Ok(1)),
            2 => Some(Err("broken".to_owned())),
            n if n < 6 => Some(Ok(n)),
            _ => None,
        }
    }
}

struct Response(D, Body);

impl Response {
    fn body_mut(&mut self) -> &mut Body {
        log("body_mut");
        &mut self.1
    }
}

fn response(n: u32) -> Response {
    Response(D("response"), Body(D("body"), n))
}

struct Service(D, u32);

impl Service {
    async fn ready(&mut self) -> Result<&mut Service, String> {
        self.1 += 1;
        later("ready", ()).await;
        if self.1 > 3 {
            Err("not ready".to_owned())
        } else {
            Ok(self)
        }
    }
    async fn call(&mut self, n: u32) -> Result<u32, String> {
        later("call", ()).await;
        Ok(n + self.1)
    }
}

awaits! {
    cut_from_what_a_method_lends(text: &str) with ("[local]:81") -> Result<u32, String> {
        let guard = D("guard");
        let address = address(text);
        let host = address.host().ok_or("no host")?.trim_start_matches('[').trim_end_matches(']');
        let port = address.port();
        let found = later("resolve", port).await;
        log(host);
        Ok(later(if host.len() > 4 { "long" } else { "short" }, found).await)
    }

    cut_from_nothing(text: &str) with (":81") -> Result<u32, String> {
        let address = address(text);
        let host = address.host().ok_or("no host")?.trim_matches('[');
        later("resolve", 1).await;
        Ok(host.len() as u32)
    }

    built_and_sent(n: u32) with (2) -> Result<u32, String> {
        let guard = D("guard");
        Client::builder(n).build()?.get(1).send().await
    }

    built_in_vain(n: u32) with (6) -> Result<u32, String> {
        let guard = D("guard");
        Client::builder(n).build()?.get(1).send().await
    }

    sent_in_vain(n: u32) with (3) -> Result<u32, String> {
        let guard = D("guard");
        Client::builder(n).build()?.get(1).send().await
    }

    frames_of_a_body(response: &mut Response) with (&mut made) given { let mut made = response(2); } -> Result<Option<u32>, String> {
        loop {
            if let Some(frame) = response.body_mut().frame().await {
                let _frame = D("frame");
                let number = frame?;
                if number > 4 {
                    return Ok(Some(number));
                }
            } else {
                return Ok(None);
            }
        }
    }

    failing_frames(response: &mut Response) with (&mut made) given { let mut made = response(0); } -> Result<u32, String> {
        let mut sum = 0;
        while let Some(frame) = response.body_mut().frame().await {
            sum += frame?;
        }
        Ok(sum)
    }

    configured() -> Result<u32, u32> {
        #[cfg(windows)]
        absent::module().await?;
        #[cfg(not(windows))]
        later("there", Ok::<u32, u32>(1)).await?;
        Ok(v("end", 2))
    }

    service_when_ready(service: &mut Service) with (&mut made) given { let mut made = Service(D("service"), 0); } -> Result<u32, String> {
        let guard = D("guard");
        let n = service.ready().await?.call(1).await?;
        service.ready().await?;
        Ok(n + service.call(n).await?)
    }

    service_that_fails(service: &mut Service) with (&mut made) given { let mut made = Service(D("service"), 2); } -> Result<u32, String> {
        let guard = D("guard");
        let n = service.ready().await?.call(1).await?;
        service.ready().await?;
        Ok(n + service.call(n).await?)
    }

    service_of_ones_own() -> Result<u32, String> {
        let mut service = Service(D("service"), 0);
        let guard = D("guard");
        service.ready().await.unwrap_or_else(|error| panic!("{error}"));
        let ready = service.ready().await?;
        let n = ready.call(1).await?;
        Ok(later("between", n).await + service.call(n).await?)
    }
}

type ApiResult<T> = Result<T, String>;

macro_rules! fail {
    ($error:expr) => {
        return Err(::std::convert::From::from($error))
    };
}

struct Message<T>(D, T);

impl<T> Message<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Message<U> {
        log("map");
        Message(self.0, change(self.1))
    }
}

impl Message<u32> {
    fn freeze(self) -> Message<u32> {
        log("freeze");
        self
    }
}

async fn deliver(message: Message<Option<u32>>) -> ApiResult<u32> {
    later("deliver", message.1.unwrap_or(0)).await;
    if message.1 == Some(3) {
        Err("not delivered".to_owned())
    } else {
        Ok(4)
    }
}

awaits! {
    fails_in_an_arm(n: u32) with (1) -> ApiResult<u32> {
        let guard = D("guard");
        match later("n", n).await {
            1 => fail!("one"),
            n => Ok(later("other", n).await),
        }
    }

    fails_in_a_branch(n: u32) with (2) -> ApiResult<u32> {
        let guard = D("guard");
        if n == 2 {
            let inside = D("inside");
            fail!("two");
        }
        later("other", n).await;
        Ok(n)
    }

    does_not_fail(n: u32) with (3) -> ApiResult<u32> {
        let guard = D("guard");
        if n == 2 {
            fail!("two");
        }
        later("other", n).await;
        Ok(deliver(Message(D("message"), Some(n))).await? + 1)
    }

    message_gives_way() -> ApiResult<u32> {
        let message = Message(D("message"), 2);
        let guard = D("guard");
        let message = message.map(|n| Some(n + 1));
        later("between", ()).await;
        deliver(message).await
    }

    frozen_and_sent(service: &mut Service) with (&mut made) given { let mut made = Service(D("service"), 0); } -> Result<u32, String> {
        let guard = D("guard");
        let mut message = Message(D("buffer"), 1);
        message.1 += 1;
        service.call(message.freeze().1).await?;
        let mut message = Message(D("second"), 2);
        message.1 += 1;
        service.call(message.freeze().1).await.map_err(|error| error + "!")
    }
}
