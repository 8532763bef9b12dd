/** A way of asking: a name that travels with the answer, an example, and how it is read. */
import type { Ask } from '../query';
import type { Sentence } from '../sentence';

export interface Rule {
  name: string;
  example: string;
  /** Undefined when the sentence isn't asked this way. */
  read(sentence: Sentence): Ask | undefined;
}
