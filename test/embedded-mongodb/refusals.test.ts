import type { Db, Document } from 'mongodb';
import { startTestServer } from './server';
import type { TestServer } from './server';

let t: TestServer;
let db: Db;
beforeAll(async () => {
  t = await startTestServer();
  db = t.db;
});
afterAll(() => t.stop());

/** The code with which a command, or the first of its statements, is refused; 0 when it is not. */
async function codeOf(command: Document, database = db): Promise<number> {
  try {
    const answer = await database.command(command);
    return (answer.writeErrors as { code: number }[] | undefined)?.[0]?.code ?? 0;
  } catch (e) {
    return (e as { code: number }).code;
  }
}

const find = (more: Document): Document => ({ find: 'c', ...more });
const update = (u: unknown, more: Document = {}, q: Document = { _id: 1 }): Document => ({
  update: 'c',
  updates: [{ q, u, ...more }],
});
const stages = (...pipeline: unknown[]): Document => ({ aggregate: 'c', pipeline, cursor: {} });
const expression = (e: unknown): Document => stages({ $project: { x: e } });
const index = (spec: Document): Document => ({
  createIndexes: 'c',
  indexes: [{ key: { a: 1 }, name: 'x', ...spec }],
});
const insert = (...documents: Document[]): Document => ({ insert: 'c', documents });

type Case = [what: string, code: number, command: Document];

const COMMANDS: Case[] = [
  ['an unknown command', 59, { nothingOfTheKind: 1 }],
  ['a command in wrong letters', 59, { FIND: 'c' }],
  ['a name that every object has', 59, { constructor: 'c' }],
  ['an unknown field of find', 40415, find({ colour: 1 })],
  ['an unknown field of insert', 40415, { ...insert({}), colour: 1 }],
  ['an unknown field of update', 40415, { ...update({ $set: { a: 1 } }), colour: 1 }],
  ['an unknown field of a statement', 40415, update({ $set: { a: 1 } }, { colour: 1 })],
  ['a sort of an update, which came with version 8', 40415, update({ $set: { a: 1 } }, { sort: { a: 1 } })],
  ['an unknown field of a delete', 40415, { delete: 'c', deletes: [{ q: {}, limit: 1, colour: 1 }] }],
  ['an unknown field of findAndModify', 40415, { findAndModify: 'c', remove: true, colour: 1 }],
  ['an unknown field of aggregate', 40415, { ...stages(), colour: 1 }],
  ['an unknown field of count', 40415, { count: 'c', colour: 1 }],
  ['an unknown field of create', 40415, { create: 'd', colour: 1 }],
  ['a filter that is no document', 14, find({ filter: 1 })],
  ['a sort that is no document', 14, find({ sort: 'a' })],
  ['a limit that is no number', 14, find({ limit: 'a' })],
  ['a negative limit', 51024, find({ limit: -1 })],
  ['a negative skip', 51024, find({ skip: -1 })],
  ['a negative batch size', 51024, find({ batchSize: -1 })],
  ['a collection name that is a number', 73, { find: 1 }],
  ['an empty collection name', 73, { find: '' }],
  ['a collection name with a dollar', 73, { create: 'a$b' }],
  ['a new collection of the server', 73, { create: 'system.mine' }],
  ['no documents', 40414, { insert: 'c' }],
  ['an empty list of documents', 16, { insert: 'c', documents: [] }],
  ['a statement without update', 40414, { update: 'c', updates: [{ q: {} }] }],
  ['a statement without filter', 40414, { update: 'c', updates: [{ u: { $set: { a: 1 } } }] }],
  ['a delete without limit', 40414, { delete: 'c', deletes: [{ q: {} }] }],
  ['a delete of two', 9, { delete: 'c', deletes: [{ q: {}, limit: 2 }] }],
  ['distinct without key', 40414, { distinct: 'c' }],
  ['a pipeline without cursor', 9, { aggregate: 'c', pipeline: [] }],
  ['a pipeline that is no list', 14, { aggregate: 'c', pipeline: {}, cursor: {} }],
  ['a pipeline of the database', 73, { aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }],
  ['a cursor nobody opened', 43, { getMore: 77n, collection: 'c' }],
  ['findAndModify of nothing', 9, { findAndModify: 'c' }],
  ['removing and updating', 9, { findAndModify: 'c', remove: true, update: { $set: { a: 1 } } }],
  ['removing and inserting', 9, { findAndModify: 'c', remove: true, upsert: true }],
  ['removing and asking for the new one', 9, { findAndModify: 'c', remove: true, new: true }],
  ['a time limit below 0', 2, find({ maxTimeMS: -1 })],
  ['a write concern of three servers', 2, { ...insert({}), writeConcern: { w: 3 } }],
  ['a linearizable read', 123, find({ readConcern: { level: 'linearizable' } })],
  ['a snapshot read', 123, find({ readConcern: { level: 'snapshot' } })],
  ['a transaction number', 20, { ...insert({}), lsid: { id: 1 }, txnNumber: 1n }],
  ['another API version', 322, { ping: 1, apiVersion: '2' }],
  ['a hint of no index', 2, find({ hint: 'none' })],
  ['renaming outside admin', 13, { renameCollection: 't.c', to: 't.d' }],
];

