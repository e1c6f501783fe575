/* Turns what the worker found into sentences and tables. Everything foreign goes in as text, never as HTML. */
(function () {
  "use strict";

  var given = JSON.parse(document.getElementById("check-sentences").textContent);

  /* A sentence of the page with its places filled in: %(name)s or %(name)d. */
  function say(name, places) {
    return fill(given.texts[name], places);
  }

  function fill(text, places) {
    return text.replace(/%\((\w+)\)[sd]/g, function (whole, place) {
      return String((places || {})[place]);
    });
  }

  function node(tag, children, attributes) {
    var made = document.createElement(tag);
    [].concat(children).forEach(function (child) { made.append(child); });
    Object.entries(attributes || {}).forEach(function (pair) { made.setAttribute(pair[0], pair[1]); });
    return made;
  }

  /* [[label, value]…] as a definition list; values are shown as code. */
  function definitions(pairs) {
    return node("dl", pairs.map(function (pair) {
      return node("div", [node("dt", pair[0]), node("dd", node("code", pair[1]))]);
    }), { "class": "mc-definitions mc-definitions-single" });
  }

  function verdict(tone, heading, sentences) {
    var parts = [node("h2", heading, { id: "check-verdict" })];
    sentences.forEach(function (sentence) { parts.push(node("p", sentence)); });
    return node("div", parts, { "class": "mc-check-verdict mc-tone-" + tone });
  }

  function joined(name, items) {
    return items.reduce(function (first, rest) { return say(name, { first: first, rest: rest }); });
  }

  function stratumName(code) {
    return given.strata[code] || code;
  }

  /* The order number as the draw's page writes it: without weights, the first 16 digits of the ticket. */
  function keyText(key, weighting) {
    return weighting === "w16" ? key : BigInt(key).toString(16).padStart(16, "0");
  }

  function strataTable(report) {
    var weighted = report.weighting === "w16";
    var heads = ["stratum", "rows", "eligible", "drawn", "reserves", weighted ? "cutoff-weighted" : "cutoff"].map(function (n) { return say(n); });
    var head = node("tr", heads.map(function (text) { return node("th", text, { scope: "col" }); }));
    var rows = report.strata.map(function (s) {
      var cells = [stratumName(s.code), s.rows, s.eligible, s.drawn, s.reserves,
                   s.cutoff === null ? "—" : node("code", keyText(s.cutoff, report.weighting))];
      return node("tr", cells.map(function (cell, n) { return node("td", cell, { "data-label": heads[n] }); }));
    });
    var table = node("table", [node("thead", head), node("tbody", rows)], { "class": "table mc-cards-on-phone" });
    return node("div", table, { "class": "table-responsive", tabindex: "0", role: "region", "aria-label": say("figures") });
  }

  function chainSentence(chain) {
    var moves = joined("moves", chain.moves.map(function (move) {
      return say("hand-over", { giver: move[0], target: say("target", { seq: move[1] }), taker: move[2] });
    }));
    if (chain.joins === null) {
      var last = chain.moves[chain.moves.length - 1];
      return say("level", { giver: chain.moves[0][0], taker: last[2], moves: moves });
    }
    return say("repair", { target: say("target", { seq: chain.seq }), moves: moves, joins: chain.joins });
  }

  /* Why a place stayed empty, and the count that proves it (protocol 7.7, step 2). */
  function gapSentence(gap) {
    var nobody = gap.reached.length === 0;
    var places = { target: say("target-id", gap), slots: gap.slots, count: gap.reached.length,
                   who: nobody ? "" : joined("list", gap.reached), needed: gap.needed, room: gap.room };
    var text = say(nobody ? "short-nobody" : "short", places);
    return gap.needed > gap.room ? text + say(nobody ? "counted-nobody" : "counted", places) : text;
  }

  function list(sentences) {
    return node("ul", sentences.map(function (sentence) { return node("li", sentence); }));
  }

  function pairingParts(report) {
    if (report.targetsOnly || !report.perTarget) return [];
    var parts = [node("h3", say("chains"))];
    parts.push(report.chains.length ? list(report.chains.map(chainSentence)) : node("p", say("no-chains")));
    if (report.unserved.length) {
      parts.push(node("h3", say("gaps")), list(report.unserved.map(gapSentence)));
    }
    return parts;
  }

  function differenceParts(found) {
    return [node("h3", say("difference", { line: found.line })), definitions([
      [say("given"), found.given || say("nothing")], [say("again"), found.again || say("nothing")]
    ])];
  }

  function saving(report) {
    var file = URL.createObjectURL(new Blob([report.result], { type: "text/csv" }));
    return node("p", node("a", say("save"), { href: file, download: "result.csv", "class": "btn" }));
  }

  /* What the page shows for a report. */
  function reported(report) {
    var reasons = report.match ? [say(report.targetsOnly ? "match-targets" : "match-all")] : [say("mismatch-why")];
    reasons.push(say(report.planGiven ? "plan-kept" : "plan-not-kept"));
    reasons.push(say(report.namesCompared ? "names-compared" : "names-not-compared"));
    var changes = report.changes, wrong = changes && changes.wrong;
    if (changes) reasons.push(say(wrong ? "changes-wrong" : "changes-right", { count: changes.count, number: wrong }));
    var tone = !report.match || wrong ? "danger" : report.planGiven ? "success" : "info";
    var digests = [
      [say("draw-id"), report.drawId], [say("plan-digest"), report.planDigest],
      [say("seed-text"), report.seedText], [say("seed"), report.seed], [say("draw-key"), report.drawKey],
      [say("result-digest"), report.resultDigest]
    ];
    /* Without the inspectors' columns the repeated file is another one, and its digest would only confuse. */
    if (!report.targetsOnly || !report.perTarget) digests.push([say("replayed-digest"), report.replayedDigest]);
    var figures = (report.match ? [] : differenceParts(report.difference)).concat(
      [node("h3", say("figures")), strataTable(report)],
      pairingParts(report),
      [node("h3", say("digests")), definitions(digests), saving(report)]);
    return [verdict(tone, say(report.match ? "match" : "mismatch"), reasons),
            node("div", figures, { "class": "mc-check-figures" })];
  }

  /* What the page shows when the files were refused: which file, which line, why. */
  function rejected(code, where) {
    var why = given.why[code] || given.why[code.replace(/^(roster|inspectors|recusals)-/, "table-")];
    var place = where.line ? say("where-line", where) : say("where", where);
    if (code === "file-unreadable") return [verdict("warning", say("unread"), [node("strong", place), why])];
    var seen = code.endsWith("-digest") ? "seen-digest" : "seen";
    var details = [[seen, where.seen], ["field", where.field]].filter(function (pair) { return pair[1]; });
    return [
      verdict("danger", say(code === "plan-digest" ? "refused-digest" : "refused"), [node("strong", place), why, say("refused-next", { code: code })]),
      definitions(details.map(function (pair) { return [say(pair[0]), pair[1]]; }))
    ];
  }

  function outcome(found) {
    var why = given.exclusions[found.excluded] || found.excluded;
    var name = found.outcome === "not-drawn" && found.cutoff === null ? "id-none-drawn" : "id-" + found.outcome;
    return say(name, { id: found.id, number: found.number, why: why });
  }

  /* One firm's line: first the answer, then the figures behind it. */
  function explained(id, found) {
    if (!found) return [node("p", say("id-unknown", { id: id }))];
    var key = found.weighting === "w16" ? say("id-key-weighted", found) : say("id-key");
    var figures = [[say("id-stratum"), stratumName(found.stratum)], [say("id-ticket"), found.ticket],
                   [key, keyText(found.key, found.weighting)]];
    if (found.cutoff !== null) figures.push([say("id-cutoff"), keyText(found.cutoff, found.weighting)]);
    if (found.team.length) figures.push([say("id-team"), joined("list", found.team)]);
    var parts = [node("h3", id), node("p", outcome(found))];
    if (found.wouldBeDrawn) parts.push(node("p", say("id-would")));
    parts.push(definitions(figures), node("p", [say("id-command") + " ", node("code", "printf %s " + found.text + " | sha256sum")], { "class": "mc-hint" }));
    return [node("article", parts, { "class": "mc-answer" })];
  }

  window.mingchaCheckReport = { say: say, node: node, verdict: verdict, reported: reported, rejected: rejected, explained: explained };
})();
