/* Bring home what was written without a network: steps and changes first, then files piece by piece.

   Nothing here relies on the browser doing something while the page is closed: it starts when the page opens,
   when the network comes back, when the page is looked at again, and every twenty seconds in between. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, BATCH = 100, PIECE = 256 * 1024, WEEK = 7 * 24 * 3600 * 1000, CALM = 10 * 60 * 1000;
  const listeners = [];
  let running = false, again = false;
  /** How the last talk went: "", "offline", "signed_out" or "failed". */
  let trouble = "";

  function tell() { listeners.forEach(function (listener) { listener(); }); }

  function plain(op) {
    return { seq: op.seq, field: op.field, value: op.value, parents: op.parents, at: op.at };
  }

  /** Refusals that go away by themselves once the entry has been taken or the minute is over. */
  function passing(code) { return code === "form.not_entered" || code.indexOf("limit.phone") === 0; }

  async function mark(pk, ops, outcomes) {
    for (let place = 0; place < ops.length; place++) {
      const op = ops[place], refusal = outcomes[place].refusal;
      if (refusal && passing(refusal.code)) continue;
      await P.store.change("ops", [pk, op.client, op.seq], function (row) {
        return row && Object.assign(row, refusal ? { status: "refused", refusal: refusal } : { status: "taken" });
      });
    }
  }

  /** Keep what the platform says of the visit, as of the moment it was asked. */
  function stand(pk, content, asked) {
    return P.store.change("visits", pk, function (row) {
      if (!row) return null;
      ["state", "state_text", "open", "ahead", "over", "entered_at", "left_at", "lead", "team", "code"].forEach(function (name) {
        row[name] = content[name];
      });
      ["enter", "leave"].forEach(function (name) {
        const said = content[name];
        if (!said || !row[name]) return;
        if (said.taken) row[name].taken = true;
        row[name].refusals = said.taken ? [] : said.refusals;
      });
      row.gone = false;
      row.after = Math.max(row.after, content.after);
      row.looked_at = asked;
      return row;
    });
  }

  /** The visit is no longer this person's: what was written stays here until it is downloaded. */
  function part(pk, asked) {
    return P.store.change("visits", pk, function (row) {
      return row && Object.assign(row, { gone: true, looked_at: asked });
    });
  }

  /** One sending of changes; gives the outcome, and whether more is to be sent or told. */
  async function exchange(pk) {
    const row = await P.store.visit(pk);
    const taken = await P.store.take(pk, BATCH), ops = taken.ops;
    const content = { client: row.client, after: row.after, ops: ops.map(plain) };
    if (row.enter && !row.enter.taken) content.enter = row.enter.said;
    if (row.leave && !row.leave.taken && !taken.left) content.leave = row.leave.said;
    const asked = new Date().toISOString();
    const answer = await P.net.post(P.address("exchange", pk), content);
    if (answer.kind === "gone") await part(pk, asked);
    if (answer.kind !== "ok") return { kind: answer.kind, more: false };
    await mark(pk, ops, answer.content.outcomes || []);
    await P.store.learn(pk, answer.content.ops);
    await stand(pk, answer.content, asked);
    await follow(pk, answer.content.evidence);
    const told = answer.content.outcomes || [];
    const moved = told.some(function (one) { return !one.refusal || !passing(one.refusal.code); });
    return { kind: "ok", more: answer.content.more || (taken.left > 0 && moved) };
  }

  /** What the platform says of files: another phone may have given one up. */
  async function follow(pk, told) {
    for (const one of told) {
      await P.store.change("files", one.uuid, function (row) {
        if (!row || row.pk !== pk) return null;
        if (row.status === "taken") return null;
        if (one.whole) return Object.assign(row, { status: "taken", received: one.size });
        if (one.dropped !== null) return row.status === "refused" ? null : Object.assign(row, { status: "refused", refusal: { message: one.dropped } });
        return row.received === one.received ? null : Object.assign(row, { received: one.received });
      });
    }
  }

  function refuseFile(uuid, refusal) {
    return P.store.change("files", uuid, function (row) {
      return Object.assign(row, { status: "refused", refusal: refusal });
    });
  }

  async function announce(row) {
    const content = {
      uuid: row.uuid, kind: row.kind, point: row.point, name: row.name, sha256: row.sha256, size: row.size,
      at: row.at, place: row.place, sight: row.sight || null
    };
    const answer = await P.net.post(P.address("announce", row.pk), content);
    if (answer.kind === "refused") {
      const refusal = answer.content.refusals[0];
      if (!passing(refusal.code)) await refuseFile(row.uuid, refusal);
    }
    if (answer.kind === "ok") {
      await P.store.change("files", row.uuid, function (kept) {
        return Object.assign(kept, { announced: true, received: answer.content.received });
      });
    }
    return answer;
  }

  /** Send a file from where the platform has it. Gives the kind of the last outcome. */
  async function upload(uuid) {
    let row = await P.store.file(uuid), restarts = 0;
    const announced = await announce(row);
    if (announced.kind !== "ok") return announced.kind;
    let received = announced.content.received, whole = announced.content.whole;
    while (!whole) {
      const blob = row.blob.slice(received, received + PIECE);
      const answer = await P.net.send(P.pieceAddress(uuid, received), blob);
      if (answer.kind === "ok") {
        received = answer.content.received;
        whole = answer.content.whole;
      } else if (answer.kind === "refused") {
        const refusal = answer.content.refusals[0];
        if (refusal.code === "evidence.offset") received = refusal.params.received;
        else if (refusal.code === "evidence.digest" && restarts < 1) { restarts += 1; received = 0; }
        else if (passing(refusal.code)) return "failed";
        else { await refuseFile(uuid, refusal); return "ok"; }
      } else {
        return answer.kind;
      }
      row = await P.store.change("files", uuid, progress(received, whole));
      tell();
    }
    return "ok";
  }

  function progress(received, whole) {
    return function (row) { return Object.assign(row, { received: received, status: whole ? "taken" : row.status }); };
  }

  /** Whether the form is closed. It may open again: what was handed in may be returned. */
  function closed(row) { return row.open === false && row.ahead === false; }

  /** Whether a visit is to be asked about now: one that may come back, now and then. */
  function due(row) {
    if (!closed(row) && !row.gone) return true;
    return (row.gone || !row.over) && Date.now() - new Date(row.looked_at || 0).getTime() > CALM;
  }

  async function visitHome(row) {
    /* Files are announced first: a signature in the form names one. */
    const files = (await P.store.files(row.pk)).filter(function (one) { return one.status === "queued"; });
    /* Signatures are small: on a weak network they do not wait behind a recording. */
    files.sort(function (a, b) { return a.size - b.size; });
    let kind = row.gone ? "gone" : "ok";
    if (due(row)) {
      let more = true;
      kind = "ok";
      while (more && kind === "ok") {
        const step = await exchange(row.pk);
        kind = step.kind;
        more = step.more;
      }
      tell();
    } else if (kind === "ok" && (await P.store.waiting(row)).all) {
      kind = (await exchange(row.pk)).kind;
    }
    for (const one of files) {
      if (kind !== "ok") break;
      kind = await upload(one.uuid);
    }
    if (kind === "ok" || kind === "gone") await settle(row.pk);
    return kind;
  }

  /** Everything is up: from now on seven days; then the firm is forgotten here, once nothing can come back. */
  async function settle(pk) {
    const row = await P.store.visit(pk), left = await P.store.waiting(row);
    await P.store.change("visits", pk, function (kept) {
      return Object.assign(kept, { uploaded_at: left.held ? null : kept.uploaded_at || new Date().toISOString() });
    });
  }

  /** Forget visits that are over or somebody else's, with everything uploaded a week ago. */
  async function tidy() {
    for (const row of await P.store.visits()) {
      const old = row.uploaded_at && Date.now() - new Date(row.uploaded_at).getTime() > WEEK;
      if ((row.over || row.gone) && old && !(await P.store.waiting(row)).held) await P.store.forget(row.pk);
    }
  }

  /** Bring everything home; one at a time, and once more when something was written meanwhile. */
  async function run() {
    if (running) { again = true; return; }
    running = true;
    try {
      do {
        again = false;
        let kind = "ok";
        for (const row of await P.store.visits()) {
          const answer = await visitHome(row);
          if (answer !== "ok" && answer !== "refused" && answer !== "gone") kind = answer;
          if (kind === "offline" || kind === "signed_out") break;
        }
        trouble = kind === "ok" ? "" : kind;
      } while (again && !trouble);
      await tidy();
    } finally {
      running = false;
      tell();
    }
  }

  let soon = 0;
  /** Bring home shortly: people write several things in a row. */
  function hurry() {
    root.clearTimeout(soon);
    soon = root.setTimeout(run, 1500);
  }

  function start() {
    root.addEventListener("online", run);
    document.addEventListener("visibilitychange", function () { if (!document.hidden) run(); });
    root.setInterval(function () { if (!document.hidden) run(); }, 20000);
    return run();
  }

  P.sync = {
    start: start, run: run, hurry: hurry,
    on: function (listener) { listeners.push(listener); },
    trouble: function () { return trouble; },
    running: function () { return running; }
  };
}(self));
