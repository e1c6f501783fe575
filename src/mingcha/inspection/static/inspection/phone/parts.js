/* Pieces of the form: big choices, texts that keep themselves, files, and what two people wrote differently. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, h = P.h;

  /**
   * What a view of a form works with.
   * @typedef {{pk: number, visit: Object, form: Object, ops: Object[], files: Object[], refresh: function}} Here
   */

  /** Write a field and show the form anew. */
  async function write(here, field, value) {
    await P.store.write(here.pk, field, value);
    P.sync.hurry();
    await here.refresh();
  }

  /** Who wrote a change: a colleague by name. */
  function author(here, op) { return op.client === here.visit.client ? P.word("me") : op.author || "—"; }

  function spoken(choices, value) {
    if (value === null || value === "") return P.word("nothing");
    const found = (choices || []).find(function (one) { return one[0] === value; });
    return found ? found[1] : String(value);
  }

  /** The box that shows both values of a field; whoever leads chooses. Null while there is one value. */
  function conflict(here, field, choices) {
    if (here.form.values(field).length < 2) return null;
    const rows = here.form.heads(field).map(function (op) {
      const said = P.word("said", { who: author(here, op), what: spoken(choices, op.value), at: P.shown(op.at) });
      const choose = here.visit.lead && h("button", { class: "p-side", type: "button", onclick: function () {
        write(here, field, op.value);
      } }, P.word("take_this"));
      return h("li", {}, h("span", {}, said), choose);
    });
    const lead = here.visit.lead ? P.word("you_decide") : P.word("lead_decides");
    return h("div", { class: "p-conflict", role: "group", "aria-label": P.word("conflict") },
      h("strong", {}, P.word("conflict")), h("ul", {}, rows), h("p", {}, lead));
  }

  /** Big buttons for one of a few values; pressing the chosen one again takes it back. */
  function choice(here, field, label, choices) {
    const value = here.form.value(field), open = !P.closed(here.visit);
    const buttons = choices.map(function (one) {
      const chosen = value === one[0];
      return h("button", {
        class: "p-choice", type: "button", "data-value": one[0], "aria-pressed": String(chosen), disabled: !open,
        "data-key": field + "=" + one[0],
        onclick: function () { write(here, field, chosen ? null : one[0]); }
      }, one[1]);
    });
    return h("div", { class: "p-choices", role: "group", "aria-label": label }, conflict(here, field, choices), buttons);
  }

  /** Own words in this field, which a colleague's stand beside; the one value otherwise. */
  function own(here, field) {
    const heads = here.form.heads(field);
    const mine = heads.find(function (op) { return op.client === here.visit.client; });
    const value = heads.length > 1 && mine ? mine.value : here.form.value(field);
    return value === null ? "" : String(value);
  }

  /**
   * A text that keeps itself a moment after the last key, and at once when it is left.
   * `read` turns what was typed into the value (undefined: cannot stand, told by the word `wrongly`), `kind` is
   * "text", "lines" or an input mode.
   */
  function text(here, field, label, kind, read, wrongly) {
    const id = "f-" + field.replace(/\W/g, "-"), open = !P.closed(here.visit);
    const attributes = {
      id: id, class: "p-text", value: own(here, field), disabled: !open, "data-key": field, autocomplete: "off",
      maxlength: kind === "lines" ? "4000" : "200"
    };
    let draft = (here.visit.drafts || {})[field];
    if (draft !== undefined) attributes.value = draft;
    const box = kind === "lines" ? h("textarea", Object.assign({ rows: "3" }, attributes))
      : h("input", Object.assign({ type: "text", inputmode: kind === "text" ? null : kind }, attributes));
    const hint = h("span", { class: "p-wrong", role: "alert" });
    let timer = 0, typed = false;
    wrong(draft !== undefined);
    /* What cannot stand stays in the box until it is mended. */
    function wrong(is) {
      hint.textContent = is ? P.word(wrongly || "cannot_stand") : "";
      box.toggleAttribute("aria-invalid", is);
    }
    async function save() {
      root.clearTimeout(timer);
      if (!typed) return;
      const raw = box.value.trim() === "" ? null : (read || String)(kind === "lines" ? box.value : box.value.trim());
      wrong(raw === undefined);
      if (raw === undefined) {
        draft = box.value;
        await P.store.draft(here.pk, field, draft);
        return;
      }
      typed = false;
      await P.store.write(here.pk, field, raw);
      if (draft !== undefined) await P.store.draft(here.pk, field, null);
      P.sync.hurry();
    }
    box.addEventListener("input", function () {
      typed = true;
      root.clearTimeout(timer);
      timer = root.setTimeout(save, 600);
    });
    box.addEventListener("change", save);
    box.addEventListener("blur", save);
    P.leaving.add(save);
    return h("div", { class: "p-field" }, h("label", { for: id }, label), conflict(here, field), box, hint);
  }

  /** One of many values, none chosen yet: the phone's own list. */
  function pick(here, field, label, choices) {
    const id = "f-" + field.replace(/\W/g, "-"), value = here.form.value(field);
    const box = h("select", { id: id, class: "p-text", "data-key": field, disabled: P.closed(here.visit), onchange: function () {
      write(here, field, box.value || null);
    } }, [["", P.word("nothing")]].concat(choices).map(function (one) { return h("option", { value: one[0] }, one[1]); }));
    box.value = value === null ? "" : value;
    return h("div", { class: "p-field" }, h("label", { for: id }, label), conflict(here, field, choices), box);
  }

  /** As a number is written for machines: 全角 and thousands, a unit behind it, are how people write it. */
  function bare(raw) {
    const narrow = raw.normalize("NFKC").replace(/\s/g, "").replace(/[元人]$/, "");
    return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(narrow) ? narrow.replace(/,/g, "") : narrow;
  }
  /** Whole numbers; undefined for anything else. */
  function count(raw) { return /^\d{1,6}$/.test(bare(raw)) ? Number(bare(raw)) : undefined; }
  /** Yuan with two decimals, as the platform writes them. */
  function amount(raw) { return /^\d{1,13}(\.\d{1,2})?$/.test(bare(raw)) ? plain(bare(raw), 2) : undefined; }
  function plain(raw, decimals) {
    const parts = raw.split("."), whole = parts[0].replace(/^0+(?=\d)/, "");
    return whole + "." + ((parts[1] || "") + "0".repeat(decimals)).slice(0, decimals);
  }
  function number(raw) {
    return /^-?\d{1,13}(\.\d{1,4})?$/.test(bare(raw)) ? bare(raw).replace(/^(-?)0+(?=\d)/, "$1") : undefined;
  }

  /** What was typed and cannot stand, as the form numbers its points, each with the way to give it up. */
  function drafts(here) {
    const points = here.visit.facts.items.reduce(function (all, item) { return all.concat(item.points); }, []);
    const rows = Object.entries(here.visit.drafts || {}).map(function (one) {
      const parts = one[0].split(":"), number = points.findIndex(function (point) { return String(point.id) === parts[1]; }) + 1;
      return h("li", {}, P.word("draft", { number: number, what: P.word(parts[2]), typed: one[1] }) + " ",
        h("button", { class: "p-side", type: "button", "data-key": "drop=" + one[0], onclick: async function () {
          await P.store.draft(here.pk, one[0], null);
          await here.refresh();
        } }, P.word("draft_drop")));
    });
    return rows.length ? h("section", { class: "p-card p-wrong" }, h("p", {}, P.word("drafts_stand")), h("ul", {}, rows),
      h("a", { class: "p-side p-as-button", href: "#/" + here.pk + "/points" }, P.word("drafts_mend"))) : null;
  }

  /** What stands of a file: its state in words. */
  function fileLine(one) {
    if (one.status === "taken") return P.word("file_sent");
    if (one.status === "refused") return P.word("file_refused", { why: one.refusal.message });
    const share = one.size ? Math.floor(100 * (one.received || 0) / one.size) : 0;
    return share ? P.word("file_part", { share: share }) : P.word("file_waits");
  }

  function fileList(files) {
    return files.length ? h("ul", { class: "p-files" }, files.map(function (one) {
      return h("li", { "data-file": one.uuid, "data-status": one.status },
        P.word("kind_" + one.kind) + " " + P.shown(one.at) + " " + P.size(one.size) + "：" + fileLine(one));
    })) : null;
  }

  /** A button that takes pictures with the camera; `kept` gets the row of each. */
  function camera(here, kind, point, label, kept) {
    const id = "c-" + kind + "-" + (point || 0), note = h("span", { class: "p-wrong", role: "alert" });
    const input = h("input", {
      id: id, class: "p-hidden", type: "file", accept: "image/*", capture: "environment", "data-key": id,
      disabled: P.closed(here.visit),
      onchange: async function () {
        for (const file of Array.from(input.files)) {
          try {
            const row = await P.media.keep(here.pk, kind, file, P.media.named(file, "photo.jpg"), point);
            if (row.again) P.say(P.word("same_picture"));
            if (kept) await kept(row);
          } catch (error) {
            note.textContent = error.message;
            return;
          }
        }
        input.value = "";
        await here.refresh();
      }
    });
    return h("div", { class: "p-field" }, input, h("label", { class: "p-side p-as-button", for: id }, label), note);
  }

  /** A button that records sound; where the browser does not, a file is chosen. */
  function recorder(here, point) {
    const button = h("button", { class: "p-side", type: "button", disabled: P.closed(here.visit) }, P.word("record"));
    const note = h("span", { class: "p-wrong", role: "alert" });
    let stop = null;
    button.addEventListener("click", async function () {
      if (stop) { stop(); return; }
      try {
        stop = await P.media.record(async function (blob) {
          stop = null;
          try {
            await P.media.keep(here.pk, "sound", blob, "record." + P.media.extension(blob.type), point);
          } catch (error) { note.textContent = error.message; return; }
          await here.refresh();
        });
        button.textContent = P.word("record_stop");
        P.leaving.add(stop);
      } catch (error) {
        note.textContent = P.word("no_microphone");
      }
    });
    return P.media.records() ? h("div", { class: "p-field" }, button, note) : null;
  }

  P.parts = { write, choice, pick, text, count, amount, number, camera, recorder, fileList, conflict, drafts };
}(self));
