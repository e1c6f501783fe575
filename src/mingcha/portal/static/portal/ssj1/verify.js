/* From the files to the verdict (protocol 7.3–7.8; Command line, `verify` and `explain`). */
(function (SSJ1) {
  "use strict";

  var INPUTS = ["plan.json", "roster.csv", "inspectors.csv", "recusals.csv", "entropy.json"];
  var CONFIDENTIAL = ["inspectors.csv", "recusals.csv"];
  var NAMES = "evidence/names.csv";
  var ROWS_AT_ONCE = 8192, BYTES_AT_ONCE = 1 << 21;

  async function digestOf(bytes, breathe) {
    var hash = new SSJ1.Sha256();
    for (var at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
      hash.update(bytes.subarray(at, at + BYTES_AT_ONCE));
      await breathe(at, bytes.length);
    }
    return hash.hex();
  }

  async function checkDigest(plan, stem, bytes, breathe) {
    var found = await digestOf(bytes, breathe);
    SSJ1.must(found === plan.tables[stem], stem + "-digest", { file: stem + ".csv", seen: found });
  }

  /* Who stands behind a number is not changed after the sealing (protocol 7.10). True when it was compared. */
  async function checkNames(plan, bytes, breathe) {
    if (!bytes || plan.names === undefined || plan.names === null) return false;
    var found = await digestOf(bytes, breathe);
    SSJ1.must(found === plan.names, "names-digest", { file: NAMES, seen: found });
    return true;
  }

  async function readRoster(bytes, breathe) {
    var roster = new SSJ1.Roster(bytes);
    while (roster.rows < roster.total) {
      roster.read(roster.rows + ROWS_AT_ONCE);
      await breathe(roster.rows, roster.total);
    }
    return roster;
  }

  /* Repeats a draw. `files` maps names to Uint8Array; `planDigest` is the digest that the reader kept from
     the sealing, or null; `progress(step)` answers a function (done, total) to be awaited now and then.
     A bundle without both files about inspectors is public: then only the targets are repeated. */
  async function replay(files, planDigest, progress) {
    var open = CONFIDENTIAL.every(function (name) { return !files[name]; });
    INPUTS.forEach(function (name) {
      SSJ1.must(files[name] || (open && CONFIDENTIAL.includes(name)), "file-missing", { file: name });
    });
    var checking = progress("check");
    var plan = SSJ1.parsePlan(files["plan.json"]);
    var promised = planDigest === null || planDigest.toLowerCase() === plan.digest;
    SSJ1.must(promised, "plan-digest", { file: "plan.json", seen: plan.digest });
    var roster = await readRoster(files["roster.csv"], checking);
    await checkDigest(plan, "roster", files["roster.csv"], checking);
    var inspectors = [], recusals = [];
    if (!open) {
      inspectors = SSJ1.parseInspectors(files["inspectors.csv"]);
      await checkDigest(plan, "inspectors", files["inspectors.csv"], checking);
      recusals = SSJ1.parseRecusals(files["recusals.csv"]);
      await checkDigest(plan, "recusals", files["recusals.csv"], checking);
    }
    var keys = SSJ1.deriveKeys(plan, SSJ1.parseEntropy(files["entropy.json"], plan));
    var strata = await SSJ1.select(plan, keys.drawKey, roster, progress);
    var drawn = SSJ1.numbered(strata);
    var pairing = null;
    if (!open) {
      var targets = drawn.map(function (entry) { return { id: entry.id, skill: roster.fields(entry.row)[3] }; });
      pairing = new SSJ1.Pairing(keys.inspKey, inspectors, targets, recusals, plan.perTarget);
      await pairing.run(progress("pair"));
    }
    return { plan: plan, keys: keys, roster: roster, strata: strata, drawn: drawn, pairing: pairing };
  }

  /* result.csv as one text (protocol 7.8); without a pairing only the five columns about the targets. */
  function resultText(draw) {
    var team = draw.pairing ? draw.plan.perTarget : 0, roster = draw.roster;
    var lines = [["seq", "kind", "id", "stratum", "ticket"]];
    for (var n = 1; n <= team; n++) lines[0].push("inspector" + n);
    function line(number, kind, entry, members) {
      var cells = [number, kind, entry.id, roster.codes[roster.stratumOf[entry.row]], entry.ticket].concat(members);
      while (cells.length < 5 + team) cells.push("");
      lines.push(cells);
    }
    draw.drawn.forEach(function (entry, n) { line(n + 1, "S", entry, team ? draw.pairing.team(n) : []); });
    var place = 0;
    draw.strata.forEach(function (s) {
      s.reserves.forEach(function (entry) { line(++place, "R", entry, []); });
    });
    return lines.map(function (cells) { return cells.join(",") + "\n"; }).join("");
  }

  /* The published result with its inspector columns left out (Command line, public bundle). A line with
     another number of columns stays as it is, so that it differs from any replay. */
  function targetColumns(text, perTarget) {
    return text.split("\n").map(function (line) {
      var cells = line.split(",");
      return cells.length === 5 + perTarget ? cells.slice(0, 5).join(",") : line;
    }).join("\n");
  }

  /* The first line in which two texts differ, null when they are the same. */
  function firstDifference(given, again) {
    if (given === again) return null;
    var a = given.split("\n"), b = again.split("\n"), n = 0;
    while (a[n] === b[n]) n++;
    return { line: n + 1, given: a[n] === undefined ? "" : SSJ1.shown(a[n]), again: b[n] === undefined ? "" : SSJ1.shown(b[n]) };
  }

  /* Bytes as text, one character a byte, so that foreign bytes compare unequal instead of failing. */
  function plainText(bytes) {
    return new TextDecoder("latin1").decode(bytes);
  }

  /* Repeats the draw and compares it with result.csv. Answers {draw, report}; the report is plain data for
     the page. Refuses as `replay`, and when there is no result.csv. */
  async function verify(files, planDigest, progress) {
    var draw = await replay(files, planDigest, progress);
    var published = files["result.csv"];
    SSJ1.must(published, "file-missing", { file: "result.csv" });
    var comparing = progress("compare");
    var namesCompared = await checkNames(draw.plan, files[NAMES], comparing);
    var again = resultText(draw), given = plainText(published);
    await comparing(0, 1);
    var compared = draw.pairing ? given : targetColumns(given, draw.plan.perTarget);
    var result = new TextEncoder().encode(again);
    return {
      draw: draw,
      report: Object.assign(figures(draw), {
        planGiven: planDigest !== null,
        namesCompared: namesCompared,
        difference: firstDifference(compared, again),
        match: compared === again,
        resultDigest: await digestOf(published, comparing),
        replayedDigest: await digestOf(result, comparing),
        result: result
      })
    };
  }

  function figures(draw) {
    return {
      drawId: draw.plan.drawId,
      title: draw.plan.title,
      planDigest: draw.plan.digest,
      seedText: draw.keys.seedText,
      seed: draw.keys.seed,
      drawKey: draw.keys.drawKey,
      inspKey: draw.keys.inspKey,
      rows: draw.roster.rows,
      drawn: draw.drawn.length,
      perTarget: draw.plan.perTarget,
      weighting: draw.plan.weighting,
      targetsOnly: draw.pairing === null,
      strata: draw.strata.map(function (s) {
        return { code: s.code, rows: s.rows, eligible: s.eligible, drawn: s.drawn.length,
                 reserves: s.reserves.length, cutoff: s.cutoff ? String(SSJ1.keyNumber(s.cutoff)) : null };
      }),
      chains: draw.pairing ? draw.pairing.chains : [],
      unserved: draw.pairing ? draw.pairing.unserved : []
    };
  }

  /* Why one id was drawn or not (Command line: `explain`); null when the roster does not hold it. */
  function explain(draw, id) {
    var row = draw.roster.find(id);
    if (row < 0) return null;
    var fields = draw.roster.fields(row), roster = draw.roster, weighting = draw.plan.weighting;
    var tickets = new SSJ1.Tickets(draw.keys.drawKey);
    tickets.take(roster.bytes, roster.starts[row], roster.starts[row] + roster.ends[row]);
    var key = SSJ1.ticketKey(tickets, SSJ1.ticketFactor(weighting, roster.weight[row]));
    var number = SSJ1.keyNumber({ high: key[0], low: key[1] });
    var stratum = draw.strata.find(function (s) { return s.code === fields[1]; });
    function place(list) {
      return list.findIndex(function (entry) { return entry.row === row; }) + 1;
    }
    var seq = place(draw.drawn), reserve = place(stratum.reserves);
    var within = stratum.cutoff !== null && number <= SSJ1.keyNumber(stratum.cutoff);
    return {
      id: id,
      stratum: fields[1],
      weight: roster.weight[row],
      weighting: weighting,
      excluded: fields[4],
      ticket: tickets.hex(),
      key: String(number),
      cutoff: stratum.cutoff ? String(SSJ1.keyNumber(stratum.cutoff)) : null,
      outcome: fields[4] ? "excluded" : seq ? "drawn" : reserve ? "reserve" : "not-drawn",
      number: seq || reserve || null,
      wouldBeDrawn: fields[4] !== "" && within,
      team: seq && draw.pairing && draw.plan.perTarget ? draw.pairing.team(seq - 1) : [],
      teamKnown: draw.pairing !== null,
      perTarget: draw.plan.perTarget,
      text: draw.keys.drawKey + id
    };
  }

  SSJ1.verify = verify;
  SSJ1.explain = explain;
})(self.SSJ1 = self.SSJ1 || {});
