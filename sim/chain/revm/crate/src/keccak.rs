//! Keccak-256 as Ethereum uses it (the padding before NIST's), for the host's digests, with the state in local
//! variables from round to round: quicker on this target than the EVM's own, which works on it in memory.

const RATE: usize = 136;

/// Keccak Team, "Keccak specifications summary": the round constants.
const ROUNDS: [u64; 24] = [
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
];

/// The permutation Keccak-f[1600]; lane (x, y) is `state[x + 5 * y]`.
fn permute(state: &mut [u64; 25]) {
    let mut a = *state;
    for constant in ROUNDS {
        // Theta.
        let c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
        let c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
        let c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
        let c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
        let c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
        let d0 = c4 ^ c1.rotate_left(1);
        let d1 = c0 ^ c2.rotate_left(1);
        let d2 = c1 ^ c3.rotate_left(1);
        let d3 = c2 ^ c4.rotate_left(1);
        let d4 = c3 ^ c0.rotate_left(1);
        // Rho, pi and chi, a plane of the result at a time: lane (x, y) goes to (y, 2x + 3y).
        let mut e = [0; 25];
        let planes = [
            [a[0] ^ d0, (a[6] ^ d1).rotate_left(44), (a[12] ^ d2).rotate_left(43), (a[18] ^ d3).rotate_left(21), (a[24] ^ d4).rotate_left(14)],
            [(a[3] ^ d3).rotate_left(28), (a[9] ^ d4).rotate_left(20), (a[10] ^ d0).rotate_left(3), (a[16] ^ d1).rotate_left(45), (a[22] ^ d2).rotate_left(61)],
            [(a[1] ^ d1).rotate_left(1), (a[7] ^ d2).rotate_left(6), (a[13] ^ d3).rotate_left(25), (a[19] ^ d4).rotate_left(8), (a[20] ^ d0).rotate_left(18)],
            [(a[4] ^ d4).rotate_left(27), (a[5] ^ d0).rotate_left(36), (a[11] ^ d1).rotate_left(10), (a[17] ^ d2).rotate_left(15), (a[23] ^ d3).rotate_left(56)],
            [(a[2] ^ d2).rotate_left(62), (a[8] ^ d3).rotate_left(55), (a[14] ^ d4).rotate_left(39), (a[15] ^ d0).rotate_left(41), (a[21] ^ d1).rotate_left(2)],
        ];
        let mut y = 0;
        while y < 5 {
            let b = planes[y];
            e[5 * y] = b[0] ^ (!b[1] & b[2]);
            e[5 * y + 1] = b[1] ^ (!b[2] & b[3]);
            e[5 * y + 2] = b[2] ^ (!b[3] & b[4]);
            e[5 * y + 3] = b[3] ^ (!b[4] & b[0]);
            e[5 * y + 4] = b[4] ^ (!b[0] & b[1]);
            y += 1;
        }
        // Iota.
        e[0] ^= constant;
        a = e;
    }
    *state = a;
}

fn absorb(state: &mut [u64; 25], block: &[u8; RATE]) {
    for (lane, bytes) in state.iter_mut().zip(block.as_chunks::<8>().0) {
        *lane ^= u64::from_le_bytes(*bytes);
    }
    permute(state);
}

/// The hash of bytes.
pub fn keccak(bytes: &[u8]) -> [u8; 32] {
    let mut state = [0; 25];
    let (blocks, rest) = bytes.as_chunks::<RATE>();
    for block in blocks {
        absorb(&mut state, block);
    }
    let mut last = [0; RATE];
    last[..rest.len()].copy_from_slice(rest);
    last[rest.len()] = 1;
    last[RATE - 1] |= 128;
    absorb(&mut state, &last);
    let mut hash = [0; 32];
    for (to, lane) in hash.as_chunks_mut::<8>().0.iter_mut().zip(state) {
        *to = lane.to_le_bytes();
    }
    hash
}
