/* plan.json and entropy.json: what was promised, and the random values that appeared (protocol 7.2, 7.3). */
(function (SSJ1) {
  "use strict";

  var must = SSJ1.must, isText = SSJ1.isText, isHex = SSJ1.isHex;
  var CODE = /^[0-9A-Za-z_.-]{1,32}$/;
  var PLAN = { file: "plan.json", line: 1 }, ENTROPY = { file: "entropy.json", line: 1 };
  var MOST_TEAM = 64;
  var QUOTA_FIELDS = { rate: ["bp", "min"], fixed: ["k"], total: ["k", "bp", "factor"] };

  function within(where, field) {
    return Object.assign({ field: field }, where);
  }

  /* The checked plan as a plain object; extra fields of plan.json are free (protocol, Details). */
  function parsePlan(bytes) {
    var raw = SSJ1.canonicalJson("plan", bytes);
    must(raw instanceof Map, "plan-field", PLAN);
    must(raw.get("spec") === "SSJ-1", "plan-spec", within(PLAN, "spec"));
    must(isText(raw.get("draw_id"), /^[0-9A-Za-z-]{1,48}$/), "plan-draw-id", within(PLAN, "draw_id"));
    must(typeof raw.get("title") === "string", "plan-field", within(PLAN, "title"));
    ["roster_sha256", "inspectors_sha256", "recusals_sha256"].forEach(function (name) {
      must(isHex(raw.get(name), 64), "plan-field", within(PLAN, name));
    });
    must(!raw.has("roster_root") || isHex(raw.get("roster_root"), 64), "plan-field", within(PLAN, "roster_root"));
    must(["none", "w16"].includes(raw.get("weighting")), "plan-field", within(PLAN, "weighting"));
    must(typeof raw.get("reserve_pct") === "number", "plan-field", within(PLAN, "reserve_pct"));
    var team = raw.get("per_target");
    must(typeof team === "number" && team <= MOST_TEAM, "plan-field", within(PLAN, "per_target"));
    checkQuota(raw.get("quota"));
    return {
      digest: new SSJ1.Sha256().update(bytes).hex(),
      drawId: raw.get("draw_id"),
      title: raw.get("title"),
      tables: { roster: raw.get("roster_sha256"), inspectors: raw.get("inspectors_sha256"),
                recusals: raw.get("recusals_sha256") },
      names: raw.get("names_sha256"),
      quota: raw.get("quota"),
      weighting: raw.get("weighting"),
      reservePct: raw.get("reserve_pct"),
      perTarget: team,
      sources: parseSources(raw.get("entropy"))
    };
  }

  /* Protocol, Details: the three modes. An unknown field is refused here, unlike in the rest of the plan,
     because a mistyped "min" would silently lose a legal minimum. */
  function checkQuota(quota) {
    var mode = quota instanceof Map ? quota.get("mode") : null;
    var known = typeof mode === "string" && Object.prototype.hasOwnProperty.call(QUOTA_FIELDS, mode);
    must(known, "plan-quota-mode", within(PLAN, "quota.mode"));
    var fields = QUOTA_FIELDS[mode], wrong = within(PLAN, "quota");
    must(["all", "eligible"].includes(quota.get("base")), "plan-quota", within(PLAN, "quota.base"));
    quota.forEach(function (value, name) {
      must(fields.concat("mode", "base").includes(name), "plan-quota", within(PLAN, "quota." + SSJ1.shown(name)));
    });
    must(mode !== "total" || quota.has("k") !== quota.has("bp"), "plan-quota", wrong);
    fields.forEach(function (name) {
      if (!quota.has(name)) return;
      var numbers = mode === "total" && name !== "factor" ? new Map([["all", quota.get(name)]]) : quota.get(name);
      must(numbers instanceof Map, "plan-quota", within(PLAN, "quota." + name));
      numbers.forEach(function (number, stratum) {
        var right = CODE.test(stratum) && typeof number === "number" && (name !== "bp" || number <= 10000);
        must(right, "plan-quota", within(PLAN, "quota." + name));
      });
    });
  }

  /* The random sources in the order of the plan; a sealed one has issue 1 and a commitment. */
  function parseSources(entropy) {
    must(Array.isArray(entropy) && entropy.length > 0, "plan-entropy", within(PLAN, "entropy"));
    return entropy.map(function (item, index) {
      var where = within(PLAN, "entropy[" + index + "]");
      var source = item instanceof Map ? item : new Map();
      var name = source.get("name"), issue = source.get("issue"), commit = source.get("commit");
      must(isText(name, /^[0-9a-z]{1,32}$/) && isText(issue, /^[0-9A-Za-z-]{1,64}$/), "plan-entropy", where);
      must(typeof source.get("pattern") === "string", "plan-entropy", where);
      must(!source.has("commit") || isHex(commit, 64), "plan-entropy", where);
      must(name !== "sealed" || (source.has("commit") && issue === "1"), "plan-entropy", where);
      return { name: name, issue: issue, commit: commit, pattern: new SSJ1.Pattern(source.get("pattern"), where) };
    });
  }

  /* The values as [{name, issue, value}], being those that the plan announced (protocol 7.3). */
  function parseEntropy(bytes, plan) {
    var raw = SSJ1.canonicalJson("entropy", bytes);
    must(Array.isArray(raw), "entropy-field", ENTROPY);
    var values = raw.map(function (item) {
      var fields = item instanceof Map && item.size === 3 ? ["name", "issue", "value"].map(function (f) { return item.get(f); }) : [null];
      must(fields.every(function (f) { return typeof f === "string"; }), "entropy-field", ENTROPY);
      return { name: fields[0], issue: fields[1], value: fields[2] };
    });
    var announced = values.length === plan.sources.length && plan.sources.every(function (source, n) {
      return source.name === values[n].name && source.issue === values[n].issue;
    });
    must(announced, "entropy-source", ENTROPY);
    plan.sources.forEach(function (source, n) {
      var value = values[n].value, where = Object.assign({ seen: SSJ1.shown(value), field: source.name }, ENTROPY);
      must(/^[0-9A-Za-z.+-]{1,512}$/.test(value), "entropy-characters", where);
      must(source.pattern.matches(value), "entropy-pattern", where);
      var opened = !source.commit || SSJ1.sha256("SSJ-1/sealed|" + value) === source.commit;
      must(opened, "entropy-sealed", where);
    });
    return values;
  }

  /* Protocol 7.3: neither the roster nor the plan enters the seed. */
  function deriveKeys(plan, values) {
    var parts = values.map(function (v) { return v.name + "=" + v.issue + "=" + v.value; });
    var seedText = ["SSJ-1", plan.drawId].concat(parts).join("|");
    var seed = SSJ1.sha256(seedText);
    return {
      seedText: seedText,
      seed: seed,
      drawKey: SSJ1.sha256(seed + "/draw").slice(0, 32),
      inspKey: SSJ1.sha256(seed + "/inspect").slice(0, 32)
    };
  }

  SSJ1.parsePlan = parsePlan;
  SSJ1.parseEntropy = parseEntropy;
  SSJ1.deriveKeys = deriveKeys;
})(self.SSJ1 = self.SSJ1 || {});
