/* Take a visit along: its signed package, whom to call, and what stands in the form. Once people have left, the
   package brings the form alone: no code. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone;

  /**
   * Whether the package is to the letter what the platform signed; true where the browser cannot say. A key
   * that an earlier visit brought counts before one of the same name in the package itself.
   */
  async function genuine(signed, payload) {
    const keys = P.store.keysOf((await P.store.visits()).concat([payload]));
    const key = keys.find(function (one) { return one.kid === signed.kid; });
    if (!key) return false;
    return !root.mingchaCode.able() || root.mingchaCode.signedBy(key, signed.payload, signed.signature);
  }

  function fresh(pk) {
    return { pk: pk, client: "phone-" + P.random(8), seq: 0, after: 0, lead: false, enter: null, leave: null };
  }

  /**
   * Preload one visit. Gives "" when it is here, otherwise what to tell the person.
   * @param {number} pk @returns {Promise<string>}
   */
  async function take(pk) {
    const signed = await P.net.post(P.address("package", pk));
    if (signed.kind === "refused") return signed.content.refusals.map(function (one) { return one.message + "。" + one.remedy; }).join(" ");
    if (signed.kind !== "ok") return P.word("trouble_" + signed.kind);
    const payload = JSON.parse(signed.content.payload);
    if (!(await genuine(signed.content, payload))) return P.word("not_genuine");
    const contacts = await P.net.post(P.address("numbers", pk));
    const standing = await P.net.get(P.address("exchange", pk));
    if (standing.kind !== "ok") return P.word("trouble_" + standing.kind);
    await P.store.change("visits", pk, function (row) {
      const kept = row || fresh(pk), said = standing.content;
      return Object.assign(kept, {
        facts: payload.facts, issue: payload.issue, keys: payload.keys, reasons: payload.reasons,
        contacts: contacts.kind === "ok" ? contacts.content.contacts : kept.contacts || [],
        state: said.state, state_text: said.state_text, open: said.open, ahead: said.ahead,
        over: said.over, team: said.team, code: said.code, gone: false, entered_at: said.entered_at, left_at: said.left_at, lead: said.lead, taken_at: new Date().toISOString()
      });
    });
    await P.store.learn(pk, standing.content.ops);
    return "";
  }

  /** Ask the browser not to clear the store by itself; false where it will not promise. */
  async function persist() {
    if (!root.navigator.storage || !root.navigator.storage.persist) return false;
    return root.navigator.storage.persist();
  }

  P.preload = { take: take, persist: persist };
}(self));
