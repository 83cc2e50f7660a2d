//! What async programs are made of, in small, with drops and calls that can be observed.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::fmt::Display;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use super::harness::later;
use crate::harness::{D, log};

pub use super::channels::{mpsc, oneshot};

#[derive(Debug)]
pub enum Error {
    Io(&'static str),
    Parse(&'static str),
    Closed,
    Status(u16),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What an error is converted to: it says so.
#[derive(Debug)]
pub struct AppError(pub String);

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        log(format!("convert {error:?}"));
        AppError(format!("{error:?}"))
    }
}

/// A connection, with what it reads and writes.
pub struct Connection {
    pub input: VecDeque<String>,
    pub output: Vec<String>,
    d: D,
}

pub fn connection(lines: &[&str]) -> Connection {
    Connection {
        input: lines.iter().map(|line| line.to_string()).collect(),
        output: Vec::new(),
        d: D("connection"),
    }
}

impl Connection {
    pub async fn read_frame(&mut self) -> Result<Option<Frame>> {
        later("read_frame", ()).await;
        match self.input.pop_front() {
            Some(line) if line == "bad" => Err(Error::Parse("frame")),
            Some(line) => Ok(Some(Frame(line, D("frame")))),
            None => Ok(None),
        }
    }
    pub async fn write_frame(&mut self, frame: &Frame) -> Result<()> {
        later("write_frame", ()).await;
        log(format!("write {}", frame.0));
        self.output.push(frame.0.clone());
        Ok(())
    }
    pub async fn read_line(&mut self, buffer: &mut String) -> Result<usize> {
        later("read_line", ()).await;
        match self.input.pop_front() {
            Some(line) if line == "bad" => Err(Error::Io("line")),
            Some(line) => {
                buffer.push_str(&line);
                Ok(line.len())
            }
            None => Ok(0),
        }
    }
    pub async fn write_all(&mut self, bytes: &[u8]) -> Result<()> {
        later("write_all", ()).await;
        log(format!("write {}", String::from_utf8_lossy(bytes)));
        Ok(())
    }
    pub async fn flush(&mut self) -> Result<()> {
        later("flush", ()).await;
        Ok(())
    }
    pub async fn close(self) -> Result<()> {
        later("close", ()).await;
        Ok(())
    }
}

#[derive(Debug)]
pub struct Frame(pub String, pub D);

/// A map that is shared.
#[derive(Clone)]
pub struct Db(Rc<RefCell<HashMap<String, String>>>, D);

pub fn db() -> Db {
    Db(Rc::new(RefCell::new(HashMap::new())), D("db"))
}

impl Db {
    pub fn set(&self, key: &str, value: &str) {
        log(format!("set {key}"));
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
    }
}

/// An HTTP client, its requests and responses.
#[derive(Clone)]
pub struct Client(D);
impl Client {
    pub fn new() -> Self {
        Client(D("client"))
    }
    pub fn builder() -> ClientBuilder {
        ClientBuilder(D("client builder"), 0)
    }
    pub fn get(&self, url: impl Display) -> RequestBuilder {
        log("get");
        RequestBuilder {
            url: url.to_string(),
            parts: Vec::new(),
            d: D("request builder"),
        }
    }
    pub fn post(&self, url: impl Display) -> RequestBuilder {
        log("post");
        RequestBuilder {
            url: url.to_string(),
            parts: Vec::new(),
            d: D("request builder"),
        }
    }
    pub async fn execute(&self, request: Request) -> Result<Response> {
        request.answer().await
    }
}
pub struct ClientBuilder(D, u32);
impl ClientBuilder {
    pub fn timeout(mut self, n: u32) -> Self {
        self.1 = n;
        self
    }
    pub fn build(self) -> Result<Client> {
        log("build");
        Ok(Client(D("client")))
    }
}
pub struct RequestBuilder {
    url: String,
    parts: Vec<String>,
    d: D,
}
impl RequestBuilder {
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        log("header");
        self.parts.push(format!("{name}: {value}"));
        self
    }
    pub fn json(mut self, value: &impl std::fmt::Debug) -> Self {
        log("json");
        self.parts.push(format!("{value:?}"));
        self
    }
    pub fn body(mut self, value: String) -> Self {
        log("body");
        self.parts.push(value);
        self
    }
    pub fn bearer_auth(mut self, token: impl Display) -> Self {
        log("auth");
        self.parts.push(token.to_string());
        self
    }
    pub fn build(self) -> Result<Request> {
        Ok(Request {
            url: self.url.clone(),
            body: self.parts.join(","),
            d: D("request"),
        })
    }
    pub async fn send(self) -> Result<Response> {
        self.build()?.answer().await
    }
}
pub struct Request {
    pub url: String,
    pub body: String,
    d: D,
}
pub fn request(url: &str, body: &str) -> Request {
    Request {
        url: url.to_owned(),
        body: body.to_owned(),
        d: D("request"),
    }
}
impl Request {
    pub async fn answer(self) -> Result<Response> {
        later("answer", ()).await;
        match self.url.as_str() {
            "busy" => Err(Error::Status(503)),
            url => Ok(Response {
                status: if url == "missing" { 404 } else { 200 },
                body: format!("{}?{}", url, self.body),
                d: D("response"),
            }),
        }
    }
    pub fn respond(self, text: &str) -> Result<()> {
        log(format!("respond {text}"));
        Ok(())
    }
}
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    body: String,
    d: D,
}
impl Response {
    pub fn status(&self) -> u16 {
        self.status
    }
    pub fn headers(&self) -> &str {
        "headers"
    }
    pub fn error_for_status(self) -> Result<Self> {
        log("status");
        if self.status < 400 {
            Ok(self)
        } else {
            Err(Error::Status(self.status))
        }
    }
    pub async fn text(self) -> Result<String> {
        later("text", ()).await;
        Ok(self.body.clone())
    }
    pub async fn json<T: From<String>>(self) -> Result<T> {
        later("json", ()).await;
        Ok(T::from(self.body.clone()))
    }
    pub async fn bytes(self) -> Result<Vec<u8>> {
        later("bytes", ()).await;
        Ok(self.body.clone().into_bytes())
    }
    pub async fn chunk(&mut self) -> Result<Option<String>> {
        later("chunk", ()).await;
        if self.body.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.body.remove(0).to_string()))
    }
}

