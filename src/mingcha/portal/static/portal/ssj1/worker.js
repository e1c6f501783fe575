/* The worker in which everything is computed, so that the page never stands still. Messages to it:

     {kind: "load", scripts: [addresses]}     once, before anything else
     {kind: "verify", files, plan}            files: {name: address, File or ArrayBuffer}; plan: digest or null
     {kind: "cancel"}
     {kind: "explain", id}                    about the draw that was verified last

   and from it: ready, progress {step, done, total}, report {report}, rejected {code, where}, cancelled,
   failed {reason}, explained {id, found}. It keeps the files in memory and sends nothing anywhere. */
(function () {
  "use strict";

  var BREATH = 40; /* milliseconds of work after which messages are looked at */
  var MOST_BYTES = 2 * 1024 * 1024 * 1024 - 1;
  var cancelled = false, verified = null, downloads = new AbortController();

  /* Lets the messages that wait be delivered; a timer would be slowed down to four milliseconds a turn. */
  var channel = new MessageChannel(), waiting = [];
  channel.port1.onmessage = function () { waiting.shift()(); };
  function turn() {
    return new Promise(function (go) {
      waiting.push(go);
      channel.port2.postMessage(null);
    });
  }

  var last = 0;
  async function breathe(step, done, total) {
    var now = performance.now();
    if (now - last < BREATH) return;
    postMessage({ kind: "progress", step: step, done: done, total: total });
    await turn();
    if (cancelled) throw new SSJ1.Cancelled();
    last = performance.now();
  }

  function progress(step) {
    postMessage({ kind: "progress", step: step, done: 0, total: 1 });
    return function (done, total) { return breathe(step, done, total); };
  }

  /* The bytes of a file on this computer, of an address, or null when the address answers 404. */
  async function read(name, source) {
    if (source instanceof ArrayBuffer) return new Uint8Array(source);
    try {
      if (source instanceof Blob) {
        SSJ1.must(source.size <= MOST_BYTES, "file-too-large", { file: name });
        return new Uint8Array(await source.arrayBuffer());
      }
      var answer = await fetch(source, { credentials: "same-origin", signal: downloads.signal });
      if (answer.status === 404) return null;
      SSJ1.must(answer.ok, "file-unreadable", { file: name });
      return await download(answer);
    } catch (error) {
      if (cancelled) throw new SSJ1.Cancelled();
      if (error instanceof SSJ1.Rejected) throw error;
      throw new SSJ1.Rejected("file-unreadable", { file: name });
    }
  }

  async function download(answer) {
    var total = Number(answer.headers.get("Content-Length")) || 0, reader = answer.body.getReader();
    var pieces = [], size = 0;
    for (var part = await reader.read(); !part.done; part = await reader.read()) {
      pieces.push(part.value);
      size += part.value.length;
      await breathe("read", size, Math.max(size, total));
    }
    var whole = new Uint8Array(size), at = 0;
    pieces.forEach(function (piece) {
      whole.set(piece, at);
      at += piece.length;
    });
    return whole;
  }

  async function verify(sources, plan) {
    cancelled = false;
    verified = null;
    downloads = new AbortController();
    progress("read");
    try {
      var files = {};
      for (var name of Object.keys(sources)) {
        var bytes = await read(name, sources[name]);
        if (bytes) files[name] = bytes;
      }
      var done = await SSJ1.verify(files, plan, progress);
      verified = done.draw;
      if (files["changes.jsonl"] && files["register.jsonl"]) {
        done.report.changes = SSJ1.checkChanges(done.report.drawId, files["register.jsonl"], files["changes.jsonl"]);
      }
      postMessage({ kind: "report", report: done.report });
    } catch (error) {
      if (error instanceof SSJ1.Cancelled) postMessage({ kind: "cancelled" });
      else if (error instanceof SSJ1.Rejected) postMessage({ kind: "rejected", code: error.code, where: error.where });
      else postMessage({ kind: "failed", reason: String(error) });
    }
  }

  self.onmessage = function (event) {
    var message = event.data;
    if (message.kind === "load") {
      importScripts.apply(null, message.scripts);
      postMessage({ kind: "ready" });
    } else if (message.kind === "verify") {
      verify(message.files, message.plan);
    } else if (message.kind === "cancel") {
      cancelled = true;
      downloads.abort();
    } else if (message.kind === "explain" && verified) {
      postMessage({ kind: "explained", id: message.id, found: SSJ1.explain(verified, message.id) });
    }
  };
})();
