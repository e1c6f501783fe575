/* roster.csv (protocol 7.2), a million rows on a phone: the file stays the one block of bytes that was read,
   and a row is a number. Where the row begins, which stratum it is in and whether it is excluded stand in
   typed arrays; its text is looked up in the file when somebody asks. */
(function (SSJ1) {
  "use strict";

  var HEADER = "id,stratum,weight,skill,excluded";
  var LF = 10, COMMA = 44, ZERO = 48;
  var IN_ID = 1, IN_CODE = 2, LONGEST = 32;
  /* What each byte may be part of: ids are 0-9 A-Z, codes are 0-9 A-Z a-z _ . - */
  var KIND = new Uint8Array(256);
  Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").forEach(function (c) { KIND[c.charCodeAt(0)] = IN_ID | IN_CODE; });
  Array.from("abcdefghijklmnopqrstuvwxyz_.-").forEach(function (c) { KIND[c.charCodeAt(0)] = IN_CODE; });

  function count(bytes, wanted) {
    var found = 0;
    for (var i = 0; i < bytes.length; i++) if (bytes[i] === wanted) found++;
    return found;
  }

  /* -1, 0 or 1 as bytes [a..aEnd) stand before, with or after [b..bEnd), byte by byte. */
  function order(bytes, a, aEnd, b, bEnd) {
    for (; a < aEnd && b < bEnd; a++, b++) if (bytes[a] !== bytes[b]) return bytes[a] < bytes[b] ? -1 : 1;
    return a < aEnd ? 1 : b < bEnd ? -1 : 0;
  }

  class Roster {
    /* Checks line ends, encoding and header; the rows are read by `read`. */
    constructor(bytes) {
      SSJ1.checkEncoding("roster.csv", bytes);
      this.bytes = bytes;
      var end = bytes.indexOf(LF);
      var header = SSJ1.decode(bytes.subarray(0, Math.min(end, 200)));
      SSJ1.must(end < 200 && header === HEADER, "roster-header", { file: "roster.csv", line: 1, seen: SSJ1.shown(header) });
      this.total = count(bytes, LF) - 1;
      this.rows = 0;
      this.at = end + 1;
      this.starts = new Uint32Array(this.total);
      this.ends = new Uint8Array(this.total);
      this.stratumOf = new Uint32Array(this.total);
      this.weight = new Uint8Array(this.total);
      this.excluded = new Uint8Array(this.total);
      /* Strata in order of first appearance: code, number of rows, number of eligible rows. */
      this.codes = [];
      this.counts = [];
      this.eligible = [];
      this.byHash = new Map();
    }

    /* Reads rows until `until` of them are known; refuses roster-pattern, -duplicate and -order. */
    read(until) {
      var bytes = this.bytes, stop = Math.min(until, this.total);
      while (this.rows < stop) {
        var start = this.at, row = this.rows;
        var idEnd = this.field(start, IN_ID, 1, COMMA);
        var stratumEnd = this.field(idEnd + 1, IN_CODE, 1, COMMA);
        var weightEnd = this.weightField(stratumEnd + 1);
        var skillEnd = this.field(weightEnd + 1, IN_CODE, 0, COMMA);
        var end = this.field(skillEnd + 1, IN_CODE, 0, LF);
        if (row > 0) this.follows(row, start, idEnd);
        this.starts[row] = start;
        this.ends[row] = idEnd - start;
        this.excluded[row] = end > skillEnd + 1 ? 1 : 0;
        var stratum = this.stratum(idEnd + 1, stratumEnd);
        this.stratumOf[row] = stratum;
        this.counts[stratum]++;
        if (!this.excluded[row]) this.eligible[stratum]++;
        this.at = end + 1;
        this.rows++;
      }
    }

    /* End of a field that begins at `from`: `least` to 32 bytes of one kind, then `mark`. */
    field(from, kind, least, mark) {
      var bytes = this.bytes, at = from, most = from + LONGEST;
      while (at < most && KIND[bytes[at]] & kind) at++;
      if (at - from < least || bytes[at] !== mark) this.refuse("roster-pattern");
      return at;
    }

    /* 1 to 16, without a leading zero. */
    weightField(from) {
      var bytes = this.bytes, first = bytes[from] - ZERO, second = bytes[from + 1] - ZERO;
      var two = second >= 0 && second <= 9;
      var value = two ? first * 10 + second : first, end = from + (two ? 2 : 1);
      var right = first >= 1 && first <= 9 && value <= 16 && bytes[end] === COMMA;
      if (!right) this.refuse("roster-pattern");
      this.weight[this.rows] = value;
      return end;
    }

    follows(row, start, idEnd) {
      var before = this.starts[row - 1];
      var compared = order(this.bytes, before, before + this.ends[row - 1], start, idEnd);
      if (compared >= 0) this.refuse(compared ? "roster-order" : "roster-duplicate");
    }

    refuse(code) {
      var end = this.bytes.indexOf(LF, this.at), line = this.bytes.subarray(this.at, Math.min(end, this.at + 200));
      throw new SSJ1.Rejected(code, { file: "roster.csv", line: this.rows + 2, seen: SSJ1.shown(SSJ1.decode(line)) });
    }

    /* The number of a stratum; its code becomes a string only when it is new. */
    stratum(from, to) {
      var bytes = this.bytes, hash = 0;
      for (var i = from; i < to; i++) hash = (Math.imul(hash, 31) + bytes[i]) | 0;
      var same = this.byHash.get(hash) || [];
      for (var n = 0; n < same.length; n++) if (this.spells(this.codes[same[n]], from, to)) return same[n];
      this.byHash.set(hash, same.concat(this.codes.length));
      this.codes.push(SSJ1.ascii(bytes, from, to));
      this.counts.push(0);
      this.eligible.push(0);
      return this.codes.length - 1;
    }

    spells(code, from, to) {
      if (code.length !== to - from) return false;
      for (var i = from; i < to; i++) if (this.bytes[i] !== code.charCodeAt(i - from)) return false;
      return true;
    }

    id(row) {
      return SSJ1.ascii(this.bytes, this.starts[row], this.starts[row] + this.ends[row]);
    }

    /* All five fields of a row as text. */
    fields(row) {
      return SSJ1.ascii(this.bytes, this.starts[row], this.bytes.indexOf(LF, this.starts[row])).split(",");
    }

    /* The row with this id, or -1; ids ascend, so half of what is left falls away with each look. */
    find(id) {
      var low = 0, high = this.rows - 1;
      while (low <= high) {
        var middle = (low + high) >> 1, found = this.id(middle);
        if (found === id) return middle;
        if (found < id) low = middle + 1; else high = middle - 1;
      }
      return -1;
    }
  }

  SSJ1.Roster = Roster;
})(self.SSJ1 = self.SSJ1 || {});
