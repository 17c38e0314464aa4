// @ts-check

/**
 * What MD5 and SHA-256 share: bytes come piece by piece and are compressed in blocks of 64; at the end stand a one bit, zeros,
 * and the length in bits. Each adds its own way to compress a block into the state.
 */
export class BlockHash {
  #block = new Uint8Array(64);
  #view = new DataView(this.#block.buffer);
  #filled = 0;
  #length = 0;
  #isLittleEndian;

  /** @param {Uint32Array} state what it starts with @param {boolean} isLittleEndian how numbers stand in bytes */
  constructor(state, isLittleEndian) {
    this.state = state;
    this.#isLittleEndian = isLittleEndian;
  }

  /** Takes the block into the state. @param {DataView} block 64 bytes */
  compress(block) {
    throw new Error(`not written for ${block.byteLength} bytes`);
  }

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
        this.compress(this.#view);
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
    new DataView(tail.buffer).setBigUint64(0, bits, this.#isLittleEndian);
    this.update(padding).update(tail);
    const hash = new Uint8Array(this.state.length * 4);
    const view = new DataView(hash.buffer);
    this.state.forEach((word, index) => view.setUint32(index * 4, word, this.#isLittleEndian));
    return hash;
  }
}
