// Readybook: filters, search and the theme switch. One classic script without dependencies: it also runs from file://.
// Pages are complete without it; everything here adds to what is already on the page.
(function () {
  "use strict";

  var script = document.currentScript;
  var ROOT = script ? script.dataset.root || "./" : "./";
  var STATES = ["done", "doing", "blocked", "open", "deferred", "na", "waived"];
  var WORDS = { done: "done", doing: "in progress", blocked: "blocked", open: "open", deferred: "deferred", na: "not applicable", waived: "waived" };
  var OUT = { done: 1, na: 1, waived: 1 };
  var rb = window.readybook = window.readybook || {};

  // ---- Small tools ------------------------------------------------------------------------------------------------

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function one(selector, root) { return (root || document).querySelector(selector); }

  // Makes an element. Text goes in as text, never as markup.
  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    for (var name in attributes || {}) {
      var value = attributes[name];
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    (children || []).forEach(function (child) { if (child != null) element.append(child); });
    return element;
  }

  function fold(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function plural(n, word) { return n + " " + word + (n === 1 ? "" : "s"); }

  function remember(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key);
      if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value);
    } catch (error) { /* no storage: for this page only */ }
    return null;
  }

  // An ISO date so many days later.
  function later(iso, days) {
    var date = new Date(iso + "T00:00:00Z");
    date.setUTCDate(date.getUTCDate() + days);
    return date.toISOString().slice(0, 10);
  }

  function dateText(iso) {
    return +iso.slice(8) + " " + "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[+iso.slice(5, 7) - 1] + " " + iso.slice(0, 4);
  }

  var AS_OF = document.documentElement.dataset.asOf || "9999-12-31";

  // ---- Theme switch -----------------------------------------------------------------------------------------------

  function theme() {
    var button = one("[data-theme-switch]");
    if (!button) return;
    var order = ["auto", "light", "dark"], names = { auto: "automatic", light: "light", dark: "dark" };
    function show() {
      var now = document.documentElement.dataset.theme || "auto";
      var next = order[(order.indexOf(now) + 1) % 3];
      var label = "Theme: " + names[now] + ". Switch to " + names[next];
      one("[data-theme-label]", button).textContent = label;
      button.title = label;
      return next;
    }
    button.onclick = function () {
      var next = show();
      if (next === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
      remember("readybook-theme", next === "auto" ? null : next);
      show();
    };
    show();
  }

  // ---- The index: one classic script, loaded on first use ---------------------------------------------------------

  var index = null, waiting = null;

  rb.decode = decode;
  rb.index = function (data) { index = decode(data); if (waiting) waiting.resolve(index); };

  function loadIndex() {
    if (index) return Promise.resolve(index);
    if (waiting) return waiting.promise;
    waiting = {};
    waiting.promise = new Promise(function (resolve, reject) {
      waiting.resolve = resolve;
      var source = script && script.dataset.search;
      if (!source) { reject(new Error("no index")); return; }
      var tag = make("script", { src: source });
      tag.onerror = function () { waiting = null; tag.remove(); reject(new Error("the search index could not be loaded")); };
      document.head.append(tag);
    });
    return waiting.promise;
  }

  // Numbers of a row of characters: 93 to 126, then 161 and on; "!" before a number of two characters.
  function numbers(text) {
    var list = [];
    for (var i = 0; i < text.length; i++) {
      if (text.charCodeAt(i) === 33) { list.push(digit(text, i + 1) * 50000 + digit(text, i + 2)); i += 2; }
      else list.push(digit(text, i));
    }
    return list;
  }
  function digit(text, at) { var code = text.charCodeAt(at); return code < 127 ? code - 93 : code - 127; }

  function slug(text) { return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replace(/ /g, "-"); }

  function decode(data) {
    var words = data.words ? data.words.split(" ") : [];
    var rows = data.items.text === "" ? [] : data.items.text.split("\n").map(numbers);
    var n = data.items.count != null ? data.items.count : data.sections.items.reduce(function (a, b) { return a + b; }, 0);
    while (rows.length < n) rows.push([]);
    function column(text) { var list = numbers(text); return function (i) { return list[i] || 0; }; }
    var titles = data.sections.titles.split("\n").map(numbers);
    function spell(row) { return row.map(function (w) { return words[w]; }).join(" "); }
    var sectionOf = new Int32Array(n), at = 0;
    data.sections.items.forEach(function (count, section) { while (count-- > 0) sectionOf[at++] = section; });
    var anchors = data.items.anchor ? data.items.anchor.split("\n") : [];
    var references = data.items.reference ? data.items.reference.split("\n") : [];
    var state = column(data.items.state), level = column(data.items.level), owners = column(data.items.owners);
    var due = column(data.items.due), tags = column(data.items.tags);
    function sectionAnchor(s) { return data.sections.anchors[s] || slug(spell(titles[s])); }
    var it = {
      data: data, words: words, rows: rows, titles: titles, count: n, sectionOf: sectionOf, references: references, ownersColumn: numbers(data.items.owners),
      documentOf: function (i) { return data.sections.document[sectionOf[i]]; },
      sectionTitle: function (s) { return spell(titles[s]); },
      sectionAnchor: sectionAnchor,
      text: function (i) { return spell(rows[i]); },
      ownersOf: function (i) { return (data.owner_sets[owners(i)] || []).map(function (o) { return data.owners[o]; }); },
      anchor: function (i) {
        if (anchors[i]) return anchors[i];
        if (references[i]) return slug(references[i]);
        var s = sectionOf[i], section = titles[s].length || data.sections.anchors[s] ? sectionAnchor(s) : "";
        return section + "--" + slug(Array.from(spell(rows[i])).slice(0, 60).join("")).replace(/^-+|-+$/g, "");
      },
      // The whole record, as the filters use it.
      item: function (i) {
        var doc = data.documents[it.documentOf(i)], step = level(i), own = it.ownersOf(i), anchor = it.anchor(i);
        return {
          order: i, id: doc[3] + "#" + anchor, href: ROOT + doc[1] + "#" + anchor, text: it.text(i), reference: references[i] || "",
          state: STATES[state(i)], level: step ? data.levels[step - 1][1] : "", step: step ? step - 1 : 99,
          owners: own.map(function (o) { return o[1]; }), ownerText: own.map(function (o) { return o[0]; }).join(", "),
          due: due(i) ? data.dues[due(i) - 1] : "", tags: data.tag_sets[tags(i)] || [],
          document: doc[2], documentText: doc[0], section: it.sectionTitle(sectionOf[i])
        };
      }
    };
    return it;
  }

  // ---- Search -----------------------------------------------------------------------------------------------------

  // Whether `word` begins with `typed` but for one letter: missing, too many, another one, or two exchanged.
  function nearly(typed, word) {
    var n = typed.length, i = 0;
    if (word.length < n - 1) return false;
    while (i < n && typed[i] === word[i]) i++;
    if (i === n) return true;
    function rest(a, b) { return word.startsWith(typed.slice(a), b); }
    return rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1) ||
      (i + 1 < n && typed[i] === word[i + 1] && typed[i + 1] === word[i] && rest(i + 2, i + 2));
  }

  // Parts of a word of the text, folded: "role-based," gives "role-based", "role" and "based".
  function parts(word) {
    var whole = fold(word).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    var pieces = whole.split(/[^\p{L}\p{N}]+/u);
    return pieces.length > 1 ? [whole].concat(pieces) : [whole];
  }

  // 3 for the word itself, 2 for its beginning, 1 for its beginning but for one letter, 0 for none.
  function likeness(typed, pieces, forgive) {
    var best = 0;
    for (var i = 0; i < pieces.length; i++) {
      if (pieces[i] === typed) return 3;
      if (pieces[i].startsWith(typed)) best = 2;
      else if (!best && forgive && nearly(typed, pieces[i])) best = 1;
    }
    return best;
  }

  function Searcher(it) {
    var pieces = it.words.map(parts);
    var cache = {}, refs = it.references.map(fold);
    function plain(text) { return text.split(/\s+/).filter(Boolean).map(parts); }
    var documents = it.data.documents.map(function (d) { return { kind: "document", text: d[0], href: ROOT + d[1], words: plain(d[0]), path: d[2] }; });
    var pages = (it.data.pages || []).map(function (p) { return { kind: /^owners\/./.test(p[1]) && !/^owners\/index/.test(p[1]) ? "owner" : "page", text: p[0], href: ROOT + p[1], words: plain(p[0]) }; });
    var owners = it.data.owners.map(function (o) { return plain(o[0]); });

    // Likeness of a typed word with every word of the texts.
    function weigh(typed, forgive) {
      var key = (forgive ? "~" : "=") + typed;
      if (cache[key]) return cache[key];
      var weights = new Uint8Array(pieces.length), hits = 0;
      for (var w = 0; w < pieces.length; w++) if ((weights[w] = likeness(typed, pieces[w], forgive))) hits++;
      return (cache[key] = { weights: weights, hits: hits });
    }
    function bestOf(row, weights) { for (var best = 0, i = 0; i < row.length; i++) if (weights[row[i]] > best) best = weights[row[i]]; return best; }
    function bestIn(words, typed, forgive) { return words.reduce(function (best, w) { return Math.max(best, likeness(typed, w, forgive)); }, 0); }

    function find(typed, forgiveAll) {
      var n = typed.length;
      var forgive = typed.map(function (word) { return word.length > 3 && (forgiveAll || !weigh(word, false).hits); });
      var weights = typed.map(function (word, k) { return weigh(word, forgive[k]).weights; });
      function named(list) {
        return list.map(function (entry) {
          var score = 0;
          for (var k = 0; k < n; k++) { var one = bestIn(entry.words, typed[k], forgive[k]); if (!one) return null; score += one; }
          return { entry: entry, score: score };
        }).filter(Boolean).sort(function (a, b) { return b.score - a.score; });
      }
      var titles = named(documents.concat(pages));
      var context = documents.map(function (d) { return typed.map(function (word) { return bestIn(d.words, word, false) ? 1 : 0; }); });
      var ownerHits = owners.map(function (o) { return typed.map(function (word) { return bestIn(o, word, false) ? 1 : 0; }); });
      var sets = it.data.owner_sets.map(function (set) { return typed.map(function (_, k) { return set.some(function (o) { return ownerHits[o] && ownerHits[o][k]; }); }); });
      // Hits as numbers, score above order, so that 24,000 of them sort in a millisecond or two.
      var hits = new Float64Array(it.count), size = 0;
      for (var i = 0; i < it.count; i++) {
        var row = it.rows[i], score = 0, own = 0, k = 0, ref = refs[i] || "";
        for (; k < n; k++) {
          var hit = bestOf(row, weights[k]);
          if (ref && ref.startsWith(typed[k])) hit = ref === typed[k] ? 9 : Math.max(hit, 2);
          if (hit) own++;
          else if (context[it.documentOf(i)][k] || (sets[it.ownersColumn[i] || 0] || [])[k]) hit = 0.4;
          else break;
          score += hit;
        }
        if (k === n && own) hits[size++] = Math.round((score + 1) * 100 - Math.min(row.length, 99)) * 4194304 + (it.count - i);
      }
      var items = hits.subarray(0, size).sort().reverse();
      var sections = [];
      for (var s = 0; s < it.titles.length; s++) {
        // The heading that is the document's title is found as the document.
        if (!it.titles[s].length || it.sectionTitle(s) === it.data.documents[it.data.sections.document[s]][0]) continue;
        var sum = 0, j = 0;
        for (; j < n; j++) { var got = bestOf(it.titles[s], weights[j]); if (!got) break; sum += got; }
        if (j === n) sections.push({ s: s, score: sum });
      }
      sections.sort(function (a, b) { return b.score - a.score || a.s - b.s; });
      return { titles: titles, items: items, sections: sections, itemAt: function (at) { return it.count - items[at] % 4194304; }, total: titles.length + size + sections.length };
    }

    this.words = function (query) { return fold(query).split(/\s+/).map(function (w) { return w.replace(/^[^\p{L}\p{N}@]+|[^\p{L}\p{N}]+$/gu, "").replace(/^@/, ""); }).filter(Boolean); };
    this.find = function (query) {
      var typed = this.words(query);
      if (!typed.length) return { titles: [], items: [], sections: [], total: 0, typed: typed };
      var found = find(typed, false);
      if (!found.total) found = find(typed, true);
      found.typed = typed;
      return found;
    };
  }

  var searcher = null, dialog = null;
  rb.find = function (query) { return loadIndex().then(function (it) { searcher = searcher || new Searcher(it); return searcher.find(query); }); };

  function searchDialog() {
    var input = make("input", { type: "text", role: "combobox", "aria-label": "Search items and pages", "aria-expanded": "false", "aria-controls": "rb-results",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Search items and pages", enterkeyhint: "go" });
    var list = make("ul", { class: "search-list", id: "rb-results", role: "listbox", "aria-label": "Results", tabindex: "-1" });
    var status = make("span", { role: "status" });
    var close = make("button", { type: "button", class: "quiet" }, ["Close"]);
    var key = make("button", { type: "button", class: "quiet search-key" });
    var box = make("dialog", { class: "search", "aria-label": "Search" }, [
      make("div", { class: "search-head" }, [input, close]), list, make("p", { class: "search-note" }, [status, key])
    ]);
    document.body.append(box);
    var results = [], chosen = -1, last = null;

    function keyLabel() { key.textContent = remember("readybook-slash") === "off" ? "Turn the / key on" : "Turn the / key off"; }
    key.onclick = function () { remember("readybook-slash", remember("readybook-slash") === "off" ? null : "off"); keyLabel(); };
    keyLabel();

    function choose(at) {
      chosen = at;
      all("[role=option]", list).forEach(function (option, i) { option.setAttribute("aria-selected", i === at ? "true" : "false"); if (i === at) option.scrollIntoView({ block: "nearest" }); });
      if (at >= 0) input.setAttribute("aria-activedescendant", "rb-r" + at); else input.removeAttribute("aria-activedescendant");
    }
    function marked(text, typed) {
      var out = document.createDocumentFragment();
      text.split(/(\s+)/).forEach(function (word) {
        var hit = word.trim() && typed.some(function (t) { return likeness(t, parts(word), t.length > 3); });
        out.append(hit ? make("mark", {}, [word]) : word);
      });
      return out;
    }
    function option(result, i, typed) {
      var shape = make("span", { class: "mark s-" + (result.state || "page"), "aria-hidden": "true" });
      return make("li", { role: "option", id: "rb-r" + i, "aria-selected": "false", "data-item": result.id, "data-href": result.href }, [
        shape, make("span", {}, [marked(result.text, typed)]), make("span", { class: "kind" }, [result.kind]), result.place ? make("small", {}, [result.place]) : null
      ]);
    }
    function gather(found, it) {
      var out = found.titles.slice(0, 6).map(function (t) { return { kind: t.entry.kind, text: t.entry.text, href: t.entry.href, place: t.entry.path }; });
      found.items.slice(0, 40).forEach(function (_, at) {
        var item = it.item(found.itemAt(at));
        out.push({ kind: WORDS[item.state], state: item.state, text: item.text, href: item.href, id: item.id,
          place: [item.reference, item.documentText + (item.section ? " › " + item.section : ""), item.level.toUpperCase(), item.ownerText].filter(Boolean).join(" · ") });
      });
      found.sections.slice(0, 8).forEach(function (hit) {
        var doc = it.data.documents[it.data.sections.document[hit.s]];
        out.push({ kind: "section", text: it.sectionTitle(hit.s), href: ROOT + doc[1] + "#" + it.sectionAnchor(hit.s), place: doc[0] });
      });
      return out;
    }
    function show(query) {
      last = query;
      if (!query.trim()) { results = []; list.replaceChildren(); status.textContent = "Words or their beginnings, in any order"; input.setAttribute("aria-expanded", "false"); choose(-1); return; }
      rb.find(query).then(function (found) {
        if (query !== last) return;
        results = gather(found, index);
        list.replaceChildren.apply(list, results.map(function (result, i) { return option(result, i, found.typed); }));
        input.setAttribute("aria-expanded", results.length ? "true" : "false");
        status.textContent = found.total ? plural(found.total, "result") + (found.total > results.length ? ", the first " + results.length + " shown" : "") : "Nothing found. Try fewer or shorter words.";
        list.scrollTop = 0;
        choose(results.length ? 0 : -1);
      }, function (error) { status.textContent = "Search is not available: " + error.message; });
    }
    function go(at, event) {
      var result = results[at];
      if (!result) return;
      if (event && (event.ctrlKey || event.metaKey)) { window.open(result.href, "_blank", "noopener"); return; }
      box.close();
      location.href = result.href;
    }
    input.oninput = function () { show(input.value); };
    input.onkeydown = function (event) {
      var n = results.length, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && n) { event.preventDefault(); choose((chosen + step + n) % n); }
      else if (event.key === "Enter") { event.preventDefault(); go(chosen, event); }
    };
    list.onmousemove = function (event) { var li = event.target.closest("[role=option]"); if (li && +li.id.slice(4) !== chosen) choose(+li.id.slice(4)); };
    list.onclick = function (event) { var li = event.target.closest("[role=option]"); if (li) go(+li.id.slice(4), event); };
    close.onclick = function () { box.close(); };
    box.onclick = function (event) { if (event.target === box) box.close(); };
    box.open_ = function () {
      if (box.open) return;
      box.showModal();
      input.focus();
      input.select();
      show(input.value);
      loadIndex().catch(function () { /* told when something is typed */ });
    };
    return box;
  }

  function search() {
    var button = one("[data-search-open]");
    if (!button || !script || !script.dataset.search) return;
    button.onclick = function () { (dialog = dialog || searchDialog()).open_(); };
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || remember("readybook-slash") === "off") return;
    if (event.target.closest && event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    var button = one("[data-search-open]");
    if (button) { event.preventDefault(); button.click(); }
  });

  // ---- Filters ----------------------------------------------------------------------------------------------------

  var FACETS = [
    { key: "priority", label: "Priority", values: function (r) { return [r.level || "none"]; } },
    { key: "owner", label: "Owner", values: function (r) { return r.owners.length ? r.owners : ["nobody"]; } },
    { key: "state", label: "State", values: function (r) { return OUT[r.state] ? [r.state] : ["left", r.state]; } },
    { key: "due", label: "Due", values: function (r) { return dueValues(r); } },
    { key: "document", label: "Document", values: function (r) { return [r.document]; } },
    { key: "tag", label: "Tag", values: function (r) { return r.tags.length ? r.tags : ["none"]; } }
  ];
  var DUE = { overdue: "Overdue", week: "Within 7 days", month: "Within 31 days", dated: "Any date", none: "No date" };
  var OWN_KEYS = FACETS.map(function (f) { return f.key; }).concat(["q", "sort", "group"]);

  function dueValues(r) {
    if (!r.due) return ["none"];
    var list = ["dated"];
    if (!OUT[r.state]) {
      if (r.due < AS_OF) list.push("overdue");
      else { if (r.due <= later(AS_OF, 7)) list.push("week"); if (r.due <= later(AS_OF, 31)) list.push("month"); }
    }
    return list;
  }

  // A record from an element that shows an item.
  function record(element, order, labels) {
    var d = element.dataset, id = d.item, cut = id.indexOf("#");
    var state = d.state || (element.className.match(/(?:^|\s)is-(\w+)/) || [])[1] || "open";
    var text = one(".row-title, :scope > .line > .text, h2, h3, h4, h5, h6", element);
    var cells = element.tagName === "TR" ? all("td, th", element) : null;
    if (cells) text = cells.find(function (cell) { return one(".facts", cell); }) || cells[0];
    var place = one(".row-place", element), placeText = place ? place.textContent : "";
    var r = {
      element: element, order: order, id: id, href: null, state: state, level: d.level || "", owners: d.owner ? d.owner.split(" ") : [], due: d.due || "",
      tags: d.tags ? d.tags.split(" ") : [], document: cut < 0 ? id : id.slice(0, cut), text: "", ownerText: "", documentText: "", section: "", reference: "", search: element.textContent
    };
    if (text) { var copy = text.cloneNode(true); all(".facts, .state", copy).forEach(function (x) { x.remove(); }); r.text = copy.textContent.replace(/\s+/g, " ").trim(); }
    var chip = one(".chip", element);
    r.step = r.level ? +((chip && chip.className.match(/\bl(\d)/)) || [0, 9])[1] : 99;
    if (r.level && chip) labels.priority[r.level] = chip.textContent;
    var names = all(".facts .owner:not(.nobody)", element).map(function (o) { return o.textContent; });
    var cell = one(".row-owner:not(.nobody)", element);
    if (cell && !names.length) names = r.owners.length > 1 ? cell.textContent.split(", ") : [cell.textContent];
    // A column of owners shows them in its own words.
    if (!names.length && cells) names = r.owners.map(function (owner) { return named(cells, owner); });
    r.ownerText = names.join(", ");
    if (names.length === r.owners.length) r.owners.forEach(function (o, i) { labels.owner[o] = names[i]; });
    if (place) {
      var split = placeText.split(" › "), head = split[0].split(" · ");
      if (head.length > 1 && /^[A-Z][A-Z0-9.-]*\d$/.test(head[0])) r.reference = head.shift();
      r.documentText = head.join(" · ");
      r.section = split.slice(1).join(" › ");
      labels.document[r.document] = r.documentText;
    }
    return r;
  }

  // The part of a cell that an owner's address was made of; the address itself where no part was.
  function named(cells, owner) {
    var base = owner.replace(/-\d+$/, ""), found = owner;
    function address(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, ""); }
    cells.forEach(function (cell) {
      cell.textContent.split(/[,;&+\/\n]/).forEach(function (part) {
        var is = address(part);
        if (is === owner || is === base) found = part.trim();
      });
    });
    return found;
  }

  // "Most urgent first", as the site itself sorts: left before done, level, overdue, date, state.
  var URGENCY = { blocked: 0, doing: 1, open: 2, deferred: 3, done: 4, na: 5, waived: 6 };
  function overdue(r) { return r.due && r.due < AS_OF && !OUT[r.state] ? 1 : 0; }
  function compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }
  var SORTS = {
    urgency: function (a, b) { return (OUT[a.state] || 0) - (OUT[b.state] || 0) || a.step - b.step || overdue(b) - overdue(a) || URGENCY[a.state] - URGENCY[b.state] || compare(a.due || "~", b.due || "~"); },
    due: function (a, b) { return compare(a.due || "~", b.due || "~"); },
    title: function (a, b) { return a.text.localeCompare(b.text, "en", { numeric: true, sensitivity: "base" }); },
    document: function (a, b) { return a.document.localeCompare(b.document, "en", { numeric: true }); },
    owner: function (a, b) { return (a.ownerText ? 0 : 1) - (b.ownerText ? 0 : 1) || a.ownerText.localeCompare(b.ownerText, "en"); },
    state: function (a, b) { return URGENCY[a.state] - URGENCY[b.state]; }
  };

  function Filter(form) {
    var self = this, scope = form.dataset.filters, list = one("[data-list]"), body = one("[data-body]");
    var base = new URLSearchParams(form.dataset.base || "");
    var counter = one("[data-count]", form), active = one("[data-active]", form), facetBox = one("[data-facets]", form);
    var none = one("[data-none]"), pager = one(".pager"), paged = list && list.hasAttribute("data-paged");
    var labels, records, whole, chosen, shown = [], limit = 200, facetViews = {}, typing = false, original;

    function label(key, value) {
      if (key === "due") return DUE[value] || value;
      if (key === "state") return value === "left" ? "left" : WORDS[value] || value;
      if (value === "none" && key === "priority") return "no priority";
      if (value === "none" && key === "tag") return "no tag";
      if (value === "nobody" && key === "owner") return "nobody";
      return (labels[key] && labels[key][value]) || (key === "priority" ? value.toUpperCase() : value);
    }

    function read() {
      labels = { priority: {}, owner: {}, document: {} };
      var elements = scope === "document" ? all("[data-item]:not([data-group])", body) : all("[data-item]", list);
      if (scope !== "document" && !original) original = one(".rows", list);
      records = elements.map(function (element, i) { return record(element, i, labels); });
      whole = !paged;
    }

    // On a paged list the page holds only a part: all records come from the index.
    function readIndex() {
      return loadIndex().then(function (it) {
        it.data.levels.forEach(function (l) { labels.priority[l[1]] = l[0]; });
        it.data.owners.forEach(function (o) { labels.owner[o[1]] = o[0]; });
        it.data.documents.forEach(function (d) { labels.document[d[2]] = d[0]; });
        records = [];
        for (var i = 0; i < it.count; i++) records.push(it.item(i));
        base.forEach(function (value, key) {
          var facet = FACETS.find(function (f) { return f.key === key; });
          if (facet) records = records.filter(function (r) { return facet.values(r).includes(value); });
        });
        whole = true;
      });
    }

    function fromUrl() {
      var query = new URLSearchParams(location.search);
      chosen = { q: query.get("q") || "", sort: query.get("sort") || "", group: query.get("group") || "" };
      FACETS.forEach(function (f) { chosen[f.key] = query.getAll(f.key); });
      form.elements.q.value = chosen.q;
      if (form.elements.sort) { form.elements.sort.value = SORTS[chosen.sort] && chosen.sort !== "urgency" ? chosen.sort : ""; form.elements.group.value = chosen.group; if (form.elements.group.selectedIndex < 0) form.elements.group.value = ""; }
    }
    function toQuery() {
      var query = new URLSearchParams();
      new URLSearchParams(location.search).forEach(function (value, key) { if (!OWN_KEYS.includes(key)) query.append(key, value); });
      FACETS.forEach(function (f) { chosen[f.key].forEach(function (v) { query.append(f.key, v); }); });
      ["q", "sort", "group"].forEach(function (key) { if (chosen[key]) query.set(key, chosen[key]); });
      var text = query.toString().replace(/%2F/g, "/");
      return text ? "?" + text : "";
    }
    function address() { return location.pathname + toQuery() + location.hash; }
    function isOn() { return chosen.q.trim() !== "" || FACETS.some(function (f) { return chosen[f.key].length; }); }

    function haystack(r) {
      if (!r.folded) r.folded = fold(r.search || [r.text, r.reference, r.documentText, r.section, r.ownerText].join(" "));
      return r.folded;
    }
    function matches(r, words, without) {
      for (var i = 0; i < FACETS.length; i++) {
        var f = FACETS[i], wanted = chosen[f.key];
        if (f.key === without || !wanted.length) continue;
        var values = f.values(r);
        if (!wanted.some(function (v) { return values.includes(v); })) return false;
      }
      return words.every(function (w) { return haystack(r).includes(w); });
    }
    function typedWords() { return fold(chosen.q).split(/\s+/).filter(Boolean); }

    function apply() {
      if (paged && !whole && (isOn() || chosen.sort || chosen.group)) {
        counter.textContent = "Loading all items …";
        readIndex().then(apply, function (error) { counter.textContent = "Filters are not available: " + error.message; });
        return;
      }
      var words = typedWords();
      shown = records.filter(function (r) { return matches(r, words); });
      if (scope === "document") showInBody(); else showInList();
      tell();
    }
    function tell() {
      var total = records.length, on = isOn();
      if (paged && !whole) counter.textContent = pager ? one("p", pager).textContent + " items" : "";
      else counter.textContent = on ? shown.length + " of " + plural(total, "item") + " shown" : plural(total, "item");
      if (none) none.hidden = shown.length > 0;
      one("[data-clear]", form).hidden = !on;
      active.replaceChildren.apply(active, FACETS.flatMap(function (f) {
        return chosen[f.key].map(function (value) {
          var button = make("button", { type: "button", "aria-label": "Remove filter " + f.label + ": " + label(f.key, value) }, [f.label + ": " + label(f.key, value), make("span", { "aria-hidden": "true" }, ["×"])]);
          button.onclick = function () { toggle(f.key, value); focusNear(); };
          return make("li", {}, [button]);
        });
      }));
      FACETS.forEach(facetShow);
    }
    function focusNear() { (one("button", active) || form.elements.q).focus(); }

    // In a list: the rows themselves, sorted and grouped; on paged lists rows are made from the index.
    function showInList() {
      var takeOver = paged && whole && (isOn() || chosen.sort || chosen.group);
      if (pager) pager.hidden = !!takeOver;
      if (paged && !takeOver) { list.replaceChildren(original); return; }
      var sorted = shown.slice(), by = SORTS[chosen.sort] || (takeOver ? SORTS.urgency : null);
      if (by) sorted.sort(function (a, b) { return by(a, b) || a.order - b.order; });
      var facet = FACETS.find(function (f) { return f.key === chosen.group; });
      if (!takeOver) {
        var visible = new Set(shown);
        records.forEach(function (r) { r.element.hidden = !visible.has(r); });
        if (facet) list.replaceChildren.apply(list, groups(sorted, facet, function (r) { return r.element; }).concat([keep(visible)]));
        else { original.replaceChildren.apply(original, sorted.concat(records.filter(function (r) { return !visible.has(r); })).map(function (r) { return r.element; })); list.replaceChildren(original); }
        return;
      }
      var cut = sorted.slice(0, limit);
      list.replaceChildren.apply(list, facet ? groups(cut, facet, row) : [make("ul", { class: "rows" }, cut.map(row))]);
      if (sorted.length > limit) {
        var more = make("button", { type: "button", class: "button" }, ["Show " + Math.min(200, sorted.length - limit) + " more of " + sorted.length]);
        more.onclick = function () { var first = limit; limit += 200; apply(); var next = all(".row-title", list)[first]; if (next) next.focus(); };
        list.append(make("p", { class: "more" }, [more]));
      }
    }
    // Hidden rows stay in the page, so that nothing is lost to a later reading of it.
    function keep(visible) { var rest = make("ul", { class: "rows", hidden: true }); records.forEach(function (r) { if (!visible.has(r)) rest.append(r.element); }); return rest; }
    function groups(sorted, facet, draw) {
      var order = new Map();
      sorted.forEach(function (r) {
        var values = facet.values(r), value = facet.key === "state" ? values[values.length - 1] : facet.key === "owner" ? values.join(" ") : values[0];
        if (!order.has(value)) order.set(value, []);
        order.get(value).push(r);
      });
      var keys = Array.from(order.keys());
      if (facet.key === "priority") keys.sort(function (a, b) { return order.get(a)[0].step - order.get(b)[0].step; });
      if (facet.key === "state") keys.sort(function (a, b) { return URGENCY[a] - URGENCY[b]; });
      if (facet.key === "owner") keys.sort(function (a, b) { return (a === "nobody") - (b === "nobody") || label("owner", a).localeCompare(label("owner", b), "en"); });
      return keys.map(function (key) {
        var name = facet.key === "owner" ? key.split(" ").map(function (o) { return label("owner", o); }).join(", ") : label(facet.key, key);
        return make("section", { "aria-label": name }, [
          make("h3", {}, [name[0].toUpperCase() + name.slice(1), make("span", { class: "h-note" }, [plural(order.get(key).length, "item")])]),
          make("ul", { class: "rows" }, order.get(key).map(draw))
        ]);
      });
    }
    function row(r) {
      var left = !OUT[r.state];
      return make("li", { class: "row is-" + r.state, "data-item": r.id }, [
        make("span", { class: "state s-" + r.state }, [WORDS[r.state]]), make("a", { class: "row-title", href: r.href }, [r.text]),
        make("span", { class: "row-place" }, [(r.reference ? r.reference + " · " : "") + r.documentText + (r.section ? " › " + r.section : "")]),
        r.level ? make("span", { class: "row-level" }, [make("span", { class: "chip l" + Math.min(r.step, 3) }, [label("priority", r.level)])]) : null,
        r.ownerText ? make("span", { class: "row-owner" }, [r.ownerText]) : left ? make("span", { class: "row-owner nobody" }, ["nobody"]) : null,
        r.due ? make("span", { class: "row-due" + (overdue(r) ? " overdue" : "") }, [overdue(r) ? "overdue since " : "due ", make("time", { datetime: r.due }, [dateText(r.due)])]) : null
      ]);
    }

    // In a document: what is not wanted is hidden; headings and groups stay while something below them is shown.
    function showInBody() {
      var on = isOn(), visible = new Set(shown.map(function (r) { return r.element; }));
      records.forEach(function (r) { r.element.hidden = on && !visible.has(r.element); });
      all("[data-group]", body).forEach(function (group) { group.hidden = on && !one("[data-item]:not([data-group]):not([hidden])", group); });
      function full(element) {
        return (element.matches("[data-item]:not([data-group])") && !element.hidden) || !!one("[data-item]:not([data-group]):not([hidden])", element);
      }
      var blocks = Array.prototype.slice.call(body.children), level = 0, open = {};
      function depth(block) { var h = /^H[1-6]$/.test(block.tagName) ? block : block.classList.contains("heading") ? one("h1, h2, h3, h4, h5, h6", block) : null; return h ? +h.tagName[1] : 0; }
      blocks.forEach(function (block, i) {
        if (block.matches("section.footnotes")) return;
        var d = depth(block), end = i;
        if (block.matches("[data-item]")) { // a heading item: its own section goes with it
          level = d;
          open[d] = !on || !block.hidden;
          for (var k = i + 1; k < blocks.length && !(depth(blocks[k]) && depth(blocks[k]) <= d); k++) if (full(blocks[k])) { block.hidden = false; open[d] = true; }
          return;
        }
        if (d) {
          var some = false;
          for (end = i + 1; end < blocks.length && !(depth(blocks[end]) && depth(blocks[end]) <= d); end++) if (full(blocks[end])) some = true;
          level = d;
          open[d] = !on || some;
          block.hidden = !open[d];
          return;
        }
        if (!one("[data-item]", block)) block.hidden = on && level > 0 && !open[level];
        else block.hidden = on && !full(block);
      });
    }

    // Choices of one filter, made from the records: what is there, with counts under the other filters.
    function facetMake(f) {
      if (base.has(f.key) && f.key !== "owner") return;
      if (base.has(f.key) && f.key === "owner" && base.get("owner") === "nobody") return;
      if (f.key === "document" && scope === "document") return;
      var panel = make("fieldset", { class: "facet-panel" }), box = make("details", { class: "facet", name: "rb-facet", "data-key": f.key }, [make("summary", {}, [f.label]), panel]);
      facetViews[f.key] = { box: box, panel: panel, built: false };
      box.ontoggle = function () { if (box.open) { facetBuild(f); var first = one("input", panel); if (first && first.type === "search") first.focus(); } };
      box.onkeydown = function (event) { if (event.key === "Escape" && box.open) { event.stopPropagation(); box.open = false; one("summary", box).focus(); } };
      box.addEventListener("focusout", function (event) { if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false; });
      facetBox.append(box);
    }
    function facetCounts(f) {
      var words = typedWords(), counts = new Map();
      records.forEach(function (r) {
        var keep = matches(r, words, f.key);
        f.values(r).forEach(function (v) { counts.set(v, (counts.get(v) || 0) + (keep ? 1 : 0)); });
      });
      chosen[f.key].forEach(function (v) { if (!counts.has(v)) counts.set(v, 0); });
      return counts;
    }
    function facetOrder(f, values) {
      if (f.key === "due") return Object.keys(DUE).filter(function (v) { return values.includes(v); });
      if (f.key === "state") return ["left"].concat(STATES).filter(function (v) { return values.includes(v); });
      var last = { none: 1, nobody: 1 };
      return values.sort(function (a, b) { return (last[a] || 0) - (last[b] || 0) || label(f.key, a).localeCompare(label(f.key, b), "en", { numeric: true }); });
    }
    function facetBuild(f) {
      if (paged && !whole) { readIndex().then(function () { facetBuild(f); }, function () {}); return; }
      var view = facetViews[f.key], counts = facetCounts(f), values = facetOrder(f, Array.from(counts.keys()));
      var find = null;
      view.panel.replaceChildren(make("legend", { class: "vh" }, [f.label]));
      if (values.length > 14) {
        find = make("input", { type: "search", class: "filter-q", "aria-label": "Find in " + f.label.toLowerCase(), placeholder: "Find" });
        find.oninput = function (event) { event.stopPropagation(); var t = fold(find.value.trim()); all("label", view.panel).forEach(function (l) { l.hidden = !fold(l.textContent).includes(t); }); };
        view.panel.append(find);
      }
      view.inputs = new Map();
      values.forEach(function (value) {
        var input = make("input", { type: "checkbox", name: f.key, value: value }), n = make("span", { class: "n" });
        input.checked = chosen[f.key].includes(value);
        input.onchange = function () { toggle(f.key, value); };
        view.inputs.set(value, { input: input, n: n });
        view.panel.append(make("label", {}, [input, make("span", {}, [label(f.key, value)]), n]));
        if (f.key === "state" && value === "left") view.panel.append(make("hr", { class: "break" }));
      });
      view.built = true;
      facetShow(f);
    }
    function facetShow(f) {
      var view = facetViews[f.key];
      if (!view) return;
      var n = chosen[f.key].length, summary = one("summary", view.box);
      summary.textContent = f.label + (n ? " · " + n : "");
      view.box.classList.toggle("on", n > 0);
      var useful = (paged && !whole) || n > 0 || new Set(records.flatMap(f.values)).size > 1;
      view.box.hidden = !useful;
      if (!view.built || !view.box.open) { view.built = false; return; }
      var counts = facetCounts(f);
      view.inputs.forEach(function (entry, value) { entry.input.checked = chosen[f.key].includes(value); entry.n.textContent = counts.get(value) || 0; });
    }

    function toggle(key, value) {
      var at = chosen[key].indexOf(value);
      if (at < 0) chosen[key].push(value); else chosen[key].splice(at, 1);
      changed("push");
    }
    function changed(how) {
      limit = 200;
      var next = address();
      if (next !== location.pathname + location.search + location.hash) {
        try { if (how === "push") history.pushState(null, "", next); else history.replaceState(null, "", next); } catch (error) { /* a place without history: the view still changes */ }
      }
      apply();
    }
    function clear() {
      FACETS.forEach(function (f) { chosen[f.key] = []; });
      chosen.q = ""; form.elements.q.value = "";
      changed("push");
      form.elements.q.focus();
    }

    form.onsubmit = function (event) { event.preventDefault(); };
    form.elements.q.oninput = function () { chosen.q = form.elements.q.value; changed(typing ? "replace" : "push"); typing = true; };
    form.elements.q.onblur = function () { typing = false; };
    if (form.elements.sort) {
      form.elements.sort.onchange = function () { chosen.sort = this.value; changed("push"); };
      form.elements.group.onchange = function () { chosen.group = this.value; changed("push"); };
    }
    all("[data-clear]").forEach(function (button) { button.onclick = clear; });
    one("[data-copy]", form).onclick = function () { copy(location.href, this); };
    one("[data-csv]", form).onclick = function () { if (paged && !whole) readIndex().then(function () { apply(); save(); }); else save(); };

    function save() {
      var head = ["id", "state", "priority", "owners", "due", "item", "reference", "document", "section", "tags"];
      var sorted = shown.slice(), by = SORTS[chosen.sort];
      if (by) sorted.sort(function (a, b) { return by(a, b) || a.order - b.order; });
      var lines = sorted.map(function (r) { return [r.id, r.state, r.level.toUpperCase(), r.ownerText || r.owners.join(", "), r.due, r.text, r.reference, r.documentText || r.document, r.section, r.tags.join(" ")]; });
      var text = [head].concat(lines).map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
      var link = make("a", { href: URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" })), download: "items.csv" });
      document.body.append(link); link.click(); link.remove();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    }
    // A cell for spreadsheets: quoted where needed, and never a formula.
    function cell(text) {
      var value = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
      return /[",\r\n]/.test(value) ? '"' + value.replace(/"/g, '""') + '"' : value;
    }

    this.unfold = function (key) { facetViews[key].box.open = true; facetBuild(FACETS.find(function (f) { return f.key === key; })); };
    this.restore = function () { fromUrl(); apply(); };
    this.clear = clear;
    this.isOn = isOn;
    this.rows = function () { return shown.map(function (r) { return r.id; }); };
    read();
    facetBox.replaceChildren();
    FACETS.forEach(facetMake);
    this.restore();
    return self;
  }

  function copy(text, button) {
    function done() { var before = button.dataset.before || button.textContent; button.dataset.before = before; button.textContent = "Copied"; setTimeout(function () { button.textContent = before; }, 1500); }
    function byHand() {
      var area = make("textarea", { "aria-hidden": "true", class: "vh" });
      area.value = text; document.body.append(area); area.select();
      try { document.execCommand("copy"); done(); } catch (error) { /* the address bar has the link as well */ }
      area.remove(); button.focus();
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, byHand); else byHand();
  }

  var filter = null;
  function filters() {
    // After a patch of the page the choice that was open, and the focus in it, are taken up again.
    var open = one(".facet[open]"), place = open && open.dataset.key, focus = document.activeElement, value = open && open.contains(focus) ? focus.value || "" : null;
    var form = one("[data-filters]");
    filter = form ? new Filter(form) : null;
    rb.filter = filter;
    var again = place && one('.facet[data-key="' + place + '"]');
    if (!again) return;
    filter.unfold(place);
    var input = value === null ? null : all("input", again).find(function (i) { return i.value === value; }) || one("summary", again);
    if (input) input.focus();
  }
  window.addEventListener("popstate", function () { if (filter) filter.restore(); });
  document.addEventListener("click", function (event) {
    all(".facet[open]").forEach(function (box) { if (!box.contains(event.target)) box.open = false; });
  });

  // ---- Contents and anchors ---------------------------------------------------------------------------------------

  var spy = null;
  function contents() {
    if (spy) spy.disconnect();
    var box = one("[data-toc]");
    if (!box) return;
    if (!box.dataset.seen && window.matchMedia("(max-width: 59.99rem)").matches) box.open = false;
    box.dataset.seen = "1";
    if (!("IntersectionObserver" in window)) return;
    var links = new Map();
    all("a", box).forEach(function (a) { var target = document.getElementById(decodeURIComponent(a.hash.slice(1))); if (target) links.set(target, a); });
    var seen = new Set(), order = Array.from(links.keys());
    spy = new IntersectionObserver(function (entries) {
      entries.forEach(function (e) { if (e.isIntersecting) seen.add(e.target); else seen.delete(e.target); });
      var here = order.find(function (t) { return seen.has(t); });
      if (!here) return;
      links.forEach(function (a, t) {
        a.classList.toggle("here", t === here);
        if (t === here) a.setAttribute("aria-current", "location"); else a.removeAttribute("aria-current");
      });
    }, { rootMargin: "-48px 0px -60% 0px" });
    order.forEach(function (target) { spy.observe(target); });
  }

  // The target of the address is shown, whatever folds it away.
  function reveal() {
    if (location.hash.length < 2) return;
    var id; try { id = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    var target = document.getElementById(id);
    if (!target) return;
    if (target.closest("[hidden]") && filter && filter.isOn()) filter.clear();
    for (var box = target.closest("details"); box; box = box.parentElement && box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);

  // Called once, and again when the preview has patched the page.
  rb.refresh = function () { theme(); search(); contents(); filters(); };
  rb.refresh();
  if (location.hash) reveal();
})();
