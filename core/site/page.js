{
  const find = css => document.querySelector(css), all = (css, within = document) => [...within.querySelectorAll(css)];
  const filter = find('.filter');
  const plain = {ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ß: 'ss', æ: 'ae', œ: 'oe', ς: 'σ', ı: 'i'};
  const fold = text => text.normalize('NFKD').toLowerCase().replace(/[\p{M}\p{Pd}\xad]/gu, '')
    .replace(/[łøđðþħŧßæœςı`ʹ-ʿ‘-‛′]/g, c => plain[c] ?? "'");
  if (filter) {
    const {lang} = document.documentElement, plural = new Intl.PluralRules(lang);
    const [q, country, order, tools] = all('.more [name]'), output = find('output');
    const selected = find('.selected'), letters = all('.letters a'), rest = find('.rest');
    const rows = all('.partner').map(item => ({item, number: +item.id.slice(3)}));
    const few = rows.length > 1000 ? 50 : Infinity;
    let most = few, list = rows;
    const starts = new Map(letters.map(letter => [letter.hash.slice(1), letter]));
    let letter;
    for (const row of rows) row.letter = letter = starts.get(row.item.id) ?? letter;

    const read = item => {
      const parts = all('h3, .where, .kinds, .what p, .what dd', item);
      return fold([...parts.map(part => part.textContent), parts[0].firstElementChild.getAttribute('href')?.split('/')[2]].join(' '));
    };
    const text = row => row.text ??= read(row.item);
    const has = (row, word) => /^ap\d+$/.test(word) ? +word.slice(2) == row.number : text(row).includes(word);
    const radio = code => find(`[name=category][value="${CSS.escape(code ?? '')}"]:enabled`);
    const show = () => {
      const category = find('.filter :checked');
      const want = {category: category.value, country: country.value, q: q.value.trim(), tools: +tools.checked, order: order.value};
      const words = fold(want.q).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const letter of letters) letter.parentNode.hidden = true;
      for (const row of list) {
        const {item, letter} = row, {dataset} = item;
        row.fits = (!want.category || dataset.category.split(' ').includes(want.category)) && (!want.country || want.country == dataset.country) &&
          (!want.tools || item.querySelector('.practices')) && words.every(word => has(row, word));
        const hide = !row.fits || ++count > most;
        if (item.hidden != hide) item.hidden = hide;
        if (row.fits && letter?.parentNode.hidden) {
          letter.hash = item.id;
          letter.parentNode.hidden = false;
        }
      }
      const number = count.toLocaleString(lang, {useGrouping: 'always'});
      // A text that is changed in its place costs less than a new one.
      output.firstChild.data = (output.dataset[plural.select(count)] ?? output.dataset.other).replace('{count}', number);
      find('.none').hidden = count;
      rest.hidden = count <= most;
      rest.querySelector('small').firstChild.data = number;
      const chosen = [category.value && category.nextSibling.firstChild.data, country.value && country.selectedOptions[0].text.replace(/ \([^(]*$/, ''),
        want.q, want.tools && tools.nextSibling.textContent].filter(Boolean);
      selected.hidden = !chosen.length;
      selected.firstChild.firstChild.data = selected.dataset.form.replace('{filters}', () => chosen.map(one => one.trim()).join(' · '));
      if (letters.length) find('.letters').hidden = order.value;
      const query = new URLSearchParams(location.search);
      for (const name in want) {
        query.delete(name);
        if (want[name]) query.set(name, want[name]);
      }
      history.replaceState(null, '', location.pathname + (`${query}` && '?' + query) + location.hash);
    };
    const day = row => row.day ??= row.item.querySelector('time').dateTime;
    const sort = () => {
      list = order.value ? [...rows].sort((a, b) => (day(a) < day(b)) - (day(a) > day(b))) : rows;
      find('.partners').append(...list.map(row => row.item));
    };
    const reset = () => {
      radio().checked = true;
      country.value = q.value = '';
      tools.checked = false;
      most = few;
      show();
    };
    const reveal = hash => {
      const row = rows.find(({item}) => '#' + item.id == hash);
      if (!row?.item.hidden) return;
      if (!row.fits) reset();
      if (row.item.hidden) {
        most = Infinity;
        show();
      }
    };
    // Rows get their heights when they come into sight, and so move what was gone to.
    const land = hash => {
      const target = hash && document.getElementById(hash.slice(1));
      reveal(hash);
      let frames = 8;
      const again = () => {
        target.scrollIntoView();
        if (--frames) requestAnimationFrame(again);
      };
      if (target) again();
    };
    const old = new URLSearchParams(location.search);
    (radio(old.get('category')) ?? radio()).checked = true;
    for (const choice of [country, order]) {
      choice.value = old.get(choice.name);
      choice.value ||= '';
    }
    q.value = old.get('q');
    tools.checked = old.get('tools');
    if (order.value) sort();
    find('.more').hidden = false;
    filter.classList.add('live');
    show();
    land(location.hash);

    let later;
    filter.oninput = ({target}) => {
      most = few;
      if (target == order) sort();
      clearTimeout(later);
      // Who types in a very long list sees the letters first.
      if (target == q && few < Infinity) later = setTimeout(show, 100);
      else show();
    };
    selected.querySelector('button').onclick = () => {
      reset();
      radio().focus();
    };
    rest.querySelector('button').onclick = () => {
      const next = list.find(({item, fits}) => fits && item.hidden).item;
      most = Infinity;
      show();
      next.querySelector('a').focus();
    };
    onhashchange = () => land(location.hash);
    addEventListener('click', ({target}) => {
      const link = target.closest('a');
      if (link?.pathname == location.pathname) land(link.hash);
    });
    // What is searched is made ready while nothing else is to do.
    let ready = 0;
    const prepare = idle => {
      while (ready < rows.length && idle.timeRemaining() > 1) text(rows[ready++]);
      if (ready < rows.length) requestIdleCallback(prepare);
    };
    window.requestIdleCallback?.(prepare);
  }
}
