import { Schema } from 'mongoose';

/** One wrong guess. `_id` is made of key and turn, so that a turn counts once; `key` is a hash of who or what was guessed at. */
export const guessSchema = new Schema(
  { _id: String, key: String, at: Date },
  { collection: 'guesses', versionKey: false },
);

guessSchema.index({ key: 1, at: 1 });
