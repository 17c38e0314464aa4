// @ts-check
import { BlockHash } from './block-hash.js';

/** SHA-256 (FIPS 180-4) over bytes that come piece by piece: WebCrypto takes only what fits into memory at once. */
export class Sha256 extends BlockHash {
  #schedule = new Uint32Array(64);

  constructor() {
    super(new Uint32Array(initial), false);
  }

  /** @override @param {DataView} block */
  compress(block) {
    const w = this.#schedule;
    for (let i = 0; i < 16; i++) w[i] = block.getUint32(i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    this.#rounds(w);
  }

  /** @param {Uint32Array} w */
  #rounds(w) {
    let [a, b, c, d, e, f, g, h] = this.state;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (this.state[index] += word));
  }
}

/** The first 32 bits of the fractional parts of roots of the first primes, computed instead of copied. @param {number} root @param {number} count */
function fractions(root, count) {
  const words = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    if (!isPrime(candidate)) continue;
    const value = candidate ** (1 / root);
    words[found++] = Math.floor((value - Math.floor(value)) * 2 ** 32);
  }
  return words;
}

/** @param {number} value */
function isPrime(value) {
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false;
  return true;
}

const initial = fractions(2, 8);
const constants = fractions(3, 64);
