import { reviewOfBuild } from '../../fixtures/admission/load.js';
import { reviewed } from '../../fixtures/admission/review.js';
import { serve } from '../../webhook/serving.js';
import { type Target } from '../target.js';

/** Reviews, through the server that the API server asks. */
export async function review(): Promise<Target> {
  const serving = await serve();
  const right = JSON.stringify(reviewOfBuild('shop', 1));
  return {
    seeds: [right, JSON.stringify(reviewOfBuild('shop', 2), null, 1), '{"kind":"AdmissionReview"}'],
    feed: async (input) => {
      const { status, body } = await serving.post(input);
      if (![200, 400, 413].includes(status)) throw new Error(`answered with ${status}`);
      if (status === 200 && !reviewed(body).allowed) throw new Error('a Build was denied');
      for (const fault of serving.faults) throw fault;
      if ((await serving.post(right)).status !== 200) throw new Error('a review after it was not answered');
    },
    close: () => serving.close(),
  };
}
