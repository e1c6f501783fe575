/* What the phone keeps: visits taken along, changes of their forms, files. IndexedDB, one database a person.

   A change is in the database before the screen says that it is kept, and survives a killed browser and a flat
   battery ("strict": the disk has it). */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, OWNER = "mingcha-phone-owner", NAME = "mingcha-phone-", STEPS = ["enter", "leave"];
  let database = null;

  function asked(request) {
    return new Promise(function (done, failed) {
      request.onsuccess = function () { done(request.result); };
      request.onerror = function () { failed(request.error); };
    });
  }

  function ended(transaction) {
    return new Promise(function (done, failed) {
      transaction.oncomplete = function () { done(); };
      transaction.onabort = transaction.onerror = function () { failed(transaction.error); };
    });
  }

  function writing(stores) { return database.transaction(stores, "readwrite", { durability: "strict" }); }

  function reading(store) { return database.transaction(store).objectStore(store); }

  function opened(name) {
    const request = root.indexedDB.open(name, 1);
    request.onupgradeneeded = function () {
      const made = request.result;
      made.createObjectStore("visits", { keyPath: "pk" });
      made.createObjectStore("ops", { keyPath: ["pk", "client", "seq"] }).createIndex("pk", "pk");
      made.createObjectStore("files", { keyPath: "uuid" }).createIndex("pk", "pk");
    };
    return asked(request);
  }

  /** Whose phone it was last; without a network nobody can be asked. */
  function owner() {
    const kept = root.localStorage.getItem(OWNER);
    return kept ? JSON.parse(kept) : null;
  }

  /**
   * Open the database of a person, and clear away what whoever had the phone before has sent already.
   * @param {{officer: number, name: string}} person
   */
  async function open(person) {
    const before = owner();
    if (before && before.officer !== person.officer) await clearAfter(before);
    root.localStorage.setItem(OWNER, JSON.stringify({ officer: person.officer, name: person.name }));
    await use(person);
  }

  async function use(person) {
    if (database) database.close();
    database = await opened(NAME + person.officer);
  }

  /** Somebody else had this phone: what they have not sent stays for them, everything else goes. */
  async function clearAfter(person) {
    await use(person);
    for (const row of await visits()) {
      if (!(await waiting(row)).held) await forget(row.pk);
    }
  }

  function visits() { return asked(reading("visits").getAll()); }
  function visit(pk) { return asked(reading("visits").get(pk)); }
  function ops(pk) { return asked(reading("ops").index("pk").getAll(pk)); }
  function files(pk) { return asked(reading("files").index("pk").getAll(pk)); }
  function file(uuid) { return asked(reading("files").get(uuid)); }

  /** Change one row where it lies: `how` gets it (or undefined) and gives the new one, or nothing. */
  async function change(store, key, how) {
    const transaction = writing([store]), rows = transaction.objectStore(store);
    const row = await asked(rows.get(key)), next = how(row);
    if (next) rows.put(next);
    await ended(transaction);
    return next || row;
  }

  async function keep(store, row) {
    const transaction = writing([store]);
    transaction.objectStore(store).put(row);
    await ended(transaction);
    return row;
  }

  /** Keep what was typed into a field and cannot stand, until it is mended; null for nothing any more. */
  function draft(pk, field, raw) {
    return change("visits", pk, function (row) {
      const kept = Object.assign({}, row && row.drafts);
      if (!row || (raw === null && !(field in kept))) return null;
      if (raw === null) delete kept[field]; else kept[field] = raw;
      return Object.assign(row, { drafts: kept });
    });
  }

  /** What counts: everything but what the platform has refused. */
  function standing(all) { return all.filter(function (op) { return op.status !== "refused"; }); }

  /**
   * Write into a form. What nobody has been told yet is changed in place; whoever does not lead writes
   * beside a colleague's different value, never over it.
   */
  async function write(pk, field, value) {
    const transaction = writing(["visits", "ops"]);
    const visitRows = transaction.objectStore("visits"), opRows = transaction.objectStore("ops");
    const row = await asked(visitRows.get(pk));
    const all = standing(await asked(opRows.index("pk").getAll(pk)));
    const form = root.mingchaForm.merge(all), heads = form.heads(field), values = form.values(field);
    const same = values.length === 1 && values[0] === value;
    if (!same && (heads.length || value !== null)) {
      const own = heads.find(function (op) { return op.client === row.client; });
      if (own && own.status === "queued" && !own.tried && heads.length === 1) {
        opRows.put(Object.assign({}, own, { value: value, saved: false, at: new Date().toISOString() }));
      } else {
        const seen = values.length > 1 && !row.lead ? heads.filter(function (op) { return op === own; }) : heads;
        row.seq += 1;
        visitRows.put(row);
        opRows.put({
          pk: pk, client: row.client, seq: row.seq, field: field, value: value,
          parents: seen.map(function (op) { return [op.client, op.seq]; }),
          at: new Date().toISOString(), status: "queued", tried: false
        });
      }
    }
    await ended(transaction);
  }

  /**
   * What whoever signs has before the eyes: how far each writer had come, and the digest of the form. Of others
   * only what was drawn: what came meanwhile is on the phone and not on the screen.
   * From here on none of these changes is changed in place.
   */
  async function sight(pk, drawn) {
    const transaction = writing(["visits", "ops"]), rows = transaction.objectStore("ops");
    const own = (await asked(transaction.objectStore("visits").get(pk))).client;
    const known = new Set(drawn.map(function (op) { return op.client + ":" + op.seq; }));
    const all = standing(await asked(rows.index("pk").getAll(pk))).filter(function (op) {
      return op.client === own || known.has(op.client + ":" + op.seq);
    });
    for (const op of all) if (op.status === "queued" && !op.tried) rows.put(Object.assign(op, { tried: true }));
    await ended(transaction);
    const text = new TextEncoder().encode(root.mingchaForm.merge(all).text());
    return { upto: root.mingchaForm.upto(all), digest: new root.SSJ1.Sha256().update(text).hex() };
  }

  /**
   * The next changes to be sent, as they lie now: from here on none of them is changed in place. Reading and
   * marking is one transaction, so that nothing typed in between goes under.
   */
  async function take(pk, most) {
    const transaction = writing(["ops"]), rows = transaction.objectStore("ops");
    const queued = (await asked(rows.index("pk").getAll(pk))).filter(function (op) { return op.status === "queued"; });
    const taken = queued.sort(function (a, b) { return a.seq - b.seq; }).slice(0, most);
    for (const op of taken) rows.put(Object.assign(op, { tried: true }));
    await ended(transaction);
    return { ops: taken, left: queued.length - taken.length };
  }

  /** Take in what others wrote; what is here already stays as it is. */
  async function learn(pk, told) {
    const transaction = writing(["ops"]), rows = transaction.objectStore("ops");
    for (const op of told) {
      const known = await asked(rows.get([pk, op.client, op.seq]));
      if (!known) rows.put(Object.assign({ pk: pk, status: "taken", tried: true }, op));
      else if (known.status !== "taken") rows.put(Object.assign({}, known, { status: "taken", author: op.author }));
    }
    await ended(transaction);
  }

  /** Forget a visit and everything of it. */
  async function forget(pk) {
    const transaction = writing(["visits", "ops", "files"]);
    transaction.objectStore("visits").delete(pk);
    for (const name of ["ops", "files"]) {
      const rows = transaction.objectStore(name);
      for (const key of await asked(rows.index("pk").getAllKeys(pk))) rows.delete(key);
    }
    await ended(transaction);
  }

  function queued(one) { return one.status === "queued"; }
  /** Coming in or leaving as noted, to which the platform has said no. */
  function refused(step) { return Boolean(step && !step.taken && step.refusals && step.refusals.length); }

  /** Whether the approved days are over, as far as the phone knows. */
  function past(row) {
    return Boolean(row.facts) && Date.parse(row.facts.visit.until + "T23:59:59+08:00") < Date.now();
  }

  /**
   * Whether what was written waits for nothing that comes by itself: the visit is no longer this person's, its
   * entry was refused, or its days are over and nobody has noted coming in. It is sent again all the same.
   */
  function barred(row) {
    if (row.gone) return true;
    if (row.entered_at) return false;
    return row.enter ? refused(row.enter) : past(row);
  }

  /** What of a visit the platform has refused, or does not take as things stand: steps, changes, files. */
  function held(row, written, kept) {
    const shut = barred(row);
    const back = function (one) { return one.status === "refused" || (shut && queued(one)); };
    const steps = STEPS.filter(function (name) { return row[name] && !row[name].taken && (shut || refused(row[name])); });
    return {
      steps: steps.map(function (name) { return Object.assign({ name: name }, row[name]); }),
      ops: written.filter(back), files: kept.filter(back)
    };
  }

  /**
   * How many things of a visit are still on their way to the platform (`all`), what was typed and is no number
   * yet (`drafts`), and with both what it has refused and nobody has downloaded (`held`): while there is any,
   * nothing of the visit is cleared away.
   */
  async function waiting(row) {
    const written = await ops(row.pk), kept = await files(row.pk), shut = barred(row), back = held(row, written, kept);
    const changes = shut ? 0 : written.filter(queued).length, pictures = shut ? 0 : kept.filter(queued).length;
    const steps = shut ? 0 : STEPS.filter(function (name) { return row[name] && !row[name].taken && !refused(row[name]); }).length;
    const all = changes + pictures + steps;
    const aside = back.steps.concat(back.ops, back.files).filter(function (one) { return !one.saved; }).length;
    const typed = root.mingchaPhone.closed(row) ? 0 : Object.keys(row.drafts || {}).length;
    return { changes: changes, files: pictures, steps: steps, all: all, drafts: typed, held: all + typed + aside };
  }

  /** Every key that some visit on this phone brought along, each once. */
  function keysOf(rows) {
    const known = new Map();
    rows.forEach(function (row) { (row.keys || []).forEach(function (key) { if (!known.has(key.kid)) known.set(key.kid, key); }); });
    return Array.from(known.values());
  }

  root.mingchaPhone.store = {
    owner, open, visits, visit, ops, files, file, change, keep, draft, write, sight, take, learn, forget, waiting, standing, keysOf,
    barred, held,
    opened: function () { return database !== null; }
  };
}(self));
