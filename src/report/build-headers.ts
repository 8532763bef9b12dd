/**
 * Builds a table's header tree from the form in the file: 诉求来源 › 电话, with the measure unit of 诉求来源.
 *
 * Not here: rows and cells (build-report.ts).
 */
import type { ColumnForm } from './file-format';
import type { ColumnKind } from './parse-figure';
import type { Header } from './report';

export interface HeaderTree {
  headers: Header[];
  /** Leaves, left to right. */
  columns: Header[];
  /** Every node, from the top down. */
  all: Header[];
  /** What a leaf's strings are to be read as. */
  kindOf: ReadonlyMap<Header, ColumnKind>;
}

export function buildHeaders(forms: ColumnForm[]): HeaderTree {
  const all: Header[] = [];
  const kindOf = new Map<Header, ColumnKind>();

  function build(form: ColumnForm, parent: Header | undefined, inheritedUnit: string): Header {
    const unit = form.measureUnit ?? inheritedUnit;
    const header: Header = {
      id: form.id,
      label: form.label,
      ...(form.printedAs !== undefined && { printedAs: form.printedAs }),
      ...(parent && { parent }),
      children: [],
      // A rate's sign stands with its figure, not in the header.
      measureUnit: unit === '%' ? '' : unit,
      isAdditive: form.additive ?? false,
      leaves: [],
      path: [],
    };
    header.path = [...(parent?.path ?? []), header];
    all.push(header);
    header.children = (form.columns ?? []).map((child) => build(child, header, unit));
    header.leaves = form.columns ? header.children.flatMap((child) => child.leaves) : [header];
    if (!form.columns) kindOf.set(header, { measureUnit: unit, holdsWords: form.words ?? false });
    return header;
  }

  const headers = forms.map((form) => build(form, undefined, ''));
  return { headers, columns: headers.flatMap((header) => header.leaves), all, kindOf };
}

/** 诉求来源 › 电话 */
export function headerPath(header: Header): string {
  return header.path.map(({ label }) => label).join(' › ');
}
