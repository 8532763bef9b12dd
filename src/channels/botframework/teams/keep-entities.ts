/**
 * Lets citations through: the SDK's serializer knows of an entity its type, and of a mention its text and whom it mentions,
 * and drops the rest on the way to the connector. It means to keep the rest (the list of entities says so), but says it in
 * a place where its serializer doesn't look. Here it is said where it does.
 *
 * Without this Teams would get an entity of citations without any, which it refuses.
 */
import { Entity } from 'botframework-connector/lib/connectorApi/models/mappers';

export function keepEntities(): void {
  Object.assign(Entity.type, { additionalProperties: { type: { name: 'Object' } } });
}
