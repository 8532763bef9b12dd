/** Whoever takes turns: all that a channel knows of the bot. The SDK's ActivityHandler is one too. */
import type { TurnContext } from 'botbuilder';

export interface Bot {
  run: (context: TurnContext) => Promise<void>;
}
