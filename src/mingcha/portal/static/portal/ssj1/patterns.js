/* The patterns that a plan may set for its random values (protocol 7.3): a small, safe part of regular
   expressions, always matched against the whole value.

   Permitted: the characters 0-9 A-Z a-z -, `.` for any, escapes \d \w \. \+ \-, classes [ ] and [^ ] with
   ranges, groups ( ) and (?: ) up to 8 deep, |, the quantifiers ? * + {n} {n,} {n,m} up to 999, ^ in front
   and $ at the end. A part of the pattern maps the *set* of positions where it may begin to the set where it
   may end, so no pattern can keep the reader waiting for ever. */
(function (SSJ1) {
  "use strict";

  var ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+-";
  var MOST_PATTERN = 500, MOST_VALUE = 512, MOST_DEPTH = 8, MOST_STEPS = 200000;
  var ONE = /\[\^?(?:[0-9A-Za-z](?:-[0-9A-Za-z])?|[.+]|\\[dw.+-])*-?\]|\\[dw.+-]|[0-9A-Za-z.-]/y;
  var TIMES = /[?*+]|\{([0-9]{1,3})(,([0-9]{0,3}))?\}/y;
  var SHORT = { "?": [0, 1], "*": [0, MOST_VALUE], "+": [1, MOST_VALUE] };

  function at(form, text, position) {
    form.lastIndex = position;
    return form.exec(text);
  }

  class Pattern {
    constructor(source, where) {
      this.where = Object.assign({ seen: SSJ1.shown(source) }, where);
      this.must(source.length > 0 && source.length <= MOST_PATTERN);
      var body = source.startsWith("^") ? source.slice(1) : source;
      this.text = body.endsWith("$") ? body.slice(0, -1) : body;
      this.position = 0;
      this.tree = this.alternatives(0);
      this.must(this.position === this.text.length);
    }

    must(holds) {
      SSJ1.must(holds, "plan-pattern", this.where);
    }

    /* a|b|… up to a closing bracket or the end: {branches: [[part…]…]}. */
    alternatives(depth) {
      var branches = [[]];
      while (this.position < this.text.length && this.text[this.position] !== ")") {
        if (this.text[this.position] === "|") {
          branches.push([]);
          this.position++;
        } else {
          branches[branches.length - 1].push(this.repeated(this.single(depth)));
        }
      }
      return { branches: branches };
    }

    /* One character, class or group. */
    single(depth) {
      if (this.text[this.position] !== "(") return { set: this.characters() };
      this.must(depth < MOST_DEPTH);
      this.position += this.text.startsWith("(?:", this.position) ? 3 : 1;
      var inner = this.alternatives(depth + 1);
      this.must(this.position < this.text.length);
      this.position++;
      return inner;
    }

    /* The characters that a literal, an escape, a dot or a class stands for. */
    characters() {
      var found = at(ONE, this.text, this.position);
      this.must(found && found[0] !== "[^]");
      var form, set;
      try {
        form = new RegExp("^(?:" + found[0] + ")$");
        set = new Set(Array.from(ALPHABET).filter(function (c) { return form.test(c); }));
      } catch (error) {
        set = new Set(); /* a range such as z-a */
      }
      this.must(set.size > 0);
      this.position = ONE.lastIndex;
      return set;
    }

    /* `node` with the quantifier that follows it, if one does. */
    repeated(node) {
      var found = at(TIMES, this.text, this.position);
      if (!found) return node;
      this.position = TIMES.lastIndex;
      if (SHORT[found[0]]) return { inner: node, low: SHORT[found[0]][0], high: SHORT[found[0]][1] };
      var low = Number(found[1]);
      var high = found[3] ? Number(found[3]) : found[2] ? MOST_VALUE : low;
      this.must(!found[3] || low <= high);
      return { inner: node, low: low, high: high };
    }

    matches(value) {
      this.steps = 0;
      return value.length <= MOST_VALUE && this.ends(this.tree, value, new Set([0])).has(value.length);
    }

    /* Where `node` may end when it begins at one of `starts`. A repetition costs no step itself: kernel,
       verify.py and browser must find the same patterns too much work. */
    ends(node, value, starts) {
      if (node.inner) return this.turns(node, value, starts);
      this.steps += 1 + starts.size;
      this.must(this.steps <= MOST_STEPS);
      if (node.set) {
        var after = new Set();
        starts.forEach(function (i) { if (node.set.has(value[i])) after.add(i + 1); });
        return after;
      }
      return this.either(node, value, starts);
    }

    either(node, value, starts) {
      var all = new Set();
      node.branches.forEach(function (branch) {
        var here = starts;
        branch.forEach(function (part) { if (here.size) here = this.ends(part, value, here); }, this);
        here.forEach(function (i) { all.add(i); });
      }, this);
      return all;
    }

    turns(node, value, starts) {
      var done = new Set(node.low === 0 ? starts : []), here = starts, still = false;
      for (var turn = 1; turn <= node.high && here.size && !still; turn++) {
        var after = this.ends(node.inner, value, here);
        /* When nothing moves any more, further turns change nothing either. */
        still = same(after, here);
        if (turn >= node.low || still) {
          if (within(after, done)) break;
          after.forEach(function (i) { done.add(i); });
        }
        here = after;
      }
      return done;
    }
  }

  function within(a, b) {
    return Array.from(a).every(function (i) { return b.has(i); });
  }

  function same(a, b) {
    return a.size === b.size && within(a, b);
  }

  SSJ1.Pattern = Pattern;
})(self.SSJ1 = self.SSJ1 || {});
