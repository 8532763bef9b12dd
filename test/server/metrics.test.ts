import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Metrics, PREFIX } from '../../src/server/metrics';
import { metricsRoute } from '../../src/server/metrics-route';
import { tellingFaults } from '../../src/server/telling-faults';
import { message, post, type Service, startService } from './service';

const READINGS = { sockets: () => 3, waitingRequests: () => 0, reports: () => 1, entries: () => 57 };

describe('/metrics', () => {
  let service: Service;
  let metrics: Metrics;
  beforeEach(async () => {
    metrics = new Metrics();
    metrics.read(READINGS);
    service = await startService({ routes: [metricsRoute(metrics)], observers: [metrics.seeTurn] });
  });
  afterEach(() => service.stop());
  const fetched = async () => (await fetch(`${service.url}/metrics`)).text();

  it('counts turns by channel, kind and grade, times them, and tells misses', async () => {
    await post(service.url, message('甲', { channelId: 'msteams' }));
    await post(service.url, message('哪个', { channelId: 'msteams' }));
    const text = await fetched();
    expect(text).to.include(`${PREFIX}turns_total{channel="msteams",kind="talk",grade="none"} 1`);
    expect(text).to.include(`${PREFIX}misses_total{channel="msteams",kind="clarify"} 1`);
    expect(text).to.include(`${PREFIX}engine_seconds_count 2`);
    expect(text).to.include(`${PREFIX}turn_seconds_count{channel="msteams"} 2`);
    expect(text).to.include(`${PREFIX}request_seconds_count{route="/api/messages",status="200"} 2`);
    expect(text).to.include(`${PREFIX}sockets 3`);
    expect(text).to.match(/nodejs_eventloop_lag_p99_seconds/);
  });

  it('does not grow with what strangers send', async () => {
    for (let i = 0; i < 5; i += 1) {
      await post(service.url, message('甲', { channelId: `channel-${i}` }));
      await fetch(`${service.url}/nothing-${i}`);
    }
    const text = await fetched();
    expect(text).not.to.match(/channel-\d|nothing-\d/);
    expect(text).to.include(`${PREFIX}turns_total{channel="other",kind="talk",grade="none"} 5`);
    expect(text).to.include(`${PREFIX}request_seconds_count{route="none",status="404"} 5`);
  });

  it('is not for whoever comes through a proxy', async () => {
    const response = await fetch(`${service.url}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.9' } });
    expect(response.status).to.equal(403);
  });

  it('counts faults by the words of the log, those of 企业微信 apart too, failed calls of a store, and reloads', async () => {
    metrics.seeFault('error', 'wecom: not sent');
    metrics.seeReload(false);
    const store = tellingFaults({ read: () => Promise.reject(new Error('away')), size: 5 }, (call) =>
      metrics.seeStoreFault('state', call),
    );
    await store.read().catch(() => undefined);
    expect(store.size).to.equal(5);
    const text = await fetched();
    expect(text).to.include(`${PREFIX}faults_total{level="error",event="wecom: not sent"} 1`);
    expect(text).to.include(`${PREFIX}wecom_errors_total{event="not sent"} 1`);
    expect(text).to.include(`${PREFIX}store_errors_total{store="state",call="read"} 1`);
    expect(text).to.include(`${PREFIX}reloads_total{outcome="refused"} 1`);
  });

  it('has every figure that the dashboard and the alerts ask for', async () => {
    const known = new Set((await metrics.registry.getMetricsAsJSON()).map(({ name }) => name));
    for (const file of ['ops/grafana-dashboard.json', 'ops/prometheus-alerts.yaml']) {
      const asked = [...readFileSync(file, 'utf8').matchAll(new RegExp(`${PREFIX}\\w+`, 'g'))].map(([name]) => name);
      expect(asked.length, file).to.be.greaterThan(3);
      for (const name of asked) expect(known, file).to.include(name.replace(/_(bucket|count|sum)$/, ''));
    }
  });
});
