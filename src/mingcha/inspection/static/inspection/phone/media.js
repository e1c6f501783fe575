/* Photographs, recordings and signatures: hashed, placed and kept before anything is sent. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, SLICE = 1048576;

  /** The SHA-256 of a blob, read a slice at a time; works without HTTPS too. */
  async function digest(blob) {
    const made = new root.SSJ1.Sha256();
    for (let at = 0; at < blob.size; at += SLICE) {
      made.update(new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer()));
    }
    return made.hex();
  }

  /** Where the phone is, if it may say so and knows within eight seconds; otherwise null. */
  function place() {
    return new Promise(function (done) {
      if (!root.navigator.geolocation) { done(null); return; }
      root.navigator.geolocation.getCurrentPosition(function (found) {
        const at = found.coords;
        done({ lat: at.latitude, lon: at.longitude, accuracy: Math.round(at.accuracy) });
      }, function () { done(null); }, { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 });
    });
  }

  const LIMITS = JSON.parse(document.getElementById("phone-limits").textContent);

  /** Why a file cannot be taken, before it is kept; "" when it can. */
  function wrong(kind, blob) {
    const most = kind === "sound" ? LIMITS.recording : LIMITS.photo;
    if (!blob.size) return P.word("file_empty");
    if (blob.size > most) return P.word("file_too_large", { given: P.size(blob.size), most: P.size(most) });
    return "";
  }

  /**
   * Keep a file of a visit. Gives its row; throws an Error whose message is for the person.
   * @param {number} pk @param {string} kind photo, sound, signature or paper
   * @param {Blob} blob @param {string} name @param {number|null} point
   * @param {Object} [sight] of a signature, what was before the eyes (`store.sight`)
   */
  async function keep(pk, kind, blob, name, point, sight) {
    const why = wrong(kind, blob);
    if (why) throw new Error(why);
    /* A file that the camera program owns may go away: what is kept is a copy of its bytes. */
    const copy = new Blob([await blob.arrayBuffer()], { type: blob.type });
    const row = {
      uuid: P.uuid(), pk: pk, kind: kind, point: point, name: name, blob: copy, size: copy.size,
      sha256: await digest(copy), at: new Date().toISOString(), place: null, sight: sight || null,
      status: "queued", received: 0
    };
    const known = (await P.store.files(pk)).find(function (one) { return one.sha256 === row.sha256; });
    await P.store.keep("files", row);
    if (kind !== "signature") locate(row.uuid);
    P.sync.hurry();
    return Object.assign({ again: Boolean(known) }, row);
  }

  /** Where it was taken, once the phone knows; the file itself is kept already. */
  async function locate(uuid) {
    const found = await place();
    if (found) {
      await P.store.change("files", uuid, function (row) { return row && !row.announced ? Object.assign(row, { place: found }) : null; });
    }
  }

  /** A name with an extension for what the camera gives. */
  function named(file, fallback) {
    const dot = file.name ? file.name.lastIndexOf(".") : -1;
    return dot > 0 ? file.name.slice(-80) : fallback;
  }

  /** Whether the browser records by itself. */
  function records() { return Boolean(root.MediaRecorder && root.navigator.mediaDevices); }

  /** Record until `stop()`; `done` gets the sound. Throws where the microphone is refused. */
  async function record(done) {
    const stream = await root.navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new root.MediaRecorder(stream, { audioBitsPerSecond: 32000 }), parts = [];
    recorder.ondataavailable = function (event) { if (event.data.size) parts.push(event.data); };
    recorder.onstop = function () {
      stream.getTracks().forEach(function (track) { track.stop(); });
      done(new Blob(parts, { type: recorder.mimeType.split(";")[0] }));
    };
    recorder.start(1000);
    return function () { if (recorder.state !== "inactive") recorder.stop(); };
  }

  /** The extension of what the recorder made. */
  function extension(type) { return type.indexOf("mp4") >= 0 ? "m4a" : "webm"; }

  P.media = { keep: keep, place: place, named: named, records: records, record: record, extension: extension };
}(self));
