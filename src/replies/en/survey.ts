import type { Score } from '../../core/conversation';

const titles: Record<Score, string> = { 1: 'Very poor', 2: 'Poor', 3: 'Average', 4: 'Good', 5: 'Very good' };

/** How people's help was, asked when they are done. */
export const survey = {
  ask: 'How was the help you got from our team?',
  titles,
  good: "Thank you, that's good to hear!",
  fair: 'Thank you for telling us.',
  poor: "Thank you for telling us. I'm sorry it wasn't better. If something is still open, a person can look at it again.",
};