const REFUSED: [what: string, command: Document][] = [
  ['collation', find({ collation: { locale: 'de' } })],
  ['collation of an index', index({ collation: { locale: 'de' } })],
  ['collation of a collection', { create: 'd', collation: { locale: 'de' } }],
  ['a tailable cursor', find({ tailable: true })],
  ['returnKey', find({ returnKey: true })],
  ['showRecordId', find({ showRecordId: true })],
  ['min', find({ min: { a: 1 }, hint: { a: 1 } })],
  ['a capped collection', { create: 'd', capped: true, size: 1000 }],
  ['a view', { create: 'd', viewOn: 'c', pipeline: [] }],
  ['a validator', { create: 'd', validator: { a: 1 } }],
  ['a time series', { create: 'd', timeseries: { timeField: 't' } }],
  ['a clustered collection', { create: 'd', clusteredIndex: { key: { _id: 1 }, unique: true } }],
  ['a validator later', { collMod: 'c', validator: { a: 1 } }],
  ['$out', stages({ $out: 'x' })],
  ['$merge', stages({ $merge: 'x' })],
  ['a change stream', stages({ $changeStream: {} })],
  ['$graphLookup', stages({ $graphLookup: {} })],
  ['$where', find({ filter: { $where: 'true' } })],
  ['$text', find({ filter: { $text: { $search: 'x' } } })],
  ['$near', find({ filter: { a: { $near: [0, 0] } } })],
  ['$jsonSchema', find({ filter: { $jsonSchema: {} } })],
  ['a text index', index({ key: { a: 'text' } })],
  ['a geo index', index({ key: { a: '2dsphere' } })],
  ['a hashed index', index({ key: { a: 'hashed' } })],
  ['a wildcard index', index({ key: { '$**': 1 } })],
  ['mapReduce', { mapReduce: 'c' }],
  ['writes to several collections', { bulkWrite: 1, ops: [], nsInfo: [] }],
  ['a commit', { commitTransaction: 1 }],
  ['signing in', { saslStart: 1 }],
];

