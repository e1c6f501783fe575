/**
 * Verifies a code shown at a door, in this browser and without a network: ECDSA P-256 with SHA-256 over the
 * characters of the token's body (base/crypto/signing.py). Used by the firm's page and by the inspector's.
 */
(function (root) {
  "use strict";

  const MAX = 4096;

  /** The bytes of base64url without padding; null for anything else. */
  function bytes(text) {
    if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
    try {
      const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "===".slice((text.length + 3) % 4));
      return Uint8Array.from(plain, (one) => one.charCodeAt(0));
    } catch (error) {
      return null;
    }
  }

  /** The token in what a scanner gives: an address that ends in it, or the token itself. */
  function tokenIn(text) {
    const found = String(text).trim().match(/([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\/?(?:[?#].*)?$/);
    return found ? found[1] : "";
  }

  function payloadOf(body) {
    const raw = bytes(body);
    if (!raw) return null;
    try {
      const said = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
      return said && typeof said === "object" && !Array.isArray(said) ? said : null;
    } catch (error) {
      return null;
    }
  }

  /** Whether this browser can verify at all: WebCrypto is there on HTTPS and on localhost only. */
  function able() {
    return Boolean(root.crypto && root.crypto.subtle);
  }

  /** Whether the signature (base64url) of a text is by this key. */
  async function signedBy(key, text, signature) {
    const way = { name: "ECDSA", namedCurve: "P-256" };
    const jwk = { kty: "EC", crv: "P-256", x: key.x, y: key.y };
    const known = await root.crypto.subtle.importKey("jwk", jwk, way, false, ["verify"]);
    const raw = bytes(signature), said = new TextEncoder().encode(text);
    return raw !== null && root.crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, known, raw, said);
  }

  /**
   * What a code is worth.
   * @param {string} text what was scanned or pasted
   * @param {Array<{kid: string, x: string, y: string}>} keys public keys as JWK
   * @param {number} now milliseconds since 1970
   * @returns {Promise<{standing: "valid"|"expired"|"malformed"|"unknown_key"|"signature", said: object|null}>}
   */
  async function verify(text, keys, now) {
    const token = tokenIn(text);
    const [body, mark] = token.split(".");
    const said = token.length > 0 && token.length <= MAX ? payloadOf(body) : null;
    const raw = said ? bytes(mark) : null;
    if (!said || !raw || raw.length !== 64 || said.typ !== "door") return { standing: "malformed", said: null };
    const key = keys.find((one) => one.kid === said.kid);
    if (!key) return { standing: "unknown_key", said: null };
    if (!(await signedBy(key, body, mark))) return { standing: "signature", said: null };
    return { standing: said.x * 1000 > now ? "valid" : "expired", said };
  }

  /** The text of a QR in a picture, where the browser reads such; "" where it does not or there is none. */
  async function textIn(picture) {
    if (!("BarcodeDetector" in root)) return "";
    try {
      const image = await createImageBitmap(picture);
      const found = await new root.BarcodeDetector({ formats: ["qr_code"] }).detect(image);
      return found.length ? found[0].rawValue : "";
    } catch (error) {
      return "";
    }
  }

  root.mingchaCode = { able, signedBy, verify, textIn };
})(self);
