"use strict";
/* Shows the data of a page in pages of rows: sorting, choosing, drilling down, two languages.
   Text from files is only ever put in as text. Nothing is asked of anywhere. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const ROWS = 50;
  const PRINTED = 200;
  const SHORT = 8;
  let lang = 0;

  /* ---- words, numbers, elements ---- */

  const word = (at) => {
    const held = at === null ? "" : data.words[at];
    return typeof held === "string" ? held : held[lang];
  };

  const own = (key, values = {}) =>
    word(data.own[key]).replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? values[name] : whole);

  const number = (value) => {
    if (value === null) return "-";
    const sign = data.langs[lang] === "id" ? "." : ",";
    return String(value).replace(/\B(?=(\d{3})+$)/g, sign);
  };

  const signed = (value) => (value > 0 ? "+" : "") + number(value);

  function make(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "click") made.addEventListener("click", value);
      else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside);
    return made;
  }

  const button = (text, click, attributes = {}) =>
    make("button", { type: "button", click, ...attributes }, text);

  /* ---- files: what the addresses of cells lead to ---- */

  const inputs = data.tables.find((table) => table.name === "inputs");
  const column = (table, key) => table && table.columns.find((one) => one.key === key);

  const digest = (file) => {
    const held = column(inputs, "sha256");
    return held && file >= 0 ? word(held.values[file]) : "";
  };

  const pairs = (places) => {
    const found = [];
    for (let at = 0; places && at < places.length; at += 2) found.push([places[at], places[at + 1]]);
    return found;
  };

  const link = (file, text) =>
    file < 0 ? make("span", { class: "place" }, text)
      : make("a", { class: "place", href: `#file-${file}` }, text);

  /* ---- the tree of regions ---- */

  function treeOf(held) {
    const { codes, cut, names, parents, levels } = held;
    const code = (at) => (cut[at] ? code(parents[at]) : "") + word(codes[at]);
    const up = (at) => (at < 0 ? [] : [...up(parents[at]), at]);
    const under = (at, top) => {
      for (let one = at; one >= 0; one = parents[one]) if (one === top) return true;
      return top < 0;
    };
    return { code, up, under, parents, levels, name: (at) => word(names[at]) };
  }

  /* ---- one table ---- */

  class View {
    constructor(place, table) {
      this.place = place;
      this.table = table;
      this.tree = table.tree ? treeOf(table.tree) : null;
      this.where = column(table, "name");
      this.order = null;
      this.start = 0;
      this.top = -1;
      this.open = new Set();
      this.chosen = new Map();
      this.text = "";
      this.length = ROWS;
      this.body = place.querySelector("tbody");
      this.heads = [...place.querySelectorAll("thead th")];
      this.build();
      this.show();
    }

    /* What stands around the rows; made once, and again in another language. */
    build() {
      for (const old of this.place.querySelectorAll(".tools, .drill, .pager")) old.remove();
      this.heads.forEach((head, at) => this.buildHead(head, this.table.columns[at]));
      const many = this.table.n > 10;
      this.filters = many ? this.buildFilters() : [];
      this.drill = this.tree && this.tree.levels.length > 1 ? make("nav", { class: "drill", "aria-label": own("where") }) : null;
      this.place.prepend(...(many ? [this.tools] : []), ...(this.drill ? [this.drill] : []));
      this.status = make("p", { role: "status" });
      this.pager = make("div", { class: "pager" }, this.status);
      this.pager.hidden = !many && !this.table.left;
      this.place.append(this.pager);
    }

    buildHead(head, one) {
      const sorted = this.order && this.order.column === one;
      head.removeAttribute("data-w");
      if (this.paper) return head.replaceChildren(word(one.title));
      head.setAttribute("aria-sort", sorted ? (this.order.down ? "descending" : "ascending") : "none");
      if (one.kind === "c") {
        head.removeAttribute("aria-sort");
        return head.replaceChildren(word(one.title));
      }
      if (head.firstElementChild) {
        head.firstElementChild.textContent = word(one.title);
        head.firstElementChild.title = own("sort", { column: word(one.title) });
        return undefined;
      }
      return head.replaceChildren(button(word(one.title), () => this.sort(one),
        { title: own("sort", { column: word(one.title) }) }));
    }

    buildFilters() {
      const filters = this.choices();
      const search = make("input", { type: "search", value: this.text, autocomplete: "off" });
      search.value = this.text;
      search.addEventListener("input", () => { this.text = search.value; this.again(); });
      this.tools = make("form", { class: "tools", role: "search" },
        make("label", {}, own("search"), search),
        ...filters.map((one) => this.select(one)),
        button(own("clear"), () => this.clear(), { class: "clear" }));
      this.tools.addEventListener("submit", (event) => event.preventDefault());
      return filters;
    }

    /* Everything by which rows can be chosen: what it is called, and what each row has of it. */
    choices() {
      const { table, tree, where } = this;
      const found = [];
      if (tree) {
        const kabkota = (at) => tree.up(where.values[at]).filter((one) => tree.levels[one] === 2);
        found.push({ key: "level", title: word(table.level_title), of: (at) => [tree.levels[where.values[at]]],
          say: (level) => word(table.level_words[level]), sort: true });
        found.push({ key: "kabkota", title: own("kabkota"), of: kabkota, say: tree.name, spelt: true });
      }
      if (table.contests) {
        found.push({ key: "contest", title: word(table.contest_title), of: (at) => [table.contests[at]], say: word });
      }
      for (const one of table.columns.filter((each) => each.filter)) {
        found.push({ key: one.key, title: word(one.title), of: (at) => [one.values[at]], say: word });
      }
      if (table.causes) {
        found.push({ key: "causes", title: word(table.cause_title), say: (id) => (id < 0 ? own("unexplained") : word(id)),
          of: (at) => (table.causes[at].length ? table.causes[at] : [-1]) });
      }
      return found.filter((one) => this.values(one).length > 1);
    }

    values(choice) {
      const met = new Set();
      for (let at = 0; at < this.table.n; at += 1) {
        for (const one of choice.of(at)) if (one !== null && one !== undefined) met.add(one);
      }
      const all = [...met];
      const spelt = new Intl.Collator(data.langs[lang], { numeric: true }).compare;
      if (choice.spelt) return all.sort((a, b) => spelt(choice.say(a), choice.say(b)));
      return choice.sort ? all.sort((a, b) => a - b) : all;
    }

    select(choice) {
      const options = this.values(choice).map((one) => {
        const said = choice.say(one);
        return make("option", { value: one, selected: this.chosen.get(choice.key) === one }, said);
      });
      const made = make("select", { "data-key": choice.key }, make("option", { value: "" }, own("all")), ...options);
      made.addEventListener("change", () => {
        if (made.value === "") this.chosen.delete(choice.key);
        else this.chosen.set(choice.key, Number(made.value));
        this.again();
      });
      return make("label", {}, choice.title, made);
    }

    clear() {
      this.text = "";
      this.chosen.clear();
      this.top = -1;
      this.build();
      this.again();
      this.place.querySelector("input").focus();
    }

    sort(one) {
      const down = one.kind === "n" || one.kind === "s";
      if (!this.order || this.order.column !== one) this.order = { column: one, down };
      else if (this.order.down === down) this.order = { column: one, down: !down };
      else this.order = null;
      this.heads.forEach((head, at) => this.buildHead(head, this.table.columns[at]));
      this.again();
    }

    again() {
      this.start = 0;
      this.show();
    }

    /* ---- which rows ---- */

    fits(at, words) {
      for (const one of this.filters) {
        const wanted = this.chosen.get(one.key);
        if (wanted !== undefined && !one.of(at).includes(wanted)) return false;
      }
      return words.every((text) => this.said(at).includes(text));
    }

    /* All that a row says, to be searched. */
    said(at) {
      this.heard = this.heard || [];
      if (this.heard[at] === undefined) {
        const parts = this.table.columns.map((one) => this.written(one, at));
        if (this.tree) parts.push(this.tree.code(this.where.values[at]), ...this.tree.up(this.where.values[at]).map(this.tree.name));
        this.heard[at] = parts.join(" ").toLowerCase();
      }
      return this.heard[at];
    }

    written(one, at) {
      const value = one.values[at];
      if (one.kind === "n") return number(value);
      if (one.kind === "s") return value === null ? "-" : signed(value);
      if (one.kind === "w") return this.tree.name(value);
      if (one.kind === "c") return pairs(value).map((pair) => pair[1]).join(" ");
      return word(value);
    }

    rows() {
      const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
      const found = [];
      for (let at = 0; at < this.table.n; at += 1) if (this.fits(at, words)) found.push(at);
      this.inAll = found;
      const here = this.top < 0 ? found
        : found.filter((at) => this.tree.under(this.where.values[at], this.top));
      return this.order ? this.sorted(here) : here;
    }

    sorted(rows) {
      const { column: one, down } = this.order;
      const isNumber = one.kind === "n" || one.kind === "s";
      const key = (at) => (isNumber ? one.values[at] : this.written(one, at));
      const keyed = rows.map((at) => [key(at), at]);
      const bySize = (a, b) => Math.abs(a) - Math.abs(b) || a - b; // the largest difference first
      const compare = one.kind === "s" ? bySize : isNumber ? (a, b) => a - b
        : new Intl.Collator(data.langs[lang], { numeric: true }).compare;
      const nothing = (value) => value === null || value === "";
      keyed.sort(([a, i], [b, j]) => {
        if (nothing(a) || nothing(b)) return nothing(a) - nothing(b) || i - j;
        return (down ? -compare(a, b) : compare(a, b)) || i - j;
      });
      return keyed.map((pair) => pair[1]);
    }

    /* ---- showing them ---- */

    show() {
      this.found = this.rows();
      const shown = this.found.slice(this.start, this.start + this.length);
      this.body.replaceChildren(...shown.flatMap((at) => this.row(at)));
      if (!shown.length) {
        this.body.append(make("tr", { role: "row" }, make("td", { role: "cell", colspan: this.heads.length, class: "nothing" },
          own("none"), this.table.left ? ` ${this.holds()}.` : "")));
      }
      this.showPager(shown.length);
      if (this.drill) this.showDrill();
    }

    row(at) {
      const cells = this.table.columns.map((one) => this.cell(one, at));
      const id = this.table.name === "inputs" ? `file-${at}` : null;
      const row = make("tr", { id, role: "row", tabindex: id ? -1 : null }, ...cells);
      return this.open.has(at) ? [row, this.details(at)] : [row];
    }

    cell(one, at) {
      const made = make("td", { role: "cell", class: one.kind, "data-label": word(one.title) });
      if (one.kind === "w") made.append(...this.region(one.values[at]));
      else if (one.kind === "c") made.append(...this.cells(one.values[at], at));
      else made.append(this.written(one, at));
      return made;
    }

    region(at) {
      const { tree } = this;
      const above = tree.parents[at];
      const level = word(this.table.level_words[tree.levels[at]]);
      const name = at === this.top ? make("span", { class: "name" }, tree.name(at))
        : button(tree.name(at), () => this.into(at), { class: "name" });
      return [name, make("small", {}, above < 0 ? level : `${level}, ${tree.name(above)}`)];
    }

    cells(places, at) {
      const links = pairs(places).map(([file, text]) => link(file, text));
      const open = this.open.has(at);
      const what = `${this.tree.name(this.where.values[at])}, ${this.written(column(this.table, "item"), at)}`;
      const more = button(open ? "−" : "+", () => this.toggle(at),
        { class: "more", "aria-expanded": String(open), "aria-label": own("details", { what }) });
      return [make("span", { class: "links" }, ...links), more];
    }

    toggle(at) {
      if (!this.open.delete(at)) this.open.add(at);
      this.show();
      const row = this.found.slice(this.start).indexOf(at);
      this.body.querySelectorAll("button.more")[row].focus();
    }

    /* What is known of a row beside its figures: path, causes, cells with the files' digests. */
    details(at) {
      const node = this.where.values[at];
      const list = make("dl", {});
      const add = (title, ...inside) => list.append(make("dt", {}, title), make("dd", {}, ...inside));
      add(own("path"), `${this.tree.up(node).map(this.tree.name).join(" › ")} (${this.tree.code(node)})`);
      for (const one of this.table.more) {
        const said = word(one.values[at]);
        if (said) add(word(one.title), ...said.split("\n").map((line) => make("p", {}, line)));
      }
      for (const [file, text] of pairs(column(this.table, "cells").values[at])) {
        const sum = digest(file);
        add(text, sum ? make("code", {}, `SHA-256 ${sum}`) : "");
      }
      return make("tr", { role: "row", class: "details" }, make("td", { role: "cell", colspan: this.heads.length }, list));
    }

    showPager(shown) {
      const all = this.found.length;
      const last = Math.max(0, Math.ceil(all / this.length) - 1) * this.length;
      this.status.textContent = own("rows",
        { from: number(shown ? this.start + 1 : 0), to: number(this.start + shown), n: number(all) });
      if (this.table.left) this.status.append(` · ${this.holds()}`);
      for (const old of this.pager.querySelectorAll("button")) old.remove();
      if (all <= this.length) return;
      const go = (text, start, off) => button(text, () => this.go(start, text), { disabled: off });
      this.pager.append(
        go(own("back"), this.start - this.length, this.start === 0),
        go(own("next"), this.start + this.length, this.start >= last));
    }

    holds() {
      return own("held", { n: number(this.table.n), m: number(this.table.n + this.table.left) });
    }

    go(start, text) {
      this.start = Math.max(0, start);
      this.show();
      const same = [...this.pager.querySelectorAll("button")];
      (same.find((one) => one.textContent === text && !one.disabled) || same.find((one) => !one.disabled)).focus();
      this.place.scrollIntoView({ block: "start" });
    }

    /* ---- drilling down ---- */

    into(at) {
      this.top = at;
      this.again();
      this.drill.querySelector("[aria-current]").focus();
      this.place.scrollIntoView({ block: "start" });
    }

    showDrill() {
      const { tree, top } = this;
      const path = [-1, ...tree.up(top)].map((at) => {
        const name = at < 0 ? own("any") : tree.name(at);
        return make("li", {}, at === top ? make("span", { "aria-current": "true", tabindex: "-1" }, name)
          : button(name, () => this.into(at)));
      });
      const counts = new Map();
      for (const at of this.inAll) {
        const up = tree.up(this.where.values[at]);
        const below = top < 0 ? up[0] : up[up.indexOf(top) + 1];
        if (below !== undefined && (top < 0 || up.includes(top))) counts.set(below, (counts.get(below) || 0) + 1);
      }
      const items = [...counts].sort((a, b) => b[1] - a[1]).map(([at, n]) => make("li", {},
        button(`${tree.name(at)} `, () => this.into(at), { title: own("into", { region: tree.name(at), n: number(n) }) })));
      items.forEach((item, at) => item.firstChild.append(make("small", {}, number([...counts.values()].sort((a, b) => b - a)[at]))));
      const few = make("ul", {}, ...items.slice(0, 12));
      const rest = items.slice(12);
      this.drill.replaceChildren(make("ol", {}, ...path), ...(items.length ? [few] : []),
        ...(rest.length ? [make("details", {}, make("summary", {}, `${own("more")} (${number(rest.length)})`), make("ul", {}, ...rest))] : []));
    }

    /* Bring one row onto the screen, whatever page it is on. */
    reveal(at) {
      this.text = "";
      this.chosen.clear();
      this.order = null;
      this.build();
      this.start = Math.floor(at / this.length) * this.length;
      this.show();
    }

    /* Paper has no pages of rows to turn: more of them at once, and a word on the rest. */
    print(begin) {
      this.paper = begin; // where heads are repeated on every sheet, buttons are left out
      this.heads.forEach((head, at) => this.buildHead(head, this.table.columns[at]));
      this.length = begin ? PRINTED : ROWS;
      const start = this.start;
      this.start = begin ? 0 : Math.floor(start / ROWS) * ROWS;
      this.show();
      const left = this.found.length - PRINTED;
      if (begin && left > 0) this.status.append(` · ${own("printed", { n: number(left) })}`);
    }
  }

  /* ---- the page ---- */

  const views = [...document.querySelectorAll("[data-table]")].map(
    (place) => new View(place, data.tables[Number(place.dataset.table)]));

  function speak(name) {
    lang = Math.max(0, data.langs.indexOf(name));
    root.lang = data.langs[lang];
    for (const one of document.querySelectorAll("[data-w]")) one.textContent = word(Number(one.dataset.w));
    for (const one of document.querySelectorAll("[data-w-label]")) {
      one.setAttribute("aria-label", word(Number(one.dataset.wLabel)));
    }
    for (const one of document.querySelectorAll("[data-lang]")) {
      one.setAttribute("aria-pressed", String(one.dataset.lang === root.lang));
    }
    for (const view of views) {
      view.heard = null;
      view.build();
      view.show();
    }
  }

  for (const one of document.querySelectorAll("[data-lang]")) {
    one.setAttribute("aria-pressed", String(one.dataset.lang === root.lang));
    one.addEventListener("click", () => speak(one.dataset.lang));
  }

  document.getElementById("dim").addEventListener("click", () => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
  });

  document.addEventListener("click", (event) => {
    const to = event.target.closest ? event.target.closest("a[href^='#file-']") : null;
    const view = views.find((one) => one.table.name === "inputs");
    if (!to || !view) return;
    view.reveal(Number(to.hash.slice("#file-".length)));
    const row = document.getElementById(to.hash.slice(1));
    if (row) {
      event.preventDefault();
      row.focus();
      row.scrollIntoView({ block: "center" });
    }
  });

  window.addEventListener("beforeprint", () => views.forEach((view) => view.print(true)));
  window.addEventListener("afterprint", () => views.forEach((view) => view.print(false)));
  document.getElementById("switches").hidden = false;
  root.classList.add("ready");
})();
