/* The page that works without a network: the visits taken along, one of them at a time, and what is not yet sent. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, h = P.h;
  const head = document.getElementById("phone-head"), main = document.getElementById("phone-main");
  const status = document.getElementById("phone-status"), tabs = document.getElementById("phone-tabs");
  const TABS = ["door", "points", "sign", "result"];
  /** What is no inspection (调研、督导、观摩) has a code, coming in and leaving, and no form. */
  function tabsOf(visit) { return visit.facts.enforcing ? TABS : ["door"]; }
  /** What must be kept before the screen changes or the page goes away. */
  P.leaving = new Set();
  /** Why submitting was refused, by visit. */
  const refusedWhy = new Map();

  /** Whether the platform has said that the form is closed: submitted, cancelled, or somebody else's now. */
  P.closed = function (visit) { return Boolean(visit.gone) || (visit.open === false && visit.ahead === false); };

  async function leave() {
    const waiting = Array.from(P.leaving);
    P.leaving.clear();
    for (const save of waiting) await save();
  }

  /** Say something once, at the bottom of the screen. */
  P.say = function (text) {
    const box = h("p", { class: "p-said", role: "status" }, text);
    document.body.append(box);
    root.setTimeout(function () { box.remove(); }, 6000);
  };

  function route() {
    const found = root.location.hash.match(/^#\/(\d+)(?:\/(\w+))?$/);
    return found ? { pk: Number(found[1]), tab: TABS.indexOf(found[2]) >= 0 ? found[2] : "door" } : { pk: 0, tab: "" };
  }

  async function look(pk) {
    const visit = await P.store.visit(pk);
    if (!visit) return null;
    const all = await P.store.ops(pk), files = await P.store.files(pk);
    const form = root.mingchaForm.merge(P.store.standing(all));
    const here = { pk: pk, visit: visit, all: all, files: files, form: form, refresh: show };
    here.submit = submitCard(here);
    return here;
  }

  function refusalText(one) { return one.message + (one.basis ? "（" + one.basis + "）" : "") + "。" + one.remedy + "。"; }

  function line(text) { return h("p", { class: "p-wrong" }, text); }

  function submitCard(here) {
    const told = h("div", { role: "alert" }, (refusedWhy.get(here.pk) || []).map(line));
    const button = h("button", { class: "p-main", type: "button", "data-key": "submit", disabled: P.closed(here.visit) }, P.word("submit"));
    button.addEventListener("click", async function () {
      if (!root.confirm(P.word("submit_sure"))) return;
      button.disabled = true;
      refusedWhy.delete(here.pk);
      await leave();
      await P.sync.run();
      const now = await P.store.visit(here.pk), left = await P.store.waiting(now), typed = Object.keys(now.drafts || {});
      if (typed.length) {
        refusedWhy.set(here.pk, [P.word("drafts_stand")]);
      } else if (left.all) {
        refusedWhy.set(here.pk, [P.word("submit_waits", { n: left.all })]);
      } else {
        const row = await P.store.visit(here.pk);
        const answer = await P.net.post(P.address("exchange", here.pk), { client: row.client, after: row.after, submit: true });
        const said = answer.kind === "ok" ? answer.content.submit : null;
        if (said && said.taken) {
          await P.sync.run();
          await P.store.change("visits", here.pk, function (kept) {
            return Object.assign(kept, { open: answer.content.open, state: answer.content.state, state_text: answer.content.state_text });
          });
          await show();
          P.say(P.word("submitted"));
          return;
        }
        refusedWhy.set(here.pk, said ? said.refusals.map(refusalText) : [P.word("trouble_" + answer.kind)]);
      }
      await show();
    });
    const stands = here.visit.gone ? P.word("gone") : P.word("now_is", { state: here.visit.state_text });
    return h("section", { class: "p-card" }, h("p", {}, P.closed(here.visit) ? stands : P.word("submit_hint")), told, button);
  }

  function tab(pk, name, current) {
    return h("a", { class: "p-tab", href: "#/" + pk + "/" + name, "aria-current": name === current ? "page" : null }, P.word("tab_" + name));
  }

  /** Which of the folded parts are open, so that they stay so. */
  function folds() { return Array.from(main.querySelectorAll("details")).map(function (one) { return one.open; }); }

  /** What was typed or ticked and belongs to nothing that is kept yet, by id. */
  function typed() {
    return Array.from(main.querySelectorAll("[data-own]")).map(function (one) {
      return { id: one.id, value: one.value, checked: one.checked };
    });
  }

  function retype(before) {
    before.forEach(function (one) {
      const field = document.getElementById(one.id);
      if (!field) return;
      if (field.type === "checkbox") field.checked = one.checked;
      else field.value = one.value;
      field.dispatchEvent(new Event("change"));
    });
  }

  function put(parts, place) {
    const own = typed(), open = folds(), focus = document.activeElement, key = focus && focus.dataset ? focus.dataset.key : "";
    const top = root.scrollY, same = main.dataset.place === place;
    main.replaceChildren();
    parts.forEach(function add(one) {
      if (Array.isArray(one)) one.forEach(add);
      else if (one) main.append(one);
    });
    main.dataset.place = place;
    if (!same) { root.scrollTo(0, 0); return; }
    retype(own);
    const made = main.querySelectorAll("details");
    if (made.length === open.length) made.forEach(function (one, i) { one.open = one.open || open[i]; });
    root.scrollTo(0, top);
    const again = key ? main.querySelector("[data-key=\"" + CSS.escape(key) + "\"]") : null;
    if (again) again.focus({ preventScroll: true });
  }

  async function show() {
    await leave();
    if (!P.store.opened()) { put([nobody()], "nobody"); return; }
    const at = route(), here = at.pk ? await look(at.pk) : null;
    document.body.dataset.tab = here ? at.tab : "list";
    if (here) {
      const offered = tabsOf(here.visit), shown = offered.indexOf(at.tab) >= 0 ? at.tab : "door";
      head.textContent = here.visit.facts.firm.name;
      tabs.replaceChildren.apply(tabs, offered.map(function (name) { return tab(at.pk, name, shown); }));
      put(P.views[shown](here), at.pk + shown);
    } else {
      head.textContent = P.word("visits");
      tabs.replaceChildren();
      put(await list(), "list");
    }
    await standing();
  }

  function nobody() { return h("section", { class: "p-card" }, h("p", {}, P.word("nobody")), signIn()); }
  function signIn() { return h("a", { class: "p-main p-as-button", href: P.address("sign_in") }, P.word("sign_in")); }

  function leftText(left) {
    const told = left.all ? P.word("left", { changes: left.changes + left.steps, files: left.files }) : P.word("all_sent");
    const aside = left.held - left.all - left.drafts;
    return told + (left.drafts ? " " + P.word("drafts_left", { n: left.drafts }) : "") + (aside ? " " + P.word("aside", { n: aside }) : "");
  }

  async function list() {
    const rows = (await P.store.visits()).filter(function (row) { return row.facts; });
    rows.sort(function (a, b) { return String(a.facts.visit.day || a.facts.visit.from) < String(b.facts.visit.day || b.facts.visit.from) ? -1 : 1; });
    const cards = [];
    for (const row of rows) {
      const left = await P.store.waiting(row), firm = row.facts.firm;
      cards.push(h("a", { class: "p-card p-visit", href: "#/" + row.pk + "/door" }, h("strong", {}, firm.name),
        h("span", {}, [firm.town, row.facts.visit.day || row.facts.visit.from, row.facts.visit.half || ""].join(" ")),
        h("span", { class: left.held ? "p-wrong" : "p-done" }, (row.gone ? P.word("gone_short") : row.state_text || "") + "　" + leftText(left))));
    }
    if (!cards.length) cards.push(h("p", { class: "p-card" }, P.word("none_taken")));
    cards.push(h("p", {}, h("a", { class: "p-side p-as-button", href: P.address("route") }, P.word("to_route"))));
    const checks = checker(rows);
    if (checks) cards.push(checks);
    cards.push(h("button", { class: "p-side", type: "button", onclick: signOut }, P.word("sign_out")));
    cards.push(h("p", { class: "p-soft" }, P.word("sign_out_hint")));
    if (!worker()) cards.push(h("p", { class: "p-card p-wrong" }, P.word("no_worker")));
    return cards;
  }

  /** Look at another code, such as a colleague's: no network is needed for it. */
  function checker(rows) {
    if (!rows.length || !root.mingchaCode.able()) return null;
    const keys = P.store.keysOf(rows), told = h("p", { role: "status" });
    const box = h("input", { id: "other-code", class: "p-text", type: "text", autocomplete: "off", "data-own": "" });
    async function look(text) {
      const found = await root.mingchaCode.verify(text, keys, Date.now());
      told.className = found.standing === "valid" ? "p-done" : "p-wrong";
      told.textContent = P.word("code_" + found.standing) + (found.said ? "　" + P.word("code_says", {
        firm: found.said.f, people: found.said.w.map(function (one) { return one.join(" "); }).join("、")
      }) : "");
    }
    const camera = h("input", { id: "other-picture", class: "p-hidden", type: "file", accept: "image/*", capture: "environment", onchange: async function () {
      const text = camera.files.length ? await root.mingchaCode.textIn(camera.files[0]) : "";
      if (text) await look(text);
      else told.textContent = P.word("no_code_seen");
      camera.value = "";
    } });
    return h("details", { class: "p-card" }, h("summary", {}, P.word("check_code")),
      h("label", { for: "other-code" }, P.word("code_text")), box,
      h("div", { class: "p-row" }, h("button", { class: "p-side", type: "button", onclick: function () { look(box.value); } }, P.word("check")),
        camera, h("label", { class: "p-side p-as-button", for: "other-picture" }, P.word("code_picture"))), told);
  }

  async function allLeft() {
    const sum = { changes: 0, files: 0, steps: 0, all: 0, drafts: 0, held: 0 };
    for (const row of await P.store.visits()) {
      const left = await P.store.waiting(row);
      Object.keys(sum).forEach(function (name) { sum[name] += left[name]; });
    }
    return sum;
  }

  async function signOut() {
    await leave();
    await P.sync.run();
    const left = await allLeft();
    if (left.all) { P.say(P.word("sign_out_waits") + leftText(left)); return; }
    if (left.drafts) { P.say(P.word("sign_out_waits") + P.word("drafts_left", { n: left.drafts })); return; }
    if (left.held) { P.say(P.word("sign_out_aside", { n: left.held })); return; }
    /* The answer to signing out is a page for those who are signed out. */
    const answer = await P.net.post(P.address("sign_out"));
    if (answer.kind !== "ok" && answer.kind !== "signed_out") { P.say(P.word("sign_out_offline")); return; }
    for (const row of await P.store.visits()) await P.store.forget(row.pk);
    root.location.assign(P.address("sign_in"));
  }

  /** The line on top that says plainly how things stand. */
  async function standing() {
    if (!P.store.opened()) return;
    const trouble = P.sync.trouble(), left = await allLeft();
    status.dataset.tone = left.held || trouble ? "wait" : "done";
    status.replaceChildren(h("span", {}, (trouble ? P.word("trouble_" + trouble) + " " : "") + leftText(left)));
    if (trouble === "signed_out") status.append(" ", h("a", { href: P.address("sign_in") }, P.word("sign_in")));
  }

  function typing() {
    const focus = document.activeElement;
    return focus && main.contains(focus) && /^(INPUT|TEXTAREA|SELECT)$/.test(focus.tagName);
  }

  function worker() { return "serviceWorker" in root.navigator && root.isSecureContext; }

  async function start() {
    if (worker()) {
      root.navigator.serviceWorker.register(P.address("worker"), { scope: P.address("scope") }).catch(function () {
        P.say(P.word("no_worker"));
      });
    }
    const greeted = await P.net.hello(), kept = P.store.owner();
    if (greeted.kind === "ok") await P.store.open(greeted.content);
    else if (kept) await P.store.open(kept);
    P.sync.on(function () { standing().then(function () { if (!typing() && !P.busy()) show(); }); });
    root.addEventListener("hashchange", show);
    root.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", function () { if (document.hidden) leave(); });
    await show();
    if (P.store.opened()) await P.sync.start();
  }

  /** Whether something full-screen, such as a signature, is going on. */
  P.busy = function () { return document.body.classList.contains("p-covered"); };

  start();
}(self));
