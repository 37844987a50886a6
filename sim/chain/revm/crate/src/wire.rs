//! The packed form in which questions come in and answers go out.
//!
//! Both are a binary part followed by a text part; every number is little-endian, every address, word and
//! run of bytes is 0x and hexadecimal digits in the text part, so that the host neither parses nor prints
//! digits one by one. A buffer begins with the length of its binary part, four bytes that count themselves in.

use revm::primitives::{Address, B256, Bytes, U256};

/// The buffer is not what the export expects.
pub struct Malformed;

pub struct Reader<'a> {
    binary: &'a [u8],
    text: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let (head, _) = bytes.split_first_chunk::<4>().ok_or(Malformed)?;
        let length = u32::from_le_bytes(*head) as usize;
        if length < 4 || length > bytes.len() {
            return Err(Malformed);
        }
        let (binary, text) = bytes.split_at(length);
        Ok(Reader { binary: &binary[4..], text })
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (head, rest) = self.binary.split_first_chunk::<N>().ok_or(Malformed)?;
        self.binary = rest;
        Ok(*head)
    }

    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(self.number::<1>()?[0])
    }

    pub fn u32(&mut self) -> Result<u32, Malformed> {
        self.number().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64, Malformed> {
        self.number().map(u64::from_le_bytes)
    }

    pub fn u128(&mut self) -> Result<u128, Malformed> {
        self.number().map(u128::from_le_bytes)
    }

    pub fn u256(&mut self) -> Result<U256, Malformed> {
        self.number::<32>().map(U256::from_le_bytes)
    }

    fn digits(&mut self, bytes: usize) -> Result<&'a [u8], Malformed> {
        let length = bytes.checked_mul(2).and_then(|digits| digits.checked_add(2)).ok_or(Malformed)?;
        let (digits, rest) = self.text.split_at_checked(length).ok_or(Malformed)?;
        self.text = rest;
        digits.strip_prefix(b"0x").ok_or(Malformed)
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let digits = self.digits(N)?;
        let mut bytes = [0; N];
        decode(digits, &mut bytes)?;
        Ok(bytes)
    }

    pub fn address(&mut self) -> Result<Address, Malformed> {
        self.fixed().map(Address::from)
    }

    pub fn word(&mut self) -> Result<B256, Malformed> {
        self.fixed().map(B256::from)
    }

    /// As many bytes as the binary part says next.
    pub fn bytes(&mut self) -> Result<Bytes, Malformed> {
        let length = self.u32()? as usize;
        let digits = self.digits(length)?;
        let mut bytes = vec![0; length];
        decode(digits, &mut bytes)?;
        Ok(bytes.into())
    }

    /// A count of entries that take at least `least` characters of the text part each.
    pub fn count_of_text(&mut self, least: usize) -> Result<usize, Malformed> {
        let count = self.u32()? as usize;
        if count.checked_mul(least).is_none_or(|all| all > self.text.len()) {
            return Err(Malformed);
        }
        Ok(count)
    }

    pub fn end(&self) -> Result<(), Malformed> {
        if self.binary.is_empty() && self.text.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

const NONE: u8 = 0xff;
/// The value of each hexadecimal digit.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 16 {
        values[b"0123456789abcdef"[value] as usize] = value as u8;
        values[b"0123456789ABCDEF"[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The two digits of each byte.
const DIGITS: [[u8; 2]; 256] = {
    let mut digits = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        digits[byte] = [b"0123456789abcdef"[byte >> 4], b"0123456789abcdef"[byte & 15]];
        byte += 1;
    }
    digits
};

fn decode(digits: &[u8], into: &mut [u8]) -> Result<(), Malformed> {
    let mut wrong = 0;
    for (pair, byte) in digits.as_chunks::<2>().0.iter().zip(into) {
        let (high, low) = (VALUES[pair[0] as usize], VALUES[pair[1] as usize]);
        wrong |= high | low;
        *byte = (high << 4) | (low & 15);
    }
    if wrong > 15 { Err(Malformed) } else { Ok(()) }
}

/// Where a length of text goes, and where that text begins.
pub struct Measure {
    at: usize,
    from: usize,
}

/// Kept from answer to answer, so that answering allocates only while answers still grow.
#[derive(Default)]
pub struct Writer {
    pub binary: Vec<u8>,
    text: Vec<u8>,
}

impl Writer {
    pub fn begin(&mut self) {
        self.binary.clear();
        self.binary.extend_from_slice(&[0; 4]);
        self.text.clear();
    }

    pub fn u8(&mut self, value: u8) {
        self.binary.push(value);
    }

    pub fn u32(&mut self, value: u32) {
        self.binary.extend_from_slice(&value.to_le_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.binary.extend_from_slice(&value.to_le_bytes());
    }

    pub fn digits(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(b"0x");
        let start = self.text.len();
        self.text.resize(start + 2 * bytes.len(), 0);
        for (byte, pair) in bytes.iter().zip(self.text[start..].as_chunks_mut::<2>().0) {
            *pair = DIGITS[*byte as usize];
        }
    }

    /// Leaves room for the length of the text that follows; `measured` fills it in.
    pub fn measure(&mut self) -> Measure {
        let measure = Measure { at: self.binary.len(), from: self.text.len() };
        self.u32(0);
        measure
    }

    pub fn measured(&mut self, measure: Measure) {
        let length = (self.text.len() - measure.from) as u32;
        self.binary[measure.at..measure.at + 4].copy_from_slice(&length.to_le_bytes());
    }

    /// Bytes of a length that the reader does not know.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.u32(bytes.len() as u32);
        self.digits(bytes);
    }

    /// Plain words, in place of digits.
    pub fn words(&mut self, words: &str) {
        // The host reads the text part as ASCII.
        let ascii = words.bytes().map(|byte| if byte.is_ascii() { byte } else { b'?' });
        self.text.extend(ascii);
    }

    /// The whole answer.
    pub fn end(&mut self) -> &[u8] {
        let length = self.binary.len() as u32;
        self.binary[..4].copy_from_slice(&length.to_le_bytes());
        self.binary.extend_from_slice(&self.text);
        &self.binary
    }
}
