/* Keeps the empty shell of the phone's page, and nothing about any firm. Everything else goes to the network. */
"use strict";
const VERSION = "{{ version }}", SHELL = "{{ shell }}", SCOPE = "{{ scope }}";
const KEPT = [{% for one in kept %}"{{ one }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(VERSION).then(function (cache) {
    return cache.addAll([SHELL].concat(KEPT).map(function (one) { return new Request(one, { cache: "reload" }); }));
  }).then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf("mingcha-phone-") === 0 && name !== VERSION; })
      .map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

self.addEventListener("fetch", function (event) {
  const request = event.request, path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (KEPT.indexOf(path) >= 0 || path === SHELL) {
    event.respondWith(caches.match(path).then(function (kept) { return kept || fetch(request); }));
  } else if (request.mode === "navigate" && path === SCOPE) {
    /* Without a network the route leads to what was taken along. */
    event.respondWith(fetch(request).catch(function () { return caches.match(SHELL); }));
  }
});
