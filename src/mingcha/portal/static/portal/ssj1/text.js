/* What holds for every canonical text (protocol 7.1 and 7.2), and the one way to refuse a bundle. */
(function (SSJ1) {
  "use strict";

  /* A bundle that the protocol does not accept. `code` is the same word that verify.py prints after
     REJECTED; `where` says what a reader wants to know: {file, line, seen}, each optional. */
  class Rejected extends Error {
    constructor(code, where) {
      super(code);
      this.code = code;
      this.where = where || {};
    }
  }

  /* Thrown inside the work when the reader has pressed "cancel". */
  class Cancelled extends Error {}

  function must(holds, code, where) {
    if (!holds) throw new Rejected(code, where);
  }

  /* At most 60 characters of foreign text on one line; everything that is not printable ASCII is written
     as an escape, so that nothing in a file can change how the page reads. */
  function shown(value) {
    return String(value).slice(0, 60).replace(/[^ -~]/g, function (c) {
      return "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
    });
  }

  function isText(value, form) {
    return typeof value === "string" && form.test(value);
  }

  function isHex(value, digits) {
    return typeof value === "string" && value.length === digits && !/[^0-9a-f]/.test(value);
  }

  /* ASCII bytes[from..to) as a string. */
  function ascii(bytes, from, to) {
    var text = "";
    for (var i = from; i < to; i++) text += String.fromCharCode(bytes[i]);
    return text;
  }

  /* Line number (from 1) of a position in a file. */
  function lineOf(bytes, position) {
    var line = 1;
    for (var at = bytes.indexOf(10); at >= 0 && at < position; at = bytes.indexOf(10, at + 1)) line++;
    return line;
  }

  var PIECE = 1 << 20;

  /* Position of the first byte that is not ASCII, or -1. */
  function firstBeyondAscii(bytes) {
    for (var i = 0; i < bytes.length; i++) if (bytes[i] > 127) return i;
    return -1;
  }

  function checkUtf8(name, bytes, from) {
    var decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    var at = from;
    try {
      for (; at < bytes.length; at += PIECE) {
        decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
      }
      decoder.decode();
    } catch (error) {
      throw new Rejected("file-encoding", { file: name });
    }
  }

  /* UTF-8 without byte order mark, LF after every line including the last (protocol 7.2). */
  function checkEncoding(name, bytes) {
    var bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    must(!bom, "file-bom", { file: name, line: 1 });
    var cr = bytes.indexOf(13);
    must(cr < 0, "file-cr", { file: name, line: cr < 0 ? 0 : lineOf(bytes, cr) });
    must(bytes[bytes.length - 1] === 10, "file-last-lf", { file: name });
    var foreign = firstBeyondAscii(bytes);
    if (foreign >= 0) checkUtf8(name, bytes, foreign);
  }

  function decode(bytes) {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }

  SSJ1.Rejected = Rejected;
  SSJ1.Cancelled = Cancelled;
  SSJ1.must = must;
  SSJ1.shown = shown;
  SSJ1.isText = isText;
  SSJ1.isHex = isHex;
  SSJ1.ascii = ascii;
  SSJ1.checkEncoding = checkEncoding;
  SSJ1.decode = decode;
})(self.SSJ1 = self.SSJ1 || {});
