{
  const find = css => document.querySelector(css);
  const filter = find('.filter');
  const plain = {ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ß: 'ss', æ: 'ae', œ: 'oe', ς: 'σ'};
  const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/./gsu, c => plain[c] ?? c);
  if (filter) {
    const {lang} = document.documentElement;
    const plural = new Intl.PluralRules(lang), digits = new Intl.NumberFormat(lang);
    const output = find('output'), country = find('[name=country]'), q = find('[name=q]');
    const rows = [...document.querySelectorAll('.partner')].map(item => [item, fold(item.textContent)]);
    const radio = code => find(`[name=category][value="${CSS.escape(code ?? '')}"]:enabled`);
    const show = () => {
      const wanted = {category: find(':checked').value, country: country.value, q: q.value.trim()};
      const words = fold(wanted.q).split(/\s+/);
      let count = 0;
      for (const [item, text] of rows) {
        const has = item.dataset;
        item.hidden = wanted.category && !has.category.split(' ').includes(wanted.category) ||
          wanted.country && wanted.country != has.country || !words.every(word => text.includes(word));
        count += !item.hidden;
      }
      const forms = output.dataset;
      output.value = (forms[plural.select(count)] ?? forms.other).replace('{count}', digits.format(count));
      find('.none').hidden = count;
      const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
      history.replaceState(null, '', location.pathname + (`${query}` && '?' + query) + location.hash);
    };
    const asked = new URLSearchParams(location.search);
    (radio(asked.get('category')) ?? radio()).checked = true;
    country.value = asked.get('country') ?? '';
    if (!country.value) country.value = '';
    q.value = asked.get('q') ?? '';
    find('.more').hidden = false;
    filter.addEventListener('input', show);
    show();
  }
}
