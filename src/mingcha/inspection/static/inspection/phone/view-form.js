/* The check points, what was told, who signs, and the result, which is empty until somebody chooses it. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, h = P.h, parts = P.parts;
  const FIRM = "sign:firm", RESULTS = JSON.parse(document.getElementById("phone-results").textContent);
  P.views = P.views || {};

  function answers() { return ["ok", "bad", "na"].map(function (one) { return [one, P.word("answer_" + one)]; }); }

  function valueBox(here, point) {
    const field = "point:" + point.id + ":value", label = P.word("value");
    if (point.answer === "choice") {
      return parts.choice(here, field, label, point.choices.map(function (one) { return [one, one]; }));
    }
    const read = { count: parts.count, money: parts.amount, number: parts.number }[point.answer];
    const mode = { count: "numeric", money: "decimal", number: "decimal" }[point.answer] || "text";
    return point.answer === "date" ? parts.text(here, field, P.word("value_date"), "text", day, "no_day")
      : parts.text(here, field, label, mode, read);
  }

  /** A day as people write it, with strokes, points or 年月日; undefined for one that there is not. */
  function day(raw) {
    const found = raw.normalize("NFKC").replace(/\s/g, "").match(/^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/);
    if (!found) return undefined;
    const said = found[1] + "-" + found[2].padStart(2, "0") + "-" + found[3].padStart(2, "0"), at = new Date(said + "T00:00:00Z");
    return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === said ? said : undefined;
  }

  function point(here, one, number) {
    const about = "point:" + one.id + ":", answer = here.form.value(about + "answer");
    const disputed = here.form.values(about + "answer").length > 1, bad = answer === "bad" || disputed;
    const files = here.files.filter(function (file) { return file.point === one.id; });
    return h("section", { class: "p-card p-point", "data-point": one.id, "data-answer": disputed ? "conflict" : answer || "" },
      h("h3", { class: "p-question" }, number + ". " + one.question),
      h("details", {}, h("summary", {}, P.word("standard")), h("p", {}, one.standard),
        h("p", { class: "p-soft" }, one.bases.join("；"))),
      one.answer === "yes_no" || answer === "na" ? null : valueBox(here, one),
      parts.choice(here, about + "answer", one.question, answers()),
      bad ? parts.text(here, about + "facts", P.word("facts"), "lines") : null,
      bad ? h("div", { class: "p-row" },
        parts.text(here, about + "persons", P.word("persons"), "numeric", parts.count),
        parts.text(here, about + "amount", P.word("amount"), "decimal", parts.amount)) : null,
      h("div", { class: "p-row" }, parts.camera(here, "photo", one.id, P.word("photo")), parts.recorder(here, one.id)),
      parts.fileList(files));
  }

  /** No check-in, no record: what is written before waits on the phone until the entry is there. */
  function came(here) {
    const visit = here.visit;
    if (visit.entered_at || visit.enter) return null;
    return h("p", { class: "p-card p-wrong" }, P.word("not_entered") + " ",
      h("a", { class: "p-side p-as-button", href: "#/" + here.pk + "/door" }, P.word("enter")));
  }

  P.views.points = function (here) {
    let number = 0, done = 0;
    const made = here.visit.facts.items.map(function (item) {
      return [h("h2", { class: "p-title" }, item.name), item.points.map(function (one) {
        number += 1;
        if (here.form.value("point:" + one.id + ":answer")) done += 1;
        return point(here, one, number);
      })];
    });
    return [came(here), h("p", { class: "p-count", role: "status" }, P.word("answered", { done: done, all: number })), made];
  };

  function pairs(codes, prefix) { return codes.map(function (one) { return [one, P.word(prefix + one)]; }); }

  function asked(here, field, label, choices) {
    return h("div", { class: "p-field" }, h("span", { class: "p-label" }, label), parts.choice(here, field, label, choices));
  }

  /** `shown` gives the changes that were last drawn above a signature which confirms them. */
  function signature(here, field, who, shown) {
    const uuid = here.form.value(field), file = here.files.find(function (one) { return one.uuid === uuid; });
    const line = uuid ? P.word("signed", { who: who, at: file ? P.shown(file.at) : "" }) : P.word("not_signed", { who: who });
    return h("div", { class: "p-field" }, parts.conflict(here, field), h("span", { class: uuid ? "p-done" : "p-label" }, line),
      h("button", { class: "p-side", type: "button", disabled: P.closed(here.visit), "data-key": field, onclick: async function () {
        const sight = shown ? await P.store.sight(here.pk, shown()) : null, blob = await P.sign(who);
        if (!blob) return;
        const row = await P.media.keep(here.pk, "signature", blob, "signature.png", null, sight);
        await parts.write(here, field, row.uuid);
      } }, uuid ? P.word("sign_anew") : P.word("sign")));
  }

  /** One check point as the firm reads it: the question, the answer, what was found. */
  function readPoint(here, one, number) {
    const form = here.form, about = "point:" + one.id + ":";
    const said = function (part) { return form.values(about + part).length > 1 ? P.word("conflict") : form.value(about + part); };
    const answer = said("answer"), persons = said("persons"), amount = said("amount");
    const words = ["ok", "bad", "na"].indexOf(answer) >= 0 ? P.word("answer_" + answer) : answer || P.word("not_answered");
    const found = [said("value"), said("facts"), persons === null ? null : P.word("persons") + " " + persons,
      amount === null ? null : P.word("amount") + " " + amount];
    return h("li", { "data-read": one.id }, number + ". " + one.question + "　", h("strong", {}, words),
      found.filter(function (part) { return part !== null && part !== ""; }).map(function (part) { return "　" + part; }));
  }

  /** What the firm confirms by signing, so that it is read before it is signed. */
  function toBeSigned(here) {
    let number = 0;
    const points = here.visit.facts.items.map(function (item) {
      return [h("strong", {}, item.name), h("ul", { class: "p-read" }, item.points.map(function (one) {
        number += 1;
        return readPoint(here, one, number);
      }))];
    });
    const agrees = here.form.value("firm:agrees"), result = here.form.value("result:category");
    const named = RESULTS.find(function (one) { return one[0] === result; });
    const lines = [
      [P.word("present_name"), here.form.value("present:name")],
      [P.word("statement"), here.form.value("firm:statement")],
      [P.word("agrees"), agrees && P.word("agrees_" + agrees)],
      [P.word("result_all"), named && named[1]]
    ].map(function (one) { return h("li", {}, one[0] + "：" + (one[1] || P.word("nothing"))); });
    return h("details", { open: here.form.value(FIRM) === null }, h("summary", {}, P.word("to_be_signed")),
      points, h("ul", { class: "p-read" }, lines));
  }

  /**
   * How many places read otherwise than the firm saw them; as the platform counts them for the reviewer. Known
   * on the phone on which it signed.
   */
  function changedSince(here) {
    const uuid = here.form.value(FIRM), file = here.files.find(function (one) { return one.uuid === uuid; });
    if (!file || !file.sight || here.form.value("record:on_paper") !== null) return 0;
    const then = root.mingchaForm.seen(P.store.standing(here.all), file.sight.upto);
    const places = here.form.fields().filter(function (field) {
      if (/^(sign:|record:on_paper)/.test(field)) return false;
      if (/^(result|item):/.test(field) && !then.values(field).some(Boolean)) return false;
      return JSON.stringify(then.values(field)) !== JSON.stringify(here.form.values(field));
    });
    return new Set(places.map(function (field) { return field.replace(/^(point:\d+):.*/, "$1"); })).size;
  }

  function signedBefore(here) {
    const changed = changedSince(here);
    return changed ? h("p", { class: "p-wrong", role: "status" }, P.word("changed_since", { n: changed })) : null;
  }

  /** What is to be signed, `renew`, which reads it anew when a text of this page has been kept, and what is `shown`. */
  function confirmed(here) {
    const box = h("div", {}, toBeSigned(here), signedBefore(here));
    let drawn = here.all;
    async function renew() {
      const all = await P.store.ops(here.pk), form = root.mingchaForm.merge(P.store.standing(all));
      const now = Object.assign({}, here, { form: form, all: all }), open = box.querySelector("details").open;
      box.replaceChildren.apply(box, [toBeSigned(now), signedBefore(now)].filter(Boolean));
      box.querySelector("details").open = open;
      drawn = all;
    }
    return { box: box, renew: renew, shown: function () { return drawn; } };
  }

  P.views.sign = function (here) {
    const read = confirmed(here);
    const papers = here.files.filter(function (one) { return one.kind === "paper"; });
    return [
      h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("telling")),
        asked(here, "told:certificates", P.word("told_certificates"), pairs(["yes", "no"], "shown_")),
        asked(here, "told:rights", P.word("told_rights"), pairs(["yes", "no"], "told_")),
        asked(here, "told:notice", P.word("told_notice"), pairs(["door", "before", "none"], "served_")),
        h("p", { class: "p-soft" }, P.word("served_hint")),
        ["before", "none"].indexOf(here.form.value("told:notice")) < 0 ? null
          : parts.text(here, "told:notice_how", P.word("served_how"), "text"),
        asked(here, "told:recusal", P.word("told_recusal"), pairs(["none", "asked"], "recusal_"))),
      h("section", { class: "p-card", onchange: read.renew }, h("h2", { class: "p-title" }, P.word("present")),
        parts.text(here, "present:name", P.word("present_name"), "text"),
        parts.text(here, "present:post", P.word("present_post"), "text"),
        parts.text(here, "present:phone", P.word("present_phone"), "tel"),
        parts.text(here, "firm:statement", P.word("statement"), "lines"),
        asked(here, "firm:agrees", P.word("agrees"), pairs(["yes", "partly", "no"], "agrees_"))),
      h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("signing")),
        read.box, signature(here, FIRM, P.word("the_firm"), read.shown),
        h("details", { open: here.form.value("sign:refused") !== null }, h("summary", {}, P.word("refuses")),
          parts.text(here, "sign:refused", P.word("refused_how"), "lines"),
          parts.text(here, "sign:witness", P.word("witness"), "text")),
        here.visit.facts.team.filter(function (one) { return !here.visit.team || here.visit.team.indexOf(one.inspector) >= 0; }).map(function (one) { return signature(here, "sign:" + one.inspector, one.name); })),
      h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("on_paper")), h("p", {}, P.word("on_paper_hint")),
        parts.camera(here, "paper", null, P.word("paper_photo"), function (row) {
          return parts.write(here, "record:on_paper", row.uuid);
        }), parts.fileList(papers))
    ];
  };

  function itemResult(here, item) {
    const about = "item:" + item.id + ":";
    return h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("result_of", { item: item.name })),
      parts.pick(here, about + "result", P.word("result"), RESULTS), parts.text(here, about + "note", P.word("note"), "lines"));
  }

  /** Reasons of the chosen result, to be ticked; one that is ticked is also written behind what stands in words. */
  function reasons(here) {
    const field = "result:reasons", offered = (here.visit.reasons || {})[here.form.value("result:category")] || [];
    if (!offered.length) return null;
    const chosen = String(here.form.value(field) || "").split("\n").filter(Boolean);
    const other = offered[offered.length - 1];
    return h("div", { class: "p-field p-reasons", role: "group", "aria-label": P.word("reasons") }, h("span", { class: "p-label" }, P.word("reasons")),
      parts.conflict(here, field), offered.map(function (word) {
        const is = chosen.indexOf(word) >= 0;
        return h("button", { class: "p-side", type: "button", "aria-pressed": String(is), "data-key": field + "=" + word,
          disabled: P.closed(here.visit), onclick: async function () {
            const now = offered.filter(function (one) { return one === word ? !is : chosen.indexOf(one) >= 0; });
            /* What was typed a moment ago is kept and not yet drawn. */
            const form = root.mingchaForm.merge(P.store.standing(await P.store.ops(here.pk)));
            const stands = form.value("result:reason") || "";
            if (!is && word !== other && stands.indexOf(word) < 0) {
              await P.store.write(here.pk, "result:reason", stands ? stands + "；" + word : word);
            }
            await parts.write(here, field, now.join("\n") || null);
          } }, word);
      }));
  }

  P.views.result = function (here) {
    const items = here.visit.facts.items, category = parts.pick(here, "result:category", P.word("result_all"), RESULTS);
    const button = here.submit;
    return [
      items.length > 1 ? items.map(function (one) { return itemResult(here, one); }) : null,
      h("section", { class: "p-card" }, h("h2", { class: "p-title" }, P.word("result")), category, reasons(here),
        parts.text(here, "result:reason", P.word("result_reason"), "lines")),
      P.aside(here), parts.drafts(here),
      button
    ];
  };
}(self));