const QUERIES: Case[] = [
  ['an unknown operator', 2, find({ filter: { a: { $foo: 1 } } })],
  ['an unknown operator at the top', 2, find({ filter: { $foo: 1 } })],
  ['an empty $and', 2, find({ filter: { $and: [] } })],
  ['an $or of numbers', 2, find({ filter: { $or: [1] } })],
  ['$in of no list', 2, find({ filter: { a: { $in: 1 } } })],
  ['operators inside $in', 2, find({ filter: { a: { $in: [{ $gt: 1 }] } } })],
  ['$size below 0', 2, find({ filter: { a: { $size: -1 } } })],
  ['$size of text', 2, find({ filter: { a: { $size: 'x' } } })],
  ['$mod by 0', 2, find({ filter: { a: { $mod: [0, 1] } } })],
  ['$mod of one number', 2, find({ filter: { a: { $mod: [2] } } })],
  ['$all of no list', 2, find({ filter: { a: { $all: 1 } } })],
  ['$elemMatch of a number', 2, find({ filter: { a: { $elemMatch: 1 } } })],
  ['an empty $not', 2, find({ filter: { a: { $not: {} } } })],
  ['$not of a number', 2, find({ filter: { a: { $not: 1 } } })],
  ['$type of no type', 9, find({ filter: { a: { $type: [] } } })],
  ['$type of an unknown name', 2, find({ filter: { a: { $type: 'colour' } } })],
  ['$options without $regex', 2, find({ filter: { a: { $options: 'i' } } })],
  ['a broken expression', 51091, find({ filter: { a: { $regex: '(' } } })],
  ['$ne of an expression', 2, find({ filter: { a: { $ne: /x/ } } })],
  ['negative bits', 9, find({ filter: { a: { $bitsAllSet: -1 } } })],
  ['an unknown variable', 17276, find({ filter: { $expr: { $eq: ['$$who', 1] } } })],
  ['a sort of 2', 15975, find({ sort: { a: 2 } })],
  ['a sort of text', 15974, find({ sort: { a: 'x' } })],
  ['a sort by a path of dollars', 16410, find({ sort: { $a: 1 } })],
  ['$natural with others', 2, find({ sort: { $natural: 1, a: 1 } })],
  ['a projection in and out', 31254, find({ projection: { a: 1, b: 0 } })],
  ['a projection out and in', 31253, find({ projection: { a: 0, b: 1 } })],
  ['a path and its inside', 31249, find({ projection: { a: 1, 'a.b': 1 } })],
  ['an empty part of a projection', 51270, find({ projection: { a: {} } })],
];

const UPDATES: Case[] = [
  ['an unknown operator', 9, update({ $foo: { a: 1 } })],
  ['operators mixed with fields', 9, update({ $set: { a: 1 }, b: 1 })],
  ['fields mixed with operators', 52, update({ b: 1, $set: { a: 1 } })],
  ['an operator of a number', 9, update({ $set: 1 })],
  ['two changes of one path', 40, update({ $set: { a: 1 }, $inc: { a: 1 } })],
  ['a change of a path and of its inside', 40, update({ $set: { a: 1 }, $inc: { 'a.b': 1 } })],
  ['a change of _id', 66, update({ $set: { _id: 9 } })],
  ['a replacement of _id', 66, update({ _id: 9, a: 1 })],
  ['a replacement of many', 9, update({ a: 1 }, { multi: true })],
  ['an empty path', 56, update({ $set: { '': 1 } })],
  ['an empty name in a path', 56, update({ $set: { 'a..b': 1 } })],
  ['a new name with a dollar', 52, update({ $set: { $a: 1 } })],
  ['$ at the beginning', 2, update({ $set: { '$.a': 1 } })],
  ['$ twice', 2, update({ $set: { 'list.$.a.$': 1 } })],
  ['$ without a match', 2, update({ $set: { 'list.$': 1 } })],
  ['$[] of no list', 2, update({ $set: { 'n.$[]': 1 } })],
  ['a place without its filter', 2, update({ $set: { 'list.$[e]': 1 } })],
  ['a filter without its place', 9, update({ $set: { a: 1 } }, { arrayFilters: [{ e: 1 }] })],
  [
    'two filters of one name',
    9,
    update({ $set: { 'list.$[e]': 1 } }, { arrayFilters: [{ e: 1 }, { e: 2 }] }),
  ],
  ['a filter of two names', 9, update({ $set: { 'list.$[e]': 1 } }, { arrayFilters: [{ e: 1, f: 2 }] })],
  ['a filter with a bad name', 2, update({ $set: { 'list.$[E]': 1 } }, { arrayFilters: [{ E: 1 }] })],
  ['filters beside a replacement', 9, update({ a: 1 }, { arrayFilters: [{ e: 1 }] })],
  ['filters beside a pipeline', 9, update([{ $set: { a: 1 } }], { arrayFilters: [{ e: 1 }] })],
  ['constants without a pipeline', 51198, update({ $set: { a: 1 } }, { c: { x: 1 } })],
  ['a field below a number', 28, update({ $set: { 'n.x': 1 } })],
  ['$inc by text', 14, update({ $inc: { n: 'x' } })],
  ['$inc of text', 14, update({ $inc: { s: 1 } })],
  ['$inc beyond 64 bits', 2, update({ $inc: { big: 1n } })],
  ['$mul of text', 14, update({ $mul: { s: 1 } })],
  ['$push onto a number', 2, update({ $push: { n: 1 } })],
  ['$push of $each of no list', 2, update({ $push: { list: { $each: 1 } } })],
  ['an unknown part of $push', 2, update({ $push: { list: { $each: [], $foo: 1 } } })],
  ['$slice by text', 2, update({ $push: { list: { $each: [], $slice: 'x' } } })],
  ['$sort by 2', 2, update({ $push: { list: { $each: [], $sort: 2 } } })],
  ['$sort of a field by 2', 2, update({ $push: { list: { $each: [], $sort: { a: 2 } } } })],
  ['$addToSet onto a number', 2, update({ $addToSet: { n: 1 } })],
  ['$addToSet of $each of no list', 14, update({ $addToSet: { list: { $each: 1 } } })],
  ['$pop by 2', 9, update({ $pop: { list: 2 } })],
  ['$pop of a number', 14, update({ $pop: { n: 1 } })],
  ['$pull of a number', 2, update({ $pull: { n: 1 } })],
  ['$pop below a number', 28, update({ $pop: { 'n.x': 1 } })],
  ['$pull below a number', 28, update({ $pull: { 'n.x': 1 } })],
  ['$pullAll of no list', 2, update({ $pullAll: { list: 1 } })],
  ['$rename to itself', 2, update({ $rename: { n: 'n' } })],
  ['$rename to a number', 2, update({ $rename: { n: 1 } })],
  ['$rename below a number', 28, update({ $rename: { 'n.x': 'y' } })],
  ['$rename inside a list', 2, update({ $rename: { 'list.0': 'x' } })],
  ['$currentDate of text', 2, update({ $currentDate: { a: 'now' } })],
  ['$bit of a fraction', 2, update({ $bit: { n: { and: 1.5 } } })],
  ['a stage that no update may have', 72, update([{ $match: {} }])],
  ['an unknown stage of an update', 40324, update([{ $foo: {} }])],
  ['a list as _id', 53, insert({ _id: [1] })],
  ['an expression as _id', 53, insert({ _id: /x/ })],
  ['a dollar inside _id', 52, insert({ _id: { $a: 1 } })],
  ['an upsert of two values', 54, update({ $set: { z: 1 } }, { upsert: true }, { a: 1, $and: [{ a: 2 }] })],
];

