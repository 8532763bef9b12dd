/** The table of turns, and which aims are met. */
import type { MeasuredTurns, TurnCost } from './measure-turns';

export type Aim = [aim: string, isMet: boolean];

export function printTurns(measured: MeasuredTurns): Aim[] {
  const { echo, messages, teams, messagesUnheard, directLine, sockets } = measured;
  const row = (label: string, { cpuMsPerTurn, turnsPerSecond }: TurnCost, remark = '') =>
    console.log(
      `${label.padEnd(44)}${cpuMsPerTurn.toFixed(2).padStart(8)} ms${turnsPerSecond.toFixed(0).padStart(8)}/s  ${remark}`,
    );
  console.log(`\n${'a turn'.padEnd(44)}${'processor'.padStart(11)}${'wall'.padStart(10)}`);
  row('echo bot, /api/messages', echo, `100%; and ${echo.connectorMsPerTurn.toFixed(2)} ms of its connector`);
  row('ours, /api/messages', messages, `${measured.messagesThroughputPercent.toFixed(0)}% of its throughput`);
  row('ours, /api/messages, from Teams', teams, `${measured.teamsThroughputPercent.toFixed(0)}%`);
  row('ours, /api/messages, never asked before', messagesUnheard, `${measured.unheardThroughputPercent.toFixed(0)}%`);
  row(
    'ours, Direct Line',
    directLine,
    `${measured.directLineCostPercent.toFixed(0)}% of the echo bot’s cost with its connector`,
  );
  console.log(`${sockets.held} idle sockets: ${sockets.kbEach.toFixed(1)} KB each, ${sockets.per100Mb} in 100 MB`);
  return [
    ['/api/messages: ≥ 85% of the echo bot’s throughput', measured.messagesThroughputPercent >= 85],
    ['/api/messages from Teams: ≥ 85% of it', measured.teamsThroughputPercent >= 85],
    ['Direct Line: a turn costs ≤ 60% of the echo bot’s with its connector', measured.directLineCostPercent <= 60],
  ];
}
