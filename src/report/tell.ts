/** Tells a fault of a file: the place from the outside in (part, table, row, column), what was expected, what was found. */
export type Tell = (place: string[], expected: string, found: string) => void;
