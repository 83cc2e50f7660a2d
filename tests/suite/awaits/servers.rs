//! What servers do: connections, chats, actors, sockets, transactions.

#![allow(dead_code, reason = "some of it is there to be dropped or shown only")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

enum Ask {
    Get {
        key: String,
        reply: oneshot::Sender<Option<String>>,
    },
    Set {
        key: String,
        value: String,
        reply: oneshot::Sender<usize>,
    },
    Stop,
}

struct Health(D);
impl Health {
    async fn report(&self, n: usize) {
        later("report", ()).await;
        log(n);
    }
}

awaits! {
    with_shutdown(mut connection: Connection, mut shutdown: Shutdown) with (connection(&["get a", "get b"]), shutdown()) -> Result<usize> {
        let mut n = 0;
        while !shutdown.is_shutdown() {
            let maybe = connection.read_frame().await?;
            let Some(frame) = maybe else { break };
            connection.write_frame(&frame).await?;
            n += 1;
            if n == 2 { shutdown.recv().await; }
        }
        connection.close().await?;
        audit(n as u64).await;
        Ok(n)
    }
    respond_then_log(request: Request, health: &Health) with (request("a", "b"), &health) given { let health = Health(D("health")); } -> Result<(), AppError> {
        let size = request.body.len();
        later("work", ()).await;
        request.respond("done")?;
        health.report(size).await;
        Ok(())
    }
    chat_session(mut connection: Connection, peers: Rc<Mutex<HashMap<u32, mpsc::Sender<String>>>>) with (connection(&["ada", "hi", "bye"]), Rc::new(Mutex::new(HashMap::new()))) -> Result<usize, AppError> {
        let mut name = String::new();
        connection.read_line(&mut name).await?;
        let (tx, mut rx) = mpsc::channel(8);
        {
            let mut peers = peers.lock().await;
            peers.insert(1, tx);
        }
        let mut sent = 0;
        loop {
            let mut line = String::new();
            if connection.read_line(&mut line).await? == 0 {
                break;
            }
            let message = format!("{name}: {line}");
            for (id, peer) in peers.lock().await.iter() {
                log(id);
                peer.send(message.clone()).await?;
                sent += 1;
            }
            while let Some(message) = rx.recv().await {
                connection.write_all(message.as_bytes()).await?;
            }
        }
        peers.lock().await.remove(&1);
        notify(&format!("{name} left")).await?;
        Ok(sent)
    }
    chat_with_a_shared_state(state: &Mutex<Vec<String>>, text: &str) with (&state, " Hello ") given { let state = Mutex::new(vec![String::from("x")]); } -> usize {
        let text = text.trim().to_lowercase();
        let mut members = state.lock().await;
        for word in text.split(' ') {
            members.push(word.to_owned());
            audit(word.len() as u64).await;
        }
        members.len()
    }
    shadowed_text(text: &str) with ("One Two one") -> usize {
        let text = text.to_lowercase();
        let mut count = 0;
        for word in text.split_whitespace() {
            notify(word).await.unwrap();
            count += 1;
        }
        count
    }
    distinct_words(text: String) with (String::from("one two one")) -> usize {
        let mut seen = HashSet::new();
        for part in text.split(' ') {
            seen.insert(part);
            audit(part.len() as u64).await;
        }
        seen.len()
    }
    word_counts(text: String) with (String::from("one two one")) -> Vec<(String, u32)> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for word in text.split_whitespace() {
            *counts.entry(word).or_insert(0) += 1;
            sleep(1).await;
        }
        counts.into_iter().map(|(word, n)| (word.to_owned(), n)).collect()
    }
    actor_loop(mut inbox: mpsc::Receiver<Ask>, mut map: HashMap<String, String>) with (inbox(), HashMap::new()) -> usize {
        let mut handled = 0;
        while let Some(ask) = inbox.recv().await {
            match ask {
                Ask::Get { key, reply } => {
                    let value = map.get(&key).cloned();
                    let _ = reply.send(value);
                }
                Ask::Set { key, value, reply } => {
                    later("store", ()).await;
                    map.insert(key, value);
                    let _ = reply.send(map.len());
                    audit(map.len() as u64).await;
                }
                Ask::Stop => break,
            }
            handled += 1;
        }
        inbox.close();
        handled
    }
    request_reply(jobs: Vec<(u32, oneshot::Sender<u32>)>) with (vec![(1, oneshot::channel().0), (2, oneshot::channel().0)]) -> Result<u32> {
        let mut sum = 0;
        for (n, reply) in jobs {
            let result = later("double", n * 2).await;
            reply.send(result).map_err(|_| Error::Closed)?;
            audit(result as u64).await;
            sum += result;
        }
        Ok(sum)
    }
    websocket_loop(mut socket: WebSocket) with (websocket()) -> Result<usize, AppError> {
        let mut echoed = 0;
        while let Some(message) = socket.recv().await {
            match message? {
                Message::Text(text) => {
                    let reply = format!("echo {text}");
                    socket.send(Message::Text(reply)).await?;
                    echoed += 1;
                }
                Message::Ping(n) => socket.send(Message::Ping(n + 1)).await?,
                Message::Binary(data) if data.is_empty() => continue,
                Message::Binary(data) => {
                    for byte in &data {
                        audit(*byte as u64).await;
                    }
                }
                Message::Close => {
                    log("closing");
                    break;
                }
            }
        }
        socket.close().await?;
        notify("closed").await?;
        Ok(echoed)
    }
    websocket_upgrade(upgrade: Upgrade, db: Db) with (upgrade(), db()) -> Result<(), AppError> {
        let mut socket = upgrade.accept().await?;
        socket.send(Message::Text("welcome".into())).await?;
        let first = socket.recv().await;
        db.set("first", &format!("{first:?}"));
        Ok(())
    }
    select_tick(mut interval: Interval, mut inbox: mpsc::Receiver<u32>, health: Health) with (interval(), mpsc::channel(1).1, Health(D("health"))) -> u32 {
        use futures::FutureExt;
        let mut ticks = 0;
        while ticks < 3 {
            let tick = interval.tick().fuse();
            let message = inbox.recv().fuse();
            futures::pin_mut!(tick, message);
            futures::select_biased! {
                n = tick => { ticks = n; }
                m = message => { if m.is_none() { break; } }
            }
            health.report(ticks as usize).await;
        }
        ticks
    }
    biggest(list: Vec<String>) with (vec!["a".into(), "ccc".into(), "bb".into()]) -> Option<String> {
        let mut best: Option<&String> = None;
        for item in &list {
            sleep(item.len() as u64).await;
            if best.is_none_or(|best| best.len() < item.len()) {
                best = Some(item);
            }
        }
        best.cloned()
    }
    lent_transaction(client: &mut Connection, line: &str) with (&mut c, "x") given { let mut c = connection(&[]); } -> Result<u32, AppError> {
        let mut tx = client.transaction().await?;
        tx.insert(line).await?;
        tx.commit().await?;
        notify("committed").await?;
        Ok(1)
    }
    lent_transaction_rolls_back(client: &mut Connection, line: &str) with (&mut c, "bad") given { let mut c = connection(&[]); } -> Result<u32, AppError> {
        let mut tx = client.transaction().await?;
        if let Err(error) = tx.insert(line).await {
            tx.rollback().await?;
            return Err(error.into());
        }
        tx.commit().await?;
        client.flush().await?;
        Ok(1)
    }
    lent_transaction_of_a_local(line: &str) with ("x") -> Result<u32, AppError> {
        let mut client = connection(&[]);
        let mut tx = client.transaction().await?;
        tx.insert(line).await?;
        tx.commit().await?;
        client.close().await?;
        sleep(1).await;
        Ok(1)
    }

    one_request_each(c: bool) with (true) -> Result<usize, String> {
        let service = Service(D("service"));
        let _younger = D("younger");
        if c {
            let other = service.clone();
            let answer = other.oneshot("first").await?;
            later(answer.name(), ()).await;
        }
        let answer = service.oneshot("second").await.unwrap();
        assert_eq!(answer.name(), "second");
        Ok(later("end", answer.name().len()).await)
    }
}

/// As those of tower.
#[derive(Clone)]
struct Service(D);

impl Service {
    async fn oneshot(self, request: &'static str) -> Result<D, String> {
        later("request", ()).await;
        Ok(D(request))
    }
}

fn inbox() -> mpsc::Receiver<Ask> {
    let (sender, receiver) = mpsc::channel(4);
    sender
        .try_send(Ask::Set {
            key: "k".into(),
            value: "v".into(),
            reply: oneshot::channel().0,
        })
        .unwrap();
    sender
        .try_send(Ask::Get {
            key: "k".into(),
            reply: oneshot::channel().0,
        })
        .unwrap();
    sender.try_send(Ask::Stop).unwrap();
    receiver
}