const STAGES: Case[] = [
  ['an unknown stage', 40324, stages({ $foo: 1 })],
  ['a stage of two', 40323, stages({ $match: {}, $limit: 1 })],
  ['an empty $sort', 15976, stages({ $sort: {} })],
  ['$limit 0', 15958, stages({ $limit: 0 })],
  ['a negative $skip', 5107200, stages({ $skip: -1 })],
  ['$group without _id', 15955, stages({ $group: { n: { $sum: 1 } } })],
  ['an unknown accumulator', 15952, stages({ $group: { _id: 1, n: { $foo: 1 } } })],
  ['a dotted name of $group', 40235, stages({ $group: { _id: 1, 'a.b': { $sum: 1 } } })],
  ['$unwind without dollar', 28818, stages({ $unwind: 'a' })],
  ['an unknown part of $unwind', 28811, stages({ $unwind: { path: '$a', foo: 1 } })],
  ['an empty $project', 51272, stages({ $project: {} })],
  ['an empty $addFields', 40177, stages({ $addFields: {} })],
  ['$addFields of a path and its inside', 40176, stages({ $addFields: { a: 1, 'a.b': 1 } })],
  ['an empty name of $count', 40157, stages({ $count: '' })],
  ['$facet inside $facet', 40600, stages({ $facet: { a: [{ $facet: { b: [] } }] } })],
  ['an unknown part of $lookup', 9, stages({ $lookup: { from: 'c', as: 'x', pipeline: [], foo: 1 } })],
  ['$replaceRoot by a number', 40228, stages({ $replaceRoot: { newRoot: '$n' } })],
  ['$sample below 0', 28747, stages({ $sample: { size: -1 } })],
  ['an unknown expression', 168, expression({ $foo: 1 })],
  ['an expression of two', 15983, expression({ $add: [1], $sum: 1 })],
  ['too few arguments', 16020, expression({ $subtract: [1] })],
  ['a division by 0', 2, expression({ $divide: [1, 0] })],
  ['a list in small letters', 16007, expression({ $toLower: '$list' })],
  ['a range up to text', 34445, expression({ $range: [0, 'x'] })],
  ['a range in steps of 0', 34449, expression({ $range: [0, 5, 0] })],
  ['an unknown variable', 17276, expression('$$who')],
  ['a bad name of a variable', 9, expression({ $let: { vars: { Who: 1 }, in: 1 } })],
  ['text that is no number', 241, expression({ $toInt: 'x' })],
];

