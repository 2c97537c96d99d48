// A region from province to village: one level at a time, or by typing Chinese or pinyin (ARIA combobox).
// The input shows the name; a hidden input of the same name carries the code.
const SEARCH_AFTER = 250;
const LEVELS = ["province", "prefecture", "county", "town", "village"];
let pickers = 0;

export function connect(box) {
  new RegionPicker(box);
}

class RegionPicker {
  constructor(box) {
    this.box = box;
    this.text = box.dataset;
    this.levels = box.dataset.levels ? box.dataset.levels.split(" ") : LEVELS;
    this.path = [];
    this.shown = [];
    this.active = -1;
    this.cache = new Map();
    this.chosenName = this.text.name;
    this.build(box.querySelector("input"), `region-${++pickers}`);
    this.listen();
  }

  build(input, id) {
    this.input = input;
    this.code = make("input", { type: "hidden", name: input.name, value: input.value });
    input.removeAttribute("name");
    input.value = this.chosenName || input.value;
    input.placeholder = this.text.textPlaceholder;
    set(input, { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" });
    this.trail = make("div", { class: "region-path" });
    this.list = make("div", { class: "region-options", id, role: "listbox", "aria-label": this.text.textPlaceholder });
    this.message = make("p", { class: "region-message", role: "status" });
    this.panel = make("div", { class: "region-panel" });
    this.panel.append(this.trail, this.message, this.list);
    this.panel.hidden = true;
    this.bar = make("div", { class: "region-bar" });
    this.box.append(this.bar);
    this.bar.append(input);
    this.box.append(this.code, this.panel);
  }

  listen() {
    // Not on focus: on a phone the field moves as it opens, and the rest of the tap would close it again.
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => event.target === this.box && this.close());
    this.box.addEventListener("focusout", (event) => this.box.contains(event.relatedTarget) || this.close());
  }

  async open() {
    if (!this.panel.hidden) return;
    this.show();
    this.input.select();
    if (this.code.value && !this.path.length) await this.findPath();
    if (!this.panel.hidden && this.input.value === this.chosenName) this.level();
  }

  show() {
    this.panel.hidden = false;
    this.box.dataset.open = "";
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    if (this.panel.hidden) return;
    clearTimeout(this.timer);
    this.wanted = null;
    this.panel.hidden = true;
    delete this.box.dataset.open;
    set(this.input, { "aria-expanded": "false", "aria-activedescendant": "" });
    this.input.value = this.chosenName;
  }

  get parent() {
    return this.path.at(-1);
  }

  // The regions one level below where we are, with the parent itself first where it may be chosen.
  async level() {
    this.children = null;
    const regions = await this.load({ parent: this.parent?.code ?? "" });
    if (!regions) return;
    this.children = regions;
    this.showRegions(regions, this.mayChoose(this.parent) ? [this.parent] : []);
  }

  // Where the region lies that the page came with, so that its neighbours are shown first.
  async findPath() {
    const line = await this.load({ code: this.code.value });
    if (line) this.path = line.slice(0, -1);
  }

  mayChoose(region) {
    return region !== undefined && this.levels.includes(region.level);
  }

  leadsFurther(region) {
    const deepest = Math.max(...this.levels.map((level) => LEVELS.indexOf(level)));
    return region.has_children && !region.own && LEVELS.indexOf(region.level) < deepest;
  }

  async typed() {
    this.show();
    const word = this.input.value.trim().toLowerCase();
    clearTimeout(this.timer);
    if (!word) return this.clear();
    this.wanted = null;
    const near = (this.children ?? []).filter((region) => matches(region, word));
    this.showRegions(near, []);
    if (!near.length) this.say(this.text.textLoading);
    this.timer = setTimeout(() => this.search(word, near), SEARCH_AFTER);
  }

  // Who empties the field wants no region in it.
  clear() {
    if (this.code.value) this.put("", "");
    return this.level();
  }

  async search(word, near) {
    const found = await this.load({ q: word, near: this.parent?.code ?? "" });
    if (!found || this.input.value.trim().toLowerCase() !== word) return;
    const known = new Set(near.map((region) => region.code));
    this.showRegions([...near, ...found.filter((region) => !known.has(region.code))], []);
  }

  async load(query) {
    const address = new URL(this.text.url, document.baseURI);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const key = address.search;
    this.wanted = key;
    if (!this.cache.has(key)) {
      this.say(this.text.textLoading);
      try {
        const response = await fetch(address, { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(String(response.status));
        this.cache.set(key, (await response.json()).regions);
      } catch {
        if (this.wanted === key) this.say(this.text.textFailed);
        return null;
      }
    }
    return this.wanted === key ? this.cache.get(key) : null;
  }

  say(words) {
    this.message.textContent = words;
    this.message.hidden = !words;
  }

  showRegions(regions, own) {
    this.shown = [...own.map((region) => ({ ...region, own: true })), ...regions];
    this.say(this.shown.length ? "" : this.text.textNone);
    this.list.replaceChildren(...this.shown.map((region, index) => this.option(region, index)));
    this.trail.replaceChildren(...this.crumbs());
    this.list.scrollTop = 0;
    this.point(this.shown.length ? 0 : -1); // "choose this one" first: who goes deeper types or moves on
  }

  option(region, index) {
    const option = make("div", {
      class: "region-option",
      role: "option",
      id: `${this.list.id}-${index}`,
      lang: "zh-Hans",
      "aria-selected": "false",
      "data-index": index,
    });
    if (this.leadsFurther(region)) option.dataset.more = "";
    else if (!this.mayChoose(region)) option.setAttribute("aria-disabled", "true");
    option.textContent = region.own ? this.text.textChoose.replace("{name}", region.name) : region.path || region.name;
    return option;
  }

  crumbs() {
    return [{ name: this.text.textCountry }, ...this.path].map((region, depth) => {
      const crumb = make("button", { type: "button", tabindex: "-1", lang: "zh-Hans" });
      crumb.textContent = region.name;
      crumb.addEventListener("click", () => this.up(depth));
      return crumb;
    });
  }

  up(depth) {
    this.path.length = Math.max(depth, 0);
    this.input.value = "";
    this.level();
  }

  point(index) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.list.children[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option?.id ?? "");
  }

  key(event) {
    const actions = {
      ArrowDown: () => (this.panel.hidden ? this.open() : this.point(Math.min(this.active + 1, this.shown.length - 1))),
      ArrowUp: () => this.point(Math.max(this.active - 1, 0)),
      Enter: () => (this.panel.hidden ? this.open() : this.take(this.active)),
      Escape: () => this.close(),
    };
    if (event.key === "Backspace" && !this.input.value && this.path.length) actions.Backspace = () => this.up(this.path.length - 1);
    if (!actions[event.key] || event.isComposing) return;
    event.preventDefault();
    actions[event.key]();
  }

  take(index) {
    const region = this.shown[index];
    if (!region) return;
    if (this.leadsFurther(region)) {
      this.path = region.path ? [region] : [...this.path, region];
      this.input.value = "";
      this.level();
      return;
    }
    if (this.mayChoose(region)) this.choose(region);
  }

  choose(region) {
    const names = region.own ? this.path : [...this.path, region];
    this.put(region.code, region.path || names.map((each) => each.path || each.name).join(" "));
    if (region.path) this.path = [];
    this.close();
  }

  put(code, name) {
    this.chosenName = name;
    this.code.value = code;
    this.code.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function matches(region, word) {
  return region.name.includes(word) || region.pinyin.startsWith(word.replaceAll(/[ ']/g, ""));
}

function make(tag, attributes) {
  const element = document.createElement(tag);
  set(element, attributes);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
