/* Canonical JSON, read strictly (protocol 7.2, plan.json).

   The browser's own JSON.parse will not do: it forgets that a key stood twice, rounds large numbers and
   cannot say what was wrong first. So the text is read by hand into Map, Array, string, number, true, false
   and null, written again in the one canonical form, and compared byte by byte with what was given. */
(function (SSJ1) {
  "use strict";

  var MOST_BYTES = 16 * 1024 * 1024;
  /* Deepest nesting that is accepted, and the deepest that is read at all, for the sake of the stack. */
  var MOST_DEPTH = 64, MOST_READ = 900;
  var NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
  var PLAIN = /[^"\\\u0000-\u001f]*/y;
  var ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
  var WRITTEN = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

  class Reader {
    constructor(stem, text) {
      this.stem = stem;
      this.text = text;
      this.at = 0;
    }

    refuse(kind, seen) {
      var line = this.text.slice(0, this.at).split("\n").length;
      throw new SSJ1.Rejected(this.stem + "-" + kind, { file: this.stem + ".json", line: line, seen: seen });
    }

    space() {
      while (" \t\n\r".includes(this.text[this.at] || "x")) this.at++;
    }

    /* True when `mark` comes next, which is then passed. */
    next(mark) {
      if (!this.text.startsWith(mark, this.at)) return false;
      this.at += mark.length;
      return true;
    }

    whole() {
      this.space();
      var value = this.value(0);
      this.space();
      if (this.at < this.text.length) this.refuse("json");
      return value;
    }

    value(depth) {
      if (depth > MOST_READ) this.refuse("json");
      if (this.next('"')) return this.string();
      if (this.next("{")) return this.object(depth);
      if (this.next("[")) return this.array(depth);
      if (this.next("null")) return null;
      if (this.next("true")) return true;
      if (this.next("false")) return false;
      return this.number();
    }

    object(depth) {
      var found = new Map();
      this.space();
      if (this.next("}")) return found;
      do {
        this.space();
        if (!this.next('"')) this.refuse("json");
        var key = this.string();
        this.space();
        if (!this.next(":")) this.refuse("json");
        this.space();
        found.set(key, this.value(depth + 1));
        this.space();
      } while (this.next(","));
      if (!this.next("}")) this.refuse("json");
      return found;
    }

    array(depth) {
      var found = [];
      this.space();
      if (this.next("]")) return found;
      do {
        this.space();
        found.push(this.value(depth + 1));
        this.space();
      } while (this.next(","));
      if (!this.next("]")) this.refuse("json");
      return found;
    }

    string() {
      var text = "";
      for (;;) {
        PLAIN.lastIndex = this.at;
        text += PLAIN.exec(this.text)[0];
        this.at = PLAIN.lastIndex;
        if (this.next('"')) return text;
        if (!this.next("\\")) this.refuse("json");
        var mark = this.text[this.at++];
        if (mark === "u") {
          var digits = this.text.slice(this.at, this.at + 4);
          if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.refuse("json");
          text += String.fromCharCode(parseInt(digits, 16));
          this.at += 4;
        } else if (Object.prototype.hasOwnProperty.call(ESCAPES, mark)) {
          text += ESCAPES[mark];
        } else {
          this.refuse("json");
        }
      }
    }

    /* Non-negative integers below 2^53 are the only numbers of the protocol (7.1, 7.2). */
    number() {
      if (/^(?:NaN|-?Infinity)/.test(this.text.substr(this.at, 9))) this.refuse("number");
      NUMBER.lastIndex = this.at;
      var found = NUMBER.exec(this.text);
      if (!found) this.refuse("json");
      var digits = found[0], whole = found[1] === undefined && found[2] === undefined;
      var right = whole && digits[0] !== "-" && digits.length <= 16 && Number.isSafeInteger(Number(digits));
      if (!right) this.refuse("number", SSJ1.shown(digits));
      this.at = NUMBER.lastIndex;
      return Number(digits);
    }
  }

  /* True when lists and objects are nested more than `levels` deep. */
  function deeper(value, levels) {
    if (!Array.isArray(value) && !(value instanceof Map)) return false;
    return levels === 0 || Array.from(value.values()).some(function (v) { return deeper(v, levels - 1); });
  }

  /* Order of two keys by code point. JavaScript compares 16-bit units, which puts U+1F600 (written with
     units from D800) before U+FF01; shifting the units from D800 up above all others puts that right. */
  function byCodePoint(a, b) {
    for (var i = 0; i < a.length && i < b.length; i++) {
      var x = a.charCodeAt(i), y = b.charCodeAt(i);
      if (x !== y) return rank(x) - rank(y);
    }
    return a.length - b.length;
  }

  function rank(unit) {
    return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
  }

  function quoted(text) {
    return '"' + text.replace(/["\\\u0000-\u001f]/g, function (c) {
      return WRITTEN[c] || "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0");
    }) + '"';
  }

  /* Keys sorted, no spaces, non-ASCII characters as they are. */
  function written(value) {
    if (typeof value === "string") return quoted(value);
    if (Array.isArray(value)) return "[" + value.map(written).join(",") + "]";
    if (!(value instanceof Map)) return String(value);
    var keys = Array.from(value.keys()).sort(byCodePoint);
    return "{" + keys.map(function (k) { return quoted(k) + ":" + written(value.get(k)); }).join(",") + "}";
  }

  /* A surrogate without its partner cannot be written as UTF-8 at all. */
  var LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

  /* The value of `<stem>.json`; refuses file-…, and with the stem in front -json (not JSON, or nested too
     deeply), -number and -canonical. */
  function canonical(stem, bytes) {
    var name = stem + ".json";
    SSJ1.must(bytes.length <= MOST_BYTES, "file-too-large", { file: name });
    SSJ1.checkEncoding(name, bytes);
    var text = SSJ1.decode(bytes);
    var value = new Reader(stem, text).whole();
    SSJ1.must(!deeper(value, MOST_DEPTH), stem + "-json", { file: name });
    var again = written(value) + "\n";
    SSJ1.must(!LONE.test(again), stem + "-json", { file: name });
    SSJ1.must(again === text, stem + "-canonical", { file: name, seen: difference(again, text) });
    return value;
  }

  /* What stands where the canonical form differs for the first time. */
  function difference(again, text) {
    var at = 0;
    while (at < again.length && again[at] === text[at]) at++;
    return SSJ1.shown(text.slice(Math.max(0, at - 10), at + 30));
  }

  SSJ1.canonicalJson = canonical;
})(self.SSJ1 = self.SSJ1 || {});
