//! Arrays that a parser fills with parts of a text: they borrow what is older than they are.

#![allow(dead_code, reason = "some of it is there to be dropped only")]

use super::harness::later;
use super::stubs::*;
use crate::harness::{D, log};

/// Of the crate `httparse`.
#[derive(Clone, Copy, Debug)]
struct Header<'b> {
    name: &'b str,
}

const EMPTY: Header<'static> = Header { name: "" };

struct Request<'h, 'b> {
    headers: &'h mut [Header<'b>],
    method: Option<&'b str>,
}

impl<'h, 'b> Request<'h, 'b> {
    fn new(headers: &'h mut [Header<'b>]) -> Self {
        log("new");
        Request { headers, method: None }
    }

    fn parse(&mut self, text: &'b str) -> Result<usize> {
        let mut words = text.split(' ');
        self.method = words.next();
        let headers = std::mem::take(&mut self.headers);
        let mut count = 0;
        for (header, name) in headers.iter_mut().zip(words) {
            header.name = name;
            count += 1;
        }
        self.headers = &mut headers[..count];
        match count {
            0 => Err(Error::Parse("headers")),
            count => Ok(count),
        }
    }
}

async fn read_line(buffer: &mut String, line: &str) -> Result<usize> {
    later("read_line", ()).await;
    buffer.push_str(line);
    Ok(line.len())
}

awaits! {
    headers(line: &'static str) with ("GET a bc") -> Result<usize> {
        let _d = D("d");
        let mut buffer = String::new();
        let mut headers = [EMPTY; 4];
        let mut request = Request::new(&mut headers);
        loop {
            let n = read_line(&mut buffer, line).await?;
            match n {
                0 => return Err(Error::Closed),
                _ if buffer.len() > 10 => break,
                _ => {}
            }
        }
        let count = request.parse(&buffer)?;
        later("parsed", count).await;
        Ok(request.headers.iter().map(|header| header.name.len()).sum())
    }
    in_a_loop(line: &'static str) with ("GET a bc") -> Result<usize> {
        let mut sum = 0;
        for round in 0..2 {
            let mut buffer = String::from(if round == 0 { line } else { "x" });
            let mut headers = [EMPTY; 4];
            let mut request = Request::new(&mut headers);
            read_line(&mut buffer, " more").await?;
            sum += request.parse(&buffer)?;
            later("parsed", ()).await;
            sum += request.headers[0].name.len();
        }
        Ok(sum)
    }
    of_nothing() -> Result<usize> {
        let _d = D("d");
        let mut buffer = String::new();
        let mut headers = [EMPTY; 4];
        let mut request = Request::new(&mut headers);
        read_line(&mut buffer, "GET").await?;
        request.parse(&buffer)
    }
    numbers(n: usize) with (3) -> usize {
        const NONE: Option<u32> = None;
        let mut slots = [NONE; 4];
        slots[n] = Some(1);
        later("x", ()).await;
        slots.iter().flatten().count()
    }
}
