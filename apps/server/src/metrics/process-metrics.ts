import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, type Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';

const resolutionMs = 10;

/**
 * Shows what the process needs, under the names that every Prometheus client has for it. The collectors that come with
 * prom-client watch the process for ever; these stop.
 * @returns stops them
 */
export function observeProcess(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  addGauge(registry, {
    name: 'nodejs_eventloop_lag_p99_seconds',
    help: 'Delay of the event loop, 99th percentile since the metrics were read last.',
    read() {
      const seconds = Number.isNaN(delay.percentile(99)) ? 0 : delay.percentile(99) / 1e9;
      delay.reset();
      return seconds;
    },
  });
  observeMemory(registry);
  observeProcessor(registry);
  addGauge(registry, {
    name: 'process_start_time_seconds',
    help: 'When the process began, in seconds since 1970.',
    read: () => Math.round(performance.timeOrigin / 1_000),
  });
  addGauge(registry, { name: 'process_open_fds', help: 'Open file descriptors.', read: countDescriptors });
  return () => delay.disable();
}

function observeMemory(registry: Registry): void {
  addGauge(registry, {
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process.',
    read: () => process.memoryUsage.rss(),
  });
  addGauge(registry, {
    name: 'nodejs_heap_size_used_bytes',
    help: 'Memory of its objects.',
    read: () => process.memoryUsage().heapUsed,
  });
}

function observeProcessor(registry: Registry): void {
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Time that the process has computed.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}

function countDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    // Only Linux has it.
    return undefined;
  }
}
