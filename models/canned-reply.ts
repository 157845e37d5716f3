import { Schema } from 'mongoose';

/** A prepared reply of the desk. `_id` is its shortcut, which makes shortcuts unique. */
export const cannedReplySchema = new Schema(
  { _id: String, text: String },
  { collection: 'cannedreplies', versionKey: false },
);
