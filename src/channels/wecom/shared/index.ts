/** What the processes of the service share of WeChat Work (企业微信). */
import type { SharedState } from '../../../state/connect-state';
import type { Membership } from '../../../state/membership';
import { REMEMBERED_MS } from '../seen';
import type { SharedToken } from '../sending/access-token';
import { answersOfAll, type GivenAnswers } from './given-answers';
import { sharedToken } from './shared-token';
import { TakenByAll, type TakenMessages } from './taken-messages';

export interface SharedWeCom {
  ofApp: { taken: TakenMessages; answers: GivenAnswers };
  ofBot: { taken: TakenMessages; answers: GivenAnswers };
  /** Who the app is and its secret, so that two apps on one Redis keep apart. */
  token: (app: string[]) => SharedToken;
}

export function sharedWeCom(state: SharedState, membership: Membership): SharedWeCom {
  const of = (name: string) => ({
    taken: new TakenByAll(state, membership, name),
    answers: answersOfAll(state, `${name}-answer`, REMEMBERED_MS),
  });
  return { ofApp: of('wecom'), ofBot: of('wecom-bot'), token: (app) => sharedToken(state, app) };
}
