/**
 * The manifest of the Teams app and its strings in Chinese, from the wording and the settings. One id serves as the app's
 * and the bot's: that of the registration.
 */
import { SEARCH_COMMAND, SEARCH_PARAMETER } from '../message-extension';
import type { TeamsWording } from '../wording';

export const MANIFEST_VERSION = '1.19';
export const LANGUAGE_FILE = 'zh-cn.json';
export const ICONS = { color: 'color.png', outline: 'outline.png' };

export interface AppSettings {
  appId: string;
  /** https, as people reach the service. */
  publicUrl: string;
  version: string;
}

export function manifestOf({ app, commands, search }: TeamsWording, { appId, publicUrl, version }: AppSettings) {
  const scopes = ['personal', 'team', 'groupChat'];
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version,
    id: appId,
    localizationInfo: { defaultLanguageTag: 'zh-cn', defaultLanguageFile: LANGUAGE_FILE },
    developer: {
      name: app.developer,
      websiteUrl: app.websiteUrl || `${publicUrl}/`,
      privacyUrl: app.privacyUrl || `${publicUrl}/`,
      termsOfUseUrl: app.termsUrl || `${publicUrl}/`,
    },
    name: { short: app.name, full: app.fullName },
    description: { short: app.summary, full: app.description },
    icons: ICONS,
    accentColor: app.accentColor,
    bots: [
      { botId: appId, scopes, supportsFiles: false, isNotificationOnly: false, commandLists: [{ scopes, commands }] },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: SEARCH_COMMAND,
            type: 'query',
            context: ['compose', 'commandBox'],
            title: search.title,
            description: search.description,
            initialRun: true,
            parameters: [
              { name: SEARCH_PARAMETER, title: search.hint, description: search.hintDescription, inputType: 'text' },
            ],
          },
        ],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).hostname],
    defaultInstallScope: 'personal',
  };
}

/** The same words once more, in the form in which Teams keeps a language. */
export function chineseStrings({ app, commands, search }: TeamsWording): Record<string, string> {
  const inCommand = 'composeExtensions[0].commands[0]';
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.Localization.schema.json`,
    'name.short': app.name,
    'name.full': app.fullName,
    'description.short': app.summary,
    'description.full': app.description,
    ...Object.fromEntries(
      commands.flatMap(({ title, description }, index) => [
        [`bots[0].commandLists[0].commands[${index}].title`, title],
        [`bots[0].commandLists[0].commands[${index}].description`, description],
      ]),
    ),
    [`${inCommand}.title`]: search.title,
    [`${inCommand}.description`]: search.description,
    [`${inCommand}.parameters[0].title`]: search.hint,
    [`${inCommand}.parameters[0].description`]: search.hintDescription,
  };
}
