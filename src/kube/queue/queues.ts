import { type ScheduleCounts } from './schedule.js';
import { createQueue, type Queue, type QueueOptions } from './queue.js';

/** Queues that look like one: each of those who share it has as many turns as if it were alone. */
export interface Queues extends Queue {
  /** The counts of one of them. */
  readonly countsOf: (share: string) => ScheduleCounts;
}

/** A queue with these options for each share, so that whoever makes his own work slow holds up nobody else's. */
export function createQueues(shareOf: (key: string) => string, options: QueueOptions): Queues {
  const queues = new Map<string, Queue>();
  let isOpen = true;
  const of = (share: string): Queue => {
    const known = queues.get(share);
    if (known !== undefined) return known;
    // An empty queue is dropped, since its share may be gone; one that is used again gets a new queue.
    for (const [other, queue] of queues) if (isEmpty(queue)) queues.delete(other);
    const queue = createQueue(options);
    queues.set(share, queue);
    return queue;
  };
  const all = (): readonly Queue[] => [...queues.values()];
  return {
    add: (key, priority) => {
      if (isOpen) of(shareOf(key)).add(key, priority);
    },
    counts: () => all().reduce((sum, queue) => plus(sum, queue.counts()), nothing),
    countsOf: (share) => queues.get(share)?.counts() ?? nothing,
    isIdle: () => all().every((queue) => queue.isIdle()),
    drain: async (milliseconds, scope) => {
      isOpen = false;
      const left = await Promise.all(all().map((queue) => queue.drain(milliseconds, scope)));
      return left.reduce((sum, one) => sum + one, 0);
    },
  };
}

const nothing: ScheduleCounts = { event: 0, refresh: 0, resync: 0, delayed: 0, active: 0, background: 0 };

function isEmpty(queue: Queue): boolean {
  return queue.isIdle() && queue.counts().delayed === 0;
}

function plus(one: ScheduleCounts, other: ScheduleCounts): ScheduleCounts {
  return {
    event: one.event + other.event,
    refresh: one.refresh + other.refresh,
    resync: one.resync + other.resync,
    delayed: one.delayed + other.delayed,
    active: one.active + other.active,
    background: one.background + other.background,
  };
}
