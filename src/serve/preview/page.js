// The preview's part of a page: waits for the next build and patches the page in place, shows what is wrong, ticks items.
// Only `readybook serve` adds it; no published page has it.
(function () {
  "use strict";

  var me = document.currentScript;
  var token = me.dataset.token || "";
  var shown = +(me.src.split("?")[1] || 0); // the build that this page is of; 0 for a page without one
  var site = null; // what is known of the page: build, faults, ticks

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    for (var name in attributes || {}) if (attributes[name] != null) element.setAttribute(name, attributes[name]);
    (children || []).forEach(function (child) { if (child != null) element.append(child); });
    return element;
  }

  // ---- Waiting for builds -------------------------------------------------------------------------------------------
  // One page of a browser holds the stream and tells the others, since a browser opens only six connections to a host.
  // A hidden page lets go, and compares build numbers when it is shown again.

  var stream = null, retry = null, letGo = null, asking = null;
  var radio = window.BroadcastChannel ? new BroadcastChannel("readybook-preview") : null;

  function listen() {
    clearTimeout(retry);
    if (stream || document.visibilityState === "hidden") return;
    stream = new EventSource("/__livereload?build=" + shown);
    stream.onopen = function () { lost(false); };
    stream.onmessage = function (event) { heard(+event.data); if (radio) radio.postMessage(+event.data); };
    stream.onerror = function () {
      if (!stream) return;
      if (stream.readyState !== EventSource.CLOSED) { lost(true); return; } // it tries again by itself
      hangUp();
      retry = setTimeout(listen, 1500 + Math.random() * 1000); // refused: there are too many pages
    };
  }
  // A moment without a stream is nothing; a preview that stays away is told.
  var absence = null;
  function tell() { absence = "told"; say("The preview has stopped. Start it again, and this page goes on by itself."); }
  function lost(away) {
    if (away) { absence = absence || setTimeout(tell, 2000); return; }
    if (absence === "told") say("");
    else clearTimeout(absence);
    absence = null;
  }
  function hangUp() {
    clearTimeout(retry);
    lost(false);
    if (stream) stream.close();
    stream = null;
  }
  function wait() {
    if (document.visibilityState === "hidden" || asking || letGo) return;
    if (!radio || !navigator.locks) { listen(); return; }
    asking = new AbortController();
    navigator.locks.request("readybook-preview", { signal: asking.signal }, function () {
      asking = null;
      // It may have been hidden while the turn came.
      if (document.visibilityState === "hidden") return null;
      return new Promise(function (resolve) { letGo = resolve; listen(); });
    }).catch(function () { /* let go while waiting for the turn */ });
  }
  function rest() {
    hangUp();
    if (asking) { asking.abort(); asking = null; }
    if (letGo) { letGo(); letGo = null; }
  }
  if (radio) radio.onmessage = function (event) { heard(event.data); };
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") { rest(); return; }
    wait();
    update(true);
  });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { wait(); update(true); } });

  function heard(build) { if (build !== shown && document.visibilityState !== "hidden") update(false); }

  // ---- Taking over a build ------------------------------------------------------------------------------------------

  var busy = false, again = false;

  // `look`: first find out whether there is another build at all.
  function update(look) {
    if (busy) { again = again || !look; return; }
    busy = true;
    (look ? about().then(function () { return site && site.build === shown ? null : fetchPage(); }) : fetchPage())
      .catch(function () { /* the server is away: the stream comes back with it, and tells */ })
      .then(function () { busy = false; if (again) { again = false; update(false); } });
  }

  function about() {
    return fetch("/__about" + location.pathname, { cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (news) {
      if (!news || !news.build) return;
      site = news;
      overlay(news.faults);
      ticks();
    });
  }

  function fetchPage() {
    return fetch(location.pathname, { cache: "no-store" }).then(function (answer) {
      if (!/^text\/html/.test(answer.headers.get("content-type") || "")) return null;
      return answer.text();
    }).then(function (text) {
      if (text == null) return null;
      var next = new DOMParser().parseFromString(text, "text/html");
      if (!document.querySelector("main") || !next.querySelector("main")) {
        // A page that only waits: it is loaded whole when there is one, and never takes the place of a real one.
        if (next.querySelector("main")) { location.reload(); return null; }
        return about();
      }
      if (scripts(next) !== scripts(document)) { location.reload(); return null; }
      patch(next);
      return about();
    });
  }

  function mine(root) { return root.querySelector("script[src^='/__preview.js']"); }
  function scripts(root) {
    return all("script[src]", root).filter(function (script) { return !/__preview\.js|assets\/search\./.test(script.getAttribute("src")); })
      .map(function (script) { return script.getAttribute("src"); }).join(" ");
  }

  function patch(next) {
    var held = hold();
    all(".rb-tick").forEach(function (button) { button.remove(); });
    styles(next);
    document.title = next.title;
    // The rest of its attributes are the page's own: theme, "there are scripts".
    document.documentElement.lang = next.documentElement.lang;
    document.documentElement.dataset.asOf = next.documentElement.dataset.asOf || "";
    document.body.className = next.body.className;
    ["body > header", "main", "body > footer"].forEach(function (part) {
      var now = document.querySelector(part), then = next.querySelector(part);
      if (now && then) morph(now, then);
    });
    // What the page's own script is told by its element.
    var theirs = document.querySelector("script[data-root]"), newer = next.querySelector("script[data-root]");
    if (theirs && newer) attributes(theirs, newer, []);
    var script = mine(next);
    if (script) {
      token = script.dataset.token || "";
      shown = +(script.getAttribute("src").split("?")[1] || 0);
    }
    if (window.readybook && window.readybook.refresh) window.readybook.refresh();
    release(held);
    document.documentElement.dataset.build = shown;
  }

  // Sheets are exchanged when the new one is there, so that the page is never bare.
  function styles(next) {
    var now = all("link[rel=stylesheet]", document.head).filter(function (link) { return link.getAttribute("href") !== "/__preview.css"; });
    var wanted = all("link[rel=stylesheet]", next.head).map(function (link) { return link.getAttribute("href"); });
    var gone = now.filter(function (link) { return !wanted.includes(link.getAttribute("href")); });
    var last = now[now.length - 1], waiting = 0;
    function drop() { if (--waiting <= 0) gone.forEach(function (link) { link.remove(); }); }
    wanted.forEach(function (href) {
      if (now.some(function (link) { return link.getAttribute("href") === href; })) return;
      var link = make("link", { rel: "stylesheet", href: href });
      waiting++;
      link.onload = link.onerror = drop;
      if (last) last.after(link); else document.head.append(link);
      last = link;
    });
    if (!waiting) drop();
  }

  // ---- Patching -----------------------------------------------------------------------------------------------------

  function attributes(now, then, kept) {
    Array.prototype.slice.call(now.attributes).forEach(function (attribute) {
      if (!then.hasAttribute(attribute.name) && !kept.includes(attribute.name)) now.removeAttribute(attribute.name);
    });
    Array.prototype.slice.call(then.attributes).forEach(function (attribute) {
      if (now.getAttribute(attribute.name) !== attribute.value && !kept.includes(attribute.name)) now.setAttribute(attribute.name, attribute.value);
    });
  }

  function key(node) {
    if (node.nodeType !== 1) return null;
    return node.id ? "#" + node.id : node.dataset && node.dataset.item ? "=" + node.dataset.item : null;
  }
  // What a reader has opened, typed or chosen is the reader's.
  function own(element) {
    if (element.tagName === "DETAILS") return ["open", "name"];
    if (/^(INPUT|SELECT|TEXTAREA|OPTION)$/.test(element.tagName)) return ["value", "checked", "selected"];
    return [];
  }

  function morph(now, then) {
    if (now.isEqualNode(then)) return;
    if (now.nodeType !== then.nodeType || now.nodeName !== then.nodeName) { now.replaceWith(document.importNode(then, true)); return; }
    if (now.nodeType !== 1) { if (now.nodeValue !== then.nodeValue) now.nodeValue = then.nodeValue; return; }
    attributes(now, then, own(now));
    if (now.tagName === "TEXTAREA") return;
    children(now, then);
  }

  function children(now, then) {
    var named = new Map(), free = {};
    for (var child = now.firstChild; child; child = child.nextSibling) {
      var k = key(child);
      if (k && !named.has(k)) named.set(k, child);
      else (free[child.nodeName] = free[child.nodeName] || []).push(child);
    }
    var at = now.firstChild;
    Array.prototype.slice.call(then.childNodes).forEach(function (wanted) {
      var k = key(wanted), match = null;
      if (k) {
        match = named.get(k) || null;
        if (match && match.nodeName !== wanted.nodeName) match = null;
        if (match) named.delete(k);
      } else {
        var list = free[wanted.nodeName] || [];
        match = list.shift() || null;
      }
      if (!match) { now.insertBefore(document.importNode(wanted, true), at); return; }
      if (match === at) at = at.nextSibling;
      else now.insertBefore(match, at);
      morph(match, wanted);
    });
    named.forEach(function (child) { child.remove(); });
    for (var name in free) free[name].forEach(function (child) { child.remove(); });
  }

  // ---- What is kept: the place, the focus, what is open ---------------------------------------------------------------

  function hold() {
    var anchors = [];
    all("main [data-item], main [id]").some(function (element) {
      var box = element.getBoundingClientRect();
      if (box.height && box.bottom > 0 && box.top < innerHeight) anchors.push({ key: key(element), top: box.top });
      return anchors.length > 40;
    });
    return { anchors: anchors, focus: path(document.activeElement), open: all(".facet").map(function (box) { return box.open; }), scroll: scrollY };
  }

  // How an element is found again: its own name, or a name around it and the way down from there.
  function path(element) {
    if (!element || element === document.body || element === document.documentElement) return null;
    var caret = null;
    try { caret = element.selectionStart == null ? null : [element.selectionStart, element.selectionEnd]; } catch (error) { /* has none */ }
    var steps = [], node = element;
    while (node && node !== document.body && !key(node)) {
      var step = node.classList.contains("rb-tick") ? ".rb-tick" : node.tagName + (node.name ? "[name='" + CSS.escape(node.name) + "']" : "");
      var same = all(":scope " + step, node.parentElement).filter(function (other) { return other.parentElement === node.parentElement; });
      steps.unshift([step, same.indexOf(node)]);
      node = node.parentElement;
    }
    return { element: element, start: node === document.body ? null : key(node), steps: steps, caret: caret };
  }
  function find(name) {
    if (!name) return document.body;
    return name[0] === "#" ? document.getElementById(name.slice(1)) : document.querySelector("main [data-item='" + CSS.escape(name.slice(1)) + "']");
  }
  function refocus(held) {
    if (!held || document.activeElement === held.element) return;
    var node = held.element.isConnected ? held.element : find(held.start);
    if (node !== held.element) held.steps.forEach(function (step) {
      if (!node) return;
      node = all(":scope " + step[0], node).filter(function (other) { return other.parentElement === node; })[step[1]] || null;
    });
    if (!node || !node.focus) return;
    node.focus({ preventScroll: true });
    if (held.caret) try { node.setSelectionRange(held.caret[0], held.caret[1]); } catch (error) { /* has none */ }
  }

  var pending = null; // the focus on a button that comes back only with the items that can be ticked

  function release(held) {
    all(".facet").forEach(function (box, i) {
      if (!held.open[i] || box.open) return;
      // Its choices are made when it has opened.
      box.addEventListener("toggle", function () { refocus(held.focus); }, { once: true });
      box.open = true;
    });
    if (held.focus && held.focus.element.classList.contains("rb-tick")) pending = held.focus;
    else refocus(held.focus);
    var kept = held.anchors.find(function (anchor) { var element = find(anchor.key); return element && element.getBoundingClientRect().height; });
    if (kept) {
      var moved = find(kept.key).getBoundingClientRect().top - kept.top;
      if (Math.abs(moved) > 0.5) scrollBy({ top: moved, behavior: "instant" });
    } else if (held.anchors.length) scrollTo({ top: held.scroll, behavior: "instant" });
  }

  // ---- What is wrong: text only, over the last sound page ---------------------------------------------------------------

  var box = null, hiddenFaults = "";

  function overlay(faults) {
    var text = JSON.stringify(faults);
    if (!faults.length || text === hiddenFaults) {
      if (box) box.remove();
      box = null;
      if (!faults.length) hiddenFaults = "";
      return;
    }
    if (box && box.dataset.faults === text) return;
    var close = make("button", { type: "button" }, ["Hide"]);
    var next = make("section", { class: "rb-faults", role: "alert", "aria-label": "Faults" }, [
      make("div", { class: "rb-head" }, [make("strong", {}, [faults.length === 1 ? "1 fault" : faults.length + " faults"]),
        " This is the last sound page. It is renewed when the fault is gone.", close])
    ].concat(faults.slice(0, 20).map(function (fault) {
      var snippet = fault.snippet;
      return make("article", {}, [
        make("p", { class: "rb-what" }, [make("b", {}, ["error" + (fault.code ? "[" + fault.code + "]" : "")]), ": " + fault.message]),
        fault.place ? make("p", { class: "rb-place" }, [fault.place]) : null,
        snippet ? make("pre", {}, [make("span", { class: "rb-line" }, [snippet.line + " | "]), snippet.before, make("mark", {}, [snippet.marked || " "]), snippet.after]) : null,
        fault.help ? make("p", { class: "rb-help" }, ["help: " + fault.help]) : null
      ]);
    })));
    next.dataset.faults = text;
    close.onclick = function () { hiddenFaults = text; next.remove(); box = null; };
    if (box) box.replaceWith(next); else document.body.append(next);
    box = next;
  }

  // ---- Ticking ----------------------------------------------------------------------------------------------------------

  var OUT = { done: 1, na: 1 };

  function ticks() {
    var items = site && token && site.build === shown && site.ticks && site.ticks.items || {};
    all(".rb-tick").forEach(function (button) { button.remove(); });
    all("main article [data-item]:not([data-group]), main .doc-item[data-item]").forEach(function (element) {
      var id = element.dataset.item, state = items[id];
      if (!state) return;
      var mark = element.querySelector(".state");
      if (!mark || mark.closest("[data-item]") !== element) return;
      var done = state === "done", text = element.querySelector(".text, .row-title, h2, h3, h4, h5, h6") || all("td", element).find(function (cell) { return cell.querySelector(".facts"); }) || element;
      var words = text.cloneNode(true);
      all(".facts, .state", words).forEach(function (part) { part.remove(); });
      var label = (done ? "Mark as open: " : "Mark as done: ") + words.textContent.replace(/\s+/g, " ").trim().slice(0, 80);
      var button = make("button", { type: "button", class: "rb-tick", title: done ? "Mark as open" : "Mark as done", "aria-label": label }, [done ? "↺" : OUT[state] ? "·" : "✓"]);
      button.onclick = function () { tick(button, id, done ? "open" : "done"); };
      mark.after(button);
    });
    if (pending) { refocus(pending); pending = null; }
  }

  function tick(button, id, to) {
    button.disabled = true;
    fetch("/__tick", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token: token, item: id, version: site.ticks.version, to: to }) })
      .then(function (answer) { return answer.text().then(function (text) { if (!answer.ok) say(text.trim()); else say(""); }); },
        function () { say("The preview has stopped: nothing was changed."); })
      .then(function () { button.disabled = false; button.focus({ preventScroll: true }); });
  }

  var note = null;
  function say(text) {
    if (!note) { note = make("p", { class: "rb-say", role: "status" }); document.body.append(note); }
    note.textContent = text;
    note.hidden = !text;
  }

  document.head.append(make("link", { rel: "stylesheet", href: "/__preview.css" }));
  document.documentElement.dataset.build = shown;
  wait();
  update(true);
})();
