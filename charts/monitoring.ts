import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { Dashboard } from './constructs/dashboard.js';
import { PrometheusRule } from './constructs/prometheus-rule.js';
import { ServiceMonitor } from './constructs/service-monitor.js';
import { checkOptions } from './options/check.js';
import { type OptionsInput } from './options/props.js';

/** Metrics, alerts and dashboard, for clusters with the Prometheus operator and Grafana. */
export class Monitoring extends Chart {
  constructor(scope: Construct, id: string, options: OptionsInput = {}) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = checkOptions(options, this.node.path);
    new ServiceMonitor(this, 'service-monitor', { namespace });
    new PrometheusRule(this, 'prometheus-rule', { namespace });
    new Dashboard(this, 'dashboard', { namespace });
  }
}
