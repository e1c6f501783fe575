/**
 * The QR of a business licence: whether this browser reads one from a picture, and whose licence it is. Used by
 * the inspector's phone and by the form of coming in.
 */
(function (root) {
  "use strict";

  /* No lookbehind: browsers of some years ago would not load this file. */
  const CODE = /(?:^|[^0-9A-Z])([0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Z])/;

  function plain(text) { return String(text || "").normalize("NFKC").toUpperCase().trim(); }

  /** Whether this browser reads a QR from a picture; many do not. */
  async function reads() {
    if (!("BarcodeDetector" in root)) return false;
    try {
      return (await root.BarcodeDetector.getSupportedFormats()).indexOf("qr_code") >= 0;
    } catch (error) {
      return false;
    }
  }

  /**
   * Whose licence a text is of, as the platform looks at it (arriving.check_licence).
   * @param {string} text what was scanned or typed @param {string} own the firm's credit code, as it is known
   * @returns {{standing: "own"|"another"|"none"|"unknown", code: string}} unknown: the firm has no such code
   */
  function whose(text, own) {
    const shown = plain(text), expected = plain(own), found = shown.match(CODE);
    if (!CODE.test(expected)) return { standing: "unknown", code: "" };
    if (shown.indexOf(expected) >= 0) return { standing: "own", code: expected };
    return found ? { standing: "another", code: found[1] } : { standing: "none", code: "" };
  }

  root.mingchaLicence = { reads, whose };
})(self);
