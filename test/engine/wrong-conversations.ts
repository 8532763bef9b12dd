/** Prints the conversations that aren't answered rightly, for whoever mends the next class of them. */
import { conversations, outcomeOf } from './conversations';

for (const { id, isRight, isMisled, faults } of conversations().map(outcomeOf)) {
  if (!isRight) console.log(`${id}${isMisled ? ' MISLED' : ''}\n  ${faults.join('\n  ')}`);
}
