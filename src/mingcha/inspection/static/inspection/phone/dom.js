/* Words from the page, and elements without markup in strings. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone = root.mingchaPhone || {};
  const words = JSON.parse(document.getElementById("phone-words").textContent);
  const addresses = JSON.parse(document.getElementById("phone-addresses").textContent);

  /**
   * A word of the page with its places filled: word("waiting", {n: 3}).
   * @param {string} code @param {Object<string, string|number>} [values]
   */
  P.word = function (code, values) {
    if (!(code in words)) throw new Error("no word " + code);
    return words[code].replace(/\{(\w+)\}/g, function (whole, name) {
      return values && name in values ? String(values[name]) : whole;
    });
  };

  /** An address of the platform; 0 in it stands for the inspection. */
  P.address = function (code, pk) { return addresses[code].replace("/0/", "/" + (pk || 0) + "/"); };

  /** Where a piece of a file goes. */
  P.pieceAddress = function (uuid, offset) {
    return addresses.piece.replace(/[0-9a-f-]{36}\/0\/$/, uuid + "/" + offset + "/");
  };

  /**
   * An element: h("button", {class: "p-big", onclick: f, "aria-pressed": "true"}, "text", child, null, ...).
   * @param {string} tag @param {Object} attributes @returns {HTMLElement}
   */
  P.h = function (tag, attributes) {
    const made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      const value = attributes[name];
      if (value === null || value === undefined || value === false) return;
      if (name.slice(0, 2) === "on") made.addEventListener(name.slice(2), value);
      else if (name === "value") made.value = value;
      else made.setAttribute(name, value === true ? "" : value);
    });
    Array.prototype.slice.call(arguments, 2).forEach(function add(child) {
      if (Array.isArray(child)) child.forEach(add);
      else if (child !== null && child !== undefined && child !== false) made.append(child);
    });
    return made;
  };

  /** Two digits. */
  function two(number) { return String(number).padStart(2, "0"); }

  /** A moment as people here write it: 11-24 09:05. */
  P.shown = function (iso) {
    const at = new Date(iso);
    return two(at.getMonth() + 1) + "-" + two(at.getDate()) + " " + two(at.getHours()) + ":" + two(at.getMinutes());
  };

  /** A size as people read it. */
  P.size = function (bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  };

  /** A button that calls somebody of the firm. */
  P.called = function (one) {
    return P.h("a", { class: "p-side p-as-button btn", href: "tel:" + one.phone.replace(/[^\d+]/g, "") },
      P.word("call", { who: (one.post + " " + one.name).trim() }));
  };

  /** A random name of so many bytes in hex; on plain HTTP there is no randomUUID. */
  function random(bytes) {
    return Array.from(root.crypto.getRandomValues(new Uint8Array(bytes)), function (one) {
      return one.toString(16).padStart(2, "0");
    }).join("");
  }
  P.random = random;

  /** A UUID of version 4. */
  P.uuid = function () {
    const hex = random(16), variant = "89ab"[parseInt(hex[16], 16) & 3];
    return [hex.slice(0, 8), hex.slice(8, 12), "4" + hex.slice(13, 16), variant + hex.slice(17, 20), hex.slice(20)]
      .join("-");
  };
}(self));
