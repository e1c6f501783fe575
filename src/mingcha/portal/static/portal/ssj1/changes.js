/* Holds the changes after a draw (changes.jsonl) against the public register (Details, 7.10): each line's
   SHA-256, without its line feed, is the digest of the draw's next 候补 or 更换 there. */
(function (SSJ1) {
  "use strict";

  var EVENTS = ["候补", "更换"];

  function lines(bytes) {
    return SSJ1.decode(bytes).split("\n").filter(function (line) { return line; });
  }

  function digest(text) {
    return new SSJ1.Sha256().update(new TextEncoder().encode(text)).hex();
  }

  /* How many changes there are, and the number of the first that does not agree (0: all do). A line that is
     missing on either side does not agree. */
  function checkChanges(drawId, register, changes) {
    var told = lines(register).map(function (line) { return JSON.parse(line); }).filter(function (entry) {
      return entry.draw_id === drawId && EVENTS.includes(entry.event);
    });
    var found = lines(changes), most = Math.max(told.length, found.length);
    for (var n = 0; n < most; n++) {
      if (!told[n] || found[n] === undefined || told[n].digest !== digest(found[n])) return { count: most, wrong: n + 1 };
    }
    return { count: most, wrong: 0 };
  }

  SSJ1.checkChanges = checkChanges;
})(self.SSJ1 = self.SSJ1 || {});
