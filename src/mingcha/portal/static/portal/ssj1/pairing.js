/* 发牌法: dealing inspectors to targets, repairing by chains, levelling the loads (protocol 7.7).

   Inspectors are numbered in P order (card at load 0, then id), targets by 抽取序号 from 0. This follows the
   protocol sentence by sentence; a bureau has tens of inspectors and hundreds of targets. */
(function (SSJ1) {
  "use strict";

  class Pairing {
    /* `inspectors` {id, skills, capacity}, `targets` {id, skill} in 抽取序号 order, `recusals` {target,
       inspector}; `size` members are wanted for each team. */
    constructor(key, inspectors, targets, recusals, size) {
      this.key = key;
      this.targets = targets;
      this.size = size;
      this.cards = new Map();
      var cards = inspectors.map(function (j) { return { card: SSJ1.sha256(key + j.id + "#0"), j: j }; });
      cards.sort(function (a, b) { return a.card !== b.card ? (a.card < b.card ? -1 : 1) : a.j.id < b.j.id ? -1 : 1; });
      this.people = cards.map(function (c) { return c.j; });
      this.skills = this.people.map(function (j) { return new Set(j.skills.concat("")); });
      this.load = this.people.map(function () { return 0; });
      this.held = this.people.map(function () { return []; });
      this.teams = targets.map(function () { return []; });
      this.barred = targets.map(function () { return new Set(); });
      this.bar(recusals);
      this.chains = [];
      this.unserved = [];
    }

    /* A pair that names an unknown target or inspector has no effect (protocol, Details). */
    bar(recusals) {
      var place = new Map(this.targets.map(function (t, n) { return [t.id, n]; }));
      var who = new Map(this.people.map(function (j, n) { return [j.id, n]; }));
      recusals.forEach(function (pair) {
        var known = place.has(pair.target) && who.has(pair.inspector);
        if (known) this.barred[place.get(pair.target)].add(who.get(pair.inspector));
      }, this);
    }

    /* card(j) = H(insp_key + id + "#" + load), computed once for each load. */
    card(j) {
      var name = this.people[j].id + "#" + this.load[j];
      if (!this.cards.has(name)) this.cards.set(name, SSJ1.sha256(this.key + name));
      return this.cards.get(name);
    }

    hasRoom(j) {
      return this.load[j] < this.people[j].capacity;
    }

    /* Someone in the team of t other than `out` has the skill that t needs. */
    covered(t, out) {
      var skill = this.targets[t].skill;
      return this.teams[t].some(function (m) { return m !== out && this.skills[m].has(skill); }, this);
    }

    /* All j with may(t, j, out), in P order: no recusal, not in the team, and j has the skill of t or
       someone in the team other than `out` has it. */
    allowed(t, out) {
      var covered = this.covered(t, out), skill = this.targets[t].skill, found = [];
      for (var j = 0; j < this.people.length; j++) {
        var able = covered || this.skills[j].has(skill);
        if (able && !this.barred[t].has(j) && !this.teams[t].includes(j)) found.push(j);
      }
      return found;
    }

    /* Step 1: the smallest (load, card, id) of `free`. */
    smallest(free) {
      return free.reduce(function (best, j) {
        if (this.load[j] !== this.load[best]) return this.load[j] < this.load[best] ? j : best;
        if (this.card(j) !== this.card(best)) return this.card(j) < this.card(best) ? j : best;
        return this.people[j].id < this.people[best].id ? j : best;
      }.bind(this));
    }

    join(t, j) {
      this.teams[t].push(j);
      this.hold(j, t);
      this.load[j]++;
    }

    /* Targets are held in ascending 抽取序号. */
    hold(j, t) {
      var held = this.held[j], at = held.length;
      while (at > 0 && held[at - 1] > t) at--;
      held.splice(at, 0, t);
    }

    /* Step 2's breadth-first search from `starts` to the first inspector for whom `goal` holds. Answers how
       everyone was reached ([giver, target], null for a start) and the end of the chain, -1 for none. */
    search(starts, goal) {
      var came = new Map(starts.map(function (j) { return [j, null]; })), queue = starts.slice();
      for (var n = 0; n < queue.length && came.size < this.people.length; n++) {
        var a = queue[n];
        for (var i = 0; i < this.held[a].length; i++) {
          var u = this.held[a][i], next = this.allowed(u, a);
          for (var m = 0; m < next.length; m++) {
            var j = next[m];
            if (came.has(j)) continue;
            came.set(j, [a, u]);
            queue.push(j);
            if (goal(j)) return { came: came, end: j };
          }
        }
      }
      return { came: came, end: -1 };
    }

    /* Every taker takes the giver's place in the team. Answers the inspector at the start of the chain, who
       has one target less; the one at the end has one more. */
    carryOut(kind, found, target) {
      var moves = [], j = found.end;
      this.load[j]++;
      for (var step = found.came.get(j); step; step = found.came.get(j)) {
        var a = step[0], u = step[1];
        moves.unshift([this.people[a].id, u + 1, this.people[j].id]);
        this.teams[u][this.teams[u].indexOf(a)] = j;
        this.held[a].splice(this.held[a].indexOf(u), 1);
        this.hold(j, u);
        j = a;
      }
      this.load[j]--;
      this.chains.push({ kind: kind, moves: moves, joins: target === null ? null : this.people[j].id,
                         seq: target === null ? null : target + 1 });
      return j;
    }

    /* Steps 1 and 2 for all slots of t; what cannot be filled is recorded with the people reached. */
    fill(t) {
      for (var slot = 0; slot < this.size; slot++) {
        var able = this.allowed(t, -1), free = able.filter(this.hasRoom, this);
        if (free.length) {
          this.join(t, this.smallest(free));
          continue;
        }
        var found = this.search(able, this.hasRoom.bind(this));
        if (found.end < 0) {
          /* The start set is the same for the other slots of this target, so they fail alike. */
          var reached = Array.from(found.came.keys()).sort(function (a, b) { return a - b; });
          this.unserved.push({ seq: t + 1, id: this.targets[t].id, slots: this.size - slot, reached: reached });
          return;
        }
        this.join(t, this.carryOut("repair", found, t));
      }
    }

    /* The certificates: all the people reached are full, and nobody else may take over from them. So every
       complete pairing needs more places from them (`needed`) than they have (`room`): a sum that uses the
       frozen files only, and that anybody can do again. */
    prove() {
      var needed = new Map();
      this.unserved.forEach(function (place) {
        var inside = new Set(place.reached), key = place.reached.join();
        if (!needed.has(key)) needed.set(key, this.neededFrom(inside));
        place.needed = needed.get(key);
        place.room = place.reached.reduce(function (sum, j) { return sum + this.people[j].capacity; }.bind(this), 0);
        place.reached = place.reached.map(function (j) { return this.people[j].id; }, this);
      }, this);
    }

    /* Places that people of `inside` must fill: at each target the others fill at most all, and all but one
       when none of them has its skill. */
    neededFrom(inside) {
      return this.targets.reduce(function (sum, target, t) {
        var others = 0, leading = false;
        this.skills.forEach(function (skills, j) {
          if (inside.has(j) || this.barred[t].has(j)) return;
          others++;
          leading = leading || skills.has(target.skill);
        }, this);
        return sum + this.size - Math.min(leading ? this.size : this.size - 1, others);
      }.bind(this), 0);
    }

    /* Step 3 at load `height`: chains to people of load ≤ height - 2 until there is none. */
    level(height) {
      for (;;) {
        var all = this.load.map(function (load, j) { return j; });
        var starts = all.filter(function (j) { return this.load[j] === height; }, this);
        var goal = new Set(all.filter(function (j) { return this.load[j] <= height - 2 && this.hasRoom(j); }, this));
        if (!goal.size || !starts.length) return;
        var found = this.search(starts, goal.has.bind(goal));
        if (found.end < 0) return;
        this.carryOut("level", found, null);
      }
    }

    /* Step 4: those who have the skill stand first, otherwise as they are; the first is 主检. */
    leadersFirst(t) {
      var skill = this.targets[t].skill, team = this.teams[t];
      var having = team.filter(function (j) { return this.skills[j].has(skill); }, this);
      var others = team.filter(function (j) { return !this.skills[j].has(skill); }, this);
      this.teams[t] = having.concat(others);
    }

    async run(breathe) {
      for (var t = 0; t < this.targets.length; t++) {
        this.fill(t);
        await breathe(t, this.targets.length);
      }
      var most = this.load.reduce(function (a, b) { return Math.max(a, b); }, 0);
      for (var height = most; height > 1; height--) {
        this.level(height);
        await breathe(this.targets.length, this.targets.length);
      }
      this.targets.forEach(function (target, n) { this.leadersFirst(n); }, this);
      this.prove();
      return this;
    }

    team(t) {
      return this.teams[t].map(function (j) { return this.people[j].id; }, this);
    }
  }

  SSJ1.Pairing = Pairing;
})(self.SSJ1 = self.SSJ1 || {});