const INDEXES: Case[] = [
  ['no indexes', 2, { createIndexes: 'c', indexes: [] }],
  ['no key', 9, { createIndexes: 'c', indexes: [{ name: 'x' }] }],
  ['no name', 9, { createIndexes: 'c', indexes: [{ key: { a: 1 } }] }],
  ['an empty key', 67, index({ key: {} })],
  ['a key of 0', 67, index({ key: { a: 0 } })],
  ['a key of true', 67, index({ key: { a: true } })],
  ['an unknown kind', 67, index({ key: { a: 'colour' } })],
  ['an empty part of a path', 67, index({ key: { 'a..b': 1 } })],
  ['a path of dollars', 67, index({ key: { $a: 1 } })],
  ['the name *', 2, index({ name: '*' })],
  ['an unknown option', 197, index({ colour: 1 })],
  ['unique as text', 14, index({ unique: 'yes' })],
  ['version 3', 67, index({ v: 3 })],
  ['a time to live in text', 14, index({ expireAfterSeconds: 'x' })],
  ['a negative time to live', 67, index({ expireAfterSeconds: -1 })],
  ['a time to live of two fields', 67, index({ key: { a: 1, b: 1 }, expireAfterSeconds: 1 })],
  ['a partial filter that is a number', 14, index({ partialFilterExpression: 1 })],
  ['a partial filter of what is missing', 67, index({ partialFilterExpression: { a: { $exists: false } } })],
  ['a partial filter that denies', 67, index({ partialFilterExpression: { a: { $ne: 1 } } })],
  ['sparse and partial', 67, index({ sparse: true, partialFilterExpression: { a: 1 } })],
  ['options of _id', 197, index({ key: { _id: 1 }, name: '_id_', sparse: true })],
  ['another name', 85, index({ key: { s: 1 } })],
  ['the same name with another key', 86, index({ name: 's_1' })],
  ['the same name with other options', 86, index({ key: { s: 1 }, name: 's_1', unique: true })],
  ['a time to live for the same index', 85, index({ key: { s: 1 }, name: 's_1', expireAfterSeconds: 5 })],
  ['dropping what is not there', 27, { dropIndexes: 'c', index: 'none' }],
  ['dropping _id_', 72, { dropIndexes: 'c', index: '_id_' }],
  ['dropping in a missing collection', 26, { dropIndexes: 'missing', index: '*' }],
  ['listing of a missing collection', 26, { listIndexes: 'missing' }],
  ['collMod without an index', 72, { collMod: 'c', index: { expireAfterSeconds: 1 } }],
  ['collMod of a missing index', 27, { collMod: 'c', index: { name: 'none', hidden: true } }],
  ['creating what is there', 48, { create: 'c' }],
];

describe.each([
  ['a command', COMMANDS],
  ['a query', QUERIES],
  ['a write', UPDATES],
  ['a pipeline', STAGES],
  ['an index', INDEXES],
])('of %s', (_name, cases) => {
  test.each(cases)('%s is refused with code %i', async (_what, code, command) => {
    await db
      .collection<Document>('c')
      .replaceOne({ _id: 1 as never }, { n: 1, s: 'x', list: [1, 2], big: 2n ** 63n - 1n }, { upsert: true });
    await db.collection('c').createIndex({ s: 1 });
    expect(await codeOf(command)).toBe(code);
  });
});

test.each(REFUSED)('%s is refused as not supported, with a sentence', async (_what, command) => {
  await expect(db.command(command)).rejects.toMatchObject({
    code: 115,
    message: expect.stringContaining('is not supported by the embedded server; use a MongoDB server'),
  });
});
