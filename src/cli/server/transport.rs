//! Messages over the standard streams: frames in, frames out.
//!
//! A frame is bounded, so that a length that nobody means makes no allocation, and a body that is no
//! message is told from a stream that broke: the first is answered and the session goes on.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc;

use lsp_server::Message;

/// The longest body that is read: the longest list, with every byte escaped, and some room.
const LONGEST_BODY: usize = 8 * crate::source::Source::MAX_BYTES;
/// The longest header that is read; real ones have some thirty bytes.
const LONGEST_HEADER: u64 = 4096;

/// The answer to a body that is no message; its id cannot be known.
const UNREADABLE: &str = r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"this is no JSON-RPC message"}}"#;

/// What came in.
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// A whole frame whose body is no message.
    Unreadable,
}

/// Reads frames from `input` on a thread of its own until the stream ends or breaks; the channel
/// closes then.
pub(super) fn read_all(mut input: impl BufRead + Send + 'static) -> mpsc::Receiver<Incoming> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        while let Ok(Some(body)) = frame(&mut input) {
            let incoming = match serde_json::from_slice::<Message>(&body) {
                Ok(message) => Incoming::Message(message),
                Err(_) => Incoming::Unreadable,
            };
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The body of the next frame; `None` where the stream ends.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input
            .by_ref()
            .take(LONGEST_HEADER)
            .read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        match line.split_once(':') {
            None if line.is_empty() => break,
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<usize>().ok();
            }
            Some(_) => {}
            None => return Err(io::Error::from(io::ErrorKind::InvalidData)),
        }
    }
    let length = length
        .filter(|length| *length <= LONGEST_BODY)
        .ok_or(io::ErrorKind::InvalidData)?;
    let mut body = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Ok(None);
    }
    Ok(Some(body))
}

/// Writes one message.
pub(super) fn write(output: &mut impl Write, message: &Message) -> io::Result<()> {
    message.write(output)
}

/// Answers a frame whose body was no message.
pub(super) fn write_unreadable(output: &mut impl Write) -> io::Result<()> {
    write!(
        output,
        "Content-Length: {}\r\n\r\n{UNREADABLE}",
        UNREADABLE.len()
    )?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(stream: &'static str) -> Vec<Option<String>> {
        read_all(stream.as_bytes())
            .iter()
            .map(|incoming| match incoming {
                Incoming::Message(Message::Notification(one)) => Some(one.method),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn frames_are_read_one_after_the_other() {
        let stream = "Content-Length: 14\r\n\r\n{\"method\":\"a\"}content-length:14\r\nContent-Type: x\r\n\r\n{\"method\":\"b\"}";
        assert_eq!(bodies(stream), [Some("a".into()), Some("b".into())]);
    }

    #[test]
    fn a_body_that_is_no_message_ends_nothing() {
        let stream = "Content-Length: 3\r\n\r\n{{{Content-Length: 14\r\n\r\n{\"method\":\"b\"}";
        assert_eq!(bodies(stream), [None, Some("b".into())]);
    }

    #[test]
    fn a_length_that_nobody_means_ends_the_stream() {
        assert!(bodies("Content-Length: 99999999999999\r\n\r\n{}").is_empty());
        assert!(bodies("Content-Length: -1\r\n\r\n{}").is_empty());
        assert!(bodies("Content-Length: 10\r\n\r\n{}").is_empty());
        assert!(bodies("GET / HTTP/1.1\r\n\r\n").is_empty());
    }
}
