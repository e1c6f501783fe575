/* The two small tables, inspectors.csv and recusals.csv (protocol 7.2): one object a row is fine here. */
(function (SSJ1) {
  "use strict";

  var FORMS = {
    inspectors: {
      header: "id,skills,capacity",
      row: /^([0-9A-Z]{1,32}),((?:[0-9A-Za-z_.-]{1,32}(?:[+][0-9A-Za-z_.-]{1,32})*)?),(0|[1-9][0-9]{0,8})$/,
      key: 1
    },
    recusals: { header: "target,inspector", row: /^([0-9A-Z]{1,32}),([0-9A-Z]{1,32})$/, key: 2 }
  };
  var LONGEST_LINE = 4096;

  /* -1, 0 or 1 as the first `count` fields of a stand before, with or after those of b. */
  function order(a, b, count) {
    for (var i = 0; i < count; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
  }

  /* Rows as arrays of fields, strictly ascending by the key columns. The header is line 1. */
  function parseTable(stem, bytes) {
    var form = FORMS[stem], name = stem + ".csv";
    SSJ1.checkEncoding(name, bytes);
    var lines = SSJ1.decode(bytes).split("\n");
    lines.pop();
    SSJ1.must(lines[0] === form.header, stem + "-header", { file: name, line: 1, seen: SSJ1.shown(lines[0]) });
    var last = null;
    return lines.slice(1).map(function (line, index) {
      var where = { file: name, line: index + 2, seen: SSJ1.shown(line) };
      var found = line.length <= LONGEST_LINE ? form.row.exec(line) : null;
      SSJ1.must(found, stem + "-pattern", where);
      var fields = found.slice(1);
      var compared = last ? order(last, fields, form.key) : -1;
      SSJ1.must(compared !== 0, stem + "-duplicate", where);
      SSJ1.must(compared < 0, stem + "-order", where);
      last = fields;
      return fields;
    });
  }

  function parseInspectors(bytes) {
    return parseTable("inspectors", bytes).map(function (f) {
      return { id: f[0], skills: f[1] ? f[1].split("+") : [], capacity: Number(f[2]) };
    });
  }

  function parseRecusals(bytes) {
    return parseTable("recusals", bytes).map(function (f) { return { target: f[0], inspector: f[1] }; });
  }

  SSJ1.parseInspectors = parseInspectors;
  SSJ1.parseRecusals = parseRecusals;
})(self.SSJ1 = self.SSJ1 || {});
