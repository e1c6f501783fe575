/* At the door: the code as large as the screen, the notice, coming in and leaving. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, h = P.h;

  /** The rows of a QR as a picture with its quiet margin. */
  function picture(rows, label) {
    const margin = 4, scale = 8, side = (rows.length + 2 * margin) * scale;
    const canvas = h("canvas", { class: "p-qr", width: side, height: side, role: "img", "aria-label": label });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side, side);
    context.fillStyle = "#000";
    rows.forEach(function (row, y) {
      Array.from(row).forEach(function (dark, x) {
        if (dark === "1") context.fillRect((x + margin) * scale, (y + margin) * scale, scale, scale);
      });
    });
    return canvas;
  }

  function code(visit) {
    if (visit.gone) return h("p", { class: "p-card p-wrong", role: "alert" }, P.word("gone"));
    if (visit.left_at || (visit.leave && visit.leave.said)) return h("p", {}, P.word("code_ended"));
    const issue = visit.issue;
    if (!issue) return h("p", {}, P.word("code_none"));
    const other = visit.ahead && visit.code !== undefined && visit.code !== issue.number;
    if (other) return h("p", { class: "p-card p-wrong", role: "alert" }, P.word("code_void"));
    const over = new Date(issue.expires_at).getTime() < Date.now();
    return h("div", { class: "p-code" },
      over ? h("p", { class: "p-wrong", role: "alert" }, P.word("code_over")) : null,
      picture(issue.qr, P.word("code_label")),
      h("p", { class: "p-digits", "aria-label": P.word("digits_label") }, issue.digits.slice(0, 3) + " " + issue.digits.slice(3)),
      h("p", {}, P.word("code_until", { at: P.shown(issue.expires_at) })));
  }

  function refusals(step) {
    if (!step || !step.refusals || !step.refusals.length) return null;
    return h("div", { class: "p-conflict", role: "alert" }, step.refusals.map(function (one) {
      return h("p", {}, one.message + "（" + one.basis + "）。" + one.remedy + "。");
    }));
  }

  function stepLine(word, step, at) {
    const when = step && step.said ? step.said.at : at;
    if (!when) return null;
    return h("p", { class: "p-done" }, P.word(word, { at: P.shown(when) }),
      step && !step.taken ? " " + P.word("not_sent_yet") : "");
  }

  async function note(here, name, said) {
    said.at = new Date().toISOString();
    said.place = null;
    await P.store.change("visits", here.pk, function (row) {
      row[name] = { said: said, taken: false, refusals: [] };
      return row;
    });
    await here.refresh();
    /* It is kept by now, whatever becomes of the page while the phone looks for where it is. */
    const place = await P.media.place();
    await P.store.change("visits", here.pk, function (row) {
      if (row[name] && !row[name].taken) row[name].said.place = place;
      return row;
    });
    P.sync.run();
  }

  /** What is to be said of the text in the licence's box; null while it is empty. */
  function verdict(visit, text) {
    if (!text.trim()) return null;
    const firm = visit.facts.firm, found = root.mingchaLicence.whose(text, firm.code);
    return { none: found.standing === "none", own: found.standing === "own", wrong: found.standing === "another" || found.standing === "none",
      text: P.word("licence_" + found.standing, { code: found.code, firm: firm.name, own: firm.code }) };
  }

  /** Photograph the licence's QR instead of typing, where this browser reads one; `field` holds the box. */
  function scanner(visit, field) {
    const told = h("p", { role: "status" }), box = field.querySelector("input");
    function look() {
      const found = box.value.trim().length < 18 ? null : verdict(visit, box.value);
      told.className = found && found.own ? "p-done" : "p-wrong";
      told.textContent = found && !found.none ? found.text : "";
    }
    /* While it is typed: what appeared when the box is left would push the button away from under the thumb. */
    box.addEventListener("input", look);
    box.addEventListener("change", look);
    const camera = h("input", { id: "licence-picture", class: "p-hidden", type: "file", accept: "image/*", capture: "environment", "data-key": "licence-picture", onchange: async function () {
      const text = camera.files.length ? await root.mingchaCode.textIn(camera.files[0]) : "";
      camera.value = "";
      if (!text) { P.say(P.word("licence_not_seen")); return; }
      /* The page may have been drawn anew while the camera was open. */
      const now = document.getElementById(box.id) || box;
      now.value = text.slice(0, 300);
      now.dispatchEvent(new Event("change"));
      if (verdict(visit, text).none) P.say(P.word("licence_none"));
    } });
    const way = h("div", { class: "p-field" });
    root.mingchaLicence.reads().then(function (reads) {
      if (reads) way.append(camera, h("label", { class: "p-side p-as-button", for: camera.id }, P.word("licence_picture")));
      else way.append(h("p", { class: "p-soft" }, P.word("licence_by_hand")));
    });
    field.append(way, told);
    return field;
  }

  const WAYS = ["code", "licence", "emergency", "failure"];

  function entry(here) {
    const visit = here.visit, way = h("select", { class: "p-text", id: "way", "data-key": "way", "data-own": "" }, WAYS.map(function (one) {
      return h("option", { value: one }, P.word("via_" + one));
    }));
    const box = function (id, label) {
      return h("div", { class: "p-field" }, h("label", { for: id }, label), h("input", { id: id, class: "p-text", type: "text", maxlength: "300", "data-key": id, "data-own": "" }));
    };
    const licence = scanner(visit, box("licence", P.word("licence_text"))), reason = box("reason", P.word("why_no_code"));
    const number = box("platform-number", P.word("platform_number"));
    const value = function (field) { return field.querySelector("input").value.trim(); };
    function fit() {
      licence.hidden = way.value !== "licence";
      reason.hidden = way.value !== "emergency" && way.value !== "failure";
    }
    way.addEventListener("change", fit);
    fit();
    const there = visit.facts.team.map(function (one) {
      return h("input", { type: "checkbox", id: "there-" + one.inspector, value: String(one.inspector), "data-key": "there-" + one.inspector, "data-own": "" });
    });
    const team = h("fieldset", { class: "p-field" }, h("legend", {}, P.word("who_is_there")), visit.facts.team.map(function (one, place) {
      return h("label", { class: "p-there", for: "there-" + one.inspector }, there[place], " " + one.name);
    }));
    const go = h("button", { class: "p-main", type: "button", "data-key": "enter", onclick: function () {
      const people = there.filter(function (box) { return box.checked; }).map(function (box) { return Number(box.value); });
      if (people.length < (visit.facts.enforcing ? 2 : 1)) { P.say(P.word("two_needed")); return; }
      const shown = way.value === "licence" ? verdict(visit, value(licence)) : null;
      if (way.value === "licence" && (!shown || shown.wrong)) { P.say(shown ? shown.text : P.word("licence_missing")); return; }
      go.disabled = true;
      note(here, "enter", {
        via: way.value, reason: value(reason), licence: value(licence), platform_number: value(number), people: people
      });
    } }, P.word("enter"));
    return h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("entering")), refusals(visit.enter),
      h("div", { class: "p-field" }, h("label", { for: "way" }, P.word("way")), way), licence, reason, number, team, go);
  }

  function steps(here) {
    const visit = here.visit, came = visit.entered_at || (visit.enter && !visit.enter.refusals.length && visit.enter.said);
    const gone = visit.left_at || (visit.leave && !visit.leave.refusals.length && visit.leave.said);
    if (!came && !P.closed(visit)) return entry(here);
    const leave = gone || P.closed(visit) ? null : h("button", { class: "p-main", type: "button", "data-key": "leave", onclick: function () {
      if (root.confirm(P.word(visit.facts.enforcing ? "leave_sure" : "leave_sure_other"))) note(here, "leave", {});
    } }, P.word("leave"));
    return h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("entering")), refusals(visit.enter),
      stepLine("entered_at", visit.enter, visit.entered_at), stepLine("left_at", visit.leave, visit.left_at),
      refusals(visit.leave), leave);
  }

  function team(facts) {
    return h("ul", {}, facts.team.map(function (one) {
      return h("li", {}, one.name + "　" + P.word("certificate", { number: one.certificate, until: one.valid_until || "—" }));
    }));
  }

  function notice(facts) {
    return h("details", { class: "p-card" }, h("summary", {}, P.word("notice")),
      h("p", {}, facts.organ + "　" + (facts.notice_number || "")), h("p", {}, facts.purpose),
      team(facts),
      h("h3", {}, P.word("papers")), h("ul", {}, facts.papers.map(function (one) { return h("li", {}, one.name + (one.why ? "（" + one.why + "）" : "")); })),
      h("h3", {}, P.word("rights")), h("ul", {}, facts.rights.map(function (one) { return h("li", {}, one[0]); })),
      h("h3", {}, P.word("duties")), h("ul", {}, facts.duties.map(function (one) { return h("li", {}, one[0]); })),
      h("h3", {}, P.word("phones")), h("ul", {}, facts.phones.map(function (one) { return h("li", {}, one); })));
  }

  P.views = P.views || {};
  P.views.door = function (here) {
    const facts = here.visit.facts, firm = facts.firm;
    return [code(here.visit), P.closed(here.visit) || !facts.enforcing ? P.aside(here) : null, steps(here),
      h("section", { class: "p-card" }, h("p", {}, (firm.town + " " + firm.address).trim()),
        h("div", { class: "p-row" }, (here.visit.contacts || []).map(P.called))),
      facts.enforcing ? notice(facts) : h("p", { class: "p-card" }, P.word("no_inspection"))];
  };
}(self));
