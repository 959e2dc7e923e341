//! SHA-256 (FIPS 180-4) in few bytes of wasm.
//!
//! A page hashes an identifier the moment it is given, so the browser's own hash, which answers later, does not serve. The
//! library that the edge uses is three times as large; that both give the same is tested.

/// The first 32 bits of the fractions of the square roots (`POWER` 2) or cube roots (3) of the first primes.
const fn roots<const COUNT: usize>(power: u32) -> [u32; COUNT] {
    let mut roots = [0; COUNT];
    let (mut candidate, mut found): (u128, usize) = (2, 0);
    while found < COUNT {
        let mut divisor = 2;
        while candidate % divisor != 0 {
            divisor += 1;
        }
        if divisor == candidate {
            roots[found] = root(candidate << (32 * power), power);
            found += 1;
        }
        candidate += 1;
    }
    roots
}

/// The last 32 bits of the largest whole number whose power is not above `of`.
const fn root(of: u128, power: u32) -> u32 {
    let (mut root, mut bit): (u128, u32) = (0, 37);
    while bit > 0 {
        bit -= 1;
        let larger = root | 1 << bit;
        if larger.pow(power) <= of {
            root = larger;
        }
    }
    (root & 0xffff_ffff) as u32
}

const START: [u32; 8] = roots(2);
static ROUNDS: [u32; 64] = roots(3);

/// The digest.
pub(super) fn sha256(text: &[u8]) -> [u8; 32] {
    let mut padded = text.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend_from_slice(&(text.len() as u64 * 8).to_be_bytes());
    let mut state = START;
    for block in padded.chunks_exact(64) {
        compress(&mut state, block);
    }
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(&state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

#[expect(clippy::many_single_char_names, reason = "the standard's own names")]
fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut schedule = [0_u32; 64];
    for at in 0..64 {
        schedule[at] = if let Some(&[a, b, c, d]) = block.get(at * 4..at * 4 + 4) {
            u32::from_be_bytes([a, b, c, d])
        } else {
            let (early, late) = (schedule[at - 15], schedule[at - 2]);
            (early.rotate_right(7) ^ early.rotate_right(18) ^ early >> 3)
                .wrapping_add(late.rotate_right(17) ^ late.rotate_right(19) ^ late >> 10)
                .wrapping_add(schedule[at - 16])
                .wrapping_add(schedule[at - 7])
        };
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for round in 0..64 {
        let one = (e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(g ^ e & (f ^ g))
            .wrapping_add(h)
            .wrapping_add(schedule[round])
            .wrapping_add(ROUNDS[round]);
        let two = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(a & b | c & (a | b));
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(one), c, b, a, one.wrapping_add(two));
    }
    for (word, new) in state.iter_mut().zip(&[a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(*new);
    }
}

#[cfg(all(test, feature = "records"))]
mod tests {
    use super::sha256;
    use crate::canonical;
    use proptest::prelude::*;

    #[test]
    fn every_length_of_the_last_block_is_padded_as_the_library_does() {
        for length in 0..200 {
            let text = vec![0xa5; length];
            assert_eq!(sha256(&text), canonical::sha256(&text), "{length}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_same_hash_as_the_librarys(text: Vec<u8>) {
            prop_assert_eq!(sha256(&text), canonical::sha256(&text));
        }
    }
}
