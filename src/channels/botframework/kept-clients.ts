/**
 * The SDK's authentication, but the clients it makes for each turn, one for the connector and one for user tokens, are kept:
 * they hold no state of a turn, and making them is the dearest part of one.
 */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type Authentication = ConfigurationBotFrameworkAuthentication;
type Sender = Awaited<ReturnType<Authentication['authenticateRequest']>>;
type Factory = ReturnType<Authentication['createConnectorFactory']>;
type Connector = ReturnType<Factory['create']>;
type UserTokenClient = ReturnType<Authentication['createUserTokenClient']>;

/** The addresses of Bot Framework's channels and regions are few. */
const MOST_KEPT = 100;

export class KeptClients extends ConfigurationBotFrameworkAuthentication {
  private readonly connectors = new Map<string, Connector>();
  /** One registration, so one client. */
  private userTokens: UserTokenClient | undefined;

  override async authenticateRequest(...request: Parameters<Authentication['authenticateRequest']>): Promise<Sender> {
    const sender = await super.authenticateRequest(...request);
    return { ...sender, connectorFactory: sender.connectorFactory && this.keeping(sender.connectorFactory) };
  }

  override createConnectorFactory(...identity: Parameters<Authentication['createConnectorFactory']>): Factory {
    return this.keeping(super.createConnectorFactory(...identity));
  }

  override createUserTokenClient(...identity: Parameters<Authentication['createUserTokenClient']>): UserTokenClient {
    if (this.userTokens) return this.userTokens;
    const made = super.createUserTokenClient(...identity);
    this.userTokens = made;
    made.catch(() => {
      this.userTokens = undefined;
    });
    return made;
  }

  private keeping(factory: Factory): Factory {
    return { create: (serviceUrl, audience) => this.connector(factory, serviceUrl, audience) };
  }

  private connector(factory: Factory, serviceUrl: string, audience: string | undefined): Connector {
    const key = JSON.stringify([serviceUrl, audience]);
    const kept = this.connectors.get(key);
    if (kept) return kept;
    const [oldest] = this.connectors.keys();
    if (oldest !== undefined && this.connectors.size >= MOST_KEPT) this.connectors.delete(oldest);
    const made = factory.create(serviceUrl, audience as string); // the SDK has a default for none
    this.connectors.set(key, made);
    // A failure is this turn's, not the next one's.
    made.catch(() => this.connectors.delete(key));
    return made;
  }
}
