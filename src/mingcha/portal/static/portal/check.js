/* The page on which a visitor's browser repeats a draw: buttons, progress, and the talk with the worker.

   The worker and its modules are loaded as soon as the page is, so that afterwards nothing needs the network
   except reading published files. */
(function () {
  "use strict";

  var NAMES = ["plan.json", "roster.csv", "inspectors.csv", "recusals.csv", "entropy.json", "result.csv",
               "changes.jsonl", "register.jsonl", "evidence/names.csv"];
  var report = window.mingchaCheckReport, say = report.say;
  var box = document.getElementById("check"), published = box.dataset.published;
  var addresses = JSON.parse(document.getElementById("check-addresses").textContent);
  /* In the static copy addresses are relative to the page; the worker would take them from its own place. */
  function absolute(address) { return new URL(address, document.baseURI).href; }
  Object.keys(addresses).forEach(function (name) { addresses[name] = absolute(addresses[name]); });
  var plan = document.getElementById("check-plan"), planNote = document.getElementById("check-plan-note");
  var own = document.getElementById("check-own"), ownNote = document.getElementById("check-own-note");
  var progress = document.getElementById("check-progress"), bar = document.getElementById("check-bar");
  var status = document.getElementById("check-status"), result = document.getElementById("check-result");
  var lookup = document.getElementById("check-lookup"), answer = document.getElementById("check-answer");
  var steps = Array.from(progress.querySelectorAll("[data-step]"));
  var chosen = [], current = null, running = false;

  function note(place, text, tone) {
    place.textContent = text;
    if (tone) place.dataset.tone = tone; else delete place.dataset.tone;
  }

  /* The digest that the visitor kept: without blanks, lower case; "" when the field is empty. */
  function keptDigest() {
    return plan.value.replace(/\s/g, "").toLowerCase();
  }

  /* Says what is to be said about the digest; true when a check may start with it. */
  function lookAtDigest(finished) {
    var kept = keptDigest(), whole = /^[0-9a-f]{64}$/.test(kept);
    plan.removeAttribute("aria-invalid");
    if (!kept || (!whole && !finished)) {
      note(planNote, "");
    } else if (!whole) {
      note(planNote, say("plan-form", { count: kept.length }), "bad");
      plan.setAttribute("aria-invalid", "true");
    } else if (published && kept !== published) {
      var at = 0;
      while (kept[at] === published[at]) at++;
      note(planNote, say("plan-differs", { at: at + 1 }), "bad");
    } else {
      note(planNote, published ? say("plan-agrees") : "", "good");
    }
    return !kept || whole;
  }

  function showStep(step, done, total) {
    var index = steps.findIndex(function (item) { return item.dataset.step === step; });
    if (current !== step) {
      current = step;
      steps.forEach(function (item, n) {
        item.removeAttribute("aria-current");
        delete item.dataset.done;
        if (n < index) item.dataset.done = "1";
      });
      steps[index].setAttribute("aria-current", "step");
      status.textContent = say("step", { step: steps[index].textContent });
    }
    bar.value = Math.round(100 * (index + Math.min(1, done / (total || 1))) / steps.length);
  }

  function start(files) {
    if (running) return;
    if (!lookAtDigest(true)) {
      plan.focus();
      return;
    }
    running = true;
    current = null;
    result.hidden = true;
    lookup.hidden = true;
    answer.textContent = "";
    progress.hidden = false;
    showStep("read", 0, 1);
    progress.scrollIntoView({ block: "nearest" });
    worker.postMessage({ kind: "verify", files: files, plan: keptDigest() || null });
  }

  /* Hides the progress and shows `parts`; the heading is read out because the section takes the focus. */
  function finish(parts) {
    var body = result.firstElementChild;
    running = false;
    progress.hidden = true;
    body.textContent = "";
    parts.forEach(function (part) { body.append(part); });
    result.hidden = false;
    result.focus();
    result.scrollIntoView({ block: "start" });
  }

  /* Of what was chosen, the files of one bundle: those that lie beside the only plan.json, and the names below it. */
  function bundleOf(files) {
    function path(file) { return file.webkitRelativePath || file.name; }
    var plans = files.filter(function (file) { return file.name === "plan.json"; });
    if (!files.length) return { problem: say("no-files") };
    if (!plans.length) return { problem: say("no-plan-file") };
    if (plans.length > 1) return { problem: say("many-plan-files", { count: plans.length }) };
    var found = {}, folder = path(plans[0]).slice(0, -"plan.json".length);
    files.forEach(function (file) {
      var name = path(file).slice(folder.length);
      if (path(file).startsWith(folder) && NAMES.includes(name)) found[name] = file;
    });
    return { files: found };
  }

  function listen(message) {
    if (message.kind === "ready") box.hidden = false;
    else if (message.kind === "progress") showStep(message.step, message.done, message.total);
    else if (message.kind === "report") {
      finish(report.reported(message.report));
      lookup.hidden = false;
    } else if (message.kind === "rejected") finish(report.rejected(message.code, message.where));
    else if (message.kind === "cancelled") finish([report.verdict("secondary", say("cancelled"), [])]);
    else if (message.kind === "failed") finish([report.verdict("warning", say("failed", message), [])]);
    else if (message.kind === "explained") {
      answer.textContent = "";
      report.explained(message.id, message.found).forEach(function (part) { answer.append(part); });
    }
  }

  function withoutWorker() {
    box.hidden = false;
    finish([report.verdict("warning", say("no-worker"), [])]);
  }
  var worker;
  try {
    worker = new Worker(box.dataset.worker);
  } catch (refused) {
    /* A page opened from a disk may start no worker. */
    withoutWorker();
    return;
  }
  worker.onmessage = function (event) { listen(event.data); };
  worker.onerror = withoutWorker;
  worker.postMessage({ kind: "load", scripts: box.dataset.modules.split(" ").map(absolute) });

  plan.addEventListener("input", function () { lookAtDigest(false); });
  plan.addEventListener("change", function () { lookAtDigest(true); });
  document.getElementById("check-published").addEventListener("submit", function (event) {
    event.preventDefault();
    if (Object.keys(addresses).length) start(addresses);
  });
  document.getElementById("check-cancel").addEventListener("click", function () {
    worker.postMessage({ kind: "cancel" });
  });
  ["check-folder", "check-files"].forEach(function (id, n, both) {
    var input = document.getElementById(id);
    /* Choosing the same file again after it was changed would otherwise go unnoticed. */
    input.addEventListener("click", function () {
      input.value = "";
      chosen = [];
      note(ownNote, "");
    });
    input.addEventListener("change", function () {
      document.getElementById(both[1 - n]).value = "";
      chosen = Array.from(input.files);
      var bundle = bundleOf(chosen);
      if (bundle.problem) note(ownNote, bundle.problem, "bad");
      else note(ownNote, say("chosen", { names: Object.keys(bundle.files).join(" ") }), "good");
    });
  });
  own.addEventListener("submit", function (event) {
    event.preventDefault();
    var bundle = bundleOf(chosen);
    if (bundle.problem) note(ownNote, bundle.problem, "bad");
    else start(bundle.files);
  });
  lookup.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var id = document.getElementById("check-id").value.replace(/\s/g, "").toUpperCase();
    if (/^[0-9A-Z]{1,32}$/.test(id)) worker.postMessage({ kind: "explain", id: id });
    else answer.replaceChildren(report.node("p", say("id-form")));
  });
})();
