/* A form that several people fill without a network: the twin of mingcha/kernel/forms.py, to the letter.

   A change: {client, seq, field, value, parents: [[client, seq], ...]}. What has been written over is no head;
   where the heads of a field say different things, both stand until somebody writes with both before the eyes. */
(function (root) {
  "use strict";

  /** By code points, as Python orders text. */
  function before(a, b) {
    const one = Array.from(a), other = Array.from(b);
    for (let i = 0; i < one.length && i < other.length; i++) {
      if (one[i] !== other[i]) return one[i].codePointAt(0) - other[i].codePointAt(0);
    }
    return one.length - other.length;
  }

  /** The one spelling of a value: 1 and "1" are different. */
  function spelled(value) { return JSON.stringify(value === undefined ? null : value); }

  function id(client, seq) { return client + ":" + seq; }

  function content(op) {
    const parents = op.parents.map(function (one) { return id(one[0], one[1]); }).sort();
    return JSON.stringify([op.field, spelled(op.value), parents]);
  }

  /** The ops by their ids, each once; throws when one stands twice with different contents. */
  function known(ops) {
    const found = new Map();
    ops.forEach(function (op) {
      const key = id(op.client, op.seq), first = found.get(key);
      if (first && content(first) !== content(op)) throw new Error("two different changes are both " + key);
      if (!first) found.set(key, op);
    });
    return found;
  }

  function Form(heads) { this._heads = heads; }

  /** Every field that somebody wrote, in order of name. */
  Form.prototype.fields = function () { return Array.from(this._heads.keys()).sort(before); };

  /** What stands in a field, one op for each writer who knew nothing of the others. */
  Form.prototype.heads = function (field) { return this._heads.get(field) || []; };

  /** The different values that stand in a field, in a fixed order. */
  Form.prototype.values = function (field) {
    const kept = new Map();
    this.heads(field).forEach(function (op) { kept.set(spelled(op.value), op.value); });
    return Array.from(kept.keys()).sort(before).map(function (text) { return JSON.parse(text); });
  };

  /** What a field holds; null while it is empty, and while two values stand. */
  Form.prototype.value = function (field) {
    const found = this.values(field);
    return found.length === 1 ? found[0] : null;
  };

  /** The fields in which different values stand, in order of name. */
  Form.prototype.conflicts = function () {
    return this.fields().filter(function (field) { return this.values(field).length > 1; }, this);
  };

  /** What the form says, in its one spelling: each field with the values that stand in it. */
  Form.prototype.text = function () {
    return JSON.stringify(this.fields().map(function (field) { return [field, this.values(field)]; }, this));
  };

  /** The form that these changes make, in whatever order they are given. */
  function merge(ops) {
    const all = known(ops), over = new Set(), latest = new Map(), heads = new Map();
    all.forEach(function (op) {
      op.parents.forEach(function (one) { over.add(op.field + "\n" + id(one[0], one[1])); });
      const mine = op.client + "\n" + op.field;
      latest.set(mine, Math.max(op.seq, latest.get(mine) || 0));
    });
    const sorted = Array.from(all.values()).sort(function (a, b) {
      return before(a.client, b.client) || a.seq - b.seq;
    });
    sorted.forEach(function (op) {
      const gone = over.has(op.field + "\n" + id(op.client, op.seq));
      /* A writer has its own earlier words before the eyes. */
      if (gone || latest.get(op.client + "\n" + op.field) !== op.seq) return;
      heads.set(op.field, (heads.get(op.field) || []).concat([op]));
    });
    return new Form(heads);
  }

  /** How far each writer had come, for whoever knows exactly these changes. */
  function upto(ops) {
    const found = {};
    ops.forEach(function (op) { found[op.client] = Math.max(op.seq, found[op.client] || 0); });
    return found;
  }

  /** The form as it stood when each writer had come that far. */
  function seen(ops, before) {
    return merge(ops.filter(function (op) { return op.seq <= (before[op.client] || 0); }));
  }

  root.mingchaForm = { merge: merge, upto: upto, seen: seen };
}(typeof self === "undefined" ? globalThis : self));
