// @ts-check

/** MD5 (RFC 1321) piece by piece: S3 servers check it as Content-MD5 on arrival. It guards against accidents, not against forgers. */
export class Md5 {
  #state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  #block = new Uint8Array(64);
  #view = new DataView(this.#block.buffer);
  #words = new Uint32Array(16);
  #filled = 0;
  #length = 0;

  /** @param {Uint8Array} bytes @returns {this} */
  update(bytes) {
    this.#length += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      const take = Math.min(64 - this.#filled, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === 64) {
        this.#compress();
        this.#filled = 0;
      }
    }
    return this;
  }

  /** The hash; nothing may be added afterwards. @returns {Uint8Array} */
  digest() {
    const bits = BigInt(this.#length) * 8n;
    const padding = new Uint8Array((this.#filled < 56 ? 56 : 120) - this.#filled);
    padding[0] = 0x80;
    const tail = new Uint8Array(8);
    new DataView(tail.buffer).setBigUint64(0, bits, true);
    this.update(padding).update(tail);
    const hash = new Uint8Array(16);
    const view = new DataView(hash.buffer);
    this.#state.forEach((word, index) => view.setUint32(index * 4, word, true));
    return hash;
  }

  #compress() {
    const words = this.#words;
    for (let i = 0; i < 16; i++) words[i] = this.#view.getUint32(i * 4, true);
    let [a, b, c, d] = this.#state;
    for (let i = 0; i < 64; i++) {
      const [mixed, word] = step(i, b, c, d);
      const sum = (a + mixed + sines[i] + words[word]) | 0;
      const turn = turns[((i >> 4) << 2) | (i & 3)];
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
    }
    [a, b, c, d].forEach((word, index) => (this.#state[index] += word));
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
