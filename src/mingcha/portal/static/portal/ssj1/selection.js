/* Tickets, order, drawn and reserves (protocol 7.4, 7.6).

   A key is the first 64 bits of the ticket, times 720720/weight under weighting w16. It is kept as two exact
   numbers, high (all above the lowest 32 bits, below 2^52) and low (32 bits). Of a million rows only those
   below a bound become objects: the bound is set where a quarter more than wanted is expected, and a stratum
   that still got too few is simply looked through again without a bound. The bound decides what is sorted,
   never what is drawn. */
(function (SSJ1) {
  "use strict";

  var LCM16 = 720720, TWO32 = 0x100000000, PIECE = 4096;

  /* (key, ticket, id), smallest first. */
  function inOrder(a, b) {
    return a.high - b.high || a.low - b.low || (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : a.id < b.id ? -1 : 1);
  }

  function byTicket(a, b) {
    return a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : a.id < b.id ? -1 : 1;
  }

  /* By how much the ticket of a row of this weight is multiplied. */
  function factor(weighting, weight) {
    return weighting === "w16" ? LCM16 / weight : 1;
  }

  /* The ticket that stands in `tickets` as a key: [high, low]. */
  function keyOf(tickets, times) {
    var low = tickets.low * times;
    return [tickets.high * times + Math.floor(low / TWO32), low % TWO32];
  }

  function keyNumber(entry) {
    return BigInt(entry.high) * BigInt(TWO32) + BigInt(entry.low);
  }

  /* Eligible rows of each (stratum, weight): [stratum * 17 + weight]. */
  function byWeight(roster) {
    var found = new Uint32Array(roster.codes.length * 17);
    for (var row = 0; row < roster.rows; row++) {
      if (!roster.excluded[row]) found[roster.stratumOf[row] * 17 + roster.weight[row]]++;
    }
    return found;
  }

  /* A bound for `high` under which about `wanted` of these rows are expected. */
  function boundFor(wanted, stratum, weights, weighting) {
    var sought = wanted * 1.25 + 64, low = 0, high = LCM16 * TWO32;
    if (sought >= stratum.eligible) return Infinity;
    for (var step = 0; step < 60; step++) {
      var middle = (low + high) / 2, expected = 0;
      for (var w = 1; w <= 16; w++) {
        var rows = weights[stratum.number * 17 + w];
        if (rows) expected += rows * Math.min(1, middle / (factor(weighting, w) * TWO32));
      }
      if (expected < sought) low = middle; else high = middle;
    }
    return Math.ceil(high);
  }

  /* Puts every eligible row whose key is within its stratum's bound into that stratum's `found`. */
  async function collect(roster, drawKey, weighting, strata, breathe) {
    var byNumber = [], tickets = new SSJ1.Tickets(drawKey);
    strata.forEach(function (s) { byNumber[s.number] = s; });
    for (var row = 0; row < roster.rows; row += PIECE) {
      collectPiece(roster, row, Math.min(row + PIECE, roster.rows), tickets, weighting, byNumber);
      await breathe(row, roster.rows);
    }
  }

  function collectPiece(roster, from, to, tickets, weighting, byNumber) {
    for (var row = from; row < to; row++) {
      var stratum = byNumber[roster.stratumOf[row]];
      if (!stratum || roster.excluded[row]) continue;
      tickets.take(roster.bytes, roster.starts[row], roster.starts[row] + roster.ends[row]);
      var times = factor(weighting, roster.weight[row]);
      if (tickets.high * times > stratum.bound) continue;
      var key = keyOf(tickets, times);
      if (key[0] > stratum.bound) continue;
      stratum.found.push({ row: row, id: roster.id(row), high: key[0], low: key[1], ticket: tickets.hex() });
    }
  }

  /* k_s and the number of drawn and reserves together: k + ⌈k·pct/100⌉, at most all eligible rows. */
  function wantedOf(stratum, reservePct) {
    var reserves = (BigInt(stratum.k) * BigInt(reservePct) + 99n) / 100n;
    var room = BigInt(stratum.eligible - stratum.k);
    return stratum.k + Number(reserves < room ? reserves : room);
  }

  /* Strata ascending by code: {code, rows, eligible, drawn, reserves, cutoff}; entries of `drawn` and
     `reserves` are {row, id, ticket, high, low}; cutoff is the last entry drawn, null when nobody was. */
  async function select(plan, drawKey, roster, progress) {
    var strata = roster.codes.map(function (code, n) {
      return { number: n, code: code, rows: roster.counts[n], eligible: roster.eligible[n], found: [] };
    });
    var k = SSJ1.quotas(plan.quota, strata);
    var weights = byWeight(roster);
    strata.forEach(function (s, n) {
      s.k = k[n];
      s.wanted = wantedOf(s, plan.reservePct);
      s.bound = boundFor(s.wanted, s, weights, plan.weighting);
    });
    var open = strata.filter(function (s) { return s.k > 0; });
    while (open.length) {
      await collect(roster, drawKey, plan.weighting, open, progress("tickets"));
      open = open.filter(function (s) { return s.found.length < s.wanted; });
      open.forEach(function (s) { s.found = []; s.bound = Infinity; });
    }
    return sorted(strata, progress("order"));
  }

  async function sorted(strata, breathe) {
    strata.sort(function (a, b) { return a.code < b.code ? -1 : 1; });
    for (var n = 0; n < strata.length; n++) {
      var s = strata[n], first = s.found.sort(inOrder).slice(0, s.wanted);
      s.found = null;
      s.drawn = first.slice(0, s.k);
      s.reserves = first.slice(s.k);
      s.cutoff = s.k ? s.drawn[s.k - 1] : null;
      await breathe(n, strata.length);
    }
    return strata;
  }

  /* The drawn rows of all strata by (ticket, id): position + 1 is the 抽取序号 (protocol 7.6). */
  function numbered(strata) {
    var all = [];
    strata.forEach(function (s) { s.drawn.forEach(function (entry) { all.push(entry); }); });
    return all.sort(byTicket);
  }

  SSJ1.select = select;
  SSJ1.numbered = numbered;
  SSJ1.ticketKey = keyOf;
  SSJ1.ticketFactor = factor;
  SSJ1.keyNumber = keyNumber;
})(self.SSJ1 = self.SSJ1 || {});
