/* What the platform does not take: said why, and given to the person as files, so that nothing typed is lost. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, h = P.h;

  function save(blob, name) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    root.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  /** Coming in, leaving and changes in one file, and each picture or sound; from then on they hold nobody up. */
  async function download(here, held) {
    const firm = here.visit.facts.firm.name, told = held.steps.map(function (one) { return { step: one.name, said: one.said }; });
    const content = { firm: firm, inspection: here.pk, steps: told, changes: held.ops };
    if (told.length + held.ops.length) {
      save(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }), "inspection-" + here.pk + ".json");
    }
    for (const one of held.files) save(one.blob, one.name || one.kind + "-" + one.uuid);
    const saved = function (row) { return row && Object.assign(row, { saved: true }); };
    for (const op of held.ops) await P.store.change("ops", [here.pk, op.client, op.seq], saved);
    for (const one of held.files) await P.store.change("files", one.uuid, saved);
    await P.store.change("visits", here.pk, function (row) {
      held.steps.forEach(function (one) { if (row && row[one.name]) row[one.name].saved = true; });
      return row;
    });
    await here.refresh();
  }

  /** Why: what was said of the visit, of coming in and leaving, and of each change and file; each reason once. */
  function reasons(visit, held) {
    const own = held.ops.concat(held.files).filter(function (one) { return one.refusal; }).map(function (one) { return one.refusal; });
    const told = held.steps.reduce(function (all, one) { return all.concat(one.refusals || []); }, []).concat(own);
    const said = told.map(function (one) { return one.message + "。" + (one.remedy || ""); });
    if (visit.gone) said.unshift(P.word("gone"));
    else if (!visit.entered_at && !visit.enter && P.store.barred(visit)) said.unshift(P.word("never_entered"));
    return Array.from(new Set(said)).slice(0, 20);
  }

  /** The card that says what was not taken and offers it; null where everything was. */
  P.aside = function (here) {
    const held = P.store.held(here.visit, here.all, here.files), both = held.steps.concat(held.ops, held.files);
    if (!both.length) return null;
    return h("section", { class: "p-card p-conflict" }, h("h2", { class: "p-title" }, P.word("kept_aside", { n: both.length })),
      h("ul", {}, reasons(here.visit, held).map(function (one) { return h("li", {}, one); })),
      both.every(function (one) { return one.saved; }) ? h("p", { class: "p-done" }, P.word("downloaded")) : null,
      h("button", { class: "p-side", type: "button", "data-key": "download", onclick: function () { download(here, held); } }, P.word("download")));
  };
}(self));
