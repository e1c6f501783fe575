/* How many are drawn in each stratum (protocol 7.5), in whole numbers only. Counts times factors may pass
   2^53, where JavaScript's numbers become inexact, so the arithmetic is BigInt throughout. */
(function (SSJ1) {
  "use strict";

  function least(a, b) {
    return a < b ? a : b;
  }

  function ceiling(numerator, denominator) {
    return (numerator + denominator - 1n) / denominator;
  }

  /* `strata` is [{code, rows, eligible}]; answers the numbers k_s in the same order. */
  function quotas(quota, strata) {
    function given(name, code, otherwise) {
      var table = quota.get(name);
      return BigInt(table && table.has(code) ? table.get(code) : otherwise);
    }
    var all = quota.get("base") === "all", mode = quota.get("mode");
    var room = strata.map(function (s) { return BigInt(s.eligible); });
    var base = strata.map(function (s) { return BigInt(all ? s.rows : s.eligible); });
    var wanted;
    if (mode === "fixed") {
      wanted = strata.map(function (s, n) { return least(room[n], given("k", s.code, 0)); });
    } else if (mode === "rate") {
      /* Rounded up, because the rule says "not below". */
      wanted = strata.map(function (s, n) {
        var share = ceiling(base[n] * given("bp", s.code, 0), 10000n), min = given("min", s.code, 0);
        return least(room[n], share > min ? share : min);
      });
    } else {
      var total = quota.has("k") ? BigInt(quota.get("k")) : ceiling(sum(base) * BigInt(quota.get("bp")), 10000n);
      var shares = strata.map(function (s, n) { return base[n] * given("factor", s.code, 1); });
      var codes = strata.map(function (s) { return s.code; });
      wanted = apportion(least(total, sum(room)), shares, room, codes);
    }
    return wanted.map(Number);
  }

  function sum(numbers) {
    return numbers.reduce(function (a, b) { return a + b; }, 0n);
  }

  /* Largest remainders in proportion to `shares`. A stratum that would be full is fixed at its room and
     leaves, and the rest is shared out again; what is left when all are full is not drawn. */
  function apportion(total, shares, room, codes) {
    var fixed = shares.map(function () { return 0n; });
    var live = [];
    shares.forEach(function (share, n) { if (share > 0n) live.push(n); });
    while (live.length) {
      var part = split(total, shares, live, codes);
      var full = live.filter(function (n) { return part.get(n) >= room[n]; });
      (full.length ? full : live).forEach(function (n) { fixed[n] = full.length ? room[n] : part.get(n); });
      if (!full.length) break;
      total -= sum(full.map(function (n) { return room[n]; }));
      var leave = new Set(full);
      live = live.filter(function (n) { return !leave.has(n); });
    }
    return fixed;
  }

  /* One round: floors, then one more each to the largest remainders, ties to the smaller stratum code. */
  function split(total, shares, live, codes) {
    var whole = sum(live.map(function (n) { return shares[n]; }));
    var part = new Map(live.map(function (n) { return [n, total * shares[n] / whole]; }));
    var rest = Number(total - sum(Array.from(part.values())));
    var remainder = new Map(live.map(function (n) { return [n, total * shares[n] % whole]; }));
    live.slice().sort(function (a, b) {
      var x = remainder.get(a), y = remainder.get(b);
      return x !== y ? (x > y ? -1 : 1) : codes[a] < codes[b] ? -1 : 1;
    }).slice(0, rest).forEach(function (n) { part.set(n, part.get(n) + 1n); });
    return part;
  }

  SSJ1.quotas = quotas;
})(self.SSJ1 = self.SSJ1 || {});
