{
  const field = document.getElementById('search');
  const said = document.getElementById('found');
  const rows = [...document.querySelectorAll('.editions > li')];
  const plain = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const texts = rows.map((row) => plain(row.textContent));
  const search = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, number) => {
      row.hidden = !words.every((word) => texts[number].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = words.length ? `${shown} of ${rows.length} shown` : '';
  };
  field.addEventListener('input', search);
  field.closest('[hidden]').hidden = false;
  search();
}
