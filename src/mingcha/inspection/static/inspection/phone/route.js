/* Today's route: take visits along while there is a network, one by one or all of the day. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone;
  const rows = Array.from(document.querySelectorAll("[data-visit]")), all = document.getElementById("take-all");

  function say(row, text, tone) {
    const place = row.querySelector("[data-said]");
    place.textContent = text;
    place.dataset.tone = tone;
  }

  /** Whom to call, once the numbers are here. */
  async function calls(row) {
    const kept = await P.store.visit(Number(row.dataset.visit));
    row.querySelector("[data-calls]").replaceChildren(...((kept && kept.contacts) || []).map(P.called));
  }

  async function take(row) {
    say(row, P.word("taking"), "wait");
    const why = await P.preload.take(Number(row.dataset.visit));
    say(row, why || P.word("taken"), why ? "wrong" : "done");
    await calls(row);
    return why === "";
  }

  async function takeAll(wanted) {
    all.disabled = true;
    await P.preload.persist();
    for (const row of wanted) await take(row);
    all.disabled = false;
  }

  async function start() {
    /* The buttons come disabled: one that is pressed before this has run would do nothing. */
    if (!root.indexedDB) return;
    if ("serviceWorker" in root.navigator && root.isSecureContext) {
      root.navigator.serviceWorker.register(P.address("worker"), { scope: P.address("scope") }).catch(function () { return null; });
    }
    const greeted = await P.net.hello();
    if (greeted.kind !== "ok") {
      rows.forEach(function (row) { say(row, P.word("trouble_" + greeted.kind), "wrong"); });
      return;
    }
    await P.store.open(greeted.content);
    for (const row of rows) {
      const kept = await P.store.visit(Number(row.dataset.visit));
      if (kept && kept.facts) say(row, P.word("taken_at", { at: P.shown(kept.taken_at) }), "done");
      await calls(row);
      const one = row.querySelector("[data-take]");
      one.addEventListener("click", function () { takeAll([row]); });
      one.disabled = false;
    }
    all.addEventListener("click", function () {
      takeAll(rows.filter(function (row) { return row.dataset.today === "1"; }));
    });
    all.disabled = false;
    P.sync.run();
  }

  start();
}(self));
