/* SHA-256 (FIPS 180-4), written for this verifier: the draw needs nothing else from cryptography.

   Three ways in: `Sha256` for a file read in pieces, `hex`/`text` for something short, and `Tickets`,
   which hashes a million "key + id" texts without making an object for each (protocol 7.4). */
(function (SSJ1) {
  "use strict";

  /* First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
  var K = new Int32Array([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  ]);
  /* The same of the square roots of the first 8 primes: the state before the first block (5.3.3). */
  var START = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  ];
  /* The message schedule; only one block is ever in work, so one buffer serves all. */
  var W = new Int32Array(64);

  /* One block: its 16 words stand in W[0..15]; `state` (Int32Array of 8) moves on (FIPS 180-4, 6.2.2). */
  function compress(state) {
    var t, x, y;
    for (t = 16; t < 64; t++) {
      x = W[t - 15];
      y = W[t - 2];
      W[t] = (W[t - 16] + W[t - 7]
        + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3))
        + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
    }
    var a = state[0], b = state[1], c = state[2], d = state[3];
    var e = state[4], f = state[5], g = state[6], h = state[7];
    for (t = 0; t < 64; t++) {
      x = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))
        + (g ^ (e & (f ^ g))) + K[t] + W[t]) | 0;
      y = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10)))
        + ((a & b) | (c & (a | b)))) | 0;
      h = g; g = f; f = e; e = (d + x) | 0;
      d = c; c = b; b = a; a = (x + y) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  /* 64 bytes from `at` become W[0..15], most significant byte first. */
  function load(bytes, at) {
    for (var t = 0; t < 16; t++, at += 4) {
      W[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
  }

  function wordsToHex(state) {
    var text = "";
    for (var i = 0; i < 8; i++) text += (state[i] >>> 0).toString(16).padStart(8, "0");
    return text;
  }

  /* A message in pieces: update(bytes) any number of times, then hex() once. */
  class Sha256 {
    constructor() {
      this.state = Int32Array.from(START);
      this.rest = new Uint8Array(64);
      this.filled = 0;
      this.length = 0;
    }

    update(bytes) {
      var at = 0;
      this.length += bytes.length;
      if (this.filled) {
        at = Math.min(64 - this.filled, bytes.length);
        this.rest.set(bytes.subarray(0, at), this.filled);
        this.filled += at;
        if (this.filled < 64) return this;
        load(this.rest, 0);
        compress(this.state);
        this.filled = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) {
        load(bytes, at);
        compress(this.state);
      }
      this.rest.set(bytes.subarray(at));
      this.filled = bytes.length - at;
      return this;
    }

    /* Padding: 0x80, zeros, and the length in bits as 64-bit number (FIPS 180-4, 5.1.1). */
    hex() {
      var tail = new Uint8Array(this.filled < 56 ? 64 : 128);
      tail.set(this.rest.subarray(0, this.filled));
      tail[this.filled] = 0x80;
      var view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(this.length / 0x20000000));
      view.setUint32(tail.length - 4, (this.length << 3) >>> 0);
      for (var at = 0; at < tail.length; at += 64) {
        load(tail, at);
        compress(this.state);
      }
      return wordsToHex(this.state);
    }
  }

  /* Tickets under one draw key: H(draw_key + id) for many ids (protocol 7.4).

     A key has 32 characters and an id at most 32, so key and id are one block up to 23 characters of id
     and two blocks otherwise. The eight words of the key are prepared once. */
  class Tickets {
    constructor(key) {
      this.state = new Int32Array(8);
      this.block = new Uint8Array(128);
      for (var i = 0; i < 32; i++) this.block[i] = key.charCodeAt(i);
      load(this.block, 0);
      this.key = W.slice(0, 8);
    }

    /* Hashes bytes[from..to) after the key; the answer stands in `high` and `low` (the first 64 bits of the
       ticket as two unsigned numbers) and, for the whole ticket, in hex(). */
    take(bytes, from, to) {
      var state = this.state, size = to - from, i, at;
      for (i = 0; i < 8; i++) state[i] = START[i];
      if (size < 24) {
        W.set(this.key);
        for (i = 8; i < 15; i++) W[i] = 0;
        for (i = 0, at = from; at < to; at++, i++) W[8 + (i >> 2)] |= bytes[at] << (24 - ((i & 3) << 3));
        W[8 + (i >> 2)] |= 0x80 << (24 - ((i & 3) << 3));
        W[15] = (32 + size) << 3;
        compress(state);
      } else {
        this.block.fill(0, 32);
        for (i = 0; i < size; i++) this.block[32 + i] = bytes[from + i];
        this.block[32 + size] = 0x80;
        load(this.block, 0);
        compress(state);
        load(this.block, 64);
        W[15] = (32 + size) << 3;
        compress(state);
      }
      this.high = state[0] >>> 0;
      this.low = state[1] >>> 0;
    }

    hex() {
      return wordsToHex(this.state);
    }
  }

  /* H(s) of an ASCII text (protocol 7.1). */
  function text(ascii) {
    var bytes = new Uint8Array(ascii.length);
    for (var i = 0; i < ascii.length; i++) bytes[i] = ascii.charCodeAt(i);
    return new Sha256().update(bytes).hex();
  }

  SSJ1.Sha256 = Sha256;
  SSJ1.Tickets = Tickets;
  SSJ1.sha256 = text;
})(self.SSJ1 = self.SSJ1 || {});
