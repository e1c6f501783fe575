/* The talk with the platform: JSON with the session, a time limit, and a few plain outcomes. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone, LIMIT = 30000;
  let csrf = "";

  /** What came of a request: kind is "ok", "refused", "gone", "signed_out", "offline" or "failed". */
  function Outcome(kind, content) { this.kind = kind; this.content = content || {}; }

  async function once(address, options) {
    const control = new AbortController(), timer = root.setTimeout(function () { control.abort(); }, LIMIT);
    const headers = Object.assign({ Accept: "application/json" }, options.headers || {});
    if (csrf) headers["X-CSRFToken"] = csrf;
    try {
      const response = await root.fetch(address, Object.assign({}, options, {
        headers: headers, credentials: "same-origin", cache: "no-store", signal: control.signal
      }));
      const json = (response.headers.get("Content-Type") || "").indexOf("application/json") === 0;
      const content = json ? await response.json() : null;
      if (content && content.csrf) csrf = content.csrf;
      if (response.status === 401) return new Outcome("signed_out");
      if (response.ok) return json ? new Outcome("ok", content) : new Outcome("signed_out");
      if (response.status === 409 && content) return new Outcome("refused", content);
      /* The platform itself says so: what is asked about is not, or no longer, this person's. */
      if (content && (content.code === "not_found" || content.code === "forbidden")) return new Outcome("gone");
      /* A page instead of JSON: the token of this session is an older one. */
      if (response.status === 403 && !json) return new Outcome("token");
      return new Outcome("failed", { status: response.status });
    } catch (error) {
      return new Outcome("offline");
    } finally {
      root.clearTimeout(timer);
    }
  }

  /** Ask whether one is signed in; the answer brings the token for sending. */
  function hello() { return once(P.address("hello"), { method: "GET" }); }

  async function ask(address, options) {
    if (options.method !== "GET" && !csrf) {
      const greeted = await hello();
      if (greeted.kind !== "ok") return greeted;
    }
    const answer = await once(address, options);
    if (answer.kind !== "token") return answer;
    const greeted = await hello();
    if (greeted.kind !== "ok") return greeted;
    const again = await once(address, options);
    return again.kind === "token" ? new Outcome("signed_out") : again;
  }

  P.net = {
    hello: hello,
    get: function (address) { return ask(address, { method: "GET" }); },
    post: function (address, content) {
      const headers = { "Content-Type": "application/json" };
      return ask(address, { method: "POST", headers: headers, body: JSON.stringify(content || {}) });
    },
    send: function (address, blob) {
      return ask(address, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: blob });
    }
  };
}(self));
