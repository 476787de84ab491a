// Live numbers in prose: `{{ name }}` in rendered Markdown shows the value of that fact, from the notebook's own outputs.
// Nothing is evaluated, nothing is fetched, and only text is written; the file keeps `{{ name }}`.
(() => {
  'use strict';
  const MIME = 'application/vnd.brieftools.fact+json';
  const MARK = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g;
  const OURS = 'brieftools-fact';
  const STYLE = `.${OURS} { border-bottom: 1px dotted currentColor; }
    .${OURS}[data-known="no"] { color: var(--jp-error-color1, #b3301f); border-bottom-style: solid; }`;

  function facts(model) {
    const found = new Map();
    for (let i = 0; model && i < model.cells.length; i++) {
      const cell = model.cells.get(i);
      if (cell.type !== 'code') continue;
      for (let k = 0; k < cell.outputs.length; k++) {
        const data = cell.outputs.get(k).data;
        const shown = data && data[MIME];
        for (const fact of shown && Array.isArray(shown.facts) ? shown.facts : []) {
          if (fact && typeof fact.name === 'string') found.set(fact.name, fact);
        }
      }
    }
    return found;
  }

  function mark(text) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(MARK)) {
      parts.push(text.slice(end, match.index));
      const span = document.createElement('span');
      span.className = OURS;
      span.dataset.name = match[1];
      parts.push(span);
      end = match.index + match[0].length;
    }
    return end ? [...parts, text.slice(end)] : null;
  }

  function fill(root, known) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest(`.${OURS}, code, pre, .MathJax, mjx-container`)) nodes.push(walker.currentNode);
    }
    for (const node of nodes) {
      const parts = mark(node.nodeValue || '');
      if (parts) node.replaceWith(...parts);
    }
    for (const span of root.querySelectorAll(`.${OURS}`)) {
      const fact = known.get(span.dataset.name);
      const shown = fact ? String(fact.text) : `{{ ${span.dataset.name} }}`;
      const said = fact ? `${span.dataset.name}: ${fact.origin || 'no origin given'}` : `no fact is called ${span.dataset.name}`;
      if (span.textContent !== shown) span.textContent = shown;
      if (span.title !== said) span.title = said;
      span.dataset.known = fact ? 'yes' : 'no';
    }
  }

  function follow(panel) {
    const update = () => {
      waiting = 0;
      const known = facts(panel.content.model);
      for (const rendered of panel.content.node.querySelectorAll('.jp-MarkdownOutput')) fill(rendered, known);
    };
    let waiting = 0;
    const soon = () => { waiting = waiting || window.setTimeout(update, 60); };
    // Our own spans are written only when they change, so this comes to rest.
    const observer = new MutationObserver(soon);
    observer.observe(panel.content.node, {childList: true, subtree: true, characterData: true});
    panel.context.ready.then(() => { panel.content.model.contentChanged.connect(soon); soon(); });
    panel.disposed.connect(() => observer.disconnect());
  }

  const plugin = (notebooks, launchers) => ({
    id: 'brieftools-lab:plugin',
    autoStart: true,
    requires: [notebooks],
    optional: launchers ? [launchers] : [],
    activate: (app, tracker, launcher) => {
      const style = document.createElement('style');
      style.textContent = STYLE;
      document.head.append(style);
      tracker.forEach(follow);
      tracker.widgetAdded.connect((_, panel) => follow(panel));
      app.commands.addCommand('brieftools:new', {
        label: 'New analytic brief',
        caption: 'Opens a terminal that says how `brief new` is called',
        execute: async () => {
          const widget = await app.commands.execute('terminal:create-new');
          const session = widget && widget.content && widget.content.session;
          if (session) session.send({type: 'stdin', content: ['brief new --help\r']});
        },
      });
      if (launcher) launcher.add({command: 'brieftools:new', category: 'Other', rank: 0});
    },
  });

  let scope = null;
  const token = async (name, key) => {
    const versions = scope && scope[name];
    const version = versions && Object.keys(versions)[0];
    if (!version) return null;
    const factory = await versions[version].get();
    return factory()[key] || null;
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['brieftools-lab'] = {
    init: shared => { scope = shared; },
    get: async () => {
      const notebooks = await token('@jupyterlab/notebook', 'INotebookTracker');
      const launchers = await token('@jupyterlab/launcher', 'ILauncher');
      // Without __esModule the whole lab stays blank.
      return () => ({__esModule: true, default: plugin(notebooks, launchers)});
    },
  };
})();