pub async fn notify(text: &str) -> Result<()> {
    later("notify", ()).await;
    if text == "bad" {
        Err(Error::Io("notify"))
    } else {
        log(text);
        Ok(())
    }
}
pub async fn sleep(n: u64) {
    later("sleep", ()).await;
    log(n);
}
pub async fn audit(n: u64) {
    later("audit", ()).await;
    log(n);
}
pub async fn token() -> Result<String> {
    later("token", ()).await;
    Ok("token".into())
}

/// A lock and its guard.
pub struct Mutex<T>(RefCell<T>, D);
impl<T> Mutex<T> {
    pub fn new(value: T) -> Self {
        Mutex(RefCell::new(value), D("mutex"))
    }
    pub async fn lock(&self) -> Guard<'_, T> {
        later("lock", ()).await;
        Guard(self.0.borrow_mut(), D("guard"))
    }
}
pub struct Guard<'m, T>(std::cell::RefMut<'m, T>, D);
impl<T> Deref for Guard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

pub struct File(String, D);
impl File {
    pub async fn open(path: &str) -> Result<File> {
        later("open", ()).await;
        if path == "missing" {
            Err(Error::Io("open"))
        } else {
            Ok(File(path.to_owned(), D("file")))
        }
    }
    pub async fn create(path: &str) -> Result<File> {
        File::open(path).await
    }
    pub async fn write_all(&mut self, bytes: &[u8]) -> Result<()> {
        later("write", ()).await;
        log(bytes.len());
        Ok(())
    }
    pub async fn metadata(&self) -> Result<usize> {
        later("metadata", ()).await;
        Ok(self.0.len())
    }
}
pub struct Encoder<W>(W, D);
impl Encoder<File> {
    pub fn new(file: File) -> Self {
        Encoder(file, D("encoder"))
    }
    pub async fn write(&mut self, text: &str) -> Result<()> {
        self.0.write_all(text.as_bytes()).await
    }
    pub fn finish(self) -> Result<File> {
        log("finish");
        Ok(self.0)
    }
}

/// A web socket.
pub struct WebSocket(VecDeque<Message>, D);
#[derive(Debug)]
pub enum Message {
    Text(String),
    Ping(u8),
    Binary(Vec<u8>),
    Close,
}
pub fn websocket() -> WebSocket {
    WebSocket(
        [
            Message::Text("hello".into()),
            Message::Ping(7),
            Message::Binary(vec![1, 2]),
            Message::Close,
        ]
        .into(),
        D("socket"),
    )
}
impl WebSocket {
    pub async fn recv(&mut self) -> Option<Result<Message>> {
        later("recv", ()).await;
        self.0.pop_front().map(Ok)
    }
    pub async fn send(&mut self, message: Message) -> Result<()> {
        later("send", ()).await;
        log(format!("{message:?}"));
        Ok(())
    }
    pub async fn close(self) -> Result<()> {
        later("close", ()).await;
        Ok(())
    }
}
pub struct Upgrade(D);
pub fn upgrade() -> Upgrade {
    Upgrade(D("upgrade"))
}
impl Upgrade {
    pub async fn accept(self) -> Result<WebSocket> {
        later("accept", ()).await;
        Ok(websocket())
    }
}

pub struct Interval(Cell<u32>, D);
pub fn interval() -> Interval {
    Interval(Cell::new(0), D("interval"))
}
impl Interval {
    pub async fn tick(&mut self) -> u32 {
        later("tick", ()).await;
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

pub struct Job {
    pub id: u32,
    d: D,
}
pub fn job(id: u32) -> Job {
    Job { id, d: D("job") }
}
impl Job {
    pub async fn run(self) -> Result<u32> {
        later("run", ()).await;
        if self.id == 13 {
            Err(Error::Status(13))
        } else {
            Ok(self.id)
        }
    }
    pub async fn check(&self) -> Result<bool> {
        later("check", ()).await;
        Ok(self.id % 2 == 1)
    }
    pub fn complete(self) -> u32 {
        log("complete");
        self.id
    }
}
pub struct Shutdown(Cell<bool>, D);
pub fn shutdown() -> Shutdown {
    Shutdown(Cell::new(false), D("shutdown"))
}
impl Shutdown {
    pub fn is_shutdown(&self) -> bool {
        self.0.get()
    }
    pub async fn recv(&mut self) {
        later("shutdown", ()).await;
        self.0.set(true);
    }
}

/// What a connection lends.
pub struct Transaction<'c>(&'c mut Connection, D);
impl Connection {
    pub async fn transaction(&mut self) -> Result<Transaction<'_>> {
        later("transaction", ()).await;
        Ok(Transaction(self, D("transaction")))
    }
}
impl Transaction<'_> {
    pub async fn insert(&mut self, line: &str) -> Result<()> {
        later("insert", ()).await;
        if line == "bad" {
            return Err(Error::Io("insert"));
        }
        self.0.output.push(line.to_owned());
        Ok(())
    }
    pub async fn commit(self) -> Result<()> {
        later("commit", ()).await;
        Ok(())
    }
    pub async fn rollback(self) -> Result<()> {
        later("rollback", ()).await;
        Ok(())
    }
}
