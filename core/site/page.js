{
  const find = css => document.querySelector(css);
  const filter = find('.filter');
  const plain = {ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ß: 'ss', æ: 'ae', œ: 'oe', ς: 'σ'};
  const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/./gsu, c => plain[c] ?? c);
  if (filter) {
    const {lang} = document.documentElement, plural = new Intl.PluralRules(lang);
    const [country, q, tools] = filter.querySelectorAll('.more [name]'), output = find('output');
    const rows = [...document.querySelectorAll('.partner')].map(item => [item, fold(item.textContent)]);
    const radio = code => find(`[name=category][value="${CSS.escape(code ?? '')}"]:enabled`);
    const show = () => {
      const want = {category: find(':checked').value, country: country.value, q: q.value.trim(), tools: +tools.checked};
      const words = fold(want.q).split(/\s+/);
      let count = 0;
      for (const [item, text] of rows) {
        const has = item.dataset;
        item.hidden = want.category && !has.category.split(' ').includes(want.category) ||
          want.country && want.country != has.country || want.tools && !item.querySelector('ul') || !words.every(word => text.includes(word));
        count += !item.hidden;
      }
      output.value = (output.dataset[plural.select(count)] ?? output.dataset.other).replace('{count}', count.toLocaleString(lang, {useGrouping: true}));
      find('.none').hidden = count;
      const query = new URLSearchParams(Object.entries(want).filter(one => one[1]));
      history.replaceState(null, '', location.pathname + (`${query}` && '?' + query) + location.hash);
    };
    const old = new URLSearchParams(location.search);
    (radio(old.get('category')) ?? radio()).checked = true;
    country.value = old.get('country');
    country.value ||= '';
    q.value = old.get('q');
    tools.checked = old.get('tools');
    find('.more').hidden = false;
    filter.oninput = show;
    show();
  }
}
