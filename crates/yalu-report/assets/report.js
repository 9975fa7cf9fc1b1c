'use strict';
(function () {
  var root = document.documentElement;
  var KEY = 'yalu-theme';
  root.classList.add('has-js');

  function stored(value) {
    try {
      if (value) localStorage.setItem(KEY, value);
      return localStorage.getItem(KEY);
    } catch (e) { return null; }
  }
  var asked = /^#(light|dark)$/.exec(location.hash);
  var chosen = asked ? asked[1] : stored();
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;

  function isDark() {
    if (root.dataset.theme) return root.dataset.theme === 'dark';
    return matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function theme(button) {
    function name() {
      var other = isDark() ? 'Light' : 'Dark';
      button.textContent = other;
      button.setAttribute('aria-label', other + ' page');
    }
    button.addEventListener('click', function () {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      stored(root.dataset.theme);
      name();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
    name();
  }

  // The part being read is named in the bar.
  function follow() {
    var nav = document.querySelector('nav');
    var links = Array.prototype.slice.call(nav.querySelectorAll('a'));
    var parts = links.map(function (a) { return document.getElementById(a.hash.slice(1)); });
    var now = null, waiting = false;
    function look() {
      waiting = false;
      var at = 0;
      parts.forEach(function (part, i) { if (part && part.getBoundingClientRect().top < 120) at = i; });
      if (now === at) return;
      if (now !== null) links[now].removeAttribute('aria-current');
      now = at;
      var a = links[at];
      a.setAttribute('aria-current', 'true');
      if (a.offsetLeft < nav.scrollLeft || a.offsetLeft + a.offsetWidth > nav.scrollLeft + nav.clientWidth) {
        nav.scrollLeft = Math.max(0, a.offsetLeft - 24);
      }
    }
    addEventListener('scroll', function () {
      if (!waiting) { waiting = true; requestAnimationFrame(look); }
    }, { passive: true });
    addEventListener('resize', look);
    look();
  }

  // A picture saved alone keeps the colours it has on the page.
  var KEPT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap',
    'stroke-linejoin', 'opacity', 'paint-order', 'font-family', 'font-size', 'font-weight', 'font-style', 'font-feature-settings',
    'text-anchor', 'dominant-baseline', 'letter-spacing', 'visibility', 'display', 'stop-color', 'stop-opacity'];

  function resolve(from, to) {
    var style = getComputedStyle(from), out = '';
    KEPT.forEach(function (name) {
      var value = style.getPropertyValue(name);
      if (name === 'display' && value !== 'none') return;
      if (value) out += name + ':' + value.replace(/url\("?[^#")]*(#[^")]+)"?\)/g, 'url($1)').replace(/"/g, "'") + ';';
    });
    if (/^(style|title|desc|defs)$/.test(from.localName)) out = '';
    to.removeAttribute('class');
    if (out) to.setAttribute('style', out); else to.removeAttribute('style');
    for (var i = 0; i < from.children.length; i++) resolve(from.children[i], to.children[i]);
  }

  // Words of the page set as lines of a drawing.
  var pen = null;
  function setWords(node, into, ns, x, y, width) {
    if (!node || !node.textContent.trim()) return y;
    pen = pen || document.createElement('canvas').getContext('2d');
    var style = getComputedStyle(node), size = parseFloat(style.fontSize), line = '', lines = [];
    pen.font = style.fontWeight + ' ' + size + 'px ' + style.fontFamily;
    node.textContent.trim().split(/ +/).forEach(function (word) {
      var next = line ? line + ' ' + word : word;
      if (line && pen.measureText(next).width > width) { lines.push(line); line = word; } else line = next;
    });
    lines.push(line);
    lines.forEach(function (words) {
      y += size * 1.35;
      var t = document.createElementNS(ns, 'text');
      t.setAttribute('x', x);
      t.setAttribute('y', y);
      t.setAttribute('style', 'fill:' + style.color + ';font-family:' + style.fontFamily.replace(/"/g, "'") + ';font-size:' + size
        + 'px;font-weight:' + style.fontWeight);
      t.textContent = words;
      into.appendChild(t);
    });
    return y;
  }

  // The picture as a file of its own: title, measure and foot around the drawing, colours resolved, patterns taken along.
  function standalone(svg, figure) {
    var ns = svg.namespaceURI, rim = 20;
    var copy = svg.cloneNode(true);
    resolve(svg, copy);
    Array.prototype.forEach.call(copy.querySelectorAll('style'), function (s) { s.remove(); });
    var box = svg.viewBox.baseVal, drawn = svg.getBoundingClientRect();
    var w = box && box.width ? box.width : drawn.width, h = box && box.height ? box.height : drawn.height;
    var out = document.createElementNS(ns, 'svg'), defs = document.createElementNS(ns, 'defs'), seen = {};
    var ground = document.createElementNS(ns, 'rect');
    out.appendChild(defs);
    out.appendChild(ground);
    var y = setWords(figure.querySelector(':scope > h2,:scope > h3'), out, ns, rim, rim - 6, w);
    y = setWords(figure.querySelector(':scope > .sub'), out, ns, rim, y, w) + 16;
    copy.setAttribute('x', rim);
    copy.setAttribute('y', y);
    copy.setAttribute('width', w);
    copy.setAttribute('height', h);
    copy.setAttribute('overflow', 'visible');
    out.appendChild(copy);
    y = setWords(figure.querySelector('figcaption > .foot'), out, ns, rim, y + h + 10, w) + rim;
    var wide = w + 2 * rim;
    out.setAttribute('viewBox', '0 0 ' + wide + ' ' + y);
    [out, ground].forEach(function (node) {
      node.setAttribute('width', wide);
      node.setAttribute('height', y);
    });
    ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
    (new XMLSerializer().serializeToString(copy).match(/url\(#[^)]+\)/g) || []).forEach(function (use) {
      var id = use.slice(5, -1), pattern = document.getElementById(id);
      if (seen[id] || !pattern || svg.contains(pattern)) return;
      seen[id] = true;
      var own = pattern.cloneNode(true);
      resolve(pattern, own);
      defs.appendChild(own);
    });
    return { text: new XMLSerializer().serializeToString(out), w: wide, h: y };
  }

  function hand(blob, name) {
    var a = document.createElement('a');
    a.href = URL.createObjectURL(blob);
    a.download = name;
    document.body.appendChild(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 10000);
  }

  function save(button) {
    var figure = button.closest('figure');
    var svg = Array.prototype.filter.call(figure.querySelectorAll('.pic > svg'), function (s) { return s.getClientRects().length; })[0];
    if (!svg) return;
    var picture = standalone(svg, figure), name = button.dataset.name;
    var blob = new Blob([picture.text], { type: 'image/svg+xml' });
    if (button.dataset.save === 'svg') return hand(blob, name + '.svg');
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement('canvas');
      canvas.width = 2 * picture.w; canvas.height = 2 * picture.h;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (png) { if (png) hand(png, name + '.png'); });
    };
    image.src = 'data:image/svg+xml,' + encodeURIComponent(picture.text);
  }

  // A table of a picture's data, made when it is opened: the page holds the data once.
  var ROWS = 200;
  function cells(csv) {
    var rows = [[]], cell = '', quoted = false;
    for (var i = 0; i < csv.length && rows.length < ROWS + 3; i++) {
      var c = csv[i];
      if (quoted) {
        if (c !== '"') cell += c; else if (csv[i + 1] === '"') { cell += '"'; i++; } else quoted = false;
      } else if (c === '"') quoted = true;
      else if (c === ',' || c === '\n') {
        rows[rows.length - 1].push(cell);
        cell = '';
        if (c === '\n') rows.push([]);
      } else if (c !== '\r') cell += c;
    }
    rows.pop();
    return rows;
  }
  function make(tag, into, text) {
    var node = into.appendChild(document.createElement(tag));
    if (text !== undefined) node.textContent = text;
    return node;
  }
  function tabled(details) {
    if (!details.open || details.querySelector('table')) return;
    var link = details.parentNode.querySelector('a[download]');
    var rows = cells(decodeURIComponent(link.getAttribute('href').split(/,(.*)/s)[1]));
    var frame = make('div', details), head = rows.shift(), table = make('table', frame);
    frame.className = 'scroll data';
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', 'Data' + link.querySelector('.vh').textContent);
    var right = head.map(function (_, i) { return rows.every(function (r) { return !r[i] || !isNaN(r[i]); }); });
    [[head, 'th', 'thead']].concat([[null, 'td', 'tbody']]).forEach(function (part) {
      var body = make(part[2], table);
      (part[0] ? [part[0]] : rows.slice(0, ROWS)).forEach(function (row) {
        var line = make('tr', body);
        row.forEach(function (text, i) {
          var cell = make(part[1], line, text);
          if (part[1] === 'th') cell.scope = 'col';
          if (right[i]) cell.className = 'n';
        });
      });
    });
    if (rows.length > ROWS) make('p', details, 'The first ' + ROWS + ' rows; the CSV has all.').className = 'foot';
  }

  document.addEventListener('DOMContentLoaded', function () {
    Array.prototype.forEach.call(document.querySelectorAll('.dl details'), function (d) {
      d.addEventListener('toggle', function () { tabled(d); });
    });
    theme(document.getElementById('theme'));
    follow();
    document.addEventListener('click', function (event) {
      var button = event.target.closest('button[data-save]');
      if (button) save(button);
    });
  });
})();
