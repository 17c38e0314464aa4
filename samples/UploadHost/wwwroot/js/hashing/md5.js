// @ts-check
import { BlockHash } from './block-hash.js';

/** MD5 (RFC 1321) piece by piece: S3 servers check it as Content-MD5 on arrival. It guards against accidents, not against forgers. */
export class Md5 extends BlockHash {
  #words = new Uint32Array(16);

  constructor() {
    super(new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]), true);
  }

  /** @override @param {DataView} block */
  compress(block) {
    const words = this.#words;
    for (let i = 0; i < 16; i++) words[i] = block.getUint32(i * 4, true);
    let [a, b, c, d] = this.state;
    for (let i = 0; i < 64; i++) {
      const [mixed, word] = step(i, b, c, d);
      const sum = (a + mixed + sines[i] + words[word]) | 0;
      const turn = turns[((i >> 4) << 2) | (i & 3)];
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
    }
    [a, b, c, d].forEach((word, index) => (this.state[index] += word));
  }
}

/** @param {number} i @param {number} b @param {number} c @param {number} d @returns {[number, number]} */
function step(i, b, c, d) {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) & 15];
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) & 15];
  return [c ^ (b | ~d), (7 * i) & 15];
}

const sines = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
