/**
 * The SDK's CloudAdapter, taken one step below its `process`: that one prints errors to the console and puts their text
 * into the response. Here the outcome is handed back, and an error is thrown to whoever answers the request.
 */
import {
  type Activity,
  CallerIdConstants,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationConstants } from 'botframework-connector';
import type { MicrosoftApp } from '../../config';

export class WrongSender extends Error {
  readonly code = 'WRONG_SENDER';
}

/** The keys to check a token with could not be fetched: the sender may try again. */
export class SenderUnknown extends Error {
  readonly code = 'SENDER_UNKNOWN';
}

export type Sender = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** Who signs the channel's tokens: Microsoft, unless another cloud or a stand-in is named. */
export interface Authority {
  tokenIssuer: string;
  openIdMetadataUrl: string;
}

export class MessagesAdapter extends CloudAdapter {
  constructor(app: MicrosoftApp | undefined, authority?: Authority) {
    super(
      new ConfigurationBotFrameworkAuthentication({
        ...(app && registration(app)),
        ...(authority && signedBy(authority)),
      }),
    );
  }

  /** Whether a request comes from whom it says. Throws WrongSender, or SenderUnknown when that can't be found out now. */
  async verify(authorization: string, activity: Activity): Promise<Sender> {
    try {
      return await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    } catch (cause) {
      throw isAboutToken(cause) ? new WrongSender('token', { cause }) : new SenderUnknown('keys', { cause });
    }
  }

  /** Undefined: done, with nothing to say in the response. */
  take(
    sender: Sender,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(sender, activity, turn);
  }
}

/** The SDK's own error for a missing or foreign token carries 401; a broken or outdated one fails in its token library. */
function isAboutToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return OF_TOKEN_LIBRARY.has(error.name) || ('statusCode' in error && error.statusCode === 401);
}

const OF_TOKEN_LIBRARY = new Set(['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError']);

/** The SDK takes either all of its own addresses or none, so those of the public cloud are said again. */
function signedBy({ tokenIssuer, openIdMetadataUrl }: Authority) {
  return {
    ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: tokenIssuer,
    CallerId: CallerIdConstants.PublicAzureChannel,
    ValidateAuthority: true,
  };
}

function registration({ id, password, type, tenantId }: MicrosoftApp) {
  return {
    MicrosoftAppId: id,
    MicrosoftAppType: type,
    ...(password && { MicrosoftAppPassword: password }),
    ...(tenantId && { MicrosoftAppTenantId: tenantId }),
  };
}
