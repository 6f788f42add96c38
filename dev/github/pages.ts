/** One page of a list and its Link header: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function cutPage(
  entries: readonly unknown[],
  url: URL,
  base: string,
): { entries: readonly unknown[]; headers: Record<string, string> } {
  const size = Math.min(100, positive(url.searchParams.get('per_page')) ?? 30);
  const page = positive(url.searchParams.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(entries.length / size));
  const link = (rel: string, to: number) => {
    const target = new URL(`${url.pathname}${url.search}`, base);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', page - 1), link('first', 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
  ];
  return { entries: entries.slice((page - 1) * size, page * size), headers: links.length > 0 ? { link: links.join(', ') } : {} };
}

function positive(text: string | null): number | undefined {
  const value = Number(text ?? '');
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
