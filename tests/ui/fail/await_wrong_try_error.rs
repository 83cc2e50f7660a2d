//! `?` on what an await gives needs a conversion to the error of the signature.

use unawait::prelude::*;

async fn read(path: &str) -> Result<String, std::io::Error> {
    Ok(path.to_owned())
}

#[coro]
async fn number(path: &str) -> Result<u32, std::num::ParseIntError> {
    let text = read(path).await?;
    text.trim().parse()
}

fn main() {}
