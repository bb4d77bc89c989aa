{
  const find = css => document.querySelector(css), filter = find('.filter');
  const fold = text => text.normalize('NFKD').toLowerCase().replace(/[\p{M}\p{Pd}\xad]/gu, '').replace(/[`ʹ-ʿ‘-‛′]/g, "'");
  if (filter) {
    const {lang} = document.documentElement, output = find('output');
    const [q, country] = filter.querySelectorAll('.more [name]');
    const rows = [...document.querySelectorAll('.partner')].map(item =>
      [item, fold([...item.querySelectorAll('h3, .by, .where')].map(part => part.textContent).join(' '))]);
    const radio = code => find(`[name=category][value="${CSS.escape(code ?? '')}"]:enabled`);
    const show = () => {
      const want = {category: find('.filter :checked').value, country: country.value, q: q.value.trim()};
      const words = fold(want.q).split(/\s+/);
      let count = 0;
      for (const [item, text] of rows) {
        const {category, country} = item.dataset;
        const fits = (!want.category || category.split(' ').includes(want.category)) && (!want.country || want.country == country) &&
          words.every(word => text.includes(word));
        item.hidden = !fits;
        count += fits;
      }
      output.value = output.dataset.other.replace('{count}', count.toLocaleString(lang, {useGrouping: 'always'}));
      find('.none').hidden = count;
      const query = new URLSearchParams(location.search);
      for (const name in want) want[name] ? query.set(name, want[name]) : query.delete(name);
      history.replaceState(null, '', location.pathname + (`${query}` && '?' + query) + location.hash);
    };
    const old = new URLSearchParams(location.search);
    (radio(old.get('category')) ?? radio()).checked = true;
    country.value = old.get('country');
    country.value ||= '';
    q.value = old.get('q');
    filter.classList.add('live');
    find('.more').hidden = false;
    filter.oninput = show;
    show();
  }
}
